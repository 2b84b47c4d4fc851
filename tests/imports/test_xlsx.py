"""Spreadsheets: lists, records of processing activities, and files made to do harm."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from openpyxl import Workbook, load_workbook

from graphsvc.errors import InvalidDocument
from graphsvc.imports.foreign.record import named
from graphsvc.imports.foreign.report import Kind
from graphsvc.imports.foreign.retention import period_in, retention
from tests.imports.support import assert_said, entries, file, flows, import_, knows, recipients
from tests.waiting import little_work

Change = Callable[[Workbook], object]
WORDS = {
    "data_categories": ["name/naam", "email-address/e-mail", "bank-account-number", "salary/salaris"],
    "subject_categories": ["employee", "customer", "data-subject"],
    "purposes": ["newsletter", "payroll", "personnel-management"],
    "legal_bases": ["consent", "contract", "legal-obligation", "explicit-consent"],
}


def book(*rows: Sequence[Any], change: Change = lambda _: None, title: str = "List") -> bytes:
    """A spreadsheet with one sheet."""
    made = Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(list(row))
    change(made)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def again(content: bytes, **parts: bytes) -> bytes:
    """The same archive with other parts; a name is written with _ for / and __ for a dot."""
    changed = {name.replace("__", ".").replace("_", "/"): part for name, part in parts.items()}
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changed:
                new.writestr(name, old.read(name))
        for name, part in changed.items():
            new.writestr(name, part)
    return written.getvalue()


HEAD = ("Vendor", "Purpose", "Location", "Date added")


def test_a_clean_list_keeps_its_days_and_says_its_cells():
    found = import_("xlsx", book(HEAD, ("Harbour Cloud", "Hosting", "NL, DE", datetime.datetime(2024, 2, 29))))
    [flow] = found.body["flows"]
    assert (flow["places"], flow["valid_from"]) == (["NL", "DE"], "2024-02-29")
    assert flow["evidence"][0]["locator"] == "sheet 'List', row 2: Harbour Cloud"
    assert found.report.of(Kind.NOT_UNDERSTOOD) == []


def dirty() -> bytes:
    def change(made: Workbook) -> None:
        sheet = made.active
        sheet.merge_cells("A4:A5")
        sheet["B7"] = "=A4&A5"
        sheet["A8"] = '=HYPERLINK("https://tidewater.example","Tidewater")'
        sheet["C8"] = "#REF!"
        hidden = made.create_sheet("Old")
        hidden.append(HEAD)
        hidden.append(("Old Sails", "Gone", "US", ""))
        hidden.sheet_state = "hidden"
        made.create_sheet("Changes").append(("2024", "added Nimbus"))
        made.move_sheet("Changes", -2)

    return book(
        ("Sub-processors of Paperboat",),
        ("Last updated 3 March 2024",),
        ("Vendor", "Service", "Where", "Since"),
        ("Harbour Cloud", "Hosting", "NL", ""),
        ("", "Back-up", "Worldwide", 2023),
        (),
        ("Nimbus", "", "IE", "2024-01-01"),
        ("", "Logs", "", ""),
        change=change,
    )


def test_a_dirty_list_is_read_as_far_as_it_goes():
    found = import_("xlsx", dirty())
    assert flows(found) == {
        ("paperboat-services", "harbour-cloud-services", ("NL", "unknown")),
        ("paperboat-services", "nimbus-services", ("IE",)),
        ("paperboat-services", "tidewater-services", ()),
    }
    assert recipients(found)["harbour-cloud-services"]["purpose"] == "Hosting; Back-up"
    assert found.body["document"]["version"] == "2024-03-03"
    for place, words in {
        "sheet 'Old'": "hidden",
        "sheet 'Changes'": "does not look like a list",
        "sheet 'List', cell B7": "a formula; it is not worked out",
        "sheet 'List', cell A8": "a link; its words are taken",
        "sheet 'List', cell C8": "holds an error",
        "sheet 'List', cell C5": "unknown [Worldwide]",
        "sheet 'List', cell D5": "no day that can be read [2023]",
    }.items():
        assert_said(found, place, words)


def test_a_hidden_sheet_is_read_when_it_is_named():
    found = import_("xlsx", dirty(), words={"sheet": "Old"})
    assert recipients(found).keys() == {"old-sails-services"}
    with pytest.raises(InvalidDocument, match="has no sheet 'New'; its sheets are Changes, List, Old"):
        import_("xlsx", dirty(), words={"sheet": "New"})


# Records of processing activities

RECORD = (
    ("Verwerking", "Doeleinden", "Grondslag", "Betrokkenen", "Persoonsgegevens", "Verwerkers", "Ontvangers",
     "Derde landen", "Waarborgen", "Bewaartermijn", "Maatregelen", "FG"),
    ("Loonadministratie", "Salarisadministratie", "art. 6 lid 1 onder b en c AVG", "Medewerkers",
     "Naam, IBAN, salaris", "Harbour Cloud B.V.", "Belastingdienst", "", "", "7 jaar na einde dienstverband",
     "Versleuteling; Toegangsbeheer", "iemand"),
    ("Nieuwsbrief", "Nieuwsbrief", "Toestemming", "Klanten; Relaties", "E-mailadres", "Quillmail, Inc.", "",
     "Verenigde Staten", "EU-US DPF", "tot uitschrijving", "", ""),
    ("Magie", "Toveren", "Art. 99", "", "Aura", "", "Banken", "India", "SCC", "", "", ""),
    ("Totaal: 3", "", "", "", "", "", "", "", "", "", "", ""),
)  # fmt: skip


def test_a_foreign_record_becomes_activities_with_data_bases_recipients_and_retention():
    found = import_("xlsx", book(*RECORD), knows(words=WORDS))
    activities = entries(found, "activities")
    pay = activities["record-paperboat-loonadministratie"]
    assert (pay["controller"], pay["purposes"]) == ("paperboat", ["payroll"])
    assert [base["id"] for base in pay["legal_bases"]] == ["contract", "legal-obligation"]
    assert {(item["subject"], item["category"]) for item in pay["data"]} == {
        ("employee", "name"),
        ("employee", "bank-account-number"),
        ("employee", "salary"),
    }
    assert "evidence" not in pay["data"][0]
    [kept] = pay["retention"]
    assert (kept["kind"], kept["period"]) == ("exact", "P7Y")
    assert [measure["text"] for measure in pay["measures"]] == ["Versleuteling", "Toegangsbeheer"]
    assert entries(found, "parties")["paperboat"]["officer"] == {"appointed": True}
    assert "iemand" not in str(found.body)


def test_processors_are_named_kinds_of_recipients_are_not_and_countries_go_to_the_only_recipient():
    found = import_("xlsx", book(*RECORD), knows(words=WORDS))
    roles = {(flow["to"], flow["role"], tuple(flow.get("places", ()))) for flow in found.body["flows"]}
    assert roles == {
        ("harbour-cloud-services", "processor", ()),
        ("record-paperboat-recipients-belastingdienst", "unknown", ()),
        ("quillmail-services", "processor", ("US",)),
        ("record-paperboat-recipients-banken", "unknown", ("IN",)),
    }
    assert recipients(found)["quillmail-services"]["tools"] == [{"tool": "eu-us-dpf"}]
    assert "provider" not in entries(found, "services")["record-paperboat-recipients-banken"]


def test_words_that_the_register_does_not_have_are_told_and_stay_in_the_note():
    found = import_("xlsx", book(*RECORD), knows(words=WORDS))
    for place, words in {
        "sheet 'List', cell B4": "is no purpose that the register knows; kept as text [Toveren]",
        "sheet 'List', cell C4": "is no legal basis",
        "sheet 'List', cell D3": "is no data-subject category that the register knows; kept as text [Relaties]",
        "sheet 'List', cell E4": "is no data category",
        "sheet 'List', cell I4": "names a kind of transfer tool",
        "sheet 'List', row 5": "a note, a total or a footer",
    }.items():
        assert_said(found, place, words)
    magic = entries(found, "activities")["record-paperboat-magie"]
    assert "Toveren" in magic["note"]
    assert "Aura" in magic["note"]
    assert "data" not in magic


def test_a_record_in_csv_is_the_same():
    text = (
        "Processing activity,Purposes,Data subjects,Personal data,Processors\nMail,Newsletter,Customers,E-mail,Quill\n"
    )
    found = import_("csv", text, knows(words=WORDS))
    [activity] = found.body["activities"]
    assert activity["data"] == [{"subject": "customer", "category": "email-address"}]
    assert recipients(found)["quill-services"]["role"] == "processor"


TEMPLATES = {
    "ico": (
        *("Business function", "Purpose of processing", "Categories of individuals", "Categories of personal data"),
        *("Categories of recipients", "Link to contract with processor", "Retention schedule (if possible)"),
        *("Article 6 lawful basis for processing personal data", "Data Protection Impact Assessment required?"),
        *("Article 9 basis for processing special category data", "Location of personal data"),
    ),
    "gba": (
        *("Naam van de verwerking", "Doel van de verwerking", "Categorieën van betrokkenen"),
        *("Functionele categorieën van persoonsgegevens", "Categorieën van ontvangers", "Verwerker(s)"),
        *("Bewaartermijn", "Rechtsgrond", "Startdatum verwerking", "Einddatum verwerking", "Opmerkingen"),
    ),
    "cnil": (
        *("Nom du traitement", "Finalités", "Catégories de personnes concernées", "Catégories de données"),
        *("Destinataires", "Sous-traitants", "Durée de conservation", "Base légale", "Mesures de sécurité"),
    ),
}
FIELDS = {
    "ico": "activity purpose subjects data recipients note retention legal_basis note special_condition note",
    "gba": "activity purpose subjects data recipients processors retention legal_basis since until note",
    "cnil": "activity purpose subjects data recipients processors retention legal_basis measures",
}


@pytest.mark.parametrize("template", TEMPLATES)
def test_columns_of_the_templates_of_authorities_are_understood(template: str):
    cells = ["Payroll", "Payroll", "Employees", "Salary", *([""] * (len(TEMPLATES[template]) - 4))]
    found = import_("xlsx", book(TEMPLATES[template], cells), knows(words=WORDS))
    assert [column.field for column in found.report.columns] == FIELDS[template].split()
    [activity] = found.body["activities"]
    assert (activity["purposes"], activity["data"]) == (["payroll"], [{"subject": "employee", "category": "salary"}])


def test_marks_and_words_for_nobody_known_never_become_recipients():
    head = ("Processing activity", "Purposes", "Processors", "Recipients")
    cells = ("Payroll", "Payroll", "Unknown; Harbour Cloud (inferred); not recorded [gap]", "onbekend")
    found = import_("xlsx", book(head, cells), knows(words=WORDS))
    [flow] = found.body["flows"]
    assert (flow["to"], flow["evidence"][0]["basis"]) == ("harbour-cloud-services", "inferred")
    assert {party["name"] for party in found.body["parties"]} == {"Paperboat", "Harbour Cloud"}
    for place, words in (("C2", "[Unknown]"), ("C2", "[not recorded [gap]]"), ("D2", "[onbekend]")):
        assert_said(found, f"sheet 'List', cell {place}", words)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Nimbus, Inc., Quill B.V.\nTidewater", ["Nimbus, Inc.", "Quill B.V.", "Tidewater"]),
        ("Banks (credit, debit); auditors", ["Banks (credit, debit)", "auditors"]),
        ("n/a", []),
    ],
)
def test_names_in_one_cell_are_taken_apart(cell: str, names: list[str]):
    assert list(named(cell)) == names


@pytest.mark.parametrize(
    ("text", "kind", "period"),
    [
        ("7 years after the contract", "exact", "P7Y"),
        ("max. 30 Tage", "maximum", "P30D"),
        ("zeven jaar", "exact", "P7Y"),
        ("P45D", "exact", "P45D"),
        ("2005-08-09T18:31:42P3Y6M4DT12H30M17S", "exact", "P3Y6M4DT12H30M17S"),
        ("2 years or 5 years", "criteria", None),
        ("until the account is closed", "event", None),
        ("by law", "criteria", None),
    ],
)
def test_retention_is_read_from_words(text: str, kind: str, period: str | None):
    kept = retention(text, "x", {})
    assert kept is not None
    assert (kept["kind"], kept.get("period"), period_in(text)) == (kind, period, period)


# Hostile files

BOMB = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet>&e;</worksheet>'
LATE_ENTITY = b'<?xml version="1.0"?><!--' + b" " * 200_000 + b'--><!DOCTYPE x [<!ENTITY e "e">]><worksheet/>'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (lambda: again(book(HEAD), xl_worksheets_sheet1__xml=BOMB + b" " * 300_000_000), "too much for its size"),
        (lambda: again(book(HEAD), xl_worksheets_sheet1__xml=ENTITY), "document type or entities"),
        (lambda: again(book(HEAD), xl_workbook__xml=ENTITY.decode().encode("utf-16")), "entities|no XML"),
        (lambda: again(book(HEAD), xl_worksheets_sheet1__xml=LATE_ENTITY), "document type or entities"),
        (lambda: again(book(HEAD), xl_worksheets_sheet1__xml=b"<" * 1000), "no XML|cannot be read"),
        (lambda: again(book(HEAD), **{f"x{n}__txt": b"" for n in range(3000)}), "parts"),
        (lambda: book(HEAD)[:-100], "cannot be unpacked"),
        (lambda: b"PK\x03\x04" + b"\x00" * 100, "cannot be unpacked"),
        (lambda: b"Vendor,Purpose\n", "cannot be unpacked"),
        (lambda: b"", "cannot be unpacked"),
        (lambda: book(("nothing", "to"), ("see", "here")), "no row looks like headers"),
    ],
)
def test_a_file_made_to_do_harm_or_that_is_none_is_refused_in_words(content: Callable[[], bytes], words: str):
    with little_work(5), pytest.raises(InvalidDocument, match=words):
        import_("xlsx", content())


def test_a_document_that_is_no_spreadsheet_and_one_without_sheets_are_refused():
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("../../etc/passwd", "x")
    with pytest.raises(InvalidDocument, match="no XLSX spreadsheet"):
        import_("xlsx", other.getvalue())
    with pytest.raises(InvalidDocument, match="cannot be read as a spreadsheet"):
        import_("xlsx", again(book(HEAD), xl_workbook__xml=b"<workbook/>"))


def test_a_path_in_the_archive_leads_nowhere(tmp_path: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    content = io.BytesIO(book(HEAD, ("Nimbus", "CDN", "IE", "")))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("../../evil.txt", "x")
    assert recipients(import_("xlsx", content.getvalue())).keys() == {"nimbus-services"}
    assert list(tmp_path.rglob("*")) == []


def test_formulas_control_characters_and_markup_stay_text():
    def change(made: Workbook) -> None:
        made.active["A2"] = "=cmd|'/c calc'!A1"

    found = import_(
        "xlsx", book(HEAD, ("", "x", "US", ""), ("<img src=x onerror=alert(1)>", "y", "DE", ""), change=change)
    )
    assert {"=cmd|'/c calc'!A1", "<img src=x onerror=alert(1)>"} <= {party["name"] for party in found.body["parties"]}


def test_a_cell_at_the_far_end_does_not_make_the_sheet_huge():
    def change(made: Workbook) -> None:
        made.active["XFD1048576"] = "far"

    with little_work(3):
        found = import_("xlsx", book(HEAD, ("Nimbus", "CDN", "IE", ""), change=change))
    assert recipients(found).keys() == {"nimbus-services"}
    assert_said(found, "sheet 'List', row 1048576", "cells beyond column 300 are not read")


def many_rows(rows: int) -> bytes:
    return book(HEAD, *((f"Company {n}", "Hosting", "US", "") for n in range(rows)))


def test_many_rows_are_read():
    """tests/deep/test_large.py reads tens of thousands."""
    assert import_("xlsx", many_rows(1_000)).report.rows_imported == 1_000


CLEAN = book(HEAD, ("Nimbus", "CDN", "IE", "2024-01-01"))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(some.integers(0, len(CLEAN) - 1), some.binary(min_size=1, max_size=8))
def test_any_broken_spreadsheet_is_read_or_refused_and_never_a_crash(place: int, other: bytes):
    content = CLEAN[:place] + other + CLEAN[place + len(other) :]
    try:
        import_("xlsx", content)
    except InvalidDocument as error:
        assert error.faults


with zipfile.ZipFile(io.BytesIO(CLEAN)) as _archive:
    PARTS = {name: _archive.read(name) for name in _archive.namelist()}


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(some.data())
def test_any_broken_part_of_a_spreadsheet_is_read_or_refused(data: some.DataObject):
    name = data.draw(some.sampled_from(sorted(PARTS)))
    start = data.draw(some.integers(0, len(PARTS[name]) - 1))
    length = data.draw(some.integers(1, 40))
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for part, text in PARTS.items():
            archive.writestr(part, text[:start] + text[start + length :] if part == name else text)
    try:
        import_("xlsx", written.getvalue())
    except InvalidDocument as error:
        assert error.faults


def test_the_files_of_these_tests_can_be_opened():
    assert load_workbook(io.BytesIO(dirty())).sheetnames == ["Changes", "List", "Old"]
    assert file("csv/clean.csv")
