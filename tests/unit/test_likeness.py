"""Which parties may be one: by their numbers, domains, names and spellings; and which are not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from graphsvc.errors import QuestionTooDear
from graphsvc.imports.comparing import MOST_NEAR, MOST_SHARED, Comparing, Decided, Found
from graphsvc.imports.likeness import likenesses
from graphsvc.imports.marks import Described
from graphsvc.model import Proposal

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
        ("Party 1-19", "Party 11-9"),
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


def compared(parties: Iterable[Described], decided: Decided = lambda *_: False) -> Found:
    comparing = Comparing(decided)
    comparing.add(parties)
    return comparing.found()


def proposals(parties: Iterable[Described], decided: Decided = lambda *_: False) -> list[Proposal]:
    return list(compared(parties, decided).proposals())


def unlike(number: int) -> str:
    """Letters that tell a party apart: no two numbers give names that are near to each other."""
    return "".join(chr(ord("a") + int(digit)) * 5 for digit in f"{number:04}")


def test_what_too_many_have_in_common_is_no_sign_and_is_told() -> None:
    many = [described(f"p-{number}", domains=["shared.example"]) for number in range(MOST_SHARED + 1)]
    found = compared(many)
    assert len(found) == 0
    [common] = found.common
    assert (common.kind, common.mark, common.parties) == ("domain", "shared.example", MOST_SHARED + 1)
    assert common.text.startswith("51 parties have the domain shared.example in common, too many")
    assert common.text.translation("nl").startswith("51 partijen hebben het domein shared.example gemeen, te veel")
    assert len(compared(many[:-1])) == MOST_SHARED * (MOST_SHARED - 1) / 2
    assert compared(many[:-1]).common == ()


@pytest.mark.parametrize(
    ("more", "english", "dutch"),
    [
        ({"aliases": ["Post B.V."]}, 'the name "post"', 'de naam "post"'),
        (lei(LEI), f"the LEI {LEI}", f"LEI {LEI}"),
        ({"identifiers": [{"scheme": "kvk", "number": "12345678"}]}, "the KvK number 12345678", "KvK-nummer 12345678"),
    ],
)
def test_each_kind_of_what_is_common_is_told_in_both_languages(more: dict[str, Any], english: str, dutch: str) -> None:
    [common] = compared(described(f"p-{number}", **more) for number in range(MOST_SHARED + 1)).common
    assert f" {english} " in common.text
    assert f" {dutch} " in common.text.translation("nl")


def test_spellings_are_compared_among_many_more_and_beyond_that_it_is_told() -> None:
    # All of these begin with "brg" and end with "nts", and two of them are spelled nearly alike.
    many = [described(f"p-{number}", name=f"Brog{unlike(number)}nots") for number in range(MOST_NEAR - 2)]
    pair = [described("q-1", name="Brogzzzzzzzzzzzzzzzwnots"), described("q-2", name="Brogzzzzzzzzzzzzzzzvnots")]
    assert ("q-1", "q-2") in {(p.party, p.other) for p in proposals([*many, *pair])}
    found = compared([*many, *pair, described("q-3", name="Brognots")])
    assert ("q-1", "q-2") not in {(p.party, p.other) for p in found.proposals()}
    assert [(each.kind, each.mark, each.parties) for each in found.common] == [("spelling", "brg…nts", MOST_NEAR + 1)]


def test_what_others_have_too_often_is_left_out_and_told() -> None:
    comparing = Comparing(lambda *_: False)
    comparing.add([described("a", domains=["x.example"]), described("b", domains=["x.example"])])
    comparing.leave_out({"domain:x.example": 70})
    found = comparing.found()
    assert (len(found), [each.parties for each in found.common]) == (0, [70])


def test_what_is_decided_is_not_proposed_again() -> None:
    three = [described("a", name="Post"), described("b", name="post"), described("c", name="POST")]
    assert [(p.party, p.other) for p in proposals(three)] == [("a", "b"), ("a", "c"), ("b", "c")]
    assert [(p.party, p.other) for p in proposals(three, lambda *pair: "a" in pair)] == [("b", "c")]


def test_a_proposal_is_about_one_of_those_it_is_about() -> None:
    comparing = Comparing(lambda *_: False)
    comparing.add([described("c", name="POST")])
    comparing.add([described("a", name="Post"), described("b", name="post")], asked=False)
    assert [(p.party, p.other) for p in comparing.found().proposals()] == [("a", "c"), ("b", "c")]


def test_work_that_takes_too_long_is_ended() -> None:
    def stop() -> None:
        raise QuestionTooDear("over")

    comparing = Comparing(lambda *_: False)
    with pytest.raises(QuestionTooDear):
        comparing.add([described("a")], on_step=stop)
    assert len(comparing) == 0
    comparing.add([described("a"), described("b", name="A")])
    with pytest.raises(QuestionTooDear):
        comparing.found(stop)
    assert len(comparing.found()) == 1


@pytest.mark.parametrize(
    ("one", "other", "dutch"),
    [
        (lei(LEI), lei(LEI), f"Beide hebben als LEI {LEI}."),
        ({"domains": ["x.example"]}, {"domains": ["x.example"]}, "Beide gebruiken het domein x.example."),
        ({"name": "Zz B.V."}, {"name": "Zz"}, 'Dezelfde naam, op leestekens en rechtsvorm na: "Zz B.V." en "Zz".'),
        ({"name": "Quillmail"}, {"name": "Quilmail"}, 'Bijna gelijk gespeld: "Quillmail" en "Quilmail".'),
    ],
)
def test_reasons_are_told_in_dutch(one: dict[str, Any], other: dict[str, Any], dutch: str) -> None:
    reasons = likenesses(described("a-1", **one), described("b-2", **other))
    assert [reason.text.translation("nl") for reason in reasons] == [dutch]


names = some.text(some.sampled_from("abAB .,&-éß\u0391\u0301\U0001f4a9BVINC"), min_size=1, max_size=12)


@given(some.lists(names, min_size=2, max_size=6), some.randoms())
def test_proposals_do_not_hang_on_the_order_and_look_the_same_from_both_sides(written: list[str], chance) -> None:
    parties = [described(f"p{'x' * number}", name=name) for number, name in enumerate(written)]
    shuffled = [*parties]
    chance.shuffle(shuffled)
    assert proposals(shuffled) == proposals(parties)
    for one in parties:
        for other in parties:
            assert found(one, other) == found(other, one)


@given(names, names)
def test_whatever_is_likely_has_a_mark_in_common(one: str, other: str) -> None:
    """Else a load, which looks for marks, would not find it."""
    first, second = described("p", name=one), described("q", name=other)
    if likenesses(first, second):
        assert first.marks() & second.marks()
