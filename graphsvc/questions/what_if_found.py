"""What came of changes, controller by controller added up: counts, and lists outside of memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from graphsvc.answers import plain
from graphsvc.answers.network import Network
from graphsvc.answers.transfers import Totals
from graphsvc.answers.what_if import plain as plain_what_if
from graphsvc.answers.what_if.comparison import what_if
from graphsvc.answers.what_if.outcome import Changed, Difference, Outcome, Side
from graphsvc.answers.what_if.suppositions import Supposed, Supposition
from graphsvc.questions.common import Plain
from graphsvc.spool import Spool

RANK = 8
"""Parts of what lines that differ are sorted by."""


class Window(NamedTuple):
    """Which entries of a list are wanted.

    Attributes:
        skip: How many to pass over.
        most: How many then; None: all that are left.
    """

    skip: int = 0
    most: int | None = None

    def holds(self, place: int) -> bool:
        """Whether the entry at a place is wanted."""
        return place >= self.skip and (self.most is None or place < self.skip + self.most)


COUNTED = Window(0, 0)
"""Nothing of the lists: they are counted."""


@dataclass
class Entries:
    """A list: all of its entries are counted, those that are wanted are made plain and kept."""

    window: Window
    total: int = 0
    spool: Spool = field(default_factory=Spool)

    def add(self, make: Callable[[], Plain]) -> None:
        """Add an entry; it is only made when it is wanted."""
        if self.window.holds(self.total):
            self.spool.add((), make())
        self.total += 1

    def rows(self) -> Iterator[Plain]:
        """The entries that are wanted."""
        return self.spool.rows()


class SideFound:
    """The lines before, or after."""

    def __init__(self, window: Window, read: Callable[[Changed], Plain]) -> None:
        """None yet.

        Args:
            window: Which of the lines to be shown are wanted.
            read: Makes a line plain.
        """
        self.lines = Entries(window)
        self._read = read
        self._totals, self._inside = Totals(), 0

    def add(self, side: Side) -> None:
        """Add the lines of a controller."""
        self._totals.add(side.totals)
        self._inside += side.inside
        for found in side.lines:
            self.lines.add(lambda found=found: self._read(found))

    def told(self) -> Plain:
        """How many there are, and those that are wanted."""
        return plain_what_if.side(self._totals, self._inside, self.lines.rows())


class Found:
    """What came of changes."""

    def __init__(self, window: Window, sides: Window, names_controllers: bool) -> None:
        """Nothing yet.

        Args:
            window: Which entries of each list are wanted; the lines that differ are all kept, as they have an order.
            sides: Which lines before and after are wanted.
            names_controllers: Whether the controllers are named, and not only counted.
        """
        self.tried: list[Supposed] = []
        self.effective: set[int] = set()
        self.by_kind: Counter[Difference] = Counter()
        self.changed = Spool(RANK)
        self.before = SideFound(sides, lambda found: plain.transfer(found.before))
        self.after = SideFound(sides, lambda found: plain_what_if.line_after(found, self.tried))
        self.gained, self.lost, self.cut_off = Entries(window), Entries(window), Entries(window)
        self.number = 0
        self.controllers: list[Plain] = []
        self._names_controllers = names_controllers

    def add(self, network: Network, tried: Sequence[Supposition]) -> None:
        """Add what comes of the changes for some controllers, after others."""
        self.tried = [before | now for before, now in zip(self.tried or tried, tried, strict=True)]
        self._add_controllers(network)
        for outcome in what_if(network, tried):
            self._add(outcome, network, tried[-1].network if tried else network)

    def _add_controllers(self, network: Network) -> None:
        ids = sorted({activity.controller for activity in network.activities})
        self.number += len(ids)
        if self._names_controllers:
            self.controllers += [plain.party(network.party(key)) for key in ids]

    def _add(self, outcome: Outcome, network: Network, after: Network) -> None:
        self.effective |= outcome.effective
        self.before.add(outcome.before)
        self.after.add(outcome.after)
        for changed in outcome.changed:
            self.by_kind[changed.difference] += 1
            self.changed.add(changed.rank, plain_what_if.changed(changed, self.tried))
        for held in outcome.gained:
            self.gained.add(lambda held=held: plain.holding(after, held))
        for held in outcome.lost:
            self.lost.add(lambda held=held: plain.holding(network, held))
        for cut in outcome.cut_off:
            self.cut_off.add(lambda cut=cut: plain_what_if.cut_off(network, cut))

    def totals(self) -> Plain:
        """How many entries each list has."""
        return {
            "changed": len(self.changed),
            "by_kind": {kind.value: self.by_kind[kind] for kind in Difference},
            "holdings_gained": self.gained.total,
            "holdings_lost": self.lost.total,
            "cut_off": self.cut_off.total,
            "before": self.before.lines.total,
            "after": self.after.lines.total,
        }
