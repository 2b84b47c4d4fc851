"""The picture: which flows it shows, which it counts, and what they connect."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.answers.lines import Wanted, every_line
from graphsvc.answers.network import Network
from graphsvc.answers.overview import standings
from graphsvc.answers.picture.levels import FEW, Picture, View
from graphsvc.errors import PictureTooLarge
from graphsvc.exports.picture import MOST_FLOWS, dot, looks
from graphsvc.model import Role, Status
from tests.builders import activity, flow, network, party, service

SERVICES = ["s1", "s2", "s3", "s4"]


def shop(*flows: dict, data: tuple[str, ...] = ("client name", "client email-address")) -> Network:
    """A shop with one activity; services s1 to s4 of parties p1 to p4, p3 being in the United States."""
    seats = {"p1": "NL", "p2": "DE", "p3": "US", "p4": "NL"}
    return network(
        flows,
        [activity("a", "shop", data)],
        [service(name, name.replace("s", "p")) for name in SERVICES],
        [party("shop", "NL"), *(party(name, seat) for name, seat in seats.items())],
    )


CHAIN = (
    flow("a", "s1", places=["NL"]),
    flow("s1", "s2", "sub_processor", places=["DE"]),
    flow("s2", "s3", "sub_processor", places=["US"]),
)


def flows(picture: Picture) -> list[str]:
    return [drawn.flow.id for drawn in picture.flows]


def ways(picture: Picture) -> list[str]:
    return [drawn.flow.id for drawn in picture.ways]


@given(
    st.lists(st.tuples(st.sampled_from(["a", *SERVICES]), st.sampled_from(SERVICES)), max_size=12, unique=True),
    st.sampled_from([None, 1, 2, 9]),
)
def test_it_counts_the_flows_that_lines_tell_of_each_once_whatever_it_shows(pairs, depth):
    found = shop(*(flow(sender, recipient) for sender, recipient in pairs))
    picture = Picture(found, View(depth=depth))
    told = {line.passage.flow.id for line in every_line(found)}
    assert sum(picture.by_status.values()) == len(told) == sum(level.flows for level in picture.levels)
    assert set(flows(picture)) <= told
    assert depth != 9 or set(flows(picture)) == told
    ids = {node.id for node in picture.nodes()}
    assert all({drawn.flow.sender, drawn.flow.recipient} <= ids for drawn in picture.flows)


@given(st.lists(st.tuples(st.sampled_from(["a", *SERVICES]), st.sampled_from(SERVICES)), max_size=12, unique=True))
def test_what_a_node_hides_and_shows_is_what_it_sends(pairs):
    picture = Picture(shop(*(flow(sender, recipient) for sender, recipient in pairs)), View(depth=1))
    for node in picture.nodes():
        shown = [drawn for drawn in picture.flows if drawn.flow.sender == node.id]
        assert node.sends == node.hidden + len(shown)


def test_columns_follow_the_depth():
    columns = {node.id: node.column for node in Picture(shop(*CHAIN), View()).nodes()}
    assert columns == {"shop": 0, "a": 1, "s1": 2, "s2": 3, "s3": 4}


def test_a_circle_is_drawn_once():
    picture = Picture(shop(*CHAIN, flow("s3", "s1", "sub_processor")), View())
    assert sorted(flows(picture)) == ["a-s1", "s1-s2", "s2-s3", "s3-s1"]


def test_fewer_levels_show_what_is_hidden_and_a_node_can_be_opened():
    picture = Picture(shop(*CHAIN), View(depth=1))
    assert flows(picture) == ["a-s1"]
    assert {node.id: node.hidden for node in picture.nodes() if node.hidden} == {"s1": 1}
    assert [(level.depth, level.flows) for level in picture.levels] == [(1, 1), (2, 1), (3, 1)]
    assert flows(Picture(shop(*CHAIN), View(depth=1, opened=frozenset({"s1"})))) == ["a-s1", "s1-s2"]


def test_what_is_opened_behind_what_is_not_shown_stays_hidden():
    assert flows(Picture(shop(*CHAIN), View(depth=1, opened=frozenset({"s2"})))) == ["a-s1"]


def test_without_a_wish_it_shows_as_many_levels_as_have_few_flows():
    many = [service(f"m{number}") for number in range(FEW)]
    found = network(
        [flow("a", "s1"), *(flow("s1", each["id"]) for each in many)],
        [activity("a", "shop", ["client name"])],
        [service("s1"), *many],
        [party("shop", "NL")],
    )
    assert Picture(found, View()).depth == 1
    assert len(Picture(found, View(depth=2)).flows) == FEW + 1


def test_a_filter_keeps_the_way_to_what_it_asks_for_apart():
    picture = Picture(shop(*CHAIN), View(status=frozenset({Status.UNCOVERED})))
    assert flows(picture) == ["s2-s3"]
    assert ways(picture) == ["a-s1", "s1-s2"]
    assert picture.by_status[Status.UNCOVERED] == sum(picture.by_status.values()) == 1


@pytest.mark.parametrize(
    ("view", "asked"),
    [
        (View(countries=frozenset({"US"})), ["s2-s3"]),
        (View(countries=frozenset({"NL", "DE"})), ["a-s1", "s1-s2"]),
        (View(roles=frozenset({Role.PROCESSOR})), ["a-s1"]),
        (View(ends=frozenset({"s2"})), ["a-s1", "s1-s2"]),
        (View(ends=frozenset({"s4"})), []),
        (View(wanted=Wanted(category="phone-number")), []),
    ],
)
def test_filters(view: View, asked: list[str]):
    assert flows(Picture(shop(*CHAIN), view)) == asked


def test_everything_upstream_of_a_service_is_shown_not_only_the_shortest_chain():
    found = shop(flow("a", "s1"), flow("a", "s2"), flow("s1", "s2"), flow("s2", "s3"), flow("s1", "s4"))
    assert set(flows(Picture(found, View(ends=frozenset({"s3"}))))) == {"a-s1", "a-s2", "s1-s2", "s2-s3"}


def test_where_a_controller_stands_is_what_its_picture_counts():
    found = shop(*CHAIN, flow("a", "nobody"))
    [standing] = standings(found)
    assert standing.by_status == Picture(found, View()).by_status
    assert (standing.activities, standing.recipients, standing.unnamed, standing.flows) == (1, 4, 1, 4)


def test_every_footing_has_a_look_of_its_own():
    for part in ("colour", "dark", "mark", "head"):
        assert len({look[part] for look in looks().values()}) == len(Status)
    assert looks().keys() == {status.value for status in Status}


def body(**more: object) -> dict:
    found = {"on": "2022-06-01", "law": "seed", "by_status": {}, "nodes": [], "ways": [], "items": []}
    return found | more


@pytest.mark.parametrize("name", ["<img onerror=alert(1)>", "<b>bold</b>", 'a "b"', r"a\nb", "a:b", "&lt;"])
def test_a_name_is_drawn_as_it_is_written(name: str):
    node = {"id": name, "kind": "service", "name": name, "column": 2, "party": {"id": "p", "name": name}}
    rest = {"unnamed": False, "countries": [], "status": None, "hidden": 0, "parents_outside": []}
    text = dot(body(nodes=[node | rest]), "en")
    assert "label=<" not in text


def test_a_picture_that_nobody_could_read_is_refused():
    with pytest.raises(PictureTooLarge, match="ask for fewer levels"):
        dot(body(items=[{}] * (MOST_FLOWS + 1)), "en")
