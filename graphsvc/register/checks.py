"""What is wrong with documents that fit the schema, held against each other and against the register: every fault."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

import pycountry

from graphsvc.errors import Fault
from graphsvc.graph.shape import LABELS
from graphsvc.graph.writer import Writer
from graphsvc.imports.difference import Conflict, together
from graphsvc.imports.documents import ONE_NAMESPACE, SHARED, Document
from graphsvc.imports.references import (
    Referred,
    dangling,
    duplicates,
    duplicates_across,
    known_ids,
    nothing_there,
)
from graphsvc.imports.schemas import SECTIONS
from graphsvc.register.identities import IdentityChecks
from graphsvc.register.statements import Statements
from graphsvc.register.uses import UseChecks

SUGGESTIONS = 500
"""Ids that are looked at to suggest what somebody may have meant."""
HINTS = 100
"""Faults that come with such a suggestion; the ones after them go without."""


class Checks:
    """The checks of one load, inside its transaction."""

    def __init__(
        self, writer: Writer, documents: Sequence[Document], loaded: Sequence[str], statements: Statements
    ) -> None:
        """Prepare.

        Args:
            loaded: Ids of the documents that the load writes or removes.
        """
        self._writer = writer
        self._documents = documents
        self._loaded = loaded
        self._statements = statements

    def faults(self) -> Iterator[Fault]:
        """Every fault of every document."""
        for document in self._documents:
            yield from document.faults
            yield from duplicates(document)
        yield from self._twice()
        yield from duplicates_across(self._documents)
        yield from self._dangling()
        if not any(document.faults for document in self._documents):
            yield from self._owned_elsewhere()
            yield from self._contradicted()
            yield from self._identities()
            yield from UseChecks(self._writer, self._documents, self._loaded, self._statements).faults()

    def _twice(self) -> Iterator[Fault]:
        seen: dict[str, str | None] = {}
        for document in self._documents:
            if document.id and document.id in seen:
                yield document.fault("/document/id", f"the document {document.id!r} is also in {seen[document.id]}")
            seen[document.id] = document.file or "this load"

    def _dangling(self) -> Iterator[Fault]:
        known = known_ids(self._documents)
        known["countries"] |= {country.alpha_2 for country in pycountry.countries}
        wanted: dict[str, set[str]] = defaultdict(set)
        for document in self._documents:
            for reference in dangling(document, known):
                for kind in reference.kinds:
                    wanted[kind].add(reference.id)
        for kind, ids in wanted.items():
            known[kind] |= {row["id"] for row in self._writer.rows_by_id(f"existing {LABELS[kind]}", ids)}
        documents = self._documents if wanted else ()
        found = ((document, reference) for document in documents for reference in dangling(document, known))
        for number, (document, reference) in enumerate(found):
            near = self._near(reference, known) if number < HINTS else ()
            yield document.fault(reference.path, nothing_there(reference, near))

    def _near(self, reference: Referred, known: Mapping[str, set[str]]) -> set[str]:
        start = reference.id[:2]
        near: set[str] = set()
        for kind in reference.kinds:
            rows = self._writer.rows(f"similar {LABELS[kind]}", starts=[start], most=SUGGESTIONS)
            near |= {row["id"] for row in rows}
            # Comparing with every id of a large document would take seconds for each fault.
            alike = known[kind] if len(known[kind]) <= SUGGESTIONS else (i for i in known[kind] if i.startswith(start))
            near |= set(islice(alike, SUGGESTIONS))
        return near

    def _owned_elsewhere(self) -> Iterator[Fault]:
        for section in SECTIONS:
            for other in _spaces(section):
                yield from self._taken(section, other)

    def _taken(self, section: str, other: str) -> Iterator[Fault]:
        """Ids of a section that another document gives to something already."""
        is_shared = other in SHARED and other != section
        for document in self._documents:
            places = {entry.id: place for place, entry in enumerate(document.entries(section))}
            for row in self._writer.rows_by_id(f"existing {LABELS[other]}", places):
                if is_shared or (row["document"] and row["document"] not in self._loaded):
                    owner = f"by the document {row['document']!r}" if row["document"] else f"in {other}"
                    place = f"/{section}/{places[row['id']]}/id"
                    yield document.fault(place, f"the id {row['id']!r} is used {owner} already")

    def _identities(self) -> Iterator[Fault]:
        yield from IdentityChecks(self._writer, self._documents, self._loaded, self._statements).faults()

    def _contradicted(self) -> Iterator[Fault]:
        for section in sorted(SHARED):
            for thing in self._statements.disputable(section):
                for conflict in together(self._statements.plain(section, thing))[1]:
                    yield self._conflict(section, thing, conflict)

    def _conflict(self, section: str, thing: str, conflict: Conflict) -> Fault:
        ours = next(name for name in (conflict.second, conflict.first) if name in self._loaded)
        theirs = conflict.first if ours == conflict.second else conflict.second
        document = next(document for document in self._documents if document.id == ours)
        place = next(number for number, entry in enumerate(document.entries(section)) if entry.id == thing)
        mine, other = conflict.values if ours == conflict.first else reversed(conflict.values)
        return document.fault(
            f"/{section}/{place}/{conflict.key}",
            f"says {mine!r}, but the document {theirs!r} says {other!r} of {thing!r}; make them agree",
        )


def _spaces(section: str) -> tuple[str, ...]:
    """The sections in which an id of this section must not be used by others."""
    joined = next((spaces for spaces in ONE_NAMESPACE if section in spaces), (section,))
    return tuple(other for other in joined if other not in SHARED or other != section)
