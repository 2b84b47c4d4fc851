"""For each controller the recipient that is furthest away, when each is reached by its shortest chain. Pure."""

from __future__ import annotations

from collections.abc import Callable

from graphsvc.answers.lines import Line, Passage
from graphsvc.answers.plain import Plain, party, proof, thing

MOST = 20
"""How many of the longest chains are kept."""
Nearness = tuple[int, int, str, str, str]
"""Depth and severity, then what names a line: activity, flow and country."""


class Furthest:
    """Collects controller by controller the nearest line to the recipient that is furthest away."""

    def __init__(self) -> None:
        self._nearest: dict[str, tuple[Nearness, Callable[[], Line]]] = {}
        self._told: list[tuple[int, str, Plain]] = []

    def add(self, passage: Passage, badness: Nearness, make: Callable[[], Line]) -> None:
        """Note a flow that data of the controller passes.

        Args:
            passage: The flow.
            badness: Severity and depth of its worst line, then what names that.
            make: Makes that line.
        """
        severity, depth, *names = badness
        nearness = (depth, severity, *names)
        service = passage.flow.recipient
        if service not in self._nearest or nearness < self._nearest[service][0]:
            self._nearest[service] = nearness, make

    def end_controller(self, controller: str) -> None:
        """Tell the line of a controller, whose flows are all noted, if it is one of the longest."""
        if not self._nearest:
            return
        nearness, make = min(self._nearest.values(), key=lambda pair: (-pair[0][0], *pair[0][1:]))
        self._nearest.clear()
        place = (-nearness[0], controller)
        if len(self._told) < MOST or place < self._told[-1][:2]:
            self._told = sorted([*self._told, (*place, _told(make()))], key=lambda each: each[:2])[:MOST]

    @property
    def lines(self) -> tuple[Plain, ...]:
        """The longest of the chains, the longest first."""
        return tuple(row for _, _, row in self._told)


def _told(line: Line) -> Plain:
    """The shortest chain to a recipient."""
    return {
        "party": party(line.passage.importer),
        "service": thing(line.passage.service),
        "depth": len(line.chain),
        **proof(line),
    }
