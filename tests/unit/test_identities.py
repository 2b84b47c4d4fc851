"""Which parties are one: an equivalence relation, whatever the order of the decisions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from graphsvc.answers.identities.decided import Identities
from graphsvc.model import Identity, Sameness

PARTIES = "abcdefgh"


def same(party: str, other: str) -> Identity:
    return Identity(f"{party}-is-{other}", party, other, Sameness.SAME, "because")


def different(party: str, other: str) -> Identity:
    return Identity(f"{party}-is-not-{other}", party, other, Sameness.DIFFERENT, "because")


@pytest.mark.parametrize(
    ("decided", "stays"),
    [
        ([], "a"),
        ([same("a", "b")], "a"),
        ([same("b", "a")], "b"),
        ([same("a", "b"), same("b", "c")], "a"),
        ([same("c", "b"), same("b", "a")], "c"),
        ([same("b", "a"), same("c", "a")], "b"),
        ([same("b", "a"), same("a", "b")], "a"),
        ([same("c", "b"), same("b", "a"), same("a", "c")], "a"),
        ([different("b", "a")], "a"),
    ],
)
def test_the_party_that_nobody_says_to_be_another_one_stays(decided: list[Identity], stays: str) -> None:
    assert Identities.of(decided).one("a") == stays


def test_what_is_said_of_one_party_is_said_of_all_that_are_one() -> None:
    found = Identities.of([same("a", "b"), same("c", "d"), different("b", "d")])
    assert found.said_different("a", "c") == different("b", "d")
    assert found.said_different("d", "a") == different("b", "d")
    assert found.said_different("a", "b") is None
    assert found.joining("b") == (same("a", "b"),)
    assert found.joining("e") == ()
    assert found.everybody(["b", "e"]) == {"a", "b", "e"}
    assert found.all_of("b") == ("a", "b")


pairs = some.tuples(some.sampled_from(PARTIES), some.sampled_from(PARTIES)).filter(lambda pair: pair[0] != pair[1])
decisions = some.lists(pairs, max_size=10, unique=True).map(lambda found: [same(*pair) for pair in found])


@given(decisions, some.randoms())
def test_the_order_of_the_decisions_does_not_matter(decided: list[Identity], chance) -> None:
    again = [*decided]
    chance.shuffle(again)
    assert Identities.of(again) == Identities.of(decided)


@given(decisions)
def test_being_one_is_an_equivalence_relation(decided: list[Identity]) -> None:
    """Held against a plain search along the decisions."""
    found = Identities.of(decided)
    for party in PARTIES:
        reached, fresh = {party}, [party]
        while fresh:
            at = fresh.pop()
            ends = [(each.party, each.other) for each in decided if at in (each.party, each.other)]
            new = {end for pair in ends for end in pair} - reached
            reached |= new
            fresh += new
        assert set(found.all_of(party)) == reached
        assert {found.one(each) for each in reached} == {found.one(party)}
        assert found.one(found.one(party)) == found.one(party) in reached


@given(decisions)
def test_taking_the_last_decision_back_gives_what_was_there_before(decided: list[Identity]) -> None:
    more = [*decided, same("a", "z")]
    assert Identities.of(more).one("a") == Identities.of(more).one("z")
    assert Identities.of(more[:-1]) == Identities.of(decided)
    assert Identities.of(more[:-1]).one("z") == "z"
