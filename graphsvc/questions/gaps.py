"""What does the register not know, or lack, on a day?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from graphsvc.answers import plain_gaps
from graphsvc.answers.gap import HEAVIEST, Gap
from graphsvc.answers.gaps import gaps
from graphsvc.answers.network import EVERYBODY, Network, Scope
from graphsvc.graph.store import Store
from graphsvc.model import GAPS, Day, Shortfall
from graphsvc.questions.common import Answer, Plain, check

MAX_AGE = "P2Y"


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


@dataclass(frozen=True)
class Gaps(Answer):
    """The worklist."""

    question: GapsQuestion
    network: Network
    columns = (
        *("weight", "kind", "controller", "controller_id", "what", "to_do", "why", "article", "act", "who"),
        *("activity", "activities", "sender", "recipients", "flows", "countries", "data", "document", "onward"),
        *("chain", "basis", "sources", "id"),
    )

    @cached_property
    def gaps(self) -> list[Gap]:
        """Every gap, the heaviest first."""
        wanted = self.question.kind or GAPS
        return [gap for gap in gaps(self.network, self.question.max_age) if gap.kind in wanted]

    def head(self) -> Plain:
        """The day, the law, the age asked about, and how many gaps there are by kind and by weight."""
        kinds, weights = Counter(gap.kind for gap in self.gaps), Counter(gap.weight for gap in self.gaps)
        return {
            "on": self.question.on,
            "law": self.network.law.version,
            "max_age": self.question.max_age,
            "by_kind": {kind.value: kinds[kind] for kind in GAPS},
            "by_weight": {str(weight): weights[weight] for weight in range(HEAVIEST, 0, -1)},
        }

    def rows(self) -> Iterator[Plain]:
        """Every gap as plain values."""
        return map(self._plain, self.gaps)

    def body(self, skip: int = 0, most: int | None = None) -> Plain:
        """The head, how many gaps there are, and some of them; only those are made plain."""
        shown = islice(self.gaps, skip, None if most is None else skip + most)
        return self.head() | {"total": len(self.gaps), "items": list(map(self._plain, shown))}

    def _plain(self, gap: Gap) -> Plain:
        return plain_gaps.gap(self.network, gap, self.question.language, self.question.max_age)


def ask_gaps(store: Store, question: GapsQuestion, scope: Scope = EVERYBODY) -> Gaps:
    """Answer a question about gaps, within what the asker may see.

    Raises:
        NotFound: the question names a controller that is not in the register.
    """
    check(store, {"Party": question.controllers})
    narrowed = scope.narrowed_to(question.controllers or None)
    return Gaps(question, store.network(question.on, narrowed, papers=True))
