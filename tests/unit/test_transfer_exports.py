"""The transfer sheet and the paragraph for a privacy statement: every line, real types, nothing made up."""

from __future__ import annotations

import csv
import datetime
import io
import json

import pytest
from markdown_it import MarkdownIt
from openpyxl import load_workbook

from graphsvc.answers.transfers import Filters, transfers
from graphsvc.exports.registry import EXPORTS
from graphsvc.exports.transfers import COLUMNS
from graphsvc.exports.words import Texts
from graphsvc.questions.handover import Handover, HandoverQuestion
from graphsvc.translation import LANGUAGES, gettext
from tests.builders import activity, flow, network, party, service

ON = "2026-11-24"
SCC = {"tool": "scc-2021-m2", "concluded": "2023-01-02", "transfer_impact_assessment": {"date": "2024-05-06"}}
HOSTILE = '=HYPERLINK("http://x")|<script>alert(1)</script>'


def handover(*flows: dict, on: str = ON, **names: str) -> Handover:
    """A shop whose mail goes to a mailer in the US, and from there to whoever the flows say."""
    found = network(
        [flow("mail", "mailer", places=["US"], tools=[SCC]), *flows],
        [activity("mail", "shop", ["customer name"], purposes=["newsletter"])],
        [service("mailer", "mail-inc"), service("hosting", "host-ltd"), service("odd", "odd"), service("nobody")],
        [
            party("shop", "NL"),
            party("mail-inc", "US") | {"name": names.get("mailer", "Mail Inc.")},
            party("host-ltd", "BR") | {"name": "Host Ltd."},
            party("odd", "US") | {"name": HOSTILE},
        ],
        on,
    )
    return Handover(HandoverQuestion(on, "shop"), 7, found, found.party("shop"))


def written(kind: str, word: str, found: Handover, language: str = "en") -> bytes:
    return EXPORTS[kind].formats[word].write(found, language)


def sheet(found: Handover, language: str = "en") -> list[dict]:
    pages = load_workbook(io.BytesIO(written("transfers", "xlsx", found, language)))
    heads, *rows = pages.worksheets[0].iter_rows()
    assert [cell.value for cell in heads] == [gettext(language, f"export.column.{column}") for column in COLUMNS]
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]


def test_the_sheet_has_a_row_for_each_line_of_the_answer_about_transfers():
    found = handover(flow("mailer", "hosting", "sub_processor", places=["BR"]), flow("mailer", "nobody"))
    lines = list(transfers(found.network, Filters()))
    rows = sheet(found)
    body = json.loads(written("transfers", "json", found))
    assert len(lines) == len(rows) == body["total"] == len(body["items"]) > 2
    assert [row["country_code"].value or "unknown" for row in rows] == [line.country for line in lines]
    assert [item["status"] for item in body["items"]] == [line.status.value for line in lines]
    assert (body["on"], body["revision"]) == (ON, 7)


def test_days_numbers_and_yes_and_no_are_what_they_are():
    first = sheet(handover())[0]
    assert first["assessed_on"].value == datetime.datetime(2024, 5, 6)
    assert first["covered_from"].value == datetime.datetime(2023, 1, 2)
    assert (first["number"].value, first["depth"].value, first["onward"].value) == (1, 1, False)
    assert first["law_and_practice"].value is None


@pytest.mark.parametrize(
    ("tools", "state", "day"),
    [
        ([SCC], "recorded", "2024-05-06"),
        ([SCC | {"transfer_impact_assessment": {"date": "2027-01-01"}}], "missing", None),
        ([{"tool": "scc-2021-m2", "concluded": "2023-01-02"}], "missing", None),
        ([], "cannot_tell", None),
    ],
)
def test_the_state_of_the_assessment_is_that_of_the_day(tools: list, state: str, day: str | None):
    found = handover(flow("mail", "hosting", id="asked", places=["IN"], tools=tools, seat_access=False))
    [item] = [
        item
        for item in json.loads(written("transfers", "json", found))["items"]
        if item["chain"][-1]["flow"] == "asked"
    ]
    assert (item["steps"]["assessment"], item["steps"]["assessed_on"]) == (state, day)


def test_step_six_is_dated_by_what_ends_first():
    contract = {"kind": "art28", "valid_until": "2027-03-01"}
    found = handover(
        flow("mail", "hosting", places=["IN"], seat_access=False, contract=contract, valid_until="2028-01-01")
    )
    items = json.loads(written("transfers", "json", found))["items"]
    [steps] = [item["steps"] for item in items if item["service"]["id"] == "hosting"]
    assert steps["evaluate_by"] == "2027-03-01"
    assert [end["what"] for end in steps["ends"]] == ["contract", "flow"]


def test_each_printed_page_says_what_it_was_made_from():
    found = handover()
    pages = load_workbook(io.BytesIO(written("transfers", "xlsx", found))).worksheets
    foots = {page.oddFooter.left.text for page in pages}
    assert foots == {Texts(found, "en").made_from}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_cell_is_a_formula(language: str):
    found = handover(flow("mail", "odd", places=["US"]))
    cells = [cell for row in sheet(found, language) for cell in row.values()]
    assert any(HOSTILE in str(cell.value) for cell in cells)
    assert not any(cell.data_type == "f" or str(cell.value or "").startswith(("=", "+", "-", "@")) for cell in cells)
    text = written("transfers", "csv", found, language).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline=""), strict=True):
        assert not any(cell.startswith(("=", "+", "@")) for cell in row)


def test_csv_says_in_every_row_what_it_was_made_from():
    text = written("transfers", "csv", handover(), "nl").decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(text, newline=""))
    assert (row["Dag"], row["Rechtstabel"], row["Registerrevisie"]) == (ON, "seed", "7")
    assert row["Verdere doorgifte"] == "nee"


def test_the_sheet_says_why_in_its_own_language():
    english, dutch = (sheet(handover(), language)[0] for language in LANGUAGES)
    assert "can be relied on" in english["reason"].value
    assert "can be relied on" not in dutch["reason"].value
    assert english["act"].value != dutch["act"].value
    assert dutch["tool"].value.startswith("Standaardcontractbepalingen 2021, module 2")


@pytest.mark.parametrize("word", EXPORTS["transfers"].formats)
def test_the_same_facts_give_the_same_bytes(word: str):
    assert written("transfers", word, handover()) == written("transfers", word, handover())


# The statement


def statement(found: Handover, language: str = "en") -> str:
    return written("statement", "text", found, language).decode()


def test_the_statement_names_recipients_countries_and_footings():
    text = statement(handover(), "nl")
    assert "- Verwerkers: Mail Inc." in text
    assert "Verenigde Staten: Mail Inc." in text
    assert "passende waarborgen (art. 46)" in text
    assert "Waar u een kopie van de passende waarborgen kunt krijgen, is niet vastgelegd." in text
    assert "revisie 7, voor 2026-11-24" in text


def test_the_statement_says_what_is_not_known():
    text = statement(handover(flow("mailer", "nobody", "sub_processor"), flow("mail", "hosting", places=["IN"])))
    assert "Recipients whose name is not known, who provide: nobody" in text
    assert "India: Host Ltd.: no valid footing for this transfer is known; named: nothing" in text
    assert "it is not known where all of them are" in text


def test_the_statement_says_that_what_is_named_has_ended():
    shield = [{"tool": "eu-us-privacy-shield"}]
    text = statement(handover(flow("mail", "hosting", places=["US"], tools=shield, seat_access=False), on="2020-07-16"))
    assert "what is named for this transfer is no longer in force" in text


def test_the_statement_marks_what_no_source_says():
    guess = [{"source": "source", "locator": "nowhere", "basis": "assumed"}]
    text = statement(handover(flow("mail", "odd", places=["US"], evidence=guess), mailer="Sure Inc."))
    assert "[assumed]" in text
    assert "Sure Inc. [" not in text


def test_nothing_in_a_name_becomes_markup():
    found = handover(flow("mail", "odd", places=["US"]))
    page = written("statement", "html", found).decode()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    rendered = MarkdownIt("commonmark", {"html": True}).render(written("statement", "md", found).decode())
    assert "<script>" not in rendered
    assert "&lt;script&gt;" in rendered
