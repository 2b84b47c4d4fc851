"""What-ifs: what each change does, and what holds of all of them on any graph, with circles and every role."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import reduce
from operator import or_

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.answers.lines import Line, every_line
from graphsvc.answers.network import Network
from graphsvc.answers.what_if.comparison import what_if
from graphsvc.answers.what_if.outcome import Difference, Outcome
from graphsvc.answers.what_if.suppositions import Supposition, suppositions
from graphsvc.imports.what_if import Origin, written
from graphsvc.law.supposed import decision_rows, tool_rows
from graphsvc.model import CHAIN_ENDS_AT, Flow, Role
from graphsvc.model.changes import Change
from graphsvc.questions.what_if_found import Entries, Window
from tests.builders import Entry, activity, flow, law, network, party, service, together

ON = "2026-06-01"
SEATS = {"shop": "NL", "bakery": "BE", "de": "DE", "us": "US", "us2": "US", "gb": "GB", "ind": "IN", "ca": "CA"}
SERVICES = {
    "at-de": "de",
    "at-us": "us",
    "also-us": "us",
    "at-us2": "us2",
    "at-gb": "gb",
    "at-ind": "ind",
    "at-ca": "ca",
}
TOOLS = ["eu-us-dpf", "scc-2021-m1", "scc-2021-m2", "scc-2021-m3", "eu-us-privacy-shield", "art49-a", "bcr-p"]
PLACES = ["DE", "US", "GB", "IN", "CA"]
DECISIONS = [
    "eu-us-dpf",
    "us-dpf",
    "32023D1795",
    "GB",
    "gb-adequacy-2025-renewal",
    "ca-adequacy",
    "scc-2021-m2",
    "bcr-p",
]


def changes(*bodies: Entry) -> list[Change]:
    """Changes as they are written."""
    found = written({"changes": list(bodies)}, Origin())
    assert found.faults == ()
    return [change for change in found.changes if change is not None]


def world(flows: Iterable[Entry], **more: Iterable[Entry]) -> Network:
    """The flows among two controllers' activities and services in six countries."""
    return network(
        flows,
        [
            activity("letters", "shop", ["client name", "client email-address"]),
            activity("bread", "bakery", ["client name"]),
        ],
        [*(service(name, provider) for name, provider in SERVICES.items()), *more.get("services", ())],
        [*(party(name, country) for name, country in SEATS.items()), *more.get("parties", ())],
        on=ON,
    )


def asked(found: Network, *bodies: Entry) -> tuple[Outcome, list[Supposition]]:
    tried = suppositions(found, changes(*bodies))
    return together(what_if(found, tried)), tried


def told(outcome: Outcome) -> set[tuple]:
    """Service, country, difference, and the status before and after."""
    return {
        (
            changed.line.passage.flow.recipient,
            changed.line.country,
            changed.difference.value,
            changed.before and changed.before.status.value,
            changed.after and changed.after.status.value,
        )
        for changed in outcome.changed
    }


def lines(found: Network) -> dict[tuple, tuple]:
    """Every line with what it tells."""
    return {
        (line.passage.activity.id, line.passage.flow.id, line.country): (
            line.passage.flow.recipient,
            line.assessment.status,
            line.assessment.reason,
            line.assessment.act,
            line.assessment.transfer_impact_assessment,
            line.steps,
            line.items,
            {(group.id, code) for group, code in line.parents_outside},
        )
        for line in every_line(found)
    }


# The law


def test_the_end_of_the_framework_takes_the_footing_from_lines_that_rest_on_it_and_names_no_act_that_is_not_there():
    found = world(
        [
            flow("letters", "at-us", places=["US"], tools=[{"tool": "eu-us-dpf", "covered": True}]),
            flow("letters", "at-us2", places=["US"]),
            flow("letters", "at-gb"),
        ]
    )
    outcome, tried = asked(found, {"kind": "end_decision", "decision": "eu-us-dpf", "from": ON})
    assert told(outcome) == {
        ("at-us", "US", "worse", "adequate", "lapsed"),
        ("at-us2", "US", "worse", "adequate_if_covered", "uncovered"),
    }
    lapsed = next(c.after for c in outcome.changed if c.after and c.after.status == "lapsed")
    assert lapsed.assessment.act == str(law().tools["eu-us-dpf"].act)
    assert "up to and including 31 May 2026 only" in lapsed.assessment.reason
    assert ("what-if", tried[0].says) in {(source.source, source.locator) for source in lapsed.sources}
    assert lapsed.basis == "assumed"
    assert tried[0].says.startswith("what if: ")
    assert "no longer in force from 2026-06-01" in tried[0].says


@pytest.mark.parametrize("key", ["us-dpf", "eu-us-dpf", "32023D1795"])
def test_a_decision_is_found_by_regime_tool_and_number_and_its_list_goes_with_it(key: str):
    rows = decision_rows(law(), key)
    assert ([row.id for row in rows.regimes], [tool.id for tool in rows.tools]) == (["us-dpf"], ["eu-us-dpf"])


@pytest.mark.parametrize("key", ["gb-adequacy", "gb-adequacy-2021", "32021D1772", "32025D2574", "GB"])
def test_a_decision_that_was_prolonged_is_one_decision(key: str):
    rows = decision_rows(law(), key)
    assert {row.id for row in rows.regimes} == {
        "gb-adequacy-2021",
        "gb-adequacy-2025-extension",
        "gb-adequacy-2025-renewal",
    }
    assert rows.tools == ()


def test_clauses_of_one_decision_end_together_and_a_tool_that_rests_on_the_regulation_ends_alone():
    assert {tool.id for tool in decision_rows(law(), "scc-2021-m2").tools} == {f"scc-2021-m{n}" for n in (1, 2, 3, 4)}
    assert [tool.id for tool in decision_rows(law(), "bcr-p").tools] == ["bcr-p"]
    assert {tool.id for tool in tool_rows(law(), "scc-2021").tools} == {f"scc-2021-m{n}" for n in (1, 2, 3, 4)}
    assert [row.id for row in tool_rows(law(), "eu-us-dpf").regimes] == ["us-dpf"]


@pytest.mark.parametrize("key", ["nothing", "u", "32099D9999", "DE", ""])
def test_what_names_no_decision_finds_none(key: str):
    assert not decision_rows(law(), key)


def test_a_country_becomes_adequate_by_no_act_that_is_there():
    found = world([flow("letters", "at-ind", places=["IN"])])
    outcome, _ = asked(found, {"kind": "new_decision", "country": "IN"})
    assert told(outcome) == {("at-ind", "IN", "better", "uncovered", "adequate")}
    (changed,) = outcome.changed
    assert changed.after.assessment.act is None
    assert "supposed" in changed.after.assessment.reason
    assert changed.after.basis == "assumed"


def test_clauses_that_are_signed_count_with_or_without_an_assessment_and_in_the_module_that_fits():
    found = world([flow("letters", "at-ind", places=["IN"]), flow("at-ind", "at-us", "sub_processor", places=["US"])])
    add = {"kind": "add_tool", "service": "at-ind", "tool": "scc-2021"}
    outcome, _ = asked(found, add)
    assert told(outcome) == {("at-ind", "IN", "better", "uncovered", "safeguarded")}
    assert outcome.changed[0].after.assessment.transfer_impact_assessment is False
    outcome, _ = asked(found, add, add | {"transfer_impact_assessment": True})
    assert outcome.changed[0].after.assessment.transfer_impact_assessment is True
    assert outcome.effective == {0, 1}
    outcome, _ = asked(found, {"kind": "add_tool", "party": "us", "tool": "scc-2021-m2"})
    # Module 2 is for controllers that send to processors; what is named decides where nobody looked at the list.
    assert told(outcome) == {("at-us", "US", "worse", "adequate_if_covered", "uncovered")}


def test_a_certification_covers_and_the_withdrawal_of_the_list_takes_that_back():
    found = world([flow("letters", "at-us", places=["US"])])
    certify = {"kind": "certify_party", "party": "us", "tool": "eu-us-dpf"}
    assert told(asked(found, certify)[0]) == {("at-us", "US", "better", "adequate_if_covered", "adequate")}
    outcome, _ = asked(found, certify, {"kind": "withdraw_tool", "tool": "eu-us-dpf"})
    assert told(outcome) == {("at-us", "US", "worse", "adequate_if_covered", "uncovered")}
    assert outcome.changed[0].causes == (0, 1)


# Parties, services and flows


def chain() -> Network:
    return world(
        [
            flow("letters", "at-de", places=["DE"]),
            flow("at-de", "at-us", "sub_processor", places=["US"]),
            flow("at-us", "at-ind", "sub_processor", places=["IN"]),
            flow("bread", "also-us", places=["US"]),
        ]
    )


def test_what_is_reached_only_through_a_party_goes_with_it_and_activities_that_lose_recipients_are_told():
    outcome, _ = asked(chain(), {"kind": "drop_party", "party": "us"})
    assert {(c.line.passage.flow.recipient, c.difference.value) for c in outcome.changed} == {
        ("at-us", "lost"),
        ("at-ind", "lost"),
        ("also-us", "lost"),
    }
    assert [(cut.activity.id, [s.id for s in cut.services], cut.entirely) for cut in outcome.cut_off] == [
        ("bread", ["also-us"], True)
    ]
    assert {(held.service.id, held.controller) for held in outcome.lost} == {
        ("also-us", "bakery"),
        ("at-us", "shop"),
        ("at-ind", "shop"),
    }
    assert outcome.gained == []


def test_a_service_and_a_flow_are_dropped_alone():
    outcome, _ = asked(chain(), {"kind": "drop_service", "service": "at-us"})
    assert {c.line.passage.flow.recipient for c in outcome.changed} == {"at-us", "at-ind"}
    outcome, _ = asked(chain(), {"kind": "drop_flow", "flow": "at-us-at-ind"})
    assert {c.line.passage.flow.recipient for c in outcome.changed} == {"at-ind"}
    assert outcome.cut_off == []


def test_a_service_that_takes_over_brings_its_own_chain_and_nothing_of_the_old_one_is_left():
    found = world(
        [
            flow("letters", "at-us", places=["US"], tools=[{"tool": "scc-2021-m2"}]),
            flow("at-us", "at-ind", "sub_processor", places=["IN"]),
            flow("at-de", "at-gb", "sub_processor", places=["GB"]),
            flow("at-de", "at-us", "sub_processor", places=["US"]),
        ]
    )
    outcome, tried = asked(found, {"kind": "replace_service", "service": "at-us", "by": "at-de", "country": "DE"})
    assert told(outcome) == {
        ("at-us", "US", "lost", "safeguarded", None),
        ("at-ind", "IN", "lost", "uncovered", None),
        ("at-de", "DE", "gained", None, "inside"),
        ("at-gb", "GB", "gained", None, "adequate"),
    }
    assert outcome.cut_off == [], "the flow goes on, to somebody else"
    outcome, tried = asked(found, {"kind": "replace_service", "service": "at-us", "by": "at-de"})
    assert ("at-de", "unknown", "gained", None, "unknown") in told(outcome)
    assert any("say it with `country`" in note for note in tried[0].told)


def test_a_service_that_is_not_in_the_register_can_take_over():
    new = {"name": "Tickets", "provider": "Union tickets", "country": "FR"}
    outcome, _ = asked(chain(), {"kind": "replace_party", "party": "us", "new": new})
    found = {(c.line.passage.service.name, c.line.country) for c in outcome.changed if c.after}
    assert found == {("Tickets", "FR")}
    changed = next(c for c in outcome.changed if c.after)
    assert changed.after.passage.importer.established_in == ("FR",)
    assert changed.after.basis == "assumed"
    assert {held.party.name for held in outcome.gained} == {"Union tickets"}


def test_a_provider_of_the_register_keeps_its_seat_whatever_the_service():
    new = {"name": "Sovereign cloud", "provider": "us2", "country": "DE"}
    found = world([flow("letters", "at-us", places=["US"])])
    outcome, tried = asked(found, {"kind": "replace_service", "service": "at-us", "new": new})
    assert {(c.line.country, c.difference.value) for c in outcome.changed} == {("US", "other")}
    assert "us2 has its seat in US" in tried[0].told[0]


def test_where_data_moves_the_seat_still_counts_unless_it_is_said_not_to():
    found = world([flow("letters", "at-us", places=["US", "IN"])])
    move = {"kind": "move_party", "party": "us", "to": "DE"}
    outcome, tried = asked(found, move)
    assert told(outcome) == {("at-us", "IN", "lost", "uncovered", None)}
    assert "us has its seat in US, which counts as a place of access" in tried[0].told[0]
    outcome, tried = asked(found, move | {"seat_access": False})
    assert told(outcome) == {
        ("at-us", "IN", "lost", "uncovered", None),
        ("at-us", "US", "lost", "adequate_if_covered", None),
        ("at-us", "DE", "gained", None, "inside"),
    }
    assert tried[0].told == []
    outcome, _ = asked(found, move, {"kind": "move_seat", "party": "us", "to": "DE"})
    assert ("at-us", "DE", "gained", None, "inside") in told(outcome)


def test_a_party_that_is_bought_makes_no_transfer_and_its_new_group_is_told():
    found = world([flow("letters", "at-de", places=["DE"])])
    outcome, _ = asked(found, {"kind": "buy_party", "party": "de", "new": {"name": "Big Group", "country": "US"}})
    (changed,) = outcome.changed
    assert changed.difference is Difference.OTHER
    assert changed.before.parents_outside == ()
    assert [(group.name, code) for group, code in changed.after.parents_outside] == [("Big Group", "US")]
    assert outcome.after.totals.lines == outcome.before.totals.lines == 0
    outcome, _ = asked(found, {"kind": "buy_party", "party": "de", "by": "us"})
    assert [(group.id, code) for group, code in outcome.changed[0].after.parents_outside] == [("us", "US")]


def test_a_party_of_the_same_group_that_is_left_is_pointed_at():
    within = [{"party": "parent"}]
    parties = [party("parent", "US"), party("arm", "US", part_of=within), party("leg", "US", part_of=within)]
    found = world(
        [flow("letters", "arm-cloud"), flow("letters", "leg-cloud")],
        services=[service("arm-cloud", "arm"), service("leg-cloud", "leg")],
        parties=parties,
    )
    _, tried = asked(found, {"kind": "drop_party", "party": "arm"})
    assert tried[0].told == ["Of the same group, leg still receives data."]


# Changes without effect


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (
            {"kind": "drop_party", "party": "us", "from": "2026-06-02"},
            "begins on 2026-06-02, after the day",
        ),
        ({"kind": "drop_party", "party": "gb"}, "Nothing that it names is reached"),
        ({"kind": "drop_flow", "flow": "no-flow"}, "Nothing that it names is reached"),
        ({"kind": "end_decision", "decision": "us-safe-harbour"}, "No row of law that it names is in force"),
        ({"kind": "move_service", "service": "at-ind", "to": "IN"}, "Nothing that it names is reached"),
        ({"kind": "buy_party", "party": "elsewhere", "new": {"name": "G", "country": "US"}}, "Nothing that it names"),
        ({"kind": "new_decision", "country": "DE"}, None),
        ({"kind": "add_tool", "service": "at-de", "tool": "bcr-p"}, None),
    ],
)
def test_a_change_that_makes_no_difference_says_why(change: Entry, why: str | None):
    found = chain()
    outcome, tried = asked(found, change)
    assert (outcome.changed, outcome.effective) == ([], set())
    assert why is None or why in (tried[0].idle or "")
    assert (tried[0].idle is None) is (why is None)


# What holds of every graph


@st.composite
def some_flows(draw: st.DrawFn, most: int = 10) -> list[Entry]:
    found = []
    for number in range(draw(st.integers(1, most))):
        more: Entry = {}
        if places := draw(st.lists(st.sampled_from(PLACES), max_size=2, unique=True)):
            more["places"] = places
        if tools := draw(st.lists(st.sampled_from(TOOLS), max_size=2, unique=True)):
            more["tools"] = [{"tool": tool, "covered": tool.startswith("eu-us")} for tool in tools]
        if draw(st.booleans()):
            more["carries"] = ["client name"]
        sender = draw(st.sampled_from(["letters", "bread", *SERVICES]))
        roles = [role.value for role in Role]
        found.append(
            flow(
                sender, draw(st.sampled_from(list(SERVICES))), draw(st.sampled_from(roles)), id=f"f{number:02}", **more
            )
        )
    return found


PARTIES = st.sampled_from(sorted(set(SERVICES.values())))
A_SERVICE = st.sampled_from(sorted(SERVICES))
COUNTRIES = st.sampled_from(PLACES)
ANY_CHANGE = st.one_of(
    st.builds(lambda key: {"kind": "end_decision", "decision": key}, st.sampled_from(DECISIONS)),
    st.builds(lambda key: {"kind": "new_decision", "country": key}, COUNTRIES),
    st.builds(lambda key: {"kind": "withdraw_tool", "tool": key}, st.sampled_from(TOOLS)),
    st.builds(lambda key, tool: {"kind": "add_tool", "service": key, "tool": tool}, A_SERVICE, st.sampled_from(TOOLS)),
    st.builds(lambda key: {"kind": "certify_party", "party": key, "tool": "eu-us-dpf"}, PARTIES),
    st.builds(lambda key: {"kind": "drop_party", "party": key}, PARTIES),
    st.builds(lambda key: {"kind": "drop_service", "service": key}, A_SERVICE),
    st.builds(lambda key, by: {"kind": "replace_party", "party": key, "by": by}, PARTIES, A_SERVICE),
    st.builds(lambda key, to: {"kind": "move_service", "service": key, "to": to}, A_SERVICE, COUNTRIES),
    st.builds(lambda key, to: {"kind": "move_seat", "party": key, "to": to}, PARTIES, COUNTRIES),
    st.builds(lambda key, by: {"kind": "buy_party", "party": key, "by": by}, PARTIES, PARTIES),
)


@given(some_flows())
def test_without_changes_nothing_differs(flows: list[Entry]):
    found = world(flows)
    outcome, _ = asked(found)
    assert (outcome.changed, outcome.gained, outcome.lost, outcome.cut_off) == ([], [], [], [])
    assert outcome.before == outcome.after


@given(some_flows(), st.lists(ANY_CHANGE, max_size=4))
def test_what_is_told_of_both_sides_is_what_each_of_them_says_alone(flows: list[Entry], bodies: list[Entry]):
    found = world(flows)
    before = lines(found)
    outcome, tried = asked(found, *bodies)
    assert lines(found) == before, "the network that was fetched is as it was"
    after = lines(tried[-1].network) if tried else before
    differing = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    assert {place(changed.line) for changed in outcome.changed} == differing
    assert all(changed.causes for changed in outcome.changed)
    for side, alone in ((outcome.before, before), (outcome.after, after)):
        assert side.totals.lines + side.inside == len(alone)
        assert sum(side.totals.by_country.values()) == side.totals.lines
    ranks = [changed.rank for changed in outcome.changed]
    assert ranks == sorted(ranks)


def place(line: Line) -> tuple[str, str, str]:
    return line.passage.activity.id, line.passage.flow.id, line.country


@given(some_flows(), PARTIES)
def test_a_party_that_is_dropped_is_in_no_line_and_no_chain(flows: list[Entry], dropped: str):
    found = world(flows)
    _, tried = asked(found, {"kind": "drop_party", "party": dropped})
    after = tried[0].network
    for line in every_line(after):
        ends = {end for step in line.steps for end in (step.sender, step.recipient)}
        assert line.passage.importer.id != dropped
        assert dropped not in {after.provider(end).id for end in ends if end in after.services}


@given(some_flows(), PARTIES, A_SERVICE)
def test_a_party_that_is_replaced_receives_nothing_but_through_who_takes_over(flows: list[Entry], old: str, by: str):
    found = world(flows)
    _, tried = asked(found, {"kind": "replace_party", "party": old, "by": by})
    for line in every_line(tried[0].network):
        assert line.passage.importer.id != old or line.passage.flow.recipient == by


@given(some_flows(), st.sampled_from(DECISIONS))
def test_the_end_of_a_decision_makes_no_line_better_and_none_come_or_go(flows: list[Entry], decision: str):
    outcome, _ = asked(world(flows), {"kind": "end_decision", "decision": decision})
    assert {changed.difference for changed in outcome.changed} <= {Difference.WORSE, Difference.OTHER}


@given(some_flows(), COUNTRIES)
def test_a_new_decision_makes_no_line_worse_and_its_end_is_as_if_it_had_not_been(flows: list[Entry], country: str):
    new = {"kind": "new_decision", "country": country}
    outcome, _ = asked(world(flows), new)
    assert {changed.difference for changed in outcome.changed} <= {Difference.BETTER, Difference.OTHER}
    outcome, _ = asked(world(flows), new, {"kind": "end_decision", "decision": country})
    alone, _ = asked(world(flows), {"kind": "end_decision", "decision": country})
    assert told(outcome) == told(alone)


@given(some_flows(), A_SERVICE, COUNTRIES)
def test_data_that_moves_there_and_back_has_not_moved(flows: list[Entry], moved: str, there: str):
    flows = [entry | {"places": ["IN"]} if entry["to"] == moved else entry for entry in flows]
    move = {"kind": "move_service", "service": moved}
    outcome, _ = asked(world(flows), move | {"to": there}, move | {"to": "IN"})
    assert outcome.changed == []


@given(some_flows(), st.data())
def test_the_order_of_independent_changes_does_not_matter(flows: list[Entry], draw: st.DataObject):
    independent = [
        {"kind": "end_decision", "decision": "eu-us-dpf"},
        {"kind": "end_decision", "decision": "GB"},
        {"kind": "new_decision", "country": "IN"},
        {"kind": "drop_service", "service": "also-us"},
        {"kind": "move_service", "service": "at-us2", "to": "DE", "seat_access": False},
        {"kind": "certify_party", "party": "us", "tool": "eu-us-dpf"},
        {"kind": "buy_party", "party": "de", "by": "us"},
        {"kind": "move_seat", "party": "ca", "to": "US"},
    ]
    found = world(flows)
    turned = draw.draw(st.permutations(independent))
    one, other = (suppositions(found, changes(*order))[-1].network for order in (independent, turned))
    assert lines(one) == lines(other)


def reached(found: Network, controllers: set[str], bodies: list[Entry]) -> Network:
    """What is fetched of some controllers: what they reach, and what the changes bring in."""
    starts = [activity for activity in found.activities if activity.controller in controllers]
    senders = [activity.id for activity in starts] + [body["by"] for body in bodies if body.get("by") in SERVICES]
    flows: dict[str, tuple[Flow, ...]] = {}
    for sender in senders:
        if sender not in flows:
            flows[sender] = found.flows.get(sender, ())
            senders += [flow.recipient for flow in flows[sender] if flow.role not in CHAIN_ENDS_AT]
    ends = {flow.recipient for sent in flows.values() for flow in sent} | {*senders} & SERVICES.keys()
    services = {key: found.services[key] for key in ends}
    wanted = {each.provider for each in services.values()} | {activity.controller for activity in starts}
    wanted |= {body["by"] for body in bodies if body["kind"] == "buy_party"}
    parties = {key: party for key, party in found.parties.items() if key in wanted}
    sent = {sender: some for sender, some in flows.items() if some}
    return replace(found, activities=tuple(starts), flows=sent, services=services, parties=parties)


@given(some_flows(), st.lists(ANY_CHANGE, min_size=1, max_size=3))
def test_tried_on_each_controller_by_itself_is_what_is_tried_on_all(flows: list[Entry], bodies: list[Entry]):
    known = world(flows)
    both = {activity.controller for activity in known.activities}
    supposed = changes(*bodies)
    whole, *parts = (reached(known, whose, bodies) for whose in (both, *({one} for one in sorted(both))))
    tried = suppositions(whole, supposed, known)
    alone = [suppositions(part, supposed, known) for part in parts]
    outcome = together(what_if(whole, tried))
    apart = together(each for part, some in zip(parts, alone, strict=True) for each in what_if(part, some))
    assert told(apart) == told(outcome)
    assert [changed.rank for changed in apart.changed] == [changed.rank for changed in outcome.changed]
    assert (apart.effective, apart.cut_off) == (outcome.effective, outcome.cut_off)
    for name in ("gained", "lost"):
        held, expected = (
            [(each.controller, each.service.id, each.role, each.items) for each in getattr(found, name)]
            for found in (apart, outcome)
        )
        assert held == expected
    for side, expected in ((apart.before, outcome.before), (apart.after, outcome.after)):
        assert (side.totals, side.inside, len(side.lines)) == (expected.totals, expected.inside, len(expected.lines))
    for of_all, *of_each in zip(tried, *alone, strict=True):
        summed = reduce(or_, of_each)
        assert (summed.says, summed.idle, summed.told) == (of_all.says, of_all.idle, of_all.told)


@given(st.lists(st.integers()), st.integers(0, 6), st.one_of(st.none(), st.integers(0, 4)))
def test_of_a_list_those_in_a_window_are_kept_and_all_are_counted(entries: list[int], skip: int, most: int | None):
    found = Entries(Window(skip, most))
    for entry in entries:
        found.add(lambda entry=entry: {"entry": entry})
    kept = entries[skip : None if most is None else skip + most]
    assert [row["entry"] for row in found.rows()] == kept
    assert found.total == len(entries)
