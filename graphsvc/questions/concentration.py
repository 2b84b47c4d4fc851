"""Which parties and countries does most hang on, on a day?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from graphsvc.answers.concentration import plain
from graphsvc.answers.concentration.replacement import TRANSFER, Replacement, Search
from graphsvc.answers.concentration.stands import Concentration
from graphsvc.answers.concentration.tally import concentration
from graphsvc.answers.network import EVERYBODY, Scope
from graphsvc.graph.store import Store
from graphsvc.graph.wish import Wish
from graphsvc.model import Day, Status
from graphsvc.questions.common import Plain, SpooledAnswer, check
from graphsvc.questions.parts import Networks, Parts
from graphsvc.spool import Spool

POINTS, CYCLES = 5, 20
"""How many single points of either kind, and circles, the head shows at the most."""
RANK = 7
"""Parts of the rank of a party."""


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
class Found:
    """What was read off every part.

    Attributes:
        concentration: What hangs on whom.
        spool: Every party, the one on which most hangs first.
        replacement: Whom to replace.
    """

    concentration: Concentration
    spool: Spool
    replacement: Replacement


@dataclass(frozen=True)
class ConcentrationAnswer(SpooledAnswer):
    """The answer about what hangs on whom."""

    question: ConcentrationQuestion
    networks: Networks
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
    def found(self) -> Found:
        """Everything; each part is fetched once for it, and read once more for each try of whom to replace."""
        return self.networks.read(self._found)

    def _found(self) -> Found:
        parted, shelf = self.networks.pinned(), Spool()
        search = Search(parted, shelf, frozenset(self.question.accepted))
        found = concentration(parted, shelf, search.look)
        return Found(found, _spooled(found), search.found())

    def head(self) -> Plain:
        """Everything but the parties one by one."""
        found = self.found.concentration
        return {
            "on": self.question.on,
            "law": self.networks.law,
            "pairs": found.pairs,
            "by_status": plain.by_status(found.by_status),
            "countries": [plain.country(found, code, land) for code, land in found.countries.items()],
            "single_points": {
                "loss": [plain.stand(found, stand) for stand in found.heaviest_losses(POINTS)],
                "breach": [plain.stand(found, stand) for stand in found.widest_breaches(POINTS)],
            },
            "cycles_total": len(found.cycles),
            "cycles": [plain.cycle(found, cycle) for cycle in found.cycles[:CYCLES]],
            "longest_chains": list(found.furthest),
            "replacement": self._replacement(),
        }

    def _replacement(self) -> Plain:
        """Whom to replace so that no transfer is left but on accepted footings."""
        found, accepted = self.found.concentration, frozenset(self.question.accepted)
        transfers = sum(found.by_status[status] for status in TRANSFER - accepted)
        return plain.replacement(found, self.found.replacement, transfers) | {
            "accepted": [status.value for status in Status if status in accepted]
        }

    @property
    def spool(self) -> Spool:
        """Every party, the one on which most hangs first."""
        return self.found.spool

    def table(self) -> Iterator[Plain]:
        """The parties alone; whom to replace is not looked for."""
        return self.networks.read(lambda: _spooled(concentration(self.networks.pinned(), Spool()))).rows()


def _spooled(found: Concentration) -> Spool:
    spool = Spool(RANK)
    for stand in found.stands.values():
        spool.add(found.rank(stand), plain.stand(found, stand))
    return spool


def ask_concentration(store: Store, question: ConcentrationQuestion, scope: Scope = EVERYBODY) -> ConcentrationAnswer:
    """Answer a question about what hangs on whom, within what the asker may see.

    Raises:
        NotFound: the question names something that is not in the register.
    """
    check(store, {"Party": question.controllers})
    narrowed = scope.narrowed_to(question.controllers or None)
    return ConcentrationAnswer(question, Parts(store, (Wish(question.on, narrowed),)))
