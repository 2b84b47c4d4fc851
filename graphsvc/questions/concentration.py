"""Which parties and countries does most hang on, on a day?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from graphsvc.answers import plain_concentration as plain
from graphsvc.answers.concentration import Concentration, concentration
from graphsvc.answers.network import EVERYBODY, Network, Scope
from graphsvc.answers.replacement import TRANSFER, replacement
from graphsvc.graph.store import Store
from graphsvc.model import Day, Status
from graphsvc.questions.common import Answer, Plain, check

POINTS, CYCLES, CHAINS = 5, 20, 20
"""How many single points of either kind, circles and longest chains the head shows at the most."""


@dataclass(frozen=True)
class ConcentrationQuestion:
    """Which parties and countries does most hang on?

    Attributes:
        on: The day.
        controllers: Ids of controllers; empty: all.
        accepted: Footings on which a transfer may stay when parties are replaced.
    """

    on: Day
    controllers: tuple[str, ...] = ()
    accepted: tuple[Status, ...] = ()


@dataclass(frozen=True)
class ConcentrationAnswer(Answer):
    """The answer about what hangs on whom."""

    question: ConcentrationQuestion
    network: Network
    columns = (
        *("party", "party_id", "services", "countries", "controllers", "activities", "pairs", "share", "special"),
        *(
            "may_be_special",
            "depth",
            "lost_activities",
            "lost_services",
            "lost_pairs",
            "exposed_controllers",
            "exposed_subjects",
        ),
        *("exposed_categories", "status", "controller", "controller_id", "activity", "activity_id", "country"),
        *("reason", "act", "chain", "basis", "sources"),
    )

    @cached_property
    def found(self) -> Concentration:
        """What hangs on whom."""
        return concentration(self.network)

    def head(self) -> Plain:
        """Everything but the parties one by one."""
        found, network = self.found, self.network
        row = self._row
        return {
            "on": self.question.on,
            "law": network.law.version,
            "pairs": len(found.held),
            "by_status": plain.by_status(found.by_status),
            "countries": [plain.country(found, code, land) for code, land in found.countries.items()],
            "single_points": {
                "loss": list(map(row, found.heaviest_losses(POINTS))),
                "breach": list(map(row, found.widest_breaches(POINTS))),
            },
            "cycles_total": len(found.cycles),
            "cycles": [plain.cycle(network, cycle) for cycle in found.cycles[:CYCLES]],
            "longest_chains": list(map(plain.furthest, found.furthest[:CHAINS])),
            "replacement": self.replacement(),
        }

    def replacement(self) -> Plain:
        """Whom to replace so that no transfer is left but on accepted footings."""
        accepted = frozenset(self.question.accepted)
        transfers = sum(self.found.by_status[status] for status in TRANSFER - accepted)
        found = replacement(self.network, accepted, assessor=self.found.assessor)
        return plain.replacement(self.network, found, transfers) | {
            "accepted": [status.value for status in Status if status in accepted]
        }

    def rows(self) -> Iterator[Plain]:
        """Every party as plain values."""
        return map(self._row, self.found.stands)

    def body(self, skip: int = 0, most: int | None = None) -> Plain:
        """The head, how many parties there are, and some of them; only those are made plain."""
        shown = islice(self.found.stands, skip, None if most is None else skip + most)
        return self.head() | {"total": len(self.found.stands), "items": list(map(self._row, shown))}

    def _row(self, one: plain.Stand) -> Plain:
        return plain.stand(self.network, self.found, one)


def ask_concentration(store: Store, question: ConcentrationQuestion, scope: Scope = EVERYBODY) -> ConcentrationAnswer:
    """Answer a question about what hangs on whom, within what the asker may see.

    Raises:
        NotFound: the question names something that is not in the register.
    """
    check(store, {"Party": question.controllers})
    narrowed = scope.narrowed_to(question.controllers or None)
    return ConcentrationAnswer(question, store.network(question.on, narrowed))
