"""The use cases that ask the register: check the question, fetch, and read the answer off the one result."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from graphsvc.answers import plain
from graphsvc.answers.holders import Holding, holders
from graphsvc.answers.lines import Line, Wanted
from graphsvc.answers.network import EVERYBODY, Network, Scope
from graphsvc.answers.transfers import Filters, Totals, transfers
from graphsvc.errors import NotFound
from graphsvc.graph.store import Store
from graphsvc.imports.countries import meant
from graphsvc.model import UNKNOWN, Day, Status


def today() -> Day:
    """The day it is, where the service runs."""
    return datetime.date.today().isoformat()


@dataclass(frozen=True)
class TransfersQuestion:
    """Which flows are transfers on a day, and on which footing?

    Attributes:
        on: The day.
        controllers: Ids of controllers; empty: all.
        activity: Id of one activity.
        status: Only these footings; empty: all but `inside`.
        country: Only this country.
        category: Only this data category and narrower ones.
        subject: Only this data-subject category and narrower ones.
        beyond: Also behind independent controllers and authorities.
    """

    on: Day
    controllers: tuple[str, ...] = ()
    activity: str | None = None
    status: tuple[Status, ...] = ()
    country: str | None = None
    category: str | None = None
    subject: str | None = None
    beyond: bool = False


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
class Transfers:
    """The answer about transfers; its lines are made while they are read."""

    question: TransfersQuestion
    network: Network

    def lines(self) -> Iterator[Line]:
        """Every line, in a stable order."""
        asked = self.question
        wanted = Wanted(asked.category, asked.subject)
        return transfers(self.network, Filters(frozenset(asked.status), asked.country, wanted, asked.beyond))

    def page(self, skip: int, most: int) -> tuple[Totals, list[Line]]:
        """The totals over all lines, and some of the lines."""
        totals, shown = Totals(), []
        for place, line in enumerate(self.lines()):
            totals.count(line)
            if skip <= place < skip + most:
                shown.append(line)
        return totals, shown

    def rows(self) -> Iterator[dict[str, Any]]:
        """Every line as plain values."""
        return map(plain.transfer, self.lines())


@dataclass(frozen=True)
class Holders:
    """The answer about who holds what."""

    question: HoldersQuestion
    network: Network
    services: frozenset[str] | None = None

    def holdings(self) -> Iterator[Holding]:
        """Every holding, in a stable order."""
        return holders(self.network, Wanted(self.question.category, self.question.subject), self.services)

    def page(self, skip: int, most: int) -> tuple[int, list[Holding]]:
        """How many holdings there are, and some of them."""
        found = list(self.holdings())
        return len(found), list(islice(found, skip, skip + most))

    def rows(self) -> Iterator[dict[str, Any]]:
        """Every holding as plain values."""
        return (plain.holding(self.network, held) for held in self.holdings())


def ask_transfers(store: Store, question: TransfersQuestion, scope: Scope = EVERYBODY) -> Transfers:
    """Answer a question about transfers, within what the asker may see.

    Raises:
        NotFound: the question names something that is not in the register.
    """
    _check(store, question)
    narrowed = scope.narrowed_to(question.controllers or None)
    activities = [question.activity] if question.activity else None
    return Transfers(question, store.network(question.on, narrowed, activities, question.beyond))


def ask_holders(store: Store, question: HoldersQuestion, scope: Scope = EVERYBODY) -> Holders:
    """Answer a question about who holds what, within what the asker may see.

    Raises:
        NotFound: the question names something that is not in the register.
    """
    _check(store, question)
    narrowed = scope.narrowed_to(question.controllers or None)
    if question.party is None:
        return Holders(question, store.network(question.on, narrowed))
    if question.party == UNKNOWN:
        network = store.network(question.on, narrowed)
        unnamed = frozenset(service.id for service in network.services.values() if service.provider == UNKNOWN)
        return Holders(question, network, unnamed)
    services = frozenset(service.id for service in store.services_of(question.party))
    return Holders(question, store.network_above(question.on, services, narrowed), services)


def _check(store: Store, question: TransfersQuestion | HoldersQuestion) -> None:
    """Refuse ids that nothing has, before anything is fetched."""
    named = {
        "Party": [*question.controllers, getattr(question, "party", None)],
        "Activity": [getattr(question, "activity", None)],
        "Country": [getattr(question, "country", None)],
        "DataCategory": [question.category],
        "SubjectCategory": [question.subject],
    }
    for label, ids in named.items():
        for key in ids:
            if key is not None and (label, key) not in UNKNOWN_THINGS:
                require(store, label, key)


def require(store: Store, label: str, key: str) -> None:
    """Refuse an id that nothing of a kind has.

    Raises:
        NotFound: names the id and the nearest one there is.
    """
    if not store.exists(label, key):
        raise NotFound(not_there(label, key, store.near(label, key)))


UNKNOWN_THINGS = frozenset({("Party", UNKNOWN), ("Country", UNKNOWN)})
"""What can be asked about though nothing in the register has the id: whom and where nobody told us."""


def not_there(label: str, key: str, near: Iterable[str]) -> str:
    """What to say of an id that nothing has."""
    close = difflib.get_close_matches(key, list(near), n=1)
    hint = f"; did you mean {close[0]!r}?" if close else ""
    if label == "Country":
        hint = meant(key) or hint
    return f"there is no {_WORDS.get(label, label.lower())} {key!r} in the register{hint}"


_WORDS = {
    "DataCategory": "data category",
    "SubjectCategory": "data-subject category",
    "TransferTool": "transfer tool",
    "LegalBasis": "legal basis",
}
