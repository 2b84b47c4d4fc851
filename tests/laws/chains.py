"""Chains: those that prove an answer are real, and those between two parties are all there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from hypothesis import strategies as st

from graphsvc.answers.lines import Line
from tests import plain_search as plain
from tests.asking import Asked, Tell
from tests.builders import Entry
from tests.laws.common import law
from tests.registers import CONTROLLERS, PARTIES


def check_chain(body: Entry, on: str, start: str, steps: Sequence[tuple[str, str, str]]) -> None:
    """Every flow of a chain exists, is valid that day, and goes on where the one before ended."""
    there = {flow["id"]: flow for flow in plain.flows_on(body, on)}
    assert steps
    assert [(there[flow]["from"], there[flow]["to"]) for flow, _, _ in steps] == [step[1:] for step in steps]
    assert steps[0][1] == start
    assert all(one[2] == other[1] for one, other in pairwise(steps))
    assert not any(there[flow]["role"] in plain.KEEPS_IT for flow, _, _ in steps[:-1])


def check_line(body: Entry, on: str, line: Line) -> None:
    """A line's chain is real and as short as can be, and brings each of its items or some of them."""
    check_chain(body, on, line.passage.activity.id, line.steps)
    assert line.steps[-1].flow == line.passage.flow.id
    entry = next(activity for activity in body["activities"] if activity["id"] == line.passage.activity.id)
    assert plain.valid(entry, on)
    expected = plain.spread(body, on, entry)[line.passage.flow.id]
    assert {tuple(item) for item in line.items} <= expected.keys()
    assert len(line.steps) == min(expected[tuple(item)] for item in line.items)
    by_id = {flow["id"]: flow for flow in body["flows"]}
    arriving = plain.items(entry.get("data", ())) or {plain.ANYTHING}
    for flow, _, _ in line.steps:
        arriving = set().union(*(plain.passing(item, by_id[flow]) for item in arriving))
    assert arriving & {tuple(item) for item in line.items}


@law
def every_line_of_an_answer_names_a_chain_of_flows_that_exist_and_are_valid_that_day(
    tell: Tell, body: Entry, on: str, data: st.DataObject
) -> None:
    asked = tell(body)
    for line in lines_of_every_answer(asked, on):
        check_line(body, on, line)
    for chain in chains_told(asked, on):
        steps = [(step["flow"], step["from"], step["to"]) for step in chain]
        check_chain(body, on, steps[0][1], steps)
        assert steps[0][1] in {activity["id"] for activity in plain.activities_on(body, on)}
    for gap in asked.gaps(on):
        if gap.chain:
            check_chain(body, on, gap.chain[0].sender, gap.chain)
            assert gap.chain[0].sender in gap.activities
    for fact in (fact for finding in asked.findings(on) for fact in (*finding.against, *finding.unknown)):
        if fact.chain:
            check_chain(body, on, fact.chain[0].sender, fact.chain)
            assert fact.chain[0].sender in fact.activities


def lines_of_every_answer(asked: Asked, on: str) -> Iterator[Line]:
    yield from asked.lines(on)
    for holding in asked.holdings(on):
        yield from (*holding.lines, holding.shortest)
    for party in PARTIES:
        for exposed in asked.exposed(on, party):
            yield from (inflow.line for inflow in exposed.inflows)
    for controller in CONTROLLERS:
        yield from (recipient.shortest for recipient in asked.recipients(on, controller))


def chains_told(asked: Asked, on: str) -> Iterator[list[Entry]]:
    """The chains of an answer that keeps its lines as they are told."""
    found = asked.concentration(on)
    rows = [*found.furthest, *(found.worst[key] for key in found.stands)]
    rows += [*(found.worst_there[key] for key in found.countries)]
    rows += [each.proof for each in asked.replacement(on).parties if each.proof]
    yield from (row["chain"] for row in rows)
    yield from (list(cycle.chain) for cycle in found.cycles)


@law
def the_paths_between_two_parties_are_all_shortest_ones_that_plain_enumeration_finds(
    tell: Tell, body: Entry, on: str, data: st.DataObject
) -> None:
    source, target, *_ = data.draw(st.permutations(PARTIES))
    own = {
        activity["id"]: plain.items(activity.get("data", ())) or {plain.ANYTHING}
        for activity in plain.activities_on(body, on)
        if activity["controller"] == source
    }
    from_services = {service: {plain.ANYTHING} for service in plain.services_of(body, source)}
    ends = plain.services_of(body, target)
    expected = plain.chains(body, on, own, ends) or plain.chains(body, on, from_services, ends)
    least = min(map(len, expected), default=0)
    found = tell(body).chains(on, source, target)
    assert {tuple(flow.id for flow in chain.flows): {tuple(item) for item in chain.items} for chain in found} == {
        flows: carried for flows, carried in expected.items() if len(flows) == least
    }
