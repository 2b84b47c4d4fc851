"""What a load does to the graph, inside one transaction: nodes, edges, and what is taken away again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from graphsvc.errors import QueryFailed
from graphsvc.graph.bolt import Transaction
from graphsvc.graph.queries import queries, text
from graphsvc.graph.shape import Edge

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

    def rows_by_id(self, query: str, ids: Iterable[str]) -> list[dict[str, Any]]:
        """Run a query that takes ids, in batches."""
        return [row for batch in _batches(sorted(ids)) for row in self.rows(query, ids=batch)]

    def upsert(self, label: str, rows: Sequence[dict[str, Any]]) -> None:
        """Write nodes with all their properties."""
        self._each(f"upsert {label}", rows)

    def connect(self, edges: Iterable[Edge]) -> None:
        """Draw edges between nodes that exist."""
        by_kind: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for edge in edges:
            by_kind[edge.kind].append(edge.row())
        for kind, rows in by_kind.items():
            self._each(f"connect {kind}", rows)

    def disconnect(self, label: str, ids: Sequence[str]) -> None:
        """Take away every edge that entries with these ids drew themselves.

        Raises:
            QueryFailed: the engine does not do so.
        """
        for query in _own_edges(label):
            for batch in _batches(ids):
                self._until_none_is_found(query, batch)

    def _until_none_is_found(self, query: str, ids: Sequence[str]) -> None:
        """Delete again what ArcadeDB passes over: of thousands of edges to the same few nodes it leaves some."""
        for _ in range(PASSES):
            if not self.rows(query, ids=ids)[0]["found"]:
                return
        raise QueryFailed(f"{query!r} leaves edges behind")

    def remove(self, label: str, ids: Sequence[str]) -> None:
        """Remove nodes."""
        query = "forget_country" if label == "Country" else f"remove {label}"
        for batch in _batches(ids):
            self.rows(query, ids=batch)
            self._progress(len(batch))

    def _each(self, query: str, rows: Sequence[dict[str, Any]]) -> None:
        for batch in _batches(rows):
            self.rows(query, rows=batch)
            self._progress(len(batch))


def _own_edges(label: str) -> Iterator[str]:
    """Names of the queries that take away the edges drawn by entries with a label."""
    for name in queries():
        words = name.split()
        if (words[0] == "disconnect" and words[1] == label) or (words[0] == "disconnect_head" and words[3] == label):
            yield name


def _batches(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]
