"""Who is who: which parties may be one, which were decided to be, or not to be, and why?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import chain

from graphsvc.answers.identities import plain as plain_identities
from graphsvc.answers.identities.decided import Identities
from graphsvc.graph.store import Store
from graphsvc.imports.comparing import Found
from graphsvc.model import Identity, Proposal, TooCommon
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
    proposed: Found | None
    common: tuple[TooCommon, ...]
    decided: tuple[tuple[Identity, str], ...]
    names: dict[str, str]
    columns = (
        *("kind", "party", "party_id", "other", "other_id", "sure", "reasons", "stays", "id", "document"),
        *("basis", "sources"),
    )

    def head(self) -> Plain:
        """How many items there are of each kind, and what too many have in common to be compared for it."""
        kinds = Counter({Kind.PROPOSAL.value: sum(1 for _ in self._wanted())})
        kinds.update(row["kind"] for row in self._decisions())
        return {"by_kind": {kind.value: kinds[kind.value] for kind in Kind}} | plain_identities.too_common(self.common)

    def rows(self) -> Iterator[Plain]:
        """Every item as plain values; proposals are read from outside of memory."""
        return chain(map(plain_identities.open_proposal, self._wanted()), self._decisions())

    def _wanted(self) -> Iterator[Proposal]:
        for proposal in () if self.proposed is None else self.proposed.proposals():
            if self._is_wanted(Kind.PROPOSAL, proposal.party, proposal.other):
                yield proposal

    def _decisions(self) -> Iterator[Plain]:
        for identity, document in self.decided:
            kind = Kind(identity.verdict.value)
            if self._is_wanted(kind, identity.party, identity.other):
                stays = self.identities.one(identity.party) if kind is Kind.SAME else None
                yield plain_identities.decision(identity, document, stays, self.names)

    def _is_wanted(self, kind: Kind, *parties: str) -> bool:
        if self.question.kinds and kind not in self.question.kinds:
            return False
        return not self._asked or not self._asked.isdisjoint(parties)

    @cached_property
    def _asked(self) -> frozenset[str]:
        return self.identities.everybody(self.question.parties)


def ask_identities(store: Store, question: IdentitiesQuestion) -> IdentitiesAnswer:
    """Answer who is who.

    Raises:
        NotFound: the question names a party that is not in the register.
    """
    check(store, {"Party": question.parties})
    is_asked = not question.kinds or Kind.PROPOSAL in question.kinds
    proposed = store.proposals() if is_asked else None
    common = () if proposed is None else proposed.common
    identities = store.identities()
    if question.parties:
        marks = store.marks_of(identities.everybody(question.parties))
        common = tuple(each for each in common if each.key in marks)
    decided = store.decisions()
    names = store.names(party for identity, _ in decided for party in (identity.party, identity.other))
    return IdentitiesAnswer(question, identities, proposed, common, tuple(decided), names)
