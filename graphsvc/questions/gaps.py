"""What does the register not know, or lack, on a day?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from graphsvc.answers.gaps import plain as plain_gaps
from graphsvc.answers.gaps.gap import HEAVIEST, Gap
from graphsvc.answers.gaps.worklist import gaps
from graphsvc.answers.network import EVERYBODY, Network, Scope
from graphsvc.graph.store import Store
from graphsvc.graph.wish import Wish
from graphsvc.model import GAPS, Day, Shortfall
from graphsvc.questions.common import Plain, SpooledAnswer, check
from graphsvc.questions.parts import Networks, Parts
from graphsvc.spool import Spool

MAX_AGE = "P2Y"
RANK = 4
"""Parts of the rank of a gap."""


@dataclass(frozen=True)
class GapsQuestion:
    """What does the register not know, or lack?

    Attributes:
        on: The day.
        controllers: Ids of controllers; empty: all.
        kind: Only these kinds; empty: all.
        max_age: How old a source may be, as ISO 8601 writes it.
        language: The language of the sentences for people.
    """

    on: Day
    controllers: tuple[str, ...] = ()
    kind: tuple[Shortfall, ...] = ()
    max_age: str = MAX_AGE
    language: str = "en"


@dataclass
class Worklist:
    """Gaps in their order, and how many there are."""

    spool: Spool = field(default_factory=lambda: Spool(RANK))
    kinds: Counter[Shortfall] = field(default_factory=Counter)
    weights: Counter[int] = field(default_factory=Counter)

    def add(self, gap: Gap, row: Plain) -> None:
        """Count a gap and put its row where it belongs."""
        self.kinds[gap.kind] += 1
        self.weights[gap.weight] += 1
        self.spool.add(gap.rank, row)


@dataclass(frozen=True)
class Gaps(SpooledAnswer):
    """The worklist."""

    question: GapsQuestion
    networks: Networks
    columns = (
        *("weight", "kind", "controller", "controller_id", "what", "to_do", "why", "article", "act", "who"),
        *("activity", "activities", "sender", "recipients", "flows", "countries", "data", "document", "onward"),
        *("chain", "basis", "sources", "id"),
    )

    @cached_property
    def found(self) -> Worklist:
        """Every gap, the heaviest first."""
        return self.networks.read(self._found)

    def _found(self) -> Worklist:
        found = Worklist()
        for network, gap in self._gaps():
            found.add(gap, plain_gaps.gap(network, gap, self.question.language, self.question.max_age))
        return found

    def gaps(self) -> Iterator[Gap]:
        """Every gap as it is found, some controllers' after others'."""
        return (gap for _, gap in self._gaps())

    def _gaps(self) -> Iterator[tuple[Network, Gap]]:
        wanted = frozenset(self.question.kind or GAPS)
        for network in self.networks:
            yield from ((network, gap) for gap in gaps(network, self.question.max_age) if gap.kind in wanted)

    def head(self) -> Plain:
        """The day, the law, the age asked about, and how many gaps there are by kind and by weight."""
        kinds, weights = self.found.kinds, self.found.weights
        return {
            "on": self.question.on,
            "law": self.networks.law,
            "max_age": self.question.max_age,
            "by_kind": {kind.value: kinds[kind] for kind in GAPS},
            "by_weight": {str(weight): weights[weight] for weight in range(HEAVIEST, 0, -1)},
        }

    @property
    def spool(self) -> Spool:
        """Every gap, the heaviest first."""
        return self.found.spool


def ask_gaps(store: Store, question: GapsQuestion, scope: Scope = EVERYBODY) -> Gaps:
    """Answer a question about gaps, within what the asker may see.

    Raises:
        NotFound: the question names a controller that is not in the register.
    """
    check(store, {"Party": question.controllers})
    narrowed = scope.narrowed_to(question.controllers or None)
    return Gaps(question, Parts(store, (Wish(question.on, narrowed, papers=True),)))
