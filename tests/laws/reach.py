"""Who sends what to whom, who holds what, what a breach exposes, who the recipients are."""

from __future__ import annotations

from hypothesis import strategies as st

from graphsvc.model import Status
from tests import plain_search as plain
from tests.asking import Tell
from tests.builders import Entry
from tests.laws.common import held, key, law
from tests.registers import CONTROLLERS, PARTIES, more_flows, with_flows


@law
def each_line_of_transfers_is_one_that_a_plain_search_finds(
    tell: Tell, body: Entry, on: str, data: st.DataObject
) -> None:
    found = tell(body).lines(on)
    assert {key(line) for line in found} == plain.lines(body, on)
    assert len({key(line) for line in found}) == len(found)
    spreads = plain.spreads(body, on)
    for line in found:
        expected = spreads[line.passage.activity.id][line.passage.flow.id]
        assert {tuple(item) for item in line.items} == expected.keys()
        assert line.passage.depth == min(expected.values())
        assert (line.status is Status.INSIDE) == plain.is_inside(line.country, on)


@law
def whoever_holds_data_is_found_by_a_plain_search(tell: Tell, body: Entry, on: str, data: st.DataObject) -> None:
    asked, expected = tell(body), plain.holdings(body, on)
    assert held(asked.holdings(on)) == expected
    for party in (*PARTIES, plain.UNKNOWN):
        own = {one for one in expected if plain.provider_of(body, one[1]) == party}
        assert held(asked.holdings(on, party)) == own


@law
def one_more_flow_takes_no_holding_away_and_one_less_adds_none(
    tell: Tell, body: Entry, on: str, data: st.DataObject
) -> None:
    before = held(tell(body).holdings(on))
    assert before <= held(tell(with_flows(body, body["flows"] + data.draw(more_flows(body)))).holdings(on))
    kept = data.draw(st.lists(st.sampled_from(body["flows"]), unique_by=id) if body["flows"] else st.just([]))
    assert held(tell(with_flows(body, kept)).holdings(on)) <= before


@law
def a_breach_exposes_what_a_plain_search_upwards_finds_and_what_the_party_holds(
    tell: Tell, body: Entry, on: str, data: st.DataObject
) -> None:
    asked = tell(body)
    for party in (*PARTIES, plain.UNKNOWN):
        exposed = asked.exposed(on, party)
        services = plain.services_of(body, party)
        found = held(holding for one in exposed for holding in one.holdings)
        assert found == plain.holdings_above(body, on, services) == held(asked.holdings(on, party))
        assert len({one.controller for one in exposed}) == len(exposed)
        for one in exposed:
            assert {service.id for service in one.services} <= services


@law
def the_recipients_of_a_controller_are_those_who_hold_its_data(
    tell: Tell, body: Entry, on: str, data: st.DataObject
) -> None:
    asked = tell(body)
    own = [entry["id"] for entry in body["activities"] if entry.get("acts_as") != "processor"]
    answering = body | {"activities": [entry for entry in body["activities"] if entry["id"] in own]}
    for controller in CONTROLLERS:
        expected = {
            (plain.provider_of(body, service), service, role, item)
            for owner, service, role, item in plain.holdings(answering, on)
            if owner == controller != plain.provider_of(body, service)
        }
        told = asked.recipients(on, controller)
        assert {
            (one.party.id, line.passage.service.id, one.role.value, tuple(item))
            for one in told
            for line in one.lines
            for item in line.items
        } == expected
        assert len(told) == len({(party if party != plain.UNKNOWN else s, role) for party, s, role, _ in expected})
