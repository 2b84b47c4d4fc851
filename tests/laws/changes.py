"""Changes between two days, or two versions: applied to the one they give the other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hypothesis import strategies as st

from graphsvc.answers.changes.differences import Change, Kind
from graphsvc.answers.lines import Line
from tests import plain_search as plain
from tests.asking import Tell
from tests.builders import Entry
from tests.laws.common import key, law
from tests.registers import days


def state(body: Entry, lines: Iterable[Line], on: str) -> dict[str, Any]:
    """What a register says on a day: what each controller has, by plain search, and the footings of the lines."""
    flows, parties = set(), set()
    by_id = {flow["id"]: flow for flow in body["flows"]}
    for activity, crossings in plain.spreads(body, on).items():
        controller = plain.controller_of(body, activity)
        flows |= {(controller, flow) for flow in crossings}
        parties |= {(controller, plain.provider_of(body, by_id[flow]["to"])) for flow in crossings}
    named = {pair for pair in parties if pair[1] != plain.UNKNOWN}
    return {"flows": flows, "parties": named, "footings": {key(line): line.status.value for line in lines}}


GAINED = {Kind.FLOW_GAINED, Kind.SUB_PROCESSOR_GAINED}
LOST = {Kind.FLOW_LOST, Kind.SUB_PROCESSOR_LOST}


@law
def the_changes_from_a_day_to_another_applied_to_the_one_give_the_other(
    tell: Tell, body: Entry, on: str, data: st.DataObject
) -> None:
    start, end = on, data.draw(days)
    asked = tell(body)
    before, after = (state(body, asked.lines(day), day) for day in (start, end))
    check_applied(before, asked.changes(start, end), after)


def check_applied(before: dict[str, Any], found: Iterable[Change], after: dict[str, Any]) -> None:
    """Applied to the one state, changes give the other; each says of the one what was so there."""
    flows, parties, footings = before["flows"], before["parties"], dict(before["footings"])
    for change in found:
        flow, party = (change.controller, change.line.passage.flow.id), change.line.passage.importer.id
        if change.kind in GAINED | LOST:
            assert (flow in flows) is (change.kind in LOST)
            flows = flows ^ {flow}
        elif change.kind in (Kind.HOLDER_GAINED, Kind.HOLDER_LOST):
            assert ((change.controller, party) in parties) is (change.kind is Kind.HOLDER_LOST)
            parties = parties ^ {(change.controller, party)}
        elif change.kind is Kind.STATUS_CHANGED and key(change.line) in footings:
            assert footings[key(change.line)] == change.before
            footings[key(change.line)] = change.after
    assert (flows, parties) == (after["flows"], after["parties"])
    both = footings.keys() & after["footings"].keys()
    assert {place: footings[place] for place in both} == {place: after["footings"][place] for place in both}


@law
def from_a_day_to_itself_nothing_changes_and_the_way_back_swaps_what_is_gained_and_lost(
    tell: Tell, body: Entry, on: str, data: st.DataObject
) -> None:
    start, end = on, data.draw(days)
    asked = tell(body)
    assert asked.changes(start, start) == []
    assert swapped(asked.changes(start, end)) == swapped(asked.changes(end, start), True)


def swapped(found: Iterable[Change], turn: bool = False) -> list[tuple]:
    """Which kinds of change there are of which flows and countries; turned, as they are on the way back."""
    words = {"gained": "lost", "lost": "gained"} if turn else {}
    told = []
    for change in found:
        word, _, end = change.kind.value.rpartition("_")
        sides = (change.after, change.before) if turn else (change.before, change.after)
        told.append((f"{word}_{words.get(end, end)}", change.controller, change.line.passage.flow.id, *map(str, sides)))
    return sorted(told)
