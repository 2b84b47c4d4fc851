"""Fetches the part of the register that a question reaches: level by level, each service once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from graphsvc.answers.identities.decided import Identities
from graphsvc.answers.identities.merging import joined, merged
from graphsvc.answers.network import EVERYBODY, Network, Papers, Scope
from graphsvc.answers.order import Order
from graphsvc.graph.bolt import Transaction
from graphsvc.graph.queries import text
from graphsvc.graph.shape import all_evidence
from graphsvc.law.tables import Law
from graphsvc.model import (
    CHAIN_ENDS_AT,
    UNKNOWN,
    Activity,
    Claim,
    Day,
    Duty,
    Event,
    Flow,
    Identity,
    Party,
    Regime,
    Remark,
    Requirement,
    Service,
    Source,
    Term,
    Terms,
    Tool,
    Vocabulary,
)

BATCH = 2_000
"""Ids that one query is given: it can be stopped between two of them, and takes no longer for it."""
Body = dict[str, Any]


class TooMuch(Exception):
    """A question reaches more than it may."""


class HalfWritten(Exception):
    """A node without a body was seen: Neo4j shows a commit while it is being applied."""


@dataclass(frozen=True)
class State:
    """In which state the register is.

    Attributes:
        revision: Counts the loads that changed something.
        law: Version of the law table.
    """

    revision: int
    law: str


def read_state(transaction: Transaction) -> State:
    """In which state the register is now."""
    rows = transaction.run(text("state"))
    return State(rows[0]["revision"], rows[0]["law"]) if rows else State(0, "")


def bodies(transaction: Transaction, query: str, **parameters: Any) -> Iterator[Body]:
    """What documents say of the things that a query finds.

    Raises:
        HalfWritten: a commit is being applied.
    """
    for body, *_ in transaction.stream(text(query), **parameters):
        if body is None:
            raise HalfWritten
        yield json.loads(body)


@dataclass(frozen=True)
class Tables:
    """What every question of one revision of the register shares: the law, the vocabulary, and who is who."""

    revision: int
    law: Law
    vocabulary: Vocabulary
    order: Order
    identities: Identities = field(default_factory=Identities)

    @classmethod
    def read(cls, transaction: Transaction, state: State) -> Tables:
        """Read the tables of a revision."""
        law = Law.of(
            state.law,
            map(Regime.from_body, bodies(transaction, "regimes")),
            map(Tool.from_body, bodies(transaction, "tools")),
            map(Event.from_body, bodies(transaction, "events")),
            map(Duty.from_body, bodies(transaction, "duties")),
            map(Requirement.from_body, bodies(transaction, "requirements")),
        )
        vocabulary = Vocabulary(*_terms(transaction))
        identities = Identities.of(map(Identity.from_body, bodies(transaction, "identities")))
        return cls(state.revision, law, vocabulary, Order.of(vocabulary), identities)


def _terms(transaction: Transaction) -> Iterator[Terms]:
    for label in ("DataCategory", "SubjectCategory", "Purpose", "LegalBasis"):
        yield {body["id"]: Term.from_body(body) for body in bodies(transaction, f"terms {label}")}


@dataclass(frozen=True)
class Towards:
    """The part of the register that leads to some services, by nothing but ids.

    Attributes:
        ends: The services.
        through: They, and everything from which data can reach one of them.
    """

    ends: frozenset[str]
    through: frozenset[str]

    def has(self, flow: Body) -> bool:
        """Whether a flow leads there: above the services a chain only goes on through those that pass data on."""
        return flow["to"] in self.ends or (flow["to"] in self.through and flow["role"] not in CHAIN_ENDS_AT)


@dataclass(frozen=True)
class Wish:
    """What to fetch.

    Attributes:
        on: The day.
        scope: The controllers that the asker may see.
        activities: Only these; None: all of them.
        beyond: Also behind independent controllers and authorities.
        also: Services whose own flows are fetched too, though nothing may reach them.
        papers: Also claims and remarks of the controllers, and the sources of everything.
        parties: Parties that are fetched too, with the groups that they are part of.
        until: Another day: everything that is so on some day from the first to this one; None: the one day only.
        towards: Only what leads to some services; None: everything.
        most: How many activities and flows may be fetched together; None: any number.
    """

    on: Day
    scope: Scope = EVERYBODY
    activities: tuple[str, ...] | None = None
    beyond: bool = False
    also: frozenset[str] = frozenset()
    papers: bool = False
    parties: frozenset[str] = frozenset()
    until: Day | None = None
    towards: Towards | None = None
    most: int | None = None

    @property
    def days(self) -> dict[str, Day]:
        """The days as queries take them."""
        return {"on": self.on, "until": self.until or self.on}

    @property
    def asked(self) -> set[str] | None:
        """The controllers that may be seen, whether or not they do anything that day; None: everybody."""
        ids = self.scope.ids
        return None if ids is None else set(ids)


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
        papers = Papers.of(claims, remarks, self._noted_sources()) if wish.papers else None
        tables = self._tables
        return Network.of(
            *(wish.on, tables.law, tables.order, activities, flows, services, parties.values()),
            *(tables.vocabulary, papers, wish.until, self._transaction.tick),
        )

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
