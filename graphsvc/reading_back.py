"""A record of ours (GDPR Art. 30(1)) that comes back: the documents that state its activities, as they are to be."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from graphsvc.graph.bolt import Transaction
from graphsvc.graph.queries import text
from graphsvc.graph.store import Store
from graphsvc.graph.versions import current_content
from graphsvc.imports.documents import Document, read_document
from graphsvc.imports.foreign.csv_file import csv_rows
from graphsvc.imports.foreign.grid import cleaned
from graphsvc.imports.foreign.known import Register
from graphsvc.imports.foreign.own_record import OwnRecord, document_id
from graphsvc.imports.foreign.own_sheet import OwnSheet, looks_own, own_sheet, own_table
from graphsvc.imports.foreign.report import Notes, Report
from graphsvc.imports.foreign.settings import ImportSettings
from graphsvc.imports.text import parse


def read_back(
    store: Store, form: str, content: bytes, settings: ImportSettings, known: Register, limit: int
) -> tuple[list[Document], Report] | None:
    """The documents of a record of ours; None when the file is none, or a mapping says how to read it.

    A document in which nothing changes is given as it is loaded, so that its load changes nothing.

    Raises:
        InvalidDocument: the file cannot be opened without harm.
    """
    notes = Notes(form, settings.file, form)
    sheet = None if settings.words.columns else _own(form, content, settings, notes)
    if sheet is None:
        return None
    texts = _stating(store, {row.activity for row in sheet.rows if row.activity}, document_id(sheet, settings))
    stored = {key: parse(text, limit * 10) for key, text in texts.items()}
    if sheet.is_kept and sheet.revision != str(now := store.state().revision):
        text = f"was made from revision {sheet.revision}, the register is at {now}; only cells that were changed count"
        notes.noted("", text)
    bodies = OwnRecord(sheet, stored, settings, known, content, notes).bodies()
    made = {key: texts[key] if body == stored.get(key) else written(body) for key, body in bodies.items()}
    documents = [read_document(text, limit * 10, settings.file or None) for text in made.values()]
    return documents, notes.report(", ".join(bodies))


def written(body: Mapping[str, Any]) -> bytes:
    """A document as text."""
    return json.dumps(body, ensure_ascii=False, indent=1).encode()


def _own(form: str, content: bytes, settings: ImportSettings, notes: Notes) -> OwnSheet | None:
    if form == "xlsx":
        return own_sheet(content, settings.file, notes)
    if form == "csv" and looks_own(content):
        return own_table(cleaned(csv_rows(content, notes), notes))
    return None


def _stating(store: Store, activities: Collection[str], also: str) -> dict[str, bytes]:
    """The documents that state some activities, and one more where it is loaded: their texts as they are now, by id."""

    def read(transaction: Transaction) -> dict[str, bytes]:
        rows = transaction.run(text("documents_with"), ids=sorted(activities))
        loaded = [also] if transaction.run(text("document"), id=also) else []
        return {key: current_content(transaction, key) for key in sorted({row["document"] for row in rows} | {*loaded})}

    return store.bolt.read_many(read)
