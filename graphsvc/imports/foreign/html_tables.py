"""The cells of a table where they are displayed: over several rows and columns, below headers of several rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

from graphsvc.imports.foreign.blocks import Text
from graphsvc.imports.foreign.clean import cannot_read
from graphsvc.imports.foreign.html_text import LONGEST, run_of
from graphsvc.imports.foreign.report import Notes

MOST_COLUMNS = 300
MOST_CELLS = 2_000_000
NONE = Text("")
NUMBER = re.compile(r"\s*\+?([0-9]{1,4})")


@dataclass(frozen=True)
class Cell:
    """A cell, in one of the places that it takes.

    Attributes:
        text: What it says.
        is_header: Whether it is marked as a header.
        goes_on: Whether this is not its first column.
    """

    text: Text
    is_header: bool
    goes_on: bool = False


Hanging = dict[int, tuple[int, Cell]]
"""By column: in how many rows below a cell goes on."""


@dataclass
class Grid:
    """A table.

    Attributes:
        caption: What stands above it.
        rows: Number of each row, from 1, and its cells; the headers first.
    """

    caption: str = ""
    rows: list[tuple[int, list[Text]]] = field(default_factory=list)


def grid_of(table: HtmlElement, place: str, notes: Notes) -> Grid:
    """The rows of a table; what several cells of headers say of a column is joined.

    Raises:
        InvalidDocument: its cells go over more columns and rows than any table has.
    """
    rows = list(_rows(table, place, notes))
    first = next((place for place, (_, row) in enumerate(rows) if not _is_title(row)), len(rows))
    behind = first
    while behind < len(rows) and _is_head(rows[behind][1]):
        behind += 1
    titles = [row[0].text.words for _, row in rows[:first]]
    captions = [run_of(one).text().words for one in table.iterchildren("caption")]
    head = [(rows[behind - 1][0], _joined([row for _, row in rows[first:behind]]))] if behind > first else []
    body = [(number, [NONE if cell.goes_on else cell.text for cell in row]) for number, row in rows[behind:]]
    return Grid(" ".join(filter(None, [*captions, *titles])), [*head, *body])


def _is_head(row: Sequence[Cell]) -> bool:
    return all(cell.is_header for cell in row) and not _is_title(row)


def _is_title(row: Sequence[Cell]) -> bool:
    """Whether a row is one cell, over all columns."""
    return len(row) > 1 and all(cell.goes_on for cell in row[1:])


def _joined(rows: Sequence[Sequence[Cell]]) -> list[Text]:
    """The headers of each column, from above, each once."""
    width = max(len(row) for row in rows)
    columns = ([row[column].text.words for row in rows if column < len(row)] for column in range(width))
    return [Text(" ".join(dict.fromkeys(filter(None, words)))) for words in columns]


def _rows(table: HtmlElement, place: str, notes: Notes) -> Iterator[tuple[int, list[Cell]]]:
    """Number and cells of each row that has any, with those of rows above that go on into it."""
    hanging: Hanging = {}
    seen = 0
    for number, elements in enumerate(_own_cells(table), 1):
        row: list[Cell] = []
        for element in elements:
            _take_hanging(row, hanging)
            _put(row, element, _text(element, f"{place}, row {number}", notes), hanging)
        _take_hanging(row, hanging)
        seen += len(row)
        if seen > MOST_CELLS:
            raise cannot_read(f"{place} has more than {MOST_CELLS} cells", notes.file)
        if len(row) > MOST_COLUMNS:
            notes.not_understood(f"{place}, row {number}", f"cells beyond column {MOST_COLUMNS} are not read")
        yield number, row[:MOST_COLUMNS]


def _own_cells(table: HtmlElement) -> list[list[HtmlElement]]:
    """The cells of each row, without those of tables in it; browsers take cells outside of rows for a row, too."""
    rows: list[list[HtmlElement]] = []
    last = None
    walk = etree.iterwalk(table, ("start",), tag=("table", "td", "th"))
    for _, element in walk:
        if element.tag == "table":
            if element is not table:
                walk.skip_subtree()
            continue
        if element.getparent() is not last:
            rows.append([])
            last = element.getparent()
        rows[-1].append(element)
    return rows


def _put(row: list[Cell], element: HtmlElement, text: Text, hanging: Hanging) -> None:
    """A cell in each column that it takes, and remembered for the rows below into which it goes on."""
    above = element.getparent()
    is_header = element.tag == "th" or above.tag == "thead" or above.getparent().tag == "thead"
    down, over = _span(element, "rowspan"), min(_span(element, "colspan") or 1, MOST_COLUMNS)
    for column in range(over):
        cell = Cell(text, is_header, column > 0)
        if down != 1:
            hanging[len(row)] = (down - 1, cell)
        row.append(cell)


def _take_hanging(row: list[Cell], hanging: Hanging) -> None:
    while len(row) in hanging:
        left, cell = hanging.pop(len(row))
        # A span of 0 goes down to the last row.
        if left != 1:
            hanging[len(row)] = (left - 1, cell)
        row.append(cell)


def _span(element: HtmlElement, name: str) -> int:
    found = NUMBER.match(element.get(name, "1"))
    return int(found[1]) if found else 1


def _text(element: HtmlElement, place: str, notes: Notes) -> Text:
    """What a cell says; words of a picture are told, and so are cells that hold more than a cell does."""
    run = run_of(element)
    text = run.text()
    if len(text.words) > LONGEST:
        notes.lost(place, f"has a cell of {len(text.words)} characters; {LONGEST} are read", text.words)
        return NONE
    if run.is_picture and text.words:
        notes.guessed(place, "a picture; what it stands for is taken", text.words)
    return text
