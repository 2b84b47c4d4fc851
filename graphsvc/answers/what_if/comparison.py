"""`what_if`: which lines, holdings and recipients changes would change, activity by activity. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from typing import Any

from graphsvc.answers.holders import Holding
from graphsvc.answers.lines import Assessor, Line, Passage, Wanted, lines_of, passages
from graphsvc.answers.network import Network
from graphsvc.answers.propagate import Items
from graphsvc.answers.what_if.outcome import Changed, CutOff, Outcome
from graphsvc.answers.what_if.suppositions import Supposition
from graphsvc.model import Activity, Role

Key = tuple[str, str]
"""Flow and country: what names a line of one activity."""
Lines = dict[Key, Line]


def what_if(network: Network, tried: Sequence[Supposition]) -> Iterator[Outcome]:
    """Compare the lines of a network with those after some changes, and say which change did what.

    Args:
        network: What was fetched.
        tried: The changes, each with the network it makes.

    Yields:
        What differs for each controller, in the order of their ids; without changes nothing does.
    """
    states = [network, *(supposition.network for supposition in tried)]
    trial = Trial(states)
    for _, activities in groupby(network.activities, key=lambda activity: activity.controller):
        yield _outcome(trial, activities, states)


def _outcome(trial: Trial, activities: Iterable[Activity], states: Sequence[Network]) -> Outcome:
    """What differs for one controller."""
    outcome = Outcome()
    held: tuple[Held, Held] = ({}, {})
    flows_differ = False
    for activity in activities:
        lines, ways_differ = trial.of(activity)
        flows_differ |= ways_differ
        outcome.changed += _compare(lines, ways_differ, outcome)
        for found, side in zip((lines[0], lines[-1]), held, strict=True):
            _hold(found, side)
        outcome.cut_off += _cut_off(activity, states[0], states[-1])
    if flows_differ:
        outcome.gained += _only_in(held[1], held[0])
        outcome.lost += _only_in(held[0], held[1])
    return outcome


class Trial:
    """The lines of activities in several states of a network, each only as far as it differs from the one before."""

    def __init__(self, states: Sequence[Network]) -> None:
        self._states = states
        self._assessors = [Assessor(state) for state in states]
        self._senders = [_senders_that_differ(was, is_) for was, is_ in pairwise(states)]

    def of(self, activity: Activity) -> tuple[list[Lines], bool]:
        """The lines in each state, and whether data goes other ways in one of them."""
        ways = list(passages(self._states[0], activity))
        found, ways_differ = [self._lines(0, ways)], False
        for place in range(1, len(self._states)):
            state = self._states[place]
            if state is self._states[place - 1]:
                found.append(found[-1])
                continue
            if self._senders[place - 1].isdisjoint({activity.id, *(way.flow.recipient for way in ways)}):
                ways = [way.within(state) for way in ways]
            else:
                ways, ways_differ = list(passages(state, activity)), True
            found.append(self._lines(place, ways))
        return found, ways_differ

    def _lines(self, place: int, ways: Sequence[Passage]) -> Lines:
        lines = (line for way in ways for line in lines_of(way, self._assessors[place], Wanted()))
        return {(line.passage.flow.id, line.country): line for line in lines}


def _senders_that_differ(was: Network, is_: Network) -> frozenset[str]:
    """Who sends other flows in one network than in the other."""
    if was.flows is is_.flows:
        return frozenset()
    senders = was.flows.keys() | is_.flows.keys()
    return frozenset(key for key in senders if was.flows.get(key) != is_.flows.get(key))


def _compare(lines: Sequence[Lines], ways_differ: bool, outcome: Outcome) -> Iterator[Changed]:
    """The lines that differ; all of them are noted in the outcome."""
    told: list[dict[Key, tuple[Any, ...]]] = []
    for place, found in enumerate(lines):
        is_same = place > 0 and found is lines[place - 1]
        told.append(told[-1] if is_same else {key: _told(line, ways_differ) for key, line in found.items()})
    for key in dict.fromkeys(key for found in lines for key in found):
        causes = tuple(
            place for place, (was, is_) in enumerate(pairwise(told)) if was is not is_ and was.get(key) != is_.get(key)
        )
        outcome.effective.update(causes)
        before, after = lines[0].get(key), lines[-1].get(key)
        differs = told[0].get(key) != told[-1].get(key)
        about = Changed(before, after, causes if differs else ())
        for line, side in ((before, outcome.before), (after, outcome.after)):
            if line is not None:
                side.note(line, about, differs)
        if differs:
            yield about


def _told(line: Line, ways_differ: bool) -> tuple[Any, ...]:
    """What a line tells, as far as a difference in it is a difference for a reader."""
    passage, found = line.passage, line.assessment
    groups = tuple((group.id, code) for group, code in line.parents_outside)
    footing = found.status, found.reason, found.act, found.transfer_impact_assessment, groups
    if not ways_differ:
        return footing
    parties = passage.exporter.id, passage.importer.id, passage.flow.recipient, passage.flow.role
    return *footing, *parties, line.steps, line.items


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
