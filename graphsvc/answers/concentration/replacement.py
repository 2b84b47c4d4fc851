"""The smallest set of parties to replace so that no transfer is left: an implicit hitting set. Pure.

A chain that takes data to a third country has to lose one of its parties. Not every chain is known beforehand: a
smallest choice that hits the known ones is tried by letting the data spread again without it; the chains that still
get through are added, until none does. The choice is then smallest of all, since fewer would not even hit the known
chains (Art. 44: every transfer needs a footing, and one that does not take place needs none).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass

from graphsvc.answers.concentration.chains import Chain, Part, Replaceable
from graphsvc.answers.concentration.hitting import greedy, smallest
from graphsvc.answers.concentration.kept import Shelf
from graphsvc.answers.concentration.trials import TooFar, Trials
from graphsvc.answers.parted import Parted
from graphsvc.answers.plain import Plain
from graphsvc.answers.propagate import Spread
from graphsvc.model import Status

TRANSFER = frozenset(Status) - {Status.INSIDE, Status.UNKNOWN}
"""The footings of what is known to be a transfer. Adequate ones are transfers too (Art. 45)."""


@dataclass(frozen=True)
class Limits:
    """How far the exact search goes, in steps, so that the same question ends alike on any machine.

    A machine that is too slow for that ends it when half of the time of the question is over.

    Attributes:
        passed: How many passings of data over a flow it may try after the first look at all of them.
        conflicts: How many conflicts the solver may meet.
    """

    passed: int = 500_000
    conflicts: int = 100_000


LIMITS = Limits()


@dataclass(frozen=True)
class Replaced:
    """A party to replace.

    Attributes:
        what: The party, or the one recipient that nobody has named.
        proof: A line whose chain passes it, and no other one to replace if there is such a chain; None: only the bound
            from the graph says that it is to be replaced.
    """

    what: Replaceable
    proof: Plain | None


@dataclass(frozen=True)
class Replacement:
    """Whom to replace.

    Attributes:
        parties: In the order of their ids.
        exact: Whether fewer would not do.
        lower_bound: Fewer than this would not do.
        apart: So many known chains have no replaceable party in common, any two of them.
        left: Lines that are still transfers then: to services of controllers themselves.
        unknown_left: Lines of which nobody can say whether they are transfers, then.
    """

    parties: tuple[Replaced, ...]
    exact: bool
    lower_bound: int
    apart: int
    left: int
    unknown_left: int


class Search:
    """Looks for a smallest choice of parties without which no transfer is left.

    That is one after which no line is a transfer on a footing that is not accepted, but to services of the controllers,
    who cannot replace themselves. Of several such choices the same one always, whatever the order in which things came.
    """

    def __init__(
        self, parted: Parted, shelf: Shelf, accepted: frozenset[Status] = frozenset(), limits: Limits = LIMITS
    ) -> None:
        """Prepare.

        Args:
            parted: What the question reaches, part by part.
            shelf: Where the lines lie that may be shown.
            accepted: Footings on which a transfer may stay.
            limits: How far the exact search goes.
        """
        self._tick = parted.tick
        self._shelf = shelf
        self._trials = Trials(parted, TRANSFER - accepted, limits.passed, shelf)
        self._known: set[Chain] = set()
        self._best: frozenset[Replaceable] | None = None
        self._at_least = 0
        self._conflicts = limits.conflicts

    def look(self, part: Part, spread: Spread, statuses: Counter[Status]) -> None:
        """Look at an activity when nobody is gone; each is looked at before anybody is found.

        Args:
            part: The part that it is in.
            spread: How its data spreads.
            statuses: How many lines it has on each footing.
        """
        self._trials.look(part, spread, statuses)

    def found(self) -> Replacement:
        """Whom to replace: proved to be the fewest, or, when a limit is reached, a bound; then a cut may be smaller."""
        with suppress(TooFar):
            self._improve()
        if not self._is_done:
            self._at_least = max(self._at_least, apart(self._known))
            self._keep(self._trials.cut(self._forced))
        left, unknown = self._trials.counts(self._best)
        is_least = len(self._best) == self._at_least
        return Replacement(tuple(self._replaced()), is_least, self._at_least, apart(self._known), left, unknown)

    @property
    def _is_done(self) -> bool:
        """Whether the choice is proved to be smallest."""
        return self._best is not None and len(self._best) == self._at_least

    def _improve(self) -> None:
        chosen: frozenset[Replaceable] | None = frozenset()
        while chosen is not None:
            self._keep(self._completed(chosen))
            if self._is_done:
                return
            hit = smallest(self._known, self._conflicts, self._tick)
            self._conflicts -= hit.conflicts
            self._at_least = max(self._at_least, hit.at_least)
            chosen = None if self._is_done else hit.chosen

    def _keep(self, choice: frozenset[Replaceable]) -> None:
        if self._best is None or len(choice) < len(self._best):
            self._best = choice

    def _completed(self, chosen: frozenset[Replaceable]) -> frozenset[Replaceable]:
        """A choice and what else is needed so that nothing is left, not always the least; learns chains on the way."""
        while found := self._trials.left(chosen):
            self._known |= found
            chosen |= greedy(found, self._tick)
        return chosen

    @property
    def _forced(self) -> frozenset[Replaceable]:
        """Who is alone on a chain."""
        return frozenset(what for chain in self._known if len(chain) == 1 for what in chain)

    def _replaced(self) -> Iterator[Replaced]:
        """Each of them with a chain that shows why: one that no other of them is on, when there is one."""
        proofs: dict[Replaceable, list[Chain]] = defaultdict(list)
        for chain in self._known:
            self._tick()
            for what in chain & self._best:
                proofs[what].append(chain)
        for what in sorted(self._best):
            yield Replaced(what, self._proof(proofs[what]) if what in proofs else None)

    def _proof(self, chains: list[Chain]) -> Plain:
        """The line of the chain that says most; of equals the first by its steps."""

        def rank(chain: Chain) -> tuple[int | str, ...]:
            severity, depth, activity, _ = self._trials.proofs[chain]
            return len(chain & self._best), severity, depth, activity

        least = min(map(rank, chains))
        rows = (self._shelf[self._trials.proofs[chain].place] for chain in chains if rank(chain) == least)
        return min(rows, key=lambda row: [step["flow"] for step in row["chain"]])


def apart(known: Collection[Chain]) -> int:
    """How many chains can be picked, the shortest first, that have nothing replaceable in common."""
    seen: set[Replaceable] = set()
    picked = 0
    for chain in sorted(known, key=lambda chain: (len(chain), sorted(chain))):
        if seen.isdisjoint(chain):
            seen |= chain
            picked += 1
    return picked
