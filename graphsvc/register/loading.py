"""One load, inside its transaction: check, find out what differs, write it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphsvc.answers.identities.plain import proposal, too_common
from graphsvc.errors import NotFound
from graphsvc.graph.bolt import Transaction
from graphsvc.graph.queries import text
from graphsvc.graph.versions import current_content
from graphsvc.graph.writer import Writer
from graphsvc.imports.comparing import Found
from graphsvc.imports.difference import Difference, Plans, differences, with_moves
from graphsvc.imports.documents import Document, read_entries, refuse
from graphsvc.model import Proposal, TooCommon
from graphsvc.register.checks import Checks
from graphsvc.register.proposing import propose
from graphsvc.register.statements import Statements
from graphsvc.register.writing import Writing
from graphsvc.text import digest

MOST_SHOWN = 200
"""Proposals that the answer to a load gives, the most likely ones; it counts all of them."""
Progress = Callable[[int, int], None]
"""Told how many rows are written and how many there are in all."""


@dataclass(frozen=True)
class Outcome:
    """What a load did.

    Attributes:
        documents: Ids of the documents.
        counts: For added, changed, removed and same: how many, by section.
        revision: Revision of the register afterwards.
        proposals: Parties that it adds or changes and that may be one with others; none of them is merged.
        proposals_total: How many of those there are; of very many, only the most likely ones are given.
        common: What too many parties have in common to be compared for it.
    """

    documents: tuple[str, ...]
    counts: Mapping[str, Mapping[str, int]]
    revision: int
    proposals: tuple[Proposal, ...] = ()
    proposals_total: int = 0
    common: tuple[TooCommon, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Plain values, as HTTP answers; of very many proposals the most likely ones."""
        return {
            "documents": list(self.documents),
            **self.counts,
            "revision": self.revision,
            "proposals": list(map(proposal, self.proposals)),
            "proposals_total": self.proposals_total,
            **too_common(self.common),
        }

    def total(self, what: str) -> int:
        """How many entries were added, changed, removed or stayed the same."""
        return sum(self.counts[what].values())


class Moved(Exception):
    """Somebody else changed the register since what is to be loaded was made from it; nothing was changed."""


class _Told:
    """Tells how far a load is."""

    def __init__(self, on_progress: Progress) -> None:
        self._on_progress = on_progress
        self._done = 0
        self.planned = 0

    def add(self, rows: int) -> None:
        """So many rows more are written."""
        self._done += rows
        self._on_progress(self._done, max(self.planned, self._done))


class Load:
    """One load, inside its transaction."""

    def __init__(
        self,
        transaction: Transaction,
        documents: Sequence[Document],
        on_progress: Progress = lambda *_: None,
        removed: str | None = None,
        since: int | None = None,
    ) -> None:
        """Prepare.

        Args:
            documents: What is loaded.
            on_progress: Told how far it is.
            removed: Id of a document that goes.
            since: The revision that the documents were made from, when they were.
        """
        self._transaction = transaction
        self._documents = documents
        self._removed = removed
        self._since = since
        self.plans: Plans = {}
        self.parties: list[str] = []
        # Not a method of this: then this and all it holds would wait for the garbage collector.
        self._told = _Told(on_progress)
        self._writer = Writer(transaction, self._told.add)

    def run(self) -> Outcome:
        """Check, write and count.

        Raises:
            InvalidDocument: with every fault of every document.
            NotFound: there is no such document to remove.
            Moved: the register has another revision than the documents were made from.
        """
        revision = self._writer.rows("lock_register", token=secrets.token_hex(8))[0]["revision"]
        if self._since not in (None, revision):
            raise Moved
        statements = Statements(self._writer, self._documents, self._new)
        refuse(Checks(self._writer, self._documents, list(self._new), statements).faults())
        before = {document: self._hash(document) for document in self._new}
        if self._removed is not None and before[self._removed] is None:
            raise NotFound(f"there is no document {self._removed!r}")
        self.plans = with_moves({name: self._difference(name, hashed) for name, hashed in before.items()})
        self._told.planned = sum(len(d.written) + len(d.removed) for plan in self.plans.values() for d in plan.values())
        touched = {name: new for name, new in self._new.items() if new is None or before[name] != new.hash}
        found: Found | None = None
        if touched:
            writing = Writing(self._transaction, self._writer, self.plans, touched, statements)
            writing.run()
            revision += 1
            self._writer.rows("set_state", revision=revision, law=self._law())
            self.parties = writing.parties
        if self.parties:
            self._writer.rows("set_unmarked", unmarked=True)
            found = propose(self._writer, statements, self.parties)
        proposed = (tuple(found.proposals(MOST_SHOWN)), len(found), found.common) if found is not None else ()
        return Outcome(tuple(self._new), _counts(self.plans), revision, *proposed)

    @property
    def _new(self) -> dict[str, Document | None]:
        """The documents by id as they are to be; None for one that goes."""
        removed: dict[str, Document | None] = {self._removed: None} if self._removed else {}
        return removed | {document.id: document for document in self._documents}

    def _hash(self, document: str) -> str | None:
        """Hash of a document as it is loaded now; None when it is not."""
        rows = self._transaction.run(text("document"), id=document)
        return rows[0]["hash"] if rows else None

    def _difference(self, name: str, before: str | None) -> dict[str, Difference]:
        """What changes in a document that has this hash now."""
        new = self._new[name]
        after = new.body if new else {}
        if before is None or (new and new.hash == before):
            return differences(after if before else {}, after)
        return differences(read_entries(current_content(self._transaction, name)), after)

    def _law(self) -> str:
        """Version of the law table: the newest version its documents give, and a hash of their texts."""
        rows = self._writer.rows("law_documents")
        newest = max((row["version"] or "" for row in rows), default="")
        return "+".join(filter(None, [newest, digest("".join(row["hash"] for row in rows))[:8]])) if rows else ""


def _counts(plans: Plans) -> dict[str, dict[str, int]]:
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
