"""The use cases that change the register: load documents, remove one. One transaction each, all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from graphsvc.errors import InvalidDocument
from graphsvc.graph.bolt import Bolt, Transaction
from graphsvc.graph.marks import mark_parties
from graphsvc.imports.bundle import contents, contents_of
from graphsvc.imports.difference import Plans
from graphsvc.imports.documents import Document, read_document, refuse
from graphsvc.register.checks import SUGGESTIONS
from graphsvc.register.loading import Load, Moved, Outcome, Progress

__all__ = [
    "SUGGESTIONS",
    "Moved",
    "Outcome",
    "Progress",
    "load",
    "load_and_tell",
    "read_documents",
    "read_files",
    "rehearse",
    "remove",
]


def read_files(paths: Iterable[Path], limit: int, on_file: Callable[[str], None] = lambda _: None) -> list[Document]:
    """Read documents from files, a bundle of them as each of its documents; all faults are raised together.

    Raises:
        InvalidDocument: a file is not text we can read.
        DocumentTooLarge: a document is over the limit of bytes.
    """
    documents, faults = [], []
    for path in paths:
        on_file(str(path))
        try:
            with path.open("rb") as stream:
                for name, content in contents(stream, str(path)):
                    documents.append(read_document(content, limit, name))
        except InvalidDocument as error:
            faults += error.faults
    refuse([*faults, *(fault for document in documents for fault in document.faults)] if faults else [])
    return documents


def read_documents(content: bytes, limit: int) -> list[Document]:
    """Read the document that bytes hold, or the documents of a bundle.

    Raises:
        InvalidDocument: the bytes are not text we can read.
        DocumentTooLarge: a document is over the limit of bytes.
    """
    return [read_document(each, limit, name) for name, each in contents_of(content)]


def load(bolt: Bolt, documents: Sequence[Document], on_progress: Progress = lambda *_: None) -> Outcome:
    """Load documents together: they may refer to each other, and all of them are loaded or none.

    A document that is loaded again changes what differs and removes what it no longer says.

    Raises:
        InvalidDocument: with every fault of every document; nothing was changed.
        EngineUnavailable: the database does not answer.
    """

    def work(transaction: Transaction) -> tuple[Outcome, list[str]]:
        load = Load(transaction, documents, on_progress)
        outcome = load.run()
        # The commit is when the database needs the most.
        for document in documents:
            document.let_go()
        return outcome, load.parties

    return _written(bolt, work)


T = TypeVar("T")


def _written(bolt: Bolt, work: Callable[[Transaction], tuple[T, list[str]]]) -> T:
    """Do work that loads, then mark the parties that it touched: together they would not fit into one transaction."""
    with bolt.turn():
        found, parties = bolt.write(work)
        if parties:
            mark_parties(bolt, parties)
        return found


def load_and_tell(
    bolt: Bolt, documents: Sequence[Document], since: int, on_progress: Progress = lambda *_: None
) -> tuple[Outcome, Plans]:
    """Load documents that were made from what the register holds, as `load` does.

    Args:
        since: The revision they were made from.

    Returns:
        The outcome, and for each document and section what was changed.

    Raises:
        Moved: somebody else changed the register meanwhile; nothing was changed.
    """

    def work(transaction: Transaction) -> tuple[tuple[Outcome, Plans], list[str]]:
        load = Load(transaction, documents, on_progress, since=since)
        return (load.run(), load.plans), load.parties

    return _written(bolt, work)


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
        load = Load(transaction, documents)
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

    def work(transaction: Transaction) -> tuple[Outcome, list[str]]:
        load = Load(transaction, [], removed=document)
        return load.run(), load.parties

    return _written(bolt, work)
