"""What a load proposes: parties that it adds or changes and that may be one with others. It merges none of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from graphsvc.answers.identities.decided import Identities
from graphsvc.graph.marks import alike
from graphsvc.graph.writer import Writer, batches
from graphsvc.imports.comparing import Comparing, Found
from graphsvc.imports.marks import Described
from graphsvc.model import Identity
from graphsvc.register.statements import Statements


def propose(writer: Writer, statements: Statements, touched: Sequence[str]) -> Found:
    """What to decide on: the parties of a load held against each other and against the register, by their marks.

    Args:
        touched: Ids of the parties of which something else is said than before.
    """
    decided = Identities.of(Identity.from_body(json.loads(row["body"])) for row in writer.rows("identities"))
    comparing = Comparing(decided.is_decided)
    comparing.add(_described(statements, touched))
    others, common = alike(writer, comparing.marks())
    comparing.leave_out(common)
    rows = writer.rows_by_id("parties_by_id", others.difference(touched))
    comparing.add((Described.of(json.loads(row["body"])) for row in rows), asked=False)
    return comparing.found()


def _described(statements: Statements, parties: Sequence[str]) -> Iterator[Described]:
    for batch in batches(parties):
        for entry in statements.joined("parties", batch):
            yield Described.of(entry.value)
