"""Chains between two parties, held against plain enumeration on any graph; and searches that could take for ever."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.answers.network import Network
from graphsvc.answers.order import ANYTHING
from graphsvc.answers.paths import plain as plain_paths
from graphsvc.answers.paths import ways
from graphsvc.answers.paths.chains import Chain, paths
from graphsvc.answers.paths.ways import MOST
from graphsvc.model import CHAIN_ENDS_AT, Flow, Role, Status, severity, worst
from tests.builders import Entry, activity, flow, items, network, order_of, party, service
from tests.waiting import little_work

SERVICES = [f"s{number}" for number in range(5)]
WORDS = order_of({"contact": ["data"], "email": ["contact"], "phone": ["contact"], "data": []}, {"client": []})
ITEMS = [f"client {category}" for category in ("data", "contact", "email", "phone")]
lists_of_items = st.lists(st.sampled_from(ITEMS), min_size=1, max_size=3, unique=True)
ends = st.frozensets(st.sampled_from(SERVICES), min_size=1, max_size=2)


@st.composite
def some_flows(draw: st.DrawFn) -> list[Entry]:
    """Flows among an activity and five services, with circles and parallel flows, some of them listing items."""
    found = []
    for number in range(draw(st.integers(1, 10))):
        carries = draw(st.none() | lists_of_items)
        found.append(
            flow(
                draw(st.sampled_from(["a", *SERVICES])),
                draw(st.sampled_from(SERVICES)),
                draw(st.sampled_from(Role)).value,
                id=f"f{number:02}",
                **({"carries": carries} if carries else {}),
            )
        )
    return found


def over(flows: list[Entry], data: list[str]) -> Network:
    return network(flows, [activity("a", "shop", data)], words=WORDS)


def reference(found: Network, start: str, targets: frozenset[str]) -> dict[tuple[str, ...], frozenset]:
    """Every chain that carries something and comes by no service twice, with what it carries."""
    data = next((each.data for each in found.activities if each.id == start), frozenset({ANYTHING}))

    def go_on(chain: tuple[Flow, ...], node: str, arriving: frozenset) -> Iterator[tuple[tuple[str, ...], frozenset]]:
        for one in found.flows.get(node, ()):
            passed = found.order.meet(arriving, one.carries)
            if not passed or one.recipient in {start, *(before.recipient for before in chain)}:
                continue
            if one.recipient in targets:
                yield tuple(each.id for each in (*chain, one)), passed
            elif one.role not in CHAIN_ENDS_AT:
                yield from go_on((*chain, one), one.recipient, passed)

    return dict(go_on((), start, data))


def ids(chain: Chain) -> tuple[str, ...]:
    return tuple(one.id for one in chain.flows)


@given(some_flows(), lists_of_items, ends, st.sampled_from(["a", *SERVICES]))
def test_the_shortest_chains_are_those_that_plain_enumeration_finds(
    flows: list[Entry], data: list[str], targets: frozenset[str], start: str
) -> None:
    targets -= {start}
    found = over(flows, data)
    expected = reference(found, start, targets)
    least = min(map(len, expected), default=0)
    told = paths(found, [start], targets)
    assert {ids(chain): chain.items for chain in told.found} == {
        chain: carried for chain, carried in expected.items() if len(chain) == least
    }
    assert told.complete


@given(some_flows(), lists_of_items, ends, st.integers(1, MOST))
def test_longer_chains_follow_the_shortest_up_to_the_number_asked_for(
    flows: list[Entry], data: list[str], targets: frozenset[str], most: int
) -> None:
    found = over(flows, data)
    expected = reference(found, "a", targets)
    told = paths(found, ["a"], targets, most)
    assert len(told.found) == min(most, len(expected))
    assert told.complete == (len(expected) <= most)
    assert all(expected[ids(chain)] == chain.items for chain in told.found)
    lengths = [len(chain.hops) for chain in told.found]
    assert lengths == sorted(map(len, expected))[: len(lengths)]


@given(some_flows(), lists_of_items, ends)
def test_each_step_goes_on_where_the_one_before_ended_and_narrows(
    flows: list[Entry], data: list[str], targets: frozenset[str]
) -> None:
    found = over(flows, data)
    for chain in paths(found, ["a"], targets, MOST).found:
        assert chain.activity is not None
        for before, after in pairwise(chain.hops):
            assert before.flow.recipient == after.flow.sender
            assert after.items == found.order.meet(before.items, after.flow.carries)
            assert before.importer == after.exporter
        assert chain.status is worst(hop.status for hop in chain.hops)
        assert all(hop.worst[1].status is hop.status for hop in chain.hops)
        assert severity(chain.status) <= min(severity(hop.status) for hop in chain.hops)
        assert plain_paths.path(chain)["depth"] == len(chain.hops)


def layers(number: int, width: int) -> Iterator[Entry]:
    """So many layers of services, each sending to every one of the next: width ** number chains, all of one length."""
    levels = [["a"], *([f"l{level:02}.{place}" for place in range(width)] for level in range(number))]
    return (flow(one, other) for here, there in pairwise(levels) for one in here for other in there)


def everyone_to_everyone(number: int) -> Network:
    names = [f"s{place:03}" for place in range(number)]
    flows = [flow(one, other) for one in names for other in names if one != other]
    return network([flow("a", names[0]), *flows], [activity("a", "shop", ["client name"])])


@pytest.mark.parametrize("most", [None, 1, MOST])
def test_a_graph_with_more_chains_than_can_be_counted_is_answered_at_once(most: int | None) -> None:
    last = [flow(f"l39.{place}", "end") for place in range(4)]
    found = network([*layers(40, 4), *last], [activity("a", "shop", ["client name"])])
    with little_work(3):
        told = paths(found, ["a"], frozenset({"end"}), most)
    assert len(told.found) == (most or MOST)
    assert len({ids(chain) for chain in told.found}) == len(told.found)
    assert {len(chain.hops) for chain in told.found} == {41}
    assert not told.complete


@pytest.mark.parametrize("most", [None, MOST])
def test_where_everyone_sends_to_everyone_the_search_ends(most: int | None) -> None:
    found = everyone_to_everyone(60)
    with little_work(3):
        told = paths(found, ["a"], frozenset({"s059"}), most)
    assert [len(chain.hops) for chain in told.found] == ([2] if most is None else [2] + [3] * 58 + [4] * 41)
    assert told.complete is (most is None)


def test_many_chains_that_carry_nothing_do_not_hide_the_one_that_carries_something() -> None:
    flows = [*layers(10, 4)]
    flows += [flow(f"l09.{place}", "end", carries=["client email-address"]) for place in range(4)]
    flows += [flow("a", "detour"), *(flow(f"d{place}", f"d{place + 1}") for place in range(14))]
    flows += [flow("detour", "d0"), flow("d14", "end")]
    found = network(flows, [activity("a", "shop", ["client name"])])
    for most in (None, MOST):
        told = paths(found, ["a"], frozenset({"end"}), most)
        assert [len(chain.hops) for chain in told.found] == [17]
        assert told.complete


def test_a_search_that_is_too_dear_is_ended_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    found = everyone_to_everyone(12)
    monkeypatch.setattr(ways.Counted, "left", 200)
    told = paths(found, ["a"], frozenset({"s011"}), MOST)
    assert 0 < len(told.found) < MOST
    assert not told.complete
    monkeypatch.setattr(ways, "MOST_NODES", 3)
    assert not paths(found, ["a"], frozenset({"s011"})).complete


def test_parallel_flows_are_chains_of_their_own() -> None:
    found = network(
        [flow("a", "s0", id="one"), flow("a", "s0", id="other", carries=["client name"])],
        [activity("a", "shop", ["client name", "client email-address"])],
    )
    told = paths(found, ["a"], frozenset({"s0"}))
    assert {ids(chain): chain.items for chain in told.found} == {
        ("one",): items("client name", "client email-address"),
        ("other",): items("client name"),
    }


@pytest.mark.parametrize(("role", "status"), [("sub_processor", Status.SAFEGUARDED), ("processor", Status.UNKNOWN)])
def test_a_chain_from_a_service_has_whatever_arrives_and_who_has_a_sub_processor_is_a_processor(
    role: str, status: Status
) -> None:
    clauses = [{"tool": "scc-2021-m3", "valid_from": "2021-06-27"}]
    found = network(
        [flow("s0", "s1", role, places=["US"], tools=clauses)],
        services=[service("s0", "here"), service("s1", "there")],
        parties=[party("here", "DE"), party("there", "US")],
    )
    [chain] = paths(found, ["s0"], frozenset({"s1"})).found
    assert (chain.items, chain.activity, chain.status) == ({ANYTHING}, None, status)


def test_connected_without_carrying_is_told_apart_from_not_connected() -> None:
    found = network(
        [flow("a", "s0", carries=["client name"]), flow("s0", "s1", carries=["client email-address"])],
        [activity("a", "shop", ["client name", "client email-address"])],
    )
    assert paths(found, ["a"], frozenset({"s1"})).connected
    assert not paths(found, ["a"], frozenset({"s1"})).found
    assert not paths(found, ["a"], frozenset({"s9"})).connected
