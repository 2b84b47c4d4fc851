"""What long work calls again and again, so that whoever asked can end it. Pure: the clock is the asker's."""

from __future__ import annotations

from typing import Protocol, TypeVar

import networkx

Node = TypeVar("Node")


class Tick(Protocol):
    """The time that an answer has."""

    def __call__(self) -> None:
        """Go on, or raise when the time is over; called every few thousandths of a second of work."""

    def is_late(self) -> bool:
        """Whether a search that can say how far it got has to end, so that time is left for what comes after it."""


class _Endless:
    """As much time as it takes."""

    def __call__(self) -> None:
        """Go on."""

    def is_late(self) -> bool:
        """Never."""
        return False


ENDLESS: Tick = _Endless()


def ticking(graph: networkx.DiGraph, tick: Tick) -> networkx.DiGraph:
    """A copy of a graph that ticks whenever an algorithm looks up what is next to a node.

    networkx's algorithms have no bound of their own; all of them go from node to node.

    Args:
        graph: Of whichever kind, empty or not.
        tick: What is called.
    """

    class Neighbours(dict[Node, object]):
        def __getitem__(self, node: Node) -> object:
            tick()
            return super().__getitem__(node)

    kind = type(graph)
    made = type(f"Ticking{kind.__name__}", (kind,), {"adjlist_outer_dict_factory": Neighbours})(**graph.graph)
    # Not made from the graph at once: networkx would take the end of the time for a fault of the graph.
    made.add_nodes_from(graph.nodes(data=True))
    made.add_edges_from(graph.edges(data=True))
    return made
