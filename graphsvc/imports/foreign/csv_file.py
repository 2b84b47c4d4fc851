"""CSV as other people write it: any separator and encoding, headers further down, cells over several lines."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

from graphsvc.imports.foreign.clean import cannot_read, decoded
from graphsvc.imports.foreign.grid import Row
from graphsvc.imports.foreign.known import Register
from graphsvc.imports.foreign.report import Imported, Notes
from graphsvc.imports.foreign.rows import document_of
from graphsvc.imports.foreign.settings import ImportSettings

SEPARATORS = ",;\t|"
SAMPLE_LINES = 200
SAMPLE_CHARACTERS = 100_000
LONGEST_CELL_LINES = 200
"""Lines that one row may stretch over; behind that, a quotation mark was not closed."""
MOST_CELLS = 300


def read_csv(content: bytes, settings: ImportSettings, register: Register) -> Imported:
    """A list or a record in CSV as a document.

    Raises:
        InvalidDocument: nothing in it looks like a table.
    """
    notes = Notes("csv", settings.file)
    rows = csv_rows(content, notes, settings.encoding)
    if not rows:
        raise cannot_read("holds no rows", settings.file)
    return document_of(rows, settings, register, notes, content)


def csv_rows(content: bytes, notes: Notes, sent_as: str = "") -> list[Row]:
    """Every row; encoding, separator and what cannot be read are told."""
    text, encoding = decoded(content, sent_as)
    notes.encoding = encoding
    if encoding not in {"utf-8", "utf-8-sig"}:
        notes.guessed("", f"read as {encoding}")
    if "\ufffd" in text:
        notes.not_understood("", f"{text.count(chr(0xFFFD))} characters mean nothing in {encoding}")
    separator = separator_of(text)
    if separator != ",":
        notes.noted("", f"the cells are separated by {separator!r}")
    return list(_rows(text, separator, notes))


def separator_of(text: str) -> str:
    """The separator with which most rows at the top have the same number of cells, more than one.

    The csv module's own guess looks at single characters, takes a comma in a sentence for a separator, and can
    take very long on a text that was made for it.
    """
    first = text[:2_000].lstrip("\ufeff \r\n").lower()
    if first.startswith("sep=") and len(first) > 4 and first[4] in SEPARATORS:
        return first[4]
    sample = "\n".join(text[:SAMPLE_CHARACTERS].splitlines()[:SAMPLE_LINES])
    return max(SEPARATORS, key=lambda separator: (_evenness(sample, separator), -SEPARATORS.index(separator)))


def _evenness(sample: str, separator: str) -> float:
    try:
        widths = Counter(len(row) for row in csv.reader(io.StringIO(sample, newline=""), delimiter=separator) if row)
    except csv.Error:
        return 0.0
    several = {width: count for width, count in widths.items() if width > 1}
    if not several:
        return 0.0
    width, count = max(several.items(), key=lambda pair: (pair[1], pair[0]))
    return count / sum(widths.values()) + min(width, 20) / 100


def _rows(text: str, separator: str, notes: Notes) -> Iterator[Row]:
    """Every row with the line it begins on; lines that make no row are reported."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=separator)
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            _lost(start, reader.line_num, f"cannot be read ({error})", notes)
            continue
        if reader.line_num - start >= LONGEST_CELL_LINES:
            _lost(start, reader.line_num, "a quotation mark is not closed", notes)
        elif len(cells) > MOST_CELLS:
            _lost(start, reader.line_num, f"has {len(cells)} cells; {MOST_CELLS} are read", notes)
        elif any(cell.strip() for cell in cells) and not cells[0].lower().startswith("sep="):
            yield Row(start, tuple(cells))


def _lost(start: int, end: int, why: str, notes: Notes) -> None:
    place = f"line {start}" if end <= start else f"lines {start} to {end}"
    rows = max(1, end - start + 1)
    notes.rows_read += rows
    notes.lost(place, why, rows=rows)
