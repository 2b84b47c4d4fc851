"""What falls away with a party: the recipients that data reaches only through it (dominators). Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

import networkx

from graphsvc.answers.lines import Passage
from graphsvc.answers.network import Network
from graphsvc.answers.tick import Tick, ticking
from graphsvc.model import CHAIN_ENDS_AT, Activity

Node = str | tuple[str]
"""An activity, a service that data can go on from, or, in brackets, that a service has data at the end of a chain."""


@dataclass
class Loss:
    """What is cut off when a party and all its services fall away.

    Attributes:
        activities: Ids of the activities that lose all their recipients.
        services: Ids of services of others that some activity's data reaches only through it.
        pairs: How many pairs of an activity and such a service there are.
    """

    activities: list[str] = field(default_factory=list)
    services: set[str] = field(default_factory=set)
    pairs: int = 0


class Losses:
    """Collects activity by activity what is lost with each party."""

    def __init__(self) -> None:
        self._by_party: dict[str, Loss] = defaultdict(Loss)

    def of(self, party: str) -> Loss:
        """What is lost with a party."""
        return self._by_party[party]

    def add(self, network: Network, activity: Activity, passages: Collection[Passage]) -> None:
        """Note what each party means to one activity.

        Args:
            network: What was fetched.
            activity: The activity.
            passages: Every flow that the activity's data passes.
        """
        tick = network.tick
        routes = _Routes(activity.id, passages, tick)
        owned: dict[str, list[str]] = defaultdict(list)
        for service in routes.targets:
            owned[network.provider(service).id].append(service)
        through = routes.only_through()
        for party, services in owned.items():
            tick()
            lost = through.get(services[0], frozenset()) if len(services) == 1 else routes.lost_without(services)
            self._note(party, activity.id, lost, routes.first <= set(services))

    def _note(self, party: str, activity: str, lost: frozenset[str], everything: bool) -> None:
        loss = self._by_party[party]
        loss.services |= lost
        loss.pairs += len(lost)
        if everything:
            loss.activities.append(activity)


class _Routes:
    """The flows that one activity's data passes, as a graph.

    A service that receives as an independent controller or an authority does not pass the data on: it has a node of
    its own then, so that no chain goes on there.
    """

    def __init__(self, start: str, passages: Collection[Passage], tick: Tick) -> None:
        self.start = start
        self._tick = tick
        self.first = {passage.flow.recipient for passage in passages if passage.flow.sender == start}
        self.targets: Mapping[str, Node] = {}
        self._graph = ticking(networkx.DiGraph(), tick)
        self._graph.add_node(start)
        ends = {passage.flow.recipient for passage in passages if passage.flow.role in CHAIN_ENDS_AT}
        for passage in passages:
            flow = passage.flow
            target: Node = (flow.recipient,) if flow.role in CHAIN_ENDS_AT else flow.recipient
            self._graph.add_edge(flow.sender, target)
            self.targets[flow.recipient] = (flow.recipient,) if flow.recipient in ends else flow.recipient
        self._graph.add_edges_from((service, (service,)) for service in ends if service in self._graph)

    def only_through(self) -> dict[str, frozenset[str]]:
        """For each service the others that are reached only through it."""
        nearest = networkx.immediate_dominators(self._graph, self.start)
        found: dict[str, set[str]] = defaultdict(set)
        for service, target in self.targets.items():
            self._tick()
            for above in _above(nearest, target):
                if above not in (service, self.start):
                    found[above].add(service)
        return {service: frozenset(others) for service, others in found.items()}

    def lost_without(self, services: Collection[str]) -> frozenset[str]:
        """The services of others that are reached only through some of these: no dominator need be one alone.

        Only what lies behind them is looked at: it is not lost where something else sends to it, nor what follows then.
        """
        gone = {node for service in services for node in (service, (service,)) if node in self._graph}
        behind = self._onwards(gone) - gone
        known = gone | behind
        kept = {node for node in behind if not known.issuperset(self._graph.pred[node])}
        lost = behind - self._onwards(kept, behind)
        own = set(services)
        return frozenset(s for s in map(_service, lost) if s not in own and self.targets[s] in lost)

    def _onwards(self, starts: set[Node], within: set[Node] | None = None) -> set[Node]:
        """Some nodes, and those that are reached from them without leaving others."""
        found, level = set(starts), starts
        while level:
            following = set().union(*(self._graph.succ[node] for node in level)) - found
            level = following if within is None else following & within
            found |= level
        return found


def _service(node: Node) -> str:
    return node if isinstance(node, str) else node[0]


def _above(nearest: Mapping[Node, Node | None], target: Node) -> Iterator[Node]:
    """The nodes that every way to a target leads through, the last one first."""
    node = nearest.get(target)
    while node is not None:
        yield node
        node = nearest.get(node) if nearest.get(node) != node else None
