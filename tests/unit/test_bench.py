"""Registers that are made for measuring are as large as asked for, without faults, and always the same."""

from __future__ import annotations

import json

import pytest

from bench.identities import people
from bench.registers import register
from graphsvc.imports.comparing import Comparing
from graphsvc.imports.documents import read_document
from graphsvc.imports.marks import Described
from graphsvc.imports.references import duplicates


def reached(document: dict, controller: str) -> set[str]:
    """Ids of the flows that a controller's activities reach."""
    level = {entry["id"] for entry in document["activities"] if entry["controller"] == controller}
    flows: set[str] = set()
    seen: set[str] = set()
    while level:
        seen |= level
        sent = [flow for flow in document["flows"] if flow["from"] in level]
        flows |= {flow["id"] for flow in sent}
        level = {flow["to"] for flow in sent} - seen
    return flows


@pytest.mark.parametrize("size, reaches", [(1, ()), (7, ()), (200, (100,)), (1500, (10, 400))])
def test_a_generated_register_has_the_flows_and_the_reaches_asked_for(size: int, reaches: tuple[int, ...]) -> None:
    document = register(size, reaches)
    assert len(document["flows"]) == size
    assert [len(reached(document, f"controller-reach-{reach}")) for reach in reaches] == list(reaches)


def test_a_generated_register_is_a_document_without_faults() -> None:
    document = read_document(json.dumps(register(300, (50,))).encode(), limit=10**7)
    assert (document.faults, list(duplicates(document))) == ((), [])


def test_the_same_seed_gives_the_same_register_and_another_seed_another_one() -> None:
    assert register(50, seed=3) == register(50, seed=3)
    assert register(50, seed=3) != register(50, seed=4)


def test_parties_that_are_there_twice_are_all_found():
    made = people(2_000, twice=100)
    assert made == people(2_000, twice=100)
    comparing = Comparing(lambda *_: False)
    comparing.add(map(Described.of, made.document["parties"]))
    found = {(proposal.party, proposal.other) for proposal in comparing.found().proposals()}
    assert made.twice <= found
    assert len(made.twice) == 100
