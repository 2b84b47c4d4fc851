"""Rows of cells, whatever file they come from: where each stands, which of them holds the headers, which are notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from openpyxl.utils import get_column_letter

from graphsvc.imports.foreign.clean import hides, shown, tidy
from graphsvc.imports.foreign.columns import Fields, guess, scored
from graphsvc.imports.foreign.known import key_of
from graphsvc.imports.foreign.report import Notes
from graphsvc.imports.foreign.settings import WordMap

HEADERS_WITHIN = 40
"""Rows at the top of a file in which its headers are looked for."""
HEADINGS = " \u203a "
"""What stands between the headings above a row."""
LONGEST_NAME_ROW = 120
NOTE = re.compile(
    r"^(\*|\u2020|note\b|notes\b|total\b|totaal\b|source\b|last |updated|this list|\(c\)|\u00a9)", re.IGNORECASE
)


@dataclass(frozen=True)
class Row:
    """One row as it stands in the file.

    Attributes:
        number: Line or row, from 1.
        cells: Texts of its cells.
        sheet: Name of the sheet; empty for files without sheets.
        heading: The headings above the table it stands in; for pages.
        label: Where the row is, in other words than by its number; empty: by its number.
    """

    number: int
    cells: tuple[str, ...]
    sheet: str = ""
    heading: str = ""
    label: str = ""

    @property
    def place(self) -> str:
        """Where the row is."""
        return self.label or (f"sheet {self.sheet!r}, row {self.number}" if self.sheet else f"line {self.number}")

    def cell_place(self, column: int, header: str = "") -> str:
        """Where one of its cells is."""
        if self.sheet:
            return f"sheet {self.sheet!r}, cell {get_column_letter(column + 1)}{self.number}"
        return f"{self.place}, column {shown(header) or column + 1}"

    @property
    def filled(self) -> list[int]:
        """Numbers of the cells that hold something."""
        return [number for number, cell in enumerate(self.cells) if cell.strip()]


@dataclass(frozen=True)
class Table:
    """A table whose headers are known.

    Attributes:
        headers: Texts of the headers.
        fields: For each field the numbers of its columns.
        rows: The rows below the headers.
        above: The rows before them.
        kind: `list` or `record`.
    """

    headers: tuple[str, ...]
    fields: Fields
    rows: tuple[Row, ...]
    above: tuple[Row, ...]
    kind: str

    def cells(self, row: Row, field: str) -> list[tuple[str, str]]:
        """What a row says of a field: text and place of each cell that holds something."""
        found = []
        for column in self.fields.get(field, ()):
            text = row.cells[column].strip() if column < len(row.cells) else ""
            if text:
                found.append((text, row.cell_place(column, self.header(column))))
        return found

    def header(self, column: int) -> str:
        """What stands above a column."""
        return self.headers[column] if column < len(self.headers) else ""


def cleaned(rows: Sequence[Row], notes: Notes) -> list[Row]:
    """Rows without characters that cannot be seen; where there were any, the report says so."""
    found = []
    for row in rows:
        for column, cell in enumerate(row.cells):
            if hides(cell):
                notes.noted(row.cell_place(column), "control characters were taken out", cell)
        cells = tuple("\n".join(map(tidy, cell.splitlines())).strip() for cell in row.cells)
        found.append(replace(row, cells=cells))
    return [row for row in found if row.filled]


def find_table(rows: Sequence[Row], words: WordMap, kind: str) -> Table | None:
    """The table among the rows: the row near the top whose cells are headers, and what is below it.

    Args:
        rows: Every row that is not empty.
        words: The mapping, which may name the headers, their row, or both.
        kind: `list`, `record`, or empty: the one whose words fit better.
    """
    best: tuple[float, int, str] = (0.0, 0, "")
    for place, row in enumerate(rows[:HEADERS_WITHIN]):
        if words.header is not None and row.number != words.header:
            continue
        for one in (kind,) if kind else ("list", "record"):
            score = scored(row.cells, one, words)
            best = max(best, (score, -place, one))
    score, place, found = best
    if not score:
        return None
    header = rows[-place]
    fields = {field: columns for field, columns in guess(header.cells, found, words).items() if columns}
    return Table(header.cells, fields, tuple(rows[-place + 1 :]), tuple(rows[:-place]), found)


def is_note(row: Row, name: str, width: int) -> bool:
    """Whether a row with a single cell is a note, a total or a footer rather than a name."""
    if len(row.filled) != 1 or width < 2:
        return False
    is_sentence = name.endswith((".", ":")) and len(name.split()) > 2 and not key_of(name).form
    return bool(NOTE.match(name)) or is_sentence or len(name) > LONGEST_NAME_ROW
