"""Networks that are read one after another, as often as an answer over everybody needs them. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Protocol

from graphsvc.answers.network import Network
from graphsvc.answers.tick import Tick


class Parted(Protocol):
    """What a question reaches, of one revision of the register: in parts, each of some controllers, in their order."""

    @property
    def controllers(self) -> frozenset[str]:
        """Who answers for an activity in one of the parts."""

    @property
    def tick(self) -> Tick:
        """What long work on more than one part calls again and again."""

    def read(self, controllers: Collection[str] | None = None) -> Iterator[Network]:
        """Each part; a reader lets go of one before it asks for the next.

        Args:
            controllers: Only what these reach, and perhaps what others do; None: everything.
        """


@dataclass(frozen=True)
class InMemory:
    """Networks that are in memory, each with all activities of some controllers."""

    networks: tuple[Network, ...]

    @property
    def controllers(self) -> frozenset[str]:
        """Who answers for an activity in one of them."""
        return frozenset(activity.controller for network in self.networks for activity in network.activities)

    @property
    def tick(self) -> Tick:
        """The tick of the networks."""
        return self.networks[-1].tick

    def read(self, controllers: Collection[str] | None = None) -> Iterator[Network]:
        """All of them."""
        yield from self.networks
