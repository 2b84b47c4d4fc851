"""What our own record says in its cells: marks and gaps are no facts, whichever language they are in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from graphsvc.imports.foreign.places import says_something
from graphsvc.imports.foreign.words import plain
from graphsvc.model import Basis
from graphsvc.tabular import FORMULA_STARTS
from graphsvc.translation import LANGUAGES, gettext

MARK = re.compile(r"\s*[\[(]([^\[\]()]*)[\])]\s*$")
WEAK = (Basis.INFERRED, Basis.ASSUMED)
SAY_NOTHING = (
    *("export.not_recorded", "export.not_known", "export.nobody_named", "export.nothing", "word.unknown"),
    *("export.record.none", "export.record.none_recorded", "export.record.no_recipient", "export.record.no_end"),
    *("export.record.not_applicable", "export.record.not_needed_inside", "export.record.may_be", "role.unknown"),
)
"""Texts that stand in a cell where nothing is known or nothing is asked."""


class Said(NamedTuple):
    """A text without its mark.

    Attributes:
        text: The text.
        basis: What the mark says of it; None: there is none.
    """

    text: str
    basis: Basis | None


def said(text: str) -> Said | None:
    """What a piece of a cell says; None when it is a gap or a word for nothing."""
    text, basis = _guarded(text.strip()), None
    while found := MARK.search(text):
        word = plain(found[1])
        if word in _gaps():
            return None
        if word not in _bases():
            break
        basis, text = _bases()[word], text[: found.start()].rstrip()
    return Said(text, basis) if says_something(text) and plain(text) not in _nothing() else None


def lines(text: str) -> Iterator[Said]:
    """What each line of a cell says."""
    return (found for line in text.splitlines() if (found := said(line)))


def listed(text: str) -> list[Said]:
    """The parts of a list on one line; the mark behind the last one is that of all of them."""
    whole = said(text)
    parts = [] if whole is None else [said(part) for part in re.split(r"[;\n]", whole.text)]
    return [Said(part.text, part.basis or (whole and whole.basis)) for part in parts if part]


def _guarded(text: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from taking a text for a formula."""
    return text[1:] if text.startswith("'") and text[1:].lstrip(" ")[:1] in FORMULA_STARTS else text


@cache
def _bases() -> dict[str, Basis]:
    return {plain(gettext(language, f"basis.{basis}")): basis for language in LANGUAGES for basis in WEAK}


@cache
def _gaps() -> frozenset[str]:
    return frozenset(plain(gettext(language, "export.record.gap", what="")) for language in LANGUAGES)


@cache
def _nothing() -> frozenset[str]:
    return frozenset(plain(gettext(language, key)) for language in LANGUAGES for key in SAY_NOTHING)
