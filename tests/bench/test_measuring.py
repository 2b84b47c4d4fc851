"""The measurements can be made; what they come to is not looked at here."""

from __future__ import annotations

import subprocess
import sys

from tests.waiting import LONG

EVERYBODY = ("exposure", "claims", "gaps", "changes", "concentration", "what-if")
HEADLINES = ("Loading, from the file to the commit", "Asking over HTTP", "Serving")


def test_the_command_measures_and_prints_its_tables() -> None:
    command = [sys.executable, "-m", "bench", "--sizes", "200", "--engines", "embedded", "--limit", "0.5"]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=3 * LONG).stdout
    assert [headline for headline in HEADLINES if headline not in said] == []
    assert "not done" not in said


def test_the_command_measures_every_question_beside_transfers_and_networkx() -> None:
    command = [sys.executable, "-m", "bench", "questions", "--sizes", "200", "--whole", "300", "--limit", "0.1"]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=3 * LONG).stdout
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in said.splitlines() if line.startswith("|")]
    asked = {(row[2], row[3]): row for row in rows if row[0] == "embedded"}
    of_everybody = {question for about, question in asked if about == "everybody"}
    assert of_everybody == {*EVERYBODY, "transfers", "holders"}
    assert {question for about, question in asked if about != "everybody"} == of_everybody | {"paths", "recipients"}
    whole = {row[1]: row for row in rows if row[0] == "300"}
    assert {"claims", "gaps", "concentration"} < whole.keys()
    # Who has which data of whom: the answer and the plain walk find the same.
    assert whole["concentration"][2] == whole["walk by networkx"][2]
