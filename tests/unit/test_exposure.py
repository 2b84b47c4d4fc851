"""Exposure: whose data a breach exposes, what is at stake, and who tells whom."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.answers.exposure import plain as plain_exposure
from graphsvc.answers.exposure.exposed import Exposed, exposure
from graphsvc.answers.exposure.notify import LACKING, Paper
from graphsvc.answers.holders import holders
from graphsvc.answers.lines import Wanted
from graphsvc.answers.marks import Marker, any_mark
from graphsvc.answers.network import Network
from graphsvc.model import CHAIN_ENDS_AT, UNKNOWN, Capacity, DataItem, Role
from tests.builders import Entry, activity, flow, network, party, service

SERVICES = [f"s{number}" for number in range(5)]
DATA = ["client name", "client health-data", "child name", "client criminal-data", f"{UNKNOWN} {UNKNOWN}"]


@st.composite
def some_flows(draw: st.DrawFn) -> list[Entry]:
    """Flows of two controllers among five services, with circles, in any roles, some with a contract."""
    return [
        flow(
            draw(st.sampled_from(["a", "b", "c", *SERVICES])),
            draw(st.sampled_from(SERVICES)),
            draw(st.sampled_from(Role)).value,
            id=f"f{number:02}",
            **({"contract": {"kind": "art28"}} if draw(st.booleans()) else {}),
        )
        for number in range(draw(st.integers(1, 12)))
    ]


def some_network(flows: list[Entry], data: list[str], on: str = "2022-06-01") -> Network:
    """Services s0 and s1 are of one party, nobody named the provider of s4."""
    return network(
        flows,
        [
            activity("a", "shop", data),
            activity("b", "bakery", ["client name"]),
            activity("c", "shop", ["client name"], acts_as="processor"),
        ],
        [
            service("s0", "one"),
            service("s1", "one"),
            service("s2", "two"),
            service("s3", "three"),
            service("s4"),
        ],
        [party("shop", "NL"), party("bakery", "BE"), *(party(name, "DE") for name in ("one", "two", "three"))],
        on,
    )


data_lists = st.lists(st.sampled_from(DATA), min_size=1, max_size=3, unique=True)
places = st.frozensets(st.sampled_from(SERVICES), min_size=1, max_size=3)


@given(some_flows(), data_lists, places)
def test_what_is_exposed_is_what_is_held_there(flows: list[Entry], data: list[str], where: frozenset[str]) -> None:
    found = some_network(flows, data)
    held = {(h.controller, h.service.id, item) for h in holders(found, Wanted()) for item in h.items}
    told = {
        (exposed.controller, holding.service.id, item)
        for exposed in exposure(found, where)
        for holding in exposed.holdings
        for item in holding.items
    }
    assert told == {each for each in held if each[1] in where}
    for exposed in exposure(found, where):
        assert exposed.items == {item for controller, _, item in told if controller == exposed.controller}


@given(some_flows(), data_lists, places)
def test_every_chain_is_there_that_day_and_ends_where_the_breach_is(
    flows: list[Entry], data: list[str], where: frozenset[str]
) -> None:
    found = some_network(flows, data)
    known = {one.id: one for sent in found.flows.values() for one in sent}
    for exposed in exposure(found, where):
        for inflow in exposed.inflows:
            steps = inflow.line.steps
            assert steps[0].sender == inflow.line.passage.activity.id
            assert steps[-1].recipient in where
            assert all((known[s.flow].sender, known[s.flow].recipient) == (s.sender, s.recipient) for s in steps)
            assert all(before.recipient == after.sender for before, after in itertools.pairwise(steps))


@given(some_flows(), data_lists, places)
def test_the_call_list_tells_each_party_once_it_can_know_and_ends_at_the_controller(
    flows: list[Entry], data: list[str], where: frozenset[str]
) -> None:
    found = some_network(flows, data)
    for exposed in exposure(found, where):
        told = {_key(holding.service.id, found): 1 for holding in exposed.holdings}
        for call in sorted(exposed.notify, key=lambda call: call.step):
            assert told[call.who.key] <= call.step
            if call.whom is not None and call.paper is not Paper.NOT_NEEDED:
                told.setdefault(call.whom.key, call.step + 1)
        ends = {inflow.line.chain[-1].role in CHAIN_ENDS_AT for inflow in exposed.inflows}
        if False in ends:
            assert exposed.controller in told
            assert [call for call in exposed.notify if call.who.key == exposed.controller and call.whom is None]


def _key(name: str, found: Network) -> str:
    provider = found.provider(name)
    return f"?{name}" if provider.id == UNKNOWN else provider.id


@given(some_flows(), data_lists, places)
def test_each_call_goes_up_its_flows_and_says_how_their_contracts_stand(
    flows: list[Entry], data: list[str], where: frozenset[str]
) -> None:
    found = some_network(flows, data)
    for exposed in exposure(found, where):
        on_chains = {one.id for inflow in exposed.inflows for one in inflow.line.chain}
        for call in exposed.notify:
            assert {one.id for one in call.flows} <= on_chains
            for one in call.flows:
                assert _key(one.recipient, found) == call.who.key
                recorded = one.contract is not None
                assert recorded or call.paper in {Paper.NOT_RECORDED, Paper.NOT_NEEDED}
        assert {call.paper for call in exposed.without_contract} <= LACKING


@given(some_flows(), data_lists, places)
def test_every_call_has_its_duty_or_says_why_not(flows: list[Entry], data: list[str], where: frozenset[str]) -> None:
    for exposed in exposure(some_network(flows, data), where):
        for call in exposed.notify:
            assert call.duty or call.why, call
    for exposed in exposure(some_network(flows, data, "2018-05-24"), where):
        assert not [call for call in exposed.notify if call.duty]


@given(some_flows(), some_flows(), data_lists, places)
def test_one_more_flow_never_takes_a_controller_off_the_list(
    flows: list[Entry], more: list[Entry], data: list[str], where: frozenset[str]
) -> None:
    more = [entry | {"id": f"more-{entry['id']}"} for entry in more]
    few, many = (
        {(exposed.controller, item) for exposed in exposure(some_network(each, data), where) for item in exposed.items}
        for each in (flows, flows + more)
    )
    assert few <= many


@given(some_flows(), data_lists, places)
def test_what_is_more_at_stake_comes_first(flows: list[Entry], data: list[str], where: frozenset[str]) -> None:
    found = exposure(some_network(flows, data), where)
    for before, after in itertools.pairwise(found):
        assert before.stake.special >= after.stake.special
        assert before.stake.rank <= after.stake.rank


@pytest.mark.parametrize(
    ("item", "marks"),
    [
        (("client", "name"), (False, False, False)),
        (("client", "health-data"), (True, False, False)),
        (("client", "health-record"), (True, False, False)),
        (("client", "personal-data"), (None, None, False)),
        (("client", "criminal-conviction"), (False, True, False)),
        (("child", "name"), (False, False, True)),
        (("data-subject", "name"), (False, False, None)),
        ((UNKNOWN, UNKNOWN), (None, None, None)),
        ((UNKNOWN, "name"), (False, False, None)),
    ],
)
def test_a_word_is_marked_when_it_or_a_broader_one_is_and_may_be_when_a_narrower_one_is(
    item: tuple[str, str], marks: tuple[bool | None, ...]
) -> None:
    assert Marker(network([]))(DataItem(*item)) == marks


def test_one_mark_marks_all_and_doubt_stays_doubt() -> None:
    assert any_mark([False, None, True]) is True
    assert any_mark([False, None]) is None
    assert any_mark([False]) is any_mark([]) is False


def test_the_call_list_names_the_gravest_data_first_and_counts_the_rest() -> None:
    names = ("name", "town", "country", "gender", "email-address", "telephone-number", "health-data")
    found = network([flow("a", "s0")], [activity("a", "shop", [f"client {name}" for name in names])])
    [exposed] = exposure(found, frozenset({"s0"}))
    told = plain_exposure.in_short(plain_exposure.exposed(exposed)["data"], found.vocabulary)
    assert told.startswith("Data concerning health (Client under an agreement), ")
    assert told.endswith(" and 1 more")


def test_what_rests_on_something_assumed_says_so() -> None:
    doubt = {"source": "book", "locator": "1", "basis": "assumed"}
    found = network([flow("a", "s0"), flow("a", "s1", evidence=[doubt])], [activity("a", "shop", ["client name"])])
    [sure], [both] = (exposure(found, frozenset(where)) for where in (["s0"], ["s0", "s1"]))
    assert (sure.basis, both.basis) == ("stated", "assumed")
    assert [call.step for call in _calls(both)] == [1, 1, 2, 2]


def _calls(exposed: Exposed) -> list:
    return [call for call in exposed.notify if call.who.party.id != Capacity.UNKNOWN]
