"""Fetches what two versions of a document say differently, and the part of the register that this reaches.

A version is laid over the register of today: what the document says now is taken out, what the version says is put in.
Fetched is what lies above the places that differ, and what the activities found there reach; never the rest.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from graphsvc.answers.changes.causes import Edition
from graphsvc.answers.identities.decided import Identities
from graphsvc.answers.identities.merging import merged
from graphsvc.answers.network import Network, Scope
from graphsvc.errors import NotFound
from graphsvc.graph.bolt import Transaction
from graphsvc.graph.fetch import BATCH, Fetch
from graphsvc.graph.queries import text
from graphsvc.graph.shape import LABELS
from graphsvc.graph.versions import version_text
from graphsvc.graph.wish import Wish
from graphsvc.imports.difference import Difference, differences, together
from graphsvc.imports.entry import kept_small
from graphsvc.imports.text import parse
from graphsvc.law.tables import Law
from graphsvc.model import Activity, Day, Flow, Identity, Party, Regime, Service, Tool, Use

Body = Mapping[str, Any]
Entry = dict[str, Any]


@dataclass(frozen=True)
class Compared:
    """Two versions of a document, each laid over the register.

    Attributes:
        edition: Which ones.
        differs: By section, how many entries were added, changed and removed; sections that are alike are left out.
        before: The network with the one.
        after: The network with the other.
    """

    edition: Edition
    differs: Mapping[str, Mapping[str, int]]
    before: Network
    after: Network


def compare(
    transaction: Transaction, fetch: Fetch, document: str, numbers: tuple[int | None, int | None], on: Day, scope: Scope
) -> Compared:
    """Lay two versions of a document over the register.

    Args:
        document: Its id; it has at least one version.
        numbers: The two versions, counted from 1, and 0 for before there was any; None: the last one, and the one
            before it.

    Raises:
        NotFound: there is no such version.
    """
    known = {row["number"]: row for row in transaction.run(text("versions"), document=document)}
    last = max(known)
    after = last if numbers[1] is None else numbers[1]
    before = max(after - 1, 0) if numbers[0] is None else numbers[0]
    for number in (after, before):
        if number and number not in known:
            raise NotFound(f"there is no version {number} of the document {document!r}; the last one is {last}")
    recorded = known[after]["recorded"] if after else known[1]["recorded"]
    bodies = {number: _body(transaction, document, number) for number in {before, after, last}}
    work = _Compare(transaction, fetch, document, bodies[last], Wish(on, scope))
    return work.run(Edition(document, before, after, recorded), bodies[before], bodies[after])


def _body(transaction: Transaction, document: str, number: int) -> Body:
    content = version_text(transaction, document, number) if number else ""
    return parse(content.encode(), len(content) * 4 + 1) if content else {}


class _Compare:
    """One comparison, within its transaction."""

    def __init__(self, transaction: Transaction, fetch: Fetch, document: str, now: Body, wish: Wish) -> None:
        self._transaction, self._fetch, self._document, self._now, self._wish = transaction, fetch, document, now, wish

    def run(self, edition: Edition, before: Body, after: Body) -> Compared:
        """Fetch what the differences reach and lay both versions over it."""
        found = differences(kept_small(before), kept_small(after))
        differs = {section: _counts(difference) for section, difference in found.items() if difference}
        own = [*before.get("flows", ()), *after.get("flows", ())]
        reached = self._above(set(self._start(found)), own)
        current = {entry["id"]: entry for entry in self._now.get("flows", ())}
        scope = self.scope.over(self.identities(before, after, self._now))
        also = frozenset(flow["to"] for flow in own if current.get(flow["id"]) != flow)
        wish = replace(self._wish, scope=scope, activities=tuple(sorted(reached)), also=also)
        network = self._fetch.downwards_as_said(wish)
        lay = _Overlay(self, network, reached, (before, after, self._now))
        return Compared(edition, differs, lay.network(before), lay.network(after))

    def _start(self, found: Mapping[str, Difference]) -> Iterator[str]:
        """Ids of the activities and services at which something differs."""
        for flow in _entries(found["flows"]):
            yield flow["from"]
        for section in ("activities", "services"):
            yield from (entry["id"] for entry in _entries(found[section]))
        parties = {entry["id"] for entry in _entries(found["parties"])}
        parties |= {entry[key] for entry in _entries(found["identities"]) for key in ("party", "other")}
        yield from self._ids("activities_of", controllers=sorted(parties), **self._wish.days)
        yield from self._ids("services_of", parties=sorted(parties))
        for section in (self._now.get("services", ()), _entries(found["services"])):
            yield from (service["id"] for service in section if service.get("provider") in parties)
        countries = sorted({regime["country"] for regime in _entries(found["regimes"])})
        tools = sorted({tool["id"] for tool in _entries(found["tools"])})
        for query in ("services_located", "services_established"):
            yield from self._ids(query, countries=countries)
        for query in ("services_relying", "services_certified"):
            yield from self._ids(query, tools=tools)

    def _above(self, start: set[str], own: Iterable[Entry]) -> set[str]:
        """Everything from which data can come to some places, by the register and by the flows of both versions."""
        senders: dict[str, set[str]] = defaultdict(set)
        for flow in own:
            senders[flow["to"]].add(flow["from"])
        reached: set[str] = set()
        fresh = start
        while fresh:
            network = self._fetch.upwards(self._wish, fresh)
            level = fresh | {flow.sender for flows in network.flows.values() for flow in flows}
            reached |= level
            fresh = {sender for place in level for sender in senders[place]} - reached
        return reached

    def _ids(self, query: str, **parameters: Any) -> Iterator[str]:
        # Of nothing, nothing; days are no things.
        if any(isinstance(value, list) and value for value in parameters.values()):
            for row in self._transaction.run(text(query), **parameters):
                yield row["id"] if "id" in row else json.loads(row["body"])["id"]

    def statements(self, section: str, ids: Iterable[str]) -> dict[str, dict[str, Entry]]:
        """For shared things, what each other document says of them."""
        said: dict[str, dict[str, Entry]] = defaultdict(dict)
        ordered = sorted(ids)
        for start in range(0, len(ordered), BATCH):
            for row in self._transaction.run(text(f"statements {LABELS[section]}"), ids=ordered[start : start + BATCH]):
                if row["document"] != self._document:
                    said[row["id"]][row["document"]] = json.loads(row["body"])
        return said

    def parties(self, ids: Iterable[str]) -> dict[str, Party]:
        """Parties with the groups they are part of."""
        return self._fetch.parties(ids)

    def identities(self, *bodies: Body) -> Identities:
        """Which parties are one when the document says all of this, and nothing else."""
        own = {entry["id"] for entry in self._now.get("identities", ())}
        others = [identity for identity in self._fetch.identities.decided if identity.id not in own]
        said = {entry["id"]: entry for body in bodies for entry in body.get("identities", ())}
        return Identities.of([*others, *map(Identity.from_body, said.values())])

    @property
    def document(self) -> str:
        """Id of the document."""
        return self._document

    @property
    def scope(self) -> Scope:
        """The controllers that the asker may see."""
        return self._wish.scope


class _Overlay:
    """Lays versions of a document over what was fetched."""

    def __init__(self, work: _Compare, network: Network, reached: set[str], bodies: tuple[Body, ...]) -> None:
        self._work, self._network, self._reached, self._bodies = work, network, reached, bodies

    def network(self, body: Body) -> Network:
        """The network as it is when the document says this."""
        base = self._network
        law = self._law(body)
        identities = self._work.identities(body)
        scope = self._work.scope.over(identities)
        services = self._shared("services", body, base.services, Service)
        activities = [activity for activity in base.activities if activity.id not in self._ids("activities")]
        activities += [a for a in map(Activity.from_body, body.get("activities", ())) if a.id in self._reached]
        activities = [activity for activity in activities if activity.controller in scope]
        kept = (flow for flows in base.flows.values() for flow in flows if flow.id not in self._ids("flows"))
        own = (_with_known_tools(Flow.from_body(entry), law) for entry in body.get("flows", ()))
        parties = self._shared("parties", body, base.parties, Party)
        wanted = {service.provider for service in services.values()} | {activity.controller for activity in activities}
        wanted = identities.everybody(wanted | parties.keys())
        parties = self._work.parties(wanted - parties.keys()) | parties
        found = Network.of(
            *(base.on, law, base.order, activities, [*kept, *own]),
            *(services.values(), parties.values(), base.vocabulary, base.papers),
            tick=base.tick,
            uses=self._uses(body, services),
        )
        return merged(found, identities)

    def _uses(self, body: Body, services: Mapping[str, Service]) -> list[Use]:
        kept = [use for use in self._network.uses if use.id not in self._ids("uses")]
        own = [use for use in map(Use.from_body, body.get("uses", ())) if use.service in services]
        return [*kept, *own]

    def _ids(self, section: str) -> frozenset[str]:
        """Ids that the document gives in any of the versions, the one of today included."""
        return self._own[section]

    @cached_property
    def _own(self) -> dict[str, frozenset[str]]:
        sections = ("flows", "activities", "uses", "services", "parties", "regimes", "tools")
        return {
            section: frozenset(entry["id"] for body in self._bodies for entry in body.get(section, ()))
            for section in sections
        }

    def _shared(self, section: str, body: Body, known: Mapping[str, Any], kind: type) -> dict[str, Any]:
        """Services or parties, those of the document as its version and all other documents say them together."""
        said = {entry["id"]: entry for entry in body.get(section, ())}
        found = {key: thing for key, thing in known.items() if key not in self._ids(section)}
        for key in sorted(self._ids(section)):
            statements = dict(self._others[section].get(key, {}))
            if key in said:
                statements[self._work.document] = said[key]
            if statements:
                found[key] = kind.from_body(together(statements)[0])
        return found

    @cached_property
    def _others(self) -> dict[str, dict[str, dict[str, Entry]]]:
        return {section: self._work.statements(section, self._ids(section)) for section in ("services", "parties")}

    def _law(self, body: Body) -> Law:
        """The law tables with the rows of the version."""
        base = self._network.law
        if not self._ids("regimes") and not self._ids("tools"):
            return base
        regimes = [r for rows in base.regimes.values() for r in rows if r.id not in self._ids("regimes")]
        tools = [tool for tool in base.tools.values() if tool.id not in self._ids("tools")]
        regimes += map(Regime.from_body, body.get("regimes", ()))
        tools += map(Tool.from_body, body.get("tools", ()))
        made = Law.of(base.version, regimes, tools)
        return replace(base, regimes=made.regimes, tools=made.tools)


def _with_known_tools(flow: Flow, law: Law) -> Flow:
    """The flow without tools that no row of law tells anything of any more."""
    known = tuple(reliance for reliance in flow.tools if reliance.tool in law.tools)
    return flow if len(known) == len(flow.tools) else replace(flow, tools=known)


def _entries(difference: Difference) -> list[Entry]:
    """Every entry that differs, as it was and as it is."""
    differing = (*difference.added, *difference.changed, *difference.replaced, *difference.removed)
    return [entry.value for entry in differing]


def _counts(difference: Difference) -> dict[str, int]:
    return {
        "added": len(difference.added),
        "changed": len(difference.changed),
        "removed": len(difference.removed),
    }
