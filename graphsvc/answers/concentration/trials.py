"""Tries what is left of the transfers when some parties are replaced, part by part. Pure.

What is kept of an activity is small: whom its data reaches, and by which chains it comes to a transfer. The network
itself is read again for each trial.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import networkx
from networkx.algorithms.connectivity import build_auxiliary_node_connectivity, minimum_st_node_cut
from networkx.algorithms.flow import build_residual_network

from graphsvc.answers.concentration.chains import (
    SINK,
    SOURCE,
    Chain,
    Ending,
    Nodes,
    Part,
    Replaceable,
    chains,
    endings,
    line,
    without,
)
from graphsvc.answers.concentration.kept import Shelf
from graphsvc.answers.lines import passages_of, statuses_of
from graphsvc.answers.network import Network
from graphsvc.answers.parted import Parted
from graphsvc.answers.plain import proof
from graphsvc.answers.propagate import Spread, propagate
from graphsvc.answers.tick import ticking
from graphsvc.model import Activity, Status, severity


class TooFar(Exception):
    """More was tried than was allowed, or there is no time for more."""


class Proven(NamedTuple):
    """The line that proves a chain; of two the lesser one is told.

    Attributes:
        severity: How bad it is; what is smaller is worse.
        depth: Length of the whole chain.
        activity: Id of its activity.
        place: Where it lies on the shelf.
    """

    severity: int
    depth: int
    activity: str
    place: int


class Left(NamedTuple):
    """What is left of the transfers of an activity.

    Attributes:
        chains: The shortest chains to what must not be left.
        counted: How many lines must not be left.
        unknown: How many lines may be transfers; nobody can say.
    """

    chains: tuple[Chain, ...]
    counted: int
    unknown: int


@dataclass(frozen=True)
class Looked:
    """What is known of an activity.

    Attributes:
        reached: Numbers of those whom its data reaches.
        tried: What was left of it without some of them, by their numbers.
    """

    reached: array[int]
    tried: dict[frozenset[int], Left]


class Trials:
    """Lets data spread without some parties, again and again; for each activity only when one of them matters to it.

    Attributes:
        passed: How many passings of data over a flow were tried after the first look.
        proofs: For each chain that came up the first line that was found for it.
    """

    def __init__(self, parted: Parted, counted: frozenset[Status], most: int, shelf: Shelf) -> None:
        """Prepare.

        Args:
            parted: What the question reaches, part by part.
            counted: The footings that must not be left.
            most: How many passings may be tried after the first look.
            shelf: Where the lines lie that prove something.
        """
        self.passed = 0
        self.proofs: dict[Chain, Proven] = {}
        self._parted = parted
        self._counted = counted
        self._most = most
        self._shelf = shelf
        self._nodes = Nodes(parted.controllers)
        self._same: dict[Chain, Chain] = {}
        self._numbers: dict[Replaceable, int] = {}
        self._looked: dict[str, dict[str, Looked]] = defaultdict(dict)
        self._edges: set[tuple[Replaceable, Replaceable]] = set()

    def look(self, part: Part, spread: Spread, statuses: Counter[Status]) -> None:
        """Look at an activity when nobody is gone: what is left of it, whom it reaches, who passes its data on to whom.

        Args:
            part: The part that it is in.
            spread: How its data spreads.
            statuses: How many lines it has on each footing.
        """
        found = list(endings(part, spread, self._counted))
        reached = {self._nodes.whose(part.network, c.flow.recipient) for c in spread.crossings.values()}
        numbers = sorted(self._numbers.setdefault(what, len(self._numbers)) for what in reached)
        left = self._left(part, spread, found, statuses)
        self._looked[spread.activity.controller][spread.activity.id] = Looked(array("I", numbers), {frozenset(): left})
        self._draw(part.network, spread, found)

    def _draw(self, network: Network, spread: Spread, found: list[Ending]) -> None:
        for crossing in spread.crossings.values():
            starts = crossing.sender.node == spread.activity.id
            sender = SOURCE if starts else self._nodes.node(network, crossing.sender.node)
            recipient = self._nodes.node(network, crossing.flow.recipient)
            if recipient not in (sender, SOURCE):
                self._edges.add((sender, recipient))
        ends = {self._nodes.node(network, ending.crossing.flow.recipient) for ending in found}
        self._edges.update((node, SINK) for node in ends - {SOURCE})

    def left(self, gone: frozenset[Replaceable]) -> set[Chain]:
        """The shortest chains by which data still reaches what must not be left.

        Left out are chains on which nobody can be replaced.

        Raises:
            TooFar: more was tried than was allowed, or there is no time for more.
        """
        return {chain for left in self._without(gone, self._most) for chain in left.chains}

    def counts(self, gone: frozenset[Replaceable]) -> tuple[int, int]:
        """How many lines must not be left and are, and of how many nobody can say whether they are transfers."""
        found = list(self._without(gone, math.inf))
        return sum(left.counted for left in found), sum(left.unknown for left in found)

    def cut(self, gone: frozenset[Replaceable]) -> frozenset[Replaceable]:
        """Parties after which nothing is left: some, and a smallest cut of the graph of parties without those.

        The graph knows who passes data on to whom, not which data, so the cut can be larger than it need be.
        """
        graph = networkx.DiGraph()
        graph.add_nodes_from((SOURCE, SINK))
        graph.add_edges_from(sorted(self._edges))
        graph.remove_nodes_from(gone)
        doubled = build_auxiliary_node_connectivity(graph)
        residual = ticking(build_residual_network(doubled, "capacity"), self._parted.tick)
        return gone | frozenset(minimum_st_node_cut(graph, SOURCE, SINK, auxiliary=doubled, residual=residual))

    def _without(self, gone: frozenset[Replaceable], most: float) -> list[Left]:
        """What is left of each activity without some parties; those to whom they matter are tried."""
        numbers = frozenset(self._numbers[what] for what in gone)
        keys = {
            activity: frozenset(number for number in looked.reached if number in numbers)
            for own in self._looked.values()
            for activity, looked in own.items()
        }
        untried = [
            controller
            for controller, own in self._looked.items()
            if any(keys[activity] not in looked.tried for activity, looked in own.items())
        ]
        if untried:
            self._try(gone, keys, untried, most)
        return [looked.tried[keys[activity]] for own in self._looked.values() for activity, looked in own.items()]

    def _try(
        self, gone: frozenset[Replaceable], keys: dict[str, frozenset[int]], controllers: list[str], most: float
    ) -> None:
        for network in self._parted.read(controllers):
            part = Part.of(network)
            less = without(part, gone, self._nodes)
            for activity in network.activities:
                tried = self._looked[activity.controller][activity.id].tried
                if keys[activity.id] not in tried:
                    self._may_try(most)
                    tried[keys[activity.id]] = self._tried(part, less, activity)

    def _may_try(self, most: float) -> None:
        if self.passed >= most or (most < math.inf and self._parted.tick.is_late()):
            raise TooFar

    def _tried(self, part: Part, less: Network, activity: Activity) -> Left:
        spread = propagate(less, activity)
        self.passed += len(spread.crossings)
        passages = passages_of(less, spread)
        statuses = Counter(status for passage in passages for status in statuses_of(passage, part.assessor))
        return self._left(part, spread, endings(part, spread, self._counted), statuses)

    def _left(self, part: Part, spread: Spread, found: Iterable[Ending], statuses: Counter[Status]) -> Left:
        told = []
        for chain, ending, flows in chains(part, spread, found, self._nodes):
            if chain not in self.proofs:
                self._same[chain] = chain
                proven = line(part, spread, ending, flows)
                place = self._shelf.put(proof(proven))
                self.proofs[chain] = Proven(severity(proven.status), len(flows), spread.activity.id, place)
            told.append(self._same[chain])
        counted = sum(statuses[status] for status in self._counted)
        return Left(tuple(told), counted, statuses[Status.UNKNOWN])
