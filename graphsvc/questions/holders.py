"""Who holds which data on a day? And the reverse: what does one party hold, and of whom?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graphsvc.answers import plain
from graphsvc.answers.holders import Holding, holders
from graphsvc.answers.lines import Wanted
from graphsvc.answers.network import EVERYBODY, Network, Scope
from graphsvc.graph.store import Store
from graphsvc.graph.wish import Wish
from graphsvc.model import UNKNOWN, Day
from graphsvc.questions.common import Answer, Plain, check
from graphsvc.questions.parts import Networks, Parts


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
    networks: Networks
    services: frozenset[str] | None = None
    columns = (
        *("controller", "controller_id", "party", "party_id", "service", "service_id", "role", "countries"),
        *("status", "data", "activities", "chain", "depth", "basis", "sources"),
    )

    def holdings(self) -> Iterator[Holding]:
        """Every holding, in a stable order."""
        return (held for _, held in self._found())

    def _found(self) -> Iterator[tuple[Network, Holding]]:
        wanted = Wanted(self.question.category, self.question.subject)
        for network in self.networks:
            for held in holders(network, wanted, self._services(network)):
                yield network, held

    def _services(self, network: Network) -> frozenset[str] | None:
        """The services whose holdings are asked for; None: all."""
        if self.question.party != UNKNOWN:
            return self.services
        return frozenset(service.id for service in network.services.values() if service.provider == UNKNOWN)

    def head(self) -> Plain:
        """The day and the law."""
        return {"on": self.question.on, "law": self.networks.law}

    def rows(self) -> Iterator[Plain]:
        """Every holding as plain values."""
        return (plain.holding(network, held) for network, held in self._found())

    def body(self, skip: int = 0, most: int | None = None) -> Plain:
        """The head, how many holdings there are, and some of them; only those are made plain."""
        return self.networks.read(lambda: self._body(skip, most))

    def whole(self) -> Plain:
        """The head, how many holdings there are, and every one."""
        return self.networks.read(super().whole)

    def _body(self, skip: int, most: int | None) -> Plain:
        total, items = 0, []
        for total, (network, held) in enumerate(self._found(), start=1):
            if total > skip and (most is None or total <= skip + most):
                items.append(plain.holding(network, held))
        return self.head() | {"total": total, "items": items}


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
    if question.party in (None, UNKNOWN):
        return Holders(question, Parts(store, (Wish(question.on, narrowed),)))
    services = frozenset(service.id for service in store.services_of(question.party))
    return Holders(question, Parts(store, (Wish(question.on, narrowed),), services), services)
