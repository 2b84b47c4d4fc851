"""Parts of a register that are read from it once, and then from a temporary file: what they say stays what it was."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from graphsvc.answers.network import Network
from graphsvc.answers.tick import Tick
from graphsvc.spool import Spool


class Pinned:
    """Parts of one revision.

    Attributes:
        controllers: Who answers for an activity in one of the parts.
        tick: The time that the question has.
    """

    def __init__(self, parts: Iterator[Network], controllers: frozenset[str], tick: Tick) -> None:
        """Prepare.

        Args:
            parts: Reads them from the register, once.
            controllers: Who answers for an activity in one of them.
            tick: The time that the question has.
        """
        self.controllers = controllers
        self.tick = tick
        self._parts = parts
        self._laid: list[tuple[int, frozenset[str]]] | None = None
        self._frame: Network | None = None
        self._spool = Spool()

    def read(self, controllers: Collection[str] | None = None) -> Iterator[Network]:
        """Each part of some controllers; None: of all, as it is the first time.

        Raises:
            Changed: a load was finished meanwhile; not after the first time.
        """
        if self._laid is None:
            yield from self._fetched()
            return
        for place, own in self._laid:
            if controllers is None or not own.isdisjoint(controllers):
                activities, flows, services, parties, uses = self._spool[place]
                yield replace(
                    self._frame, activities=activities, flows=flows, services=services, parties=parties, uses=uses
                )

    def _fetched(self) -> Iterator[Network]:
        laid = []
        for network in self._parts:
            # What all parts share stays in memory, and is no part of the rows.
            self._frame = replace(network, activities=(), flows={}, services={}, parties={}, uses=())
            place = self._spool.put(
                (network.activities, network.flows, network.services, network.parties, network.uses)
            )
            laid.append((place, frozenset(activity.controller for activity in network.activities)))
            yield network
            del network
        self._laid = laid
