"""Countries, days, periods, lists and numbers as a language writes them, by the Unicode CLDR.

Babel is imported where it is used: it takes 20 ms, and most commands write English sentences only.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from graphsvc.translation.catalogue import LOCALE, SOURCE, gettext

if TYPE_CHECKING:
    from babel import Locale

_PERIOD = re.compile(r"P(?:\d+[YMWD])*(?:T(?:\d+[HMS])*)?")
_UNITS = {"Y": "year", "M": "month", "W": "week", "D": "day", "TH": "hour", "TM": "minute", "TS": "second"}


@cache
def _table(language: str) -> tuple[Locale, dict[str, str]]:
    """The locale of a language, and the article of each country that takes one."""
    from babel import Locale

    table = tomllib.loads((LOCALE / f"{language}.toml").read_text(encoding="utf-8"))
    articles = {code: article for article, codes in table["articles"].items() for code in codes}
    return Locale.parse(table["locale"], sep="-"), articles


def locale_of(language: str) -> Locale:
    """Which form of a language is written."""
    return _table(language)[0]


def articles_of(language: str) -> dict[str, str]:
    """The article of each country that takes one within a sentence."""
    return _table(language)[1]


def country_name(language: str, code: str) -> str:
    """What a country is called; a code that is no country's is its own name.

    Args:
        language: One of LANGUAGES.
        code: An ISO 3166-1 alpha-2 code, `EEA` or `unknown`.
    """
    if code == "unknown":
        return gettext(language, "word.unknown")
    if code == "EEA":
        return gettext(language, "word.eea")
    return locale_of(language).territories.get(code, code)


def country_with_article(language: str, code: str) -> str:
    """What a country is called within a sentence.

    Examples:
        >>> country_with_article("en", "US"), country_with_article("nl", "GB"), country_with_article("nl", "FR")
        ('the United States', 'het Verenigd Koninkrijk', 'Frankrijk')
    """
    article = articles_of(language).get(code)
    name = country_name(language, code)
    return f"{article} {name}" if article else name


def capitalised(_language: str, text: str) -> str:
    """A text with a capital first, for a sentence that begins with a value: `The United States is ...`."""
    return text[:1].upper() + text[1:]


def format_day(language: str, day: str) -> str:
    """A day written out: `16 July 2020`.

    Args:
        language: One of LANGUAGES.
        day: The day as ISO 8601 writes it.
    """
    from babel.dates import format_date

    return format_date(date.fromisoformat(day), "long", locale_of(language))


def format_period(language: str, period: str) -> str:
    """A length of time in words: `72 hours` of `PT72H`; what ISO 8601 does not write so stays as it is."""
    from babel.units import format_unit

    if not _PERIOD.fullmatch(period):
        return period
    locale = locale_of(language)
    parts = [format_unit(number, f"duration-{unit}", "long", locale=locale) for number, unit in _lengths(period)]
    return format_list(language, parts) or period


def _lengths(period: str) -> Iterator[tuple[int, str]]:
    days, _, time = period.partition("T")
    for prefix, text in (("", days), ("T", time)):
        for number, letter in re.findall(r"(\d+)([A-Z])", text):
            yield int(number), _UNITS[prefix + letter]


def format_list(language: str, parts: Iterable[str], style: str = "standard") -> str:
    """Words as a list that is read out: `a, b and c`.

    Args:
        language: One of LANGUAGES.
        parts: The words.
        style: `standard` or `or`.
    """
    words = list(parts)
    if len(words) < 2:
        return "".join(words)
    from babel.lists import format_list as format_

    return format_(words, style, locale_of(language))


def format_number(language: str, number: int) -> str:
    """A number with the signs that a language writes between thousands."""
    if language == SOURCE:
        return f"{number:,}"
    from babel.numbers import format_decimal

    return format_decimal(number, locale=locale_of(language))
