"""`graphsvc import` as a person uses it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.conftest import Service, serving
from tests.cli.conftest import run

LIST = "Vendor,Purpose,Location\nZendesk,Support,Worldwide\nZendesc,Support,[red]NL\n"


@pytest.fixture(scope="module")
def running(shared: Path) -> Iterator[Service]:
    with serving(shared, "--seed") as service:
        yield service


@pytest.mark.usefixtures("running")
def test_a_dry_run_tells_counts_changes_guesses_and_near_names(shared: Path, tmp_path: Path):
    file = tmp_path / "list.csv"
    file.write_text(LIST)
    done = run(shared, "import", "csv", file, "--publisher", "Paperboat", "--dry-run")
    assert done.returncode == 0, done.stderr
    for words in (
        "would be added",
        "added    flows      paperboat-services to zendesk-support",
        "list.csv: document list-paperboat; 2 of 2 rows imported",
        "Vendor = sub_processor",
        "line 2, column Location: names no country; the place is unknown [Worldwide]",
        "line 3, column Location: is no country that is known [red]",
        "line 2: Zendesk is zendesk (Zendesk), by its name",
        "line 3: Zendesc: perhaps zendesk",
        "Nothing was written",
    ):
        assert words in done.stdout, (words, done.stdout)


@pytest.mark.usefixtures("running")
def test_an_import_with_a_mapping_and_a_next_edition(shared: Path, tmp_path: Path):
    file, mapping = tmp_path / "list.csv", tmp_path / "map.yaml"
    file.write_text("a,b\nZendesc,NL\n")
    mapping.write_text("columns: {a: sub_processor, b: places}\nnames: {Zendesc: zendesk}\nheader: 1\n")
    first = run(shared, "import", "csv", file, "--publisher", "Tidewater", "--map", mapping, "--format", "json")
    assert first.returncode == 0, first.stderr
    [answer] = json.loads(first.stdout)
    assert [(name["written"], name["how"]) for name in answer["report"]["names"] if name["party"] == "zendesk"] == [
        ("Zendesc", "given")
    ]
    file.write_text("a,b\nZendesc,DE\n")
    second = run(shared, "import", "csv", file, "--publisher", "Tidewater", "--map", mapping)
    assert "changed  flows      tidewater-services to zendesk-support: places" in second.stdout
    assert run(shared, "remove", "list-tidewater").returncode == 0


@pytest.mark.usefixtures("running")
def test_a_web_page_is_shown_with_what_was_not_understood(shared: Path, tmp_path: Path):
    file = tmp_path / "page.html"
    file.write_text("<h1>Vendors</h1><table><tr><th>Vendor<th>Location<tr><td>Zendesk<td>Worldwide</table><p hidden>x")
    done = run(shared, "import", "html", file, "--publisher", "Paperboat", "--dry-run")
    assert done.returncode == 0, done.stderr
    for words in (
        "page.html: document list-paperboat; 1 of 1 rows imported, read as utf-8",
        "table 1, row 2, column Location: names no country; the place is unknown [Worldwide]",
        "line 1: hidden on the page; not imported [x]",
    ):
        assert words in done.stdout, (words, done.stdout)
    file.write_bytes(b"%PDF-1.7")
    refused = run(shared, "import", "html", file, "--publisher", "Paperboat")
    assert refused.returncode == 1
    assert "is a PDF document" in refused.stderr


@pytest.mark.usefixtures("running")
def test_what_is_missing_is_said_in_a_line(shared: Path, tmp_path: Path):
    file = tmp_path / "list.csv"
    file.write_text(LIST)
    done = run(shared, "import", "csv", file)
    assert done.returncode == 1
    assert "needs a publisher" in done.stderr
    assert run(shared, "import", "cvs", file).returncode == 2
