"""Tables that only lay out a page, and items that hold whole tables, become plain divisions of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

PARTS = ("tr", "td", "tbody", "thead", "tfoot", "colgroup")
CONTENTS = ("h1", "h2", "nav", "main", "article", "form")
"""What stands in the cells of a table that lays out a page, and not in those of a table of data."""


@dataclass
class _Open:
    """A table (or item) that has begun."""

    element: HtmlElement
    parts: list[HtmlElement] = field(default_factory=list)
    has_headers: bool = False
    holds_contents: bool = False


def lay_out(root: HtmlElement) -> None:
    """Rename what is a table or an item only in name."""
    for element in list(_divisions(root)):
        element.tag = "div"


def _divisions(root: HtmlElement) -> Iterator[HtmlElement]:
    tables: list[_Open] = []
    items: list[HtmlElement] = []
    for event, element in etree.iterwalk(
        root, ("start", "end"), tag=("table", "li", "th", "caption", *PARTS, *CONTENTS)
    ):
        if event == "end":
            if element.tag == "table":
                yield from _layout(tables.pop())
            elif items and items[-1] is element:
                items.pop()
        elif element.tag == "table":
            if tables:
                tables[-1].holds_contents = True
            # An item around a table is a division; those around it were found with it.
            yield from items
            items.clear()
            tables.append(_Open(element))
        elif element.tag == "li":
            items.append(element)
        elif tables:
            _note(tables[-1], element)


def _note(table: _Open, element: HtmlElement) -> None:
    if element.tag in {"th", "caption"}:
        table.has_headers = True
    elif element.tag in PARTS:
        table.parts.append(element)
    else:
        table.holds_contents = True


def _layout(table: _Open) -> Iterator[HtmlElement]:
    if table.holds_contents and not table.has_headers:
        yield table.element
        yield from table.parts
