"""The search for ways from some places to others, in a graph of what data goes where. Pure.

The graph has a node for each service together with the data that has come to it, and one for each flow that passes
some of it on. So every way through it is one chain that carries something, and parallel flows stay apart. networkx
enumerates; a budget of steps ends a search in a graph that has too many ways.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

import networkx

from graphsvc.answers.network import Network
from graphsvc.answers.order import ANYTHING
from graphsvc.answers.propagate import Items
from graphsvc.answers.tick import ENDLESS, Tick, ticking
from graphsvc.model import CHAIN_ENDS_AT, Flow

MOST = 100
"""Chains that one answer shows at most."""
MOST_NODES = 200_000
"""Nodes of the graph that is searched; the nearest ones are there first."""
BUDGET = 3_000_000
"""Neighbours that one search looks at: some seconds. It ends sooner when its asker has no time left."""


class At(NamedTuple):
    """Data that has come to an activity or a service, with nothing said of how."""

    node: str
    items: Items


class By(NamedTuple):
    """Data that goes on by a flow."""

    flow: str
    items: Items


START, END = ("start",), ("end",)
"""Before every start and after every end; no id is like these."""


class Spent(Exception):
    """The budget of a search is used up."""


class Counted(networkx.DiGraph):
    """A graph that counts what a search looks at, and ends it when the budget is used up."""

    left = BUDGET
    tick: Tick = ENDLESS

    def successors(self, n: object) -> Iterator[object]:
        """What comes after a node."""
        self._spend(len(self._succ[n]))
        return super().successors(n)

    def predecessors(self, n: object) -> Iterator[object]:
        """What comes before a node."""
        self._spend(len(self._pred[n]))
        return super().predecessors(n)

    def _spend(self, looked_at: int) -> None:
        self.left -= looked_at + 1
        if self.left < 0 or self.tick.is_late():
            raise Spent


@dataclass
class Search:
    """One search: its graph, and whether anything was left out."""

    network: Network
    ends: frozenset[str]
    graph: Counted = field(default_factory=Counted)
    complete: bool = True
    _todo: deque[At] = field(default_factory=deque)

    def __post_init__(self) -> None:
        self._data = {activity.id: activity.data for activity in self.network.activities}
        self._flows = {flow.id: flow for flows in self.network.flows.values() for flow in flows}
        self.graph.tick = self.network.tick
        plain = networkx.DiGraph((flow.sender, flow.recipient) for flow in self._flows.values() if self._goes_on(flow))
        plain.add_edges_from((end, END) for end in self.ends)
        self._leads = networkx.ancestors(ticking(plain, self.network.tick), END) if END in plain else set()
        self.connected = False

    def _goes_on(self, flow: Flow) -> bool:
        """A chain goes through a controller of its own or an authority only when it ends there."""
        return flow.recipient in self.ends or flow.role not in CHAIN_ENDS_AT

    def begin(self, start: str) -> None:
        """Let chains start at an activity with its data, or at a service with whatever arrives there."""
        at = At(start, self._data.get(start) or frozenset({ANYTHING}))
        if start in self._leads:
            self.connected = True
            self.graph.add_edge(START, at)
            self._todo.append(at)

    def grow(self) -> None:
        """Put into the graph what can be reached, the nearest first."""
        while self._todo:
            if self.graph.number_of_nodes() > MOST_NODES or self.network.tick.is_late():
                self.complete = False
                return
            at = self._todo.popleft()
            for flow in self.network.flows.get(at.node, ()):
                if self._goes_on(flow) and flow.recipient in self._leads:
                    self._add(at, flow)

    def _add(self, at: At, flow: Flow) -> None:
        passed = self.network.order.meet(at.items, flow.carries)
        if not passed:
            return
        by = By(flow.id, at.items)
        target: tuple = END if flow.recipient in self.ends else At(flow.recipient, passed)
        if target is not END and target not in self.graph:
            self._todo.append(target)
        self.graph.add_edges_from(((at, by), (by, target)))

    def ways(self, most: int | None) -> list[tuple[Flow, ...]]:
        """The flows of each way through the graph; notes whether there are other ways.

        Args:
            most: How many, longer ones too; None: every shortest one, but not more than MOST.
        """
        found: list[tuple[Flow, ...]] = []
        if END not in self.graph:
            return found
        limit = MOST if most is None else min(most, MOST)
        try:
            for way in islice(self._every(most is not None), limit + 1):
                found.append(tuple(self._flows[step.flow] for step in way if isinstance(step, By)))
        except Spent:
            self.complete = False
        if len(found) > limit:
            self.complete = False
        return found[:limit]

    def _every(self, longer: bool) -> Iterator[list[object]]:
        """Every way, the shortest ones first, and when longer ones are wanted those that come by no service twice."""
        shortest = set()
        for way in networkx.all_shortest_paths(self.graph, START, END):
            shortest.add(tuple(way))
            yield way
        for way in networkx.shortest_simple_paths(self.graph, START, END) if longer else ():
            if tuple(way) not in shortest and self._is_simple(way):
                yield way

    def _is_simple(self, way: list[object]) -> bool:
        """Whether it comes by no service twice, with other data: a shortest way never does, since data only narrows."""
        nodes = [step.node for step in way if isinstance(step, At)]
        return len(nodes) == len(set(nodes))
