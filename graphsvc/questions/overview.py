"""Where does each controller stand on a day?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graphsvc.answers.network import EVERYBODY, Scope
from graphsvc.answers.overview import Standing, standings
from graphsvc.answers.plain import party
from graphsvc.graph.store import Store
from graphsvc.graph.wish import Wish
from graphsvc.model import Day
from graphsvc.questions.common import Answer, Plain, check
from graphsvc.questions.parts import Networks, Parts


@dataclass(frozen=True)
class OverviewQuestion:
    """Where does each controller stand on a day?

    Attributes:
        on: The day.
        controllers: Ids of controllers; empty: all.
    """

    on: Day
    controllers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Overview(Answer):
    """Where each controller stands: one row for each."""

    question: OverviewQuestion
    networks: Networks
    columns = ("controller", "controller_id", "activities", "recipients", "unnamed", "flows", "by_status")

    def head(self) -> Plain:
        """The day and the law."""
        return {"on": self.question.on, "law": self.networks.law}

    def rows(self) -> Iterator[Plain]:
        """Every controller as plain values."""
        return (_plain(found) for network in self.networks for found in standings(network))

    def body(self, skip: int = 0, most: int | None = None) -> Plain:
        """The head, how many controllers there are, and some of them."""
        return self.networks.read(lambda: super(Overview, self).body(skip, most))

    def whole(self) -> Plain:
        """The head, how many controllers there are, and every one."""
        return self.networks.read(super().whole)


def _plain(found: Standing) -> Plain:
    return {
        "controller": party(found.controller),
        "activities": found.activities,
        "recipients": found.recipients,
        "unnamed": found.unnamed,
        "flows": found.flows,
        "by_status": {status.value: count for status, count in found.by_status.items()},
    }


def ask_overview(store: Store, question: OverviewQuestion, scope: Scope = EVERYBODY) -> Overview:
    """Answer where each controller stands, within what the asker may see.

    Raises:
        NotFound: the question names something that is not in the register.
    """
    check(store, {"Party": question.controllers})
    narrowed = scope.narrowed_to(question.controllers or None)
    return Overview(question, Parts(store, (Wish(question.on, narrowed),)))
