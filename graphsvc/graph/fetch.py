"""Fetches the part of the register that a question reaches: level by level, each service once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from graphsvc.answers.identities.decided import Identities
from graphsvc.answers.identities.merging import joined, merged
from graphsvc.answers.network import Network, Papers
from graphsvc.graph.bolt import Transaction
from graphsvc.graph.queries import text
from graphsvc.graph.shape import all_evidence
from graphsvc.graph.tables import Body, Tables, bodies
from graphsvc.graph.wish import TooMuch, Towards, Wish
from graphsvc.law.tables import Law
from graphsvc.model import (
    CHAIN_ENDS_AT,
    UNKNOWN,
    Activity,
    Claim,
    Flow,
    Party,
    Remark,
    Service,
    Source,
    Use,
)

BATCH = 2_000
"""Ids that one query is given: it can be stopped between two of them, and takes no longer for it."""


class Fetch:
    """Fetches within one transaction."""

    def __init__(self, transaction: Transaction, tables: Tables) -> None:
        self._transaction = transaction
        self._tables = tables
        self._sources: set[str] | None = None
        self._fetched = 0

    @property
    def law(self) -> Law:
        """The law tables that everything fetched goes with."""
        return self._tables.law

    @property
    def identities(self) -> Identities:
        """Which parties are one."""
        return self._tables.identities

    def downwards(self, wish: Wish) -> Network:
        """What activities reach."""
        return merged(self.downwards_as_said(wish), self.identities)

    def downwards_as_said(self, wish: Wish) -> Network:
        """What activities reach, with every party under each id that documents give it."""
        wish = self._begun(wish)
        activities = self._activities(wish, wish.activities)
        flows: list[Flow] = []
        reached = set(wish.also)
        level = self._flows("flows_from Activity", [activity.id for activity in activities], wish)
        level += self._flows("flows_from Service", reached, wish)
        while level:
            flows += level
            going_on = {flow.recipient for flow in level if wish.beyond or flow.role not in CHAIN_ENDS_AT}
            fresh = going_on - reached
            reached |= going_on
            level = self._flows("flows_from Service", fresh, wish)
        owners = {activity.controller for activity in activities}
        return self._complete(wish, activities, flows, owners if wish.activities is not None else wish.asked)

    def upwards(self, wish: Wish, services: set[str]) -> Network:
        """Everything from which data can reach some services."""
        wish = self._begun(wish)
        flows: list[Flow] = []
        reached: set[str] = set()
        fresh = services
        while fresh:
            reached |= fresh
            towards = Towards(frozenset(services), frozenset(fresh))
            level = self._flows("flows_to", fresh, replace(wish, towards=towards))
            flows += level
            fresh = {flow.sender for flow in level} - reached
        activities = self._activities(wish, sorted({flow.sender for flow in flows}))
        found = self._complete(wish, activities, flows, {activity.controller for activity in activities})
        return merged(found, self.identities)

    def towards(self, wish: Wish, services: frozenset[str]) -> tuple[frozenset[str], Towards]:
        """Whose data can reach some services, each by the id that stays, and through what; no flow is kept."""
        wish = self._begun(wish)
        reached: set[str] = set()
        fresh = set(services)
        while fresh:
            reached |= fresh
            level = Towards(services, frozenset(fresh))
            fresh = {flow["from"] for flow in self._by_ids("flows_to", fresh, **wish.days) if level.has(flow)} - reached
        found = (body["controller"] for body in self._by_ids("activities_by_id", reached, **wish.days))
        seen = {controller for controller in found if controller in wish.scope}
        return frozenset(map(self.identities.one, seen)), Towards(services, frozenset(reached))

    def around(self, wish: Wish, services: set[str]) -> Network:
        """Everything from which data can reach some services, where it goes from there, and what parties do.

        Args:
            wish: Its parties are those whose own activities are fetched too.
            services: The services.
        """
        above = self.upwards(wish, services)
        own = replace(wish, scope=wish.scope.narrowed_to(wish.parties), also=frozenset(services))
        return above.joined(self.downwards(own))

    def controllers(self, wish: Wish) -> frozenset[str]:
        """Whom a wish is about, each by the id that stays; with papers also those who only say something."""
        asked = wish.scope.over(self.identities).ids
        if asked is None:
            rows = self._transaction.run(text("speakers")) if wish.papers else []
            return self.active(wish) | {self.identities.one(row["id"]) for row in rows}
        return frozenset(map(self.identities.one, asked))

    def active(self, wish: Wish) -> frozenset[str]:
        """Who answers for an activity that a wish is about, each by the id that stays."""
        wish = replace(wish, scope=wish.scope.over(self.identities))
        if wish.asked is None and wish.activities is None:
            found = {row["id"] for row in self._transaction.run(text("controllers_on"), **wish.days)}
        else:
            found = {activity.controller for activity in self._activities(wish, wish.activities)}
        return frozenset(map(self.identities.one, found))

    def _complete(
        self, wish: Wish, activities: list[Activity], flows: list[Flow], speakers: set[str] | None
    ) -> Network:
        """Add who provides what, which groups they are part of, the papers of the speakers, and the tables."""
        if speakers is not None:
            speakers = {each for each in self.identities.everybody(speakers) if each in wish.scope}
        ids = {flow.recipient for flow in flows} | {flow.sender for flow in flows} - {a.id for a in activities}
        services = [Service.from_body(body) for body in self._by_ids("services_by_id", ids | wish.also)]
        wanted = {service.provider for service in services} | {activity.controller for activity in activities}
        claims, remarks = self._said_by(speakers) if wish.papers else ([], [])
        wanted |= {controller for activity in activities for controller in activity.on_behalf_of}
        wanted |= {paper.party for paper in (*claims, *remarks)} | ((speakers or set()) if wish.papers else set())
        wanted |= wish.parties
        parties = self.parties(wanted)
        uses = self._uses(wish, wanted, {service.id for service in services})
        papers = Papers.of(claims, remarks, self._noted_sources()) if wish.papers else None
        tables = self._tables
        return Network.of(
            *(wish.on, tables.law, tables.order, activities, flows, services, parties.values()),
            *(tables.vocabulary, papers, wish.until, self._transaction.tick, uses),
        )

    def _uses(self, wish: Wish, parties: Iterable[str], services: set[str]) -> list[Use]:
        """How parties use services of the network; of a controller only what the asker may see."""
        ordered = sorted(self.identities.everybody(parties) - {UNKNOWN})
        found: list[Use] = []
        for start in range(0, len(ordered), BATCH):
            batch = ordered[start : start + BATCH]
            found += map(Use.from_body, self._bodies("uses_of", parties=batch, **wish.days))
        return [use for use in found if use.service in services]

    def _said_by(self, speakers: set[str] | None) -> tuple[list[Claim], list[Remark]]:
        """What some parties say in public and what was noticed about them; None: about everybody."""
        if speakers is None:
            claims, remarks = self._bodies("all_claims"), self._bodies("all_remarks")
        else:
            claims = self._bodies("claims_of", parties=sorted(speakers))
            remarks = self._bodies("remarks_of", parties=sorted(speakers))
        return [*map(Claim.from_body, claims)], [*map(Remark.from_body, remarks)]

    def _noted_sources(self) -> Iterator[Source]:
        """The sources of everything that was fetched, and of the law."""
        found = self._by_ids("sources_by_id", (self._sources or set()) | self._tables.law.sources)
        return map(Source.from_body, list(found))

    def parties(self, ids: Iterable[str]) -> dict[str, Party]:
        """Parties by id, with all that they are one with, and the groups that they are part of."""
        parties: dict[str, Party] = {}
        wanted: Iterable[str] = ids
        while wanted := self.identities.everybody(wanted) - parties.keys() - {UNKNOWN}:
            found = [Party.from_body(body) for body in self._by_ids("parties_by_id", wanted)]
            parties |= {party.id: party for party in found}
            wanted = {parent for party in found for parent, _, _ in party.parents}
        return parties

    def _activities(self, wish: Wish, ids: Sequence[str] | None) -> list[Activity]:
        if ids is not None:
            found = self._by_ids("activities_by_id", ids, **wish.days)
        elif wish.asked is not None:
            found = self._bodies("activities_of", controllers=sorted(wish.asked), **wish.days)
        else:
            found = self._bodies("activities_on", **wish.days)
        seen = (body for body in found if body["controller"] in wish.scope)
        return [Activity.from_body(body) for body in self._counted(seen, wish)]

    def _flows(self, query: str, ids: Iterable[str], wish: Wish) -> list[Flow]:
        found, towards = self._by_ids(query, ids, **wish.days), wish.towards
        leading = (body for body in found if towards is None or towards.has(body))
        return [Flow.from_body(body) for body in self._counted(leading, wish)]

    def _counted(self, found: Iterable[Body], wish: Wish) -> Iterator[Body]:
        """What is fetched, as long as it is not more than may be.

        Raises:
            TooMuch: it is more.
        """
        for body in found:
            self._fetched += 1
            if wish.most is not None and self._fetched > wish.most:
                raise TooMuch
            yield body

    def _by_ids(self, query: str, ids: Iterable[str], **parameters: Any) -> Iterator[Body]:
        ordered = sorted(ids)
        for start in range(0, len(ordered), BATCH):
            yield from self._bodies(query, ids=ordered[start : start + BATCH], **parameters)

    def party(self, key: str) -> Party | None:
        """One party, with all that it is one with; None: nothing has the id."""
        members = self.identities.all_of(key)
        found = {body["id"]: Party.from_body(body) for body in self._by_ids("parties_by_id", members)}
        if key not in found:
            return None
        return joined([found[each] for each in members], self.identities) if len(members) > 1 else found[key]

    def _begun(self, wish: Wish) -> Wish:
        """The wish over all ids that controllers have; and note sources, if asked for: reading them costs time."""
        self._sources = set() if wish.papers else None
        self._fetched = 0
        return replace(wish, scope=wish.scope.over(self.identities))

    def _bodies(self, query: str, **parameters: Any) -> Iterator[Body]:
        for body in bodies(self._transaction, query, **parameters):
            if self._sources is not None:
                self._sources.update(evidence["source"] for evidence in all_evidence(body))
            yield body
