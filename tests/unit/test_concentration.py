"""What hangs on whom: counts, loss, circles and longest chains, held against plain references on any graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.answers.holders import holders
from graphsvc.answers.lines import Wanted, every_line, passages
from graphsvc.answers.network import Network
from graphsvc.model import CHAIN_ENDS_AT, UNKNOWN, Flow, Role, worst
from graphsvc.questions import ConcentrationAnswer, ConcentrationQuestion
from graphsvc.questions.parts import Whole
from tests.builders import ON, Entry, activity, flow, network, party, service
from tests.concentrating import apart, concentrated

SERVICES = [f"s{number}" for number in range(7)]
ITEMS = ["visitor email-address", "visitor contact-data", "visitor ip-address", "client email-address"]
OWNERS = st.sampled_from(["p0", "p0", "p1", "p2", "c0", None])
COUNTRIES = st.sampled_from(["NL", "US", "GB", "IN", None])
ROLES = st.sampled_from([*Role, Role.PROCESSOR, Role.SUB_PROCESSOR, Role.SUB_PROCESSOR])

lists_of_items = st.lists(st.sampled_from(ITEMS), min_size=1, max_size=3, unique=True)


Drawn = dict[str, list[Entry]]


@st.composite
def registers(draw: st.DrawFn) -> Drawn:
    """Two controllers, four parties, seven services, some of them unnamed; circles, any roles, lists of items."""
    flows: list[Entry] = []
    for number in range(draw(st.integers(1, 14))):
        carries = draw(st.none() | lists_of_items)
        places = draw(st.lists(st.sampled_from(["NL", "US", "GB"]), max_size=1))
        more = {"places": places, "seat_access": draw(st.booleans())} | ({"carries": carries} if carries else {})
        sender = draw(st.sampled_from(["a0", "a1", *SERVICES]))
        flows.append(
            flow(sender, draw(st.sampled_from(SERVICES)), draw(ROLES).value, id=f"f{number:02}", **more),
        )
    activities = [activity(f"a{n}", f"c{n}", draw(lists_of_items)) for n in range(2)]
    services = [service(name, draw(OWNERS)) for name in SERVICES]
    parties = [party(name, draw(COUNTRIES)) for name in ("p0", "p1", "p2", "c0", "c1")]
    return {"flows": flows, "activities": activities, "services": services, "parties": parties}


def reached(flows: Iterable[Flow], start: str) -> set[str]:
    """The services that flows lead to from a start, going on through who passes data on: a plain search."""
    found: set[str] = set()
    seen, todo = {start}, [start]
    flows = [*flows]
    while todo:
        sender = todo.pop()
        for each in flows:
            if each.sender == sender:
                found.add(each.recipient)
                if each.role not in CHAIN_ENDS_AT and each.recipient not in seen:
                    seen.add(each.recipient)
                    todo.append(each.recipient)
    return found


def services_of(found: Network, owner: str) -> set[str]:
    return {each.id for each in found.services.values() if each.provider == owner}


def passed(found: Network) -> dict[str, list[Flow]]:
    return {a.id: [passage.flow for passage in passages(found, a)] for a in found.activities}


@given(registers())
def test_what_a_party_has_is_what_the_answer_about_holders_says(drawn: Drawn) -> None:
    found = network(**drawn)
    told = concentrated(found)
    held: dict[str, set[tuple[str, object]]] = {}
    countries: dict[str, set[str]] = {}
    for each in holders(found, Wanted()):
        held.setdefault(each.party.id, set()).update((each.controller, item) for item in each.items)
        countries.setdefault(each.party.id, set()).update(each.countries)
    assert {key: (stand.pairs, stand.controllers, stand.items) for key, stand in told.stands.items()} == {
        key: (len(pairs), sorted({who for who, _ in pairs}), {item for _, item in pairs}) for key, pairs in held.items()
    }
    assert {key: stand.countries for key, stand in told.stands.items()} == countries
    assert told.pairs == len(set().union(*held.values()))


@given(registers())
def test_lines_are_counted_as_the_answer_about_transfers_counts_them(drawn: Drawn) -> None:
    found = network(**drawn)
    told = concentrated(found)
    lines = list(every_line(found))
    assert told.by_status == Counter(line.status for line in lines)
    assert told.stands.keys() == {line.passage.importer.id for line in lines}
    for key, stand in told.stands.items():
        own = [line for line in lines if line.passage.importer.id == key]
        assert stand.depth == min(line.passage.depth for line in own)
        assert stand.activities == len({line.passage.activity.id for line in own})
        assert told.worst[key]["status"] == worst(line.status for line in own).value
        assert found.provider(told.worst[key]["chain"][-1]["to"]).id == key


@given(registers())
def test_what_falls_away_with_a_party_is_what_no_way_without_it_leads_to(drawn: Drawn) -> None:
    found = network(**drawn)
    told = concentrated(found)
    for owner in {each.provider for each in found.services.values()}:
        own = services_of(found, owner)
        lost, activities, pairs = set(), [], 0
        for start, flows in passed(found).items():
            with_it, without_it = (
                reached(kept, start) for kept in (flows, [each for each in flows if each.recipient not in own])
            )
            lost |= with_it - without_it - own
            pairs += len(with_it - without_it - own)
            if with_it and not without_it:
                activities.append(start)
        loss = told.losses.of(owner)
        assert (loss.services, loss.activities, loss.pairs) == (lost, activities, pairs), owner


@given(registers())
def test_whatever_falls_away_holds_nothing_any_more_when_data_spreads_without_the_party(drawn: Drawn) -> None:
    found = network(**drawn)
    told = concentrated(found)
    for owner in {each.provider for each in found.services.values()}:
        own = services_of(found, owner)
        kept = {s: tuple(f for f in flows if f.recipient not in own) for s, flows in found.flows.items()}
        less = replace(found, flows=kept)
        pairs = [(a.id, passage.flow.recipient) for a in found.activities for passage in passages(less, a)]
        gone = told.losses.of(owner)
        for start in gone.activities:
            assert start not in {activity for activity, _ in pairs}
        assert gone.pairs <= len({(a, f.recipient) for a, fs in passed(found).items() for f in fs} - {*pairs})


@given(registers())
def test_circles_are_services_that_reach_each_other_over_flows_that_data_passes(drawn: Drawn) -> None:
    found = network(**drawn)
    flows = {f.id: f for each in passed(found).values() for f in each if f.role not in CHAIN_ENDS_AT}
    ways = {s: reached(flows.values(), s) for s in SERVICES}
    expected = {frozenset(t for t in SERVICES if t in ways[s] and s in ways[t]) for s in SERVICES if s in ways[s]}
    cycles = concentrated(found).cycles
    assert {frozenset(cycle.services) for cycle in cycles} == expected
    for cycle in cycles:
        among = {f.id for f in flows.values() if {f.sender, f.recipient} <= {*cycle.services}}
        assert {step.flow for step in cycle.flows} == among
        assert cycle.chain[-1]["to"] in cycle.services


@given(registers())
def test_the_longest_chain_of_a_controller_leads_to_its_furthest_recipient(drawn: Drawn) -> None:
    found = network(**drawn)
    nearest: dict[tuple[str, str], int] = {}
    for a in found.activities:
        for passage in passages(found, a):
            key = (a.controller, passage.flow.recipient)
            nearest[key] = min(nearest.get(key, passage.depth), passage.depth)
    told = concentrated(found).furthest
    assert {row["controller"]["id"] for row in told} == {controller for controller, _ in nearest}
    for row in told:
        controller = row["controller"]["id"]
        assert (
            len(row["chain"]) == row["depth"] == max(depth for (who, _), depth in nearest.items() if who == controller)
        )


@given(registers())
def test_the_answer_does_not_depend_on_the_order_in_which_things_come(drawn: Drawn) -> None:
    found = network(**drawn)
    turned = Network.of(
        found.on,
        found.law,
        found.order,
        reversed(found.activities),
        [f for flows in reversed(found.flows.values()) for f in reversed(flows)],
        reversed(found.services.values()),
        reversed(found.parties.values()),
        found.vocabulary,
    )
    assert body(turned) == body(found)


@given(registers())
def test_parts_of_one_controller_each_give_the_answer_of_the_whole(drawn: Drawn) -> None:
    found = network(**drawn)
    assert body(*apart(found)) == body(found)


def body(*found: Network, **asked: object) -> Entry:
    return ConcentrationAnswer(ConcentrationQuestion(ON, **asked), Whole(found)).body()


# By example


def shop(*flows: Entry, services: Iterable[Entry] = (), parties: Iterable[Entry] = (), **more: object) -> Network:
    data = ["visitor email-address", "visitor health-data"]
    return network(
        flows,
        [activity("news", "shop", data[:1]), activity("care", "clinic", data)],
        services,
        [party("shop", "NL"), party("clinic", "BE"), *parties],
        **more,
    )


def test_nothing_that_is_reached_gives_an_empty_answer() -> None:
    answer = body(shop())
    assert (answer["total"], answer["pairs"], answer["countries"], answer["cycles"]) == (0, 0, [], [])
    assert answer["replacement"]["why"] == "No line is known to be a transfer that has to end."
    assert answer["replacement"]["exact"]


def test_the_party_with_most_data_of_most_controllers_comes_first() -> None:
    found = shop(
        flow("news", "mail", carries=["visitor email-address"]),
        flow("care", "mail", carries=["visitor email-address"]),
        flow("care", "files"),
        services=[service("mail", "mailer"), service("files", "filer")],
        parties=[party("mailer", "NL"), party("filer", "NL")],
    )
    rows = body(found)["items"]
    assert [(r["party"]["id"], r["controllers"], r["pairs"], r["share"]) for r in rows] == [
        ("mailer", 2, 2, round(2 / 3, 4)),
        ("filer", 1, 2, round(2 / 3, 4)),
    ]


def test_a_special_category_is_marked_by_itself_or_by_a_broader_word() -> None:
    found = shop(flow("care", "files"), services=[service("files", "filer")], parties=[party("filer", "NL")])
    [row] = body(found)["items"]
    assert (row["special"], row["may_be_special"]) == (["health-data"], [])


def test_recipients_that_nobody_named_are_a_row_of_their_own_and_no_single_point() -> None:
    answer = body(shop(flow("news", "some-hosting"), flow("care", "other-hosting")))
    [row] = answer["items"]
    assert row["party"]["id"] == UNKNOWN
    assert [each["id"] for each in row["services"]] == ["other-hosting", "some-hosting"]
    assert row["lost_activities"] == ["care", "news"]
    assert answer["single_points"] == {"loss": [], "breach": []}


def test_what_two_services_of_one_party_lead_to_is_lost_with_the_party() -> None:
    found = shop(
        flow("news", "mail"),
        flow("news", "chat"),
        flow("mail", "cloud", "sub_processor"),
        flow("chat", "cloud", "sub_processor"),
        services=[service("mail", "mailer"), service("chat", "mailer"), service("cloud", "clouds")],
        parties=[party("mailer", "NL"), party("clouds", "NL")],
    )
    loss = concentrated(found).losses.of("mailer")
    assert (loss.services, loss.pairs, loss.activities) == ({"cloud"}, 1, ["news"])


@pytest.mark.parametrize("role", ["independent_controller", "authority"])
def test_what_lies_behind_an_independent_controller_is_not_lost_with_it(role: str) -> None:
    found = shop(
        flow("news", "bank", role),
        flow("bank", "cloud", "processor"),
        services=[service("bank", "banker"), service("cloud", "clouds")],
        parties=[party("banker", "NL"), party("clouds", "NL")],
    )
    assert [*concentrated(found).stands] == ["banker"]
    assert concentrated(found).losses.of("banker").services == set()


def test_a_country_inside_is_counted_beside_a_third_country_of_the_same_flow() -> None:
    found = shop(
        flow("news", "mail", places=["US"]), services=[service("mail", "mailer")], parties=[party("mailer", "IE")]
    )
    rows = {row["country"]: row for row in body(found)["countries"]}
    assert {code: row["status"] for code, row in rows.items()} == {"IE": "inside", "US": "uncovered"}
    assert {code: row["by_status"]["uncovered"] for code, row in rows.items()} == {"IE": 0, "US": 1}


def test_the_row_of_a_party_is_proved_by_the_nearest_of_its_worst_lines() -> None:
    found = shop(
        flow("news", "mail"),
        flow("mail", "cloud", "sub_processor", places=["US"]),
        services=[service("mail", "mailer"), service("cloud", "mailer")],
        parties=[party("mailer", "NL")],
    )
    [row] = body(found)["items"]
    assert (row["depth"], row["status"], row["country"]) == (1, "uncovered", "US")
    assert [step["to"] for step in row["chain"]] == ["mail", "cloud"]


def test_a_service_that_sends_to_itself_is_a_circle_of_one() -> None:
    found = shop(flow("news", "mail"), flow("mail", "mail", "sub_processor"), services=[service("mail", "mailer")])
    [cycle] = body(found)["cycles"]
    assert [each["id"] for each in cycle["services"]] == ["mail"]
    assert [each["flow"] for each in cycle["flows"]] == ["mail-mail"]
    assert [each["flow"] for each in cycle["chain"]] == ["news-mail"]


def test_a_circle_that_no_data_goes_round_is_none() -> None:
    found = shop(
        flow("news", "mail"),
        flow("mail", "cloud", "sub_processor"),
        flow("cloud", "mail", "sub_processor", carries=["visitor ip-address"]),
    )
    assert body(found)["cycles"] == []


def test_the_dominators_are_those_of_networkx() -> None:
    found = shop(
        *(flow(one, other, "sub_processor") for one, other in [("m", "x"), ("m", "y"), ("x", "z"), ("y", "z")]),
        flow("news", "m"),
        flow("z", "end", "sub_processor"),
        services=[service(name, f"party-{name}") for name in ("m", "x", "y", "z", "end")],
        parties=[party(f"party-{name}", "NL") for name in ("m", "x", "y", "z", "end")],
    )
    graph = networkx.DiGraph((f.sender, f.recipient) for flows in passed(found).values() for f in flows)
    nearest = networkx.immediate_dominators(graph, "news")
    assert nearest["end"] == "z"
    losses = concentrated(found).losses
    assert {name: losses.of(f"party-{name}").services for name in ("m", "x", "z")} == {
        "m": {"x", "y", "z", "end"},
        "x": set(),
        "z": {"end"},
    }


def test_the_day_is_the_one_asked_about() -> None:
    found = shop(flow("news", "mail", valid_from="2023-01-01"), services=[service("mail", "mailer")])
    assert found.on == ON
    assert body(found)["total"] == 0
