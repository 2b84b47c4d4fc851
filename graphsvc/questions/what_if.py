"""What if a decision ended, a party were dropped, data were moved: before, after, and what differs?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from graphsvc.answers.network import EVERYBODY, Network, Scope
from graphsvc.answers.what_if import plain as plain_what_if
from graphsvc.answers.what_if.comparison import what_if
from graphsvc.answers.what_if.outcome import Outcome
from graphsvc.answers.what_if.suppositions import Supposition, suppositions
from graphsvc.clock import today
from graphsvc.errors import Fault, InvalidQuestion, NotFound
from graphsvc.graph.store import Store
from graphsvc.graph.wish import Wish
from graphsvc.imports.what_if import Origin, Written
from graphsvc.model import Day, Service
from graphsvc.model.changes import (
    OF_LAW,
    AddTool,
    BuyParty,
    CertifyParty,
    Change,
    Drop,
    Move,
    MoveSeat,
    NewService,
    Replace,
    Target,
    TargetKind,
    named,
)
from graphsvc.questions.common import Answer, Plain, read_out
from graphsvc.questions.parts import Parts
from graphsvc.questions.what_if_found import COUNTED, Found, Window
from graphsvc.questions.what_if_ids import unknown_ids


@dataclass(frozen=True)
class WhatIfQuestion:
    """What if these changes were made?

    Attributes:
        on: The day.
        changes: What is supposed, in the order in which it is tried; None for what could not be read.
        controllers: Ids of controllers; empty: all that the changes can touch.
        name: What it is called; None: nothing.
        faults: What is wrong with it as it was written.
        origin: Where it was written.
        written: The changes as they were written; empty: they were put together.
    """

    on: Day
    changes: tuple[Change | None, ...]
    controllers: tuple[str, ...] = ()
    name: str | None = None
    faults: tuple[Fault, ...] = ()
    origin: Origin = field(default_factory=Origin)
    written: tuple[Plain, ...] = ()

    @classmethod
    def of(cls, found: Written) -> WhatIfQuestion:
        """The question that was written; without a day it is about today."""
        changes = found.body.get("changes")
        return cls(
            found.on or today(),
            found.changes,
            found.controllers,
            found.name,
            found.faults,
            found.origin,
            tuple(changes) if isinstance(changes, list) else (),
        )


@dataclass(frozen=True)
class About:
    """Whom a what-if is about.

    Attributes:
        whose: `asked` (the controllers named), `touched` (those whose data reaches what changes) or `all`.
        scope: Those controllers.
    """

    whose: str
    scope: Scope


@dataclass(frozen=True)
class WhatIf(Answer):
    """The answer of a what-if; the changes are tried on some controllers after others.

    Attributes:
        question: The question.
        about: Whom it is about.
        changes: What is supposed.
        networks: What these controllers reach.
        known: What the changes name: the parties, with their groups, and the services.
    """

    question: WhatIfQuestion
    about: About
    changes: tuple[Change, ...]
    networks: Parts
    known: Network
    columns = (
        *("kind", "controller", "controller_id", "activity", "activity_id", "flow", "importer", "importer_id"),
        *("service", "service_id", "instead_of", "instead_of_id", "role", "country", "status_before", "status_after"),
        *("reason_before", "reason_after", "act_before", "act_after", "transfer_impact_assessment_before"),
        *("transfer_impact_assessment_after", "data_gained", "data_lost", "chain_before", "chain_after"),
        *("parents_outside_before", "parents_outside_after", "because", "basis", "sources"),
    )

    def outcomes(self) -> Iterator[Outcome]:
        """What differs for each controller."""
        return (outcome for network in self.networks for outcome in what_if(network, self._tried(network)))

    def _tried(self, network: Network) -> list[Supposition]:
        return suppositions(network, self.changes, self.known)

    def _found(self, window: Window = COUNTED, sides: Window = COUNTED) -> Found:
        return self.networks.read(lambda: self._read(window, sides))

    def _read(self, window: Window, sides: Window) -> Found:
        found = Found(window, sides, self.about.whose != "all")
        for network in self.networks:
            found.add(network, self._tried(network))
        return found

    def after(self, most: int) -> Network:
        """What all of them reach with all changes, whole in memory: for a picture.

        Raises:
            TooMuch: that is more than `most` activities and flows.
        """
        [network] = self.networks.store.networks([replace(wish, most=most) for wish in self.networks.wishes])
        tried = self._tried(network)
        return tried[-1].network if tried else network

    def head(self) -> Plain:
        """The day, the law, what was supposed, and what came of it in numbers."""
        return self._head(self._found())

    def _head(self, found: Found) -> Plain:
        asked = self.question
        return {
            "on": asked.on,
            "law": self.networks.law,
            "name": asked.name,
            "about": {"whose": self.about.whose, "number": found.number, "controllers": found.controllers},
            "changes": [
                {"says": supposed.says, "change": asked.written[place] if asked.written else None}
                for place, supposed in enumerate(found.tried)
            ],
            "without_effect": plain_what_if.without_effect(found.tried, found.effective),
            "notes": plain_what_if.notes(found.tried),
            "totals": found.totals(),
        }

    def rows(self) -> Iterator[Plain]:
        """Every line that differs, the worst change first."""
        return self._found().changed.rows()

    def body(self, skip: int = 0, most: int | None = None) -> Plain:
        """The head and a window on every list; each list is passed over and cut alike."""
        return read_out(self._body(Window(skip, most), Window(skip, most)))

    def whole(self) -> Plain:
        """The head and every list."""
        return self._body(Window(), Window())

    def difference(self) -> Plain:
        """The same; of the lines before and after nothing but how many there are."""
        return self._body(Window(), COUNTED)

    def _body(self, window: Window, sides: Window) -> Plain:
        found = self._found(window, sides)
        return self._head(found) | {
            "total": len(found.changed),
            "changed": found.changed.rows(*window),
            "cut_off": found.cut_off.rows(),
            "holdings": {"gained": found.gained.rows(), "lost": found.lost.rows()},
            "before": found.before.told(),
            "after": found.after.told(),
        }


def ask_what_if(store: Store, question: WhatIfQuestion, scope: Scope = EVERYBODY) -> WhatIf:
    """Try changes on what some controllers reach, within what the asker may see; the register stays as it is.

    Raises:
        InvalidQuestion: something in it cannot be understood; with every fault, also those of ids.
        NotFound: it names what is not in the register; with every such place.
    """
    unknown = unknown_ids(store, question.controllers, question.changes, question.origin)
    _refuse([*question.faults, *unknown], bool(question.faults))
    changes = tuple(change for change in question.changes if change is not None)
    about = _about(store, question, changes, scope)
    services, parties = frozenset(_services_needed(changes)), frozenset(_parties_needed(changes))
    reached = Parts(store, (Wish(question.on, about.scope, also=services, parties=parties),))
    return WhatIf(question, about, changes, reached, _known(store, question.on, changes))


def _known(store: Store, on: Day, changes: Sequence[Change]) -> Network:
    """What changes name, looked up once: what some controllers reach need not have it."""
    ids = [found for change in changes for found in named(change)]
    parties = {found.id for found in ids if found.label == "Party"} | {*_parties_needed(changes)}
    services = {
        found.id: Service.from_body(store.one("Service", found.id)) for found in ids if found.label == "Service"
    }
    return replace(store.network(on, EVERYBODY.narrowed_to(()), parties=parties), services=services)


def _refuse(faults: list[Fault], is_malformed: bool) -> None:
    if not faults:
        return
    message = "; ".join(f"{fault.path}: {fault.message}" for fault in faults[:3])
    if len(faults) > 3:
        message += f"; and {len(faults) - 3} more"
    raise (InvalidQuestion if is_malformed else NotFound)(message, tuple(faults))


# What is fetched


def _about(store: Store, question: WhatIfQuestion, changes: Sequence[Change], scope: Scope) -> About:
    """Whose lines are compared: those asked about; else all, or when no law changes those that can be touched."""
    if question.controllers:
        return About("asked", scope.narrowed_to(question.controllers))
    if not changes or any(isinstance(change, OF_LAW) for change in changes):
        return About("all", scope)
    services = frozenset().union(*(_services_touched(store, change) for change in changes))
    _, controllers, _ = store.controllers_towards(Wish(question.on, scope), services)
    return About("touched", scope.narrowed_to(controllers))


def _services_touched(store: Store, change: Change) -> frozenset[str]:
    """Services such that a change only touches activities whose data reaches one of them."""
    match change:
        case BuyParty(party=party) | MoveSeat(party=party) | CertifyParty(party=party):
            return store.services_within([party])
        case Drop(target=target) | Replace(target=target) | Move(target=target) | AddTool(target=target):
            return _services_at(store, target)
    return frozenset()


def _services_at(store: Store, target: Target) -> frozenset[str]:
    if target.kind is TargetKind.PARTY:
        return frozenset(service.id for service in store.services_of(target.id))
    return frozenset({store.one("Flow", target.id)["to"] if target.kind is TargetKind.FLOW else target.id})


def _services_needed(changes: Sequence[Change]) -> list[str]:
    """Services of the register that take over; their own flows count."""
    return [change.by for change in changes if isinstance(change, Replace) and isinstance(change.by, str)]


def _parties_needed(changes: Sequence[Change]) -> Iterator[str]:
    """Parties of the register that come in; a provider may be given by its name, then there is none."""
    for change in changes:
        if isinstance(change, BuyParty) and isinstance(change.by, str):
            yield change.by
        if isinstance(change, Replace) and isinstance(change.by, NewService):
            yield change.by.provider
