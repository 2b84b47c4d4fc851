"""What a question reaches, a few controllers at a time, so that no answer over everything is ever whole in memory.

Parts are as large as their flows are many, not their controllers: what controllers share is fetched again with each
part, and large parts share more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from graphsvc.answers.network import Network
from graphsvc.answers.parted import InMemory, Parted
from graphsvc.errors import EngineUnavailable
from graphsvc.graph.store import STEADY_TRIES, Store
from graphsvc.graph.wish import Wish
from graphsvc.questions.pinned import Pinned

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
        revision, controllers = self.store.active(self.wishes[0])
        parts = (networks.pop() for networks in self.of(revision, controllers, self.wishes))
        return Pinned(parts, frozenset(controllers), self.store.deadline)

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
