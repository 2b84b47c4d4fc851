"""Texts that are English for everybody who does not ask for another language, and can be put into one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from graphsvc.translation.catalogue import SOURCE, catalogue
from graphsvc.translation.cldr import format_list, format_number


class LazyString(str):
    """An English text that knows how it was made, so that it can be made again in another language.

    Args:
        function: Takes a language and the rest, and gives the text: `country_name`, `format_day`, `gettext` ...
        args: What it is called with; a LazyString among them is translated too.
        values: The same, by name.

    Examples:
        >>> LazyString(country_name, "DE").translation("nl")
        'Duitsland'
    """

    __slots__ = ("_args", "_function", "_values")

    def __new__(cls, function: Callable[..., str], /, *args: Any, **values: Any) -> LazyString:
        """Make the English text."""
        lazy = super().__new__(cls, function(SOURCE, *args, **values))
        lazy._function, lazy._args, lazy._values = function, args, values
        return lazy

    def __getnewargs_ex__(self) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """What a copy is made of."""
        return (self._function, *self._args), self._values

    def translation(self, language: str) -> str:
        """The text in a language."""
        if language == SOURCE:
            return str(self)
        return self._function(language, *translate(self._args, language), **translate(self._values, language))


def _(msgid: str, /, **values: Any) -> LazyString:
    """A sentence for a reader.

    Args:
        msgid: The sentence in English: a literal, so that it is found; the `.po` files have it in other languages.
        values: What its places in braces stand for; those that are lazy are put into the same language.
    """
    return LazyString(_message, None, msgid, **values)


def pgettext(context: str, msgid: str, /, **values: Any) -> LazyString:
    """A sentence or a word whose translation depends on where it stands.

    Args:
        context: Where it stands: a literal, as the sentence is.
        msgid: The text in English.
        values: What its places in braces stand for.
    """
    return LazyString(_message, context, msgid, **values)


def ngettext(singular: str, plural: str, count: int, /, **values: Any) -> LazyString:
    """A sentence in the form that a number asks for; the number is `{count}` in it.

    Args:
        singular: The sentence in English for one: a literal.
        plural: The same for other numbers.
        count: The number.
        values: What its other places in braces stand for.
    """
    return LazyString(_plural, singular, plural, count, **values)


def law_name(name: str) -> LazyString:
    """A name of an act, a tool or an event, which has an official or a usual name in each language.

    Names that no catalogue has, such as those of one's own rows of law, are the same in every language.
    """
    return LazyString(_law_name, name)


def given(texts: Mapping[str, str]) -> LazyString:
    """A text that a document gives in several languages; whoever reads another one has it in English."""
    return LazyString(_given, dict(texts))


def joined(separator: str, parts: Iterable[str]) -> LazyString:
    """Texts with something between them that is not a word."""
    return LazyString(_joined, separator, tuple(parts))


def listed(parts: Iterable[str], style: str = "standard") -> LazyString:
    """Texts as a list in a sentence: `a, b and c`; with the style `or`: `a, b or c`."""
    return LazyString(format_list, tuple(parts), style)


def _message(language: str, context: str | None, msgid: str, /, **values: Any) -> str:
    text = None if language == SOURCE else catalogue(language).get(msgid, context=context)
    return (text or msgid).format(**values)


def _plural(language: str, singular: str, plural: str, count: int, /, **values: Any) -> str:
    text = None if language == SOURCE else catalogue(language).get(singular, count)
    return (text or (singular if count == 1 else plural)).format(count=format_number(language, count), **values)


def _law_name(language: str, name: str) -> str:
    return name if language == SOURCE else catalogue(language).get(name, context="law") or name


def _given(language: str, texts: Mapping[str, str]) -> str:
    return texts.get(language, texts[SOURCE])


def _joined(_language: str, separator: str, parts: Iterable[str]) -> str:
    return separator.join(parts)


def translate(value: Any, language: str) -> Any:
    """Plain values with every text that is lazy in a language."""
    if language == SOURCE:
        return value
    if isinstance(value, str):
        return value.translation(language) if isinstance(value, LazyString) else value
    if isinstance(value, Mapping):
        return {key: translate(each, language) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [translate(each, language) for each in value]
    return value


def translate_rows(rows: Iterable[dict[str, Any]], language: str) -> Iterator[dict[str, Any]]:
    """The same for rows that are made while they are read."""
    return (translate(row, language) for row in rows)


NAMED = frozenset(
    {
        *("title", "name", "article", "clock", "condition", "scope", "text", "doubt", "purpose_note"),
        *("ineligible_note", "importer_article", "hr_article"),
    }
)
"""What of a row of law has another name in each language."""


def translate_law(row: dict[str, Any], language: str) -> dict[str, Any]:
    """A row of law as it was loaded, with the names in it in a language."""
    if language == SOURCE:
        return row
    return {key: _law_value(key, value, language) for key, value in row.items()}


def _law_value(key: str, value: Any, language: str) -> Any:
    if isinstance(value, dict):
        return translate_law(value, language)
    if isinstance(value, list):
        return [_law_value(key, each, language) if isinstance(each, dict) else each for each in value]
    return _law_name(language, value) if key in NAMED | {"note"} and isinstance(value, str) else value
