"""Our own record of Art. 30(1) as it comes back: what stands in each row, and what stood there when it was written."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any

from openpyxl import load_workbook

from graphsvc.imports.foreign.archive import check_archive
from graphsvc.imports.foreign.clean import cannot_read
from graphsvc.imports.foreign.grid import Row, cleaned
from graphsvc.imports.foreign.report import Notes
from graphsvc.imports.foreign.xlsx_file import UNREADABLE, sheet_rows, telling
from graphsvc.translation import LANGUAGES, gettext

SHEET = "graphsvc"
"""The hidden sheet with what stood in each cell when the file was written."""
MARKER = "graphsvc art30-1"
HEAD = ("marker", "version", "language", "on", "law", "revision", "controller", "name")
"""What its first row says."""
VERSION = "1"
LOOKED_IN = ("xl/workbook.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml")
LOOKED_AT = 1_000_000
"""Bytes of a part in which its marks are looked for."""
COLUMNS = (
    *("number", "activity", "controller", "controller_contact", "controller_representative", "controller_officer"),
    *("joint_controllers", "purposes", "legal_basis", "subjects", "data", "delicate", "special_condition"),
    *("processors", "sub_processors", "recipients", "third_countries", "safeguards", "retention", "measures"),
    *("since", "until", "basis", "sources", "gaps", "activity_id"),
)
"""The points of Art. 30(1) in their order, with what the templates of authorities ask for beside them."""
RECIPIENTS = ("belongs_to_id", "recipient", "recipient_purpose", "recipient_places", "depth")
"""Columns of the sheet with recipients that are read."""
KEY, NAME = "activity_id", "activity"
"""The columns without which a sheet is no record of ours."""
NEEDED = frozenset({KEY, NAME, "controller", "purposes", "data"})
"""Those without which it is none when it lost its hidden sheet."""


@dataclass(frozen=True)
class OwnRow:
    """One row as it comes back.

    Attributes:
        place: Where the row is.
        activity: Id of the activity; empty for a row that somebody added.
        cells: Text of each cell, by key of the column.
        before: What stood there; empty for a row that somebody added.
        places: Where each cell is, by key of the column.
    """

    place: str
    activity: str
    cells: Mapping[str, str]
    before: Mapping[str, str]
    places: Mapping[str, str]

    @property
    def changed(self) -> list[str]:
        """Keys of the cells that say something else than when the file was written."""
        return [key for key, text in self.cells.items() if text != self.before.get(key, "")]


@dataclass(frozen=True)
class OwnSheet:
    """Our record as it comes back.

    Attributes:
        language: The language of its words.
        on: The day that it is of.
        revision: The revision of the register that it was made from.
        controller: Id of the controller.
        name: Name of the controller.
        rows: Its rows.
        gone: Ids of activities whose rows somebody deleted.
        lost: Headings of columns that somebody deleted.
        is_kept: Whether it still has what stood in each cell.
        recipients: Rows of the sheet with recipients: texts of its cells, by key of the column.
    """

    language: str
    on: str
    revision: str
    controller: str
    name: str
    rows: tuple[OwnRow, ...]
    gone: tuple[str, ...]
    lost: tuple[str, ...] = ()
    is_kept: bool = True
    recipients: tuple[Mapping[str, str], ...] = ()


def own_table(rows: list[Row]) -> OwnSheet | None:
    """Our own record in a file that has no hidden sheet, such as CSV; None when it is none.

    Whose it is says the name alone, and what somebody changed cannot be told.
    """
    columns = _columns(rows[0] if rows else None, COLUMNS)
    if not columns.keys() >= NEEDED:
        return None
    found = [_row(row, columns, {}) for row in rows[1:]]
    made = tuple(replace(row, activity=row.cells[KEY]) for row in found)
    about = _columns(rows[0], ("on", "revision"))
    first = rows[1] if made else None
    on, revision = (_cell(first, about[key]) if first and key in about else "" for key in ("on", "revision"))
    language = next(each for each in LANGUAGES if gettext(each, f"export.record.column.{KEY}") in rows[0].cells)
    return OwnSheet(language, on, revision, "", "", made, (), is_kept=False)


def looks_own(content: bytes) -> bool:
    """Whether a text holds a heading that only our own record has."""
    return any(gettext(language, f"export.record.column.{KEY}").encode() in content for language in LANGUAGES)


def is_own(content: bytes) -> bool:
    """Whether a spreadsheet looks like a record of ours; whether it is one, reading it tells."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            parts = [name for name in LOOKED_IN if name in names]
            first = b"".join(archive.open(name).read(LOOKED_AT) for name in parts)
    except (*UNREADABLE, RuntimeError):
        return False
    return f'name="{SHEET}"'.encode() in first or looks_own(first)


def own_sheet(content: bytes, file: str, notes: Notes) -> OwnSheet | None:
    """Our own record; None when the file is none, or lost what makes it one.

    Raises:
        InvalidDocument: it cannot be opened without harm.
    """
    if not is_own(content):
        return None
    check_archive(content, file)
    try:
        with (
            telling(notes),
            closing(load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)) as book,
        ):
            return _read(book, file, notes)
    except UNREADABLE as error:
        raise cannot_read(f"cannot be read as a spreadsheet ({type(error).__name__})", file) from None


def _read(book: Any, file: str, notes: Notes) -> OwnSheet | None:
    kept = [_rows(sheet, file, Notes("xlsx", file)) for sheet in book.worksheets if sheet.title == SHEET]
    told, keys, before = _kept(kept[0] if kept else [])
    found: OwnSheet | None = None
    for sheet in book.worksheets:
        if sheet.title != SHEET and sheet.sheet_state == "visible":
            own = Notes("xlsx", file)
            rows = _rows(sheet, file, own)
            columns = _columns(rows[0] if rows else None, keys)
            if found is None:
                is_whole = {KEY, NAME} <= columns.keys()
                found = _sheet(told, keys, rows[1:], before, columns) if is_whole else own_table(rows)
                notes.remarks |= own.remarks if found else {}
            elif recipients := _recipients(rows):
                return replace(found, recipients=recipients)
    return found


def _recipients(rows: list[Row]) -> tuple[Mapping[str, str], ...]:
    """The rows of a sheet with recipients; none when it is another one."""
    columns = _columns(rows[0] if rows else None, RECIPIENTS)
    if len(columns) < len(RECIPIENTS):
        return ()
    return tuple({key: _cell(row, column) for key, column in columns.items()} for row in rows[1:])


def _kept(rows: list[Row]) -> tuple[dict[str, str], tuple[str, ...], list[Row]]:
    """What the hidden sheet says: of the file, the keys of its columns, and what stood in each row."""
    told = dict(zip(HEAD, rows[0].cells, strict=False)) if len(rows) > 1 else {}
    is_ours = told.get("marker") == MARKER and told.get("version") == VERSION and told.get("language") in LANGUAGES
    return (told, rows[1].cells, rows[2:]) if is_ours and len(told) == len(HEAD) else ({}, (), [])


def _rows(sheet: Any, file: str, notes: Notes) -> list[Row]:
    return cleaned([*sheet_rows(sheet, {}, notes, file)], notes)


def _columns(heads: Row | None, keys: Iterable[str]) -> dict[str, int]:
    """Where the column of each key is, by its heading in either language."""
    found = {text: place for place, text in reversed([*enumerate(heads.cells)])} if heads else {}
    return {key: found[text] for key in keys for text in _headings(key) if text in found}


def _headings(key: str) -> list[str]:
    try:
        return [gettext(language, f"export.record.column.{key}") for language in LANGUAGES]
    except KeyError:
        return []


def _sheet(
    told: Mapping[str, str], keys: tuple[str, ...], rows: list[Row], before: list[Row], columns: Mapping[str, int]
) -> OwnSheet:
    place = keys.index(KEY)
    stood = {_cell(row, place): {key: _cell(row, n) for n, key in enumerate(keys) if key in columns} for row in before}
    found = tuple(_row(row, columns, stood) for row in rows)
    gone = tuple(key for key in stood if key and key not in {row.activity for row in found})
    lost = tuple(
        gettext(told["language"], f"export.record.column.{key}")
        for key in keys
        if key not in columns and _headings(key)
    )
    return OwnSheet(*(told[key] for key in ("language", "on", "revision", "controller", "name")), found, gone, lost)


def _row(row: Row, columns: Mapping[str, int], stood: Mapping[str, Mapping[str, str]]) -> OwnRow:
    cells = {key: _cell(row, column) for key, column in columns.items()}
    key = cells[KEY] if cells[KEY] in stood else ""
    places = {key: row.cell_place(column) for key, column in columns.items()}
    return OwnRow(row.place, key, cells, stood.get(key, {}) if key else {}, places)


def _cell(row: Row, column: int) -> str:
    return row.cells[column] if column < len(row.cells) else ""
