"""Whom to replace so that no transfer is left: held against trying every set of parties on small networks."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.answers.concentration.chains import Replaceable
from graphsvc.answers.concentration.hitting import greedy, smallest
from graphsvc.answers.concentration.plain import why
from graphsvc.answers.concentration.replacement import TRANSFER, Limits, Replacement
from graphsvc.answers.lines import every_line
from graphsvc.answers.network import Network
from graphsvc.model import UNKNOWN, Status
from tests.builders import Entry, activity, flow, network, party, service
from tests.concentrating import apart, replaced
from tests.unit.test_concentration import Drawn, body, registers

accepted = st.sampled_from([frozenset(), frozenset({Status.ADEQUATE})])


def owner(found: Network, name: str) -> Replaceable:
    provider = found.services[name].provider
    return Replaceable(provider, name if provider == UNKNOWN else "")


def left(found: Network, gone: Collection[Replaceable], kept: frozenset[Status] = frozenset()) -> set[tuple[str, ...]]:
    """The transfers that are left without some: the network is made anew, and asked as the question does."""
    flows = [f for flows in found.flows.values() for f in flows if owner(found, f.recipient) not in gone]
    services, parties = found.services.values(), found.parties.values()
    less = Network.of(found.on, found.law, found.order, found.activities, flows, services, parties)
    lines = (line for line in every_line(less) if line.status in TRANSFER - kept)
    return {(line.passage.activity.id, line.passage.flow.id, line.country) for line in lines}


def everybody(found: Network) -> list[Replaceable]:
    controllers = {a.controller for a in found.activities}
    return sorted({owner(found, name) for name in found.services if found.services[name].provider not in controllers})


def subsets(of: Collection[Replaceable]) -> Iterator[tuple[Replaceable, ...]]:
    return chain.from_iterable(combinations(of, size) for size in range(len(of) + 1))


def chosen(told: Replacement) -> list[Replaceable]:
    return [each.what for each in told.parties]


@given(registers(), accepted)
def test_the_set_is_the_smallest_that_leaves_no_transfer(drawn: Drawn, kept: frozenset[Status]) -> None:
    found = network(**drawn)
    told = replaced(found, accepted=kept)
    cannot_end = left(found, everybody(found), kept)
    assert left(found, chosen(told), kept) == cannot_end
    assert told.exact
    least = next(len(some) for some in subsets(everybody(found)) if left(found, some, kept) == cannot_end)
    assert (len(told.parties), told.lower_bound) == (least, least)
    assert told.left == len(cannot_end)


@given(registers(), st.builds(Limits, st.integers(0, 30), st.integers(0, 2)))
def test_a_search_that_is_stopped_gives_a_set_that_does_it_and_a_bound_that_holds(drawn: Drawn, limits: Limits) -> None:
    found = network(**drawn)
    told, best = replaced(found, limits=limits), replaced(found)
    assert left(found, chosen(told)) == left(found, everybody(found))
    assert told.lower_bound <= len(best.parties) <= len(told.parties)
    assert told.exact == (told.lower_bound == len(told.parties))


@given(registers())
def test_each_party_to_replace_has_a_transfer_behind_it_that_no_other_one_ends(drawn: Drawn) -> None:
    found = network(**drawn)
    told = replaced(found)
    for each in told.parties:
        assert each.proof is not None
        on_it = {owner(found, step["to"]) for step in each.proof["chain"]}
        assert on_it & {*chosen(told)} == {each.what}
        assert Status(each.proof["status"]) in TRANSFER


@given(registers())
def test_lines_of_unknown_place_that_are_left_are_counted(drawn: Drawn) -> None:
    found = network(**drawn)
    told = replaced(found)
    gone = chosen(told)
    flows = [f for flows in found.flows.values() for f in flows if owner(found, f.recipient) not in gone]
    services, parties = found.services.values(), found.parties.values()
    less = Network.of(found.on, found.law, found.order, found.activities, flows, services, parties)
    assert told.unknown_left == sum(line.status is Status.UNKNOWN for line in every_line(less))


@given(registers(), st.builds(Limits, st.integers(0, 30), st.integers(0, 2)))
def test_parts_give_the_same_choice_proofs_and_bounds_as_the_whole(drawn: Drawn, limits: Limits) -> None:
    found = network(**drawn)
    assert replaced(*apart(found)) == replaced(found)
    assert replaced(*apart(found), limits=limits) == replaced(found, limits=limits)


sets = st.sets(st.frozensets(st.integers(0, 7), min_size=1, max_size=4), max_size=12)


@given(sets)
def test_a_smallest_hitting_set_is_one(found: set[frozenset[int]]) -> None:
    hit = smallest(found, 10_000)
    assert hit.chosen is not None
    assert all(hit.chosen & each for each in found)
    least = next(
        size for size in range(9) for some in combinations(range(8), size) if all(each & {*some} for each in found)
    )
    assert len(hit.chosen) == hit.at_least == least
    assert all(greedy(found) & each for each in found)


@given(sets)
def test_a_solver_that_may_take_no_step_proves_what_it_can(found: set[frozenset[int]]) -> None:
    hit, best = smallest(found, 1), smallest(found, 10_000)
    assert hit.at_least <= best.at_least
    assert hit.chosen is None or len(hit.chosen) == best.at_least


# By example


def shop(*flows: Entry, countries: dict[str, str], owners: dict[str, str] | None = None) -> Network:
    """A network in which each service is of a party of its own name, unless it is told whose it is."""
    names = sorted({f["to"] for f in flows})
    whose = {name: f"{name}-company" for name in names} | (owners or {})
    return network(
        flows,
        [activity("news", "shop", ["visitor email-address", "visitor ip-address"])],
        [service(name, whose[name]) for name in names],
        [party("shop", "NL"), *(party(name, countries.get(name, "NL")) for name in {*whose.values()} - {"shop", None})],
    )


def size(found: Network, **more: object) -> tuple[int, bool]:
    told = replaced(found, **more)
    return len(told.parties), told.exact


def parties(found: Network) -> list[str]:
    return [each.what.party for each in replaced(found).parties]


def test_one_party_in_the_middle_is_enough() -> None:
    found = shop(
        flow("news", "hub"),
        *(flow("hub", name, "sub_processor") for name in ("us", "in", "br")),
        countries={"us-company": "US", "in-company": "IN", "br-company": "BR"},
    )
    assert parties(found) == ["hub-company"]


def test_two_chains_apart_need_two() -> None:
    found = shop(flow("news", "us"), flow("news", "in"), countries={"us-company": "US", "in-company": "IN"})
    told = replaced(found)
    assert (len(told.parties), told.exact, told.apart) == (2, True, 2)
    assert "there are 2 chains of which no two share a party" in why(told, 2)


def test_a_chain_that_carries_nothing_does_not_count() -> None:
    found = shop(
        flow("news", "mail", carries=["visitor email-address"]),
        flow("mail", "us", "sub_processor", carries=["visitor ip-address"]),
        countries={"us-company": "US"},
    )
    assert parties(found) == []


def test_two_ways_of_which_each_lacks_what_the_other_carries_are_no_way() -> None:
    found = shop(
        flow("news", "left", carries=["visitor email-address"]),
        flow("news", "right", carries=["visitor ip-address"]),
        flow("left", "meet", "sub_processor"),
        flow("right", "meet", "sub_processor"),
        flow("meet", "end", "sub_processor", carries=["visitor email-address"]),
        flow("end", "us", "sub_processor"),
        flow("right", "in", "sub_processor"),
        countries={"us-company": "US", "in-company": "IN"},
    )
    told = replaced(found)
    assert (len(told.parties), told.exact) == (2, True)
    assert left(found, [Replaceable("left-company"), Replaceable("in-company")]) == set()


def test_a_party_goes_with_all_its_services() -> None:
    found = shop(
        flow("news", "one"),
        flow("news", "two"),
        flow("one", "us", "sub_processor"),
        flow("two", "in", "sub_processor"),
        countries={"us-company": "US", "in-company": "IN"},
        owners={"one": "group", "two": "group"},
    )
    [only] = body(found)["replacement"]["parties"]
    assert (only["party"]["id"], [each["id"] for each in only["services"]]) == ("group", ["one", "two"])


def test_adequate_is_a_transfer_unless_it_is_accepted() -> None:
    found = shop(flow("news", "gb"), countries={"gb-company": "GB"})
    assert size(found) == (1, True)
    assert size(found, accepted=frozenset({Status.ADEQUATE})) == (0, True)


def test_recipients_that_nobody_named_are_replaced_one_by_one() -> None:
    found = network(
        [flow("news", "host", places=["US"]), flow("news", "mail", places=["US"])],
        [activity("news", "shop", ["visitor email-address"])],
        parties=[party("shop", "NL")],
    )
    told = replaced(found)
    assert chosen(told) == [Replaceable(UNKNOWN, "host"), Replaceable(UNKNOWN, "mail")]
    assert told.unknown_left == 0
    assert told.left == 0


def test_a_recipient_nobody_knows_the_place_of_is_left_and_counted() -> None:
    found = shop(flow("news", "us"), flow("news", "somewhere"), countries={"us-company": "US", "somewhere-company": ""})
    told = replaced(found)
    assert chosen(told) == [Replaceable("us-company")]
    assert told.unknown_left == 1


def test_a_controller_cannot_be_replaced() -> None:
    found = shop(flow("news", "own", places=["US"]), countries={}, owners={"own": "shop"})
    told = replaced(found)
    assert (told.parties, told.left, told.exact) == ((), 1, True)
    assert why(told, 1) == "1 transfers pass nobody but the controllers themselves, who cannot be replaced."


def test_three_that_need_two_of_three_are_proved_without_chains_apart() -> None:
    pairs = [("a", "b"), ("b", "c"), ("c", "a")]
    flows = [flow("news", f"{one}-{other}-1") for one, other in pairs]
    flows += [flow(f"{one}-{other}-1", f"{one}-{other}-2", "sub_processor", places=["US"]) for one, other in pairs]
    owners = {f"{one}-{other}-{n}": whose for one, other in pairs for n, whose in ((1, one), (2, other))}
    found = shop(*flows, countries={}, owners=owners)
    told = replaced(found)
    assert (len(told.parties), told.exact, told.apart) == (2, True, 1)
    assert "no smaller set has a party on each chain" in why(told, 3)


@pytest.mark.parametrize("limits", [Limits(0, 100), Limits(0, 0)])
def test_a_bound_says_that_it_is_one(limits: Limits) -> None:
    flows = [flow("news", name) for name in ("x", "y", "z")]
    flows += [flow(name, f"{name}{end}", "sub_processor", places=["US"]) for name in ("x", "y", "z") for end in "12"]
    found = shop(*flows, countries={})
    told = replaced(found, limits=limits)
    assert told.lower_bound <= 3 <= len(told.parties)
    assert left(found, chosen(told)) == set()
