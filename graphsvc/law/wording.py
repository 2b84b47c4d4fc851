"""Countries, days and roles as sentences about the law name them."""

from __future__ import annotations

from functools import cache

from graphsvc.model import Capacity, Day
from graphsvc.translation import LazyString, _, capitalised, country_with_article, format_day, joined

EXPORTER = {
    Capacity.CONTROLLER: _("from a controller"),
    Capacity.PROCESSOR: _("from a processor"),
    Capacity.PUBLIC_BODY: _("from a public body"),
    Capacity.UNKNOWN: _("from a sender whose role is not known"),
}
IMPORTER = {
    Capacity.CONTROLLER: _("to a controller"),
    Capacity.PROCESSOR: _("to a processor"),
    Capacity.PUBLIC_BODY: _("to a public body"),
    Capacity.UNKNOWN: _("to a recipient whose role is not known"),
}


@cache
def the_country(code: str) -> str:
    """A country within a sentence."""
    return LazyString(country_with_article, code)


@cache
def the_day(day: Day) -> str:
    """A day within a sentence."""
    return LazyString(format_day, day)


@cache
def the_pair(pair: str) -> str:
    """A pair of roles such as C2P within a sentence: from a controller to a processor."""
    exporter, importer = pair.split("2")
    return joined(" ", (EXPORTER[Capacity(exporter)], IMPORTER[Capacity(importer)]))


def beginning(text: str) -> str:
    """A text at the beginning of a sentence."""
    return LazyString(capitalised, text)


def sentences(*parts: str) -> str:
    """Sentences one after the other, without those that are empty."""
    said = [each for each in parts if each]
    return said[0] if len(said) == 1 else joined(" ", said)
