"""What a question reaches, a few controllers at a time, so that no answer over everything is ever whole in memory.

Parts are as large as their flows are many, not their controllers: what controllers share is fetched again with each
part, and large parts share more.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from graphsvc.answers.network import Network
from graphsvc.answers.parted import InMemory, Parted
from graphsvc.answers.tick import Tick
from graphsvc.errors import EngineUnavailable
from graphsvc.graph.fetch import Wish
from graphsvc.graph.store import STEADY_TRIES, Store
from graphsvc.spool import Spool

T = TypeVar("T")
FIRST = 4
"""Controllers in the first part: how much one of them reaches is not known yet."""
FLOWS = 5_000
"""Flows that a part is to have: some 40 MB with the lines that are made of them."""
GROWTH = 4
"""How many times the controllers of a part the next one has at most."""


class Changed(EngineUnavailable):
    """A load was finished while a question was read part by part."""


class Networks(Protocol):
    """The networks that a question reaches."""

    @property
    def law(self) -> str:
        """Version of the law table that they go with."""

    def together(self) -> Iterator[list[Network]]:
        """What belongs together, such as the networks of two days; one after another, in the order of controllers."""

    def __iter__(self) -> Iterator[Network]:
        """The same, where there is one network at a time."""

    def pinned(self) -> Parted:
        """The same of one revision, to be read more than once; where there is one network at a time."""

    def read(self, work: Callable[[], T]) -> T:
        """Do work that looks at all of them."""


@dataclass(frozen=True)
class Whole:
    """The networks of a question that are fetched at once."""

    networks: tuple[Network, ...]

    @property
    def law(self) -> str:
        """Version of the law table."""
        return self.networks[-1].law.version

    def together(self) -> Iterator[list[Network]]:
        """All of them."""
        yield list(self.networks)

    def __iter__(self) -> Iterator[Network]:
        """The one network."""
        yield from self.networks

    def pinned(self) -> Parted:
        """The one network, to be read more than once."""
        return InMemory(self.networks)

    def read(self, work: Callable[[], T]) -> T:
        """Do work that looks at them."""
        return work()


@dataclass
class Parts:
    """The networks of a question, part by part, in the order of the controllers; all of one revision of the register.

    Attributes:
        store: The register.
        wishes: What is fetched for the controllers of a part, such as the networks of two days; of one scope.
        ends: Only whose data can reach these services, and what leads there; None: everybody and everything.
    """

    store: Store
    wishes: tuple[Wish, ...]
    ends: frozenset[str] | None = None
    _law: str | None = None

    @property
    def law(self) -> str:
        """Version of the law table: of the parts, once one was read."""
        return self._law or self.store.law().version

    def together(self) -> Iterator[list[Network]]:
        """The networks of each wish, part by part; of nobody, when there is nobody.

        Raises:
            Changed: a load was finished meanwhile.
        """
        if self.wishes[0].activities is not None:
            yield self._noted(self.store.networks(self.wishes))
            return
        yield from self.of(*self._begun())

    def of(self, revision: int, left: Sequence[str], wishes: Sequence[Wish]) -> Iterator[list[Network]]:
        """The networks of each wish, part by part, for some controllers.

        Args:
            revision: That of the register.
            left: The controllers.
            wishes: What is fetched of them.

        Raises:
            Changed: the register has another revision.
        """
        number, flows = FIRST, 0
        while True:
            asked, left = left[:number], left[number:]
            found, networks = self.store.revised_all([self._only(wish, asked) for wish in wishes])
            if found != revision:
                raise Changed("the register was changed while it was read; ask again")
            flows = sum(len(sent) for network in networks for sent in network.flows.values())
            number = max(1, min(number * GROWTH, number * FLOWS // max(flows, 1)))
            yield self._noted(networks)
            del networks
            if not left:
                return

    def __iter__(self) -> Iterator[Network]:
        """The network of each part, where there is one wish.

        Raises:
            Changed: a load was finished meanwhile.
        """
        for networks in self.together():
            yield networks.pop()

    def pinned(self) -> Parted:
        """The parts of the one wish, of the revision that the register has now, to be read more than once."""
        return _Pinned(self, *self.store.active(self.wishes[0]))

    def read(self, work: Callable[[], T]) -> T:
        """Do work that looks at all parts; again from the start when a load was finished meanwhile.

        Raises:
            EngineUnavailable: the register changes faster than it can be read.
        """
        for _ in range(STEADY_TRIES - 1):
            try:
                return work()
            except Changed:
                continue
        return work()

    def _begun(self) -> tuple[int, list[str], tuple[Wish, ...]]:
        """The revision, the controllers in their order, and what is fetched of them."""
        if self.ends is None:
            return *self.store.controllers_of(self.wishes), self.wishes
        revision, controllers, towards = self.store.controllers_towards(self.wishes[0], self.ends)
        return revision, controllers, tuple(replace(wish, towards=towards) for wish in self.wishes)

    def _noted(self, networks: list[Network]) -> list[Network]:
        self._law = networks[-1].law.version
        return networks

    def _only(self, wish: Wish, controllers: Sequence[str]) -> Wish:
        # Each stands for all ids that it has, whichever of them was asked about.
        return replace(wish, scope=replace(wish.scope, asked=frozenset(controllers)))


class _Pinned:
    """Parts of one revision: read from the register once, and then from a temporary file, which takes less time."""

    def __init__(self, parts: Parts, revision: int, controllers: list[str]) -> None:
        self._parts = parts
        self._revision = revision
        self._ordered = controllers
        self._laid: list[tuple[int, frozenset[str]]] | None = None
        self._frame: Network | None = None
        self._spool = Spool()

    @property
    def controllers(self) -> frozenset[str]:
        """Who answers for an activity in one of the parts."""
        return frozenset(self._ordered)

    @property
    def tick(self) -> Tick:
        """The time that the question has."""
        return self._parts.store.deadline

    def read(self, controllers: Collection[str] | None = None) -> Iterator[Network]:
        """Each part of some controllers; None: of all, as it is the first time.

        Raises:
            Changed: a load was finished meanwhile.
        """
        if self._laid is None:
            yield from self._fetched()
            return
        for place, own in self._laid:
            if controllers is None or not own.isdisjoint(controllers):
                activities, flows, services, parties = self._spool[place]
                yield replace(self._frame, activities=activities, flows=flows, services=services, parties=parties)

    def _fetched(self) -> Iterator[Network]:
        laid = []
        for networks in self._parts.of(self._revision, self._ordered, self._parts.wishes):
            network = networks.pop()
            # What all parts share stays in memory, and is no part of the rows.
            self._frame = replace(network, activities=(), flows={}, services={}, parties={})
            place = self._spool.put((network.activities, network.flows, network.services, network.parties))
            laid.append((place, frozenset(activity.controller for activity in network.activities)))
            yield network
            del network
        self._laid = laid
