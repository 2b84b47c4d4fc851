"""What a flow has from the standard terms of the service that receives, and that they never make an answer worse."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.law.assess import assess
from graphsvc.law.case import Case
from graphsvc.law.inherited import under_terms
from graphsvc.model import Basis, Capacity, Flow, Party, Role, Service, severity
from tests.builders import Entry, evidence, filled, flow, law, party

TODAY = "2026-11-30"
M2, M3, OLD, SHIELD, DPF = "scc-2021-m2", "scc-2021-m3", "scc-2010-c2p", "eu-us-privacy-shield", "eu-us-dpf"


def a_service(**terms: Any) -> Service:
    """A service with standard terms."""
    named = {"title": "Processing terms", "applies": "by_itself", **terms}
    return Service.from_body(filled("services", {"id": "s", "terms": named}))


def a_flow(*tools: str, role: str = "processor", **more: Any) -> Flow:
    """A flow that names tools of its own."""
    return Flow.from_body(flow("a", "s", role, tools=[{"tool": tool} for tool in tools], **more))


def tools_of(found: Flow) -> list[tuple[str, bool, bool]]:
    """Each tool, whether it comes from the terms, and whether it stands in."""
    return [(each.tool, each.inherited, each.fallback) for each in found.tools]


CLAUSES = {"contract": "art28", "tools": [{"tool": M2}, {"tool": M3}]}
STANDING_IN = {"tools": [{"tool": M2, "fallback": True}]}


@pytest.mark.parametrize(
    ("terms", "since", "on", "applies"),
    [
        ({}, None, TODAY, True),
        ({"valid_from": "2026-11-30"}, None, TODAY, True),
        ({"valid_from": "2026-12-01"}, None, TODAY, False),
        ({"valid_until": "2026-11-30"}, None, TODAY, True),
        ({"valid_until": "2026-11-29"}, None, TODAY, False),
        ({"valid_from": "2020-01-01"}, "2026-11-30", TODAY, True),
        ({"valid_from": "2020-01-01"}, "2026-12-01", TODAY, False),
        ({"applies": "on_acceptance"}, None, TODAY, False),
        ({"applies": "on_acceptance"}, "2026-11-30", TODAY, True),
        ({"applies": "on_acceptance"}, "2026-12-01", TODAY, False),
        ({"applies": "on_acceptance", "valid_from": "2026-12-01"}, "2026-01-01", TODAY, False),
    ],
)
def test_terms_apply_from_their_day_on_and_where_they_need_an_act_from_that_day_on(
    terms: Entry, since: str | None, on: str, applies: bool
) -> None:
    sent = a_flow()
    found = under_terms(sent, a_service(**CLAUSES, **terms), since, on, law())
    assert (found is not sent) == applies
    if applies:
        begins = max(filter(None, (terms.get("valid_from"), since)), default=None)
        assert found.contract and found.contract.valid_from == begins
        assert {each.valid_from for each in found.tools} == {begins}


@pytest.mark.parametrize(
    ("own", "terms", "tools"),
    [
        ((), CLAUSES, [(M2, True, False), (M3, True, False)]),
        ((), STANDING_IN, [(M2, True, True)]),
        ((OLD,), CLAUSES, [(OLD, False, False)]),
        ((OLD,), STANDING_IN, [(OLD, False, False)]),
        (("uk-addendum",), STANDING_IN, [("uk-addendum", False, False)]),
        ((DPF,), CLAUSES, [(DPF, False, False)]),
        ((DPF,), STANDING_IN, [(DPF, False, False), (M2, True, True)]),
        ((SHIELD, DPF), STANDING_IN, [(SHIELD, False, False), (DPF, False, False), (M2, True, True)]),
        ((DPF, OLD), STANDING_IN, [(DPF, False, False), (OLD, False, False)]),
    ],
)
def test_a_flow_keeps_its_own_tools_and_only_lists_have_others_beside_them(
    own: tuple[str, ...], terms: Entry, tools: list[tuple[str, bool, bool]]
) -> None:
    assert tools_of(under_terms(a_flow(*own), a_service(**terms), None, TODAY, law())) == tools


@pytest.mark.parametrize(
    ("role", "kind", "has_it"),
    [
        ("processor", "art28", True),
        ("sub_processor", "art28", True),
        ("joint_controller", "art28", False),
        ("independent_controller", "art28", False),
        ("unknown", "art28", False),
        ("joint_controller", "art26", True),
        ("processor", "art26", False),
        ("independent_controller", "terms", True),
        ("processor", "none", False),
    ],
)
def test_a_contract_comes_to_whom_it_is_made_for(role: str, kind: str, has_it: bool) -> None:
    found = under_terms(a_flow(role=role), a_service(contract=kind, notice_days=14), None, TODAY, law())
    assert (found.contract is not None) == has_it
    if found.contract:
        assert (found.contract.inherited, found.contract.notice_days) == (True, 14)


def test_contract_and_tools_come_each_for_itself() -> None:
    with_contract = a_flow(contract={"kind": "none"})
    found = under_terms(with_contract, a_service(**CLAUSES), None, TODAY, law())
    assert found.contract == with_contract.contract
    assert [each.tool for each in found.tools] == [M2, M3]
    found = under_terms(a_flow(OLD), a_service(**CLAUSES), None, TODAY, law())
    assert found.contract and found.contract.inherited
    assert [each.tool for each in found.tools] == [OLD]


def test_that_terms_apply_is_no_more_than_inferred_from_where_they_are_said() -> None:
    said = [evidence("terms, section 4"), evidence("somebody's guess", "assumed")]
    found = under_terms(a_flow(), a_service(**CLAUSES, evidence=said), None, TODAY, law())
    facts = {(piece.locator, piece.basis) for each in found.tools for piece in each.evidence}
    assert facts == {("terms, section 4", Basis.INFERRED), ("somebody's guess", Basis.ASSUMED)}
    of_service = under_terms(a_flow(), a_service(**CLAUSES), None, TODAY, law())
    assert {piece.basis for each in of_service.tools for piece in each.evidence} == {Basis.INFERRED}


def answer(sent: Flow, on: str = TODAY, country: str = "US", exporter: Capacity = Capacity.CONTROLLER, **more: Any):
    """How a flow is assessed, to a recipient of whom nobody said that it is on a list."""
    importer = Party.from_body(party("importer", country, **more))
    return assess(Case(sent, exporter, importer, country, on, law()))


@pytest.mark.parametrize(
    ("own", "terms", "on", "more", "status", "inherited", "fallback"),
    [
        ((), CLAUSES, TODAY, {}, "safeguarded", True, False),
        ((), CLAUSES, TODAY, {"country": "AU"}, "safeguarded", True, False),
        ((), CLAUSES, TODAY, {"exporter": Capacity.PROCESSOR}, "safeguarded", True, False),
        ((), STANDING_IN, TODAY, {}, "safeguarded", True, True),
        ((SHIELD,), STANDING_IN, "2020-07-16", {}, "lapsed", False, False),
        ((SHIELD,), STANDING_IN, "2021-06-27", {}, "safeguarded", True, True),
        ((SHIELD,), {"tools": [{"tool": OLD}]}, "2020-07-16", {}, "lapsed", False, False),
        ((), {"tools": [{"tool": OLD}]}, TODAY, {}, "adequate_if_covered", False, False),
        ((), {"tools": [{"tool": M3}]}, TODAY, {}, "adequate_if_covered", False, False),
        ((), {"tools": [{"tool": M3}]}, TODAY, {"country": "IN"}, "uncovered", False, False),
        ((M3,), CLAUSES, TODAY, {"country": "IN"}, "uncovered", False, False),
        ((), CLAUSES, TODAY, {"country": "IN", "exporter": Capacity.UNKNOWN}, "unknown", False, False),
        ((), CLAUSES, TODAY, {"exporter": Capacity.UNKNOWN}, "adequate_if_covered", False, False),
        ((), CLAUSES, TODAY, {"country": "CH"}, "adequate", False, False),
    ],
)
def test_a_tool_from_terms_carries_where_it_fits_and_spoils_nothing_where_it_does_not(
    own: tuple[str, ...], terms: Entry, on: str, more: Entry, status: str, inherited: bool, fallback: bool
) -> None:
    found = answer(under_terms(a_flow(*own), a_service(**terms), None, on, law()), on, **more)
    assert (found.status, found.inherited, found.fallback) == (status, inherited, fallback), found.reason
    assert ("standard terms" in found.reason) == inherited


def test_the_reason_says_nothing_of_a_module_from_terms_that_is_for_other_roles() -> None:
    found = answer(under_terms(a_flow(), a_service(**CLAUSES), None, TODAY, law()))
    assert "module 2" in found.reason
    assert "module 3" not in found.reason


days = st.dates(datetime.date(2018, 5, 25), datetime.date(2032, 12, 31)).map(datetime.date.isoformat)
tools = st.sampled_from(sorted(law().tools))
some_terms = st.builds(
    lambda named, applies, begins: a_service(
        tools=[{"tool": tool, "fallback": fallback} for tool, fallback in named],
        applies=applies,
        contract="art28",
        **({"valid_from": begins} if begins else {}),
    ),
    st.lists(st.tuples(tools, st.booleans()), max_size=3),
    st.sampled_from(["by_itself", "on_acceptance"]),
    st.none() | days,
)
some_flows = st.builds(
    lambda named, role, abroad: a_flow(*named, role=role.value, importer_under_gdpr=abroad),
    st.lists(tools, max_size=2),
    st.sampled_from(Role),
    st.booleans(),
)


@given(
    some_flows,
    some_terms,
    st.none() | days,
    days,
    st.sampled_from(["US", "IN", "GB", "CA", "JP", "NL", "GI"]),
    st.sampled_from(Capacity),
)
def test_terms_never_make_an_answer_worse(
    sent: Flow, service: Service, since: str | None, on: str, country: str, exporter: Capacity
) -> None:
    with_terms = answer(under_terms(sent, service, since, on, law()), on, country, exporter)
    without = answer(sent, on, country, exporter)
    assert severity(with_terms.status) >= severity(without.status), (with_terms.reason, without.reason)
