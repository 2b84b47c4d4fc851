"""Which day a cell means; what can be read in two ways is not guessed."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from functools import cache

from graphsvc.imports.foreign.data import table
from graphsvc.imports.foreign.words import plain
from graphsvc.model import Day

YEAR_FIRST = re.compile(r"\b((?:19|20)[0-9]{2})[-/.](0?[1-9]|1[0-2])[-/.](0?[1-9]|[12][0-9]|3[01])(?![0-9])")
COMPACT = re.compile(r"^((?:19|20)[0-9]{2})(0[1-9]|1[0-2])([0-3][0-9])$")
NUMBERS = re.compile(r"\b([0-3]?[0-9])([-/.])([0-3]?[0-9])\2((?:19|20)[0-9]{2})\b")
DAY_FIRST = re.compile(r"\b([0-3]?[0-9])(?:st|nd|rd|th|er|e)?\.? (?:of )?([a-z]{3,9})\.?,? ((?:19|20)[0-9]{2})\b")
MONTH_FIRST = re.compile(r"\b([a-z]{3,9})\.? ([0-3]?[0-9])(?:st|nd|rd|th)?,? ((?:19|20)[0-9]{2})\b")
UPDATED = re.compile(
    r"\b(last|updated?|revised|effective|as of|version|date|laatst|bijgewerkt|stand|aktualisiert|datum|mise a jour)\b"
)
LONGEST = 200


class Ambiguous(ValueError):
    """A day that can be read in two ways."""


def day_in(text: str, order: str = "") -> Day | None:
    """The day that a text names, the first one where it names several; None when it names none.

    Args:
        text: The text.
        order: `day` or `month`: which number comes first in 03/04/2024; empty: not known.

    Raises:
        Ambiguous: it can be read in two ways.
    """
    text = text.strip()[:LONGEST]
    if found := YEAR_FIRST.search(text) or COMPACT.match(text):
        return _day(found[1], found[2], found[3])
    if found := NUMBERS.search(text):
        return _by_order(found, order)
    words = " ".join(plain(text).split())
    if found := DAY_FIRST.search(words):
        return _named(found[3], found[2], found[1])
    if found := MONTH_FIRST.search(words):
        return _named(found[3], found[1], found[2])
    return None


def order_of(texts: Iterable[str]) -> str:
    """Which number comes first in the days of a column: one that cannot be a month decides for all; else empty."""
    found: set[str] = set()
    for text in texts:
        for one, separator, two, _ in NUMBERS.findall(text[:LONGEST]):
            if separator == "." or int(one) > 12 or int(two) > 12:
                found.add("month" if int(two) > 12 else "day")
    return found.pop() if len(found) == 1 else ""


def updated_on(line: str, order: str = "") -> Day | None:
    """The day in a line such as "Last updated: 3 March 2024"; None when it is no such line.

    Raises:
        Ambiguous: the day can be read in two ways.
    """
    return day_in(line, order) if len(line) <= LONGEST and UPDATED.search(plain(line)) else None


def _by_order(found: re.Match[str], order: str) -> Day | None:
    one, separator, two, year = found.groups()
    if separator == "." or int(one) > 12 or one == two:
        order = "day"
    elif int(two) > 12:
        order = "month"
    if not order:
        raise Ambiguous(f"{found[0]} can be two days; say with `day_order` whether the day or the month comes first")
    return _day(year, two, one) if order == "day" else _day(year, one, two)


def _named(year: str, month: str, day: str) -> Day | None:
    number = _months().get(month)
    return _day(year, number, day) if number else None


def _day(year: str, month: str, day: str) -> Day | None:
    try:
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


@cache
def _months() -> dict[str, str]:
    return {name: str(number) for number, names in table("months").items() for name in names}
