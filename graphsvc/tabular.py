"""Rows of plain values as CSV, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

T = TypeVar("T")


def csv_lines(rows: Iterable[dict[str, Any]], columns: Sequence[str]) -> Iterator[str]:
    """CSV line by line: first the names of the columns. A column `x_id` holds the id of the thing in `x`."""
    yield _csv_line(columns)
    for row in rows:
        yield _csv_line([cell(_value(row, column)) for column in columns])


def begun(lines: Iterable[T], lift: Callable[[], None]) -> Iterator[T]:
    """The lines of a table, of which the names of the columns and the first row are made already.

    Args:
        lines: The lines; or the first parts of something else.
        lift: Called when that is done.
    """
    rest = iter(lines)
    first = list(islice(rest, 2))
    lift()
    return _after(first, rest)


def _after(first: list[T], rest: Iterator[T]) -> Iterator[T]:
    """One after the other; a generator, so that a server can close it, and what it reads from, when nobody reads on."""
    yield from first
    yield from rest


def _csv_line(cells: Sequence[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue()


def _value(row: dict[str, Any], column: str) -> Any:
    if column in row:
        return row[column]
    thing = row.get(column.removesuffix("_id"))
    return thing.get("id") if isinstance(thing, dict) else None


def cell(value: Any) -> str:
    """A value as a cell; a text that a spreadsheet would take for a formula gets an apostrophe before it."""
    text = _plain(value)
    return f"'{text}" if text.lstrip(" ")[:1] in FORMULA_STARTS else text


FORMULA_STARTS = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""Also the wide forms of =, +, - and @, which some spreadsheets take for the narrow ones."""


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(map(_plain, value))
    if isinstance(value, dict):
        shown = [value[key] for key in ("name", "en", "reason") if key in value][:1] or list(value.values())
        return " ".join(filter(None, map(_plain, shown)))
    return str(value)
