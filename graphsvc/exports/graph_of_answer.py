"""The one answer as a directed graph with several edges between two nodes: what the graph files are written from.

Nodes are activities, services, parties and countries; a flow is an edge, and so is each country that it reaches, with
the footing. Values are texts, whole numbers, yes and no; what is not known has no attribute at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from graphsvc.answers.lines import Line, Passage, countries_of
from graphsvc.exports.words import Texts
from graphsvc.imports.text import NO_TEXT
from graphsvc.model import UNKNOWN, Activity, Party, Status, basis_of, severity, weakest, worst
from graphsvc.questions.handover import Handover
from graphsvc.translation import gettext

Values = dict[str, Any]
Edge = tuple[str, str, str, Values]
"""Ids of the nodes that it leads from and to, its own, and its values."""
BETWEEN = "; "
"""Stands between the parts of what is a list: the formats have none."""


def known(values: dict[str, Any]) -> dict[str, Any]:
    """Values without those that are not known, and without characters that are no text."""
    return {
        key: NO_TEXT.sub("\ufffd", value) if isinstance(value, str) else value
        for key, value in values.items()
        if value is not None and value != ""
    }


class GraphOfAnswer:
    """The graph of one handover, with names in a language; nodes and edges in a stable order.

    Attributes:
        about: Values of the graph as a whole.
        nodes: By id. All of them are there at once: they are few beside the edges.
    """

    def __init__(self, handover: Handover, language: str) -> None:
        self._handover = handover
        self._network = handover.network
        self._texts = Texts(handover, language)
        self._facts: list[Edge] = []
        self.about = known({"name": handover.name} | handover.made_from)
        self.nodes: dict[str, Values] = {}
        if handover.controller:
            self._party(handover.controller)
        for activity in self._network.activities:
            self._activity(activity)
        for passage in handover.passages:
            self._ends(passage)

    def edges(self) -> Iterator[Edge]:
        """The edges: those between parties and what is theirs, then flow by flow, made as they are read."""
        yield from self._facts
        for lines in self._handover.lines_by_flow():
            yield from self._flow(lines)

    def _node(self, kind: str, key: str, label: str, **values: Any) -> str:
        node = f"{kind}:{key}"
        about = {"label": label or key, "name": label or key, "kind": kind, "register_id": key}
        self.nodes[node] = known(about | values)
        return node

    def _edge(self, kind: str, source: str, target: str, key: str, **values: Any) -> Edge:
        # A colon stands in no id, and it may stand in an id of GraphML: that is an NMTOKEN.
        about = {"label": self._texts.gettext(f"graph.{kind}"), "kind": kind}
        return source, target, f"{kind}:{key}", known(about | values)

    def _fact(self, kind: str, source: str, target: str, key: str) -> None:
        self._facts.append(self._edge(kind, source, target, key))

    def _activity(self, found: Activity) -> str:
        texts = self._texts
        node = self._node(
            *("activity", found.id, found.name),
            capacity=found.capacity.name.lower(),
            purposes=BETWEEN.join(map(texts.words.purpose, found.purposes)),
            legal_bases=BETWEEN.join(texts.legal_bases(found)),
            data=texts.items(found.data),
            basis=basis_of(found.evidence).value,
            valid_from=found.valid_from,
            valid_until=found.valid_until,
        )
        owner = self._party(self._network.party(found.controller))
        self._fact("responsible_for", owner, node, found.id)
        for party in found.on_behalf_of:
            self._fact("on_behalf_of", node, self._party(self._network.party(party)), f"{found.id}:{party}")
        return node

    def _party(self, found: Party) -> str:
        node = f"party:{found.id}"
        if node in self.nodes:
            return node
        is_known = found.id != UNKNOWN
        basis = basis_of(found.evidence).value if is_known else UNKNOWN
        sector = found.sector.value if found.sector else None
        self._node("party", found.id, self._texts.party(found), sector=sector, legal_name=found.legal_name, basis=basis)
        for code in found.established_in:
            self._fact("established_in", node, self._country(code), f"{found.id}:{code}")
        parents = {parent for parent, _, _ in found.parents}
        for group in self._network.groups(found.id):
            above = self._party(group)
            if group.id in parents:
                self._fact("part_of", node, above, f"{found.id}:{group.id}")
        return node

    def _service(self, key: str) -> str:
        node = f"service:{key}"
        if node in self.nodes:
            return node
        found, provider = self._network.services[key], self._network.provider(key)
        self._node("service", key, found.name, purpose=found.purpose, basis=basis_of(found.evidence).value)
        self._fact("provides", self._party(provider), node, key)
        return node

    def _country(self, code: str) -> str:
        if (node := f"country:{code}") in self.nodes:
            return node
        law = self._network.law
        inside = None if code == UNKNOWN else law.is_inside(code, self._network.on)
        return self._node("country", code, self._texts.words.country(code), inside=inside)

    def _sender(self, passage: Passage) -> str:
        sender = passage.flow.sender
        return f"activity:{sender}" if sender == passage.activity.id else self._service(sender)

    def _ends(self, passage: Passage) -> None:
        """The nodes that a flow and the countries that it reaches are between."""
        self._sender(passage)
        self._service(passage.flow.recipient)
        for code in countries_of(self._network, passage.flow):
            self._country(code)

    def _flow(self, lines: list[Line]) -> Iterator[Edge]:
        """A flow, from the lines of every activity whose data passes it, and the countries that it reaches."""
        texts, passage = self._texts, lines[0].passage
        flow, sender, recipient = passage.flow, self._sender(passage), self._service(passage.flow.recipient)
        items = frozenset().union(*(line.items for line in lines))
        countries = _by_country(lines)
        status = worst(line.status for line in lines)
        yield self._edge(
            *("flow", sender, recipient, flow.id),
            flow=flow.id,
            role=flow.role.value,
            status=status.value,
            is_transfer=any(line.status is not Status.INSIDE for line in lines),
            countries=BETWEEN.join(f"{code}: {line.status}" for code, line in countries.items()),
            data=texts.items(items),
            categories=BETWEEN.join(sorted({item.category for item in items})),
            subjects=BETWEEN.join(sorted({item.subject for item in items})),
            activities=BETWEEN.join(_each(line.passage.activity.id for line in lines)),
            controllers=BETWEEN.join(_each(line.passage.activity.controller for line in lines)),
            depth=min(len(line.chain) for line in lines),
            purpose=flow.purpose,
            condition=flow.condition,
            contract=flow.contract.kind.value if flow.contract else None,
            tools=BETWEEN.join(reliance.tool for reliance in flow.tools),
            basis=weakest(line.basis for line in lines).value,
            basis_of_flow=basis_of(flow.evidence).value,
            sources=texts.cited(flow.evidence),
            valid_from=flow.valid_from,
            valid_until=flow.valid_until,
        )
        for code, line in countries.items():
            yield self._edge(
                *("reaches", recipient, self._country(code), f"{flow.id}:{code}"),
                flow=flow.id,
                status=line.status.value,
                status_in_words=gettext(texts.language, f"status.{line.status}"),
                reason=texts.why(line),
                act=texts.act(line),
                basis=line.basis.value,
            )


def _by_country(lines: Iterable[Line]) -> dict[str, Line]:
    """For each country the line with the worst footing."""
    found: dict[str, Line] = {}
    for line in sorted(lines, key=lambda line: (line.country, severity(line.status), line.passage.activity.id)):
        found.setdefault(line.country, line)
    return found


def _each(values: Iterable[str]) -> list[str]:
    return sorted(set(values))
