"""A web page taken apart: headings, tables, items of lists and paragraphs, as the importer of pages reads them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from graphsvc.imports.foreign.blocks import Block, Text
from graphsvc.imports.foreign.html_tables import grid_of
from graphsvc.imports.foreign.html_text import LINES, LONGEST, Run
from graphsvc.imports.foreign.report import Notes

HEADINGS = {f"h{level}": level for level in range(1, 7)}
OPENING = 7
"""Level of what opens a part of a page when somebody clicks on it; parts within it lie deeper."""
CAPTION = 5_000
"""Level of what stands above one table, and above nothing else."""
LISTS = frozenset({"ul", "ol", "dl", "menu"})
ITEMS = frozenset({"li", "dt", "dd"})


def blocks_of(root: HtmlElement, notes: Notes, title: str = "") -> list[Block]:
    """The pieces of a page that was cleaned and laid out; its title is a heading where it has no other one."""
    blocks = list(_Walk(root, notes).blocks())
    if title and not any(block.kind == "heading" and block.level == 1 for block in blocks):
        return [Block("heading", 1, Text(title), level=1), *blocks]
    return blocks


@dataclass
class _List:
    """A list that has begun."""

    number: int
    items: int = 0


@dataclass
class _Item:
    """An item that has begun."""

    element: HtmlElement
    level: int
    list: int
    label: str
    is_said: bool = False


class _Walk:
    """Goes through a page once."""

    def __init__(self, root: HtmlElement, notes: Notes) -> None:
        self._root = root
        self._notes = notes
        self._run = Run()
        self._line = 1
        self._tables = 0
        self._count = 0
        self._details = 0
        self._lists: list[_List] = []
        self._items: list[_Item] = []
        self._heading: tuple[HtmlElement, int] | None = None

    def blocks(self) -> Iterator[Block]:
        """Every piece, in the order of the page."""
        walk = etree.iterwalk(self._root, ("start", "end"))
        for event, element in walk:
            if event == "end":
                yield from self._end(element)
                self._add(element.tail, element)
            elif element.tag == "table":
                yield from self._flush()
                yield from self._table(element)
                walk.skip_subtree()
            else:
                yield from self._start(element)
                self._add(element.text, element)
        yield from self._flush()

    def _add(self, text: str | None, element: HtmlElement) -> None:
        if text and text.strip() and self._run.is_empty:
            self._line = element.sourceline or 1
        self._run.add(text)

    def _start(self, element: HtmlElement) -> Iterator[Block]:
        level = self._level(element)
        if element.tag in LISTS or element.tag in ITEMS or level or self._is_end(element):
            yield from self._flush()
        if element.tag in LISTS:
            self._count += 1
            self._lists.append(_List(self._count))
        elif element.tag in ITEMS:
            self._items.append(self._item(element))
        elif level:
            self._heading = (element, level)
        elif element.tag == "details":
            self._details += 1
        self._run.start(element)

    def _end(self, element: HtmlElement) -> Iterator[Block]:
        self._run.end(element)
        is_heading = self._heading is not None and self._heading[0] is element
        if element.tag in LISTS or element.tag in ITEMS or is_heading or self._is_end(element):
            yield from self._flush()
        if is_heading:
            self._heading = None
        elif element.tag in LISTS and self._lists:
            self._lists.pop()
        elif self._items and self._items[-1].element is element:
            self._items.pop()
        elif element.tag == "details":
            yield Block("heading", element.sourceline, level=OPENING + self._details)
            self._details -= 1

    def _is_end(self, element: HtmlElement) -> bool:
        """Whether a paragraph ends here: lines of an item or of a heading belong together."""
        return element.tag in LINES and not self._items and self._heading is None

    def _level(self, element: HtmlElement) -> int:
        """The level of a heading; 0: it is none, or one within an item or another heading."""
        if self._items or self._heading:
            return 0
        is_opener = element.tag == "button" and ("aria-expanded" in element.attrib or "aria-controls" in element.attrib)
        if element.tag in {"summary", "legend"} or is_opener:
            return OPENING + self._details
        return HEADINGS.get(element.tag, 0)

    def _item(self, element: HtmlElement) -> _Item:
        """An item; one that describes the one before it lies below that."""
        around = self._lists[-1] if self._lists else _List(0)
        around.items += 1
        label = f"list {around.number}, item {around.items}" if around.number else ""
        return _Item(element, max(1, len(self._lists)) + (element.tag == "dd"), around.number, label)

    def _flush(self) -> Iterator[Block]:
        """What was gathered so far, as one piece."""
        run, self._run = self._run, Run()
        text = run.text()
        place = f"line {self._line}"
        if len(text.words) > LONGEST:
            self._notes.lost(place, f"has {len(text.words)} characters of text; {LONGEST} are read", text.words)
            return
        if not text.words:
            return
        if run.is_picture and self._items:
            self._notes.guessed(self._items[-1].label, "a picture; what it stands for is taken", text.words)
        if self._heading:
            yield Block("heading", self._line, text, self._heading[1])
        elif self._items:
            item = self._items[-1]
            yield Block("item", self._line, text, item.level + item.is_said, list=item.list, label=item.label)
            item.is_said = True
        elif not run.is_picture:
            yield Block("paragraph", self._line, text)

    def _table(self, element: HtmlElement) -> Iterator[Block]:
        self._tables += 1
        label = f"table {self._tables}"
        grid = grid_of(element, label, self._notes)
        if grid.caption:
            yield Block("heading", element.sourceline, Text(grid.caption), CAPTION)
        if grid.rows:
            yield Block("table", element.sourceline, rows=grid.rows, label=label)
        if grid.caption:
            yield Block("heading", element.sourceline, level=CAPTION)
