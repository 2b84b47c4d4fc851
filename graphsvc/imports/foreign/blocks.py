"""A page taken apart, whatever it is written in: headings, tables, items and paragraphs, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

BEHIND_NAME = re.compile(r"\s+[-\u2013\u2014]\s+([^()\n]+)$")


@dataclass(frozen=True)
class Text:
    """Words of a cell, an item or a paragraph.

    Attributes:
        words: Them, without marks and markup.
        first: What is a link or strong at their beginning: the name in a list; empty when nothing is.
        struck: Whether they are struck out.
        links: How many links there are.
        address: Where they lead, when all of them are one link; it only tells a menu from a list.
    """

    words: str
    first: str = ""
    struck: bool = False
    links: int = 0
    address: str = ""

    @property
    def as_cell(self) -> str:
        """Them as a cell: from a name that is a link or strong, what follows is parted by an empty line or brackets."""
        name, line, below = self.words.partition("\n")
        if line and name == self.first:
            return f"{name}\n\n{below}"
        is_first = bool(self.first) and self.words.startswith(self.first)
        found = BEHIND_NAME.match(self.words[len(self.first) :]) if is_first else None
        return f"{self.first} ({found[1]})" if found else self.words


@dataclass
class Block:
    """One piece of the page.

    Attributes:
        kind: `heading`, `table`, `item` or `paragraph`.
        line: Its line, from 1.
        text: Its words; of a table none. A heading without words ends what was below the deeper ones.
        level: Of a heading its level, of an item its depth, from 1.
        rows: Of a table its rows, the headers first: line and cells; with a label the number of the row and cells.
        list: Of an item the number of the list it is in.
        label: Where it is, in other words than by its line.
    """

    kind: str
    line: int
    text: Text = field(default_factory=lambda: Text(""))
    level: int = 0
    rows: list[tuple[int, list[Text]]] = field(default_factory=list)
    list: int = 0
    label: str = ""

    @property
    def place(self) -> str:
        """Where it is."""
        return self.label or f"line {self.line}"

    def row_label(self, number: int) -> str:
        """Where one of its rows is, in other words than by its line."""
        return f"{self.label}, row {number}" if self.label else ""
