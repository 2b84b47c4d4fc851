"""The law as tables: standing still as of a day, the days on which rows turn, and which tools can be relied on."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.law.assess import assess
from graphsvc.law.reliance import tools_in_use
from graphsvc.law.turns import What, events_of, turns_of_country, turns_of_tool
from graphsvc.model import Capacity, Flow, Party, days_after
from tests.builders import filled, law

DAYS = ("2018-05-24", "2019-06-01", "2020-07-15", "2020-07-16", "2021-06-27", "2021-06-28", "2023-07-10", "2026-11-22")
COUNTRIES = ("NL", "GB", "US", "BR", "IN", "NO")
TOOLS = ("eu-us-privacy-shield", "eu-us-dpf", "scc-2010-c2p", "scc-2021-m2")


def a_flow(*tools: dict, **more: object) -> Flow:
    return Flow.from_body(filled("flows", {"from": "news", "to": "mail", "tools": [*tools], **more}))


def a_party(**more: object) -> Party:
    return Party.from_body(filled("parties", {"id": "mailer", **more}))


@pytest.mark.parametrize("country", COUNTRIES)
def test_on_its_own_day_a_law_that_stands_still_is_the_law(country: str):
    flow = a_flow(*({"tool": tool} for tool in TOOLS))
    for day in DAYS:
        found = [assess(flow, Capacity.CONTROLLER, a_party(), country, day, law) for law in (law(), law().frozen(day))]
        assert found[0] == found[1]


@given(st.sampled_from(DAYS), st.sampled_from(DAYS), st.sampled_from(COUNTRIES), st.sets(st.sampled_from(TOOLS)))
def test_with_a_law_that_stands_still_and_facts_without_days_nothing_ever_changes(
    as_of: str, on: str, country: str, tools: set[str]
):
    flow = a_flow(*({"tool": tool, "covered": True} for tool in sorted(tools)))
    found = {
        assess(flow, Capacity.CONTROLLER, a_party(), country, day, law().frozen(as_of)).status for day in (as_of, on)
    }
    assert len(found) == 1


def test_facts_go_on_under_a_law_that_stands_still():
    flow = a_flow({"tool": "eu-us-privacy-shield", "covered": True, "valid_until": "2020-03-31"})
    still = law().frozen("2020-01-01")
    found = [
        assess(flow, Capacity.CONTROLLER, a_party(), "US", day, still).status for day in ("2020-03-31", "2020-04-01")
    ]
    assert found == ["adequate", "adequate_if_covered"]


def test_a_row_that_ends_turns_on_the_day_after_its_last_one():
    turns = {(turn.row.id, turn.what, turn.day, turn.act.celex) for turn in turns_of_country(law(), "US")}
    assert ("us-privacy-shield", What.ENDS, "2020-07-16", "62018CJ0311") in turns
    assert ("us-dpf", What.BEGINS, "2023-07-10", "32023D1795") in turns


def test_a_tool_turns_when_it_begins_closes_ends_and_begins_to_need_an_assessment():
    turns = {(turn.what, turn.day) for turn in turns_of_tool(law(), "scc-2010-c2p")}
    assert turns >= {
        (What.CLOSES, "2021-09-27"),
        (What.ENDS, "2022-12-28"),
        (What.ASSESSMENT, "2020-07-16"),
    }


def test_events_that_tell_of_a_turn_are_found_by_day_and_act():
    shield = next(turn for turn in turns_of_country(law(), "US") if turn.day == "2020-07-16")
    assert [event.id for event in events_of(law(), shield)] == ["schrems-ii"]
    decision = next(turn for turn in turns_of_country(law(), "GB") if turn.last == "2031-12-27")
    assert [event.id for event in events_of(law(), decision)] == ["gb-adequacy-ends"]


def test_a_list_is_in_use_only_where_its_decision_reaches():
    dpf = {"tool": "eu-us-dpf", "valid_from": "2023-08-01"}
    importer = a_party(certifications=[dpf])
    found = [
        tools_in_use(a_flow({"tool": "scc-2021-m2", "concluded": "2022-01-01"}), importer, [country], day, law())
        for country, day in (("US", "2023-07-31"), ("US", "2023-08-01"), ("IN", "2023-08-01"), ("IN", "2021-12-31"))
    ]
    assert found == [{"scc-2021-m2"}, {"scc-2021-m2", "eu-us-dpf"}, {"scc-2021-m2"}, set()]


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2200, 1, 1)).map(str), st.integers(-400, 400))
def test_days_go_there_and_back(day: str, days: int):
    assert days_after(days_after(day, days), -days) == day


def test_the_last_day_of_the_calendar_has_none_after_it():
    assert days_after("9999-12-31") == "9999-12-31"
