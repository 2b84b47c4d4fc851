"""What a what-if finds: lines before and after, which of them differ and how, who holds what, who is cut off. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from graphsvc.answers.holders import Holding
from graphsvc.answers.lines import Line
from graphsvc.answers.transfers import Totals
from graphsvc.model import Activity, Service, Status, severity

T = TypeVar("T")
NO_FOOTING = frozenset({Status.UNCOVERED, Status.LAPSED})
"""Neither is better than the other: the data has no footing."""


class Difference(StrEnum):
    """What became of a line."""

    GAINED = "gained"
    LOST = "lost"
    WORSE = "worse"
    BETTER = "better"
    OTHER = "other"


@dataclass(frozen=True)
class Changed:
    """A line that differs.

    Attributes:
        before: The line as it is; None: there is none.
        after: The line as it would be; None: there is none.
        causes: Places of the changes that made a difference to it, from 0.
    """

    before: Line | None
    after: Line | None
    causes: tuple[int, ...]

    @property
    def line(self) -> Line:
        """The line as it would be; where there is none, as it is."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def difference(self) -> Difference:
        """What became of it."""
        if self.before is None:
            return Difference.GAINED
        if self.after is None:
            return Difference.LOST
        was, is_ = self.before.status, self.after.status
        if was is not is_ and not {was, is_} <= NO_FOOTING:
            return Difference.WORSE if severity(is_) < severity(was) else Difference.BETTER
        pair = [line.assessment.transfer_impact_assessment for line in (self.before, self.after)]
        return {(True, False): Difference.WORSE, (False, True): Difference.BETTER}.get(tuple(pair), Difference.OTHER)

    @property
    def rank(self) -> tuple[Any, ...]:
        """Sorts the worst change first: worse or new outside, otherwise changed, new inside, better, gone."""
        kind, after = self.difference, self.after
        inside = after is not None and after.status is Status.INSIDE
        order = {Difference.OTHER: 1, Difference.BETTER: 3, Difference.LOST: 4}.get(kind, 2 if inside else 0)
        line, groups = self.line, len(after.parents_outside) if after else 0
        depth = line.passage.depth
        return order, severity(line.status), -groups, depth, *place_of(line)


def place_of(line: Line) -> tuple[str, str, str, str]:
    """What names a line: controller, activity, flow and country."""
    activity = line.passage.activity
    return activity.controller, activity.id, line.passage.flow.id, line.country


@dataclass(frozen=True)
class CutOff:
    """An activity that can no longer send to services that it sends to.

    Attributes:
        activity: The activity.
        services: The services it loses.
        entirely: Whether it has no recipient left.
    """

    activity: Activity
    services: tuple[Service, ...]
    entirely: bool


class Window(NamedTuple):
    """Which entries of a list are wanted.

    Attributes:
        skip: How many to pass over.
        most: How many then; None: all that are left.
    """

    skip: int = 0
    most: int | None = None

    def holds(self, place: int) -> bool:
        """Whether the entry at a place is wanted."""
        return place >= self.skip and (self.most is None or place < self.skip + self.most)

    def of(self, entries: list[T]) -> list[T]:
        """The entries that are wanted."""
        return entries[self.skip : None if self.most is None else self.skip + self.most]


EVERYTHING = Window()


@dataclass
class Side:
    """The lines before, or after.

    Attributes:
        totals: How many transfers there are.
        inside: How many lines involve no third country.
        shown: How many are to be shown: the transfers, and those lines inside that differ.
        window: Which of those are kept.
        lines: Those.
    """

    totals: Totals = field(default_factory=Totals)
    inside: int = 0
    shown: int = 0
    window: Window = EVERYTHING
    lines: list[Changed] = field(default_factory=list)

    def note(self, line: Line, about: Changed, differs: bool) -> None:
        """Add a line."""
        is_inside = line.status is Status.INSIDE
        if is_inside:
            self.inside += 1
        else:
            self.totals.count(line)
        if differs or not is_inside:
            if self.window.holds(self.shown):
                self.lines.append(about)
            self.shown += 1


@dataclass
class Outcome:
    """What changes would change.

    Attributes:
        before: The lines as they are.
        after: The lines as they would be.
        by_kind: How many lines differ in which way.
        changed: The lines that differ, the worst change first; empty when they are kept elsewhere.
        gained: Holdings, of the data that is held only afterwards.
        lost: Holdings, of the data that is held only before.
        cut_off: Activities that lose recipients.
        effective: Places of the changes that made a difference, from 0.
    """

    before: Side = field(default_factory=Side)
    after: Side = field(default_factory=Side)
    by_kind: Counter[Difference] = field(default_factory=Counter)
    changed: list[Changed] = field(default_factory=list)
    gained: list[Holding] = field(default_factory=list)
    lost: list[Holding] = field(default_factory=list)
    cut_off: list[CutOff] = field(default_factory=list)
    effective: set[int] = field(default_factory=set)
