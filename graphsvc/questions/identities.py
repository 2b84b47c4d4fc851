"""Who is who: which parties may be one, which were decided to be, or not to be, and why?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import chain

from graphsvc.answers import plain_identities
from graphsvc.answers.identities import Identities
from graphsvc.graph.store import Store
from graphsvc.model import Identity, Proposal
from graphsvc.questions.common import Answer, Plain, check


class Kind(StrEnum):
    """What an item is."""

    PROPOSAL = "proposal"
    SAME = "same"
    DIFFERENT = "different"


@dataclass(frozen=True)
class IdentitiesQuestion:
    """Who is who?

    Attributes:
        parties: Only what is about one of these, or about one that they are one with; empty: everything.
        kinds: Only these kinds of items; empty: all.
    """

    parties: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()


@dataclass(frozen=True)
class IdentitiesAnswer(Answer):
    """The answer: open proposals, the most likely first, then decisions, each with its document."""

    question: IdentitiesQuestion
    identities: Identities
    proposed: tuple[Proposal, ...]
    decided: tuple[tuple[Identity, str], ...]
    names: dict[str, str]
    columns = (
        *("kind", "party", "party_id", "other", "other_id", "sure", "reasons", "stays", "id", "document"),
        *("basis", "sources"),
    )

    @cached_property
    def found(self) -> list[Plain]:
        """Every item that is asked for."""
        return list(chain(self._proposals(), self._decisions()))

    def head(self) -> Plain:
        """How many items there are of each kind."""
        kinds = Counter(row["kind"] for row in self.found)
        return {"by_kind": {kind.value: kinds[kind.value] for kind in Kind}}

    def rows(self) -> Iterator[Plain]:
        """Every item as plain values."""
        return iter(self.found)

    def _proposals(self) -> Iterator[Plain]:
        for proposal in self.proposed:
            if self._is_wanted(Kind.PROPOSAL, proposal.party, proposal.other):
                yield plain_identities.open_proposal(proposal)

    def _decisions(self) -> Iterator[Plain]:
        for identity, document in self.decided:
            kind = Kind(identity.verdict.value)
            if self._is_wanted(kind, identity.party, identity.other):
                stays = self.identities.one(identity.party) if kind is Kind.SAME else None
                yield plain_identities.decision(identity, document, stays, self.names)

    def _is_wanted(self, kind: Kind, *parties: str) -> bool:
        if self.question.kinds and kind not in self.question.kinds:
            return False
        asked = self.identities.everybody(self.question.parties)
        return not asked or not asked.isdisjoint(parties)


def ask_identities(store: Store, question: IdentitiesQuestion) -> IdentitiesAnswer:
    """Answer who is who.

    Raises:
        NotFound: the question names a party that is not in the register.
    """
    check(store, {"Party": question.parties})
    is_asked = not question.kinds or Kind.PROPOSAL in question.kinds
    proposed = store.proposals() if is_asked else ()
    decided = store.decisions()
    names = store.names(party for identity, _ in decided for party in (identity.party, identity.other))
    return IdentitiesAnswer(question, store.identities(), proposed, tuple(decided), names)
