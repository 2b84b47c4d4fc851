"""Cuts a time into pieces in which the same flows hold, so that a day is held against the flows of its own piece."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from graphsvc.answers.lines import Assessor, Passage
from graphsvc.answers.network import Network
from graphsvc.answers.sides import Side
from graphsvc.law.reliance import TRANSFER_TOOLS, concerns
from graphsvc.model import Day, Status, days_after


@dataclass(frozen=True)
class Piece:
    """A part of a time in which the same flows hold, for one controller.

    Attributes:
        first: Its first day.
        last: Its last day.
        side: The controller on its first day.
    """

    first: Day
    last: Day
    side: Side

    def holds(self, day: Day) -> bool:
        """Whether a day is one of its days."""
        return self.first <= day <= self.last

    @cached_property
    def passages(self) -> list[Passage]:
        """The flows that data passes, nearest first."""
        return sorted(self.side.nearest.values(), key=lambda passage: (passage.depth, passage.flow.id))

    @cached_property
    def tools(self) -> dict[str, list[Passage]]:
        """By tool, the flows that name it or whose recipient is on its list."""
        found: dict[str, list[Passage]] = defaultdict(list)
        for passage in self.passages:
            law = passage.network.law
            named = {r.tool for r in passage.flow.tools}
            listed = {r.tool for r in passage.importer.certifications}
            countries = [line.country for line in self.side.lines(passage)]
            for tool in sorted(named | listed):
                row = law.tools[tool]
                if row.kind in TRANSFER_TOOLS and any(concerns(row, country, law) for country in countries):
                    found[tool].append(passage)
        return found

    @cached_property
    def countries(self) -> dict[str, list[Passage]]:
        """By country, the flows that reach it."""
        found: dict[str, list[Passage]] = defaultdict(list)
        for passage in self.passages:
            for line in self.side.lines(passage):
                found[line.country].append(passage)
        return found

    def footings(self, passages: Iterable[Passage], day: Day, country: str | None = None) -> list[Status]:
        """The footings of some flows on another day, as if the same flows held then."""
        assessor = Assessor(replace(self.side.network, on=day))
        return [
            found.status
            for passage in passages
            for code, found in assessor.of(passage).items()
            if country in (None, code)
        ]


def cut(network: Network) -> Iterator[Piece]:
    """The pieces of a time, the first one first.

    Args:
        network: Fetched for a time, with the activities of one controller.
    """
    first, end = network.on, network.until or network.on
    flows = [flow for found in network.flows.values() for flow in found]
    days = {first}
    for thing in (*network.activities, *flows):
        days.add(thing.valid_from or first)
        days.add(days_after(thing.valid_until) if thing.valid_until else first)
    starts = sorted(day for day in days if first <= day <= end)
    for start, after in zip(starts, [*starts[1:], days_after(end)], strict=True):
        found = network.at(start)
        yield Piece(start, days_after(after, -1), Side(found, Assessor(found), found.activities))
