"""How data spreads: held against a plain reference on any graph, with circles, narrowing and every role."""

from __future__ import annotations

from collections.abc import Iterator

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.answers.holders import holders
from graphsvc.answers.lines import Passage, Wanted, passages
from graphsvc.answers.network import Network
from graphsvc.answers.propagate import propagate
from graphsvc.model import CAPACITY_OF, CHAIN_ENDS_AT, Activity, Capacity, DataItem, Flow, Role
from tests.builders import Entry, activity, flow, items, network, order_of

SERVICES = [f"s{number}" for number in range(6)]
WORDS = order_of(
    {"contact": ["data"], "email": ["contact"], "phone": ["contact"], "health": ["data"], "data": []},
    {"client": ["person"], "staff": ["person"], "person": []},
)
ITEMS = [
    f"{subject} {category}"
    for subject in ("person", "client", "staff")
    for category in ("data", "contact", "email", "phone", "health")
]
START = ("a", Capacity.CONTROLLER, False)

lists_of_items = st.lists(st.sampled_from(ITEMS), min_size=1, max_size=4, unique=True)


@st.composite
def some_flows(draw: st.DrawFn, most: int = 14) -> list[Entry]:
    """Flows among an activity and six services, with circles, in any roles, some of them listing items."""
    found = []
    for number in range(draw(st.integers(1, most))):
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


def spread_over(flows: list[Entry], data: list[str]) -> Network:
    return network(flows, [activity("a", "shop", data)], words=WORDS)


def passed(flows: list[Entry], data: list[str], beyond: bool = False) -> dict[str, Passage]:
    found = spread_over(flows, data)
    return {passage.flow.id: passage for passage in passages(found, found.activities[0], beyond)}


State = tuple[tuple[str, Capacity, bool], DataItem]
"""Where an item is: at which node, in which capacity, whether behind an independent controller."""


def reference(flows: list[Entry], data: list[str], beyond: bool) -> networkx.DiGraph:
    """Every state an item can get into, and how: all flows over and over, until nothing is new."""
    graph = networkx.DiGraph()
    todo: list[State] = [(START, DataItem(*words.split())) for words in data]
    graph.add_edges_from(("start", state) for state in todo)
    while todo:
        place, item = state = todo.pop()
        if place[2] and not beyond:
            continue
        for one in map(Flow.from_body, flows):
            if one.sender == place[0]:
                target = (one.recipient, CAPACITY_OF[one.role], place[2] or one.role in CHAIN_ENDS_AT)
                for narrowed in common(item, one):
                    after = (target, narrowed)
                    if after not in graph:
                        todo.append(after)
                    graph.add_edge(state, (one.id, place, narrowed))
                    graph.add_edge((one.id, place, narrowed), after)
    return graph


def common(item: DataItem, one: Flow) -> Iterator[DataItem]:
    """What of an item passes a flow: for each listed item the narrower word of both, where there is one."""
    for other in one.carries if one.carries is not None else [item]:
        subjects = [item.subject, other.subject]
        categories = [item.category, other.category]
        subject = [s for s in subjects if all(WORDS.includes_subject(each, s) for each in subjects)]
        category = [c for c in categories if all(WORDS.includes_category(each, c) for each in categories)]
        if subject and category:
            yield DataItem(subject[0], category[0])


def crossings(graph: networkx.DiGraph) -> dict[str, dict[DataItem, int]]:
    """For each flow the items that pass it, and the number of flows of the shortest way to do so."""
    found: dict[str, dict[DataItem, int]] = {}
    for state, steps in networkx.single_source_shortest_path_length(graph, "start").items():
        if len(state) == 3:
            depths = found.setdefault(state[0], {})
            depths[state[2]] = min(steps // 2, depths.get(state[2], steps))
    return found


@given(some_flows(), lists_of_items, st.booleans())
def test_what_passes_each_flow_is_what_a_plain_fixed_point_says(
    flows: list[Entry], data: list[str], beyond: bool
) -> None:
    expected = crossings(reference(flows, data, beyond))
    found = passed(flows, data, beyond)
    assert {key: passage.items for key, passage in found.items()} == {
        key: frozenset(depths) for key, depths in expected.items()
    }
    assert {key: passage.depth for key, passage in found.items()} == {
        key: min(depths.values()) for key, depths in expected.items()
    }


@given(some_flows(), lists_of_items, st.booleans())
def test_every_proof_is_a_real_chain_that_carries_the_item_and_is_as_short_as_can_be(
    flows: list[Entry], data: list[str], beyond: bool
) -> None:
    expected = crossings(reference(flows, data, beyond))
    for key, passage in passed(flows, data, beyond).items():
        for item in passage.items:
            chain = passage.chain(frozenset({item}))
            assert chain[-1].id == key
            assert [one.sender for one in chain] == ["a", *(one.recipient for one in chain[:-1])]
            assert beyond or not CHAIN_ENDS_AT & {one.role for one in chain[:-1]}
            assert len(chain) == expected[key][item]
            assert item in carried_along(chain, data)


def carried_along(chain: tuple[Flow, ...], data: list[str]) -> frozenset[DataItem]:
    """What gets to the end of a chain."""
    arriving = items(*data)
    for one in chain:
        arriving = frozenset(passing for item in arriving for passing in common(item, one))
    return arriving


@given(some_flows(), lists_of_items)
def test_a_chain_for_several_items_is_the_shortest_of_theirs(flows: list[Entry], data: list[str]) -> None:
    for passage in passed(flows, data).values():
        lengths = [len(passage.chain(frozenset({item}))) for item in passage.items]
        assert len(passage.chain(passage.items)) == min(lengths) == passage.depth


@given(some_flows(), lists_of_items, st.data())
def test_the_order_of_flows_does_not_matter(flows: list[Entry], data: list[str], draw: st.DataObject) -> None:
    def told(some: list[Entry]) -> list[tuple]:
        return [
            (p.flow, p.items, p.depth, p.beyond, p.widening, p.chain(p.items))
            for p in passed(some, data, True).values()
        ]

    assert told(flows) == told(draw.draw(st.permutations(flows)))


@given(some_flows(), some_flows(3), lists_of_items)
def test_one_more_flow_takes_nothing_away_from_anybody(flows: list[Entry], more: list[Entry], data: list[str]) -> None:
    more = [entry | {"id": f"more-{entry['id']}"} for entry in more]
    assert held(flows, data) <= held(flows + more, data)


def held(flows: list[Entry], data: list[str]) -> set[tuple[str, Role, DataItem]]:
    found = holders(spread_over(flows, data), Wanted())
    return {(holding.service.id, holding.role, item) for holding in found for item in holding.items}


@given(some_flows(), lists_of_items)
def test_what_lies_behind_a_controller_is_marked_and_nothing_else_is_changed_by_showing_it(
    flows: list[Entry], data: list[str]
) -> None:
    short, whole = passed(flows, data), passed(flows, data, beyond=True)
    assert short.keys() <= whole.keys()
    assert not any(passage.beyond for passage in short.values())
    assert all(whole[key].beyond for key in whole.keys() - short.keys())
    assert all(passage.items <= whole[key].items for key, passage in short.items())


@given(some_flows())
def test_without_lists_and_controllers_of_their_own_data_reaches_all_that_can_be_reached(flows: list[Entry]) -> None:
    plain = [flow(entry["from"], entry["to"], id=entry["id"]) for entry in flows]
    graph = networkx.MultiDiGraph([(entry["from"], entry["to"]) for entry in plain])
    graph.add_node("a")
    found = passed(plain, ["client email"])
    assert {passage.service.id for passage in found.values()} == networkx.descendants(graph, "a")
    assert all(passage.items == items("client email") for passage in found.values())
    lengths = networkx.single_source_shortest_path_length(graph, "a")
    assert {key: passage.depth for key, passage in found.items()} == {
        entry["id"]: lengths[entry["from"]] + 1 for entry in plain if entry["from"] in lengths
    }


@given(some_flows(), lists_of_items)
def test_what_is_too_much_is_listed_and_cannot_arrive(flows: list[Entry], data: list[str]) -> None:
    found = spread_over(flows, data)
    arriving = {state for state in reference(flows, data, False) if len(state) == 2 and not state[0][2]}
    for key, too_much in propagate(found, found.activities[0]).widening.items():
        one = next(Flow.from_body(entry) for entry in flows if entry["id"] == key)
        assert too_much
        assert too_much <= one.carries
        at_sender = [item for place, item in arriving if place[0] == one.sender]
        assert not any(WORDS.includes(item, listed) for item in at_sender for listed in too_much)


def test_an_activity_that_sends_nothing_reaches_nobody() -> None:
    assert passed([flow("s1", "s2")], ["client email"]) == {}


def test_one_item_arrives_again_at_a_deeper_level_only_where_it_is_new() -> None:
    ring = [flow(one, other) for one, other in zip(["a", *SERVICES], SERVICES, strict=False)]
    ring.append(flow(SERVICES[-1], SERVICES[0]))
    found = passed(ring, ["client email"])
    assert [passage.depth for passage in found.values()] == [1, 2, 3, 4, 5, 6, 7]


def test_a_long_chain_and_a_wide_one_end_soon() -> None:
    length = 2_000
    chain = [flow("a", "n0"), *(flow(f"n{number}", f"n{number + 1}") for number in range(length))]
    deepest = list(passed(chain, ["client email"]).values())[-1]
    assert deepest.depth == len(deepest.chain(deepest.items)) == length + 1
    wide = [flow("a", f"m{number}") for number in range(length)]
    wide += [flow(f"m{number}", "hub") for number in range(length)]
    wide += [flow("hub", f"m{number}") for number in range(length)]
    assert len(passed(wide, ["client email"])) == 3 * length


@pytest.mark.parametrize(
    ("data", "carries", "is_known"), [([], None, False), ([], ["client email"], True), (["client email"], None, True)]
)
def test_when_the_data_is_not_known_anything_may_arrive(
    data: list[str], carries: list[str] | None, is_known: bool
) -> None:
    one = flow("a", "s1", **({"carries": carries} if carries else {}))
    (passage,) = passed([one], data).values()
    assert (passage.items == items("client email")) is is_known
    assert (passage.items == items("unknown unknown")) is not is_known


def test_a_flow_from_another_day_passes_nothing() -> None:
    early = [flow("a", "s1", valid_until="2020-01-01"), flow("a", "s2", valid_from="2030-01-01"), flow("a", "s3")]
    assert list(passed(early, ["client email"])) == ["a-s3"]


def test_the_capacity_in_which_data_is_sent_on_follows_the_role() -> None:
    flows = [flow("a", "s1", role.value, id=role.value) for role in Role] + [flow("s1", "s2")]
    senders = passed(flows, ["client email"], beyond=True)["s1-s2"].senders
    assert {(place.capacity, place.beyond) for place in senders} == {
        (Capacity.PROCESSOR, False),
        (Capacity.CONTROLLER, False),
        (Capacity.CONTROLLER, True),
        (Capacity.PUBLIC_BODY, True),
        (Capacity.UNKNOWN, False),
    }


def test_an_activity_carried_out_as_processor_sends_as_processor() -> None:
    found = network([flow("a", "s1")], [activity("a", "shop", ["client email"], acts_as="processor")], words=WORDS)
    (passage,) = passages(found, found.activities[0])
    assert [place.capacity for place in passage.senders] == [Capacity.PROCESSOR]
    assert isinstance(passage.activity, Activity)
