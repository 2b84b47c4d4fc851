"""Which parties of the register are one: what was decided, as an equivalence relation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import networkx

from graphsvc.model import Identity, Sameness


@dataclass(frozen=True)
class Identities:
    """Which parties are one. Parties that were never decided on stand for themselves.

    Attributes:
        decided: Every decision, in the order of the ids.
        members: For the id that stays of parties that are one: the ids of all of them, that one first.
    """

    decided: tuple[Identity, ...] = ()
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    _one: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, decided: Iterable[Identity]) -> Identities:
        """The relation that decisions make, in whatever order they are given."""
        ordered = tuple(sorted(decided, key=lambda identity: identity.id))
        same = [identity for identity in ordered if identity.verdict is Sameness.SAME]
        joined = networkx.Graph((identity.party, identity.other) for identity in same)
        given_up = {identity.other for identity in same}
        members = {}
        for group in networkx.connected_components(joined):
            # Whom nobody says to be another one stays; in a circle, the first of all.
            stays = min(group - given_up or group)
            members[stays] = (stays, *sorted(group - {stays}))
        return cls(ordered, members, {each: one for one, group in members.items() for each in group})

    def one(self, party: str) -> str:
        """The id that stays of the parties that a party is one with; its own when there are none."""
        return self._one.get(party, party)

    @property
    def ones(self) -> Mapping[str, str]:
        """For each id of parties that are one: the id that stays."""
        return self._one

    def all_of(self, party: str) -> tuple[str, ...]:
        """The ids of all that a party is one with, the one that stays first; itself among them."""
        return self.members.get(self.one(party), (party,))

    def everybody(self, parties: Iterable[str]) -> frozenset[str]:
        """The ids of some parties and of all that they are one with."""
        return frozenset(each for party in parties for each in self.all_of(party))

    def joining(self, party: str) -> tuple[Identity, ...]:
        """The decisions by which a party is one with others."""
        return self._joining.get(self.one(party), ())

    @cached_property
    def _joining(self) -> Mapping[str, tuple[Identity, ...]]:
        found: dict[str, list[Identity]] = defaultdict(list)
        for identity in self.decided:
            if identity.verdict is Sameness.SAME:
                found[self.one(identity.party)].append(identity)
        return {one: tuple(each) for one, each in found.items()}

    def said_different(self, one: str, other: str) -> Identity | None:
        """The decision that says of two parties, or of two that they are one with, that they are different."""
        return self._different.get(frozenset((self.one(one), self.one(other))))

    def is_decided(self, one: str, other: str) -> bool:
        """Whether it is said of two parties that they are one, or are not."""
        return self.one(one) == self.one(other) or self.said_different(one, other) is not None

    @cached_property
    def _different(self) -> Mapping[frozenset[str], Identity]:
        apart = (identity for identity in self.decided if identity.verdict is Sameness.DIFFERENT)
        return {frozenset((self.one(each.party), self.one(each.other))): each for each in apart}

    def __bool__(self) -> bool:
        return bool(self.members)
