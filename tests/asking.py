"""Asks a register that was drawn, in memory or through a real engine, so that one law can be held against both."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from graphsvc.answers.changes.differences import Change, changes
from graphsvc.answers.claims.findings import Finding, findings
from graphsvc.answers.concentration.replacement import Replacement
from graphsvc.answers.concentration.stands import Concentration
from graphsvc.answers.exposure.exposed import Exposed, exposure
from graphsvc.answers.gaps.gap import Gap
from graphsvc.answers.gaps.worklist import gaps
from graphsvc.answers.holders import Holding, holders
from graphsvc.answers.lines import Line, Wanted, every_line
from graphsvc.answers.network import Network
from graphsvc.answers.paths.chains import Chain, paths
from graphsvc.answers.recipients import Recipient, recipients
from graphsvc.answers.what_if.comparison import what_if
from graphsvc.answers.what_if.outcome import Outcome
from graphsvc.answers.what_if.suppositions import suppositions
from graphsvc.graph.store import Store
from graphsvc.graph.wish import Wish
from graphsvc.model import Status
from graphsvc.model.changes import Change as Supposed
from graphsvc.questions import (
    ChangesQuestion,
    ClaimsQuestion,
    ConcentrationQuestion,
    ExposureQuestion,
    GapsQuestion,
    HoldersQuestion,
    PathsQuestion,
    RecipientsQuestion,
    TransfersQuestion,
    WhatIfQuestion,
    ask_changes,
    ask_claims,
    ask_concentration,
    ask_exposure,
    ask_gaps,
    ask_holders,
    ask_paths,
    ask_recipients,
    ask_transfers,
    ask_what_if,
)
from tests.builders import Entry, network, together
from tests.concentrating import concentrated, replaced
from tests.plain_search import services_of

MAX_AGE = "P2Y"


class Asked(ABC):
    """A register that can be asked everything, each answer as the values that it is made of."""

    @abstractmethod
    def network(self, on: str) -> Network:
        """What everybody reaches."""

    @abstractmethod
    def lines(self, on: str) -> list[Line]:
        """Every line about everybody, those inside too."""

    @abstractmethod
    def holdings(self, on: str, party: str | None = None) -> list[Holding]:
        """Who holds what of everybody; what one party holds."""

    @abstractmethod
    def exposed(self, on: str, party: str) -> list[Exposed]:
        """Whose data a breach at a party exposes."""

    @abstractmethod
    def gaps(self, on: str) -> list[Gap]:
        """The worklist of everybody."""

    @abstractmethod
    def findings(self, on: str) -> list[Finding]:
        """What the claims of everybody come to."""

    @abstractmethod
    def tried(self, on: str, supposed: Sequence[Supposed]) -> Outcome:
        """What changes would change, for everybody whom they can touch."""

    @abstractmethod
    def changes(self, start: str, end: str) -> list[Change]:
        """What is different on another day, the same or a later one."""

    @abstractmethod
    def concentration(self, on: str) -> Concentration:
        """What hangs on whom."""

    @abstractmethod
    def replacement(self, on: str) -> Replacement:
        """Whom to replace so that no transfer is left."""

    @abstractmethod
    def chains(self, on: str, source: str, target: str) -> list[Chain]:
        """Every shortest chain between two parties."""

    @abstractmethod
    def recipients(self, on: str, controller: str) -> list[Recipient]:
        """Who receives the data of a controller."""


Tell = Callable[[Entry], Asked]
"""Makes a document the register, instead of the one before."""


@dataclass(frozen=True)
class InMemory(Asked):
    """A register that is laid into a network; the answers alone are asked."""

    body: Entry

    def network(self, on: str) -> Network:
        return self._of(on, self.body["activities"])

    def _of(self, on: str, activities: list[Entry]) -> Network:
        body = self.body
        found = (body["flows"], activities, body["services"], body["parties"], on)
        return network(*found, claims=body["claims"], sources=body["sources"])

    def lines(self, on: str) -> list[Line]:
        return list(every_line(self.network(on)))

    def holdings(self, on: str, party: str | None = None) -> list[Holding]:
        services = None if party is None else frozenset(services_of(self.body, party))
        return list(holders(self.network(on), Wanted(), services))

    def exposed(self, on: str, party: str) -> list[Exposed]:
        return exposure(self.network(on), frozenset(services_of(self.body, party)))

    def gaps(self, on: str) -> list[Gap]:
        return gaps(self.network(on), MAX_AGE)

    def findings(self, on: str) -> list[Finding]:
        return list(findings(self.network(on)))

    def tried(self, on: str, supposed: Sequence[Supposed]) -> Outcome:
        found = self.network(on)
        return together(what_if(found, suppositions(found, supposed)))

    def changes(self, start: str, end: str) -> list[Change]:
        return changes(self.network(start), self.network(end))

    def concentration(self, on: str) -> Concentration:
        return concentrated(self.network(on))

    def replacement(self, on: str) -> Replacement:
        return replaced(self.network(on))

    def chains(self, on: str, source: str, target: str) -> list[Chain]:
        found, ends = self.network(on), frozenset(services_of(self.body, target))
        own = [activity.id for activity in found.activities if activity.controller == source]
        tried = (paths(found, starts, ends).found for starts in (own, services_of(self.body, source)))
        return list(next((each for each in tried if each), ()))

    def recipients(self, on: str, controller: str) -> list[Recipient]:
        return recipients(self._of(on, [a for a in self.body["activities"] if a["controller"] == controller]))


@dataclass(frozen=True)
class Loaded(Asked):
    """A register that was loaded into an engine; it is asked as HTTP and the command line ask it."""

    store: Store

    def network(self, on: str) -> Network:
        return self.store.network(on)

    def lines(self, on: str) -> list[Line]:
        return list(ask_transfers(self.store, TransfersQuestion(on, status=tuple(Status))).lines())

    def holdings(self, on: str, party: str | None = None) -> list[Holding]:
        return list(ask_holders(self.store, HoldersQuestion(on, party=party)).holdings())

    def exposed(self, on: str, party: str) -> list[Exposed]:
        found = ask_exposure(self.store, ExposureQuestion(on, party=party)).exposed()
        return sorted(found, key=lambda exposed: exposed.rank)

    def gaps(self, on: str) -> list[Gap]:
        found = ask_gaps(self.store, GapsQuestion(on, max_age=MAX_AGE)).gaps()
        return sorted(found, key=lambda gap: gap.rank)

    def findings(self, on: str) -> list[Finding]:
        found = ask_claims(self.store, ClaimsQuestion(on)).findings()
        return sorted(found, key=lambda finding: finding.rank)

    def tried(self, on: str, supposed: Sequence[Supposed]) -> Outcome:
        return together(ask_what_if(self.store, WhatIfQuestion(on, tuple(supposed))).outcomes())

    def changes(self, start: str, end: str) -> list[Change]:
        if start <= end:
            found = ask_changes(self.store, ChangesQuestion(start, end)).changes()
            return sorted(found, key=lambda change: change.rank)
        # The question is told forward in time only; backwards it is the same answer over the same networks.
        return changes(*self.store.networks([Wish(start), Wish(end)]))

    def concentration(self, on: str) -> Concentration:
        return ask_concentration(self.store, ConcentrationQuestion(on)).found.concentration

    def replacement(self, on: str) -> Replacement:
        return ask_concentration(self.store, ConcentrationQuestion(on)).found.replacement

    def chains(self, on: str, source: str, target: str) -> list[Chain]:
        return list(ask_paths(self.store, PathsQuestion(on, source, target)).chains.found)

    def recipients(self, on: str, controller: str) -> list[Recipient]:
        return ask_recipients(self.store, RecipientsQuestion(on, controller)).found
