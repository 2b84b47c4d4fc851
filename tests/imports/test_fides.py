"""Fides manifests: systems, datasets, egress and ingress, and the taxonomy as words of ours."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from graphsvc.errors import InvalidDocument
from graphsvc.imports.foreign.data import table
from graphsvc.imports.json_schema import json_schema
from graphsvc.imports.text import parse
from graphsvc.service import seed_files
from tests.imports.support import Imported, assert_said, entries, file, import_, knows

FIDES = table("fides")
WORDS = {
    "data_categories": sorted({word for word in FIDES["data_categories"].values() if word}),
    "subject_categories": sorted(set(FIDES["data_subjects"].values())),
    "purposes": sorted(set(FIDES["data_uses"].values())),
    "legal_bases": ["consent", "contract", "legitimate-interests"],
}


def fides(content: bytes | str | dict[str, Any], **given: Any) -> Imported:
    content = json.dumps(content) if isinstance(content, dict) else content
    return import_("fides", content, knows(words=WORDS), **given)


def routes(found: Imported) -> set[tuple[str, str, str, tuple[str, ...]]]:
    return {(flow["from"], flow["to"], flow["role"], tuple(flow.get("places", ()))) for flow in found.body["flows"]}


def items(activity: dict[str, Any]) -> set[tuple[str, str]]:
    return {(item["subject"], item["category"]) for item in activity.get("data", ())}


def test_a_clean_manifest_becomes_activities_and_flows_to_third_parties():
    found = fides(file("fides/clean.yml"))
    activities = entries(found, "activities")
    orders, mail = (
        activities["fides-bakery-handle-orders-of-web-shop"],
        activities["fides-bakery-newsletter-of-web-shop"],
    )
    assert (orders["purposes"], orders["legal_bases"]) == (["payment-management"], [{"id": "contract"}])
    assert items(orders) == {("customer", "name"), ("customer", "email-address")}
    assert [(one["what"], one.get("period")) for one in orders["retention"]] == [
        ("Dataset Orders", "P7Y"),
        ("Dataset Orders, card", "P30D"),
    ]
    assert items(mail) == {("customer", "email-address"), ("prospect", "email-address")}
    assert routes(found) == {
        (mail["id"], "quillmail-services", "processor", ("US",)),
        ("quillmail-services", "harbour-cloud-services", "sub_processor", ()),
    }
    [to_mailer] = [flow for flow in found.body["flows"] if flow["from"] == mail["id"]]
    assert to_mailer["tools"] == [{"tool": "eu-us-dpf"}]
    assert {item["category"] for item in to_mailer["carries"]} == {"email-address"}
    assert entries(found, "parties")["quillmail"]["aliases"] == ["Quillmail mailer"]
    assert "Somebody" not in str(found.body)


def test_what_is_inside_the_organisation_is_no_flow_and_data_that_no_declaration_names_is_told():
    found = fides(file("fides/clean.yml"))
    for place, words in {
        "/system/0/egress/1": "a store of the organisation itself",
        "/system/0/ingress/0": "the data subjects themselves",
        "/system/0/privacy_declarations/0/data_categories/2": "not of a person [system.operations]",
        "/dataset/0/collections/0/fields/1/data_categories": "holds payment-card-data",
        "/organization/0/controller": "may name or reach a person",
    }.items():
        assert_said(found, place, words)


def test_a_dirty_manifest_is_read_as_far_as_it_goes():
    found = fides(file("fides/dirty.yml"), publisher="The Bakery")
    [activity] = found.body["activities"]
    assert activity["acts_as"] == "processor"
    assert items(activity) == {("customer", "demographic-data"), ("customer", "email-address")}
    assert {(to, role, places) for _, to, role, places in routes(found)} == {
        ("fides-bakery-recipients-accountants", "unknown", ()),
        ("fides-bakery-recipients-ghost", "unknown", ()),
        ("fides-bakery-recipients-warehouse", "unknown", ()),
        ("fides-bakery-recipients-recipients-abroad-of-crm", "unknown", ("GB", "unknown")),
    }
    assert "magic.spells" in activity["note"]
    for place, words in {
        "/system/privacy_declarations/0/data_categories/0": "taken for its parent user.demographic",
        "/system/privacy_declarations/0/data_categories/1": "taken for its parent user.contact.email",
        "/system/privacy_declarations/0/data_categories/3": "no key that has a word in the register [aura]",
        "/system/privacy_declarations/0/data_subjects/1": "no key that has a word in the register [dragon]",
        "/system/privacy_declarations/0/dataset_references/0": "is not in this file [nowhere]",
        "/system/privacy_declarations/1": "was expected here [just a text]",
        "/system/egress/1": "names nothing",
        "/system/egress/2": "not taken over: payment-data",
        "/system/third_country_transfers/1": "no country that is known [Atlantis]",
        "/dataset": "no system refers to this dataset",
        "/policy": "no fact about who receives what",
        "/system/colour": "has no place in the register [red]",
    }.items():
        assert_said(found, place, words)


def test_a_hostile_manifest_becomes_plain_text_and_circles_end():
    found = fides(file("fides/hostile.yml"))
    assert "<img src=x onerror=alert(1)>" in {party["name"] for party in found.body["parties"]}
    for place, words in {
        "/system/0/privacy_declarations/data_use": "a text was expected here",
        "/system/2/privacy_declarations": "a declaration was expected here [text]",
        "/system/4": "has the key of another system",
        "/system/5": "a system was expected here",
        "/system/6": "neither a key nor a name",
    }.items():
        assert_said(found, place, words)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is no Fides manifest"),
        (b"a: b", "neither `system` nor `dataset`"),
        (b"system: [", "is not YAML"),
        (b"- a\n- b\n", "is no Fides manifest"),
        (b"system: &a [x]\nb: *a\n", "anchors"),
        (b"system: " + b"[" * 100_000, "levels deep|not YAML"),
        (b"system: !!python/object:os.system {}\n", "tags"),
        (b"system: [{fides_key: x}]", "whose systems"),
        (b"system: [{fides_key: x}]\norganization: [{name: Default Organization}]", "whose systems"),
        (b"system: [{fides_key: x}]\n---\nsystem: []\n", "more than one YAML document"),
        (b"system: \x00", "is not YAML"),
    ],
)
def test_what_is_no_manifest_is_refused_in_words(content: bytes, words: str):
    with pytest.raises(InvalidDocument, match=words):
        fides(content)


def test_the_taxonomy_leads_to_words_of_the_vocabulary_and_its_keys_have_known_parents():
    known = {
        entry["id"]
        for path in seed_files()
        if path.parent.name == "vocabulary"
        for name, section in parse(path.read_bytes(), 10_000_000).items()
        if name not in {"document", "sources"}
        for entry in section
    }
    for kind in FIDES.values():
        assert {word for word in kind.values() if word} <= known
    vocabulary = table("vocabulary")
    for section in ("data_categories", "subject_categories", "purposes", "legal_bases"):
        assert vocabulary[section].keys() <= known, section
    assert json_schema()


def many_systems(systems: int) -> dict[str, Any]:
    """A hub that many systems send to, with ten megabytes of description."""
    uses = [{"data_use": "collect", "data_categories": ["user"]}]
    egress = [{"fides_key": "hub", "type": "system"}]
    senders = [{"fides_key": f"s{n}", "egress": egress, "privacy_declarations": uses} for n in range(systems)]
    hub = {"fides_key": "hub", "system_type": "Third Party", "description": "x" * 10_000_000}
    return {"system": [*senders, hub]}


def test_ten_megabytes_in_one_text_and_many_systems_are_read():
    """tests/deep/test_large.py reads thousands."""
    found = fides(many_systems(200), publisher="The Bakery")
    assert len(found.body["flows"]) == 200
    assert_said(found, "/system/200/description", "cut off after 2000 characters of 10000000")


VALUES = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(max_size=12) | some.sampled_from(["a", "USA", "user"]),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.sampled_from(
        ["fides_key", "name", "type", "egress", "ingress", "privacy_declarations", "data_use", "data_categories",
         "data_subjects", "system_type", "third_country_transfers", "dataset_references", "collections", "fields",
         "retention", "parent_key", "legal_name", "third_parties", "responsibility"]
    ), inner, max_size=5),
    max_leaves=25,
)  # fmt: skip


@given(some.dictionaries(some.sampled_from(["system", "dataset", "organization", "data_category"]), VALUES, min_size=1))
def test_any_tree_of_values_is_read_or_refused_and_never_a_crash(tree: dict[str, Any]):
    try:
        fides(tree, publisher="The Bakery")
    except InvalidDocument as error:
        assert error.faults


@given(some.binary(max_size=200))
def test_any_bytes_are_refused_in_words(content: bytes):
    with pytest.raises(InvalidDocument):
        fides(content)
