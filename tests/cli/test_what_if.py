"""`graphsvc ask what-if`: options, files that are written and run again, and what a person reads."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.conftest import Service, serving
from tests.checkout import ROOT
from tests.cli.conftest import run

ASK = ("ask", "what-if")
DAY = ("--on", "2026-11-23")
EXAMPLES = ROOT / "seed_data" / "what_if"


@pytest.fixture(scope="module")
def running(shared: Path) -> Iterator[Service]:
    with serving(shared, "--seed") as service:
        yield service


def answer(shared: Path, *words: object) -> dict:
    done = run(shared, *ASK, *words, "--format", "json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize("suffix", ["yaml", "json"])
def test_what_is_saved_gives_the_same_answer_when_it_is_run_again(shared: Path, tmp_path: Path, suffix: str):
    file = tmp_path / f"strike.{suffix}"
    words = ["--end-decision", "eu-us-dpf", "--drop-party", "google", "--drop-party", "meta"]
    words += ["--move-service", "mailchimp-marketing", "DE", "--from", "2026-11-23", "--name", "Away"]
    first = answer(shared, *words, *DAY, "--controller", "itfixe", "--save", file)
    assert first["name"] == "Away"
    assert len(first["changes"]) == 4
    assert answer(shared, "--file", file) == first
    other = answer(shared, "--file", file, "--controller", "connectis", "--on", "2026-11-22", "--drop-party", "transip")
    assert (other["on"], len(other["changes"]), other["changed"]) == ("2026-11-22", 5, [])
    assert [party["id"] for party in other["about"]["controllers"]] == ["connectis"]


@pytest.mark.usefixtures("running")
def test_the_table_has_the_difference_on_top_and_says_what_to_look_at(shared: Path):
    said = run(shared, *ASK, "--file", EXAMPLES / "strike-dpf.yaml").stdout
    order = ["what if: ", "What differs, worst first", "Google Analytics (Google)", "further down its chains"]
    order += ["Lines before and after", "159 lines differ: 159 worse", "Look first at"]
    places = [said.index(words) for words in order]
    assert places == sorted(places)
    assert "CELEX 32023D1795) is no longer in force from 2026-12-01" in said


@pytest.mark.usefixtures("running")
def test_the_table_tells_who_is_cut_off_who_holds_less_and_what_has_no_effect(shared: Path):
    words = ["--drop-party", "google", "--move-service", "jira-cloud", "DE", "--buy-party", "transip", "microsoft"]
    said = run(shared, *ASK, *words, "--drop-service", "ideal-scheme", *DAY).stdout
    assert "Website statistics no longer sends to Google Analytics (Google), and has no recipient left." in said
    assert "Google Analytics (Google), processor, no longer holds, of Connectis: browsing-behaviour (visitor)" in said
    assert "Atlassian has its seat in AU and US" in said
    assert "~  different" in said
    assert "belongs to Microsoft" in said
    later = run(shared, *ASK, "--drop-party", "google", "--from", "2027-01-01", *DAY).stdout
    assert "WITHOUT EFFECT: It begins on 2027-01-01" in later
    assert "Nothing differs: every line is as it was." in later


@pytest.mark.usefixtures("running")
def test_csv_holds_the_lines_that_differ(shared: Path):
    words = ("--end-decision", "GB", *DAY)
    rows = list(csv.DictReader(io.StringIO(run(shared, *ASK, *words, "--format", "csv").stdout)))
    assert {(row["kind"], row["country"], row["status_before"], row["status_after"]) for row in rows} == {
        ("worse", "GB", "adequate", "uncovered")
    }
    assert [row["flow"] for row in rows] == [line["flow"] for line in answer(shared, *words)["changed"]]


@pytest.mark.usefixtures("running")
def test_faults_are_told_with_file_and_line_and_nothing_is_saved(shared: Path, tmp_path: Path):
    bad = tmp_path / "bad.yaml"
    bad.write_text(
        "what_if:\n  changes:\n    - {kind: drop_party, party: gogle}\n    - kind: move_party\n      to: UK\n"
        "      party: google\n    - {kind: drop_paty}\n"
    )
    saved = tmp_path / "saved.yaml"
    done = run(shared, *ASK, "--file", bad, "--save", saved)
    assert (done.returncode, done.stdout) == (1, "")
    assert (
        f"{bad}:3 /what_if/changes/0/party there is no party 'gogle' in the register; did you mean 'google'?"
        in done.stderr
    )
    assert f"{bad}:5 /what_if/changes/1/to" in done.stderr
    assert f"{bad}:7 /what_if/changes/2/kind is not one of" in done.stderr
    assert not saved.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "say what to change"),
        (["--file", "nothing.yaml"], "nothing.yaml"),
        (["--move-service", "jira-cloud"], "requires 2 arguments"),
        (["--from", "soon", "--drop-party", "google"], "soon"),
    ],
)
def test_what_makes_no_question_is_an_error_of_usage(data: Path, words: list[str], said: str):
    done = run(data, *ASK, *words)
    assert done.returncode == 2
    assert said in done.stderr
    assert not data.exists()
