"""Writes what a load changes: nodes, then edges, then what is said no longer is taken away."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain
from typing import Any

from graphsvc.errors import Fault
from graphsvc.graph.bolt import Transaction
from graphsvc.graph.shape import LABELS, Edge, edges, item_edges, item_rows, node
from graphsvc.graph.versions import keep, last_number
from graphsvc.graph.writer import Writer, batches
from graphsvc.imports.difference import Difference, Plans
from graphsvc.imports.documents import SHARED, Document, refuse
from graphsvc.imports.entry import Entry
from graphsvc.imports.schemas import SECTIONS
from graphsvc.register.statements import Statements

LAW_SECTIONS = ("regimes", "tools")
WITH_ITEMS = ("activities", "flows")


class Writing:
    """The writing of one load. Entries are made plain a batch at a time, so that few of them are so at once."""

    def __init__(
        self,
        transaction: Transaction,
        writer: Writer,
        plans: Plans,
        touched: Mapping[str, Document | None],
        statements: Statements,
    ) -> None:
        """Prepare.

        Args:
            plans: What changes, by document and section.
            touched: The documents whose text is new, by id; None for one that goes.
            statements: What is said of shared things after the load.
        """
        self._transaction = transaction
        self._writer = writer
        self._plans = plans
        self._touched = touched
        self._statements = statements

    def run(self) -> None:
        """Write everything."""
        self._keep()
        for section in SECTIONS:
            (self._write_shared if section in SHARED else self._write_nodes)(section)
        self._write_items()
        for section in SECTIONS:
            (self._redraw_shared if section in SHARED else self._draw)(section)
        for section in reversed(SECTIONS):
            self._take_away(section)
        self._writer.remove("Document", [name for name, document in self._touched.items() if document is None])

    def _differences(self, section: str) -> Iterator[tuple[str, Difference]]:
        return ((name, plan[section]) for name, plan in self._plans.items())

    def _keep(self) -> None:
        """Write the documents' own nodes and keep their texts."""
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        for name, document in self._touched.items():
            number = last_number(self._transaction, name) + 1
            keep(self._writer, name, number, now, document.original if document else None)
            if document:
                self._writer.upsert("Document", [_document_row(document, number, now)])

    def _write_nodes(self, section: str) -> None:
        for name, difference in self._differences(section):
            for batch in batches(difference.written):
                self._writer.upsert(LABELS[section], [node(section, entry) for entry in batch], document=name)

    def _write_shared(self, section: str) -> None:
        label = LABELS[section]
        added = self._added(section)
        for batch in batches(self._things(section)):
            joined = self._statements.joined(section, batch)
            self._write_down(section, batch, added)
            self._writer.upsert(label, [node(section, entry) for entry in joined], document=None)
        for name, difference in self._differences(section):
            for batch in batches(difference.added):
                self._writer.connect(self._stating(section, name, entry) for entry in batch)
            self._writer.unstate(label, name, _ids(difference.removed))

    def _write_down(self, section: str, things: Iterable[str], added: Set[tuple[str, str]]) -> None:
        """On the edges that are there, write what a document says where it is not the only one to speak of a thing."""
        rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for thing in things:
            said = self._statements.of(section, thing)
            for name, text in said.items():
                if (name, thing) not in added:
                    rows[name].append({"id": thing, "body": text if len(said) > 1 else None})
        for name, found in rows.items():
            self._writer.state_again(LABELS[section], name, found)

    def _stating(self, section: str, name: str, entry: Entry) -> Edge:
        """The edge from a document to a shared thing that is new to it."""
        is_alone = len(self._statements.of(section, entry.id)) == 1
        return Edge(f"Document STATES {LABELS[section]}", name, entry.id, {} if is_alone else {"body": entry.text})

    def _things(self, section: str) -> list[str]:
        """Ids of the shared things of which something else is said than before."""
        found = (chain(difference.written, difference.removed) for _, difference in self._differences(section))
        return list(dict.fromkeys(_ids(chain.from_iterable(found))))

    def _write_items(self) -> None:
        written = (plan[name].written for plan in self._plans.values() for name in WITH_ITEMS)
        rows = item_rows(entry.value for entry in chain.from_iterable(written))
        there = {row["id"] for row in self._writer.rows_by_id("existing DataItem", [row["id"] for row in rows])}
        new = [row for row in rows if row["id"] not in there]
        self._writer.upsert("DataItem", new)
        self._writer.connect(edge for row in new for edge in item_edges(row))

    @property
    def parties(self) -> list[str]:
        """Ids of the parties of which something else is said than before."""
        return self._things("parties")

    def _draw(self, section: str) -> None:
        """Draw the edges of what was added, and again those of what was changed."""
        for _, difference in self._differences(section):
            self._writer.disconnect(LABELS[section], _ids(difference.changed))
            for batch in batches(difference.written):
                values = [entry.value for entry in batch]
                senders = self._senders(values) if section == "flows" else {}
                self._writer.connect(
                    edge for value in values for edge in edges(section, value, senders.get(value["id"], ""))
                )

    def _redraw_shared(self, section: str) -> None:
        """Draw the edges of shared things afresh, from what all documents say of them together."""
        things = self._things(section)
        self._writer.disconnect(LABELS[section], self._standing(section, things))
        for batch in batches(things):
            joined = self._statements.joined(section, batch)
            self._writer.connect(edge for entry in joined for edge in edges(section, entry.value))

    def _standing(self, section: str, things: Iterable[str]) -> list[str]:
        """Those of some shared things of which somebody spoke before."""
        added = self._added(section)
        removed = {entry.id for _, difference in self._differences(section) for entry in difference.removed}
        return [
            thing
            for thing in things
            if thing in removed or any((name, thing) not in added for name in self._statements.of(section, thing))
        ]

    def _added(self, section: str) -> Set[tuple[str, str | None]]:
        """Pairs of document and shared thing, where the document speaks of the thing for the first time."""
        return {(name, entry.id) for name, difference in self._differences(section) for entry in difference.added}

    def _senders(self, flows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
        """For each flow, the label of what sends it."""
        wanted = {flow["from"] for flow in flows}
        services = {row["id"] for row in self._writer.rows_by_id("existing Service", wanted)}
        return {flow["id"]: "Service" if flow["from"] in services else "Activity" for flow in flows}

    def _take_away(self, section: str) -> None:
        """Remove what no document says any more, unless something else still needs it."""
        label = LABELS[section]
        gone = [entry for _, difference in self._differences(section) for entry in difference.removed]
        if section in SHARED:
            staying = set(_ids(self._statements.joined(section, _ids(gone))))
            gone = [entry for entry in gone if entry.id not in staying]
        ids = _ids(gone)
        self._writer.disconnect(label, ids)
        if section in WITH_ITEMS:
            replaced = (difference.replaced for _, difference in self._differences(section))
            self._drop_items(chain(gone, *replaced))
        refuse(self._still_tied(section, ids))
        self._writer.remove(label, ids)

    def _drop_items(self, entries: Iterable[Entry]) -> None:
        """Remove the data items that only these entries used or carried."""
        self._writer.remove_idle_items([row["id"] for row in item_rows(entry.value for entry in entries)])

    def _still_tied(self, section: str, ids: Sequence[str]) -> Iterator[Fault]:
        if section == "countries":
            return
        for row in self._writer.rows_by_id(f"ties {LABELS[section]}", ids):
            owner = f" of the document {row['document']!r}" if row["document"] else ""
            yield Fault(f"/{section}", f"{row['id']!r} cannot be removed: {row['tied']!r}{owner} refers to it")


def _ids(entries: Iterable[Entry]) -> list[str]:
    return [entry.id for entry in entries]


def _document_row(document: Document, number: int, now: str) -> dict[str, Any]:
    row = {
        "id": document.id,
        "title": document.title,
        "version": document.body["document"].get("version"),
        "hash": document.hash,
        "recorded": now,
        "revisions": number,
        "has_law": any(document.entries(section) for section in LAW_SECTIONS),
        "complete_from": document.body["document"].get("complete_from"),
    }
    return {key: value for key, value in row.items() if value is not None}
