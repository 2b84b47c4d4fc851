"""Parties that are one, as one: what each said stays, and nothing is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from graphsvc.answers.identities.decided import Identities
from graphsvc.answers.identities.merging import merged
from graphsvc.answers.network import Network
from graphsvc.model import Identity, Sameness
from tests.builders import Entry, activity, flow, network, party, service

NAMES = ("a", "b", "c", "d")
SEATS = dict(zip(NAMES, ("NL", "US", "IN", "DE"), strict=True))
pairs = some.tuples(some.sampled_from(NAMES), some.sampled_from(NAMES)).filter(lambda pair: pair[0] != pair[1])
decisions = some.lists(pairs, max_size=4, unique=True)


def named(name: str) -> Entry:
    parents = [{"party": "a"}] if name != "a" else []
    return party(name, SEATS[name], part_of=parents) | {"name": name.upper()}


def as_said() -> Network:
    return network(
        [flow("letters", "s-b"), flow("s-b", "s-c"), flow("s-c", "s-d"), flow("bread", "s-d")],
        [activity("letters", "a", ["client name"]), activity("bread", "b", ["client name"], on_behalf_of=["c", "d"])],
        [service(f"s-{name}", name) for name in NAMES],
        [named(name) for name in NAMES],
    )


def identities(found: list[tuple[str, str]]) -> Identities:
    return Identities.of(Identity(f"{a}-{b}", a, b, Sameness.SAME, "Seen") for a, b in found)


def test_without_a_decision_a_network_stays_the_same_one() -> None:
    said = as_said()
    assert merged(said, identities([])) is said


@given(decisions)
def test_each_party_has_one_id_and_everything_that_was_said_of_it(found: list[tuple[str, str]]) -> None:
    said, one = as_said(), identities(found).one
    made = merged(said, identities(found))
    assert made.flows == said.flows
    assert made.parties.keys() == {one(name) for name in NAMES}
    for name in NAMES:
        party = made.party(name)
        assert party.id == one(name)
        assert SEATS[name] in party.established_in
        assert name.upper() in {party.name, *party.aliases}
        assert made.services[f"s-{name}"].provider == one(name)
        assert one(name) not in {group for group, _, _ in party.parents}
        assert {each.id for each in party.members} in ({*identities(found).all_of(name)}, set())
    assert {(each.id, each.controller) for each in made.activities} == {("letters", one("a")), ("bread", one("b"))}


@given(decisions)
def test_merging_again_changes_nothing(found: list[tuple[str, str]]) -> None:
    """The ids that stay are one with nobody else in the network any more."""
    made = merged(as_said(), identities(found))
    assert {made.identities.one(key) for key in made.parties} == made.parties.keys()
