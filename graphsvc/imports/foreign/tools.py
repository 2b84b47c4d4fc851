"""Which transfer tool a cell names; one that is only named by its kind is reported, not guessed (GDPR Art. 46)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from graphsvc.imports.foreign.data import TABLES
from graphsvc.imports.foreign.places import says_something
from graphsvc.imports.foreign.report import Notes
from graphsvc.imports.foreign.words import plain
from graphsvc.imports.yaml_text import read_yaml

_ROWS = read_yaml((TABLES / "tools.yaml").read_text(encoding="utf-8"), 5)
_PARTS = re.compile(r"[;\n/+,]|\band\b|\ben\b|\bund\b")


def tools_in(text: str, place: str, known: Iterable[str], notes: Notes) -> list[str]:
    """Ids of the tools that a cell names and the register has.

    Args:
        text: The cell.
        place: Where it is.
        known: Ids of the tools in the register.
        notes: Where to say what is not taken.
    """
    known = frozenset(known)
    found: list[str] = []
    if not says_something(text):
        return found
    for part in _PARTS.split(_with_modules(text)):
        if says_something(part):
            tool = _tool(part, place, notes)
            if tool and tool not in known:
                notes.not_understood(place, f"the register has no transfer tool {tool}; load the law table first", part)
            elif tool and tool not in found:
                found.append(tool)
    return found


def _with_modules(text: str) -> str:
    """A module belongs to the clauses before it, also behind a comma or a slash."""
    return re.sub(r"[,;/]\s*(modules?\b)", r" \1", text, flags=re.IGNORECASE)


def _tool(part: str, place: str, notes: Notes) -> str | None:
    words = f" {plain(part)} "
    for row in _ROWS:
        if all(f" {word} " in words for word in row["words"]):
            if row["tool"] is None:
                notes.not_understood(place, "names a kind of transfer tool, not which one; kept as a note", part)
            return row["tool"]
    notes.not_understood(place, "is no transfer tool that is known; kept as a note", part)
    return None
