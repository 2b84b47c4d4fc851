"""Services that pass data round in a circle (strongly connected components). Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import networkx

from graphsvc.answers.lines import Line, Passage
from graphsvc.answers.tick import Tick, ticking
from graphsvc.model import CHAIN_ENDS_AT, Basis, Evidence, Flow, basis_of, evidence_for, weakest


@dataclass(frozen=True)
class Cycle:
    """Services of which each reaches each other one, or one that sends to itself.

    Attributes:
        services: Their ids.
        flows: The flows among them that data passes.
        controllers: Ids of the controllers whose data passes one of those flows.
        nearest: The line with the shortest chain that leads to one of them.
    """

    services: tuple[str, ...]
    flows: tuple[Flow, ...]
    controllers: tuple[str, ...]
    nearest: Line

    @property
    def sources(self) -> tuple[Evidence, ...]:
        """Where the flows among them are said, and the chain that leads there."""
        round_it = (evidence for flow in self.flows for evidence in evidence_for(flow.evidence, "to"))
        return tuple(dict.fromkeys((*round_it, *self.nearest.sources)))

    @property
    def basis(self) -> Basis:
        """How directly the weakest of them is said."""
        return weakest([self.nearest.basis, *(basis_of(evidence_for(flow.evidence, "to")) for flow in self.flows)])


class Circles:
    """Collects flows that data passes, and finds the circles among them."""

    def __init__(self, tick: Tick) -> None:
        self._tick = tick
        self._flows: dict[str, Flow] = {}
        self._controllers: dict[str, set[str]] = {}
        self._nearest: dict[str, Line] = {}

    def add(self, passage: Passage, worst: Callable[[], Line]) -> None:
        """Note a flow that data passes.

        Args:
            worst: Makes its worst line, which is kept when it is the nearest to a service.
        """
        flow = passage.flow
        self._flows[flow.id] = flow
        self._controllers.setdefault(flow.id, set()).add(passage.activity.controller)
        known = self._nearest.get(flow.recipient)
        if known is None or passage.depth < known.passage.depth:
            self._nearest[flow.recipient] = worst()

    def found(self) -> list[Cycle]:
        """Every circle, the largest first."""
        passing_on = [flow for _, flow in sorted(self._flows.items()) if flow.role not in CHAIN_ENDS_AT]
        graph = ticking(networkx.MultiDiGraph(), self._tick)
        graph.add_edges_from((flow.sender, flow.recipient, flow.id) for flow in passing_on)
        circles = [
            self._cycle(tuple(sorted(members)), graph.subgraph(members))
            for members in networkx.strongly_connected_components(graph)
            if len(members) > 1 or any(graph.has_edge(service, service) for service in members)
        ]
        return sorted(circles, key=lambda cycle: (-len(cycle.services), cycle.services))

    def _cycle(self, services: tuple[str, ...], among: networkx.MultiDiGraph) -> Cycle:
        flows = sorted(key for _, _, key in among.edges(keys=True))
        controllers = set().union(*(self._controllers[flow] for flow in flows))
        lines: Iterable[Line] = (self._nearest[service] for service in services)
        nearest = min(lines, key=lambda line: (line.passage.depth, line.passage.flow.recipient))
        return Cycle(services, tuple(self._flows[flow] for flow in flows), tuple(sorted(controllers)), nearest)
