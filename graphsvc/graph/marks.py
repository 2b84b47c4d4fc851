"""The marks of parties in the graph: nodes of their own, so that a load finds who may be one without reading everybody.

A mark has no edges: a name that thousands have in common would be a node that every load has to walk around.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from graphsvc.graph.bolt import Bolt
from graphsvc.graph.queries import text
from graphsvc.graph.writer import Writer, batches
from graphsvc.imports.likeness import MOST_SHARED
from graphsvc.imports.marks import Described


def rows(parties: Iterable[Described]) -> Iterator[dict[str, str]]:
    """The nodes of the marks of parties."""
    for party in parties:
        for mark in sorted(party.marks()):
            yield {"id": f"{party.id} {mark}", "key": mark, "party": party.id}


def mark(writer: Writer, parties: Iterable[Described]) -> None:
    """Write the marks of parties that have none."""
    writer.upsert("Mark", list(rows(parties)))


def unmark(writer: Writer, parties: Iterable[str]) -> None:
    """Take away the marks of parties, by their ids."""
    for batch in batches(sorted(parties)):
        writer.rows("unmark", ids=batch)


def alike(writer: Writer, parties: Iterable[Described]) -> frozenset[str]:
    """Ids of the parties that have a mark in common with some parties."""
    keys = {mark for party in parties for mark in party.marks()}
    found: set[str] = set()
    for batch in batches(sorted(keys)):
        for row in writer.rows("marked", keys=batch, most=MOST_SHARED + 1):
            if len(row["parties"]) <= MOST_SHARED:
                found.update(row["parties"])
    return frozenset(found)


def mark_everybody(bolt: Bolt) -> None:
    """Make the marks of a register that was written before there were any."""
    bodies = bolt.read_rows(text("every_party"))
    for batch in batches(bodies):
        made = list(rows(Described.of(json.loads(body)) for (body,) in batch))
        bolt.write(lambda transaction, made=made: Writer(transaction).upsert("Mark", made))
