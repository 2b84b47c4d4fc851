"""`propagate`: how the data of one activity spreads over the flows it reaches, to a fixed point.

Level by level, each place once for each new item: the cost is that of the flows reached times the
items that pass them, never that of the paths among them. For every item that arrives somewhere one
shortest chain is kept as its proof.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from graphsvc.answers.network import Network
from graphsvc.answers.order import ANYTHING, Order
from graphsvc.model import CAPACITY_OF, CHAIN_ENDS_AT, Activity, Capacity, DataItem, Flow

Items = frozenset[DataItem]


class Place(NamedTuple):
    """Where data is: at a sender, in a capacity.

    Attributes:
        node: Id of the activity or the service.
        capacity: In which capacity its party has the data, which decides the role pair of what it sends on.
        beyond: Whether the data got here through an independent controller or an authority.
    """

    node: str
    capacity: Capacity
    beyond: bool = False


class Arrival(NamedTuple):
    """That items came to a place for the first time.

    Attributes:
        level: Length of the shortest chain, counted in flows.
        flow: The last flow of that chain.
        sender: The place before it.
        items: The items that were new.
    """

    level: int
    flow: Flow
    sender: Place
    items: Items


@dataclass
class Crossing:
    """That data of the activity passes one flow.

    Attributes:
        flow: The flow.
        sender: The place it starts from.
        passes: What passed it anew at each level, the first level first.
    """

    flow: Flow
    sender: Place
    passes: list[tuple[int, Items]] = field(default_factory=list)

    @property
    def items(self) -> Items:
        """All items that pass."""
        first = self.passes[0][1]
        return first if len(self.passes) == 1 else first.union(*(items for _, items in self.passes[1:]))

    @property
    def depth(self) -> int:
        """Length of the shortest chain that ends in this flow, counted in flows."""
        return self.passes[0][0]

    def depth_of(self, wanted: Items) -> int | None:
        """Length of the shortest chain that carries one of the wanted items; None: none of them passes."""
        return next((level for level, items in self.passes if not items.isdisjoint(wanted)), None)


class Spread:
    """Where the data of one activity goes."""

    def __init__(self, activity: Activity, order: Order) -> None:
        self.activity = activity
        self.start = Place(activity.id, activity.capacity)
        self.crossings: dict[tuple[str, Place], Crossing] = {}
        self.widening: dict[str, Items] = {}
        self._order = order
        self._arrivals: dict[Place, list[Arrival]] = defaultdict(list)
        self._held: dict[Place, set[DataItem]] = defaultdict(set)

    def cross(self, level: int, flow: Flow, sender: Place, items: Items) -> Items:
        """Note that items pass a flow; returns those that are new at the other end."""
        crossing = self.crossings.setdefault((flow.id, sender), Crossing(flow, sender))
        crossing.passes.append((level, items))
        target = place_after(flow, sender)
        new = items - self._held[target]
        if new:
            self._held[target] |= new
            self._arrivals[target].append(Arrival(level, flow, sender, new))
        return new

    def chain(self, crossing: Crossing, wanted: Items) -> tuple[Flow, ...]:
        """A shortest chain of flows from the activity that ends in a crossing's flow.

        Args:
            wanted: The chain has to carry one of these.
        """
        level, item = next(
            (level, item) for level, items in crossing.passes for item in sorted(items) if item in wanted
        )
        flows = [crossing.flow]
        place = crossing.sender
        for before in range(level - 1, 0, -1):
            arrival, item = self._source(place, before, flows[-1], item)
            flows.append(arrival.flow)
            place = arrival.sender
        return tuple(reversed(flows))

    def _source(self, place: Place, level: int, flow: Flow, item: DataItem) -> tuple[Arrival, DataItem]:
        """What an item that passes a flow was when it came to the flow's sender on a level, and how it came."""
        return next(
            (arrival, source)
            for arrival in self._arrivals[place]
            if arrival.level == level
            for source in sorted(arrival.items)
            if item in self._order.passing(source, flow.carries)
        )


@dataclass(frozen=True)
class Proof:
    """What is kept of a spread for one flow of it, when the rest is let go: an answer about everybody has many.

    Attributes:
        activity: The activity.
        widening: What the flow lists beyond what can arrive, by its id.
        flows: A shortest chain that carries one of the items.
    """

    activity: Activity
    widening: Mapping[str, Items]
    flows: tuple[Flow, ...]

    def chain(self, crossing: Crossing, wanted: Items) -> tuple[Flow, ...]:
        """The chain; it was made for the items that are wanted."""
        return self.flows


def place_after(flow: Flow, sender: Place) -> Place:
    """Where data is once it has passed a flow."""
    return Place(flow.recipient, CAPACITY_OF[flow.role], sender.beyond or flow.role in CHAIN_ENDS_AT)


def propagate(network: Network, activity: Activity, beyond: bool = False) -> Spread:
    """Let the data of an activity spread over the network.

    Args:
        network: What was fetched.
        activity: One of its activities. When its data is not known, anything may be in it.
        beyond: Go on behind independent controllers and authorities too, whose processing is their own.

    Returns:
        The flows that the data passes, with what passes and through which shortest chain.
    """
    order = network.order
    spread = Spread(activity, order)
    frontier: dict[Place, Items] = {spread.start: activity.data or frozenset({ANYTHING})}
    arrived: dict[Place, Items] = dict(frontier)
    level = 0
    while frontier:
        level += 1
        found: dict[Place, set[DataItem]] = defaultdict(set)
        for place, items in frontier.items():
            network.tick()
            for flow in network.flows.get(place.node, ()):
                passed = order.meet(items, flow.carries)
                if passed and (new := spread.cross(level, flow, place, passed)):
                    target = place_after(flow, place)
                    if beyond or not target.beyond:
                        found[target] |= new
        frontier = {place: frozenset(items) for place, items in found.items()}
        for place, items in frontier.items():
            arrived[place] = arrived.get(place, frozenset()) | items
    _note_widening(network, spread, arrived)
    return spread


def _note_widening(network: Network, spread: Spread, arrived: dict[Place, Items]) -> None:
    """Flows that list more than can arrive, in whichever capacity; what cannot arrive is not held."""
    at_sender: dict[str, Items] = {}
    for place, items in arrived.items():
        at_sender[place.node] = at_sender.get(place.node, frozenset()) | items
    for sender, items in at_sender.items():
        network.tick()
        for flow in network.flows.get(sender, ()):
            if flow.carries and (wider := network.order.widening(items, flow.carries)):
                spread.widening[flow.id] = wider
