"""The measurements can be made; what they come to is not looked at here."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from bench.identities import people
from bench.registers import register
from graphsvc.imports.comparing import Comparing
from graphsvc.imports.documents import read_document
from graphsvc.imports.marks import Described
from graphsvc.imports.references import duplicates

EVERYBODY = ("exposure", "claims", "gaps", "changes", "concentration", "what-if")
HEADLINES = ("Loading, from the file to the commit", "Asking over HTTP", "Serving")


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


def test_the_command_measures_and_prints_its_tables() -> None:
    command = [sys.executable, "-m", "bench", "--sizes", "200", "--engines", "embedded", "--limit", "0.5"]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=240).stdout
    assert [headline for headline in HEADLINES if headline not in said] == []
    assert "not done" not in said


def test_the_command_measures_every_question_beside_transfers_and_networkx() -> None:
    command = [sys.executable, "-m", "bench", "questions", "--sizes", "200", "--whole", "300", "--limit", "0.1"]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=240).stdout
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in said.splitlines() if line.startswith("|")]
    asked = {(row[2], row[3]): row for row in rows if row[0] == "embedded"}
    of_everybody = {question for about, question in asked if about == "everybody"}
    assert of_everybody == {*EVERYBODY, "transfers", "holders"}
    assert {question for about, question in asked if about != "everybody"} == of_everybody | {"paths", "recipients"}
    whole = {row[1]: row for row in rows if row[0] == "300"}
    assert {"claims", "gaps", "concentration"} < whole.keys()
    # Who has which data of whom: the answer and the plain walk find the same.
    assert whole["concentration"][2] == whole["walk by networkx"][2]


def test_parties_that_are_there_twice_are_all_found():
    made = people(2_000, twice=100)
    assert made == people(2_000, twice=100)
    comparing = Comparing(lambda *_: False)
    comparing.add(map(Described.of, made.document["parties"]))
    found = {(proposal.party, proposal.other) for proposal in comparing.found().proposals()}
    assert made.twice <= found
    assert len(made.twice) == 100
