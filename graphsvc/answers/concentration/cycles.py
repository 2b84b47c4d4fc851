"""Services that pass data round in a circle (strongly connected components). Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import networkx

from graphsvc.answers.concentration.kept import Kept, Shelf
from graphsvc.answers.grounds import Fact
from graphsvc.answers.lines import Line, Passage, Step
from graphsvc.answers.network import Network
from graphsvc.answers.plain import chain
from graphsvc.answers.tick import Tick, ticking
from graphsvc.model import CHAIN_ENDS_AT, Basis, Evidence, basis_of, evidence_for, weakest


@dataclass
class Arc:
    """A flow that may be part of a circle.

    Attributes:
        step: The flow, and from where to where it leads.
        said: Where that is said.
        controllers: Ids of the controllers whose data passes it, in their order.
    """

    step: Step
    said: Fact
    controllers: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Cycle:
    """Services of which each reaches each other one, or one that sends to itself.

    Attributes:
        services: Their ids.
        flows: The flows among them that data passes.
        controllers: Ids of the controllers whose data passes one of those flows.
        chain: The shortest chain by which data comes to one of them.
        basis: How directly the weakest of these facts is said.
        sources: Where the flows among them are said, and the chain that leads there.
    """

    services: tuple[str, ...]
    flows: tuple[Step, ...]
    controllers: tuple[str, ...]
    chain: tuple[Mapping[str, str], ...]
    basis: Basis
    sources: tuple[Evidence, ...]


class Circles:
    """Collects flows that data passes, and finds the circles among them.

    Which flows can be part of one shows in each part by itself: whatever comes to a service of a circle brings all of
    the circle along, whether or not its data goes round. Only those are kept.
    """

    def __init__(self, shelf: Shelf) -> None:
        self._arcs: dict[str, Arc] = {}
        self._nearest: Kept[str, int] = Kept(shelf, _told)
        self._round: Mapping[str, int] = {}

    def begin_part(self, network: Network) -> None:
        """Look for what can be circles in a part."""
        circles = _circles(_passing_on(network), network.tick)
        self._round = {service: number for number, circle in enumerate(circles) for service in circle}

    def end_part(self) -> None:
        """The flows of a part are all noted."""
        self._nearest.end_part()

    def add(self, passage: Passage, worst: Callable[[], Line]) -> None:
        """Note a flow that data passes.

        Args:
            passage: The flow.
            worst: Makes its worst line, which is kept when it is the nearest to a service.
        """
        flow = passage.flow
        if flow.role in CHAIN_ENDS_AT or flow.recipient not in self._round:
            return
        self._nearest.offer(flow.recipient, passage.depth, worst)
        if self._round.get(flow.sender) == self._round[flow.recipient]:
            said = evidence_for(flow.evidence, "to")
            arc = self._arcs.setdefault(flow.id, Arc(Step(flow.id, flow.sender, flow.recipient), said))
            if passage.activity.controller not in arc.controllers[-1:]:
                arc.controllers.append(passage.activity.controller)

    def found(self, tick: Tick) -> list[Cycle]:
        """Every circle, the largest first."""
        arcs = [arc for _, arc in sorted(self._arcs.items())]
        circles = sorted(map(sorted, _circles((arc.step for arc in arcs), tick)), key=lambda each: (-len(each), each))
        place = {service: number for number, circle in enumerate(circles) for service in circle}
        among: list[list[Arc]] = [[] for _ in circles]
        for arc in arcs:
            if arc.step.sender in place and place[arc.step.sender] == place.get(arc.step.recipient):
                among[place[arc.step.sender]].append(arc)
        return [self._cycle(tuple(circle), own) for circle, own in zip(circles, among, strict=True)]

    def _cycle(self, services: tuple[str, ...], arcs: list[Arc]) -> Cycle:
        nearest = self._nearest[min(services, key=lambda service: (self._nearest.rank(service), service))]
        controllers = set().union(*(arc.controllers for arc in arcs))
        return Cycle(
            services,
            tuple(arc.step for arc in arcs),
            tuple(sorted(controllers)),
            tuple(nearest["chain"]),
            weakest([nearest["basis"], *(basis_of(arc.said) for arc in arcs)]),
            tuple(dict.fromkeys((*(evidence for arc in arcs for evidence in arc.said), *nearest["sources"]))),
        )


def _told(line: Line) -> dict[str, Any]:
    return {"chain": chain(line), "basis": line.basis, "sources": line.sources}


def _passing_on(network: Network) -> Iterator[Step]:
    """The flows of a network behind which chains go on."""
    flows = (flow for sent in network.flows.values() for flow in sent if flow.role not in CHAIN_ENDS_AT)
    return (Step(flow.id, flow.sender, flow.recipient) for flow in flows)


def _circles(steps: Iterable[Step], tick: Tick) -> Iterator[set[str]]:
    graph = ticking(networkx.DiGraph(), tick)
    graph.add_edges_from((step.sender, step.recipient) for step in steps)
    for members in networkx.strongly_connected_components(graph):
        if len(members) > 1 or any(graph.has_edge(service, service) for service in members):
            yield members
