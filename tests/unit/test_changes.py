"""What is different between two networks: each thing once, with its cause, its day and the time to object."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.answers.changes import plain as plain_changes
from graphsvc.answers.changes.causes import CauseKind, Edition
from graphsvc.answers.changes.differences import Change, Kind, changes
from graphsvc.answers.lines import Assessor, lines_everywhere, passages
from graphsvc.answers.network import Network
from graphsvc.model import UNKNOWN
from graphsvc.model import DataItem as Item
from tests.builders import Entry, activity, flow, network, party, service, vocabulary

SHIELD = {"tool": "eu-us-privacy-shield", "covered": True}
CAST: dict[str, list[Entry]] = {
    "activities": [activity("news", "shop", ["client email-address", "client name"])],
    "services": [
        service("mail", "mailer"),
        service("cloud", "clouds"),
        service("ads", "adverts"),
    ],
    "parties": [party("shop", "NL"), party("mailer", "US"), party("clouds", "US"), party("adverts", "GB")],
}


def on(day: str, flows: list[Entry], **more: list[Entry]) -> Network:
    return network(flows, on=day, **(CAST | more))


def between(flows: list[Entry], start: str, end: str, **more: list[Entry]) -> list[Change]:
    return changes(on(start, flows, **more), on(end, flows, **more))


def told(found: list[Change]) -> list[tuple[str, ...]]:
    """Kind, service, what was, what is, and the cause."""
    return [(c.kind, c.line.passage.service.id, c.before, c.after, c.cause.kind, c.cause.day) for c in found]


# Causes


def test_when_the_law_changes_the_law_is_the_cause_and_its_act_is_named() -> None:
    found = between([flow("news", "mail", tools=[SHIELD])], "2020-07-15", "2020-07-16")
    assert told(found) == [
        ("status_changed", "mail", "adequate", "lapsed", "law", "2020-07-16"),
        ("tool_lost", "mail", "eu-us-privacy-shield", None, "law", "2020-07-16"),
    ]
    for change in found:
        assert change.cause.acts == ("Judgment C-311/18 (Schrems II) (CELEX 62018CJ0311)",)
        assert [event.id for event in change.cause.events] == ["schrems-ii"]


def test_when_reliance_ends_the_facts_are_the_cause() -> None:
    ended = SHIELD | {"valid_until": "2019-12-31"}
    found = between([flow("news", "mail", places=["US"], tools=[ended])], "2019-12-31", "2020-01-01")
    assert told(found) == [
        ("status_changed", "mail", "adequate", "adequate_if_covered", "flow", "2020-01-01"),
        ("tool_lost", "mail", "eu-us-privacy-shield", None, "flow", "2020-01-01"),
    ]
    assert [(fact.kind, fact.id, fact.day) for fact in found[0].cause.facts] == [
        ("reliance", "eu-us-privacy-shield", "2020-01-01")
    ]
    assert found[0].cause.acts == ()


def test_when_reliance_ends_and_the_law_changes_both_are_the_cause() -> None:
    ended = SHIELD | {"valid_until": "2020-07-15"}
    found = between([flow("news", "mail", tools=[ended])], "2020-07-15", "2020-07-16")
    assert told(found)[0] == ("status_changed", "mail", "adequate", "lapsed", "both", "2020-07-16")
    assert found[0].cause.acts
    assert found[0].cause.facts


def test_new_facts_that_need_new_law_are_caused_by_both() -> None:
    certified = party("mailer", "US", certifications=[{"tool": "eu-us-dpf", "valid_from": "2023-07-10"}])
    parties = [certified, *(p for p in CAST["parties"] if p["id"] != "mailer")]
    found = between([flow("news", "mail")], "2023-07-09", "2023-07-10", parties=parties)
    assert ("status_changed", "mail", "uncovered", "adequate", "both", "2023-07-10") in told(found)


def test_a_status_that_changed_twice_says_when_and_to_what() -> None:
    [*_, change] = between([flow("news", "mail", tools=[SHIELD])], "2019-01-01", "2026-01-01")
    assert change.cause.steps == (("2020-07-16", "lapsed"), ("2023-07-10", "adequate_if_covered"))
    assert change.cause.day == "2023-07-10"


@pytest.mark.parametrize(
    ("start", "end", "before", "after"),
    [
        ("2021-06-27", "2021-06-28", "inside", "adequate"),
        ("2018-05-24", "2018-05-25", "unknown", "inside"),
        ("2031-12-27", "2031-12-28", "adequate", "uncovered"),
    ],
)
def test_the_united_kingdom_on_the_days_of_its_law(start: str, end: str, before: str, after: str) -> None:
    [change] = between([flow("news", "ads", places=["GB"])], start, end)
    assert told([change]) == [("status_changed", "ads", before, after, "law", end)]
    assert change.cause.acts


def test_a_new_act_with_the_same_footing_is_told_as_such() -> None:
    [change] = between([flow("news", "ads", places=["GB"])], "2025-06-27", "2025-06-28")
    assert (change.kind, change.line.status, change.cause.kind) == (Kind.ACT_CHANGED, "adequate", CauseKind.LAW)
    assert "2021/1772" in change.before
    assert "2025/1226" in change.after


def test_since_the_judgment_clauses_need_an_assessment() -> None:
    clauses = {"tool": "scc-2010-c2p", "concluded": "2019-01-01"}
    found = between([flow("news", "mail", tools=[clauses])], "2020-07-15", "2020-07-16")
    assert told(found) == [("assessment_changed", "mail", "not_needed", "missing", "law", "2020-07-16")]


# Flows, sub-processors, holders, places, data, contracts


def test_a_flow_that_begins_is_gained_and_one_that_ends_is_lost() -> None:
    flows = [flow("news", "mail", valid_until="2024-03-31"), flow("news", "ads", valid_from="2024-05-01")]
    found = between(flows, "2024-01-01", "2024-12-31")
    assert {(c.kind, c.line.passage.service.id, c.cause.kind, c.cause.day) for c in found} == {
        ("flow_lost", "mail", "flow", "2024-04-01"),
        ("holder_lost", "mail", "flow", "2024-04-01"),
        ("place_lost", "mail", "flow", "2024-04-01"),
        ("flow_gained", "ads", "flow", "2024-05-01"),
        ("holder_gained", "ads", "flow", "2024-05-01"),
        ("place_gained", "ads", "flow", "2024-05-01"),
    }


def test_who_sends_to_a_processor_that_begins_gains_its_sub_processors_too() -> None:
    flows = [flow("news", "mail", valid_from="2024-05-01"), flow("mail", "cloud", "sub_processor")]
    found = between(flows, "2024-01-01", "2024-12-31")
    [gained] = [c for c in found if c.kind is Kind.SUB_PROCESSOR_GAINED]
    assert gained.cause.day == "2024-05-01"
    assert [fact.id for fact in gained.cause.facts] == ["news-mail"]
    assert gained.window is None, "it came with the processor: there is nothing to object to"


def test_a_flow_that_another_one_replaces_brings_no_new_sub_processor() -> None:
    flows = [
        flow("news", "mail"),
        flow("mail", "cloud", "sub_processor", id="old", valid_until="2024-03-31"),
        flow("mail", "cloud", "sub_processor", id="new", valid_from="2024-04-01", places=["IN"]),
    ]
    found = between(flows, "2024-01-01", "2024-12-31")
    assert {(c.kind, c.line.passage.flow.id, c.line.country if "place" in c.kind else None) for c in found} == {
        ("flow_lost", "old", None),
        ("flow_gained", "new", None),
        ("place_lost", "old", "unknown"),
        ("place_gained", "new", "IN"),
    }


def test_a_second_flow_with_more_data_is_more_data() -> None:
    flows = [
        flow("news", "mail", carries=["client name"]),
        flow("news", "mail", id="more", carries=["client email-address"], valid_from="2024-04-01"),
    ]
    found = between(flows, "2024-01-01", "2024-12-31")
    assert {(c.kind, c.line.passage.flow.id) for c in found} == {("flow_gained", "more"), ("data_gained", "more")}
    [more] = [c for c in found if c.kind is Kind.DATA_GAINED]
    assert more.data == {Item("client", "email-address")}


def test_a_contract_that_ends_is_lost() -> None:
    contract = {"kind": "art28", "title": "Terms of 2020", "valid_until": "2024-03-31"}
    found = between([flow("news", "mail", contract=contract)], "2024-03-31", "2024-04-01")
    assert told(found) == [("contract_lost", "mail", "Terms of 2020", None, "flow", "2024-04-01")]


def test_a_contract_begins_on_the_day_it_was_concluded_when_no_other_is_recorded() -> None:
    contract = {"kind": "art28", "title": "Terms of 2024", "date": "2024-04-01"}
    found = between([flow("news", "mail", contract=contract)], "2024-03-31", "2024-04-02")
    assert told(found) == [("contract_gained", "mail", None, "Terms of 2024", "flow", "2024-04-01")]


def test_on_one_day_nothing_changes() -> None:
    assert between([flow("news", "mail", tools=[SHIELD])], "2020-07-16", "2020-07-16") == []


def test_a_day_has_its_worst_change_first_and_what_is_gone_last() -> None:
    flows = [
        flow("news", "mail", tools=[SHIELD]),
        flow("news", "cloud", valid_until="2020-07-15"),
        flow("news", "ads", places=["GB"], valid_from="2020-07-16"),
    ]
    kinds = [c.kind for c in between(flows, "2020-07-15", "2020-07-16")]
    assert kinds.index(Kind.STATUS_CHANGED) < kinds.index(Kind.FLOW_GAINED) < kinds.index(Kind.FLOW_LOST)


# The time to object


def window_of(first: Entry, last: Entry, *lists: Entry, edition: Edition | None = None) -> Any:
    services = [*lists, *(s for s in CAST["services"] if s["id"] not in {one["id"] for one in lists})]
    days = ("2024-06-30", "2024-06-30") if edition else ("2024-01-01", "2024-12-31")
    flows = [[first] if edition else [first, last], [first, last]]
    before, after = (on(day, found, services=services) for day, found in zip(days, flows, strict=True))
    [gained] = [c for c in changes(before, after, edition) if c.kind is Kind.SUB_PROCESSOR_GAINED]
    row = plain_changes.change(gained, vocabulary())["objection_window"]
    return row and (row["last_day"], row["announced"], row["announced_by"], row["unknown"])


BEGINS = {"valid_from": "2024-06-01"}
TERMS = {"kind": "art28", "notice_days": 30, "objection_days": 14}
NO_DAYS = "no contract and no published list records for how many days"
NO_ANNOUNCEMENT = "the day of the announcement is not recorded"


@pytest.mark.parametrize(
    ("contract", "of_list", "of_flow", "expected"),
    [
        # From the contract: 30 days before the first day, then 14 days.
        (TERMS, None, {}, ("2024-05-16", "2024-05-02", "first_day_less_notice", None)),
        # A recorded announcement goes before everything.
        (TERMS, None, {"announced": "2024-05-10"}, ("2024-05-24", "2024-05-10", "recorded", None)),
        # From the list, each number that the contract does not record.
        (None, {"notice_days": 10, "objection_days": 5}, {},
         ("2024-05-27", "2024-05-22", "first_day_less_notice", None)),
        ({"kind": "art28", "objection_days": 7}, {"notice_days": 10, "objection_days": 5}, {},
         ("2024-05-29", "2024-05-22", "first_day_less_notice", None)),
        # A list that is dated before the first day announces it; one that is dated after does not tell when.
        (None, {"date": "2024-05-20", "objection_days": 5}, {}, ("2024-05-25", "2024-05-20", "list", None)),
        (None, {"date": "2024-06-20", "objection_days": 5}, {}, (None, None, None, NO_ANNOUNCEMENT)),
        # Nothing is filled in.
        (None, None, {}, (None, None, None, f"{NO_DAYS}; {NO_ANNOUNCEMENT}")),
        (None, None, {"announced": "2024-05-10"}, (None, "2024-05-10", "recorded", NO_DAYS)),
        ({"kind": "art28"}, {"notice_days": 10}, {}, (None, "2024-05-22", "first_day_less_notice", NO_DAYS)),
        # A contract that is no longer in force says nothing.
        (TERMS | {"valid_until": "2024-03-31"}, None, {}, (None, None, None, f"{NO_DAYS}; {NO_ANNOUNCEMENT}")),
    ],
)  # fmt: skip
def test_until_when_one_may_object(
    contract: Entry | None, of_list: Entry | None, of_flow: Entry, expected: tuple[str | None, ...]
) -> None:
    first = flow("news", "mail", **({"contract": contract} if contract else {}))
    lists = [service("mail", "mailer", sub_processor_list=of_list)] if of_list else []
    assert window_of(first, flow("mail", "cloud", "sub_processor", **BEGINS, **of_flow), *lists) == expected


def test_between_two_versions_the_later_one_announces_when_nothing_else_does() -> None:
    edition = Edition("list", 1, 2, "2024-06-05T10:00:00.000Z")
    first = flow("news", "mail", contract={"kind": "art28", "objection_days": 14})
    found = window_of(first, flow("mail", "cloud", "sub_processor"), edition=edition)
    assert found == ("2024-06-19", "2024-06-05", "version", None)


def test_further_down_the_list_speaks_to_the_customers_of_who_publishes_it() -> None:
    flows = [
        flow("news", "mail"),
        flow("mail", "cloud", "sub_processor"),
        flow("cloud", "ads", "sub_processor", **BEGINS),
    ]
    published = {"notice_days": 10, "objection_days": 5}
    services = [
        service("mail", "mailer"),
        service("cloud", "clouds", sub_processor_list=published),
        CAST["services"][2],
    ]
    [gained] = [
        c for c in between(flows, "2024-01-01", "2024-12-31", services=services) if c.kind is Kind.SUB_PROCESSOR_GAINED
    ]
    assert gained.window
    assert (gained.window.direct, gained.window.object_to, gained.window.last_day) == (False, "cloud", "2024-05-27")


# For all networks

DAYS = ("2019-06-01", "2020-07-15", "2020-07-16", "2021-06-28", "2022-06-01", "2023-07-10", "2025-12-01")
NODES = ("mail", "cloud", "ads", "news", "orders")
TOOLS = ("eu-us-privacy-shield", "eu-us-dpf", "scc-2010-c2p", "scc-2021-m2", "scc-2021-m3")


@st.composite
def dated(draw: st.DrawFn) -> Entry:
    """A validity: some days, or none."""
    found = {key: draw(st.none() | st.sampled_from(DAYS)) for key in ("valid_from", "valid_until")}
    return {key: day for key, day in found.items() if day}


@st.composite
def some_flows(draw: st.DrawFn) -> list[Entry]:
    """Flows with cycles among three services, some on several tools, some dated."""
    found = []
    for number in range(draw(st.integers(0, 8))):
        tools = [
            {"tool": tool, "covered": True} | draw(dated())
            for tool in draw(st.sets(st.sampled_from(TOOLS), max_size=2))
        ]
        found.append(
            flow(
                draw(st.sampled_from(NODES)),
                draw(st.sampled_from(NODES[:3])),
                draw(st.sampled_from(["processor", "sub_processor", "independent_controller", "unknown"])),
                id=f"f{number}",
                places=sorted(draw(st.sets(st.sampled_from(["US", "GB", "NL", "BR"]), max_size=2))),
                tools=tools,
                **(
                    {"carries": [draw(st.sampled_from(["client name", "client email-address"]))]}
                    if draw(st.booleans())
                    else {}
                ),
                **draw(dated()),
            )
        )
    return found  # fmt: skip


ACTIVITIES = [*CAST["activities"], activity("orders", "shop", ["client name"], valid_from="2020-01-01")]


def a_network(flows: list[Entry], day: str) -> Network:
    return on(day, flows, activities=ACTIVITIES)


def state(found: Network) -> dict[str, Any]:
    """What a network says, counted in the plainest way."""
    assessor = Assessor(found)
    flows, parties, statuses = set(), set(), {}
    for each in found.activities:
        for passage in passages(found, each):
            flows.add(passage.flow.id)
            parties.add(passage.importer.id)
            for line in lines_everywhere(passage, assessor):
                statuses[each.id, passage.flow.id, line.country] = line.status.value
    return {"flows": flows, "parties": parties - {UNKNOWN}, "statuses": statuses}


def applied(to: dict[str, Any], found: list[Change], after: dict[str, Any]) -> dict[str, Any]:
    """A state after changes; the footings of flows that are new come with them."""
    flows, parties, statuses = set(to["flows"]), set(to["parties"]), dict(to["statuses"])
    for change in found:
        passage = change.line.passage
        if change.kind in (Kind.FLOW_GAINED, Kind.SUB_PROCESSOR_GAINED):
            flows.add(passage.flow.id)
        elif change.kind in (Kind.FLOW_LOST, Kind.SUB_PROCESSOR_LOST):
            flows.discard(passage.flow.id)
        elif change.kind is Kind.HOLDER_GAINED:
            parties.add(passage.importer.id)
        elif change.kind is Kind.HOLDER_LOST:
            parties.discard(passage.importer.id)
        elif change.kind is Kind.STATUS_CHANGED:
            key = (passage.activity.id, passage.flow.id, change.line.country)
            assert statuses[key] == change.before
            statuses[key] = change.after
    kept = {key: value for key, value in statuses.items() if key in after["statuses"]}
    return {"flows": flows, "parties": parties, "statuses": kept | _new(after, kept)}


def _new(after: dict[str, Any], kept: dict[Any, str]) -> dict[Any, str]:
    return {key: value for key, value in after["statuses"].items() if key not in kept}


@given(some_flows(), st.sampled_from(DAYS), st.sampled_from(DAYS))
def test_changes_applied_to_the_one_day_give_the_other(flows: list[Entry], a: str, b: str) -> None:
    before, after = a_network(flows, a), a_network(flows, b)
    assert applied(state(before), changes(before, after), state(after)) == state(after)


@given(some_flows(), st.sampled_from(DAYS), st.sampled_from(DAYS), st.sampled_from(DAYS))
def test_changes_over_a_day_in_between_come_to_the_same(flows: list[Entry], a: str, b: str, c: str) -> None:
    one, two, three = (a_network(flows, day) for day in (a, b, c))
    halfway = applied(state(one), changes(one, two), state(two))
    assert applied(halfway, changes(two, three), state(three)) == applied(state(one), changes(one, three), state(three))


TURNED = {"gained": "lost", "lost": "gained"}


def mirrored(change: Change) -> tuple[object, ...]:
    word, _, end = change.kind.rpartition("_")
    return (f"{word}_{TURNED.get(end, end)}", change.after, change.before, *about(change))


def straight(change: Change) -> tuple[object, ...]:
    return (change.kind.value, change.before, change.after, *about(change))


def about(change: Change) -> tuple[object, ...]:
    """What a change is about, whichever way it goes."""
    country = change.line.country if change.kind in plain_changes.ABOUT_A_COUNTRY else None
    same = (change.line.passage.flow.id, country, change.tool, change.cause.kind.value)
    one_side = change.kind.endswith(("_gained", "_lost")) and not change.kind.startswith(("tool", "contract"))
    return (*same, change.activities, sorted(change.data)) if one_side else same


@given(some_flows(), st.sampled_from(DAYS), st.sampled_from(DAYS))
def test_back_again_is_the_mirror_of_there(flows: list[Entry], a: str, b: str) -> None:
    there, back = (changes(a_network(flows, x), a_network(flows, y)) for x, y in ((a, b), (b, a)))
    assert sorted(map(str, map(straight, there))) == sorted(map(str, map(mirrored, back)))


@given(some_flows(), st.sampled_from(DAYS), st.sampled_from(DAYS))
def test_every_change_has_a_day_in_between_and_a_chain_that_is_there(flows: list[Entry], a: str, b: str) -> None:
    a, b = sorted((a, b))
    before, after = a_network(flows, a), a_network(flows, b)
    for change in changes(before, after):
        assert a < change.cause.day <= b
        side = before if change.is_loss else after
        valid = {flow.id for found in side.flows.values() for flow in found}
        assert {step.flow for step in change.line.steps} <= valid
        assert change.cause.kind is not CauseKind.LAW or change.cause.turns


@given(some_flows(), st.sampled_from(DAYS))
def test_on_the_same_day_nothing_changes(flows: list[Entry], day: str) -> None:
    assert changes(a_network(flows, day), a_network(flows, day)) == []
