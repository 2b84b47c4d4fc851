"""What a load proposes: parties that it adds or changes and that may be one with others. It merges none of them."""

from __future__ import annotations

import json
from collections.abc import Sequence

from graphsvc.answers.identities import Identities
from graphsvc.graph.marks import alike
from graphsvc.graph.writer import Writer
from graphsvc.imports.likeness import proposals
from graphsvc.imports.marks import Described
from graphsvc.model import Identity, Proposal
from graphsvc.register.statements import Statements

MOST_COMPARED = 5_000
"""Parties of a load that are held against the register; a larger load says how many were not."""


class Proposing:
    """Holds the parties of one load against each other and against the register, by the marks that are there."""

    def __init__(self, writer: Writer, statements: Statements) -> None:
        self._writer = writer
        self._statements = statements

    def proposals(self, touched: Sequence[str]) -> tuple[Proposal, ...]:
        """What to decide on, the most likely first, of the first parties of a load."""
        described = self._described(touched[:MOST_COMPARED])
        known = {party.id: party for party in described}
        others = alike(self._writer, described) - known.keys()
        for row in self._writer.rows_by_id("parties_by_id", others):
            party = Described.of(json.loads(row["body"]))
            known[party.id] = party
        decided = Identities.of(Identity.from_body(json.loads(row["body"])) for row in self._writer.rows("identities"))
        return tuple(proposals(known.values(), decided.is_decided, {party.id for party in described}))

    def _described(self, parties: Sequence[str]) -> list[Described]:
        return [Described.of(entry.value) for entry in self._statements.joined("parties", parties)]
