"""What documents say of the things they share: parties, services and sources."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from graphsvc.graph.shape import LABELS
from graphsvc.graph.writer import Writer
from graphsvc.imports.difference import Said, together
from graphsvc.imports.documents import Document
from graphsvc.imports.entry import Entry


class Statements:
    """What is said of shared things once the documents of a load are loaded.

    What other documents say is asked once, before anything is written.
    """

    def __init__(self, writer: Writer, documents: Sequence[Document], loaded: Iterable[str]) -> None:
        """Prepare.

        Args:
            documents: The documents of the load.
            loaded: Ids of the documents that this load writes or removes; what they said before does not count.
        """
        self._writer = writer
        self._documents = documents
        self._loaded = frozenset(loaded)
        self._asked: dict[str, set[str]] = defaultdict(set)
        self._others: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
        self._ours: dict[str, dict[str, dict[str | None, Entry]]] = {}

    def others(self, section: str, things: Iterable[str]) -> Mapping[str, Mapping[str, str]]:
        """For those of some things of which other documents speak: by document, what it says, as JSON."""
        wanted = set(things)
        found = self._others[section]
        for row in self._writer.rows_by_id(f"statements {LABELS[section]}", wanted - self._asked[section]):
            if row["document"] not in self._loaded:
                found[row["id"]][row["document"]] = row["body"]
        self._asked[section] |= wanted
        return {thing: found[thing] for thing in found.keys() & wanted}

    def ours(self, section: str) -> Mapping[str, Mapping[str | None, Entry]]:
        """By document of the load and thing, what it says."""
        if section not in self._ours:
            self._ours[section] = {
                document.id: {entry.id: entry for entry in document.entries(section)} for document in self._documents
            }
        return self._ours[section]

    def disputable(self, section: str) -> list[str]:
        """The things of which a document of the load speaks, and another document too."""
        times: dict[str | None, int] = defaultdict(int)
        for said in self.ours(section).values():
            for thing in said:
                times[thing] += 1
        others = self.others(section, times)
        return sorted(thing for thing, number in times.items() if number > 1 or thing in others)

    def of(self, section: str, thing: str) -> dict[str, str]:
        """By document, what is said of a thing, as JSON; others have been asked about it."""
        ours = {document: said[thing].text for document, said in self.ours(section).items() if thing in said}
        return {**self._others[section].get(thing, {}), **ours}

    def plain(self, section: str, thing: str) -> dict[str, Said]:
        """By document, what is said of a thing; others have been asked about it."""
        return {document: json.loads(text) for document, text in self.of(section, thing).items()}

    def joined(self, section: str, things: Iterable[str]) -> list[Entry]:
        """What all documents together say of each of some things; nothing of those nobody speaks of any more."""
        self.others(section, things)
        found = (self._joined(section, thing) for thing in things)
        return [entry for entry in found if entry is not None]

    def _joined(self, section: str, thing: str) -> Entry | None:
        said = self.of(section, thing)
        if len(said) == 1:
            return Entry(thing, *said.values())
        return Entry.of(together(self.plain(section, thing))[0]) if said else None
