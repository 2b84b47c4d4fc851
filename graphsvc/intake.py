"""The use case that takes in other people's files: what would change, or a load; with the importer's report."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from typing import Any

from graphsvc.errors import EngineUnavailable, InvalidQuestion
from graphsvc.graph.queries import text
from graphsvc.graph.shape import name_of
from graphsvc.graph.store import Store
from graphsvc.imports.difference import Difference, Plans, Said
from graphsvc.imports.documents import Document, read_document, refuse
from graphsvc.imports.foreign.clean import refuse_large
from graphsvc.imports.foreign.importers import IMPORTERS
from graphsvc.imports.foreign.known import Register, Stated
from graphsvc.imports.foreign.report import Imported, Report
from graphsvc.imports.foreign.settings import ImportSettings
from graphsvc.imports.foreign.words import plain
from graphsvc.reading_back import read_back, written
from graphsvc.register import Moved, Outcome, Progress, load_and_tell, rehearse

TRIES = 10
OWN_PUBLISHER = frozenset({"tilt", "fides"})
"""Formats that say themselves whose register they are."""


@dataclass(frozen=True)
class Change:
    """One entry that differs.

    Attributes:
        document: Id of the document.
        section: Its section.
        id: Its id.
        name: What people call it; of a flow, from where to where.
        what: `added`, `changed` or `removed`.
        elsewhere: Whether another document speaks of it too, so that the register has it with or without this one.
        before: The keys that differ, as they were; empty for what is added.
        after: The keys that differ, as they are to be; empty for what is removed.
    """

    document: str
    section: str
    id: str
    name: str
    what: str
    elsewhere: bool
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True)
class Taken:
    """What an import did, or would do.

    Attributes:
        dry_run: Whether nothing was written.
        outcome: Counts, as of any load.
        changes: What differs, section by section.
        reports: What the importer says of each file.
    """

    dry_run: bool
    outcome: Outcome
    changes: tuple[Change, ...]
    reports: tuple[Report, ...]

    def bodies(self) -> list[dict[str, Any]]:
        """The answer for each file, as plain values; the counts are those of all files together."""
        common = {
            "dry_run": self.dry_run,
            **self.outcome.as_dict(),
            "changes": [asdict(change) for change in self.changes],
        }
        return [common | {"report": report.as_dict()} for report in self.reports]


def take_in(
    store: Store,
    form: str,
    files: Iterable[tuple[bytes, ImportSettings]],
    limit: int,
    dry_run: bool = False,
    on_progress: Progress = lambda *_: None,
) -> Taken:
    """Import files of one format: all of them or none.

    Args:
        store: The register.
        form: Name of the format.
        files: Bytes and settings of each.
        limit: Largest size of a file, in bytes.
        dry_run: Only say what would change.
        on_progress: Told how far the load is.

    Raises:
        InvalidDocument: nothing can be made of a file, or its document is refused by the register.
        InvalidQuestion: a setting that the format needs is missing.
        DocumentTooLarge: a file is over the limit.
        EngineUnavailable: others kept changing the register.
    """
    given = list(files)
    for _ in range(TRIES):
        with suppress(Moved):
            return _take_in_once(store, form, given, limit, dry_run, on_progress)
    raise EngineUnavailable("others change the register faster than this can be read from it; try again")


def _take_in_once(
    store: Store,
    form: str,
    files: Sequence[tuple[bytes, ImportSettings]],
    limit: int,
    dry_run: bool,
    on_progress: Progress,
) -> Taken:
    """Import files as the register is now; `Moved` when somebody changed it before they were loaded."""
    revision = store.state().revision
    known = register_of(store)
    made = [_made(store, form, content, settings, known, limit) for content, settings in files]
    documents = [document for found, _ in made for document in found]
    refuse(fault for document in documents for fault in document.faults)
    if dry_run:
        outcome, plans = rehearse(store.bolt, documents)
        outcome = replace(outcome, revision=revision)
    else:
        outcome, plans = load_and_tell(store.bolt, documents, revision, on_progress)
    return Taken(dry_run, outcome, tuple(changes_of(plans, known)), tuple(report for _, report in made))


def _made(
    store: Store, form: str, content: bytes, settings: ImportSettings, known: Register, limit: int
) -> tuple[list[Document], Report]:
    """The documents that a file becomes, and the report. A record of ours changes those that state its activities."""
    settings = settings.tidied()
    refuse_large(content, limit, settings.file)
    if own := read_back(store, form, content, settings, known, limit):
        return own
    document, found = made_of(form, content, settings, known, limit)
    return [document], found.report


def made_of(
    form: str, content: bytes, settings: ImportSettings, known: Register, limit: int
) -> tuple[Document, Imported]:
    """The document that a file becomes, held against the schema, and what the importer says.

    Raises:
        InvalidDocument: nothing can be made of the file.
        InvalidQuestion: a setting that the format needs is missing.
        DocumentTooLarge: it is over the limit.
    """
    settings = settings.tidied()
    if not settings.publisher and form not in OWN_PUBLISHER:
        raise InvalidQuestion(f"a file in the format {form} needs a publisher: the name of whose list it is")
    refuse_large(content, limit, settings.file)
    found = IMPORTERS[form](content, settings, known)
    return read_document(written(found.body), limit * 10, settings.file or None), found


def register_of(store: Store) -> Register:
    """What the register knows, as importers need it."""
    read = store.bolt.read
    stated = [
        Stated(row["document"], section, json.loads(row["body"]))
        for section, label in (("parties", "Party"), ("services", "Service"))
        for row in read(text(f"all_statements {label}"))
    ]
    words = {
        section: _words(store, label)
        for section, label in (
            ("data_categories", "DataCategory"),
            ("subject_categories", "SubjectCategory"),
            ("purposes", "Purpose"),
            ("legal_bases", "LegalBasis"),
        )
    }
    places, tools = (frozenset(row["id"] for row in read(text(f"ids {kind}"))) for kind in ("Country", "TransferTool"))
    flows = tuple((row["sender"], row["recipient"], row["document"]) for row in read(text("flows_between_services")))
    return Register(tuple(stated), words, places, tools, flows, store.identities().ones)


def _words(store: Store, label: str) -> dict[str, str]:
    """Ids of words by everything that people call them."""
    found: dict[str, str] = {}
    for row in store.bolt.read(text(f"browse {label}"), words=[], skip=0, most=100_000):
        entry = json.loads(row["body"])
        for name in (entry["id"], *entry["name"].values()):
            found.setdefault(plain(name), entry["id"])
    return found


def changes_of(plans: Plans, known: Register) -> Iterator[Change]:
    """What a load changes, entry by entry."""
    for document, plan in plans.items():
        others = {(stated.section, stated.entry["id"]) for stated in known.stated if stated.document != document}
        for section, difference in plan.items():
            for what, before, after in _pairs(difference):
                entry = after or before
                keys = [key for key in {**before, **after} if key != "id" and before.get(key) != after.get(key)]
                is_shared = (section, entry["id"]) in others
                parts = (_some(before, keys), _some(after, keys))
                yield Change(document, section, entry["id"], _name(section, entry), what, is_shared, *parts)


def _name(section: str, entry: Said) -> str:
    return f"{entry['from']} to {entry['to']}" if section == "flows" else name_of(entry)


def _pairs(difference: Difference) -> Iterator[tuple[str, Said, Said]]:
    yield from (("added", {}, entry.value) for entry in difference.added)
    pairs = zip(difference.replaced, difference.changed, strict=True)
    yield from (("changed", before.value, after.value) for before, after in pairs)
    yield from (("removed", entry.value, {}) for entry in difference.removed)


def _some(entry: Said, keys: Iterable[str]) -> dict[str, Any]:
    return {key: entry[key] for key in keys if key in entry}
