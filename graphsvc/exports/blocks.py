"""A text for people as blocks (headings, paragraphs, lists, tables, pictures), from which each form is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the title."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `strong` words stand before it, `note` says that it is an aside."""

    text: str
    strong: str = ""
    note: bool = False


@dataclass(frozen=True)
class Bullets:
    """A list; each item with strong words before it, which may be empty."""

    items: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Table:
    """A table.

    Attributes:
        columns: The heads.
        rows: As many cells each as there are columns.
        widths: How wide the columns are, relative to each other; empty: all alike.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int] = ()


@dataclass(frozen=True)
class Figure:
    """A picture.

    Attributes:
        png: As pixels.
        svg: As lines.
        caption: What it shows.
    """

    png: bytes
    svg: bytes
    caption: str


Block = Heading | Paragraph | Bullets | Table | Figure


@dataclass(frozen=True)
class Text:
    """A whole text.

    Attributes:
        title: Its title.
        language: One of the languages of the catalogue.
        blocks: In order, without the title.
        on: The day it is of.
    """

    title: str
    language: str
    blocks: tuple[Block, ...]
    on: str
