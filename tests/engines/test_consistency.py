"""The questions agree with each other: what one says of the seed data, the others say too, on any day."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from itertools import pairwise

import pytest

from graphsvc.answers.changes.differences import Kind
from graphsvc.answers.holders import Holding
from graphsvc.answers.lines import every_line
from graphsvc.answers.network import Network
from graphsvc.graph.store import Store
from graphsvc.model import UNKNOWN, Capacity, Status
from graphsvc.questions import (
    ChangesQuestion,
    ConcentrationQuestion,
    ExposureQuestion,
    HoldersQuestion,
    PathsQuestion,
    RecipientsQuestion,
    TransfersQuestion,
    WhatIfQuestion,
    ask_changes,
    ask_concentration,
    ask_exposure,
    ask_holders,
    ask_paths,
    ask_recipients,
    ask_transfers,
    ask_what_if,
)
from graphsvc.service import load_seed
from graphsvc.settings import Settings
from tests.builders import together
from tests.engines.support import Engine, empty

CONTROLLERS = ("connectis", "infactor", "itfixe", "perfacilis", "perfony")
DAYS = ("2018-05-25", "2020-07-15", "2020-07-16", "2022-06-01", "2026-11-24", "2032-01-01")
PARTIES = ("atlassian", "aws", "google", "mailchimp", "microsoft", "transip", "twilio", UNKNOWN)
every_day = pytest.mark.parametrize("on", DAYS)


@pytest.fixture(scope="module")
def store(embedded: Engine) -> Store:
    """A register with the seed data."""
    empty(embedded.bolt)
    found = Store(embedded.bolt)
    found.prepare()
    load_seed(found, Settings())
    return found


@cache
def holdings(store: Store, on: str, party: str | None = None) -> list[Holding]:
    return list(ask_holders(store, HoldersQuestion(on, party=party)).holdings())


def importer(found: Holding) -> str:
    return found.lines[0].passage.importer.id


def held(found: list[Holding]) -> set[tuple[object, ...]]:
    """Whose data is where in which role."""
    return {(each.controller, each.service.id, each.role, each.items) for each in found}


@every_day
def test_a_what_if_without_changes_is_what_transfers_says(store: Store, on: str):
    totals, _ = ask_transfers(store, TransfersQuestion(on)).page(0, None)
    tried = together(ask_what_if(store, WhatIfQuestion(on, ())).outcomes())
    assert not (tried.changed or tried.gained or tried.lost or tried.cut_off)
    assert tried.before.totals == tried.after.totals == totals
    assert tried.before.lines == tried.after.lines


@every_day
def test_concentration_counts_the_lines_of_transfers(store: Store, on: str):
    found = ask_concentration(store, ConcentrationQuestion(on)).found.concentration
    assert found.by_status == Counter(line.status for line in every_line(store.network(on)))


@every_day
def test_concentration_counts_the_controllers_and_the_data_of_the_holders(store: Store, on: str):
    by_party = defaultdict(set)
    for each in holdings(store, on):
        by_party[importer(each)] |= {(each.controller, item) for item in each.items}
    stands = ask_concentration(store, ConcentrationQuestion(on)).found.concentration.stands
    assert {key: (stand.pairs, stand.controllers, stand.items) for key, stand in stands.items()} == {
        key: (len(held), sorted({who for who, _ in held}), {item for _, item in held}) for key, held in by_party.items()
    }


@every_day
def test_what_a_breach_exposes_is_what_the_party_holds(store: Store, on: str):
    for party in PARTIES:
        exposed = ask_exposure(store, ExposureQuestion(on, party=party)).exposed()
        found = holdings(store, on, party)
        everybody = [each for each in holdings(store, on) if importer(each) == party]
        assert held([each for one in exposed for each in one.holdings]) == held(found) == held(everybody)


@every_day
def test_the_recipients_are_the_holders_of_what_a_controller_answers_for(store: Store, on: str):
    by_controller = defaultdict(set)
    for line in every_line(store.network(on)):
        passage = line.passage
        controller, recipient = passage.activity.controller, passage.importer.id
        if passage.activity.capacity is not Capacity.PROCESSOR and recipient != controller:
            by_controller[controller].add((recipient, passage.flow.role))
    for controller in CONTROLLERS:
        found = ask_recipients(store, RecipientsQuestion(on, controller)).found
        assert {(each.party.id, each.role) for each in found} == by_controller[controller]


@every_day
def test_a_shortest_path_is_as_long_as_the_chain_of_the_nearest_holding(store: Store, on: str):
    nearest: dict[tuple[str, str], int] = {}
    for each in holdings(store, on):
        key, length = (each.controller, importer(each)), len(each.shortest.chain)
        nearest[key] = min(nearest.get(key, length), length)
    for controller in CONTROLLERS:
        for party in PARTIES:
            chains = ask_paths(store, PathsQuestion(on, controller, party)).chains.found
            assert {len(chain.hops) for chain in chains if chain.activity} == {
                length for key, length in nearest.items() if key == (controller, party)
            }


@pytest.mark.parametrize(("start", "end"), [*pairwise(DAYS), (DAYS[0], DAYS[-1])])
def test_the_changes_between_two_days_lead_from_the_footings_of_the_one_to_those_of_the_other(
    store: Store, start: str, end: str
):
    before, after = (footings(store.network(day)) for day in (start, end))
    found = ask_changes(store, ChangesQuestion(start, end, kinds=(Kind.STATUS_CHANGED,))).rows()
    told = {
        (key, row["flow"], row["country"]): (row["before"], row["after"]) for row in found for key in row["activities"]
    }
    both = before.keys() & after.keys()
    assert {key: pair for key, pair in told.items() if key in both} == {
        key: (before[key], after[key]) for key in both if before[key] != after[key]
    }


def footings(network: Network) -> dict[tuple[str, str, str], Status]:
    return {(line.passage.activity.id, line.passage.flow.id, line.country): line.status for line in every_line(network)}
