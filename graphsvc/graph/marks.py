"""The marks of parties in the graph: nodes of their own, so that a load finds who may be one without reading everybody.

A mark has no edges: a name that thousands have in common would be a node that every load has to walk around.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence

from graphsvc.graph.bolt import Bolt
from graphsvc.graph.queries import text
from graphsvc.graph.writer import Writer, batches
from graphsvc.imports.comparing import most_of
from graphsvc.imports.marks import Described


def rows(parties: Iterable[Described]) -> Iterator[dict[str, str]]:
    """The nodes of the marks of parties."""
    for party in parties:
        for mark in sorted(party.marks()):
            yield {"id": f"{party.id} {mark}", "key": mark, "party": party.id}


def alike(writer: Writer, marks: Collection[str]) -> tuple[set[str], dict[str, int]]:
    """Who has one of some marks in the register.

    Returns:
        Ids of the parties, and for each mark that too many have to be compared for it, how many.
    """
    found: set[str] = set()
    common: dict[str, int] = {}
    if not writer.rows("first_mark"):
        # Of an empty register hundreds of thousands of marks would be asked for in vain.
        return found, common
    for row in writer.rows_by_id("marked", marks):
        if row["number"] > most_of(row["key"]):
            common[row["key"]] = row["number"]
        else:
            found.update(row["parties"])
    return found, common


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
