"""The marks of parties in the graph: nodes of their own, so that a load finds who may be one without reading everybody.

A mark has no edges: a name that thousands have in common would be a node that every load has to walk around.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

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


def alike(writer: Writer, parties: Iterable[Described]) -> frozenset[str]:
    """Ids of the parties that have a mark in common with some parties."""
    keys = {mark for party in parties for mark in party.marks()}
    found: set[str] = set()
    for batch in batches(sorted(keys)):
        for row in writer.rows("marked", keys=batch, most=MOST_SHARED + 1):
            if len(row["parties"]) <= MOST_SHARED:
                found.update(row["parties"])
    return frozenset(found)


def mark_parties(bolt: Bolt, parties: Iterable[str]) -> None:
    """Write the marks of parties of which something else is said now, some in each transaction.

    After the load, which already fills what a transaction may hold. Were it to end in between, `unmarked` says so, and
    the next start makes all marks. Marks that are stale only cost a look at a party.
    """
    for batch in batches(sorted(parties)):
        bolt.write(lambda transaction, batch=batch: _mark(Writer(transaction), batch))
    bolt.write(lambda transaction: transaction.run(text("set_unmarked"), unmarked=None))


def _mark(writer: Writer, parties: Sequence[str]) -> None:
    writer.rows("unmark", ids=parties)
    found = writer.rows("parties_by_id", ids=parties)
    for batch in batches(list(rows(Described.of(json.loads(row["body"])) for row in found))):
        writer.rows("mark", rows=batch)


def mark_everybody(bolt: Bolt) -> None:
    """Make the marks of a register that was written before there were any, or whose last load was cut off."""
    mark_parties(bolt, (row["id"] for row in bolt.read(text("ids Party"))))
