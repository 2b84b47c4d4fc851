"""Days ahead: what ends, begins or is due for a controller, and nothing that does not touch its flows."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.answers.dates.ahead import ahead
from graphsvc.answers.dates.day_ahead import OF_FACTS, OF_LAW, OF_REVIEWS, Agenda, DateKind
from graphsvc.answers.lines import passages
from graphsvc.answers.network import Network, Papers
from graphsvc.answers.pieces import cut
from graphsvc.model import Activity, Flow, Party, Service, Source, days_after
from tests.builders import Entry, activity, filled, flow, law, order, party, service, vocabulary

START, END = "2024-01-01", "2032-12-31"
ACTIVITIES = [activity("news", "shop", ["client email-address", "client name"])]
PARTIES = [party("shop", "NL"), party("mailer", "GB"), party("clouds", "US"), party("adverts", "IN")]
SERVICES = [service("mail", "mailer"), service("cloud", "clouds"), service("ads", "adverts")]


def time(
    flows: list[Entry],
    start: str = START,
    end: str = END,
    activities: list[Entry] = ACTIVITIES,
    parties: list[Entry] = PARTIES,
    services: list[Entry] = SERVICES,
    sources: list[Entry] = [],  # noqa: B006
) -> Network:
    """A network that was fetched for a time."""
    found = (filled("sources", source) for source in sources)
    papers = Papers.of([], [], map(Source.from_body, found))
    things = (
        [kind.from_body(entry) for entry in entries]
        for kind, entries in ((Activity, activities), (Flow, flows), (Service, services), (Party, parties))
    )
    return Network.of(start, law(), order(), *things, vocabulary(), papers, end)


def told(flows: list[Entry], start: str = START, end: str = END, review_days: int = 365, **more: Any) -> set[Any]:
    found = ahead(time(flows, start, days_after(end, 366), **more), end, review_days)
    return {
        (one.day, one.kind.value, one.subject, *(flow.passage.flow.id for flow in one.lines)) for one in found.found
    }


def agenda(flows: list[Entry], review_days: int = 365, **more: Any) -> Agenda:
    return ahead(time(flows, **more), END, review_days)


# The law


def test_a_decision_that_ends_is_told_to_whom_sends_there_and_to_nobody_else() -> None:
    assert told([flow("news", "mail", places=["GB"])], "2026-01-01") == {
        ("2031-12-27", "adequacy_ends", "gb-adequacy-2025-renewal", "news-mail")
    }
    assert told([flow("news", "cloud", places=["US"])], "2026-01-01") == set()


def test_it_says_what_becomes_of_the_footing() -> None:
    [one] = agenda([flow("news", "mail", places=["GB"])], start="2026-01-01").found
    assert (one.before, one.after) == ("adequate", "uncovered")
    assert "2025/2574" in one.act
    assert [event.id for event in one.events] == ["gb-adequacy-ends"]


def test_a_decision_that_another_one_follows_leaves_the_footing_as_it_is() -> None:
    found = agenda([flow("news", "mail", places=["GB"])], start="2025-06-01").found
    ends = {(one.day, one.before, one.after) for one in found if one.kind == "adequacy_ends"}
    assert ends >= {("2025-06-27", "adequate", "adequate"), ("2025-12-27", "adequate", "adequate")}


def test_transitions_and_memberships_have_kinds_of_their_own() -> None:
    flows = [flow("news", "mail", places=["GB"])]
    assert {row[:3] for row in told(flows, "2019-12-01", "2021-12-31")} >= {
        ("2020-01-31", "membership_ends", "gb-eu-member"),
        ("2020-02-01", "transition_begins", "gb-transition-withdrawal-agreement"),
        ("2020-12-31", "transition_ends", "gb-transition-withdrawal-agreement"),
        ("2021-06-28", "adequacy_begins", "gb-adequacy-2021"),
    }


def test_the_days_of_a_tool_touch_who_names_it() -> None:
    flows = [flow("news", "cloud", places=["US"], tools=[{"tool": "scc-2010-c2p"}]), flow("news", "ads")]
    found = {row for row in told(flows, "2020-01-01", "2023-06-30") if "scc" in row[2]}
    assert found == {
        ("2020-07-16", "assessment_needed", "scc-2010-c2p", "news-cloud"),
        ("2021-09-26", "tool_closes", "scc-2010-c2p", "news-cloud"),
        ("2022-12-27", "tool_ends", "scc-2010-c2p", "news-cloud"),
    }


def test_a_list_that_ends_with_its_decision_is_told_once() -> None:
    shield = {"tool": "eu-us-privacy-shield", "covered": True}
    found = told([flow("news", "cloud", places=["US"], tools=[shield])], "2020-01-01", "2020-12-31")
    assert {row[:3] for row in found} == {("2020-07-15", "adequacy_ends", "us-privacy-shield")}


def test_an_event_of_a_decision_that_is_touched_is_told_when_no_row_tells_of_it() -> None:
    seoul = [party("shop", "NL"), party("mailer", "KR")]
    assert told([flow("news", "mail", places=["KR"])], "2026-01-01", "2026-12-31", parties=seoul) == {
        ("2026-07-23", "law_event", "korea-reviewed", "news-mail")
    }
    assert told([flow("news", "ads")], "2026-01-01", "2026-12-31") == set()


# The facts


def test_contracts_reliances_and_certifications_that_end() -> None:
    clauses = {"tool": "scc-2021-m2", "concluded": "2023-01-01", "valid_until": "2025-06-30"}
    contract = {"kind": "art28", "valid_until": "2026-03-31"}
    certified = party("clouds", "US", certifications=[{"tool": "eu-us-dpf", "valid_until": "2025-09-30"}])
    parties = [certified, *(one for one in PARTIES if one["id"] != "clouds")]
    flows = [flow("news", "cloud", places=["US"], tools=[clauses], contract=contract)]
    assert told(flows, parties=parties) >= {
        ("2025-06-30", "reliance_ends", "news-cloud scc-2021-m2", "news-cloud"),
        ("2025-09-30", "certification_ends", "clouds eu-us-dpf", "news-cloud"),
        ("2026-03-31", "contract_ends", "news-cloud", "news-cloud"),
    }


def test_flows_that_begin_and_end_and_what_ends_with_a_flow_that_is_gone_is_not_told() -> None:
    contract = {"kind": "art28", "valid_until": "2027-12-31"}
    flows = [flow("news", "ads", valid_from="2025-02-01", valid_until="2026-02-28", contract=contract)]
    assert told(flows) == {
        ("2025-02-01", "flow_begins", "news-ads", "news-ads"),
        ("2026-02-28", "flow_ends", "news-ads", "news-ads"),
    }


def test_a_decision_touches_a_flow_only_while_both_are_there() -> None:
    gone = [flow("news", "mail", places=["GB"], valid_until="2031-12-26")]
    assert not {row for row in told(gone) if row[0] == "2031-12-27"}
    new = [flow("news", "mail", places=["GB"], valid_from="2031-12-27")]
    assert ("2031-12-27", "adequacy_ends", "gb-adequacy-2025-renewal", "news-mail") in told(new)


TERMS = {"kind": "art28", "notice_days": 30, "objection_days": 14}


def test_the_last_day_to_object_is_told_also_when_the_sub_processor_begins_later() -> None:
    flows = [
        flow("news", "mail", contract=TERMS),
        flow("mail", "ads", "sub_processor", valid_from="2025-02-01"),
    ]
    expected = ("2025-01-16", "objection_ends", "mail-ads", "mail-ads")
    assert expected in told(flows)
    assert told(flows, end="2025-01-20") == {expected}
    assert not {row for row in told(flows, start="2025-01-17") if row[1] == "objection_ends"}


def test_a_sub_processor_that_comes_with_its_processor_cannot_be_objected_to() -> None:
    flows = [
        flow("news", "mail", contract=TERMS, valid_from="2025-02-01"),
        flow("mail", "ads", "sub_processor", valid_from="2025-02-01"),
    ]
    assert not {row for row in told(flows) if row[1] == "objection_ends"}


def test_a_new_sub_processor_says_when_the_last_day_is_not_known() -> None:
    flows = [flow("news", "mail"), flow("mail", "ads", "sub_processor", valid_from="2025-02-01")]
    [begins] = [one for one in agenda(flows).found if one.kind == "flow_begins"]
    assert begins.window
    assert begins.window.last_day is None


# Reviews


@pytest.mark.parametrize(
    ("source", "due"),
    [
        ({"date": "2023-06-01"}, "2024-05-31"),
        ({"date": "2023-06-01", "read_on": "2023-12-01"}, "2024-11-30"),
        ({"date": "2023-12-01", "read_on": "2023-06-01"}, "2024-11-30"),
    ],
)
def test_sources_of_transfers_are_due_after_the_day_they_were_last_read(source: Entry, due: str) -> None:
    found = told([flow("news", "ads", places=["IN"])], sources=[{"id": "book", **source}])
    assert found == {(due, "source_review", "book", "news-ads")}


def test_what_stays_inside_needs_no_review() -> None:
    parties = [party("shop", "NL"), party("mailer", "DE")]
    flows = [flow("news", "mail", places=["DE"])]
    assert told(flows, parties=parties, sources=[{"id": "book", "date": "2023-06-01"}]) == set()


def test_reviews_that_were_due_are_counted_and_sources_without_a_day_are_named() -> None:
    flows = [flow("news", "ads", places=["IN"], contract={"kind": "art28", "date": "2020-01-01"})]
    found = agenda(flows, sources=[{"id": "book"}])
    assert (found.found, found.overdue, found.undated) == ([], 1, {"book"})


def test_assessments_and_contracts_are_due_after_the_days_that_were_asked_for() -> None:
    clauses = {"tool": "scc-2021-m2", "transfer_impact_assessment": {"date": "2023-01-01"}}
    contract = {"kind": "art28", "date": "2022-12-31"}
    flows = [flow("news", "ads", places=["IN"], tools=[clauses], contract=contract)]
    assert told(flows, review_days=730) == {
        ("2024-12-31", "assessment_review", "news-ads scc-2021-m2", "news-ads"),
        ("2024-12-30", "contract_review", "news-ads", "news-ads"),
    }


# For all networks

DAYS = [f"2025-0{month}-01" for month in range(1, 9)]


@st.composite
def some_flows(draw: st.DrawFn) -> list[Entry]:
    """Flows with cycles, some dated."""
    found = []
    for number in range(draw(st.integers(0, 7))):
        dates = {key: draw(st.none() | st.sampled_from(DAYS)) for key in ("valid_from", "valid_until")}
        contract = draw(st.none() | st.sampled_from(DAYS))
        more: Entry = {key: day for key, day in dates.items() if day}
        if contract:
            more["contract"] = TERMS | {"valid_until": contract}
        sender, recipient = (
            draw(st.sampled_from(("news", "mail", "cloud"))),
            draw(st.sampled_from(("mail", "cloud", "ads"))),
        )
        found.append(flow(sender, recipient, id=f"f{number}", places=["GB"], **more))
    return found


@given(some_flows())
def test_every_day_lies_in_the_time_and_touches_flows_that_are_there(flows: list[Entry]) -> None:
    network = time(flows, "2025-01-01", "2026-12-31")
    for one in ahead(network, "2025-12-31", 365).found:
        assert "2025-01-01" <= one.day <= "2025-12-31"
        assert one.lines
        if one.kind != "objection_ends":
            valid = {flow.id for sent in network.at(one.day).flows.values() for flow in sent}
            assert {step.flow for line in one.lines for step in line.steps} <= valid


@given(some_flows())
def test_the_pieces_of_a_time_follow_each_other_and_hold_the_flows_of_each_of_their_days(flows: list[Entry]) -> None:
    network = time(flows, "2025-01-01", "2025-12-31")
    pieces = list(cut(network))
    assert (pieces[0].first, pieces[-1].last) == ("2025-01-01", "2025-12-31")
    for piece, after in pairwise(pieces):
        assert days_after(piece.last) == after.first
    for piece in pieces:
        for day in (piece.first, piece.last):
            found = network.at(day)
            passed = {passage.flow.id for one in found.activities for passage in passages(found, one)}
            assert passed == set(piece.side.nearest)


@given(some_flows())
def test_a_longer_time_tells_what_a_shorter_one_tells_and_more(flows: list[Entry]) -> None:
    network = time(flows, "2025-01-01", "2026-12-31")
    days = [
        {(one.kind, one.subject, one.day) for one in ahead(network, end, 365).found}
        for end in ("2025-04-30", "2025-12-31")
    ]
    assert days[0] == {one for one in days[1] if one[2] <= "2025-04-30"}


def test_controllers_are_told_each_of_their_own() -> None:
    activities = [*ACTIVITIES, activity("bread", "bakery", ["client name"])]
    parties = [*PARTIES, party("bakery", "BE")]
    flows = [flow("news", "mail", places=["GB"]), flow("bread", "mail", places=["GB"])]
    network = time(flows, "2026-01-01", activities=activities, parties=parties)
    assert [(one.controller, one.day) for one in ahead(network, END, 365).found] == [
        ("bakery", "2031-12-27"),
        ("shop", "2031-12-27"),
    ]


@pytest.mark.parametrize("kinds", [OF_FACTS, OF_LAW, OF_REVIEWS, frozenset({DateKind.LAW_EVENT, DateKind.FLOW_BEGINS})])
def test_what_nobody_asks_for_is_not_worked_out_and_the_rest_stays_the_same(kinds: frozenset[DateKind]) -> None:
    flows = [
        flow("news", "mail", places=["GB"], valid_from="2025-03-01", valid_until="2026-04-30"),
        flow("news", "ads", places=["IN"], contract={"kind": "art28", "date": "2024-06-01"}),
    ]
    network = time(flows, "2024-01-01", END)
    everything = ahead(network, END, 365).found
    assert everything
    some = ahead(network, END, 365, kinds).found
    assert {(one.kind, one.subject, one.day) for one in some if one.kind in kinds} == {
        (one.kind, one.subject, one.day) for one in everything if one.kind in kinds
    }
