"""From the bytes of a document to plain values; every way in which bytes can be bad is told by its place."""

from __future__ import annotations

import json
import re
from collections.abc import Hashable, Iterator
from functools import lru_cache
from typing import Any

import yaml

from graphsvc.errors import DocumentTooLarge, Fault, InvalidDocument

DEEPEST = 40
"""Levels of nesting that a document may have; the format itself needs eight."""
LONGEST_FOR_LINES = 4_000_000
"""Up to this many characters a fault is given its line: finding it reads the text a second time."""


def parse(content: bytes, limit: int, file: str | None = None) -> dict[str, Any]:
    """Read a document from YAML or JSON.

    Args:
        content: The bytes, UTF-8, with or without a byte order mark.
        limit: Largest size accepted, in bytes.
        file: Name to use in faults.

    Raises:
        DocumentTooLarge: over the limit.
        InvalidDocument: not UTF-8, not YAML or JSON, anchors, a key given twice, too deep, or not a mapping.
    """
    if len(content) > limit:
        raise DocumentTooLarge(f"{file or 'the document'} has {len(content)} bytes; {limit} are allowed")
    text = decode(content, file)
    data = _json(text, file) if text.lstrip()[:1] in {"{", "["} else _yaml(text, file)
    _refuse_depth(data, file)
    if not isinstance(data, dict):
        raise _invalid("a document is a mapping that begins with 'document:'", file)
    return data


def decode(content: bytes, file: str | None = None) -> str:
    """Text from UTF-8 bytes.

    Raises:
        InvalidDocument: names the first byte that is not UTF-8.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise _invalid(f"byte {error.start} is not UTF-8; save the file as UTF-8", file, line) from None
    return text


def line_of(text: str, pointer: str) -> int | None:
    """Line, counted from 1, of the value that a JSON Pointer names, or of the nearest thing around it."""
    if len(text) > LONGEST_FOR_LINES:
        return None
    node = _composed(text)
    for part in pointer.split("/")[1:]:
        below = dict(_children(node))
        if part not in below:
            break
        node = below[part]
    return None if node is None else node.start_mark.line + 1


@lru_cache(maxsize=2)
def _composed(text: str) -> yaml.Node | None:
    return yaml.compose(text, Loader=_Loader)


def _children(node: yaml.Node | None) -> Iterator[tuple[str, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        yield from ((key.value, value) for key, value in node.value if isinstance(key, yaml.ScalarNode))
    elif isinstance(node, yaml.SequenceNode):
        yield from ((str(place), value) for place, value in enumerate(node.value))


class _Loader(yaml.CSafeLoader):
    """YAML without its surprises: `NO` is Norway and not false, a day stays text, no key is given twice.

    The C loader does the reading; anchors and aliases are refused before it (a short text can
    stand for a huge one through them).
    """

    yaml_implicit_resolvers: dict = {}  # noqa: RUF012

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"key {key.value!r} is given twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("tag:yaml.org,2002:bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("tag:yaml.org,2002:int", r"[-+]?(0|[1-9][0-9]*)", list("-+0123456789")),
    ("tag:yaml.org,2002:float", r"[-+]?(0|[1-9][0-9]*)\.[0-9]+", list("-+0123456789")),
):
    _Loader.add_implicit_resolver(_tag, re.compile(f"^(?:{_pattern})$"), _first)


def _yaml(text: str, file: str | None) -> Any:
    try:
        for event in yaml.parse(text, Loader=_Loader):
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                line = event.start_mark.line + 1
                raise _invalid("anchors and aliases (& and *) are not accepted; write the value out", file, line)
        return yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        raise _invalid(f"is not YAML: {problem}", file, mark.line + 1 if mark else None) from None
    except RecursionError:
        raise _too_deep(file) from None


def _json(text: str, file: str | None) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise _invalid(f"is not JSON: {error.msg}", file, error.lineno) from None
    except ValueError as error:
        raise _invalid(f"is not JSON: {error}", file) from None
    except RecursionError:
        raise _too_deep(file) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    mapping = dict(pairs)
    if len(mapping) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"key {twice!r} is given twice")
    return mapping


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a JSON value")


def _refuse_depth(data: Any, file: str | None) -> None:
    """Refuse nesting deeper than the format could need, level by level and so without recursion."""
    level = [data]
    for _ in range(DEEPEST):
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
