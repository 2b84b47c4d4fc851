"""Which parties may be one: by their numbers, domains, names and spellings; and which are not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from graphsvc.imports.likeness import MOST_SHARED, likenesses, proposals
from graphsvc.imports.marks import Described

LEI, OTHER_LEI = "213800KUD8LAJWSQ9D15", "724500A93Z8V1MJK5349"


def described(key: str, **more: Any) -> Described:
    return Described.of({"id": key, "name": key} | more)


def lei(number: str) -> dict[str, Any]:
    return {"identifiers": [{"scheme": "lei", "number": number}]}


def found(one: Described, other: Described) -> list[tuple[str, str]]:
    reasons = likenesses(one, other)
    assert [reason.sure for reason in reasons] == sorted((r.sure for r in reasons), key=["high", "medium", "low"].index)
    return [(reason.kind.value, reason.sure.value) for reason in reasons]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("AWS", "aws"),
        ("Amazon Web Services, Inc.", "amazon-web-services"),
        ("Harbour Cloud B.V.", "Harbour Cloud"),
        ("Quillmail GmbH", "QUILLMAIL"),
        ("Foo Bar A/S", "Foo Bar"),
        ("Müller & Söhne GmbH", "Muller and Sohne"),
        ("Ελλάδα \u0391.\u0395.", "ΕΛΛΆΔΑ"),
        ("Paperboat \U0001f4a9 SE", "Paperboat"),
        ("The Bakery Ltd.", "Bakery"),
        ("A-B-C", "abc"),
    ],
)
def test_a_name_is_the_same_after_signs_and_legal_form(one: str, other: str) -> None:
    assert found(described("one-x", name=one), described("other-y", name=other)) == [("name", "medium")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("B.V.", "N.V."),
        ("B.V.", "bv"),
        ("\U0001f4a9", "\U0001f680"),
        ("***", "!!!"),
        ("Party 1", "Party 2"),
        ("ING", "IND"),
        ("Amazon", "Amazon Data Services"),
        ("Google", "Goggle Optics"),
    ],
)
def test_names_that_say_nothing_are_no_reason(one: str, other: str) -> None:
    assert found(described("one-x", name=one), described("other-y", name=other)) == []


def test_an_alias_a_legal_name_and_an_id_are_names() -> None:
    assert found(described("aws"), described("x-1", name="Amazon", aliases=["AWS"])) == [("name", "medium")]
    legal = described("x-1", name="Somebody", legal_name="Amazon Web Services, Inc.")
    assert found(described("amazon-web-services", name="AWS"), legal) == [("name", "medium")]


def test_different_legal_forms_or_countries_make_a_name_say_less() -> None:
    assert found(described("a", name="Post B.V."), described("b", name="Post GmbH")) == [("name", "low")]
    seats = {"established_in": ["NL"]}, {"established_in": ["DE"]}
    assert found(described("a", name="Post", **seats[0]), described("b", name="Post", **seats[1])) == [("name", "low")]
    assert found(described("a", name="Post", **seats[0]), described("b", name="Post")) == [("name", "medium")]


def test_a_number_says_most_and_a_different_one_says_no() -> None:
    one = described("a", name="Post", domains=["www.post.example"], **lei(LEI))
    other = described("b", name="Post B.V.", domains=["post.example"], **lei(LEI.lower()))
    assert found(one, other) == [("identifier", "high"), ("domain", "medium"), ("name", "medium")]
    assert found(one, described("b", name="Post", domains=["post.example"], **lei(OTHER_LEI))) == []


def test_two_that_are_told_apart_as_group_and_member_are_one_only_by_a_number() -> None:
    group = described("group", name="Post", domains=["post.example"], **lei(LEI))
    inside = {"name": "Post", "domains": ["post.example"], "part_of": [{"party": "group"}]}
    assert found(group, described("member", **inside)) == []
    assert found(group, described("member", **inside, **lei(LEI))) == [("identifier", "high")]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Quillmail", "Quilmail"), ("Cloudflare", "Claudflare"), ("Müller und Söhne", "Mueller und Soehne")],
)
def test_close_spellings_are_a_weak_reason_with_their_score(one: str, other: str) -> None:
    [reason] = likenesses(described("one-x", name=one), described("other-y", name=other))
    assert (reason.kind, reason.sure) == ("spelling", "low")
    assert 88 <= reason.score < 100


def test_a_mark_that_very_many_have_is_no_sign() -> None:
    many = [described(f"p-{number}", domains=["shared.example"]) for number in range(MOST_SHARED + 1)]
    assert proposals(many, lambda *_: False) == []
    assert len(proposals(many[:3], lambda *_: False)) == 3


def test_what_is_decided_is_not_proposed_again() -> None:
    three = [described("a", name="Post"), described("b", name="post"), described("c", name="POST")]
    assert [(p.party, p.other) for p in proposals(three, lambda *_: False)] == [("a", "b"), ("a", "c"), ("b", "c")]
    assert [(p.party, p.other) for p in proposals(three, lambda *pair: "a" in pair)] == [("b", "c")]
    assert [(p.party, p.other) for p in proposals(three, lambda *_: False, {"c"})] == [("a", "c"), ("b", "c")]


names = some.text(some.sampled_from("abAB .,&-éß\u0391\u0301\U0001f4a9BVINC"), min_size=1, max_size=12)


@given(some.lists(names, min_size=2, max_size=6), some.randoms())
def test_proposals_do_not_hang_on_the_order_and_look_the_same_from_both_sides(written: list[str], chance) -> None:
    parties = [described(f"p{'x' * number}", name=name) for number, name in enumerate(written)]
    shuffled = [*parties]
    chance.shuffle(shuffled)
    assert proposals(shuffled, lambda *_: False) == proposals(parties, lambda *_: False)
    for one in parties:
        for other in parties:
            assert found(one, other) == found(other, one)


@given(names, names)
def test_whatever_is_likely_has_a_mark_in_common(one: str, other: str) -> None:
    """Else a load, which looks for marks, would not find it."""
    first, second = described("p", name=one), described("q", name=other)
    if likenesses(first, second):
        assert first.marks() & second.marks()
