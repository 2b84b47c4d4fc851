"""Spreadsheets as other people fill them in: lists of sub-processors and records of activities, on any sheet."""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from graphsvc.imports.foreign.archive import check_archive
from graphsvc.imports.foreign.clean import cannot_read
from graphsvc.imports.foreign.columns import check_given
from graphsvc.imports.foreign.grid import Row, cleaned, find_table
from graphsvc.imports.foreign.known import Register
from graphsvc.imports.foreign.report import Imported, Notes
from graphsvc.imports.foreign.rows import document_of, no_headers
from graphsvc.imports.foreign.settings import ImportSettings

MOST_CELLS = 2_000_000
MOST_COLUMNS = 300
MERGES_UP_TO = 3 * 1024 * 1024
"""Bytes of a file up to which merged cells are looked at; that takes reading all of it into memory."""
HYPERLINK = re.compile(r'^=\s*HYPERLINK\s*\(.*[,;]\s*"((?:[^"]|"")*)"\s*\)$', re.IGNORECASE | re.DOTALL)
UNREADABLE = (
    zipfile.BadZipFile, zlib.error, InvalidFileException, SyntaxError, KeyError, ValueError, TypeError, AttributeError,
    IndexError, EOFError, OSError, OverflowError, RecursionError, NotImplementedError, AssertionError, StopIteration,
)  # fmt: skip
"""What openpyxl raises for a file whose parts do not fit together."""

Merged = dict[tuple[int, int], tuple[int, int]]


def read_xlsx(content: bytes, settings: ImportSettings, register: Register) -> Imported:
    """A list or a record in a spreadsheet as a document.

    Raises:
        InvalidDocument: it cannot be opened without harm, or no sheet looks like a list or a record.
    """
    check_given(settings.words, settings.kind)
    check_archive(content, settings.file)
    notes = Notes("xlsx", settings.file, "xlsx")
    with telling(notes):
        rows = _read(content, settings, notes)
    return document_of(rows, settings, register, notes, content)


@contextmanager
def telling(notes: Notes) -> Iterator[None]:
    """Put into the report what the reader of spreadsheets warns of."""
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        yield
    for text in dict.fromkeys(str(one.message) for one in said):
        notes.noted("", "the reader of spreadsheets says", text)


def _read(content: bytes, settings: ImportSettings, notes: Notes) -> list[Row]:
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        try:
            return _rows_of_best_sheet(book, content, settings, notes)
        finally:
            book.close()
    except UNREADABLE as error:
        raise cannot_read(f"cannot be read as a spreadsheet ({type(error).__name__})", settings.file) from None


def _rows_of_best_sheet(book: Workbook, content: bytes, settings: ImportSettings, notes: Notes) -> list[Row]:
    """The rows of the sheet that the mapping names, else of the first visible one that holds a table."""
    wanted = settings.words.sheet
    names = [sheet.title for sheet in book.worksheets if wanted in ("", sheet.title)]
    if not book.worksheets:
        raise cannot_read("cannot be read as a spreadsheet (it has no sheets)", settings.file)
    if not names:
        known = ", ".join(sheet.title for sheet in book.worksheets)
        raise cannot_read(f"has no sheet {wanted!r}; its sheets are {known}", settings.file)
    merged = _merged(content, notes)
    chosen: list[Row] | None = None
    first: list[Row] = []
    for sheet in book.worksheets:
        if sheet.title not in names or (sheet.sheet_state != "visible" and not wanted):
            if sheet.title in names:
                notes.left_out(f"sheet {sheet.title!r}", "is hidden; name it with `sheet` to import it")
            continue
        if chosen is not None:
            notes.left_out(f"sheet {sheet.title!r}", "is not read; name it with `sheet` to import it")
            continue
        own = Notes("xlsx", settings.file)
        rows = list(sheet_rows(sheet, merged.get(sheet.title, {}), own, settings.file))
        first = first or rows
        if find_table(cleaned(rows, Notes("xlsx", settings.file)), settings.words, settings.kind) is not None:
            chosen = rows
            notes.remarks |= own.remarks
        else:
            notes.left_out(f"sheet {sheet.title!r}", "does not look like a list or a record; not imported")
    if chosen is None:
        raise cannot_read(no_headers(cleaned(first, Notes("xlsx", "")), settings.kind), settings.file)
    return chosen


def sheet_rows(sheet: Any, merged: Merged, notes: Notes, file: str) -> Iterator[Row]:
    """The rows of a sheet that hold something; what a merged cell says holds for all of its rows."""
    # What a sheet says of its size is not to be trusted.
    sheet.reset_dimensions()
    seen = 0
    values: dict[tuple[int, int], str] = {}
    tops = set(merged.values())
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        seen += len(cells)
        if seen > MOST_CELLS:
            raise cannot_read(f"sheet {sheet.title!r} has more than {MOST_CELLS} cells", file)
        texts = []
        for column, cell in enumerate(cells[:MOST_COLUMNS]):
            top = merged.get((number, column))
            text = values.get(top, "") if top else _text(cell, Row(number, (), sheet.title), column, notes)
            if (number, column) in tops:
                values[number, column] = text
            texts.append(text)
        if len(cells) > MOST_COLUMNS:
            place = f"sheet {sheet.title!r}, row {number}"
            notes.not_understood(place, f"cells beyond column {MOST_COLUMNS} are not read")
        if any(texts):
            yield Row(number, tuple(texts), sheet.title)


def _text(cell: Any, row: Row, column: int, notes: Notes) -> str:
    """What a cell says as text. A formula is never worked out: its text is taken, and told."""
    value = cell.value
    if value is None:
        return ""
    place = row.cell_place(column)
    if cell.data_type == "e":
        notes.not_understood(place, "holds an error", value)
        return ""
    if cell.data_type == "f" or isinstance(value, ArrayFormula | DataTableFormula):
        return _formula(str(getattr(value, "text", None) or getattr(value, "ref", None) or value), place, notes)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _formula(text: str, place: str, notes: Notes) -> str:
    if link := HYPERLINK.match(text):
        notes.guessed(place, "a link; its words are taken, its address is not", text)
        return link[1].replace('""', '"')
    notes.not_understood(place, "a formula; it is not worked out, its text is taken as it stands", text)
    return text


def _merged(content: bytes, notes: Notes) -> dict[str, Merged]:
    """For each sheet: the cells that are merged into another one, and which one that is."""
    if len(content) > MERGES_UP_TO:
        notes.noted("", "merged cells are not looked at in a file of this size")
        return {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MERGES_UP_TO * 4:
            notes.noted("", "merged cells are not looked at in a file of this size")
            return {}
    book = load_workbook(io.BytesIO(content), keep_links=False)
    return {sheet.title: _merged_in(sheet) for sheet in book.worksheets}


def _merged_in(sheet: Any) -> Merged:
    found: Merged = {}
    for block in sheet.merged_cells.ranges:
        top = (block.min_row, block.min_col - 1)
        # A block over several columns is a title; one over several rows says the same of each.
        for row in range(block.min_row, min(block.max_row, block.min_row + 10_000) + 1):
            if (row, top[1]) != top:
                found[row, top[1]] = top
    return found
