"""Divisions that stand in rows and columns below words that are headers of a list become a table."""

from __future__ import annotations

from itertools import islice

from lxml.html import HtmlElement

from graphsvc.imports.foreign.columns import scored
from graphsvc.imports.foreign.report import Notes
from graphsvc.imports.foreign.settings import WordMap

AROUND = ("div", "section", "ul", "ol", "main", "article")
PARTS = frozenset({"div", "section", "ul", "ol", "li", "p", "span", "dl", "dt", "dd", "b", "strong", "a", "article"})
MOST_COLUMNS = 20
MOST_PIECES = 20
LONGEST_HEADER = 60
"""Characters of what may be a header."""


def find_tables(root: HtmlElement, words: WordMap, notes: Notes) -> None:
    """Call what looks like a table one: the rows have one number of parts, and the first of them are headers."""
    for element in list(root.iter(*AROUND)):
        # Rows that were found within one that is a table already are no longer divisions.
        if element.tag in AROUND and _is_table(rows := list(element), words):
            notes.guessed(
                f"line {element.sourceline}", "stands in rows and columns; read as a table", " | ".join(_texts(rows[0]))
            )
            element.tag = "table"
            for row in rows:
                row.tag = "tr"
                for cell in row:
                    cell.tag = "td"


def _is_table(rows: list[HtmlElement], words: WordMap) -> bool:
    if len(rows) < 2 or not 2 <= len(rows[0]) <= MOST_COLUMNS:
        return False
    width = len(rows[0])
    if not all(row.tag in PARTS and len(row) in {1, width} for row in rows):
        return False
    headers = _texts(rows[0])
    is_short = all(0 < len(text) <= LONGEST_HEADER for text in headers)
    return is_short and {cell.tag for cell in rows[0]} <= PARTS and scored(headers, "list", words) > 0


def _texts(row: HtmlElement) -> list[str]:
    # A cell may hold half of the page; its first pieces tell whether it is a header.
    return [" ".join("".join(islice(cell.itertext(), MOST_PIECES)).split()) for cell in row]
