"""What hangs on whom: holdings, circles, and the smallest set of parties to replace."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

from hypothesis import strategies as st

from graphsvc.answers.concentration.replacement import TRANSFER
from tests import plain_search as plain
from tests.asking import Tell
from tests.builders import Entry
from tests.laws.common import key, law
from tests.registers import with_flows


@law
def what_hangs_on_a_party_is_what_it_holds(tell: Tell, body: Entry, on: str, data: st.DataObject) -> None:
    found = tell(body).concentration(on)
    expected = defaultdict(set)
    for controller, service, _, item in plain.holdings(body, on):
        expected[plain.provider_of(body, service)].add((controller, item))
    assert {key: (stand.pairs, stand.controllers) for key, stand in found.stands.items()} == {
        key: (len(held), sorted({who for who, _ in held})) for key, held in expected.items()
    }
    assert {key: {tuple(item) for item in stand.items} for key, stand in found.stands.items()} == {
        key: {item for _, item in held} for key, held in expected.items()
    }
    assert found.pairs == len(set().union(*expected.values()))
    assert sum(found.by_status.values()) == len(plain.lines(body, on))


@law
def the_cycles_are_the_services_that_reach_each_other(tell: Tell, body: Entry, on: str, data: st.DataObject) -> None:
    found = tell(body).concentration(on).cycles
    assert {(frozenset(cycle.services), frozenset(step.flow for step in cycle.flows)) for cycle in found} == (
        plain.circles(body, on)
    )
    assert len(found) == len(plain.circles(body, on))


@law
def without_the_parties_to_replace_no_transfer_is_left_and_no_smaller_set_does_it(
    tell: Tell, body: Entry, on: str, data: st.DataObject
) -> None:
    body = with_roles_known(body)
    asked = tell(body)
    told = asked.replacement(on)
    units = {unit(body, service): set() for _, service, _, _ in plain.holdings(body, on)}
    for entry in body["services"]:
        units.get(unit(body, entry["id"]), set()).add(entry["id"])
    controllers = {activity["controller"] for activity in plain.activities_on(body, on)}
    free = [each for each in sorted(units) if each[0] not in controllers]

    def left(gone: Iterable[tuple[str, str]]) -> set[tuple[str, str, str]]:
        less = plain.without(body, set().union(*(units[each] for each in gone)))
        return {line for line in plain.lines(less, on) if is_transfer[line]}

    is_transfer = {key(line): line.status in TRANSFER for line in asked.lines(on)}
    chosen = [(each.what.party, each.what.service) for each in told.parties]
    cannot_end = left(free)
    assert left(chosen) == cannot_end
    assert (told.left, told.exact, told.lower_bound) == (len(cannot_end), True, len(chosen))
    assert not any(left(some) == cannot_end for some in combinations(free, max(0, len(chosen) - 1))) or not chosen


def with_roles_known(body: Entry) -> Entry:
    """A register in which every recipient's role is known, so that a footing does not depend on who else sends."""
    known = ({**flow, "role": "processor"} if flow["role"] == plain.UNKNOWN else flow for flow in body["flows"])
    return with_flows(body, list(known))


def unit(body: Entry, service: str) -> tuple[str, str]:
    """What is replaced as one: a party with all its services, or one service that nobody is known to provide."""
    party = plain.provider_of(body, service)
    return party, service if party == plain.UNKNOWN else ""
