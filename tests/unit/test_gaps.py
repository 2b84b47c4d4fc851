"""Gaps: what is missing, whose task it is, how much it weighs, and since when the law asks for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.answers.gaps import plain as plain_gaps
from graphsvc.answers.gaps.gap import HEAVIEST, Gap
from graphsvc.answers.gaps.worklist import gaps
from graphsvc.model import GAPS, SILENCES, Capacity, Role, Shortfall
from graphsvc.translation import LANGUAGES, gettext
from tests.builders import SOURCE, Entry, activity, evidence, flow, law, network, party, seed, service

READ = {"id": SOURCE, "title": "The book", "publisher": "Somebody", "date": "2022-01-01"}
AGREED = {"kind": "art28", "title": "Agreement", "date": "2020-01-01"}
SHOP = party("shop", "NL", contact="By post", officer={"appointed": False}, measures=[{"text": "A lock"}])
PARTIES = [SHOP, party("nl-company", "NL"), party("us-company", "US"), party("other", "NL")]
SERVICES = [service("host", "nl-company"), service("stats", "us-company"), service("odd")]


def whole(**more: Any) -> Entry:
    """An activity that lacks nothing."""
    known = {
        "purposes": ["newsletter"],
        "legal_bases": [{"id": "consent"}],
        "retention": [{"what": "all", "kind": "exact", "period": "P1Y"}],
    }
    return activity("news", "shop", more.pop("data", ["customer email-address"]), **(known | more))


def to(recipient: str, *places: str, role: str = "processor", **more: Any) -> Entry:
    found = {"places": [*places]} if places else {}
    return flow("news", recipient, role, **(found | {"contract": AGREED} | more))


FINE = [to("host", "NL")]


def found(flows: Iterable[Entry] = FINE, age: str = "P2Y", **more: Any) -> list[Gap]:
    given = {"activities": [whole()], "services": SERVICES, "parties": PARTIES, "sources": [READ]} | more
    return gaps(network(flows, **given), age)


def kinds(flows: Iterable[Entry] = FINE, **more: Any) -> set[str]:
    return {str(gap.kind) for gap in found(flows, **more)}


def one(kind: str, flows: Iterable[Entry] = FINE, **more: Any) -> Gap:
    [gap] = [gap for gap in found(flows, **more) if gap.kind == kind]
    return gap


def test_what_lacks_nothing_has_no_gaps():
    assert found() == []


@pytest.mark.parametrize(
    ("flows", "expected"),
    [
        ([to("odd", "NL", seat_access=False)], {"recipient_unnamed"}),
        ([to("odd")], {"recipient_unnamed", "place_unknown"}),
        ([to("odd", "NL", role="authority", seat_access=False)], set()),
        ([to("host")], {"place_unknown"}),
        ([to("host", "NL", role="unknown")], {"role_unknown"}),
        ([to("host", "NL", contract={"kind": "none"})], {"contract_missing"}),
        ([to("host", "NL", contract=AGREED | {"valid_until": "2021-01-01"})], {"contract_missing"}),
        ([to("host", "NL", contract={"kind": "terms"})], {"contract_not_recorded"}),
        ([flow("news", "host", places=["NL"])], {"contract_not_recorded"}),
        ([to("host", "NL", role="joint_controller")], {"arrangement_missing"}),
        ([to("host", "NL", role="joint_controller", contract={"kind": "art26"})], set()),
        ([to("host", "NL", role="independent_controller", contract={"kind": "none"})], set()),
        ([to("stats", "US")], {"safeguard_missing"}),
        ([to("stats", "US", tools=[{"tool": "scc-2021-m2"}])], {"assessment_missing"}),
        (
            [to("stats", "US", tools=[{"tool": "scc-2021-m2", "transfer_impact_assessment": {"date": "2022-01-01"}}])],
            set(),
        ),
        ([to("host", "NL", carries=["customer email-address", "customer name"])], {"widening"}),
        ([], {"recipients_missing"}),
    ],
)
def test_what_a_flow_lacks(flows: list[Entry], expected: set[str]):
    assert kinds(flows) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"legal_bases": []}, {"legal_basis_missing"}),
        ({"purposes": []}, {"purposes_missing"}),
        ({"retention": []}, {"retention_missing"}),
        ({"retention": [{"what": "all", "kind": "not_stated"}]}, {"retention_missing"}),
        ({"retention": [{"what": "all", "kind": "criteria"}]}, set()),
        ({"data": []}, {"data_missing"}),
        ({"data": ["customer health-data"]}, {"special_condition_missing"}),
        ({"data": ["customer health-data"], "special_conditions": [{"id": "explicit-consent"}]}, set()),
        ({"data": ["customer criminal-conviction"]}, {"criminal_ground_missing"}),
        (
            {"data": ["customer criminal-conviction"], "legal_bases": [{"id": "consent"}, {"id": "authorised-by-law"}]},
            set(),
        ),
        ({"acts_as": "processor"}, {"controllers_missing"}),
        ({"acts_as": "processor", "on_behalf_of": ["other"]}, set()),
        ({"acts_as": "processor", "on_behalf_of": ["other"], "legal_bases": [], "retention": []}, set()),
        ({"evidence": [evidence(basis="assumed")]}, {"rests_on_assumed"}),
    ],
)
def test_what_a_record_lacks(change: dict[str, Any], expected: set[str]):
    assert kinds(activities=[whole(**change)]) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"contact": None}, {"contact_missing"}),
        ({"officer": None}, {"officer_not_recorded"}),
        ({"measures": None}, {"measures_missing"}),
        ({"established_in": ["US"]}, {"representative_missing"}),
        ({"established_in": ["US"], "representative": "Someone in the Union"}, set()),
        ({"established_in": ["US", "IE"]}, set()),
    ],
)
def test_what_the_record_says_of_the_party(change: dict[str, Any], expected: set[str]):
    shop = {key: value for key, value in (SHOP | change).items() if value is not None}
    assert kinds(parties=[shop, *PARTIES[1:]]) == expected


# Sub-processors

ON = flow("host", "stats", "sub_processor", places=["NL"], seat_access=False, contract=AGREED)


@pytest.mark.parametrize(
    ("published", "more", "expected"),
    [
        (None, {}, "no_list"),
        ({"complete": "yes"}, {}, "no_notice"),
        ({"complete": "yes", "notice_days": 30}, {}, None),
        (None, {"announced": "2022-01-01"}, None),
    ],
)
def test_sub_processors_that_nobody_announced(published: Entry | None, more: Entry, expected: str | None):
    host = service("host", "nl-company", **({"sub_processor_list": published} if published else {}))
    lacking = found([*FINE, ON | more], services=[host, *SERVICES[1:]])
    assert {(gap.kind, gap.about, gap.detail.key) for gap in lacking} == (
        {("sub_processors_unannounced", "host", expected)} if expected else set()
    )


def test_the_notice_of_the_contract_above_counts():
    published = service("host", "nl-company", sub_processor_list={"complete": "yes"})
    above = [to("host", "NL", contract=AGREED | {"notice_days": 14}), ON]
    assert kinds(above, services=[published, *SERVICES[1:]]) == set()


@pytest.mark.parametrize(("complete", "is_gap"), [("yes", False), ("no", True), ("unknown", True)])
def test_a_published_list_that_is_not_whole(complete: str, is_gap: bool):
    published = service("host", "nl-company", sub_processor_list={"complete": complete, "notice_days": 10})
    assert ("list_incomplete" in kinds(services=[published, *SERVICES[1:]])) is is_gap


def test_what_one_sender_passes_on_without_papers_is_one_question():
    onward = [flow("host", f"s{n}", "sub_processor", places=["NL"], contract={"kind": "none"}) for n in range(3)]
    known = [service(f"s{number}", "nl-company") for number in range(3)]
    gap = one("contract_missing", [*FINE, *onward], services=[*SERVICES, *known])
    assert (gap.about, gap.is_behind, gap.things, len(gap.flows)) == ("host", True, 3, 3)
    assert gap.requirement.article == "Art. 28(4) GDPR"


# Articles, weights, days


@pytest.mark.parametrize(
    ("kind", "who", "article"),
    [
        ("recipient_unnamed", "C", "Art. 13(1)(e) and Art. 30(1)(d) GDPR"),
        ("contract_missing", "C", "Art. 28(3) GDPR"),
        ("contract_missing", "P", "Art. 28(4) GDPR"),
        ("retention_missing", "C", "Art. 5(1)(e) and Art. 30(1)(f) GDPR"),
        ("measures_missing", "C", "Art. 30(1)(g) and Art. 32(1) GDPR"),
        ("measures_missing", "P", "Art. 30(2)(d) and Art. 32(1) GDPR"),
        ("controllers_missing", "P", "Art. 30(2)(a) GDPR"),
        ("contact_missing", "P", "Art. 30(2)(a) GDPR"),
        ("representative_missing", "C", "Art. 27(1) and Art. 30(1)(a) GDPR"),
        ("arrangement_missing", "C", "Art. 26(1) GDPR"),
    ],
)
def test_each_kind_names_its_article(kind: str, who: str, article: str):
    assert law().requirement(Shortfall(kind), Capacity(who), "2026-01-01").article == article


def test_every_kind_has_a_row_of_law_and_none_is_asked_before_the_gdpr_applies():
    rows = {row.kind for row in law().requirements if row.kind}
    assert rows == {*GAPS, *SILENCES, Shortfall.UNTRUE_CLAIM}
    assert min(row.valid_from for row in law().requirements) == "2018-05-25"
    asked = [(row.kind or row.id, row.who, row.applies_in) for row in law().requirements]
    assert len(set(asked)) == len(asked)


def test_nothing_is_missing_before_anybody_asks_for_it():
    bad = [to("odd"), flow("news", "host")]
    nothing = [activity("news", "shop")]
    assert found(bad, activities=nothing, on="2018-05-24") == []
    assert found(bad, activities=nothing, on="2018-05-25") != []


@pytest.mark.parametrize(("on", "is_gap"), [("2020-07-15", False), ("2020-07-16", True)])
def test_an_assessment_is_missing_from_the_day_it_is_needed(on: str, is_gap: bool):
    rests = to("stats", "US", tools=[{"tool": "scc-2010-c2p", "concluded": "2019-01-01"}])
    assert ("assessment_missing" in kinds([rests], on=on)) is is_gap


def test_a_contract_that_is_not_there_is_heavier_than_one_that_is_not_recorded():
    none, unknown = (one(kind, [to("host", "NL", contract=c)]) for kind, c in PAPERS)
    assert none.weight > unknown.weight


PAPERS = (("contract_missing", {"kind": "none"}), ("contract_not_recorded", {"kind": "terms"}))


def test_delicate_data_weighs_one_more():
    plain = one("retention_missing", activities=[whole(retention=[])])
    delicate = one("retention_missing", activities=[whole(retention=[], data=["employee email-address"])])
    assert (delicate.weight, delicate.stakes) == (plain.weight + 1, ("vulnerable",))


def test_the_heaviest_come_first():
    lacking = found([to("odd")], activities=[whole(legal_bases=[], retention=[])], age="P1D")
    weights = [gap.weight for gap in lacking]
    assert weights == sorted(weights, reverse=True)
    assert (weights[0], lacking[0].kind) == (HEAVIEST, "legal_basis_missing")


# What facts rest on


@pytest.mark.parametrize(
    ("source", "age", "expected"),
    [
        ({"date": "2020-06-01"}, "P2Y", "source_old"),
        ({"date": "2020-06-02"}, "P2Y", None),
        ({"date": "2020-06-01"}, "P3Y", None),
        ({"date": "2010-01-01", "read_on": "2022-05-01"}, "P2Y", None),
        ({"date": "2022-01-01", "read_on": "2019-05-01"}, "P2Y", "source_old"),
        ({}, "P2Y", "source_undated"),
        ({"date": "2010-01-01", "kind": "law"}, "P2Y", None),
    ],
)
def test_how_old_a_source_may_be(source: Entry, age: str, expected: str | None):
    book = {"id": SOURCE, "title": "The book", "publisher": "Somebody"} | source
    assert kinds(sources=[book], age=age) == ({expected} if expected else set())


def test_facts_that_nobody_said_show_where_they_are_assumed():
    guess = [SHOP, party("nl-company", "NL", evidence=[evidence("guess", "assumed")]), *PARTIES[2:]]
    gap = one("rests_on_assumed", parties=guess)
    assert (gap.about, [source.locator for source in gap.sources]) == ("host", ["guess"])


# The words


def plainly(gap: Gap, language: str = "en") -> dict[str, Any]:
    return plain_gaps.gap(network(FINE, parties=PARTIES, services=SERVICES), gap, language, "P2Y")


def test_a_gap_says_what_is_missing_what_to_do_and_why_in_both_languages():
    gap = one("contract_missing", [to("host", "NL", contract={"kind": "none"})])
    told = {language: plainly(gap, language) for language in LANGUAGES}
    assert told["en"]["what"] == (
        "host (nl-company) is a processor of shop, and no processing agreement is in force "
        "(the source says that there is none)."
    )
    assert "geen verwerkersovereenkomst" in told["nl"]["what"]
    assert told["en"].keys() == told["nl"].keys()
    assert all(told["en"][key] == told["nl"][key] for key in told["en"].keys() - {"what", "to_do", "why"})


@pytest.mark.parametrize("kind", GAPS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_its_words(kind: Shortfall, language: str):
    for part in ("to_do", "why"):
        assert gettext(language, f"gaps.{kind}.{part}")


def test_the_reason_of_a_weight_says_what_raised_it():
    gap = one("retention_missing", activities=[whole(retention=[], data=["employee health-data"])])
    assert "special categories of data (Art. 9), vulnerable people" in plainly(gap)["why"]


def test_a_processor_has_gaps_on_behalf_of_its_clients():
    gap = one("place_unknown", [to("host")], activities=[whole(acts_as="processor", on_behalf_of=["other"])])
    assert "shop (on behalf of clients)" in plainly(gap)["what"]
    assert plainly(gap)["article"] == "Art. 30(2)(c) and Art. 44 GDPR"


def test_the_seed_data_can_be_told_in_both_languages_without_a_place_left_open():
    every = network(
        seed("flows"), seed("activities"), seed("services"), seed("parties"), "2026-11-22", sources=seed("sources")
    )
    lacking = gaps(every, "P2Y")
    assert {gap.controller.id for gap in lacking} == {"perfacilis", "perfony", "connectis", "itfixe", "infactor"}
    assert len({gap.id for gap in lacking}) == len(lacking)
    for gap in lacking:
        for language in LANGUAGES:
            what = plain_gaps.gap(every, gap, language, "P2Y")["what"]
            assert "{" not in what
            assert "  " not in what
            assert "()" not in what


# Laws for all inputs

links = st.lists(
    st.tuples(st.sampled_from(["news", "a", "b", "c"]), st.sampled_from("abc"), st.sampled_from(Role), st.booleans()),
    max_size=8,
)


@given(links)
def test_every_gap_names_flows_that_exist_and_a_chain_of_them_and_none_is_told_twice(links: list):
    flows = [
        flow(sender, target, role.value, id=f"f{n}", **({"places": ["NL"]} if known else {}))
        for n, (sender, target, role, known) in enumerate(links)
    ]
    there = {entry["id"]: entry for entry in flows}
    lacking = found(flows)
    assert len({gap.id for gap in lacking}) == len(lacking)
    for gap in lacking:
        assert set(gap.flows) <= there.keys()
        assert 1 <= gap.weight <= HEAVIEST
        before = "news"
        for step in gap.chain:
            assert (step.sender, step.recipient) == (before, there[step.flow]["to"])
            before = step.recipient
