"""YAML without its surprises, read straight from the parser's events.

`NO` is Norway and not false, a day stays text, no key is given twice; anchors, aliases and tags are refused (through
anchors a short text stands for a huge one), and so is deep nesting, before it costs anything. Values are made from
events and not from PyYAML's tree of nodes: that tree takes ten times the memory, and composing it recurses in C
without a limit, which ends the process.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import yaml

Lines = dict[str, int]
ENTRIES = 2
"""The level of nesting of a list that the outermost mapping holds."""


class YamlFault(Exception):
    """Something in a text that YAML allows and documents may not hold.

    Attributes:
        message: What is wrong.
        line: Line, counted from 1.
    """

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


def read_yaml(
    text: str, deepest: int, lines: Lines | None = None, keep: Callable[[Any], Any] = lambda entry: entry
) -> Any:
    """The value that a YAML text stands for.

    Args:
        text: The text.
        deepest: Levels of nesting that are allowed.
        lines: Filled, when given, with the line on which each place begins, by its JSON Pointer.
        keep: Told each entry of a list that the outermost mapping holds; what it returns takes the entry's place.

    Raises:
        YamlFault: anchors, aliases, tags, a key given twice or that is no scalar, too deep.
        yaml.YAMLError: the text is not YAML, or more than one document.
    """
    events = yaml.parse(text, Loader=yaml.CSafeLoader)
    next(events)
    if isinstance(next(events), yaml.StreamEndEvent):
        return None
    value = _Reader(events, deepest, lines, keep).value(next(events), "", 0)
    next(events)
    if not isinstance(more := next(events), yaml.StreamEndEvent):
        raise YamlFault("holds more than one YAML document (---); put each into a file of its own", _line(more))
    return value


def step(key: object) -> str:
    """A key as one step of a JSON Pointer (RFC 6901)."""
    return str(key).replace("~", "~0").replace("/", "~1")


class _Reader:
    """Makes values from events."""

    def __init__(
        self, events: Iterator[yaml.Event], deepest: int, lines: Lines | None, keep: Callable[[Any], Any]
    ) -> None:
        self._events = events
        self._deepest = deepest
        self._lines = lines
        self._keep = keep

    def value(self, event: yaml.Event, path: str, depth: int) -> Any:
        """The value that begins with an event."""
        _refuse_references(event)
        if self._lines is not None:
            self._lines[path] = _line(event)
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if depth >= self._deepest:
            raise YamlFault(f"is nested more than {self._deepest} levels deep", _line(event))
        read = self._mapping if isinstance(event, yaml.MappingStartEvent) else self._sequence
        return read(path, depth + 1)

    def _sequence(self, path: str, depth: int) -> list[Any]:
        found: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            value = self.value(event, self._place(path, len(found)), depth)
            found.append(self._keep(value) if depth == ENTRIES else value)
        return found

    def _mapping(self, path: str, depth: int) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._key(event)
            if key in found:
                raise YamlFault(f"key {key!r} is given twice", _line(event))
            place = self._place(path, key)
            found[key] = self.value(next(self._events), place, depth)
            if self._lines is not None:
                self._lines[place] = _line(event)
        return found

    def _key(self, event: yaml.Event) -> str:
        _refuse_references(event)
        if not isinstance(event, yaml.ScalarEvent):
            raise YamlFault("a key is a word, not a list or a mapping", _line(event))
        return event.value

    def _place(self, path: str, key: object) -> str:
        return "" if self._lines is None else f"{path}/{step(key)}"


def _refuse_references(event: yaml.Event) -> None:
    if isinstance(event, yaml.AliasEvent) or event.anchor:
        raise YamlFault("anchors and aliases (& and *) are not accepted; write the value out", _line(event))
    if event.tag:
        raise YamlFault("tags (!) are not accepted; a text can be put in quotes", _line(event))


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1


_PLAIN: tuple[tuple[re.Pattern[str], Callable[[str], object]], ...] = (
    (re.compile(r"~|null|Null|NULL|"), lambda _: None),
    (re.compile(r"true|True|TRUE"), lambda _: True),
    (re.compile(r"false|False|FALSE"), lambda _: False),
    (re.compile(r"[-+]?(0|[1-9][0-9]{0,17})"), int),
    (re.compile(r"[-+]?(0|[1-9][0-9]{0,17})\.[0-9]{1,17}"), float),
)
"""What a scalar without quotes may be besides a text; YAML 1.2's core schema without its rarer spellings."""
_MAY_BE_PLAIN = frozenset("~nNtTfF-+0123456789")


def _scalar(event: yaml.ScalarEvent) -> object:
    text = event.value
    if not event.implicit[0] or (text and text[0] not in _MAY_BE_PLAIN):
        return text
    for pattern, convert in _PLAIN:
        if pattern.fullmatch(text):
            return convert(text)
    return text
