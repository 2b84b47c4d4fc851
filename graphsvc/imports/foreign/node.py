"""A tree of values in which nothing has to be what it should be: asked for a text, a list or yes and no, it gives what
can be had, says what cannot be used, and in the end tells what nobody asked for."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any

from graphsvc.imports.foreign.clean import hides, shortened, tidy
from graphsvc.imports.foreign.draft import LONGEST_NAME, LONGEST_TEXT
from graphsvc.imports.foreign.report import Notes
from graphsvc.imports.yaml_text import step
from graphsvc.text import canonical

YES = frozenset({"true", "yes", "1", "ja"})
NO = frozenset({"false", "no", "0", "nein", "nee"})
MOST_ITEMS = 50_000
LONGEST_SHOWN = 2_000


class Node:
    """One value of the tree, with its place.

    Attributes:
        value: The value as it was read.
        place: JSON Pointer to it.
    """

    def __init__(self, value: Any, place: str, notes: Notes) -> None:
        self.value = value
        self.place = place
        self._notes = notes
        self._children: dict[str, Node] = {}
        self._text: str | None = None

    def __bool__(self) -> bool:
        return not is_empty(self.value)

    @property
    def is_mapping(self) -> bool:
        """Whether it has keys."""
        return isinstance(self.value, dict)

    def __getitem__(self, key: str) -> Node:
        """The value of a key; nothing where there is none."""
        if key not in self._children:
            value = self.value.get(key) if isinstance(self.value, dict) else None
            self._children[key] = Node(value, f"{self.place}/{step(key)}", self._notes)
        return self._children[key]

    def keys(self) -> list[str]:
        """The keys that are texts."""
        return [key for key in self.value if isinstance(key, str)] if isinstance(self.value, dict) else []

    def text(self) -> str:
        """A text on one line; empty where there is none. Texts in a list are taken together."""
        if self._text is None:
            # Many entries may refer to this one, and the text may have megabytes.
            self._text = self._read_text(self.value)
        return self._text

    def _read_text(self, value: Any) -> str:
        if isinstance(value, list) and not is_empty(value):
            texts = [one for one in value if isinstance(one, str | int | float) and not isinstance(one, bool)]
            if len(texts) == len(value):
                self._notes.guessed(self.place, "a list where a text belongs; its texts are taken together")
                value = "; ".join(map(str, texts))
        if is_empty(value):
            if value not in (None, ""):
                self._notes.noted(self.place, "is empty where a text belongs", canonical(value))
            return ""
        if isinstance(value, str):
            if hides(value):
                self._notes.noted(self.place, "control characters were taken out", value)
            return tidy(html.unescape(value))
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        self._notes.not_understood(self.place, "a text was expected here", short(value))
        return ""

    def name(self) -> str:
        """A text that fits as a name."""
        return self._fitting(LONGEST_NAME)

    def sentence(self) -> str:
        """A text that fits as a sentence or a few."""
        return self._fitting(LONGEST_TEXT)

    def _fitting(self, longest: int) -> str:
        text = self.text()
        if len(text) > longest:
            self._notes.not_understood(self.place, f"cut off after {longest} characters of {len(text)}", text[:longest])
        return shortened(text, longest)

    def items(self) -> Iterator[Node]:
        """The entries of a list; a single value is a list of itself."""
        if is_empty(self.value):
            return
        if not isinstance(self.value, list):
            yield self
            return
        if len(self.value) > MOST_ITEMS:
            self._notes.lost(self.place, f"has {len(self.value)} entries; {MOST_ITEMS} are read")
        for number, value in enumerate(self.value[:MOST_ITEMS]):
            key = str(number)
            if key not in self._children:
                self._children[key] = Node(value, f"{self.place}/{number}", self._notes)
            yield self._children[key]

    def flag(self) -> bool | None:
        """Yes or no; None where nothing is said."""
        if isinstance(self.value, bool):
            return self.value
        words = str(self.value).strip().casefold() if isinstance(self.value, str | int) else ""
        if words in YES or words in NO:
            return words in YES
        if not is_empty(self.value):
            self._notes.not_understood(self.place, "yes or no was expected here", short(self.value))
        return None

    def skip(self, why: str = "") -> None:
        """Leave out what is here and below, and say why unless there is nothing here."""
        if why and not is_empty(self.value):
            self._notes.left_out(self.place, why)
        self._children = {}
        self.value = self._text = None

    def say_unread(self) -> None:
        """Report every value that nobody asked for."""
        if isinstance(self.value, dict):
            for key, value in self.value.items():
                if not isinstance(key, str) or (key not in self._children and not is_empty(value)):
                    self._notes.left_out(f"{self.place}/{step(key)}", "has no place in the register", short(value))
        for child in self._children.values():
            child.say_unread()


def is_empty(value: Any) -> bool:
    """Whether a value says nothing: null, an empty text, or a list or a mapping of nothing else."""
    level = [value]
    for _ in range(60):
        if any(not isinstance(one, dict | list) and one is not None and not _blank(one) for one in level):
            return False
        level = [inner for one in level if isinstance(one, dict | list) for inner in _inner(one)]
        if not level:
            return True
    return False


def _blank(value: Any) -> bool:
    return isinstance(value, str) and not value.strip()


def _inner(value: dict | list) -> list:
    return list(value.values() if isinstance(value, dict) else value)


def short(value: Any) -> str:
    """A value as a short text."""
    return value if isinstance(value, str) else str(value)[:LONGEST_SHOWN]
