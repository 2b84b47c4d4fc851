"""The command line: load, remove, seed, ask and schema."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import feedparser
import icalendar
import pytest

from tests.api.builders import bakery, document, party, vocabulary
from tests.api.conftest import Service, environment, serving
from tests.checkout import ROOT
from tests.cli.conftest import run
from tests.waiting import LONG


@pytest.fixture(scope="module")
def running(shared: Path) -> Iterator[Service]:
    """A service with the seed data: commands use its engine, so that each of them is there at once."""
    with serving(shared, "--seed") as service:
        yield service


def written(folder: Path, name: str, content: object) -> Path:
    file = folder / name
    file.write_text(content if isinstance(content, str) else json.dumps(content, indent=2))
    return file


def test_load_counts_and_loading_twice_changes_nothing(data: Path, tmp_path: Path):
    files = [written(tmp_path, "words.json", vocabulary()), written(tmp_path, "bakery.json", bakery())]
    first = run(data, "load", *files)
    assert first.returncode == 0, first.stderr
    assert "added        14" in first.stdout
    assert "2 parties" in first.stdout
    assert "starting the embedded graph" in first.stderr
    second = run(data, "load", *files)
    assert [line.split()[:2] for line in second.stdout.splitlines()] == [
        ["added", "0"],
        ["changed", "0"],
        ["removed", "0"],
        ["same", "14"],
    ]
    gone = run(data, "remove", "bakery-register")
    assert gone.returncode == 0
    assert "removed       6" in gone.stdout
    again = run(data, "remove", "bakery-register")
    assert (again.returncode, again.stdout) == (1, "")
    assert "error: there is no document 'bakery-register'" in again.stderr


@pytest.mark.usefixtures("running")
def test_faults_are_listed_with_file_and_line(shared: Path, tmp_path: Path):
    bad = written(tmp_path, "bad.yaml", "document: {id: bad, title: Bad}\nparties:\n  - id: P\n    colour: red\n")
    worse = written(tmp_path, "worse.yaml", "document: {id: worse, title: Worse\n")
    both = run(shared, "load", bad, worse)
    assert both.returncode == 1
    assert f"{bad}:3 /parties/0/id an id is made of" in both.stderr
    assert f"{bad}:4 /parties/0/colour there is no such key here" in both.stderr
    assert f"{worse}:" in both.stderr
    assert "is not YAML" in both.stderr
    assert "Traceback" not in both.stderr
    assert both.stdout == ""


@pytest.mark.usefixtures("running")
def test_many_faults_are_counted_and_the_first_are_listed(shared: Path, tmp_path: Path):
    parties = [party(f"p{number}", established_in=["UK"]) for number in range(80)]
    done = run(shared, "load", written(tmp_path, "many.json", document("many", parties=parties)))
    assert "error: 80 faults" in done.stderr
    assert "and 30 more" in done.stderr


@pytest.mark.usefixtures("running")
def test_what_is_written_in_a_document_is_no_markup(shared: Path, tmp_path: Path):
    bad = written(tmp_path, "bad.json", document("bad", parties=[party("p", **{"[red]x": 1})]))
    assert "/parties/0/[red]x there is no such key here" in run(shared, "load", bad).stderr


def test_a_file_that_is_not_there_is_an_error_of_usage(data: Path):
    done = run(data, "load", "nothing.yaml")
    assert done.returncode == 2
    assert "nothing.yaml" in done.stderr


@pytest.mark.usefixtures("running")
def test_seeding_again_changes_nothing(shared: Path):
    done = run(shared, "seed")
    assert done.returncode == 0
    assert done.stdout.splitlines()[0].split() == ["added", "0"]


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize("question", ["transfers", "holders"])
def test_table_json_and_csv_show_the_same_lines(shared: Path, question: str):
    asked = ["ask", question, "--controller", "connectis", "--on", "2021-01-01"]
    as_json = json.loads(run(shared, *asked, "--format", "json").stdout)
    as_csv = list(csv.DictReader(io.StringIO(run(shared, *asked, "--format", "csv").stdout)))
    assert as_json["on"] == "2021-01-01"
    assert as_json["total"] == len(as_json["items"]) == len(as_csv) > 0
    assert {line["controller"]["id"] for line in as_json["items"]} == {"connectis"}
    assert [row["service_id"] for row in as_csv] == [line["service"]["id"] for line in as_json["items"]]
    table = run(shared, *asked).stdout
    assert "on 2021-01-01" in table
    assert "Connectis" in table


@pytest.mark.usefixtures("running")
def test_a_breach_is_told_as_a_table_as_json_and_as_a_call_list(shared: Path):
    asked = ["ask", "exposure", "--party", "aws", "--on", "2026-11-22"]
    whole = json.loads(run(shared, *asked, "--format", "json").stdout)
    assert {item["controller"]["id"] for item in whole["items"]} == {"itfixe", "perfacilis"}
    calls = list(csv.DictReader(io.StringIO(run(shared, *asked, "--format", "csv").stdout)))
    assert len(calls) == sum(len(item["notify"]) for item in whole["items"])
    text = run(shared, *asked).stdout
    assert "Who tells whom" in text
    assert "no contract recorded" in text
    last = text.strip().splitlines()[-1]
    assert all(word in last for word in ("2 controllers exposed", "special categories", "nobody named"))
    refused = run(shared, "ask", "exposure")
    assert (refused.returncode, "either a party or a service" in refused.stderr) == (1, True)


@pytest.mark.usefixtures("running")
def test_chains_between_two_parties_are_told_and_their_absence_too(shared: Path):
    asked = ["ask", "paths", "--from", "perfacilis", "--on", "2026-11-22"]
    found = json.loads(run(shared, *asked, "--to", "aws", "--most", "3", "--format", "json").stdout)
    assert [item["depth"] for item in found["items"]] == [2, 3, 3]
    rows = list(csv.DictReader(io.StringIO(run(shared, *asked, "--to", "aws", "--format", "csv").stdout)))
    assert [row["service_id"] for row in rows] == ["aws-cloud"]
    text = run(shared, *asked, "--to", "aws", "--most", "3").stdout
    assert "Perfacilis: Support tickets" in text
    assert text.strip().splitlines()[-1] == "3 chains: 1 of 2 steps, 2 of 3 steps. There are more."
    assert "No chain from Perfacilis to Zendesk" not in run(shared, *asked, "--to", "zendesk").stdout
    assert "No chain from Perfacilis to SumUp" in run(shared, *asked, "--to", "sumup").stdout


def test_changes_are_told_as_a_table_json_csv_a_mail_and_a_feed(shared: Path):
    asked = ["ask", "changes", "--controller", "connectis", "--from", "2020-07-15", "--to", "2020-07-16"]
    as_json = json.loads(run(shared, *asked, "--format", "json").stdout)
    as_csv = list(csv.DictReader(io.StringIO(run(shared, *asked, "--format", "csv").stdout)))
    assert [row["flow"] for row in as_csv] == [item["flow"] for item in as_json["items"]]
    table = run(shared, *asked).stdout
    assert "!! lapsed" in table
    assert "3 changes: 3 by the law. 3 of them are now uncovered, lapsed or unknown." in table
    assert "Verenigde Staten: Passend werd Vervallen" in run(shared, *asked, "--format", "text", "--lang", "nl").stdout
    assert feedparser.parse(run(shared, *asked, "--format", "atom").stdout).entries[0].updated[:10] == "2020-07-16"


@pytest.mark.usefixtures("running")
def test_versions_are_compared_and_options_of_days_do_not_go_with_them(shared: Path):
    asked = ["ask", "changes", "--document", "vendor-microsoft"]
    assert "What version 1 of vendor-microsoft changes" in run(shared, *asked, "--on", "2026-11-22").stdout
    wrong = run(shared, *asked, "--from", "2020-01-01")
    assert (wrong.returncode, "--from does not go with --document" in wrong.stderr) == (2, True)
    wrong = run(shared, "ask", "changes", "--from-version", "1")
    assert (wrong.returncode, "--from-version needs --document" in wrong.stderr) == (2, True)


@pytest.mark.usefixtures("running")
def test_what_hangs_on_whom_is_told_as_tables_as_json_and_as_csv(shared: Path):
    asked = ["ask", "concentration", "--on", "2026-11-22", "--accept", "adequate"]
    whole = json.loads(run(shared, *asked, "--format", "json").stdout)
    assert whole["replacement"]["accepted"] == ["adequate"]
    rows = list(csv.DictReader(io.StringIO(run(shared, *asked, "--format", "csv").stdout)))
    assert [row["party_id"] for row in rows] == [row["party"]["id"] for row in whole["items"]]
    text = run(shared, *asked).stdout
    for words in ("not named (", "Where the data is", "A circle: Amazon Web Services, Twilio", "Replace these"):
        assert words in text
    assert f"Replace {whole['replacement']['size']} parties: no transfer is left." in text
    last = text.strip().splitlines()[-1]
    assert f"?? {whole['replacement']['unknown_left']} lines may still be a transfer" in last


@pytest.mark.usefixtures("running")
def test_recipients_are_told_in_the_language_of_the_person(shared: Path):
    asked = ["ask", "recipients", "--controller", "perfacilis", "--subject", "visitor", "--on", "2026-11-22"]
    found = json.loads(run(shared, *asked, "--lang", "nl", "--format", "json").stdout)
    rows = list(csv.DictReader(io.StringIO(run(shared, *asked, "--lang", "nl", "--format", "csv").stdout)))
    assert [row["name"] for row in rows] == [item["name"] for item in found["items"]]
    text = run(shared, *asked, "--lang", "nl").stdout
    assert "- TransIP (TransIP B.V.), als verwerker:" in text
    assert "The text above can be pasted" in text
    assert run(shared, *asked, "--lang", "fr").returncode == 2


@pytest.mark.usefixtures("running")
def test_dates_ahead_are_told_as_a_table_a_calendar_and_a_feed(shared: Path):
    asked = ["ask", "dates", "--controller", "perfacilis", "--from", "2026-11-22", "--to", "2031-12-31"]
    table = run(shared, *asked).stdout
    assert "Last day of the adequacy decision on United Kingdom" in table
    assert "1 of them make a footing worse. The first: 2031-12-27" in table
    assert "Reviews due before 2026-11-22" in table
    file = subprocess.run(
        [sys.executable, "-m", "graphsvc", *asked, "--format", "ics", "--alarm", "30"],
        env=environment(shared),
        cwd=ROOT,
        capture_output=True,
        timeout=LONG,
        check=True,
    ).stdout
    assert file.startswith(b"BEGIN:VCALENDAR\r\n")
    days = [event.decoded("dtstart").isoformat() for event in icalendar.Calendar.from_ical(file).walk("VEVENT")]
    assert "2031-12-27" in days
    feed = feedparser.parse(run(shared, *asked, "--format", "atom", "--lang", "nl").stdout)
    assert "Laatste dag van het adequaatheidsbesluit over Verenigd Koninkrijk" in feed.entries[-1].title


@pytest.mark.usefixtures("running")
def test_csv_goes_out_with_the_line_ends_of_rfc_4180(shared: Path):
    done = subprocess.run(
        [sys.executable, "-m", "graphsvc", "ask", "transfers", "--format", "csv", "--controller", "itfixe"],
        env=environment(shared),
        cwd=ROOT,
        capture_output=True,
        timeout=LONG,
        check=True,
    )
    assert done.stdout.count(b"\r\n") == done.stdout.count(b"\n")
    assert b"\r\r\n" not in done.stdout


def items(shared: Path, *words: str) -> list[dict]:
    done = run(shared, "ask", *words, "--format", "json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["items"]


@pytest.mark.usefixtures("running")
def test_filters_narrow_the_answer(shared: Path):
    lines = items(shared, "transfers", "--on", "2021-01-01", "--controller", "itfixe", "--controller", "connectis")
    assert {line["controller"]["id"] for line in lines} == {"itfixe", "connectis"}
    for option, key, value in (("--country", "country", "US"), ("--status", "status", "unknown")):
        found = items(shared, "transfers", "--on", "2021-01-01", option, value)
        assert {line[key] for line in found} == {value}
    several = ("--country", "US", "--country", "AU", "--role", "processor", "--role", "sub_processor")
    lines = items(shared, "transfers", "--on", "2026-11-20", *several)
    assert {line["country"] for line in lines} == {"US", "AU"}
    assert {line["role"] for line in lines} == {"processor", "sub_processor"}
    held = items(shared, "holders", "--party", "google", "--on", "2021-01-01")
    assert {line["party"]["id"] for line in held} == {"google"}
    assert items(shared, "holders", "--category", "contact-data", "--on", "2021-01-01")


@pytest.mark.usefixtures("running")
def test_claims_are_held_against_the_facts(shared: Path):
    wrong = items(shared, "claims", "--controller", "connectis", "--on", "2020-07-16", "--verdict", "contradicted")
    assert "cn-c5" in {row["id"] for row in wrong}
    fine = items(shared, "claims", "--controller", "connectis", "--on", "2020-07-15", "--verdict", "contradicted")
    assert "cn-c5" not in {row["id"] for row in fine}
    shown = run(shared, "ask", "claims", "--controller", "connectis", "--on", "2020-07-16").stdout
    assert "[section Google Analytics]" in shown
    assert "Look first at cn-c5." in shown


@pytest.mark.usefixtures("running")
def test_gaps_are_a_worklist_in_either_language(shared: Path):
    words = ("ask", "gaps", "--controller", "connectis", "--on", "2026-11-20", "--kind", "legal_basis_missing")
    english, dutch = (run(shared, *words, "--lang", language).stdout for language in ("en", "nl"))
    assert "Art. 6(1)" in english
    assert "3 gaps: 3 of weight 5. Look first at: 3 legal basis missing." in english
    assert "geen rechtsgrond" in dutch
    assert len(items(shared, *words[1:])) == 3


@pytest.mark.usefixtures("running")
def test_the_table_ends_with_what_to_look_at(shared: Path):
    last = run(shared, "ask", "transfers", "--on", "2021-01-01").stdout.strip().splitlines()[-1]
    assert all(word in last for word in ("lapsed", "uncovered", "unknown"))


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["ask", "transfers", "--controller", "connectsi"], 1, "did you mean 'connectis'?"),
        (["ask", "transfers", "--category", "nothing-at-all"], 1, "there is no data category 'nothing-at-all'"),
        (["ask", "transfers", "--on", "2021-02-30"], 2, "2021-02-30"),
        (["ask", "transfers", "--on", "yesterday"], 2, "yesterday"),
        (["ask", "transfers", "--status", "fine"], 2, "fine"),
        (["ask", "transfers", "--format", "xml"], 2, "xml"),
        (["ask", "everything"], 2, "everything"),
        (["ask", "gaps", "--max-age", "2Y"], 2, "a period is written as ISO 8601 does"),
        (["remove", "no-such-document"], 1, "there is no document 'no-such-document'"),
        (["load"], 2, "FILES"),
    ],
)
def test_what_cannot_be_done_is_said_with_an_exit_code(shared: Path, words: list[str], code: int, said: str):
    done = run(shared, *words)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"COLOUR": "red"}, "no such setting: GRAPHSVC_COLOUR"),
        ({"PORT": "http"}, "GRAPHSVC_PORT is 'http': a whole number was expected"),
        ({"PORT": "0"}, "a port is a number from 1 to 65535"),
        ({"PORT": "70000"}, "a port is a number from 1 to 65535"),
        ({"HOST": "0.0.0.0"}, "no login"),
        ({"HOST": "192.168.1.7"}, "no login"),
        ({"HOST": "::"}, "no login"),
        ({"HOST": "example.org"}, "no login"),
    ],
)
@pytest.mark.parametrize("command", [["serve"], ["ask", "transfers"]], ids=["serve", "ask"])
def test_settings_that_do_not_fit_are_refused_before_anything_starts(
    data: Path, command: list, settings: dict, said: str
):
    done = run(data, *command, **settings)
    assert done.returncode == 1
    assert said in done.stderr
    assert not data.exists()


def test_the_schema_is_json(data: Path):
    done = run(data, "schema")
    assert json.loads(done.stdout)["title"] == "graphsvc document"
    assert not data.exists()


@pytest.mark.parametrize("words", [["--help"], ["ask", "--help"], ["load", "-h"], ["serve", "--help"], ["--version"]])
def test_help_is_there_without_an_engine(data: Path, words: list[str]):
    done = run(data, *words)
    assert (done.returncode, done.stderr) == (0, "")
    assert not data.exists()
