"""The smallest set of parties to replace so that no transfer is left: an implicit hitting set. Pure.

A chain that takes data to a third country has to lose one of its parties. Not every chain is known beforehand: a
smallest choice that hits the known ones is tried by letting the data spread again without it; the chains that still
get through are added, until none does. The choice is then smallest of all, since fewer would not even hit the known
chains (Art. 44: every transfer needs a footing, and one that does not take place needs none).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from graphsvc.answers.hitting import greedy, smallest
from graphsvc.answers.lines import Assessor, Line
from graphsvc.answers.network import Network
from graphsvc.answers.tick import Tick
from graphsvc.answers.trials import Chain, Replaceable, TooFar, Trials
from graphsvc.model import Status, severity

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
        services: Ids of its services that data reaches.
        proof: A line whose chain passes it, and no other one to replace if there is such a chain; None: only the bound
            from the graph says that it is to be replaced.
    """

    what: Replaceable
    services: tuple[str, ...]
    proof: Line | None


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


def replacement(
    network: Network,
    accepted: frozenset[Status] = frozenset(),
    limits: Limits = LIMITS,
    assessor: Assessor | None = None,
) -> Replacement:
    """Find whom to replace so that no transfer is left.

    Args:
        network: What was fetched.
        accepted: Footings on which a transfer may stay.
        limits: How far the exact search goes.
        assessor: One that may know the network's footings already.

    Returns:
        A set after which no line is a transfer on another footing, but to services of the network's controllers, who
        cannot replace themselves. Of several such sets the same one always, whatever the order in which things came.
    """
    search = _Search(
        Trials(network, TRANSFER - accepted, limits.passed, assessor or Assessor(network)),
        limits.conflicts,
        network.tick,
    )
    search.run()
    left = search.trials.statuses(search.best)
    return Replacement(
        tuple(_replaced(search)),
        exact=len(search.best) == search.at_least,
        lower_bound=search.at_least,
        apart=apart(search.known),
        left=sum(left[status] for status in TRANSFER - accepted),
        unknown_left=left[Status.UNKNOWN],
    )


class _Search:
    """Looks for a smallest choice.

    Attributes:
        known: The chains that were found, each with a line that proves it.
        best: The smallest choice so far after which nothing is left.
        at_least: No smaller choice than this leaves nothing.
    """

    def __init__(self, trials: Trials, conflicts: int, tick: Tick) -> None:
        self.trials = trials
        self.tick = tick
        self.known: dict[Chain, Line] = {}
        self.best: frozenset[Replaceable] | None = None
        self.at_least = 0
        self._conflicts = conflicts

    @property
    def is_done(self) -> bool:
        """Whether the choice is proved to be smallest."""
        return self.best is not None and len(self.best) == self.at_least

    def run(self) -> None:
        """Search until the choice is proved to be smallest, or a limit is reached; then a cut may be smaller."""
        with suppress(TooFar):
            self._improve()
        if not self.is_done:
            self.at_least = max(self.at_least, apart(self.known))
            self._keep(self.trials.cut(self._forced))

    def _improve(self) -> None:
        chosen: frozenset[Replaceable] | None = frozenset()
        while chosen is not None:
            self._keep(self._completed(chosen))
            if self.is_done:
                return
            hit = smallest(self.known, self._conflicts, self.tick)
            self._conflicts -= hit.conflicts
            self.at_least = max(self.at_least, hit.at_least)
            chosen = None if self.is_done else hit.chosen

    def _keep(self, choice: frozenset[Replaceable]) -> None:
        if self.best is None or len(choice) < len(self.best):
            self.best = choice

    def _completed(self, chosen: frozenset[Replaceable]) -> frozenset[Replaceable]:
        """A choice and what else is needed so that nothing is left, not always the least; learns chains on the way."""
        while found := self._learn(chosen):
            chosen |= greedy(found, self.tick)
        return chosen

    def _learn(self, gone: frozenset[Replaceable]) -> Mapping[Chain, Line]:
        """The chains that are left without some parties."""
        found = self.trials.left(gone)
        self.known |= found
        return found

    @property
    def _forced(self) -> frozenset[Replaceable]:
        """Who is alone on a chain."""
        return frozenset(what for chain in self.known if len(chain) == 1 for what in chain)


def _replaced(search: _Search) -> Iterator[Replaced]:
    """What to say of each of them, with a chain that shows why: one that no other of them is on, when there is one."""

    def rank(chain: Chain) -> tuple[object, ...]:
        search.tick()
        line = search.known[chain]
        return (len(chain & search.best), severity(line.status), len(line.chain), line.passage.activity.id, line.steps)

    proofs: dict[Replaceable, list[Chain]] = defaultdict(list)
    for chain in search.known:
        for what in chain & search.best:
            proofs[what].append(chain)
    for what in sorted(search.best):
        proof = search.known[min(proofs[what], key=rank)] if what in proofs else None
        yield Replaced(what, search.trials.services_of(what), proof)


def apart(known: Mapping[Chain, Line]) -> int:
    """How many chains can be picked, the shortest first, that have nothing replaceable in common."""
    seen: set[Replaceable] = set()
    picked = 0
    for chain in sorted(known, key=lambda chain: (len(chain), sorted(chain))):
        if seen.isdisjoint(chain):
            seen |= chain
            picked += 1
    return picked
