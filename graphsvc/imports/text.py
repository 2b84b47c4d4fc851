"""From the bytes of a document to plain values; every way in which bytes can be bad is told by its place."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import lru_cache
from typing import Any

import yaml

from graphsvc.errors import DocumentTooLarge, Fault, InvalidDocument
from graphsvc.imports.entry import Entry
from graphsvc.imports.json_text import read_json
from graphsvc.imports.yaml_text import YamlFault, read_yaml, step

DEEPEST = 40
"""Levels of nesting that a document may have; the format itself needs eight."""
LONGEST_FOR_LINES = 4_000_000
"""Up to this many characters a fault is given its line: finding it reads the text a second time."""
BYTE_ORDER_MARK = "\ufeff"
NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Control characters but tab and line end, halves of surrogate pairs, and what Unicode calls no character."""


def _as_it_is(value: Any) -> Any:
    return value


def parse(
    content: bytes, limit: int, file: str | None = None, keep: Callable[[Any], Any] = _as_it_is
) -> dict[str, Any]:
    """Read a document from YAML or JSON.

    Args:
        content: The bytes, UTF-8, with or without a byte order mark.
        limit: Largest size accepted, in bytes.
        file: Name to use in faults.
        keep: What is to be kept of each entry of a section, as soon as it is read.

    Raises:
        DocumentTooLarge: over the limit.
        InvalidDocument: not UTF-8, not YAML or JSON, anchors, a key given twice, too deep, or not a mapping.
    """
    data = values(content, limit, file, keep)
    if not isinstance(data, dict):
        raise _invalid("a document is a mapping that begins with 'document:'", file)
    return data


def values(content: bytes, limit: int, file: str | None = None, keep: Callable[[Any], Any] = _as_it_is) -> Any:
    """Read whatever YAML or JSON holds, with the same care; raises as `parse` does."""
    if len(content) > limit:
        raise DocumentTooLarge(f"{file or 'the document'} has {len(content)} bytes; {limit} are allowed")
    text = decode(content, file).removeprefix(BYTE_ORDER_MARK)
    _refuse_characters(text, file)
    data = (_json if text.lstrip()[:1] in {"{", "["} else _yaml)(text, file, keep)
    if "\\" in text:
        _refuse_escaped(data, file)
    return data


def decode(content: bytes, file: str | None = None) -> str:
    """Text from UTF-8 bytes, a byte order mark included.

    Raises:
        InvalidDocument: names the first byte that is not UTF-8.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise _invalid(f"byte {error.start} is not UTF-8; save the file as UTF-8", file, line) from None
    return text


def line_of(text: str, pointer: str) -> int | None:
    """Line, counted from 1, of the value that a JSON Pointer names, or of the nearest thing around it."""
    if len(text) > LONGEST_FOR_LINES:
        return None
    lines = _lines(text)
    while pointer and pointer not in lines:
        pointer = pointer.rpartition("/")[0]
    return lines.get(pointer)


@lru_cache(maxsize=1)
def _lines(text: str) -> dict[str, int]:
    """For each place in a text, by its JSON Pointer, the line it begins on; as far as the text can be read as YAML."""
    lines: dict[str, int] = {}
    with suppress(yaml.YAMLError, YamlFault):
        read_yaml(text, DEEPEST, lines)
    return lines


def _yaml(text: str, file: str | None, keep: Callable[[Any], Any]) -> Any:
    try:
        return read_yaml(text, DEEPEST, keep=keep)
    except YamlFault as fault:
        raise _invalid(fault.message, file, fault.line) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        raise _invalid(f"is not YAML: {problem}", file, mark.line + 1 if mark else None) from None


def _json(text: str, file: str | None, keep: Callable[[Any], Any]) -> Any:
    def keep_checked(entry: Any) -> Any:
        _refuse_depth(entry, DEEPEST - 2, file)
        return keep(entry)

    try:
        data = read_json(text, keep_checked)
    except json.JSONDecodeError as error:
        raise _invalid(f"is not JSON: {error.msg}", file, error.lineno) from None
    except ValueError as error:
        raise _invalid(f"is not JSON: {error}", file) from None
    except RecursionError:
        raise _too_deep(file) from None
    _refuse_depth(data, DEEPEST, file)
    return data


def _refuse_characters(text: str, file: str | None) -> None:
    """Refuse characters that are no text: they mislead whoever reads them in a terminal, and databases refuse some."""
    if found := NO_TEXT.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise _invalid(f"holds the control character {_code(found)}", file, line)


def _refuse_escaped(data: Any, file: str | None) -> None:
    """Refuse such characters when they are written as escapes (`\\u0000`); looks at one entry at a time."""
    if not isinstance(data, dict):
        _refuse_below("", data, file)
        return
    sections = {name: value for name, value in data.items() if isinstance(value, list)}
    _refuse_below("", data | dict.fromkeys(sections), file)
    for name, section in sections.items():
        for place, entry in enumerate(section):
            _refuse_below(f"/{step(name)}/{place}", entry.value if isinstance(entry, Entry) else entry, file)


def _refuse_below(path: str, value: Any, file: str | None) -> None:
    level: list[tuple[str, Any]] = [(path, value)]
    while level:
        for path, value in level:
            _refuse_in(path, value, file)
        level = [below for path, value in level if isinstance(value, dict | list) for below in _below(path, value)]


def _refuse_in(path: str, value: Any, file: str | None) -> None:
    for part in value if isinstance(value, dict) else [value]:
        if isinstance(part, str) and (found := NO_TEXT.search(part)):
            place = path if part is value else f"a key of {path or 'the document'}"
            raise _invalid(f"{place} holds the control character {_code(found)}", file)


def _code(found: re.Match[str]) -> str:
    return f"U+{ord(found.group()):04X}"


def _below(path: str, value: dict | list) -> Iterator[tuple[str, Any]]:
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield f"{path}/{step(key)}", inner


def _refuse_depth(data: Any, levels: int, file: str | None) -> None:
    """Refuse nesting deeper than the format could need, level by level and so without recursion."""
    level = [data]
    for _ in range(levels):
        level = [child for node in level for child in _values(node) if isinstance(child, dict | list)]
        if not level:
            return
    raise _too_deep(file)


def _values(node: Any) -> Iterator[Any]:
    return iter(node.values() if isinstance(node, dict) else node if isinstance(node, list) else ())


def _too_deep(file: str | None) -> InvalidDocument:
    return _invalid(f"is nested more than {DEEPEST} levels deep", file)


def _invalid(message: str, file: str | None, line: int | None = None) -> InvalidDocument:
    fault = Fault("", message, file, line)
    return InvalidDocument(str(fault), (fault,))
