"""The use cases that change the register: load documents, remove one. One transaction each, all or nothing."""

from __future__ import annotations

import datetime
import json
import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import pycountry

from graphsvc.errors import Fault, InvalidDocument, NotFound
from graphsvc.graph.bolt import Bolt, Transaction
from graphsvc.graph.shape import LABELS, Edge, edges, item_edges, item_rows, node
from graphsvc.graph.versions import current_text, keep, last_number
from graphsvc.graph.writer import BATCH, Writer
from graphsvc.imports.difference import Conflict, Difference, Entry, Plans, differences, together, with_moves
from graphsvc.imports.documents import (
    ONE_NAMESPACE,
    SHARED,
    Document,
    Referred,
    dangling,
    duplicates,
    duplicates_across,
    known_ids,
    nothing_there,
    read_document,
    referred,
    refuse,
)
from graphsvc.imports.schemas import SECTIONS
from graphsvc.imports.text import parse
from graphsvc.text import canonical, digest

LAW_SECTIONS = ("regimes", "tools", "duties", "requirements")
SUGGESTIONS = 500
"""Ids that are looked at to suggest what somebody may have meant."""
HINTS = 100
"""Faults that come with such a suggestion; the ones after them go without."""


@dataclass(frozen=True)
class Outcome:
    """What a load did.

    Attributes:
        documents: Ids of the documents.
        counts: For added, changed, removed and same: how many, by section.
        revision: Revision of the register afterwards.
    """

    documents: tuple[str, ...]
    counts: Mapping[str, Mapping[str, int]]
    revision: int

    def total(self, what: str) -> int:
        """How many entries were added, changed, removed or stayed the same."""
        return sum(self.counts[what].values())


Progress = Callable[[int, int], None]
"""Told how many rows are written and how many there are in all."""


def read_files(paths: Iterable[Path], limit: int, on_file: Callable[[str], None] = lambda _: None) -> list[Document]:
    """Read documents from files; the faults of all files are raised together.

    Raises:
        InvalidDocument: a file is not text we can read.
        DocumentTooLarge: a file is over the limit of bytes.
    """
    documents, faults = [], []
    for path in paths:
        on_file(str(path))
        try:
            documents.append(read_document(path.read_bytes(), limit, str(path)))
        except InvalidDocument as error:
            faults += error.faults
    refuse([*faults, *(fault for document in documents for fault in document.faults)] if faults else [])
    return documents


def load(bolt: Bolt, documents: Sequence[Document], on_progress: Progress = lambda *_: None) -> Outcome:
    """Load documents together: they may refer to each other, and all of them are loaded or none.

    A document that is loaded again changes what differs and removes what it no longer says.

    Raises:
        InvalidDocument: with every fault of every document; nothing was changed.
        EngineUnavailable: the database does not answer.
    """
    return load_and_tell(bolt, documents, on_progress)[0]


def load_and_tell(
    bolt: Bolt, documents: Sequence[Document], on_progress: Progress = lambda *_: None
) -> tuple[Outcome, Plans]:
    """Load documents as `load` does; the outcome, and for each document and section what was changed."""

    def work(transaction: Transaction) -> tuple[Outcome, Plans]:
        load = _Load(transaction, documents, on_progress)
        return load.run(), load.plans

    with bolt.turn():
        return bolt.write(work)


class _TakenBack(Exception):
    """Ends a transaction without a commit and carries out what it would have done."""

    def __init__(self, outcome: Outcome, plans: Plans) -> None:
        super().__init__()
        self.outcome = outcome
        self.plans = plans


def rehearse(bolt: Bolt, documents: Sequence[Document]) -> tuple[Outcome, Plans]:
    """What a load would do: it is carried out, with all of its checks, and taken back.

    Returns:
        The outcome it would have, and for each document and section what would change.

    Raises:
        InvalidDocument: with every fault that the load would meet.
    """

    def work(transaction: Transaction) -> None:
        load = _Load(transaction, documents, lambda *_: None)
        raise _TakenBack(load.run(), load.plans)

    with bolt.turn():
        try:
            bolt.write(work)
        except _TakenBack as taken_back:
            return taken_back.outcome, taken_back.plans
    raise AssertionError("the work always ends its transaction")


def remove(bolt: Bolt, document: str) -> Outcome:
    """Remove a document and what only it says; its versions stay.

    Raises:
        NotFound: there is no such document.
        InvalidDocument: others refer to what would go.
    """
    with bolt.turn():
        return bolt.write(lambda transaction: _Load(transaction, [], lambda *_: None, removed=document).run())


class _Load:
    """One load, inside its transaction."""

    def __init__(
        self, transaction: Transaction, documents: Sequence[Document], on_progress: Progress, removed: str | None = None
    ) -> None:
        self._transaction = transaction
        self._documents = documents
        self._removed = removed
        self._on_progress = on_progress
        self._done = self._planned = 0
        self.plans: Plans = {}
        self._writer = Writer(transaction, self._progress)

    def run(self) -> Outcome:
        """Check, write and count."""
        revision = self._writer.rows("lock_register", token=secrets.token_hex(8))[0]["revision"]
        refuse(self._faults())
        texts = {document: current_text(self._transaction, document) for document in self._ids}
        old = {document: _body(content) for document, content in texts.items()}
        if self._removed is not None and old[self._removed] is None:
            raise NotFound(f"there is no document {self._removed!r}")
        plans = {
            document: differences(old[document] or {}, new.body if new else {}) for document, new in self._new.items()
        }
        touched = [document for document, new in self._new.items() if new is None or texts[document] != new.text]
        self.plans = plans = with_moves(plans)
        self._planned = sum(len(d.written) + len(d.removed) for plan in plans.values() for d in plan.values())
        if touched:
            self._write(plans, touched)
            revision += 1
            self._writer.rows("set_state", revision=revision, law=self._law())
        return Outcome(tuple(self._new), _counts(plans), revision)

    @property
    def _new(self) -> dict[str, Document | None]:
        """The documents by id as they are to be; None for one that goes."""
        removed: dict[str, Document | None] = {self._removed: None} if self._removed else {}
        return removed | {document.id: document for document in self._documents}

    @property
    def _ids(self) -> list[str]:
        return list(self._new)

    def _progress(self, rows: int) -> None:
        self._done += rows
        self._on_progress(self._done, max(self._planned, self._done))

    # Checking

    def _faults(self) -> Iterator[Fault]:
        for document in self._documents:
            yield from document.faults
            yield from duplicates(document)
        yield from self._twice()
        yield from duplicates_across(self._documents)
        yield from self._dangling()
        if not any(document.faults for document in self._documents):
            yield from self._owned_elsewhere()
            yield from self._contradicted()

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
            for reference in referred(document):
                for kind in reference.kinds:
                    if reference.id not in known[kind]:
                        wanted[kind].add(reference.id)
        for kind, ids in wanted.items():
            known[kind] |= {row["id"] for row in self._writer.rows_by_id(f"existing {LABELS[kind]}", ids)}
        found = ((document, reference) for document in self._documents for reference in dangling(document, known))
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
        places = {
            entry["id"]: (document, place)
            for document in self._documents
            for place, entry in enumerate(document.entries(section))
        }
        for row in self._writer.rows_by_id(f"existing {LABELS[other]}", places):
            document, place = places[row["id"]]
            is_shared = other in SHARED and other != section
            if is_shared or (row["document"] and row["document"] not in self._ids):
                owner = f"by the document {row['document']!r}" if row["document"] else f"in {other}"
                yield document.fault(f"/{section}/{place}/id", f"the id {row['id']!r} is used {owner} already")

    def _contradicted(self) -> Iterator[Fault]:
        for section in sorted(SHARED):
            ids = {entry["id"] for document in self._documents for entry in document.entries(section)}
            for thing, statements in self._statements(section, ids).items():
                for conflict in together(statements)[1]:
                    yield self._conflict(section, thing, conflict)

    def _conflict(self, section: str, thing: str, conflict: Conflict) -> Fault:
        ours = next(name for name in (conflict.second, conflict.first) if name in self._ids)
        theirs = conflict.first if ours == conflict.second else conflict.second
        document = next(document for document in self._documents if document.id == ours)
        place = next(n for n, entry in enumerate(document.entries(section)) if entry["id"] == thing)
        mine, other = conflict.values if ours == conflict.first else reversed(conflict.values)
        return document.fault(
            f"/{section}/{place}/{conflict.key}",
            f"says {mine!r}, but the document {theirs!r} says {other!r} of {thing!r}; make them agree",
        )

    def _statements(self, section: str, ids: Iterable[str]) -> dict[str, dict[str, Entry]]:
        """For shared things, what each document will say of them after this load."""
        said: dict[str, dict[str, Entry]] = {thing: {} for thing in ids}
        for row in self._writer.rows_by_id(f"statements {LABELS[section]}", said):
            if row["document"] not in self._ids:
                said[row["id"]][row["document"]] = json.loads(row["body"])
        for document in self._documents:
            for entry in document.entries(section):
                if entry["id"] in said:
                    said[entry["id"]][document.id] = entry
        return said

    # Writing

    def _write(self, plans: Mapping[str, Mapping[str, Difference]], touched: Sequence[str]) -> None:
        self._keep(touched)
        for section in SECTIONS:
            self._write_nodes(section, plans, touched)
        self._write_items(plans)
        for section in SECTIONS:
            self._write_edges(section, plans)
        for section in reversed(SECTIONS):
            self._take_away(section, plans)
        if self._removed:
            self._writer.remove("Document", [self._removed])

    def _keep(self, touched: Sequence[str]) -> None:
        """Write the documents' own nodes and keep their texts."""
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        for name in touched:
            document = self._new[name]
            number = last_number(self._transaction, name) + 1
            content = document.text if document else ""
            version = {"hash": digest(content), "recorded": now, "action": "loaded" if document else "removed"}
            keep(self._writer, name, number, version, content)
            if document:
                self._writer.upsert("Document", [_document_row(document, number, now)])

    def _write_nodes(self, section: str, plans: Mapping, touched: Sequence[str]) -> None:
        for name in touched:
            difference = plans[name][section]
            if section in SHARED:
                self._write_shared(section, name, difference)
            else:
                for batch in _batches(difference.written):
                    self._writer.upsert(LABELS[section], [node(section, entry, name) for entry in batch])

    def _write_shared(self, section: str, name: str, difference: Difference) -> None:
        label = LABELS[section]
        said = self._statements(section, [entry["id"] for entry in difference.written + difference.removed])
        joined = [together(statements)[0] for statements in said.values() if statements]
        self._writer.upsert(label, [node(section, entry, None) for entry in joined])
        self._writer.connect(
            Edge(f"Document STATES {label}", name, entry["id"], {"body": canonical(entry)})
            for entry in difference.added
        )
        for batch in _batches([{"id": entry["id"], "body": canonical(entry)} for entry in difference.changed]):
            self._writer.rows(f"state_again {label}", document=name, rows=batch)
        for batch in _batches([entry["id"] for entry in difference.removed]):
            self._writer.rows(f"unstate {label}", document=name, ids=batch)

    def _write_items(self, plans: Mapping) -> None:
        written = [entry for plan in plans.values() for name in ("activities", "flows") for entry in plan[name].written]
        rows = item_rows(written)
        there = {row["id"] for row in self._writer.rows_by_id("existing DataItem", [row["id"] for row in rows])}
        new = [row for row in rows if row["id"] not in there]
        self._writer.upsert("DataItem", new)
        self._writer.connect(edge for row in new for edge in item_edges(row))

    def _write_edges(self, section: str, plans: Mapping) -> None:
        """Draw the edges of what was added, and again those of what was changed."""
        label = LABELS[section]
        for plan in plans.values():
            difference = plan[section]
            if section in SHARED:
                self._redraw_shared(section, difference)
                continue
            self._writer.disconnect(label, [entry["id"] for entry in difference.changed])
            for batch in _batches(difference.written):
                senders = self._senders(batch) if section == "flows" else {}
                self._writer.connect(
                    edge for entry in batch for edge in edges(section, entry, senders.get(entry["id"], ""))
                )

    def _redraw_shared(self, section: str, difference: Difference) -> None:
        """Draw the edges of shared things afresh, from what all documents say of them together."""
        ids = [entry["id"] for entry in difference.written + difference.removed]
        self._writer.disconnect(LABELS[section], ids)
        for batch in _batches(ids):
            said = self._statements(section, batch)
            joined = [together(statements)[0] for statements in said.values() if statements]
            self._writer.connect(edge for entry in joined for edge in edges(section, entry))

    def _senders(self, flows: Sequence[Entry]) -> dict[str, str]:
        """For each flow, the label of what sends it."""
        wanted = {flow["from"] for flow in flows}
        services = {row["id"] for row in self._writer.rows_by_id("existing Service", wanted)}
        return {flow["id"]: "Service" if flow["from"] in services else "Activity" for flow in flows}

    def _take_away(self, section: str, plans: Mapping) -> None:
        """Remove what no document says any more, unless something else still needs it."""
        label = LABELS[section]
        gone = [entry for plan in plans.values() for entry in plan[section].removed]
        if section in SHARED:
            said = self._statements(section, [entry["id"] for entry in gone])
            gone = [entry for entry in gone if not said[entry["id"]]]
        ids = [entry["id"] for entry in gone]
        self._writer.disconnect(label, ids)
        self._drop_items(gone + [entry for plan in plans.values() for entry in plan[section].replaced])
        refuse(self._still_tied(section, ids))
        self._writer.remove(label, ids)

    def _drop_items(self, entries: list[Entry]) -> None:
        """Remove the data items that only these entries used or carried."""
        for batch in _batches([row["id"] for row in item_rows(entries)]):
            self._writer.rows("remove_idle_items", ids=batch)

    def _still_tied(self, section: str, ids: Sequence[str]) -> Iterator[Fault]:
        if section == "countries":
            return
        for row in self._writer.rows_by_id(f"ties {LABELS[section]}", ids):
            owner = f" of the document {row['document']!r}" if row["document"] else ""
            yield Fault(f"/{section}", f"{row['id']!r} cannot be removed: {row['tied']!r}{owner} refers to it")

    def _law(self) -> str:
        """Version of the law table: the newest version its documents give, and a hash of their texts."""
        rows = self._writer.rows("law_documents")
        newest = max((row["version"] or "" for row in rows), default="")
        return "+".join(filter(None, [newest, digest("".join(row["hash"] for row in rows))[:8]])) if rows else ""


def _body(content: str | None) -> dict[str, Any] | None:
    return None if content is None else parse(content.encode(), len(content) * 4 + 1)


def _counts(plans: Mapping[str, Mapping[str, Difference]]) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {"added": {}, "changed": {}, "removed": {}, "same": {}}
    for plan in plans.values():
        for section, difference in plan.items():
            found = {
                "added": len(difference.added),
                "changed": len(difference.changed),
                "removed": len(difference.removed),
                "same": difference.same,
            }
            for what, number in found.items():
                if number:
                    counts[what][section] = counts[what].get(section, 0) + number
    return counts


def _document_row(document: Document, number: int, now: str) -> dict[str, Any]:
    row = {
        "id": document.id,
        "title": document.title,
        "version": document.body["document"].get("version"),
        "hash": document.hash,
        "recorded": now,
        "revisions": number,
        "has_law": any(document.entries(section) for section in LAW_SECTIONS),
    }
    return {key: value for key, value in row.items() if value is not None}


def _spaces(section: str) -> tuple[str, ...]:
    """The sections in which an id of this section must not be used by others."""
    joined = next((spaces for spaces in ONE_NAMESPACE if section in spaces), (section,))
    return tuple(other for other in joined if other not in SHARED or other != section)


def _batches(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]
