"""Loads one file in a process of its own and says how long each part took; or the floor: the driver alone.

python -m bench.loading FILE             the whole path from the file to the commit
python -m bench.loading --floor FILE     the same rows by plain queries, one for each kind
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import neo4j

from graphsvc.graph.shape import LABELS, Edge, edges, item_edges, item_rows, node
from graphsvc.graph.versions import keep
from graphsvc.imports.documents import SHARED, Document
from graphsvc.imports.schemas import SECTIONS
from graphsvc.register import load, read_files
from graphsvc.service import opened
from graphsvc.settings import Settings

BATCH = 10_000
"""Rows that one plain query is given: a hundred thousand at once do not fit into the engines' memory."""
Rows = dict[str, list[dict[str, Any]]]


def load_file(settings: Settings, path: Path) -> dict[str, float]:
    """Seconds of reading with the schema, of checking against the register, and of writing with the commit."""
    marks: list[float] = []
    with opened(settings) as store:
        began = time.perf_counter()
        documents = read_files([path], settings.max_document)
        read = time.perf_counter()
        load(store.bolt, documents, lambda *_: marks.append(time.perf_counter()))
        done = time.perf_counter()
    return {"read": read - began, "check": marks[0] - read, "write": done - marks[0], "told": len(marks)}


def write_floor(settings: Settings, path: Path) -> dict[str, float]:
    """Seconds in which the driver alone writes the same nodes, edges and properties, in one transaction."""
    document = read_files([path], settings.max_document)[0]
    with opened(settings):
        rows = _Recorder().record(document)
    auth = (settings.bolt_user, settings.bolt_password)
    with neo4j.GraphDatabase.driver(settings.bolt_uri, auth=auth) as driver, _session(driver, settings) as session:
        began = time.perf_counter()
        session.execute_write(lambda transaction: _write(transaction, rows))
        return {"write": time.perf_counter() - began, "rows": sum(map(len, rows.values()))}


def _session(driver: neo4j.Driver, settings: Settings) -> neo4j.Session:
    return driver.session(database=settings.bolt_database or None)


def _write(transaction: neo4j.ManagedTransaction, rows: Mapping[str, Sequence[dict[str, Any]]]) -> None:
    for kind, found in rows.items():
        for start in range(0, len(found), BATCH):
            transaction.run(_plain(kind), rows=found[start : start + BATCH]).consume()


def _plain(kind: str) -> str:
    """What somebody would write by hand: nodes by MERGE on their id, edges by CREATE between two that are matched."""
    words = kind.split()
    if len(words) == 1:
        return f"UNWIND $rows AS row MERGE (n:{kind} {{id: row.id}}) SET n = row"
    source, kind, target = words
    return (
        f"UNWIND $rows AS row MATCH (a:{source} {{id: row.source}}) MATCH (b:{target} {{id: row.target}}) "
        f"CREATE (a)-[e:{kind}]->(b) SET e = row.properties"
    )


class _Recorder:
    """Stands where graphsvc has its writer, and keeps the rows."""

    def __init__(self) -> None:
        self._rows: Rows = defaultdict(list)

    def upsert(self, label: str, rows: Iterable[dict[str, Any]]) -> None:
        """Note nodes."""
        self._rows[label] += rows

    def connect(self, drawn: Iterable[Edge]) -> None:
        """Note edges."""
        for edge in drawn:
            self._rows[edge.kind].append({"source": edge.source, "target": edge.target, "properties": edge.properties})

    def record(self, document: Document) -> Rows:
        """Every row that loading the document into an empty register writes: first all nodes, then all edges."""
        self.upsert("Document", [{"id": document.id, "title": document.title, "hash": document.hash}])
        keep(self, document.id, 1, "2024-06-01T00:00:00Z", document.original)  # type: ignore[arg-type]
        for section in SECTIONS:
            owner = None if section in SHARED else document.id
            nodes = (node(section, entry) | {"document": owner} for entry in document.entries(section))
            self.upsert(LABELS[section], nodes)
        items = item_rows(entry.value for entry in document.entries("activities") + document.entries("flows"))
        self.upsert("DataItem", items)
        self.connect(edge for row in items for edge in item_edges(row))
        self.connect(_edges(document))
        return dict(sorted(self._rows.items(), key=lambda kind: " " in kind[0]))


def _edges(document: Document) -> Iterator[Edge]:
    services = {entry.id for entry in document.entries("services")}
    for section in SECTIONS:
        for entry in document.entries(section):
            value = entry.value
            yield from edges(section, value, "Service" if value.get("from") in services else "Activity")
            if section in SHARED:
                yield Edge(f"Document STATES {LABELS[section]}", document.id, value["id"])


if __name__ == "__main__":
    import os

    measure = write_floor if sys.argv[1] == "--floor" else load_file
    sys.stdout.write(json.dumps(measure(Settings.from_environment(os.environ), Path(sys.argv[-1]))))
