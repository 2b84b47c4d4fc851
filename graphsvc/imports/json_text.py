"""JSON without its surprises, the entries of a document's sections one at a time.

No key is given twice, and what only Python takes for JSON (`NaN`) is refused. All of a large document as plain values
would take seven times the memory of its text, so each entry can be put away as soon as it is read.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from json.decoder import WHITESPACE as SPACE
from json.decoder import JSONObject
from typing import Any

Scan = Callable[[str, int], tuple[Any, int]]
"""Reads the value at a place in a text: the value, and the place behind it. StopIteration: there is none."""


def read_json(text: str, keep: Callable[[Any], Any]) -> Any:
    """The value that a JSON text stands for.

    Args:
        text: The text.
        keep: Told each entry of a list that the outermost mapping holds; what it returns takes the entry's place.

    Raises:
        json.JSONDecodeError: the text is not JSON.
        ValueError: a key is given twice, or a value is none of JSON.
        RecursionError: nested very deep.
    """
    start = SPACE.match(text, 0).end()
    if text[start : start + 1] != "{":
        return _DECODER.decode(text)
    value, end = JSONObject((text, start + 1), True, _section(keep), None, _once)
    if (end := SPACE.match(text, end).end()) != len(text):
        raise json.JSONDecodeError("Extra data", text, end)
    return value


def _section(keep: Callable[[Any], Any]) -> Scan:
    """Reads a value of the outermost mapping: a list entry by entry, anything else whole."""

    def section(text: str, place: int) -> tuple[Any, int]:
        return _entries(text, place + 1, keep) if text[place : place + 1] == "[" else _DECODER.scan_once(text, place)

    return section


def _entries(text: str, place: int, keep: Callable[[Any], Any]) -> tuple[list[Any], int]:
    entries: list[Any] = []
    place = SPACE.match(text, place).end()
    if text[place : place + 1] == "]":
        return entries, place + 1
    while True:
        value, place = _DECODER.raw_decode(text, place)
        entries.append(keep(value))
        place = SPACE.match(text, place).end()
        if text[place : place + 1] == "]":
            return entries, place + 1
        if text[place : place + 1] != ",":
            raise json.JSONDecodeError("Expecting ',' delimiter", text, place)
        place = SPACE.match(text, place + 1).end()


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    mapping = dict(pairs)
    if len(mapping) != len(pairs):
        twice = Counter(name for name, _ in pairs).most_common(1)[0][0]
        raise ValueError(f"key {twice!r} is given twice")
    return mapping


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a JSON value")


_DECODER = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_constant)
