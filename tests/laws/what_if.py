"""What if: nothing without a change, all and only what a change touches, in any order."""

from __future__ import annotations

from hypothesis import strategies as st

from graphsvc.model import Status
from graphsvc.model.changes import AddTool, Drop, EndDecision, Move, MoveSeat, Target, TargetKind, WithdrawTool
from tests import plain_search as plain
from tests.asking import Tell
from tests.builders import Entry
from tests.laws.common import held, key, law, place_and_status
from tests.registers import OTHERS, PARTIES


@law
def a_what_if_without_a_change_changes_nothing(tell: Tell, body: Entry, on: str, data: st.DataObject) -> None:
    asked = tell(body)
    found = asked.tried(on, [])
    assert not (found.changed or found.gained or found.lost or found.cut_off or found.effective)
    assert found.before.totals == found.after.totals
    assert place_and_status(line.before for line in found.before.lines if line.before) == place_and_status(
        line for line in asked.lines(on) if line.status is not Status.INSIDE
    )


@law
def dropping_a_party_takes_away_all_flows_that_touch_its_services_and_no_others(
    tell: Tell, body: Entry, on: str, data: st.DataObject
) -> None:
    gone = data.draw(st.sampled_from(PARTIES))
    services = plain.services_of(body, gone)
    found = tell(body).tried(on, [Drop(Target(TargetKind.PARTY, gone))])
    before, after = plain.lines(body, on), plain.lines(plain.without(body, services), on)
    assert {key(each.before) for each in found.changed if each.before and not each.after} == before - after
    assert {key(each.after) for each in found.changed if each.after and not each.before} == set()
    # Somebody whose data never came near the party need not be looked at.
    touched = {one[0] for one in plain.holdings_above(body, on, services)}
    theirs = {one for one in after if plain.controller_of(body, one[0]) in touched}
    shown = {key(each.after) for each in found.after.lines if each.after}
    assert {one for one in theirs if not plain.is_inside(one[2], on)} <= shown <= after
    lost = plain.holdings(body, on) - plain.holdings(plain.without(body, services), on)
    assert held(found.lost) == lost
    assert not found.gained


@law
def changes_that_have_nothing_to_do_with_each_other_can_be_tried_in_any_order(
    tell: Tell, body: Entry, on: str, data: st.DataObject
) -> None:
    tools = ("scc-2010-c2p", "bcr-p")
    apart = [
        Drop(Target(TargetKind.PARTY, OTHERS[0])),
        MoveSeat(OTHERS[1], "IN"),
        *(Move(Target(TargetKind.SERVICE, key), "NL") for key in sorted(plain.services_of(body, OTHERS[1]))[:1]),
        *(AddTool(Target(TargetKind.SERVICE, key), tools[0]) for key in sorted(plain.services_of(body, OTHERS[2]))[:1]),
        EndDecision("GB"),
        WithdrawTool(tools[1]),
    ]
    one = data.draw(st.lists(st.sampled_from(apart), unique=True, min_size=1))
    other = data.draw(st.permutations(one))
    asked = tell(body)
    first, second = (asked.tried(on, order) for order in (one, other))
    assert first.before.totals == second.before.totals
    assert first.after.totals == second.after.totals
    assert place_and_status(e.after for e in first.after.lines if e.after) == place_and_status(
        e.after for e in second.after.lines if e.after
    )
    assert (held(first.lost), held(first.gained)) == (held(second.lost), held(second.gained))
