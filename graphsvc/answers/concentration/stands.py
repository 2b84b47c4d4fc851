"""What hangs on each party and each country: the values of the answer about concentration. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from graphsvc.answers import plain
from graphsvc.answers.concentration.cycles import Cycle
from graphsvc.answers.concentration.kept import Kept
from graphsvc.answers.concentration.loss import Loss, Losses
from graphsvc.answers.marks import Marker
from graphsvc.answers.plain import Plain
from graphsvc.model import UNKNOWN, DataItem, Party, Status

Rank = tuple[int, int, str, str, str]
"""Orders lines: two numbers, then what names a line: activity, flow and country."""


@dataclass
class Stand:
    """What one party has of everybody.

    Attributes:
        id: The party's id; the unknown party stands for every recipient that nobody has named.
        party: The party as answers show it.
        depth: Length of the shortest chain to it.
        services: Names of its services that data reaches, by id.
        countries: Where they keep or read data.
        controllers: Ids of the controllers whose data it has, in their order.
        activities: How many activities the data comes from.
        pairs: How many pairs of a controller and a data item it has.
        items: The data items, of whichever controller.
    """

    id: str
    party: Plain
    depth: int
    services: dict[str, str] = field(default_factory=dict)
    countries: set[str] = field(default_factory=set)
    controllers: list[str] = field(default_factory=list)
    activities: int = 0
    pairs: int = 0
    items: set[DataItem] = field(default_factory=set)

    @classmethod
    def of(cls, party: Party, depth: int) -> Stand:
        """That of a party that has nothing yet."""
        return cls(party.id, plain.party(party), depth)

    @property
    def is_named(self) -> bool:
        """Whether it is one party at all: recipients that nobody has named may be many."""
        return self.id != UNKNOWN

    def add(self, controller: str, items: set[DataItem]) -> None:
        """Count what it has of one more controller."""
        self.controllers.append(controller)
        self.items |= items
        self.pairs += len(items)


@dataclass
class Land:
    """What is kept or read in one country.

    Attributes:
        controllers: How many controllers' data is there.
        pairs: How many pairs of a controller and a data item are there.
        parties: Ids of the parties that have it there.
        by_status: How many pairs of an activity and a flow reach it, by footing.
    """

    controllers: int = 0
    pairs: int = 0
    parties: set[str] = field(default_factory=set)
    by_status: Counter[Status] = field(default_factory=Counter)

    def add(self, items: set[DataItem]) -> None:
        """Count what is there of one more controller."""
        self.controllers += 1
        self.pairs += len(items)


@dataclass(frozen=True)
class Concentration:
    """What hangs on whom.

    Attributes:
        stands: By the party's id, the one on which most hangs first.
        losses: What is lost with each of them.
        countries: By code, the one with most data first.
        pairs: How many pairs of a controller and a data item anybody has.
        cycles: Services that pass data round in a circle.
        furthest: The nearest lines to the recipients that are furthest away of their controllers, the longest first.
        by_status: How many lines there are, by footing.
        marks: What is at stake with a data item; None: there is none.
        worst: For each party the line with the worst footing, the nearest of those.
        worst_there: For each country the same.
    """

    stands: dict[str, Stand]
    losses: Losses
    countries: dict[str, Land]
    pairs: int
    cycles: tuple[Cycle, ...]
    furthest: tuple[Plain, ...]
    by_status: Counter[Status]
    marks: Marker | None
    worst: Kept[str, Rank]
    worst_there: Kept[str, Rank]

    def owner(self, service: str) -> Stand:
        """The party that provides a service which data reaches."""
        return self.stands[self._owners[service]]

    @cached_property
    def _owners(self) -> dict[str, str]:
        return {service: stand.id for stand in self.stands.values() for service in stand.services}

    def loss(self, stand: Stand) -> Loss:
        """What is lost with a party."""
        return self.losses.of(stand.id)

    def rank(self, stand: Stand) -> tuple[int | str, ...]:
        """Most data first, then most controllers, most activities, the largest loss, the worst footing."""
        loss = self.loss(stand)
        held = (-stand.pairs, -len(stand.controllers), -stand.activities)
        return *held, -len(loss.activities), -loss.pairs, self.worst.rank(stand.id)[0], stand.id

    def share(self, pairs: int) -> float:
        """The part of all data that so many pairs are, from 0 to 1."""
        return pairs / self.pairs

    def heaviest_losses(self, most: int) -> list[Stand]:
        """The named parties whose loss cuts most off: whole activities first, then single recipients."""
        cutting = [stand for stand in self.stands.values() if stand.is_named and self._cut(stand) > (0, 0)]
        return sorted(cutting, key=lambda s: ([-n for n in self._cut(s)], s.id))[:most]

    def _cut(self, stand: Stand) -> tuple[int, int]:
        loss = self.loss(stand)
        return len(loss.activities), loss.pairs

    def widest_breaches(self, most: int) -> list[Stand]:
        """The named parties whose breach exposes most data."""
        return [stand for stand in self.stands.values() if stand.is_named][:most]
