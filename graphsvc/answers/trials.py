"""Tries what is left of the transfers in a network when some parties are replaced. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import NamedTuple

import networkx
from networkx.algorithms.connectivity import build_auxiliary_node_connectivity, minimum_st_node_cut
from networkx.algorithms.flow import build_residual_network

from graphsvc.answers.lines import Assessor, Line, Passage, passages, statuses_of
from graphsvc.answers.network import Network
from graphsvc.answers.propagate import Crossing, Spread, propagate
from graphsvc.answers.tick import ticking
from graphsvc.model import UNKNOWN, Activity, Status, severity


class Replaceable(NamedTuple):
    """What can be replaced.

    Attributes:
        party: Id of a party, which goes with all its services; `unknown` for a recipient that nobody has named.
        service: Then the id of the service, since nobody can say that two of them are one party.
    """

    party: str
    service: str = ""


Chain = frozenset[Replaceable]
"""The parties on a chain that can be replaced."""
SOURCE, SINK = Replaceable("", "from"), Replaceable("", "to")


class TooFar(Exception):
    """More was tried than was allowed, or there is no time for more."""


def replaceable(network: Network, service: str) -> Replaceable:
    """What has to be replaced so that a service is out."""
    party = network.provider(service).id
    return Replaceable(party, service if party == UNKNOWN else "")


def without(network: Network, gone: frozenset[Replaceable]) -> Network:
    """The network when some parties and all their services are gone."""
    if not gone:
        return network
    flows = {
        sender: tuple(flow for flow in found if replaceable(network, flow.recipient) not in gone)
        for sender, found in network.flows.items()
    }
    return replace(network, flows=flows)


class Trials:
    """Lets data spread without some parties, again and again; for each activity only when one of them matters to it.

    Attributes:
        passed: How many passings of data over a flow were tried after the first look.
    """

    def __init__(self, network: Network, counted: frozenset[Status], most: int, assessor: Assessor) -> None:
        """Prepare.

        Args:
            network: What was fetched.
            counted: The footings that must not be left.
            most: How many passings may be tried after the first look.
            assessor: Assesses the network's flows.
        """
        self.passed = 0
        self._network = network
        self._counted = counted
        self._most = most
        self._controllers = {activity.controller for activity in network.activities}
        self._assessor = assessor
        self._known: dict[tuple[str, frozenset[Replaceable]], dict[Chain, Line]] = {}
        self._services: dict[Replaceable, set[str]] = defaultdict(set)
        self._nodes: dict[str, Replaceable] = {}
        self._edges: set[tuple[Replaceable, Replaceable]] = set()
        self._reached = {activity.id: self._first_look(activity) for activity in network.activities}

    def services_of(self, what: Replaceable) -> tuple[str, ...]:
        """Ids of the services that go with it and that data reaches."""
        return tuple(sorted(self._services[what]))

    def left(self, gone: frozenset[Replaceable]) -> dict[Chain, Line]:
        """The shortest chains by which data still reaches what must not be left, each with a line that proves it.

        Left out are chains on which nobody can be replaced. Of two chains of an activity, one of which has all the
        parties of the other, only the other is told.

        Raises:
            TooFar: more was tried than was allowed, or there is no time for more.
        """
        network = without(self._network, gone)
        found: dict[Chain, Line] = {}
        for activity in network.activities:
            key = (activity.id, gone & self._reached[activity.id])
            if key not in self._known:
                self._known[key] = self._try(network, activity)
            for chain, line in self._known[key].items():
                found.setdefault(chain, line)
        return found

    def cut(self, gone: frozenset[Replaceable]) -> frozenset[Replaceable]:
        """Parties after which nothing is left: some, and a smallest cut of the graph of parties without those.

        The graph knows who passes data on to whom, not which data, so the cut can be larger than it need be.
        """
        graph = networkx.DiGraph()
        graph.add_nodes_from((SOURCE, SINK))
        graph.add_edges_from(sorted(self._edges))
        graph.remove_nodes_from(gone)
        doubled = build_auxiliary_node_connectivity(graph)
        residual = ticking(build_residual_network(doubled, "capacity"), self._network.tick)
        return gone | frozenset(minimum_st_node_cut(graph, SOURCE, SINK, auxiliary=doubled, residual=residual))

    def statuses(self, gone: frozenset[Replaceable]) -> Counter[Status]:
        """How many lines there are on which footing when some parties are gone."""
        network = without(self._network, gone)
        return Counter(
            status
            for activity in network.activities
            for passage in passages(network, activity)
            for status in statuses_of(passage, self._assessor)
        )

    def _try(self, network: Network, activity: Activity) -> dict[Chain, Line]:
        if self.passed >= self._most or self._network.tick.is_late():
            raise TooFar
        spread = propagate(network, activity)
        self.passed += len(spread.crossings)
        return self._chains(spread)

    def _first_look(self, activity: Activity) -> frozenset[Replaceable]:
        """What of an activity is left when nobody is gone, and who passes its data on to whom; whom it reaches."""
        spread = propagate(self._network, activity)
        self._known[activity.id, frozenset()] = self._chains(spread)
        reached = {crossing.flow.recipient for crossing in spread.crossings.values()}
        for service in reached:
            self._services[replaceable(self._network, service)].add(service)
        for crossing in spread.crossings.values():
            self._draw(activity, crossing)
        return frozenset(replaceable(self._network, service) for service in reached)

    def _draw(self, activity: Activity, crossing: Crossing) -> None:
        sender = SOURCE if crossing.sender.node == activity.id else self._node(crossing.sender.node)
        recipient = self._node(crossing.flow.recipient)
        if sender != recipient and recipient != SOURCE:
            self._edges.add((sender, recipient))
        if recipient != SOURCE and self._worst(crossing):
            self._edges.add((recipient, SINK))

    def _node(self, service: str) -> Replaceable:
        """What stands for a service among those who pass data on; controllers, who stay, are where it starts."""
        if service not in self._nodes:
            what = replaceable(self._network, service)
            self._nodes[service] = SOURCE if what.party in self._controllers else what
        return self._nodes[service]

    def _worst(self, crossing: Crossing) -> str | None:
        """The country on the worst of the footings that must not be left; None: there is none."""
        found = self._assessor(crossing.flow, crossing.sender.capacity)
        counted = [(severity(a.status), country) for country, a in found.items() if a.status in self._counted]
        return min(counted)[1] if counted else None

    def _chains(self, spread: Spread) -> dict[Chain, Line]:
        found: dict[Chain, Line] = {}
        ending_in: dict[Replaceable, list[Chain]] = defaultdict(list)
        for crossing in sorted(spread.crossings.values(), key=lambda c: (c.depth, c.flow.id, c.sender)):
            self._network.tick()
            if (country := self._worst(crossing)) is None:
                continue
            flows = spread.chain(crossing, crossing.items)
            nodes = [node for flow in flows if (node := self._node(flow.recipient)) != SOURCE]
            chain = frozenset(nodes)
            if chain and not any(known <= chain for node in chain for known in ending_in[node]):
                found[chain] = self._line(spread, crossing, country)
                # A shorter chain is found in a longer one by the last of its parties.
                ending_in[nodes[-1]].append(chain)
        return found

    def _line(self, spread: Spread, crossing: Crossing, country: str) -> Line:
        assessment = self._assessor(crossing.flow, crossing.sender.capacity)[country]
        return Line(Passage(self._network, spread, [crossing]).apart, country, assessment, crossing.items)
