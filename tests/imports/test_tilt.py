"""TILT documents: a privacy statement as JSON, as its schema has it and as real files are."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from graphsvc.errors import InvalidDocument
from graphsvc.imports.foreign.names import written
from graphsvc.imports.foreign.report import Kind
from tests.imports.support import Imported, assert_said, entries, file, import_, knows

WORDS = {
    "data_categories": ["name", "email-address", "ip-address", "cookie-id", "date-of-birth"],
    "subject_categories": ["data-subject"],
    "purposes": ["newsletter", "order-management", "entering-into-agreement"],
    "legal_bases": ["consent", "contract", "legitimate-interests"],
}
PERSONS = ("Somebody", "Another Person", "dpo@", "somebody@", "a@quillmail", "x@bakery")


def tilt(content: bytes | str | dict[str, Any], **given: Any) -> Imported:
    content = json.dumps(content) if isinstance(content, dict) else content
    return import_("tilt", content, knows(words=WORDS), **given)


def routes(found: Imported) -> set[tuple[str, str, tuple[str, ...]]]:
    return {(flow["from"], flow["to"], tuple(flow.get("places", ()))) for flow in found.body["flows"]}


def test_a_clean_document_becomes_the_register_of_a_controller():
    found = tilt(file("tilt/clean.json"))
    bakery = entries(found, "parties")["bakery"]
    assert (bakery["name"], bakery["established_in"]) == ("The Bakery B.V.", ["NL"])
    assert bakery["officer"]["appointed"] is True
    assert {(right["right"], right.get("how")) for right in bakery["rights"]} == {
        ("information", "https://bakery.example/rights"),
        ("access", "https://bakery.example/access"),
        ("portability", "https://bakery.example/access"),
        ("rectification", "Use the form"),
        ("erasure", "Use the form"),
        ("withdraw_consent", None),
        ("complaint", "Autoriteit Persoonsgegevens"),
    }
    mail = entries(found, "activities")["tilt-bakery-e-mail-address"]
    assert (mail["purposes"], mail["legal_bases"]) == (["newsletter"], [{"id": "consent"}])
    assert [(item["subject"], item["category"]) for item in mail["data"]] == [("data-subject", "email-address")]
    assert mail["data"][0]["evidence"][0]["basis"] == "inferred"
    kept = [(one["kind"], one.get("period"), one["from_event"]) for one in mail["retention"]]
    assert kept == [("maximum", "P30D", "after you unsubscribe"), ("event", None, "until you unsubscribe")]
    assert found.body["document"]["version"] == "2024-03-03"
    assert found.body["sources"][0]["url"] == "https://bakery.example/privacy"
    assert found.body["sources"][0]["publisher"] == "The Bakery B.V."
    assert {piece["basis"] for piece in bakery["evidence"]} == {"stated"}


def test_recipients_with_a_name_are_parties_those_without_are_nobody_and_transfers_go_to_who_is_there():
    found = tilt(file("tilt/clean.json"))
    assert routes(found) == {
        ("tilt-bakery-e-mail-address", "quillmail-services", ()),
        ("tilt-bakery-e-mail-address", "tilt-bakery-recipients-statistical-institutes", ()),
        ("tilt-bakery-name", "harbour-cloud-services", ()),
        (
            "tilt-bakery-transfers-to-third-countries-data-not-named",
            "tilt-bakery-recipients-recipients-in-in",
            ("IN",),
        ),
    }
    assert entries(found, "parties")["quillmail"]["established_in"] == ["US"]
    flows = {flow["to"]: flow for flow in found.body["flows"]}
    assert flows["quillmail-services"]["tools"] == [{"tool": "eu-us-dpf"}]
    assert "standard data protection clauses" in flows["quillmail-services"]["note"]
    assert flows["tilt-bakery-recipients-recipients-in-in"]["tools"] == [{"tool": "scc-2021-m2"}]
    assert {flow["role"] for flow in found.body["flows"]} == {"unknown"}
    assert "provider" not in entries(found, "services")["tilt-bakery-recipients-statistical-institutes"]


def test_no_natural_person_is_taken_over_and_what_has_no_place_is_told():
    found = tilt(file("tilt/clean.json"))
    assert not any(person in str(found.body) for person in PERSONS)
    for place, words in {
        "/controller/representative": "may name or reach a person",
        "/dataProtectionOfficer": "that there is an officer is taken over",
        "/dataDisclosed/0/recipients/0/representative": "may name or reach a person",
        "/rightToDataPortability": "not given",
        "/sources": "has no place in the register",
        "/dataDisclosed/0/nonDisclosure": "has no place in the register",
        "/thirdCountryTransfers/0/standardDataProtectionClause": "not which one",
    }.items():
        assert_said(found, place, words)
    remarks = [remark.written for remark in found.report.remarks]
    assert not any(person in text for text in remarks for person in PERSONS)


def test_a_dirty_document_is_read_as_far_as_it_goes():
    found = tilt(file("tilt/dirty.json"))
    [controller] = [party for key, party in entries(found, "parties").items() if key.startswith("backstube")]
    assert controller["name"] == "Backstube & Söhne GmbH & Co KG"
    assert (controller["aliases"], controller["established_in"]) == (["backstube"], ["DE"])
    assert "officer" not in controller
    assert entries(found, "parties")["quillmail"]["established_in"] == ["GB"]
    assert entries(found, "parties")["nimbus"]["established_in"] == ["LU"]
    assert "harbour-cloud" in entries(found, "parties")
    name = next(one for one in found.body["activities"] if one["name"] == "Vorname, Nachname")
    assert [base["id"] for base in name["legal_bases"]] == ["contract", "legitimate-interests"]
    assert {item["category"] for item in name["data"]} == {"name"}
    assert [one.get("period") for one in name["retention"]] == [None, None, "P3Y", "P14M"]
    assert ("US",) in {places for _, _, places in routes(found)}
    for place, words in {
        "/meta/status": "no longer in force",
        "/controller/country": "no country that is known [22179 Hamburg]",
        "/dataDisclosed/0/recipients/1/name": "is empty where a text belongs",
        "/dataDisclosed/0/recipients/5": "neither a name nor a kind [7]",
        "/dataDisclosed/0/legalBases/1/reference": "is no legal basis of the GDPR",
        "/dataDisclosed/1/purposes": "is no purpose",
        "/dataDisclosed/2/category": "a list where a text belongs",
        "/dataDisclosed/3": "is empty",
        "/dataDisclosed/4": "was expected here; not imported [just a text]",
        "/thirdCountryTransfers/country": "no country that is known [Atlantis]",
        "/rightToComplain/available": "yes or no was expected here [maybe]",
        "/_colour": "has no place in the register [red]",
    }.items():
        assert_said(found, place, words)
    assert "Zauberei" in name["note"]
    assert "BGB" in name["note"]


def test_a_hostile_document_becomes_plain_text_and_what_cannot_be_used_is_told():
    found = tilt(file("tilt/hostile.json"))
    names = {party["name"] for party in found.body["parties"]}
    assert {"<img src=x onerror=alert(1)>", "=cmd|'/c calc'!A1"} <= names
    assert all(len(name) <= 200 for name in names)
    for place, words in {
        "/controller/name": "control characters",
        "/dataDisclosed/0/purposes/purpose": "a text was expected here",
        "/dataDisclosed/0/recipients/0/country": "a text was expected here",
        "/dataDisclosed/0/recipients/2/name": "cut off after 200 characters of 5000",
        "/dataDisclosed/0/storage/a": "has no place in the register",
        "/dataDisclosed/2": "was expected here",
        "/thirdCountryTransfers/1": "no country that is known [Atlantis]",
    }.items():
        assert_said(found, place, words)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is not JSON"),
        (b"{", "is not JSON"),
        (b"[1]", "is a mapping with `controller` or `dataDisclosed`"),
        (b"{}", "neither `controller` nor `dataDisclosed`"),
        (b'{"meta": {"name": "x"}}', "neither `controller` nor `dataDisclosed`"),
        (b'{"dataDisclosed": [{"category": "x"}]}', "names no controller"),
        (b'{"controller":' * 100_000, "is not JSON|nested too deep"),
        (b'{"controller": ' + b"9" * 10_000 + b"}", "is not JSON"),
        (b"controller: x", "is not JSON"),
    ],
)
def test_what_is_no_tilt_document_is_refused_in_words(content: bytes, words: str):
    with pytest.raises(InvalidDocument, match=words):
        tilt(content)


def test_a_publisher_stands_for_a_controller_without_a_name():
    found = tilt({"dataDisclosed": [{"category": "E-mail"}]}, publisher="The Bakery")
    assert entries(found, "activities")["tilt-bakery-e-mail"]["controller"] == "bakery"


def test_ten_megabytes_in_one_text_are_cut_and_told():
    found = tilt({"controller": {"name": "The Bakery"}, "dataDisclosed": [{"category": "x" * 10_000_000}]})
    assert_said(found, "/dataDisclosed/0", "cut off after 200 characters of 10000000")


def test_a_legal_form_in_brackets_belongs_to_the_name():
    assert written("Backstube (GmbH & Co KG)", "").name == "Backstube GmbH & Co KG"


VALUES = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=20) | some.just("US"),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.sampled_from(
        ["name", "country", "category", "purposes", "purpose", "legalBases", "reference", "recipients", "storage",
         "temporal", "ttl", "available", "description", "url", "exists", "adequacyDecision", "address", "_id"]
    ), inner, max_size=4),
    max_leaves=20,
)  # fmt: skip
KEYS = ["meta", "controller", "dataProtectionOfficer", "dataDisclosed", "thirdCountryTransfers", "rightToComplain",
        "automatedDecisionMaking", "sources"]  # fmt: skip


@given(some.dictionaries(some.sampled_from(KEYS), VALUES))
def test_any_tree_of_values_is_read_or_refused_and_never_a_crash(tree: dict[str, Any]):
    try:
        found = tilt(tree)
    except InvalidDocument as error:
        assert error.faults
    else:
        told = len(found.report.of(Kind.NOT_UNDERSTOOD, Kind.LEFT_OUT, Kind.NOTED, Kind.GUESSED))
        assert found.report.rows_read - found.report.rows_imported <= told


@given(some.binary(max_size=200))
def test_any_bytes_are_refused_in_words(content: bytes):
    with pytest.raises(InvalidDocument):
        tilt(content)
