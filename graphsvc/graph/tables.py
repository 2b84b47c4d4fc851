"""What every question of one revision of the register shares, and how the bodies of things are read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from graphsvc.answers.identities.decided import Identities
from graphsvc.answers.order import Order
from graphsvc.graph.bolt import Transaction
from graphsvc.graph.queries import text
from graphsvc.law.tables import Law
from graphsvc.model import Duty, Event, Identity, Regime, Requirement, Term, Terms, Tool, Vocabulary

Body = dict[str, Any]


class HalfWritten(Exception):
    """A node without a body was seen: Neo4j shows a commit while it is being applied."""


@dataclass(frozen=True)
class State:
    """In which state the register is.

    Attributes:
        revision: Counts the loads that changed something.
        law: Version of the law table.
    """

    revision: int
    law: str


def read_state(transaction: Transaction) -> State:
    """In which state the register is now."""
    rows = transaction.run(text("state"))
    return State(rows[0]["revision"], rows[0]["law"]) if rows else State(0, "")


def bodies(transaction: Transaction, query: str, **parameters: Any) -> Iterator[Body]:
    """What documents say of the things that a query finds.

    Raises:
        HalfWritten: a commit is being applied.
    """
    for body, *_ in transaction.stream(text(query), **parameters):
        if body is None:
            raise HalfWritten
        yield json.loads(body)


@dataclass(frozen=True)
class Tables:
    """What every question of one revision of the register shares: the law, the vocabulary, and who is who."""

    revision: int
    law: Law
    vocabulary: Vocabulary
    order: Order
    identities: Identities = field(default_factory=Identities)

    @classmethod
    def read(cls, transaction: Transaction, state: State) -> Tables:
        """Read the tables of a revision."""
        documents = transaction.run(text("law_documents"))
        law = Law.of(
            state.law,
            map(Regime.from_body, bodies(transaction, "regimes")),
            map(Tool.from_body, bodies(transaction, "tools")),
            map(Event.from_body, bodies(transaction, "events")),
            map(Duty.from_body, bodies(transaction, "duties")),
            map(Requirement.from_body, bodies(transaction, "requirements")),
            min((row["complete_from"] for row in documents if row["complete_from"]), default=None),
        )
        vocabulary = Vocabulary(*_terms(transaction))
        identities = Identities.of(map(Identity.from_body, bodies(transaction, "identities")))
        return cls(state.revision, law, vocabulary, Order.of(vocabulary), identities)


def _terms(transaction: Transaction) -> Iterator[Terms]:
    for label in ("DataCategory", "SubjectCategory", "Purpose", "LegalBasis"):
        yield {body["id"]: Term.from_body(body) for body in bodies(transaction, f"terms {label}")}
