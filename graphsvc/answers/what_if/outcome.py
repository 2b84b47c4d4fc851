"""What a what-if finds: lines before and after, which of them differ and how, who holds what, who is cut off. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from graphsvc.answers.holders import Holding
from graphsvc.answers.lines import Line
from graphsvc.answers.transfers import Totals
from graphsvc.model import Activity, Service, Status, severity

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


@dataclass
class Side:
    """The lines before, or after.

    Attributes:
        totals: How many transfers there are.
        inside: How many lines involve no third country.
        lines: Those that are to be shown: the transfers, and those lines inside that differ.
    """

    totals: Totals = field(default_factory=Totals)
    inside: int = 0
    lines: list[Changed] = field(default_factory=list)

    def note(self, line: Line, about: Changed, differs: bool) -> None:
        """Add a line."""
        is_inside = line.status is Status.INSIDE
        if is_inside:
            self.inside += 1
        else:
            self.totals.count(line)
        if differs or not is_inside:
            self.lines.append(about)


@dataclass
class Outcome:
    """What changes would change for one controller.

    Attributes:
        before: The lines as they are.
        after: The lines as they would be.
        changed: The lines that differ.
        gained: Holdings, of the data that is held only afterwards.
        lost: Holdings, of the data that is held only before.
        cut_off: Activities that lose recipients.
        effective: Places of the changes that made a difference, from 0.
    """

    before: Side = field(default_factory=Side)
    after: Side = field(default_factory=Side)
    changed: list[Changed] = field(default_factory=list)
    gained: list[Holding] = field(default_factory=list)
    lost: list[Holding] = field(default_factory=list)
    cut_off: list[CutOff] = field(default_factory=list)
    effective: set[int] = field(default_factory=set)
