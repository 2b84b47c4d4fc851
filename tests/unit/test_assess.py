"""The footing of one flow towards one country on one day: by the tables of the seed data, row by row."""

from __future__ import annotations

import datetime
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.law.assess import Assessment, assess
from graphsvc.law.case import Case
from graphsvc.law.tables import Law
from graphsvc.model import (
    INSIDE,
    UNKNOWN,
    UNKNOWN_PARTY,
    Act,
    Capacity,
    Flow,
    Party,
    Reach,
    RegimeKind,
    Reliance,
    Role,
    Sector,
    Shortfall,
    Status,
    Tool,
    ToolKind,
    severity,
)
from graphsvc.translation import translate
from tests.builders import Entry, evidence, flow, law, party

EU = frozenset({"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"}) | frozenset(
    {"IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"}
)
EEA = ["IS", "LI", "NO"]
TODAY = "2026-11-22"
ANY_PAIR = Tool("house-rules", "House rules", ToolKind.SAFEGUARD, "Art. 46(3)(a) GDPR", Act("Approval 7"))
"""A tool for every pair of roles, of no other register's law."""


def case_of(
    country: str,
    on: str,
    *tools: dict | str,
    role: str = "processor",
    exporter: Capacity = Capacity.CONTROLLER,
    sender: Entry | None = None,
    sent: Entry | None = None,
    tables: Law | None = None,
    more: Entry | None = None,
    **importer: object,
) -> Case:
    """A flow that names tools, to a party of a country, in front of the tables."""
    named = [{"tool": tool} if isinstance(tool, str) else tool for tool in tools]
    flowing = Flow.from_body(flow("a", "s", role, tools=named, **(sent or {})))
    receiving = Party.from_body(party("importer", None if country == UNKNOWN else country, **importer))
    sending = Party.from_body(sender or party("sender", "NL"))
    return Case(flowing, exporter, receiving, country, on, tables or law(), sending, **(more or {}))


def assessed(country: str, on: str, *tools: dict | str, **more: Any) -> Assessment:
    """The assessment of a flow that names tools."""
    return assess(case_of(country, on, *tools, **more))


def signed(tool: str, on: str | None = None, **more: object) -> dict:
    """That a tool is relied on, signed on a day."""
    return {"tool": tool, **({"concluded": on} if on else {}), **more}


# The law tables


@pytest.mark.parametrize("country", [*sorted(EU), *EEA])
def test_the_members_of_the_union_and_the_area_are_inside_from_the_first_day_on(country: str) -> None:
    for on in ("2018-05-25", "2018-07-19", "2018-07-20", "2020-02-01", TODAY, "2099-12-31"):
        assert assessed(country, on).status is Status.INSIDE


def test_the_union_has_27_members_today_and_nobody_else_is_one() -> None:
    members = {
        country
        for country, rows in law().regimes.items()
        if any(row.kind is RegimeKind.EU_MEMBER for row in law().regimes_of(country, TODAY)) and rows
    }
    assert members - {"EU"} == EU
    assert len(EU) == 27


@pytest.mark.parametrize(
    ("country", "steps"),
    [
        (
            "GB",
            [
                ("2018-05-25", "eu_member"),
                ("2020-02-01", "transition"),
                ("2021-06-28", "adequacy everyone"),
                ("2031-12-28", "nothing"),
            ],
        ),
        (
            "GI",
            [
                ("2018-05-25", "eu_territory"),
                ("2020-02-01", "transition"),
                ("2021-01-01", "nothing"),
                ("2026-07-15", "unsettled everyone"),
            ],
        ),
        (
            "US",
            [
                ("2018-05-25", "adequacy listed eu-us-privacy-shield"),
                ("2020-07-16", "nothing"),
                ("2023-07-10", "adequacy listed eu-us-dpf"),
            ],
        ),
        ("BR", [("2018-05-25", "nothing"), ("2026-01-26", "adequacy everyone")]),
        ("JP", [("2018-05-25", "nothing"), ("2019-01-23", "adequacy sectors")]),
        ("KR", [("2018-05-25", "nothing"), ("2021-12-17", "adequacy everyone")]),
        ("CA", [("2018-05-25", "adequacy sectors")]),
        ("CH", [("2018-05-25", "adequacy everyone")]),
        ("NO", [("2018-05-25", "eea_member")]),
        ("EEA", [("2018-05-25", "eea_member")]),
        ("IN", [("2018-05-25", "nothing")]),
        ("HU", [("2018-05-25", "eu_member")]),
    ],
)
def test_what_the_law_says_of_a_country_changes_on_these_days_only(country: str, steps: list[tuple[str, str]]) -> None:
    found: list[tuple[str, str]] = []
    day = datetime.date(2018, 5, 25)
    while day < datetime.date(2033, 1, 1):
        says = regime_on(country, day.isoformat())
        if not found or found[-1][1] != says:
            found.append((day.isoformat(), says))
        day += datetime.timedelta(days=1)
    assert found == steps


def regime_on(country: str, on: str) -> str:
    """What decides: the regime that is asked first."""
    regimes = law().regimes_of(country, on)
    inside = [regime for regime in regimes if regime.kind in INSIDE]
    for regime in inside or regimes:
        more = [] if regime.kind in INSIDE else [regime.reach.value, regime.listing]
        return " ".join(filter(None, [regime.kind.value, *more]))
    return "nothing"


def test_rows_of_one_country_follow_each_other_without_a_gap_and_overlap_only_where_the_answer_is_the_same() -> None:
    overlaps = set()
    for country, rows in law().regimes.items():
        ordered = sorted(rows, key=lambda row: row.valid_from)
        for earlier, later in pairwise(ordered):
            assert earlier.valid_until is not None, f"{country}: {earlier.id} never ends, yet {later.id} follows"
            if later.valid_from <= earlier.valid_until:
                overlaps.add((earlier.id, later.id))
                assert (earlier.kind, earlier.reach) == (later.kind, later.reach)
    assert overlaps == {("gb-adequacy-2025-extension", "gb-adequacy-2025-renewal")}


def test_gaps_between_rows_of_one_country_are_those_that_history_has() -> None:
    gaps = set()
    for country, rows in law().regimes.items():
        ordered = sorted(rows, key=lambda row: row.valid_from)
        for earlier, later in pairwise(ordered):
            first_without = next_day(earlier.valid_until)
            if first_without < later.valid_from and later.valid_from > "2018-05-25":
                gaps.add((country, first_without, later.valid_from))
    assert gaps == {("US", "2020-07-16", "2023-07-10"), ("GI", "2021-01-01", "2026-07-15")}


def next_day(day: str) -> str:
    return (datetime.date.fromisoformat(day) + datetime.timedelta(days=1)).isoformat()


def test_a_row_of_law_ends_after_it_begins_and_has_an_act_and_a_source() -> None:
    rows = [row for rows in law().regimes.values() for row in rows] + [*law().tools.values()]
    for row in rows:
        assert row.valid_from is None or row.valid_until is None or row.valid_from <= row.valid_until, row.id
        assert row.act.title, row.id
        assert row.evidence, row.id


def test_the_list_of_a_decision_is_in_force_on_the_days_of_the_decision() -> None:
    listed = [row for rows in law().regimes.values() for row in rows if row.listing]
    assert {row.listing for row in listed} == {
        tool.id for tool in law().tools.values() if tool.kind is ToolKind.ADEQUACY_LIST
    }
    for row in listed:
        tool = law().tools[row.listing]
        assert (tool.valid_from, tool.valid_until) == (row.valid_from, row.valid_until)


# One flow


@pytest.mark.parametrize(
    ("country", "on", "tools", "status"),
    [
        ("NL", TODAY, (), "inside"),
        ("NL", TODAY, ("eu-us-privacy-shield",), "inside"),
        ("RE", TODAY, (), "inside"),
        ("EEA", TODAY, (), "inside"),
        ("GB", "2020-12-31", (), "inside"),
        ("GB", "2021-01-01", (), "inside"),
        ("GB", "2021-06-28", (), "adequate"),
        ("GB", "2025-12-28", (), "adequate"),
        ("CH", TODAY, (), "adequate"),
        ("CH", TODAY, ("scc-2021-m2",), "adequate"),
        ("CH", TODAY, ("eu-us-privacy-shield",), "adequate"),
        ("BR", "2026-01-25", (), "uncovered"),
        ("BR", "2026-01-26", (), "adequate"),
        ("US", "2020-07-15", (), "adequate_if_covered"),
        ("US", "2020-07-16", (), "uncovered"),
        ("US", "2020-07-16", ("eu-us-privacy-shield",), "lapsed"),
        ("US", "2023-07-10", ("eu-us-privacy-shield",), "adequate_if_covered"),
        ("US", "2024-01-01", ("eu-us-dpf",), "adequate_if_covered"),
        ("US", "2024-01-01", ("eu-us-dpf", "scc-2021-m2"), "safeguarded"),
        ("US", "2024-01-01", ("art49-a",), "derogation"),
        ("IN", TODAY, (), "uncovered"),
        ("IN", TODAY, ("scc-2021-m2",), "safeguarded"),
        ("IN", TODAY, ("bcr-p",), "safeguarded"),
        ("IN", TODAY, ("bcr-c",), "uncovered"),
        ("IN", TODAY, ("art49-b",), "derogation"),
        ("IN", TODAY, ("art49-b", "scc-2010-c2p"), "derogation"),
        ("IN", TODAY, ("scc-2010-c2p",), "lapsed"),
        ("IN", TODAY, ("scc-2010-c2p", "scc-2021-m3"), "lapsed"),
        ("IN", TODAY, ("scc-2021-m3",), "uncovered"),
        ("IN", TODAY, ("eu-us-dpf",), "uncovered"),
        ("IN", TODAY, ("eu-us-privacy-shield",), "uncovered"),
        ("IN", TODAY, ("uk-idta",), "uncovered"),
        (UNKNOWN, TODAY, ("scc-2021-m2",), "unknown"),
    ],
)
def test_the_first_gate_that_decides_gives_the_status(
    country: str, on: str, tools: tuple[str, ...], status: str
) -> None:
    assert assessed(country, on, *tools).status == status


@pytest.mark.parametrize(
    ("role", "exporter", "fitting"),
    [
        ("processor", Capacity.CONTROLLER, "scc-2021-m2"),
        ("processor", Capacity.PROCESSOR, "scc-2021-m3"),
        ("sub_processor", Capacity.PROCESSOR, "scc-2021-m3"),
        ("sub_processor", Capacity.CONTROLLER, "scc-2021-m2"),
        ("joint_controller", Capacity.CONTROLLER, "scc-2021-m1"),
        ("independent_controller", Capacity.CONTROLLER, "scc-2021-m1"),
        ("independent_controller", Capacity.PROCESSOR, "scc-2021-m4"),
        ("authority", Capacity.CONTROLLER, "scc-2021-m1"),
        ("authority", Capacity.PROCESSOR, "scc-2021-m4"),
    ],
)
def test_each_module_fits_its_pair_of_roles_and_no_other(role: str, exporter: Capacity, fitting: str | None) -> None:
    for module in ("scc-2021-m1", "scc-2021-m2", "scc-2021-m3", "scc-2021-m4"):
        found = assessed("IN", TODAY, module, role=role, exporter=exporter)
        assert (found.status is Status.SAFEGUARDED) == (module == fitting)
        assert found.by_roles
        assert found.status is Status.SAFEGUARDED or "is not made for a transfer" in found.reason


@pytest.mark.parametrize(
    ("concluded", "on", "status"),
    [
        (None, "2021-09-26", "safeguarded"),
        (None, "2021-09-27", "unknown"),
        (None, "2022-12-27", "unknown"),
        (None, "2022-12-28", "lapsed"),
        ("2018-01-01", "2022-12-27", "safeguarded"),
        ("2021-09-26", "2021-09-26", "safeguarded"),
        ("2021-09-26", "2022-12-27", "safeguarded"),
        ("2021-09-27", "2021-09-27", "lapsed"),
        ("2021-09-27", "2022-12-27", "lapsed"),
        ("2021-03-01", "2021-02-28", "uncovered"),
        ("2021-03-01", "2021-03-01", "safeguarded"),
        ("2018-01-01", "2022-12-28", "lapsed"),
    ],
)
def test_old_clauses_hold_by_the_day_they_were_signed(concluded: str | None, on: str, status: str) -> None:
    assert assessed("IN", on, signed("scc-2010-c2p", concluded)).status == status


@pytest.mark.parametrize(
    ("tool", "date", "on", "recorded"),
    [
        ("scc-2010-c2p", None, "2020-07-15", None),
        ("scc-2010-c2p", "2020-01-01", "2020-07-15", None),
        ("scc-2010-c2p", None, "2020-07-16", False),
        ("scc-2010-c2p", "2020-07-16", "2020-07-16", True),
        ("scc-2010-c2p", "2020-07-17", "2020-07-16", False),
        ("scc-2021-m2", "2021-08-01", TODAY, True),
        ("bcr-p", None, TODAY, False),
    ],
)
def test_a_transfer_impact_assessment_is_recorded_or_missing_since_the_judgment(
    tool: str, date: str | None, on: str, recorded: bool | None
) -> None:
    more = {"transfer_impact_assessment": {"date": date}} if date else {}
    found = assessed("IN", on, signed(tool, **more))
    assert found.status is Status.SAFEGUARDED
    assert found.transfer_impact_assessment is recorded
    assert ("No transfer impact assessment" in found.reason) is (recorded is False)


@pytest.mark.parametrize(
    ("country", "on", "sector", "status"),
    [
        ("CA", TODAY, "commercial", "adequate"),
        ("CA", TODAY, "public", "uncovered"),
        ("CA", TODAY, None, "adequate_if_covered"),
        ("JP", TODAY, "commercial", "adequate"),
        ("JP", TODAY, "non_profit", "adequate"),
        ("JP", TODAY, "credit_information", "adequate"),
        ("JP", TODAY, "religious", "adequate_if_covered"),
        ("JP", TODAY, "press", "adequate_if_covered"),
        ("JP", TODAY, "academic", "adequate_if_covered"),
        ("JP", TODAY, "political", "adequate_if_covered"),
        ("JP", TODAY, "public", "uncovered"),
        ("JP", TODAY, None, "adequate_if_covered"),
        ("JP", "2019-01-22", "commercial", "uncovered"),
        ("KR", TODAY, "commercial", "adequate"),
        ("KR", TODAY, "credit_information", "adequate_if_covered"),
        ("KR", TODAY, "religious", "adequate_if_covered"),
        ("KR", TODAY, "political", "adequate_if_covered"),
        ("KR", TODAY, "press", "adequate"),
        ("KR", TODAY, "academic", "adequate"),
        ("CA", TODAY, "credit_information", "adequate"),
        ("BR", TODAY, "public_security", "uncovered"),
        ("BR", TODAY, "public", "adequate"),
        ("BR", TODAY, None, "adequate"),
    ],
)
def test_some_decisions_cover_some_kinds_of_organisation(
    country: str, on: str, sector: str | None, status: str
) -> None:
    assert assessed(country, on, **({"sector": sector} if sector else {})).status == status


@pytest.mark.parametrize(
    ("on", "status"),
    [
        ("2023-08-31", "adequate_if_covered"),
        ("2023-09-01", "adequate"),
        ("2024-08-31", "adequate"),
        ("2024-09-01", "lapsed"),
    ],
)
def test_dated_evidence_of_the_list_counts_on_its_days(on: str, status: str) -> None:
    days = {"valid_from": "2023-09-01", "valid_until": "2024-08-31"}
    shown = {"tool": "eu-us-dpf"} | days
    assert assessed("US", on, certifications=[shown]).status == status
    # What a flow relied on for a time says nothing of the list afterwards.
    of_flow = "adequate_if_covered" if status == "lapsed" else status
    assert assessed("US", on, shown | {"covered": True}).status == of_flow
    assert assessed("US", on, shown).status == "adequate_if_covered"


@pytest.mark.parametrize(
    ("country", "on", "tools", "act"),
    [
        ("US", "2018-05-25", (signed("eu-us-privacy-shield", covered=True),), "2016/1250"),
        ("US", "2020-07-16", (signed("eu-us-privacy-shield", covered=True),), "C-311/18"),
        ("US", "2024-01-01", (), "2023/1795"),
        ("US", "2024-01-01", ("scc-2021-m2",), "2021/914"),
        ("IN", "2022-12-28", ("scc-2010-c2p",), "2010/87"),
        ("GB", "2025-12-28", (), "2021/1772"),
        ("BR", TODAY, (), "2026/179"),
        ("IN", TODAY, ("art49-a",), "2016/679"),
    ],
)
def test_the_act_that_decided_is_named(country: str, on: str, tools: tuple, act: str) -> None:
    assert act in assessed(country, on, *tools).act


def test_what_nothing_decided_names_no_act() -> None:
    assert assessed("IN", TODAY).act is None
    assert assessed(UNKNOWN, TODAY).act is None


@pytest.mark.parametrize(
    ("importer", "says"),
    [
        (UNKNOWN_PARTY, "names the recipient"),
        (Party("somebody", "Somebody"), "where Somebody is established"),
        (Party("somebody", "Somebody", ("NL",)), "keeps or reads the data"),
    ],
)
def test_an_unknown_place_says_what_is_missing(importer: Party, says: str) -> None:
    sent = Flow.from_body(flow("a", "s"))
    found = assess(Case(sent, Capacity.CONTROLLER, importer, UNKNOWN, TODAY, law()))
    assert says in found.reason


@pytest.mark.parametrize(
    ("role", "exporter", "says"),
    [("unknown", Capacity.CONTROLLER, "the recipient"), ("processor", Capacity.UNKNOWN, "the sender")],
)
def test_clauses_between_roles_that_are_not_known_are_unknown(role: str, exporter: Capacity, says: str) -> None:
    found = assessed("IN", TODAY, "scc-2021-m2", role=role, exporter=exporter)
    assert found.status is Status.UNKNOWN
    assert says in found.reason
    assert found.by_roles


@pytest.mark.parametrize(
    ("tool", "exporter", "status"),
    [
        ("house-rules", Capacity.UNKNOWN, "safeguarded"),
        ("scc-2021-m1", Capacity.UNKNOWN, "uncovered"),
        ("scc-2021-m2", Capacity.UNKNOWN, "unknown"),
        ("scc-2021-m3", Capacity.UNKNOWN, "unknown"),
        ("scc-2021-m4", Capacity.UNKNOWN, "uncovered"),
        ("art49-a", Capacity.UNKNOWN, "derogation"),
    ],
)
def test_a_role_that_is_not_known_matters_only_where_it_could_decide(
    tool: str, exporter: Capacity, status: str
) -> None:
    tables = Law.of("more", [row for rows in law().regimes.values() for row in rows], [*law().tools.values(), ANY_PAIR])
    assert assessed("IN", TODAY, tool, exporter=exporter, tables=tables).status == status


def test_reasons_say_why_a_tool_has_lapsed() -> None:
    ended = signed("scc-2021-m2", valid_until="2023-01-01")
    assert "was relied on up to and including 1 January 2023" in assessed("IN", TODAY, ended).reason
    assert "up to and including 27 December 2022 only" in assessed("IN", TODAY, "scc-2010-c2p").reason
    assert "cannot be relied on before 27 June 2021" in assessed("IN", "2021-06-26", "scc-2021-m2").reason
    late = signed("scc-2010-c2p", "2021-10-01")
    assert "only contracts concluded up to and including 26 September 2021" in assessed("IN", "2022-01-01", late).reason
    assert "up to and including 15 July 2020 only" in assessed("US", TODAY, "eu-us-privacy-shield").reason


def test_reasons_say_why_what_is_named_does_not_help() -> None:
    assert assessed("IN", TODAY).reason.endswith("no transfer tool is named.")
    assert assessed("IN", TODAY, "scc-2021-m3").reason.endswith(
        "is not made for a transfer from a controller to a processor."
    )
    assert assessed("IN", TODAY, "eu-us-dpf").reason.endswith("says nothing of recipients in India.")
    assert assessed("IN", TODAY, "uk-idta").reason.endswith("for exporters there, and not of the GDPR.")
    assert assessed("IN", TODAY, "scc-2021-915").reason.endswith("is no tool for transfers under the GDPR.")


@pytest.mark.parametrize(
    ("tools", "carries"),
    [
        (("scc-2010-c2p", "scc-2021-m2"), "safeguarded"),
        (("scc-2010-c2p", "art49-b"), "derogation"),
        (("scc-2010-c2p", "adhoc"), "unknown"),
        (("scc-2010-c2p", "scc-2021-m3"), "lapsed"),
    ],
)
def test_what_is_named_and_does_not_carry_is_said_whatever_else_carries(tools: tuple[str, ...], carries: str) -> None:
    found = assessed("IN", TODAY, *tools)
    assert found.status == carries
    assert "up to and including 27 December 2022 only" in found.reason
    covered = assessed("CH", TODAY, *tools)
    assert covered.status == "adequate"
    assert "up to and including 27 December 2022 only" in covered.reason


def test_each_fact_that_decided_brings_its_own_evidence() -> None:
    assumed = signed("scc-2021-m2", evidence=[evidence("guess", "assumed")])
    relied_on, *rows = assessed("IN", TODAY, assumed).grounds
    assert [piece.locator for piece in relied_on] == ["guess"]
    assert {piece for row in rows for piece in row} <= set(law().tools["scc-2021-m2"].evidence)


def test_a_day_before_the_tables_begin_is_unknown_and_says_so() -> None:
    before = assessed("NL", "2018-05-24")
    assert (before.status, before.reason) == (
        Status.UNKNOWN,
        "The legal rules begin on 25 May 2018, so they say nothing of this day.",
    )
    assert assessed("NL", "2018-05-25").status is Status.INSIDE


def test_without_any_law_nothing_is_said() -> None:
    sent, importer = Flow.from_body(flow("a", "s", "processor")), Party.from_body(party("importer", "NL"))
    found = assess(Case(sent, Capacity.CONTROLLER, importer, "NL", TODAY, Law.of("", (), ())))
    assert found.status is Status.UNKNOWN
    assert found.reason == "The legal rules are empty, so they say nothing of this day."


def test_a_first_day_that_is_only_inferred_shows() -> None:
    found = assessed("IN", "2018-06-01", "scc-2004-c2c", role="independent_controller")
    assert found.status is Status.SAFEGUARDED
    assert frozenset({"valid_from"}) in {piece.about for ground in found.grounds for piece in ground}


# On any day


days = st.dates(datetime.date(2018, 5, 25), datetime.date(2032, 12, 31)).map(datetime.date.isoformat)
countries = st.sampled_from([*sorted(EU), *EEA, "EEA", "GB", "US", "IN", "BR", "CA", "JP", "KR", "CH", "GI", UNKNOWN])


def some(**facts: st.SearchStrategy[Any]) -> st.SearchStrategy[Entry]:
    """An entry with some of these facts."""
    return st.fixed_dictionaries({}, optional=facts)


reliances = st.builds(
    lambda tool, more: {"tool": tool, **more},
    st.sampled_from(sorted(law().tools)),
    some(
        valid_from=days,
        valid_until=days,
        concluded=days,
        covered=st.booleans(),
        fallback=st.booleans(),
        joint_activity=st.booleans(),
        authorised=st.builds(lambda day: {"day": day, "authority": "AP"}, days),
    ),
)
flows = st.builds(
    lambda role, tools, more: Flow.from_body(flow("a", "s", role.value, tools=tools, **more)),
    st.sampled_from(Role),
    st.lists(reliances, max_size=3),
    some(importer_under_gdpr=st.booleans(), condition=st.just("In a dispute"), valid_from=days),
)
certifications = st.builds(
    lambda tool, more: {"tool": tool, **more},
    st.sampled_from(["eu-us-dpf", "eu-us-privacy-shield"]),
    some(
        valid_from=days,
        valid_until=days,
        covers=st.sampled_from(["hr", "non_hr", ["hr", "non_hr"]]),
        asserted=st.builds(lambda more: {"by": "Vendor", **more}, some(day=days)),
    )
    | st.builds(lambda day, found: {"checked": day, "found": found}, days, st.booleans()),
)
parties = st.builds(
    lambda seat, sector, found: Party.from_body(
        party("p", seat, certifications=found, **({"sector": sector.value} if sector else {}))
    ),
    st.sampled_from(["US", "GB", "NL", "CH"]),
    st.none() | st.sampled_from(Sector),
    st.lists(certifications, max_size=3),
)
cases = st.builds(
    lambda sent, exporter, importer, country, on, sender, *flags: Case(
        sent, exporter, importer, country, on, law(), sender, *flags
    ),
    *(flows, st.sampled_from(Capacity), parties | st.just(UNKNOWN_PARTY), countries, days, parties),
    *(st.booleans(), st.booleans(), st.booleans(), st.booleans()),
)


@given(cases)
def test_every_flow_has_one_status_on_every_day_and_is_inside_exactly_where_the_tables_say_so(case: Case) -> None:
    found = assess(case)
    assert isinstance(found.status, Status)
    assert found.status not in {Status.INSIDE_UNCONFIRMED, Status.NO_TRANSFER}
    assert (found.status is Status.INSIDE) == law().is_inside(case.country, case.on)
    assert (found.transfer_impact_assessment is None) or found.status is Status.SAFEGUARDED
    assert found.reason.endswith(".")
    assert (found.act is None) == (found.status in {Status.UNCOVERED, Status.UNKNOWN})
    assert translate(found.reason, "nl").endswith(".")
    known = {row.id for rows in law().regimes.values() for row in rows} | law().tools.keys()
    assert set(found.rows) <= known
    if case.country == UNKNOWN:
        assert found.status is Status.UNKNOWN


@given(cases)
def test_what_is_not_in_order_says_what_is_missing(case: Case) -> None:
    found = assess(case)
    if found.status in {Status.UNCOVERED, Status.LAPSED}:
        assert found.shortfalls == {Shortfall.SAFEGUARD_MISSING}
    elif found.status is Status.ADEQUATE_IF_COVERED:
        assert len(found.shortfalls & {Shortfall.LIST_NOT_CHECKED, Shortfall.ONWARD_TRANSFER}) == 1
    elif found.status is Status.SAFEGUARDED:
        assert (Shortfall.ASSESSMENT_MISSING in found.shortfalls) == (found.transfer_impact_assessment is False)
    elif found.status in {Status.ADEQUATE, Status.INSIDE}:
        assert not found.shortfalls


@given(cases)
def test_the_order_of_tools_and_entries_does_not_matter(case: Case) -> None:
    turned = replace(
        case,
        flow=replace(case.flow, tools=case.flow.tools[::-1]),
        importer=replace(case.importer, certifications=case.importer.certifications[::-1]),
    )
    one, other = assess(case), assess(turned)
    assert (one.status, one.transfer_impact_assessment) == (other.status, other.transfer_impact_assessment)
    assert (one.act, one.shortfalls) == (other.act, other.shortfalls)


@given(cases)
def test_without_any_law_every_place_is_unknown_or_without_a_decision(case: Case) -> None:
    found = assess(replace(case, law=Law.of("none", [], law().tools.values())))
    assert found.status not in {Status.INSIDE, Status.ADEQUATE, Status.ADEQUATE_IF_COVERED}


@given(cases, reliances)
def test_one_more_tool_makes_nothing_worse_but_where_it_leaves_open_what_was_settled(case: Case, more: Entry) -> None:
    """What is named decides where nobody spoke of the list, or is known abroad; and an open tool leaves all open."""
    added = Reliance.from_body(more)
    before, after = assess(case), assess(replace(case, flow=replace(case.flow, tools=(*case.flow.tools, added))))
    by_list = any(regime.reach is Reach.LISTED for regime in case.decisions)
    if not (by_list or case.processed_abroad) and after.status is not Status.UNKNOWN:
        assert severity(after.status) >= severity(before.status), (before.reason, after.reason)
    if before.status in {Status.INSIDE, Status.ADEQUATE, Status.SAFEGUARDED} and added.covered is not False:
        assert severity(after.status) >= severity(before.status), (before.reason, after.reason)


@given(cases)
def test_a_decision_never_makes_an_answer_worse(case: Case) -> None:
    regimes = [row for rows in law().regimes.values() for row in rows]
    decided = [row for row in regimes if row.country == case.country and row.kind is RegimeKind.ADEQUACY]
    without = Law.of("fewer", [row for row in regimes if row not in decided], law().tools.values())
    with_it, without_it = assess(case), assess(replace(case, law=without))
    assert severity(with_it.status) >= severity(without_it.status), (with_it.reason, without_it.reason)


def test_a_changed_table_changes_the_answer_and_nothing_else() -> None:
    tables = law()
    annulled = [
        replace(row, valid_until="2027-01-31") if row.id == "us-dpf" else row
        for rows in tables.regimes.values()
        for row in rows
    ]
    changed = Law.of("annulled", annulled, tables.tools.values())
    sent = Flow.from_body(flow("a", "s"))
    importer = Party("p", "P", ("US",))
    for on, status in (("2027-01-31", Status.ADEQUATE_IF_COVERED), ("2027-02-01", Status.UNCOVERED)):
        assert assess(Case(sent, Capacity.CONTROLLER, importer, "US", on, changed)).status is status
        assert assess(Case(sent, Capacity.CONTROLLER, importer, "US", on, tables)).status is Status.ADEQUATE_IF_COVERED
