"""What a load does to the graph, inside one transaction: nodes, edges, and what is taken away again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from graphsvc.errors import QueryFailed
from graphsvc.graph.bolt import Transaction
from graphsvc.graph.queries import queries, text
from graphsvc.graph.shape import Edge

T = TypeVar("T")
BATCH = 5_000
"""Rows in one query: enough to make the round trip cheap, little enough to show progress."""
PASSES = 10
"""How often edges are taken away before it is given up; the second time usually finds none."""

Progress = Callable[[int], None]
"""Told how many rows have been written since it was last told."""


class Writer:
    """Writes to the graph in one transaction, in batches."""

    def __init__(self, transaction: Transaction, progress: Progress = lambda _: None) -> None:
        self._transaction = transaction
        self._progress = progress

    def rows(self, query: str, **parameters: Any) -> list[dict[str, Any]]:
        """Run one query by its name."""
        return self._transaction.run(text(query), **parameters)

    def rows_by_id(self, query: str, ids: Iterable[str], **more: Any) -> Iterator[dict[str, Any]]:
        """Run a query that takes ids, in batches."""
        for batch in batches(sorted(ids)):
            yield from self._once(query, batch, ids=batch, **more)

    def upsert(self, label: str, rows: Sequence[dict[str, Any]], **more: Any) -> None:
        """Write nodes with all their properties; of entries, with `document`, their owner, None for what is shared."""
        self._each(f"upsert {label}", rows, **more)

    def connect(self, edges: Iterable[Edge]) -> None:
        """Draw edges between nodes that exist."""
        by_kind: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for edge in edges:
            by_kind[edge.kind].append(edge.row())
        for kind, rows in by_kind.items():
            self._each(f"connect {kind}", rows)

    def state_again(self, label: str, document: str, rows: Sequence[dict[str, Any]]) -> None:
        """Write down what a document says now of shared nodes of which it spoke before."""
        self._each(f"state_again {label}", rows, document=document)

    def unstate(self, label: str, document: str, ids: Sequence[str]) -> None:
        """Take away what a document said of shared nodes."""
        self._each_id(f"unstate {label}", ids, document=document)

    def disconnect(self, label: str, ids: Sequence[str]) -> None:
        """Take away every edge that entries with these ids drew themselves.

        Raises:
            QueryFailed: the engine does not do so.
        """
        for query in _own_edges(label):
            for batch in batches(ids):
                self._until_none_is_found(query, batch)
                batch.clear()

    def _until_none_is_found(self, query: str, ids: Sequence[str]) -> None:
        """Delete again what ArcadeDB passes over: of thousands of edges to the same few nodes it leaves some."""
        for _ in range(PASSES):
            if not self.rows(query, ids=ids)[0]["found"]:
                return
        raise QueryFailed(f"{query!r} leaves edges behind")

    def remove(self, label: str, ids: Sequence[str]) -> None:
        """Remove nodes."""
        query = "forget_country" if label == "Country" else f"remove {label}"
        for batch in batches(ids):
            number = len(batch)
            self._once(query, batch, ids=batch)
            self._progress(number)

    def remove_idle_items(self, ids: Sequence[str]) -> None:
        """Remove data items that no activity uses and no flow carries any more."""
        self._each_id("remove_idle_items", ids)

    def _each(self, query: str, rows: Sequence[dict[str, Any]], **more: Any) -> None:
        for batch in batches(rows):
            number = len(batch)
            self._once(query, batch, rows=batch, **more)
            self._progress(number)

    def _each_id(self, query: str, ids: Sequence[str], **more: Any) -> None:
        for batch in batches(ids):
            self._once(query, batch, ids=batch, **more)

    def _once(self, query: str, batch: list[Any], **parameters: Any) -> list[dict[str, Any]]:
        """Run a query and empty the batch: the driver holds on to parameters until the transaction ends."""
        found = self.rows(query, **parameters)
        batch.clear()
        return found


def _own_edges(label: str) -> Iterator[str]:
    """Names of the queries that take away the edges drawn by entries with a label."""
    for name in queries():
        words = name.split()
        if (words[0] == "disconnect" and words[1] == label) or (words[0] == "disconnect_head" and words[3] == label):
            yield name


def batches(rows: Sequence[T]) -> Iterator[list[T]]:
    """Portions of rows, in their order, each a list of its own."""
    for start in range(0, len(rows), BATCH):
        yield list(rows[start : start + BATCH])
