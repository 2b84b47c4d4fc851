"""Who holds which data on a day? And the reverse: what does one party hold, and of whom?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from graphsvc.answers import plain
from graphsvc.answers.holders import Holding, holders
from graphsvc.answers.lines import Wanted
from graphsvc.answers.network import EVERYBODY, Network, Scope
from graphsvc.graph.store import Store
from graphsvc.model import UNKNOWN, Day
from graphsvc.questions.common import Answer, Plain, check


@dataclass(frozen=True)
class HoldersQuestion:
    """Who holds which data on a day?

    Attributes:
        on: The day.
        controllers: Ids of controllers; empty: all.
        category: Only this data category and narrower ones.
        subject: Only this data-subject category and narrower ones.
        party: Only what this party holds.
    """

    on: Day
    controllers: tuple[str, ...] = ()
    category: str | None = None
    subject: str | None = None
    party: str | None = None


@dataclass(frozen=True)
class Holders(Answer):
    """The answer about who holds what."""

    question: HoldersQuestion
    network: Network
    services: frozenset[str] | None = None
    columns = (
        *("controller", "controller_id", "party", "party_id", "service", "service_id", "role", "countries"),
        *("status", "data", "activities", "chain", "depth", "basis", "sources"),
    )

    def holdings(self) -> Iterator[Holding]:
        """Every holding, in a stable order."""
        return holders(self.network, Wanted(self.question.category, self.question.subject), self.services)

    def head(self) -> Plain:
        """The day and the law."""
        return {"on": self.question.on, "law": self.network.law.version}

    def rows(self) -> Iterator[Plain]:
        """Every holding as plain values."""
        return (plain.holding(self.network, held) for held in self.holdings())

    def body(self, skip: int = 0, most: int | None = None) -> Plain:
        """The head, how many holdings there are, and some of them; only those are made plain."""
        found = list(self.holdings())
        shown = islice(found, skip, None if most is None else skip + most)
        items = [plain.holding(self.network, held) for held in shown]
        return self.head() | {"total": len(found), "items": items}


def ask_holders(store: Store, question: HoldersQuestion, scope: Scope = EVERYBODY) -> Holders:
    """Answer a question about who holds what, within what the asker may see.

    Raises:
        NotFound: the question names something that is not in the register.
    """
    check(
        store,
        {
            "Party": [*question.controllers, question.party],
            "DataCategory": [question.category],
            "SubjectCategory": [question.subject],
        },
    )
    narrowed = scope.narrowed_to(question.controllers or None)
    if question.party is None:
        return Holders(question, store.network(question.on, narrowed))
    if question.party == UNKNOWN:
        network = store.network(question.on, narrowed)
        unnamed = frozenset(service.id for service in network.services.values() if service.provider == UNKNOWN)
        return Holders(question, network, unnamed)
    services = frozenset(service.id for service in store.services_of(question.party))
    return Holders(question, store.network_above(question.on, services, narrowed), services)
