"""Words of other people's records as words of ours: data, subjects, purposes, legal bases; the rest is reported."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from graphsvc.imports.foreign.data import table
from graphsvc.imports.foreign.known import Register
from graphsvc.imports.foreign.places import says_something
from graphsvc.imports.foreign.report import Notes
from graphsvc.imports.foreign.words import plain

PARTS = re.compile(r"[;\n\u2022]|,(?![^(]*\))|\s/\s")
INSIDE = re.compile(r"\([^()]*\)")
LETTER = re.compile(
    r"(?:gdpr-|avg-|dsgvo-|art(?:icle|ikel)?s?\.?\s*)?\b(?P<article>6|9)[\s,.(-]*"
    r"(?:abs(?:atz)?\.?|lid|par(?:agraph)?\.?|sec(?:tion)?\.?|nr\.?)?[\s(]*(?:1|2|first|eerste)[\s).,-]*"
    r"(?:s(?:atz)?\.?\s*1\s*)?(?:lit(?:era)?\.?|buchst(?:abe)?\.?|letter|onder|sub|point|onderdeel|aanhef en onder)?"
    r"[\s.(-]*(?P<letters>[a-j]\b(?:\)?\s*(?:,|/|&|en|and|und|of|or)\s*(?:lit\.?|onder|point)?[\s(]*[a-j]\b"
    r"(?=\s*(?:$|[),.;/]|en\b|and\b|und\b|gdpr|avg|dsgvo)))*)",
    re.IGNORECASE,
)

OTHER_LAW = re.compile(r"[0-9]{2,}|\b[A-Z]{3,4}-[0-9]|\u00a7")

SINGLE = re.compile(r"\b[a-j]\b")


def parts_of(text: str) -> Iterator[str]:
    """The single words or phrases of a cell."""
    return (part.strip(" .-\u2013*") for part in PARTS.split(text) if says_something(part.strip(" .-\u2013*")))


class Vocabulary:
    """Finds our words; what is not found is reported once with its place."""

    def __init__(self, register: Register, notes: Notes) -> None:
        self._register = register
        self._words = register.words
        self._notes = notes

    def silent(self) -> Vocabulary:
        """The same, which reports nothing: for what is only held against something."""
        return Vocabulary(self._register, Notes("", ""))

    def report(self, place: str, text: str, written: str) -> None:
        """Report that something is not understood."""
        self._notes.not_understood(place, text, written)

    def has(self, section: str, word: str) -> bool:
        """Whether the register has a word."""
        return word in self._words.get(section, {}).values()

    def find(self, section: str, text: str) -> str | None:
        """The word that a phrase stands for; None when there is none."""
        known = self._words.get(section, {})
        for phrase in _forms(plain(text), plain(INSIDE.sub("", text))):
            if word := known.get(phrase):
                return word
            other = _synonyms(section).get(phrase)
            if other and self.has(section, other):
                return other
        return None

    def words(self, section: str, text: str, place: str) -> list[str]:
        """The words of a cell, each once; the other phrases are reported."""
        if whole := self.find(section, text):
            return [whole]
        found: list[str] = []
        for part in parts_of(text):
            word = self.find(section, part)
            if word is None:
                self._notes.not_understood(place, f"is no {KINDS[section]} that the register knows; kept as text", part)
            elif word not in found:
                found.append(word)
        return found

    def legal_bases(self, text: str, place: str) -> list[str]:
        """The legal bases (Art. 6(1)) and conditions (Art. 9(2)) of a text, by article or by name."""
        found = [word for word in _by_article(text) if self.has("legal_bases", word)]
        if not found:
            found = [word for part in parts_of(text) if (word := self.find("legal_bases", part))]
        if not found and says_something(text):
            self._notes.not_understood(place, "is no legal basis of the GDPR that the register knows", text)
        elif other := [
            part for part in parts_of(LETTER.sub(" ", text)) if re.search(r"[0-9]{2,}|\bBGB\b|\u00a7", part)
        ]:
            self._notes.not_understood(place, "names other law than Art. 6 and 9 of the GDPR too", "; ".join(other))
        return list(dict.fromkeys(found))


KINDS = {
    "data_categories": "data category",
    "subject_categories": "data-subject category",
    "purposes": "purpose",
    "legal_bases": "legal basis",
}


def is_condition(word: str) -> bool:
    """Whether a legal basis is a condition of Art. 9(2)."""
    return word in table("vocabulary")["articles"]["9"].values()


def _by_article(text: str) -> Iterator[str]:
    articles = table("vocabulary")["articles"]
    for found in LETTER.finditer(text):
        letters = articles[found["article"]]
        yield from (letters[letter] for letter in SINGLE.findall(found["letters"].lower()) if letter in letters)


def _forms(*phrases: str) -> Iterable[str]:
    for phrase in phrases:
        yield phrase
        yield phrase.removesuffix("s")
        yield f"{phrase}s"


@cache
def _synonyms(section: str) -> dict[str, str]:
    return {plain(name): word for word, names in table("vocabulary")[section].items() for name in names}
