"""Texts in English that can be said in Dutch too: sentences with places, lists of texts, names of acts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from graphsvc.language import CATALOGUE, country_name, read, say


class Told(str):
    """An English text that knows what it was made of, so that it can be said in Dutch.

    It is a plain text for everybody who does not ask for another language.
    """

    __slots__ = ("_template", "_values")

    def __new__(cls, template: str, values: Mapping[str, Any]) -> Told:
        """Fill a template."""
        told = super().__new__(cls, template.format(**values))
        told._template, told._values = template, values
        return told

    def __getnewargs__(self) -> tuple[str, Mapping[str, Any]]:
        """What a copy is made of."""
        return self._template, self._values

    def said(self, language: str) -> str:
        """The text in a language of the catalogue.

        Raises:
            KeyError: nobody has translated it; a test finds every sentence of the code.
        """
        if language == "en":
            return str(self)
        return sentences(language)[self._template].format(
            **{key: said(value, language) for key, value in self._values.items()}
        )


class Title(str):
    """A name of an act, a tool or an event, which has an official or a usual name in Dutch.

    Names that are not in the catalogue, such as those of one's own rows of law, are the same in every language.
    """

    __slots__ = ()

    def said(self, language: str) -> str:
        """The name in a language of the catalogue."""
        return str(self) if language == "en" else titles(language).get(str(self), str(self))


class Worded(str):
    """A word for which there is another one in each language."""

    __slots__ = ("_other",)

    def __new__(cls, english: str, other: str) -> Worded:
        """Both words."""
        worded = super().__new__(cls, english)
        worded._other = other
        return worded

    def __getnewargs__(self) -> tuple[str, str]:
        """What a copy is made of."""
        return str(self), self._other

    def said(self, language: str) -> str:
        """The word in a language of the catalogue."""
        return str(self) if language == "en" else self._other


class Joined(str):
    """Texts with something between them."""

    __slots__ = ("_parts", "_separator")

    def __new__(cls, separator: str, parts: Iterable[str]) -> Joined:
        """Join texts."""
        found = tuple(parts)
        joined = super().__new__(cls, separator.join(found))
        joined._parts, joined._separator = found, separator
        return joined

    def __getnewargs__(self) -> tuple[str, tuple[str, ...]]:
        """What a copy is made of."""
        return self._separator, self._parts

    def said(self, language: str) -> str:
        """The texts in a language of the catalogue."""
        return said(self._separator, language).join(said(part, language) for part in self._parts)


def tell(template: str, **values: Any) -> Told:
    """A sentence for a reader.

    Args:
        template: The sentence in English, a literal; `catalogue/sentences.nl.json` has it in Dutch.
        values: What its places in braces stand for; those that are told are said in the same language.
    """
    return Told(template, values)


@cache
def country_told(code: str) -> Worded:
    """What a country is called."""
    return Worded(country_name("en", code), country_name("nl", code))


@cache
def word_told(kind: str, value: str) -> Worded:
    """A word of a closed list, such as a status, within a sentence.

    Args:
        kind: `status` or `role`.
        value: The word.
    """
    return Worded(value.replace("_", " "), say("nl", f"{kind}.{value}").lower())


def in_language(value: Any, language: str) -> Any:
    """Plain values with every text that is told said in a language."""
    if language == "en":
        return value
    if isinstance(value, str):
        return said(value, language)
    if isinstance(value, Mapping):
        return {key: in_language(each, language) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [in_language(each, language) for each in value]
    return value


def rows_in_language(rows: Iterable[dict[str, Any]], language: str) -> Iterator[dict[str, Any]]:
    """The same for rows that are made while they are read."""
    return (in_language(row, language) for row in rows)


def law_in_language(row: dict[str, Any], language: str) -> dict[str, Any]:
    """A row of law as it was loaded, with the names in it said in a language."""
    if language == "en":
        return row
    return {key: _law_value(key, value, language) for key, value in row.items()}


NAMED = frozenset(
    {
        *("title", "name", "article", "clock", "condition", "scope", "text", "doubt", "purpose_note"),
        *("ineligible_note", "importer_article", "hr_article"),
    }
)
"""What of a row of law has another name in each language."""


def _law_value(key: str, value: Any, language: str) -> Any:
    if isinstance(value, dict):
        return law_in_language(value, language)
    if isinstance(value, list):
        return [_law_value(key, each, language) if isinstance(each, dict) else each for each in value]
    return Title(value).said(language) if key in NAMED | {"note"} and isinstance(value, str) else value


def said(value: Any, language: str) -> Any:
    """A text in a language; anything else is as it is."""
    return value.said(language) if isinstance(value, Told | Title | Worded | Joined) else value


@cache
def sentences(language: str) -> dict[str, str]:
    """Every sentence in a language, by what it is in English."""
    return read(CATALOGUE / f"sentences.{language}.json")


@cache
def titles(language: str) -> dict[str, str]:
    """The names of acts, tools and events in a language, by what they are in English."""
    return read(CATALOGUE / f"titles.{language}.json")
