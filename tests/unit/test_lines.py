"""Lines: one flow towards one country, with what it rests on; and what is read off them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.answers.holders import holders
from graphsvc.answers.lines import Assessor, Line, Wanted, countries_of, lines_of, passages
from graphsvc.answers.network import EVERYBODY, Network, Scope
from graphsvc.answers.transfers import Filters, Totals, transfers
from graphsvc.model import (
    UNKNOWN,
    Basis,
    Evidence,
    Flow,
    Role,
    Status,
    basis_of,
    evidence_for,
    severity,
    weakest,
    worst,
)
from tests.builders import Entry, activity, evidence, flow, items, network, party, service

COUNTRIES = ["DE", "NL", "EEA", "GB", "US", "IN", UNKNOWN]
SERVICES = ["s1", "s2", "s3"]

places = st.lists(st.sampled_from(COUNTRIES), max_size=3, unique=True)
bases = st.sampled_from([basis.value for basis in Basis])


def some_network(flows: list[Entry], seat: str | None = "DE", on: str = "2022-06-01", **more: object) -> Network:
    """Services s1 to s3 of parties p1 to p3 that have their seat in one country."""
    return network(
        flows,
        [activity("a", "shop", ["client name", "client email-address"])],
        [service(name, name.replace("s", "p")) for name in SERVICES],
        [party("shop", "NL"), *(party(name.replace("s", "p"), seat, **more) for name in SERVICES)],
        on,
    )


def lines(found: Network, **filters: object) -> list[Line]:
    return list(transfers(found, Filters(frozenset(Status), **filters)))


@st.composite
def some_flows(draw: st.DrawFn) -> list[Entry]:
    """Flows in any direction, to any places, said on any basis."""
    return [
        flow(
            draw(st.sampled_from(["a", *SERVICES])),
            draw(st.sampled_from(SERVICES)),
            draw(st.sampled_from(Role)).value,
            id=f"f{number}",
            places=draw(places),
            seat_access=draw(st.booleans()),
            evidence=[evidence(f"page {number}", draw(bases))],
        )
        for number in range(draw(st.integers(1, 7)))
    ]


@pytest.mark.parametrize(
    ("said", "seat", "seat_access", "countries"),
    [
        (["DE"], "DE", True, ("DE",)),
        (["DE"], "US", True, ("DE", "US")),
        (["DE"], "US", False, ("DE",)),
        ([], "US", True, ("US", UNKNOWN)),
        ([], "US", False, (UNKNOWN,)),
        (["DE"], None, True, ("DE", UNKNOWN)),
        (["DE"], None, False, ("DE",)),
        ([], None, True, (UNKNOWN,)),
        (["US", UNKNOWN], "DE", True, ("DE", "US", UNKNOWN)),
    ],
)
def test_the_places_of_a_flow_are_those_named_and_the_seat(
    said: list[str], seat: str | None, seat_access: bool, countries: tuple[str, ...]
) -> None:
    one = flow("a", "s1", places=said, seat_access=seat_access)
    assert countries_of(some_network([one], seat), Flow.from_body(one)) == countries


@given(some_flows(), st.sampled_from(["DE", "US", None]))
def test_a_flow_has_a_line_for_each_country_outside_or_when_there_is_none_for_each_inside(
    flows: list[Entry], seat: str | None
) -> None:
    found = some_network(flows, seat)
    for passage in passages(found, found.activities[0]):
        told = lines_of(passage, Assessor(found), Wanted())
        countries = {line.country for line in told}
        inside = {country for country in countries_of(found, passage.flow) if found.law.is_inside(country, found.on)}
        outside = {*countries_of(found, passage.flow)} - inside
        assert countries == (outside or inside)
        assert len(told) == len(countries)
        assert [severity(line.status) for line in told] == sorted(severity(line.status) for line in told)
        assert {line.status is Status.INSIDE for line in told} == {not outside}


@given(some_flows(), st.sampled_from(["DE", "US", None]))
def test_totals_count_every_line_once(flows: list[Entry], seat: str | None) -> None:
    totals = Totals()
    told = lines(some_network(flows, seat))
    for line in told:
        totals.count(line)
    assert totals.lines == len(told) == totals.by_country.total()
    assert totals.by_status.keys() == {line.status for line in told}


@given(some_flows(), st.sets(st.sampled_from(Status)), st.sets(st.sampled_from(COUNTRIES)))
def test_filters_only_leave_out(flows: list[Entry], status: set[Status], countries: set[str]) -> None:
    found = some_network(flows, "US")
    told = [(line.passage.flow.id, line.country, line.status) for line in lines(found)]
    some = transfers(found, Filters(frozenset(status), frozenset(countries)))
    wanted = status or {*Status} - {Status.INSIDE}
    assert [(line.passage.flow.id, line.country, line.status) for line in some] == [
        line for line in told if (not countries or line[1] in countries) and line[2] in wanted
    ]


@given(some_flows())
def test_a_line_is_as_sure_as_the_weakest_fact_it_rests_on(flows: list[Entry]) -> None:
    for line in lines(some_network(flows, "US")):
        along = [basis_of(evidence_for(one.evidence, "to")) for one in line.chain]
        assert line.basis is weakest([*along, *map(basis_of, line.assessment.grounds)])
        assert line.basis is weakest(map(basis_of, line.grounds))
        assert len(set(line.sources)) == len(line.sources)
        assert set(line.sources) == {piece for ground in line.grounds for piece in ground}
        assert all(line.grounds)


@given(some_flows())
def test_who_holds_what_agrees_with_the_lines(flows: list[Entry]) -> None:
    found = some_network(flows, "US")
    told = lines(found)
    for holding in holders(found, Wanted()):
        own = [
            line
            for line in told
            if (line.passage.service.id, line.passage.flow.role) == (holding.service.id, holding.role)
        ]
        assert holding.items == frozenset().union(*(line.items for line in own))
        assert holding.status is worst(line.status for line in own)
        assert len(holding.shortest.chain) == min(len(line.chain) for line in own)
        assert {line.country for line in own} <= {*holding.countries}
        assert holding.activities == ["a"]


@pytest.mark.parametrize(
    ("category", "subject", "wanted"),
    [
        (None, None, ["client name", "client email-address", "employee salary", "unknown unknown"]),
        ("name", None, ["client name", "unknown unknown"]),
        ("identity-data", None, ["client name", "unknown unknown"]),
        ("personal-data", None, ["client name", "client email-address", "employee salary", "unknown unknown"]),
        (None, "customer", ["client name", "client email-address", "unknown unknown"]),
        ("contact-data", "employee", ["unknown unknown"]),
        ("financial-data", "employee", ["employee salary", "unknown unknown"]),
    ],
)
def test_what_is_wanted_is_a_word_with_its_narrower_ones_and_what_is_not_known(
    category: str | None, subject: str | None, wanted: list[str]
) -> None:
    all_items = items("client name", "client email-address", "employee salary", "unknown unknown")
    assert Wanted(category, subject).of(some_network([]), all_items) == items(*wanted)


def test_evidence_is_gathered_in_the_order_of_the_chain() -> None:
    flows = [
        flow("a", "s1", evidence=[evidence("first")]),
        flow("s1", "s2", places=["IN"], evidence=[evidence("second"), evidence("place", "inferred", about=["places"])]),
    ]
    line = next(line for line in lines(some_network(flows)) if line.country == "IN")
    assert [piece.locator for piece in line.sources if piece.source == "book"] == ["page 1", "first", "second", "place"]
    assert line.basis is Basis.INFERRED


def test_evidence_about_a_key_goes_before_evidence_about_the_whole_entry() -> None:
    whole, named = (
        Evidence("book", "page 1", Basis.STATED),
        Evidence("book", "page 2", Basis.ASSUMED, frozenset({"to"})),
    )
    assert evidence_for((whole, named), "to") == (named,)
    assert evidence_for((whole, named), "role") == (whole,)
    assert evidence_for((named,), "role") == ()


@pytest.mark.parametrize(
    ("found", "basis"),
    [
        ([], Basis.ASSUMED),
        ([Basis.STATED], Basis.STATED),
        ([Basis.STATED, Basis.PUBLIC_LIST], Basis.PUBLIC_LIST),
        ([Basis.STATED, Basis.ASSUMED, Basis.INFERRED], Basis.ASSUMED),
    ],
)
def test_the_weakest_basis_decides(found: list[Basis], basis: Basis) -> None:
    assert weakest(found) is basis


def test_statuses_are_ordered_worst_first() -> None:
    assert sorted(Status, key=severity) == [
        "uncovered",
        "lapsed",
        "unknown",
        "derogation",
        "adequate_if_covered",
        "inside_unconfirmed",
        "safeguarded",
        "adequate",
        "inside",
        "no_transfer",
    ]
    assert worst([Status.INSIDE, Status.UNKNOWN, Status.ADEQUATE]) is Status.UNKNOWN


def test_a_passage_knows_who_sends_and_who_receives() -> None:
    found = some_network([flow("a", "s1"), flow("s1", "s2")])
    first, second = passages(found, found.activities[0])
    assert (first.exporter.id, first.importer.id, first.service.id) == ("shop", "p1", "s1")
    assert (second.exporter.id, second.importer.id, second.service.id) == ("p1", "p2", "s2")
    with pytest.raises(ValueError):
        first.chain(items("patient health-data"))


@pytest.mark.parametrize(
    ("scope", "asked", "visible"),
    [
        (EVERYBODY, None, {"shop", "bakery"}),
        (EVERYBODY, ["shop"], {"shop"}),
        (Scope(frozenset({"shop"})), None, {"shop"}),
        (Scope(frozenset({"shop"})), ["shop", "bakery"], {"shop"}),
        (Scope(frozenset({"shop"})), ["bakery"], set()),
        (Scope(frozenset()), None, set()),
        (Scope(frozenset()), ["shop"], set()),
    ],
)
def test_a_question_only_narrows_a_scope(scope: Scope, asked: list[str] | None, visible: set[str]) -> None:
    narrowed = scope.narrowed_to(asked)
    assert {controller for controller in ("shop", "bakery") if controller in narrowed} == visible
