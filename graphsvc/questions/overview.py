"""Where does each controller stand on a day?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graphsvc.answers.network import EVERYBODY, Network, Scope
from graphsvc.answers.overview import Standing, standings
from graphsvc.answers.plain import party
from graphsvc.graph.store import Store
from graphsvc.model import Day
from graphsvc.questions.common import Answer, Plain, check


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
    network: Network
    columns = ("controller", "controller_id", "activities", "recipients", "unnamed", "flows", "by_status")

    def head(self) -> Plain:
        """The day and the law."""
        return {"on": self.question.on, "law": self.network.law.version}

    def rows(self) -> Iterator[Plain]:
        """Every controller as plain values."""
        return map(_plain, standings(self.network))


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
    return Overview(question, store.network(question.on, scope.narrowed_to(question.controllers or None)))
