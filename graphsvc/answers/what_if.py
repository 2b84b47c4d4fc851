"""`what_if`: which lines, holdings and recipients changes would change, activity by activity. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import groupby, pairwise
from typing import Any

from graphsvc.answers.holders import Holding
from graphsvc.answers.lines import Assessor, Line, Wanted, lines_of, passages
from graphsvc.answers.network import Network
from graphsvc.answers.propagate import Items
from graphsvc.answers.suppositions import Supposition
from graphsvc.answers.transfers import Totals
from graphsvc.model import Activity, Role, Service, Status, severity

Key = tuple[str, str]
"""Flow and country: what names a line of one activity."""
Lines = dict[Key, Line]
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
        lines: The transfers, and those lines inside that differ.
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
    """What changes would change.

    Attributes:
        before: The lines as they are.
        after: The lines as they would be.
        changed: The lines that differ, the worst change first.
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

    @property
    def by_kind(self) -> Counter[Difference]:
        """How many lines differ in which way."""
        return Counter(changed.difference for changed in self.changed)


def what_if(network: Network, tried: Sequence[Supposition]) -> Outcome:
    """Compare the lines of a network with those after some changes, and say which change did what.

    Args:
        network: What was fetched.
        tried: The changes, each with the network it makes.

    Returns:
        What differs; without changes nothing does.
    """
    states = [network, *(supposition.network for supposition in tried)]
    assessors = [Assessor(state) for state in states]
    outcome = Outcome()
    for _, activities in groupby(network.activities, key=lambda activity: activity.controller):
        held: tuple[Held, Held] = ({}, {})
        for activity in activities:
            lines = _lines(states, assessors, activity)
            _compare(lines, outcome)
            for found, side in zip((lines[0], lines[-1]), held, strict=True):
                _hold(found, side)
            outcome.cut_off += _cut_off(activity, states[0], states[-1])
        outcome.gained += _only_in(held[1], held[0])
        outcome.lost += _only_in(held[0], held[1])
    outcome.changed.sort(key=lambda changed: changed.rank)
    return outcome


def _lines(states: Sequence[Network], assessors: Sequence[Assessor], activity: Activity) -> list[Lines]:
    """The lines of an activity in each state; a state that is the one before it costs nothing."""
    found: list[Lines] = []
    for place, state in enumerate(states):
        if place and state is states[place - 1]:
            found.append(found[-1])
            continue
        lines = (
            line for passage in passages(state, activity) for line in lines_of(passage, assessors[place], Wanted())
        )
        found.append({(line.passage.flow.id, line.country): line for line in lines})
    return found


def _compare(lines: Sequence[Lines], outcome: Outcome) -> None:
    told: list[dict[Key, tuple[Any, ...]]] = []
    for place, found in enumerate(lines):
        is_same = place > 0 and found is lines[place - 1]
        told.append(told[-1] if is_same else {key: _told(line) for key, line in found.items()})
    for key in dict.fromkeys(key for found in lines for key in found):
        causes = tuple(
            place for place, (was, is_) in enumerate(pairwise(told)) if was is not is_ and was.get(key) != is_.get(key)
        )
        outcome.effective.update(causes)
        before, after = lines[0].get(key), lines[-1].get(key)
        differs = told[0].get(key) != told[-1].get(key)
        about = Changed(before, after, causes if differs else ())
        if differs:
            outcome.changed.append(about)
        for line, side in ((before, outcome.before), (after, outcome.after)):
            if line is not None:
                side.note(line, about, differs)


def _told(line: Line) -> tuple[Any, ...]:
    """What a line tells, as far as a difference in it is a difference for a reader."""
    passage, found = line.passage, line.assessment
    parties = passage.exporter.id, passage.importer.id, passage.flow.recipient, passage.flow.role
    groups = tuple((group.id, code) for group, code in line.parents_outside)
    return (
        found.status,
        found.reason,
        found.act,
        found.transfer_impact_assessment,
        *parties,
        groups,
        line.steps,
        line.items,
    )


# Who holds what


Held = dict[tuple[str, Role], Holding]


def _hold(lines: Lines, held: Held) -> None:
    for line in lines.values():
        passage = line.passage
        key = (passage.flow.recipient, passage.flow.role)
        if key not in held:
            held[key] = Holding(passage.activity.controller, passage.service, passage.flow.role)
        held[key].lines.append(line)


def _only_in(held: Held, other: Held) -> Iterator[Holding]:
    """The holdings of one side, of the data only that the other side does not hold."""
    for key in sorted(held):
        nothing: Items = frozenset()
        only = held[key].items - (other[key].items if key in other else nothing)
        if only:
            lines = [replace(line, items=line.items & only) for line in held[key].lines if line.items & only]
            yield replace(held[key], lines=lines)


# Who is cut off


def _cut_off(activity: Activity, before: Network, after: Network) -> Iterator[CutOff]:
    """The services that an activity no longer sends to; one that was replaced is not lost."""
    left = after.flows.get(activity.id, ())
    kept = {flow.id for flow in left}
    lost = {flow.recipient for flow in before.flows.get(activity.id, ()) if flow.id not in kept}
    if lost := lost - {flow.recipient for flow in left}:
        yield CutOff(activity, tuple(before.services[key] for key in sorted(lost)), entirely=not left)
