"""Items of a list as rows of a table: "**Harbour Cloud** - hosting (Germany)" names, says what for, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graphsvc.imports.foreign.blocks import Block
from graphsvc.imports.foreign.columns import columns
from graphsvc.imports.foreign.grid import Row, Table
from graphsvc.imports.foreign.known import key_of
from graphsvc.imports.foreign.places import places_in
from graphsvc.imports.foreign.settings import WordMap

FIELDS = ("sub_processor", "purpose", "places", "seat", "data", "since", "until", "tool", "note", "url", "contact")
HEADERS = (
    "Sub-processor",
    "Purpose",
    "Location",
    "Seat",
    "Data",
    "Since",
    "Until",
    "Tool",
    "Note",
    "Website",
    "Contact",
)
SEPARATOR = re.compile(r"\s+[-\u2013\u2014|]\s+|[;\n]|:\s+|\s\u2192\s")
AFTER_NAME = re.compile(r"^\s*[-\u2013\u2014:,|;.]*\s*")
KEYED = re.compile(r"^\s*([^:;\n]{2,40}):\s*(\S.*)$", re.DOTALL)
LAST_BRACKET = re.compile(r"^(.*?)\s*\(([^()]*)\)\s*\.?$", re.DOTALL)
SURE_ENOUGH = 0.7
TELLING = ("purpose", "places", "seat", "data", "tool")
"""Columns that say something of a sub-processor; a day or an address may be that of anything."""


def table_of_items(rows: Sequence[Row]) -> Table:
    """A table of the rows that items were made into."""
    return Table(HEADERS, {field: [number] for number, field in enumerate(FIELDS)}, tuple(rows), (), "list")


def row_of(item: Block, below: Sequence[Block], heading: str) -> Row:
    """The row that an item and the items below it make."""
    cells: dict[str, list[str]] = {field: [] for field in FIELDS}
    name, rest = _name(item)
    cells["sub_processor"].append(name)
    for piece in _pieces(rest):
        _put(cells, piece)
    for one in below:
        if found := KEYED.match(one.text.words):
            _put_keyed(cells, found[1], found[2])
        else:
            _put(cells, one.text.words)
    return Row(item.line, tuple("; ".join(cells[field]) for field in FIELDS), heading=heading, label=item.label)


def name_of(item: Block) -> str:
    """The name at the beginning of an item."""
    return _name(item)[0]


def _name(item: Block) -> tuple[str, str]:
    """The name at the beginning of an item, and the rest."""
    words, first = item.text.words, item.text.first
    if first and words.startswith(first):
        rest = words[len(first) :]
        form = re.match(r"^,?\s*([A-Za-z.]{2,7})(?=[\s,;:(-]|$)", rest)
        if form and key_of(f"x {form[1]}").form:
            return f"{first}, {form[1]}", rest[form.end() :]
        bracket = re.match(r"^\s*\(([^()]*)\)", rest)
        if bracket and places_in(bracket[1]).codes:
            return first.strip(" :"), f"{AFTER_NAME.sub('', rest[bracket.end() :])}; {bracket[1]}"
        if bracket:
            return f"{first} ({bracket[1]})", rest[bracket.end() :]
        return first.strip(" :"), rest
    parts = SEPARATOR.split(words, maxsplit=1)
    if len(parts) > 1:
        return _with_brackets(parts[0], words[words.index(parts[0]) + len(parts[0]) :])
    if found := LAST_BRACKET.match(words):
        return found[1], found[2]
    return _by_commas(words)


def _with_brackets(name: str, rest: str) -> tuple[str, str]:
    """A name, without the place that stands behind it in brackets or behind a comma."""
    found = LAST_BRACKET.match(name)
    if found and places_in(found[2]).codes:
        return found[1], f"{rest}; {found[2]}"
    alone, behind = _by_commas(name)
    if behind and places_in(behind).codes:
        return alone, f"{rest}; {behind}"
    return name, rest


def _by_commas(words: str) -> tuple[str, str]:
    """A name up to the first comma that no legal form follows."""
    parts = words.split(",")
    taken = 1
    while taken < len(parts) and key_of(f"x {parts[taken]}").form:
        taken += 1
    return ",".join(parts[:taken]), ";".join(parts[taken:])


def _pieces(rest: str) -> Iterator[str]:
    rest = AFTER_NAME.sub("", rest)
    for piece in re.split(r"\s+[-\u2013\u2014|]\s+|[;\n]|\s\u2192\s", rest):
        if found := LAST_BRACKET.match(piece):
            yield from filter(None, (found[1].strip(" ,."), found[2].strip(" ,.")))
        elif piece.strip(" ,."):
            yield piece.strip(" ,.")


def _put(cells: dict[str, list[str]], piece: str) -> None:
    if found := KEYED.match(piece):
        _put_keyed(cells, found[1], found[2])
        return
    whole = places_in(piece)
    if (whole.codes or whole.unknown) and not whole.rest:
        cells["places"].append(piece)
        return
    head, comma, tail = piece.rpartition(",")
    behind = places_in(tail)
    if comma and behind.codes and not behind.rest:
        cells["places"].append(tail.strip())
        piece = head.strip()
    cells["purpose"].append(piece)


def says_field(text: str) -> bool:
    """Whether a text says where, what for, or with which data, behind a word for that: "Location: Germany"."""
    found = KEYED.match(text)
    return bool(found and _field(found[1]) in TELLING)


def _field(key: str) -> str:
    """The column that a key stands for; empty: it is none."""
    [column] = columns([key], "list", WordMap())
    is_field = column.field in FIELDS and column.field != "sub_processor" and column.confidence >= SURE_ENOUGH
    return column.field if is_field else ""


def _put_keyed(cells: dict[str, list[str]], key: str, value: str) -> None:
    """A value with its key; with one that is no column it stays as a note."""
    field = _field(key)
    cells[field or "note"].append(value.strip() if field else f"{key}: {value}".strip())
