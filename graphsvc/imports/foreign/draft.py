"""A document in the making: parties, services and flows are joined by their ids, evidence is gathered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from graphsvc.imports.difference import Entry
from graphsvc.imports.foreign.clean import shortened
from graphsvc.imports.foreign.known import key_of
from graphsvc.imports.foreign.report import Notes
from graphsvc.imports.foreign.settings import ImportSettings
from graphsvc.model import ONE_EACH, Basis, Day, Identifier
from graphsvc.text import digest

LONGEST_NAME = 200
LONGEST_TEXT = 2000
LONGEST_LOCATOR = 300
SAME_PLACE = 20
"""Pieces of evidence of one entry; a name that stands in a thousand rows need not carry a thousand."""


class Draft:
    """A document in the making.

    Args:
        key: Id of the document.
        title: Its title.
        settings: What whoever imports says.
        notes: Where to say what had to be cut off.
        content: The bytes of the file, for their hash.
        date: The day of the file.
        publisher: Who published it.
        basis: How directly it says what it says, unless the settings say.
        source: Id of the source; empty: made of that of the document.
    """

    def __init__(
        self,
        key: str,
        title: str,
        settings: ImportSettings,
        notes: Notes,
        content: bytes,
        date: Day | None,
        publisher: str,
        basis: Basis = Basis.PUBLIC_LIST,
        source: str = "",
    ) -> None:
        self.id = key
        self.source = source or f"{key[:110]}-file"
        self.basis = settings.basis or basis
        self.notes = notes
        self._header = {"id": key, "title": shortened(title, 300)} | ({"version": date} if date else {})
        self._source = self._source_entry(settings, content, date, publisher)
        self._sections: dict[str, dict[str, Entry]] = {
            "parties": {},
            "services": {},
            "activities": {},
            "flows": {},
        }

    def _source_entry(self, settings: ImportSettings, content: bytes, date: Day | None, publisher: str) -> Entry:
        known = {"date": date, "url": shortened(settings.url, 1000)}
        return {
            "id": self.source,
            "title": shortened(settings.title or self._header["title"], 300),
            "publisher": shortened(publisher, LONGEST_NAME),
            "kind": "copy",
            "note": f"Imported from the file {settings.file or '(no name)'}, SHA-256 {digest(content)}.",
        } | {key: value for key, value in known.items() if value}

    def evidence(self, locator: str, basis: Basis | None = None, about: Iterable[str] = ()) -> Entry:
        """One piece of evidence, in the file that is imported."""
        piece = {
            "source": self.source,
            "locator": shortened(locator, LONGEST_LOCATOR),
            "basis": str(basis or self.basis),
        }
        return piece | ({"for": list(about)} if about else {})

    def entry(self, section: str, key: str, locator: str, /, **values: Any) -> Entry:
        """An entry, made when it is not there yet; it gets the place as evidence."""
        entry = self._sections[section].setdefault(key, {"id": key} | values | {"evidence": []})
        self.proven(entry, self.evidence(locator))
        return entry

    def proven(self, entry: Entry, evidence: Entry) -> None:
        """Add a piece of evidence that the entry has not yet."""
        if evidence not in entry["evidence"] and len(entry["evidence"]) < SAME_PLACE:
            entry["evidence"].append(evidence)

    def party(
        self,
        key: str,
        name: str,
        locator: str,
        also: Iterable[str] = (),
        seats: Iterable[str] = (),
        numbers: Iterable[Identifier] = (),
    ) -> Entry:
        """A party, with the other names and the numbers that the file gives it."""
        entry = self.entry("parties", key, locator, name=self.name(name, locator))
        extend(
            entry, "aliases", (self.name(other, locator) for other in also if key_of(other) != key_of(entry["name"]))
        )
        extend(entry, "established_in", seats)
        extend(entry, "identifiers", list(self._numbers(entry, numbers, locator)))
        return entry

    def _numbers(self, entry: Entry, numbers: Iterable[Identifier], place: str) -> Iterator[Entry]:
        """The numbers of a party; another one of a register that gives one to each is reported instead."""
        for each in numbers:
            known = [one["number"] for one in entry.get("identifiers", ()) if one["scheme"] == each.scheme]
            if each.scheme in ONE_EACH and known and each.number not in known:
                text = f"{entry['name']} has the {each.scheme.value} {known[0]} already; another one is not imported"
                self.notes.not_understood(place, text, each.number)
            else:
                yield {"scheme": each.scheme.value, "number": each.number}

    def service(self, key: str, name: str, provider: str | None, locator: str) -> Entry:
        """A service; without a provider nobody told us whose it is."""
        values = {"name": self.name(name, locator)} | ({"provider": provider} if provider else {})
        return self.entry("services", key, locator, **values)

    def name(self, text: str, place: str) -> str:
        """A text that fits as a name."""
        return self._fitting(text, LONGEST_NAME, place)

    def text(self, text: str, place: str) -> str:
        """A text that fits as a sentence."""
        return self._fitting(text, LONGEST_TEXT, place)

    def _fitting(self, text: str, longest: int, place: str) -> str:
        if len(text) > longest:
            self.notes.not_understood(place, f"cut off after {longest} characters of {len(text)}", text)
        return shortened(text, longest)

    def join(self, entry: Entry, key: str, text: str, place: str, between: str = "; ") -> None:
        """Add words to a text of an entry that it has not yet."""
        parts = [part for part in entry.get(key, "").split(between) if part]
        if text and text not in parts:
            entry[key] = self.text(between.join([*parts, text]), place)

    def body(self) -> dict[str, Any]:
        """The document, entries in the order of their ids."""
        found = {name: [entries[key] for key in sorted(entries)] for name, entries in self._sections.items() if entries}
        return {"document": self._header, "sources": [self._source]} | found


def extend(entry: Entry, key: str, values: Iterable[Any]) -> None:
    """Add values to a list of an entry that it has not yet; an empty list is left out."""
    known = entry.get(key, [])
    for value in values:
        if value not in known:
            known = [*known, value]
    if known:
        entry[key] = known
