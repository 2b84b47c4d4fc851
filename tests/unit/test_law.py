"""The law as tables: standing still as of a day, the days on which rows turn, and which tools can be relied on."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.imports.documents import parse
from graphsvc.law.assess import assess
from graphsvc.law.case import Case
from graphsvc.law.reliance import tools_in_use
from graphsvc.law.tables import Law
from graphsvc.law.turns import What, events_of, turns_of_country, turns_of_tool
from graphsvc.model import Capacity, Flow, Party, Regime, Shortfall, days_after, in_force
from tests.builders import filled, law, seed
from tests.checkout import ROOT

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
        cases = [
            Case(flow, Capacity.CONTROLLER, a_party(), country, day, tables) for tables in (law(), law().frozen(day))
        ]
        found = [assess(case) for case in cases]
        assert found[0] == found[1]


@given(st.sampled_from(DAYS), st.sampled_from(DAYS), st.sampled_from(COUNTRIES), st.sets(st.sampled_from(TOOLS)))
def test_with_a_law_that_stands_still_and_facts_without_days_nothing_ever_changes(
    as_of: str, on: str, country: str, tools: set[str]
):
    flow = a_flow(*({"tool": tool, "covered": True} for tool in sorted(tools)))
    still = law().frozen(as_of)
    cases = [Case(flow, Capacity.CONTROLLER, a_party(), country, day, still) for day in (as_of, on)]
    assert len({assess(case).status for case in cases}) == 1


def test_facts_go_on_under_a_law_that_stands_still():
    flow = a_flow({"tool": "eu-us-privacy-shield", "covered": True, "valid_until": "2020-03-31"})
    still = law().frozen("2020-01-01")
    cases = [Case(flow, Capacity.CONTROLLER, a_party(), "US", day, still) for day in ("2020-03-31", "2020-04-01")]
    assert [assess(case).status for case in cases] == ["adequate", "adequate_if_covered"]


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


# What the rows say as data


@pytest.mark.parametrize(
    ("on", "row", "celex"),
    [
        ("2018-05-25", "eu-institutions-2001", "32001R0045"),
        ("2018-12-10", "eu-institutions-2001", "32001R0045"),
        ("2018-12-11", "eu-institutions", "32018R1725"),
        ("2026-11-30", "eu-institutions", "32018R1725"),
    ],
)
def test_the_institutions_of_the_union_are_inside_under_their_own_regulation(on: str, row: str, celex: str):
    assert [(regime.id, regime.act.celex) for regime in law().regimes_of("EU", on)] == [(row, celex)]
    assert law().is_inside("EU", on)


def test_the_tables_say_from_which_day_on_they_are_complete():
    header = parse((ROOT / "seed_data" / "law" / "regimes.yaml").read_bytes(), 10_000_000)["document"]
    assert header["complete_from"] == "2018-05-25"
    older = Regime.from_body({**seed("regimes")[0], "id": "hr-older", "country": "HR", "valid_from": "2013-07-01"})
    rows = [*map(Regime.from_body, seed("regimes")), older]
    assert Law.of("more", rows, (), complete_from=header["complete_from"]).begins == "2018-05-25"


@pytest.mark.parametrize(
    ("row", "covered", "by_purpose"),
    [
        ("jp-adequacy", "commercial non_profit credit_information", "press academic religious political"),
        ("kr-adequacy", "", "religious political credit_information"),
        ("ca-adequacy", "commercial credit_information", ""),
    ],
)
def test_decisions_say_whom_they_cover_and_where_the_purpose_decides(row: str, covered: str, by_purpose: str):
    [regime] = [regime for rows in law().regimes.values() for regime in rows if regime.id == row]
    assert (regime.sectors, regime.purpose_sectors) == (frozenset(covered.split()), frozenset(by_purpose.split()))
    assert bool(regime.purpose_note) is bool(by_purpose)


def test_authorities_and_non_profits_cannot_be_on_a_list_of_the_united_states():
    for regime in law().regimes["US"]:
        assert regime.ineligible_sectors == {"public", "public_security", "non_profit"}
        assert regime.ineligible_note


FLAGS = {
    "known": ["code", "sa-scc"],
    "needs_authorisation": ["adhoc", "public-admin"],
    "importer_not_under_gdpr": ["cert", "code", "scc-2021-m1", "scc-2021-m2", "scc-2021-m3", "scc-2021-m4"],
    "occasional": ["art49-b", "art49-c", "art49-e"],
    "not_for_public_powers": ["art49-2", "art49-a", "art49-b", "art49-c"],
    "papers": ["art49-2", "art49-a"],
    "group_pairs": ["bcr-c", "bcr-p"],
    "hr_separate": ["eu-us-dpf", "eu-us-privacy-shield"],
    "reaches": ["ch-us-dpf", "uk-us-bridge"],
}


@pytest.mark.parametrize("key", FLAGS)
def test_what_a_tool_takes_is_in_its_row(key: str):
    assert sorted(tool.id for tool in law().tools.values() if getattr(tool, key)) == FLAGS[key]


def test_tools_of_another_law_say_whose_and_are_no_tool_of_the_gdpr():
    foreign = {tool.id: tool.law_of for tool in law().tools.values() if tool.law_of}
    assert foreign == {
        **dict.fromkeys(("uk-idta", "uk-addendum", "uk-old-scc", "uk-us-bridge"), "GB"),
        **dict.fromkeys(("ch-scc", "ch-us-dpf"), "CH"),
    }
    assert {law().tools[key].kind for key in foreign} == {"no_transfer_tool"}


@pytest.mark.parametrize(
    ("tool", "pairs", "in_one_group"),
    [
        ("bcr-c", "C2C C2P", "C2C C2P"),
        ("bcr-p", "C2P P2P", "P2P"),
        ("public-instr", "A2A", ""),
        ("public-admin", "A2A", ""),
        ("scc-2021-m1", "C2C C2A", ""),
        ("scc-2021-m4", "P2C P2A", ""),
    ],
)
def test_tools_fit_these_pairs_of_roles(tool: str, pairs: str, in_one_group: str):
    row = law().tools[tool]
    assert (row.role_pairs, row.group_pairs) == (frozenset(pairs.split()), frozenset(in_one_group.split()))


WEIGHTS = {
    **dict.fromkeys(("authorisation_missing",), 5),
    **dict.fromkeys(("list_not_checked", "importer_unknown", "derogation_standing", "country_unsettled"), 4),
    **dict.fromkeys(("identifier_ground_missing",), 4),
    **dict.fromkeys(("place_unconfirmed", "elsewhere", "terms_not_confirmed", "list_old"), 3),
    **dict.fromkeys(("derogation_papers", "onward_transfer"), 3),
    **dict.fromkeys(("condition_open", "list_unscoped"), 2),
    **dict.fromkeys(("place_unconfirmed_own",), 1),
}


@pytest.mark.parametrize(("kind", "weight"), WEIGHTS.items())
def test_how_much_depends_on_what_is_open(kind: str, weight: int):
    rows = [row for row in law().requirements if row.kind == kind]
    assert {(row.weight, row.valid_from) for row in rows} == {(weight, "2018-05-25")}


def test_national_law_says_for_whose_controllers_it_is_and_stands_behind_the_gdpr():
    national = {row.kind: row.article for row in law().requirements if row.applies_in == "NL" and row.kind}
    assert national == {
        "identifier_ground_missing": "Art. 46 UAVG and Art. 87 GDPR",
        "special_condition_missing": "Art. 22 to 30 UAVG",
        "criminal_ground_missing": "Art. 31 to 33 UAVG",
    }
    for kind in ("special_condition_missing", "criminal_ground_missing"):
        first = law().requirement(Shortfall(kind), Capacity.CONTROLLER, "2026-11-30")
        assert first is not None
        assert first.applies_in is None


def test_a_rule_without_a_gap_says_in_a_sentence_what_it_asks():
    rules = [row for row in law().requirements if row.kind is None]
    assert {row.article for row in rules} >= {
        "Art. 13(1)(d) GDPR",
        "Art. 28(1) GDPR",
        "Art. 28(9) GDPR",
        "Art. 41 UAVG",
    }
    assert all(row.name for row in rules)


@pytest.mark.parametrize(("on", "free"), [("2018-05-24", False), ("2018-05-25", True), ("2026-11-30", True)])
def test_financial_undertakings_in_the_netherlands_need_not_tell_the_people(on: str, free: bool):
    [duty] = [duty for duty in law().duties if duty.id == "controller-tells-people"]
    [exception] = duty.exceptions
    assert (exception.of, exception.applies_in, exception.article) == ("financial_undertaking", "NL", "Art. 42 UAVG")
    assert in_force(on, exception.valid_from, exception.valid_until) is free


def test_the_duty_to_tell_the_authority_says_what_the_notice_holds_and_who_is_competent():
    [duty] = [duty for duty in law().duties if duty.id == "controller-tells-authority"]
    assert [(detail.about, detail.article) for detail in duty.details] == [
        ("contents", "Art. 33(3) GDPR"),
        ("phases", "Art. 33(4) GDPR"),
        ("record", "Art. 33(5) GDPR"),
        ("competence", "Art. 55 and Art. 56 GDPR"),
    ]


def test_what_is_to_come_has_a_state_and_the_day_on_which_that_was_read():
    states = {event.id: (event.state, event.date) for event in law().events if event.state}
    assert states["uavg-amended"] == ("in_force", "2026-09-01")
    assert states["c-703-25-p-lodged"] == ("pending", "2025-10-31")
    assert states["digital-omnibus-proposed"] == ("pending", "2025-11-19")
    assert states["us-dpf-action-announced"] == ("announced", "2026-06-30")
    assert all(event.read_on for event in law().events if event.state)
    assert all(event.state for event in law().events if event.date > "2026-11-30")


def test_the_last_day_in_the_tables_is_there_as_an_event_too():
    last = max(row.valid_until for rows in law().regimes.values() for row in rows if row.valid_until)
    assert last == "2031-12-27"
    assert [event.id for event in law().events if event.date == last] == ["gb-adequacy-ends"]


def test_every_member_state_rests_on_the_treaty_and_not_on_our_own_review():
    members = [row for rows in law().regimes.values() for row in rows if row.id.endswith("-eu-member")]
    resting = {row.id for row in members if any(each.source == "graphsvc-law-review" for each in row.evidence)}
    assert (len(members), resting) == (28, set())


@pytest.mark.parametrize(
    ("country", "first"),
    [*((code, "2018-05-25") for code in ("SJ", "BL", "PM", "NC", "PF", "WF", "TF")), ("GI", "2026-07-15")],
)
def test_places_whose_law_is_in_doubt_are_unsettled_from_a_day_on_and_say_why(country: str, first: str):
    [row] = law().regimes_of(country, first)
    assert (row.kind, row.valid_from) == ("unsettled", first)
    assert row.note
    assert not law().is_inside(country, "2026-11-30")
    assert all(each.kind != "unsettled" for each in law().regimes_of(country, days_after(first, -1)))


def test_gibraltar_has_no_row_between_the_transition_and_the_agreement():
    days = ("2020-12-31", "2021-01-01", "2026-07-14", "2026-07-15")
    assert [[row.kind for row in law().regimes_of("GI", day)] for day in days] == [
        ["transition"],
        [],
        [],
        ["unsettled"],
    ]
