"""Which flows are third-country transfers on a day, and on which footing?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graphsvc.answers import plain
from graphsvc.answers.lines import Line, Wanted
from graphsvc.answers.network import EVERYBODY, Scope
from graphsvc.answers.transfers import Filters, Totals, transfers
from graphsvc.graph.store import Store
from graphsvc.graph.wish import Wish
from graphsvc.model import Day, Role, Status
from graphsvc.questions.common import Answer, Plain, check
from graphsvc.questions.parts import Networks, Parts
from graphsvc.spool import Spool


@dataclass(frozen=True)
class TransfersQuestion:
    """Which flows are transfers on a day, and on which footing?

    Attributes:
        on: The day.
        controllers: Ids of controllers; empty: all.
        activity: Id of one activity.
        status: Only these footings; empty: all but `inside`.
        countries: Only these countries; empty: all.
        roles: Only recipients in these roles; empty: all.
        category: Only this data category and narrower ones.
        subject: Only this data-subject category and narrower ones.
        beyond: Also behind independent controllers and authorities.
    """

    on: Day
    controllers: tuple[str, ...] = ()
    activity: str | None = None
    status: tuple[Status, ...] = ()
    countries: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    category: str | None = None
    subject: str | None = None
    beyond: bool = False


@dataclass(frozen=True)
class Transfers(Answer):
    """The answer about transfers; its lines are made while they are read."""

    question: TransfersQuestion
    networks: Networks
    columns = (
        *("controller", "controller_id", "activity", "activity_id", "exporter", "exporter_id"),
        *("importer", "importer_id", "service", "service_id", "role", "country", "status", "reason", "act"),
        *("transfer_impact_assessment", "data", "chain", "depth", "condition", "own_processing", "widening"),
        *("parents_outside", "basis", "sources"),
    )

    def lines(self) -> Iterator[Line]:
        """Every line, in a stable order."""
        asked = self.question
        wanted = Wanted(asked.category, asked.subject)
        sets = (frozenset(asked.status), frozenset(asked.countries), frozenset(asked.roles))
        filters = Filters(*sets, wanted, asked.beyond)
        return (line for network in self.networks for line in transfers(network, filters))

    def page(self, skip: int, most: int | None) -> tuple[Totals, list[Plain]]:
        """The totals over all lines, and some of the lines as plain values; None: all that are left."""
        return self.networks.read(lambda: self._page(skip, most))

    def _page(self, skip: int, most: int | None) -> tuple[Totals, list[Plain]]:
        totals, shown = Totals(), []
        for place, line in enumerate(self.lines()):
            totals.count(line)
            if place >= skip and (most is None or place < skip + most):
                shown.append(plain.transfer(line))
        return totals, shown

    def head(self) -> Plain:
        """The day and the law."""
        return {"on": self.question.on, "law": self.networks.law}

    def rows(self) -> Iterator[Plain]:
        """Every line as plain values."""
        return map(plain.transfer, self.lines())

    def body(self, skip: int = 0, most: int | None = None) -> Plain:
        """The head, the totals over all lines, and some of the lines; only those are made plain."""
        totals, shown = self.page(skip, most)
        return self._told(totals) | {"items": shown}

    def whole(self) -> Plain:
        """The head, the totals, and every line."""
        return self.networks.read(self._whole)

    def _whole(self) -> Plain:
        totals, spool = Totals(), Spool()
        for line in self.lines():
            totals.count(line)
            spool.add((), plain.transfer(line))
        return self._told(totals) | {"items": spool.rows()}

    def _told(self, totals: Totals) -> Plain:
        return self.head() | {
            "total": totals.lines,
            "by_status": {status.value: totals.by_status[status] for status in Status},
            "by_country": dict(sorted(totals.by_country.items())),
        }


def ask_transfers(store: Store, question: TransfersQuestion, scope: Scope = EVERYBODY) -> Transfers:
    """Answer a question about transfers, within what the asker may see.

    Raises:
        NotFound: the question names something that is not in the register.
    """
    check(
        store,
        {
            "Party": question.controllers,
            "Activity": [question.activity],
            "Country": question.countries,
            "DataCategory": [question.category],
            "SubjectCategory": [question.subject],
        },
    )
    narrowed = scope.narrowed_to(question.controllers or None)
    activities = (question.activity,) if question.activity else None
    return Transfers(question, Parts(store, (Wish(question.on, narrowed, activities, question.beyond),)))
