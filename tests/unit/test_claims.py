"""Claims against facts: what each kind of claim asks, and what silence means."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.answers.claims.facts import Fact
from graphsvc.answers.claims.findings import Finding, findings
from tests.builders import SOURCE, Entry, activity, evidence, flow, network, party, service

PARTIES = [
    party("shop", "NL"),
    party("nl-company", "NL"),
    party("ie-company", "IE"),
    party("us-company", "US"),
    party("nowhere-company"),
]
SERVICES = [
    service("nl-host", "nl-company"),
    service("ie-mail", "ie-company"),
    service("us-stats", "us-company"),
    service("odd", "nowhere-company"),
    service("own", "shop"),
]
NEWS = activity("news", "shop", ["customer email-address"], purposes=["newsletter"])


def claim(check: Entry | None = None, **more: object) -> Entry:
    said = {"id": "claim", "party": "shop", "text": "What it says", "evidence": [evidence("claims page")]}
    return said | ({"check": check} if check else {}) | more


def found(flows: Iterable[Entry], claims: Iterable[Entry] = (), **more: object) -> list[Finding]:
    given = {"activities": [NEWS], "services": SERVICES, "parties": PARTIES, "sources": [{"id": SOURCE}]} | more
    given["sources"] = [{"title": each["id"], "publisher": "somebody"} | each for each in given["sources"]]
    return findings(network(flows, claims=claims, **given))


def of_claim(flows: Iterable[Entry], check: Entry, **more: object) -> Finding:
    [finding] = [each for each in found(flows, [claim(check)], **more) if each.kind == "claim"]
    return finding


def verdict(flows: Iterable[Entry], check: Entry, **more: object) -> str:
    return of_claim(flows, check, **more).verdict


def who(facts: Iterable[Fact]) -> set[str]:
    """The recipients, activities, tools or countries that facts are about."""
    return {f.service.id if f.service else f.tool or f.country or f.activities[0] for f in facts}


def to(recipient: str, *places: str, role: str = "processor", **more: object) -> Entry:
    return flow("news", recipient, role, **({"places": [*places]} if places else {}), **more)


@pytest.mark.parametrize(
    ("check", "flows", "expected"),
    [
        ({"kind": "no_third_country"}, [to("nl-host", "NL")], "holds"),
        ({"kind": "no_third_country"}, [to("us-stats", "NL")], "contradicted"),
        ({"kind": "no_third_country"}, [to("us-stats", "NL", seat_access=False)], "holds"),
        ({"kind": "no_third_country"}, [to("nl-host", "NL"), to("nobody")], "cannot_tell"),
        ({"kind": "no_third_country"}, [to("nobody"), to("us-stats", "US")], "contradicted"),
        ({"kind": "no_third_country"}, [to("nl-host", "NL"), flow("nl-host", "us-stats")], "contradicted"),
        ({"kind": "only_countries", "countries": ["NL"]}, [to("nl-host", "NL")], "holds"),
        ({"kind": "only_countries", "countries": ["NL"]}, [to("nl-host", "NL", "IE")], "contradicted"),
        ({"kind": "only_countries", "countries": ["NL"]}, [to("nl-host", "EEA")], "cannot_tell"),
        ({"kind": "only_countries", "countries": ["EEA"]}, [to("nl-host", "IE")], "holds"),
        ({"kind": "only_countries", "countries": ["US"]}, [to("nl-host", "EEA", seat_access=False)], "contradicted"),
        ({"kind": "only_countries", "countries": ["NL"], "parties": ["nl-company"]}, [to("odd")], "contradicted"),
        ({"kind": "no_recipient", "parties": ["us-company"]}, [to("nl-host")], "holds"),
        ({"kind": "no_recipient", "parties": ["us-company"]}, [to("us-stats")], "contradicted"),
        ({"kind": "no_recipient", "services": ["us-stats"]}, [to("nobody")], "cannot_tell"),
        ({"kind": "only_recipients", "services": ["nl-host"]}, [to("nl-host"), to("own")], "holds"),
        ({"kind": "only_recipients", "services": ["nl-host"]}, [to("nl-host"), to("us-stats")], "contradicted"),
        ({"kind": "only_recipients", "services": ["nl-host"]}, [to("odd", role="authority")], "holds"),
        ({"kind": "only_recipients", "services": ["nl-host"]}, [to("nobody", role="unknown")], "cannot_tell"),
        ({"kind": "only_recipients", "services": ["nl-host"]}, [to("nobody")], "contradicted"),
        (
            {"kind": "only_recipients", "services": ["nl-host"]},
            [to("nl-host"), flow("nl-host", "us-stats", "sub_processor")],
            "holds",
        ),
        ({"kind": "no_data", "categories": ["contact-data"]}, [], "contradicted"),
        ({"kind": "no_data", "categories": ["ip-address"]}, [], "holds"),
        ({"kind": "no_data", "categories": ["contact-data"], "services": ["odd"]}, [to("nl-host")], "holds"),
        ({"kind": "no_data", "categories": ["contact-data"], "services": ["odd"]}, [to("odd")], "contradicted"),
        ({"kind": "no_tracking", "purposes": ["marketing"]}, [], "contradicted"),
        ({"kind": "no_tracking", "purposes": ["profiling"]}, [to("nl-host")], "holds"),
        ({"kind": "no_tracking", "purposes": ["profiling"]}, [to("odd", role="independent_controller")], "cannot_tell"),
        ({"kind": "no_tracking", "categories": ["email-address"]}, [], "contradicted"),
        ({"kind": "only_purposes", "purposes": ["direct-marketing"]}, [to("nl-host")], "holds"),
        ({"kind": "only_purposes", "purposes": ["security"]}, [], "contradicted"),
        (
            {"kind": "only_purposes", "purposes": ["newsletter"]},
            [to("odd", role="independent_controller")],
            "contradicted",
        ),
        ({"kind": "only_purposes", "purposes": ["newsletter"]}, [to("odd", role="unknown")], "cannot_tell"),
        ({"kind": "third_country", "countries": ["US"]}, [], "holds"),
        ({"kind": "third_country", "countries": ["US", "NO"]}, [], "contradicted"),
        ({"kind": "lawful_transfers"}, [to("nl-host", "NL")], "holds"),
        ({"kind": "lawful_transfers"}, [to("us-stats", "US")], "contradicted"),
        ({"kind": "lawful_transfers"}, [to("odd")], "contradicted"),
    ],
)
def test_what_the_facts_say_of_a_claim(check: Entry, flows: list[Entry], expected: str):
    assert verdict(flows, check) == expected


def kept(*rows: tuple[str, str | None]) -> list[Entry]:
    row = [{"what": "mail", "kind": kind} | ({"period": period} if period else {}) for kind, period in rows]
    return [activity("news", "shop", ["customer email-address"], retention=row)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], "cannot_tell"),
        ([("exact", "P1Y")], "holds"),
        ([("exact", "P12M")], "holds"),
        ([("maximum", "P10D")], "holds"),
        ([("exact", "P10D")], "contradicted"),
        ([("exact", "P1Y"), ("exact", "P10D")], "holds"),
        ([("exact", "P1Y"), ("exact", "P2Y")], "contradicted"),
        ([("exact", "P365D")], "cannot_tell"),
        ([("event", None)], "cannot_tell"),
        ([("not_stated", None)], "cannot_tell"),
    ],
)
def test_how_long_data_is_kept_against_how_long_is_claimed(rows: list[tuple[str, str | None]], expected: str):
    assert verdict([], {"kind": "retention", "period": "P1Y"}, activities=kept(*rows)) == expected


SHIELD = {"kind": "relies_on", "tool": "eu-us-privacy-shield", "services": ["us-stats"]}
ON_SHIELD = to("us-stats", "US", tools=[{"tool": "eu-us-privacy-shield", "covered": True}])


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2018-05-25", "holds"),
        ("2020-07-15", "holds"),
        ("2020-07-16", "contradicted"),
        ("2024-01-01", "contradicted"),
        ("2018-05-24", "cannot_tell"),
    ],
)
def test_a_tool_can_be_relied_on_while_it_is_in_force(on: str, expected: str):
    assert verdict([ON_SHIELD], SHIELD, on=on) == expected


def test_the_act_that_ended_the_tool_decides_and_not_the_one_that_covers_the_country_since():
    [fact] = of_claim([ON_SHIELD], SHIELD, on="2024-01-01").against
    assert "C-311/18" in fact.act
    assert (fact.country, fact.tool) == ("US", "eu-us-privacy-shield")


def test_coverage_that_nobody_has_shown_is_no_proof():
    assert verdict([to("us-stats", "US", tools=[{"tool": "eu-us-privacy-shield"}])], SHIELD, on="2019-01-01") == (
        "cannot_tell"
    )


def test_a_flow_that_is_not_recorded_as_relying_on_the_tool_is_no_proof():
    assert verdict([to("us-stats", "US")], SHIELD, on="2019-01-01") == "cannot_tell"


def test_clauses_for_other_roles_do_not_fit():
    clauses = {"kind": "relies_on", "tool": "scc-2021-m1"}
    assert verdict([to("us-stats", "US", tools=[{"tool": "scc-2021-m1"}])], clauses) == "contradicted"


@pytest.mark.parametrize(
    ("since", "expected"), [("2020-01-01", "holds"), ("2026-12-01", "contradicted")], ids=["of one group", "not yet"]
)
def test_binding_rules_hold_inside_a_group_that_is_on_record(since: str, expected: str):
    parties = [
        party("holding", "NL"),
        party("shop", "NL", part_of=[{"party": "holding"}]),
        party("sister", "IN", part_of=[{"party": "holding", "valid_from": since}]),
    ]
    flows = [to("sister-desk", "IN", tools=[{"tool": "bcr-c"}])]
    rules = {"kind": "relies_on", "tool": "bcr-c"}
    services = [service("sister-desk", "sister")]
    assert verdict(flows, rules, parties=parties, services=services, on="2026-11-22") == expected


def test_a_document_dated_after_the_tool_ended_speaks_against_its_own_claim():
    dated = [{"id": SOURCE, "date": "2021-03-01"}]
    finding = of_claim([to("nl-host", "NL")], SHIELD, on="2022-01-01", sources=dated)
    assert (finding.verdict, who(finding.against)) == ("contradicted", {"eu-us-privacy-shield"})
    assert any("was dated, on 2021-03-01" in fact.reason for fact in finding.against)


def test_a_claim_about_some_activities_is_held_against_these_only():
    other = activity("other", "shop", ["visitor ip-address"])
    about = {"kind": "no_data", "categories": ["ip-address"]}
    both = {"activities": [NEWS, other]}
    assert verdict([], about, **both) == "contradicted"
    assert verdict([], about | {"activities": ["news"]}, **both) == "holds"
    assert verdict([], about | {"activities": ["gone"]}, **both) == "cannot_tell"


def test_what_is_unknown_would_decide():
    unknown = [activity("news", "shop")]
    assert verdict([], {"kind": "no_data", "categories": ["ip-address"]}, activities=unknown) == "cannot_tell"
    assert verdict([], {"kind": "no_tracking", "purposes": ["profiling"]}, activities=unknown) == "cannot_tell"


def test_a_list_of_sub_processors_is_no_proof_that_data_reaches_one_of_them():
    listed = flow("nl-host", "us-stats", "sub_processor", evidence=[evidence(basis="public_list")])
    finding = of_claim([to("nl-host"), listed], {"kind": "no_recipient", "parties": ["us-company"]})
    assert (finding.verdict, who(finding.unknown)) == ("cannot_tell", {"us-stats"})


def test_both_sides_are_there_with_their_places():
    sent = to("us-stats", "US", evidence=[evidence("page 7")])
    [fact] = of_claim([sent], {"kind": "no_third_country"}).against
    assert "page 7" in {source.locator for source in fact.sources}
    assert [source.locator for source in of_claim([sent], {"kind": "no_third_country"}).sources] == ["claims page"]
    assert [step.flow for step in fact.chain] == ["news-us-stats"]


def test_a_claim_without_a_check_stays_with_what_readers_noticed():
    remark = {
        "id": "seen",
        "party": "shop",
        "text": "It is not so",
        "severity": "high",
        "claims": ["claim"],
        "evidence": [evidence("page 9")],
    }
    notes = found([], [claim()], remarks=[remark])
    assert [(each.kind, each.verdict, each.severity) for each in notes] == [
        ("claim", "not_checkable", "high"),
        ("remark", "not_checkable", "high"),
    ]
    assert [seen.id for seen in notes[0].remarks] == ["seen"]


def test_a_claim_of_another_day_is_not_there():
    old = claim({"kind": "no_third_country"}, valid_until="2020-01-01")
    assert [each.kind for each in found([to("us-stats", "US")], [old])].count("claim") == 0


def test_the_gravest_comes_first_and_what_holds_last():
    said = [
        claim({"kind": "third_country", "countries": ["NO"]}, id="low"),
        claim({"kind": "no_third_country"}, id="high"),
        claim({"kind": "no_data", "categories": ["contact-data"]}, id="medium"),
        claim({"kind": "no_data", "categories": ["ip-address"]}, id="fine"),
    ]
    places = [each.id for each in found([to("us-stats", "US")], said) if each.kind == "claim"]
    assert places == ["high", "medium", "low", "fine"]


# Silence

ELSEWHERE = [{"id": SOURCE}, {"id": "vendor"}]


def silent(flows: Iterable[Entry], claims: Iterable[Entry] = (), **more: object) -> set[tuple[str, str]]:
    notes = found(flows, claims, **({"sources": ELSEWHERE} | more))
    return {(str(each.rule), each.id.rsplit(".", 1)[-1]) for each in notes if each.kind == "silent"}


def from_vendor(*about: str) -> list[Entry]:
    return [evidence(), evidence("terms", source="vendor", about=about)]


FOREIGN = [*PARTIES[:3], party("us-company", "US", evidence=[evidence(source="vendor")])]


def test_a_third_country_that_only_the_vendor_names_is_silence():
    assert silent([to("us-stats", "US", evidence=from_vendor("places"))], parties=FOREIGN) == {
        ("country_not_named", "US"),
        ("tool_not_named", "us-stats"),
    }


def test_a_country_that_the_documents_name_is_none():
    assert ("country_not_named", "US") not in silent([to("us-stats", "US")])


def test_countries_of_sub_processors_come_as_one():
    there = [party("in-company", "IN", evidence=[evidence(source="vendor")]), *PARTIES]
    services = [service("in-help", "in-company"), *SERVICES]
    listed = flow("nl-host", "in-help", "sub_processor", evidence=[evidence(source="vendor")])
    notes = silent([to("nl-host", "NL"), listed], services=services, parties=there)
    assert notes == {("country_not_named", "sub-processors")}


def test_a_tool_that_the_documents_name_is_no_silence():
    assert silent([to("us-stats", "US", tools=[{"tool": "scc-2021-m2"}])]) == set()


def test_a_recipient_whom_another_section_names_is_left_out_of_the_list():
    listed = claim({"kind": "only_recipients", "services": ["nl-host", "ie-mail"]})
    sent = [to("nl-host", "NL"), to("odd", "NL", evidence=[evidence("page 8")])]
    [note] = [each for each in found(sent, [listed]) if each.rule == "recipient_left_out"]
    assert ([e.locator for e in note.sources], who(note.against)) == (["claims page"], {"odd"})
    assert "page 8" in {source.locator for fact in note.against for source in fact.sources}


def test_a_recipient_whom_only_others_name_is_not_named():
    hidden = to("nl-host", "NL", evidence=[evidence(source="vendor")])
    others = [service("nl-host", "nl-company", evidence=[evidence(source="vendor")])]
    assert ("recipient_not_named", "nl-host") in silent([hidden], services=others)


def test_a_tool_that_had_ended_when_the_document_was_dated_is_noticed_without_a_claim():
    late = [{"id": SOURCE, "date": "2021-03-01"}]
    assert ("tool_not_in_force", "eu-us-privacy-shield") in silent([ON_SHIELD], sources=late, on="2022-01-01")
    in_time = [{"id": SOURCE, "date": "2019-03-01"}]
    assert silent([ON_SHIELD], sources=in_time, on="2022-01-01") == set()


def test_nothing_is_asked_before_the_gdpr_applies():
    hidden = [to("us-stats", "US", evidence=from_vendor("places"))]
    assert silent(hidden, on="2018-05-24") == set()
    assert silent(hidden, on="2018-05-25") != set()


def test_who_has_no_documents_of_its_own_is_not_silent():
    guess = [activity("news", "shop", ["customer email-address"], evidence=[evidence(basis="inferred")])]
    assert silent([to("us-stats", "US")], activities=guess) == set()


# A law for all inputs

CODES = ("NL", "IE", "NO", "US", "IN", None)


@given(st.lists(st.tuples(st.sampled_from(["news", "0", "1", "2", "3"]), st.integers(0, 3)), max_size=8), st.data())
def test_an_eea_only_claim_is_contradicted_just_when_a_third_country_can_be_reached(links: list, data: st.DataObject):
    seats = [data.draw(st.sampled_from(CODES)) for _ in range(4)]
    flows = [
        flow(sender if sender == "news" else f"s{sender}", f"s{target}", id=f"f{number}", **place(seats[target]))
        for number, (sender, target) in enumerate(links)
    ]
    services = [service(f"s{number}", f"p{number}") for number in range(4)]
    parties = [party("shop", "NL"), *(party(f"p{number}", seat) for number, seat in enumerate(seats))]
    reached = {seats[number] for number in walk(links)}
    expected = "contradicted" if reached & {"US", "IN"} else "cannot_tell" if None in reached else "holds"
    assert verdict(flows, {"kind": "no_third_country"}, services=services, parties=parties) == expected


def place(seat: str | None) -> Entry:
    return {"places": [seat]} if seat else {}


def walk(links: list[tuple[str, int]]) -> set[int]:
    """Which services a plain search finds from the activity."""
    seen: set[int] = set()
    todo = ["news"]
    while todo:
        current = todo.pop()
        for sender, target in links:
            if sender == current and target not in seen:
                seen.add(target)
                todo.append(str(target))
    return seen
