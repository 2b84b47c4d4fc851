"""What if a decision ended, a party were dropped, data were moved: before, after, and what differs?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from graphsvc.answers import plain, plain_what_if
from graphsvc.answers.network import EVERYBODY, Network, Scope
from graphsvc.answers.outcome import Changed, Difference, Outcome, Window
from graphsvc.answers.suppositions import Supposition, suppositions
from graphsvc.answers.what_if import what_if
from graphsvc.clock import today
from graphsvc.errors import Fault, InvalidQuestion, NotFound
from graphsvc.graph.store import Store
from graphsvc.imports.what_if import Origin, Written
from graphsvc.model import Day
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
)
from graphsvc.questions.common import Answer, Plain
from graphsvc.questions.what_if_ids import unknown_ids
from graphsvc.spool import Spool

COUNTED = Window(0, 0)
RANK = 8
"""Parts of what lines that differ are sorted by."""


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
    """The answer of a what-if."""

    question: WhatIfQuestion
    about: About
    network: Network
    tried: tuple[Supposition, ...]
    columns = (
        *("kind", "controller", "controller_id", "activity", "activity_id", "flow", "importer", "importer_id"),
        *("service", "service_id", "instead_of", "instead_of_id", "role", "country", "status_before", "status_after"),
        *("reason_before", "reason_after", "act_before", "act_after", "transfer_impact_assessment_before"),
        *("transfer_impact_assessment_after", "data_gained", "data_lost", "chain_before", "chain_after"),
        *("parents_outside_before", "parents_outside_after", "because", "basis", "sources"),
    )

    def outcome(self, window: Window = COUNTED, keep: Callable[[Changed], None] | None = None) -> Outcome:
        """What differs; of the lines before and after those in a window are kept, the others only counted."""
        return what_if(self.network, self.tried, window, keep)

    def _spooled(self, window: Window = COUNTED) -> tuple[Outcome, Spool]:
        """The same, with the rows of the lines that differ outside of memory, the worst change first."""
        spool = Spool(RANK)
        found = self.outcome(window, lambda each: spool.add(each.rank, plain_what_if.changed(each, self.tried)))
        return found, spool

    @property
    def after(self) -> Network:
        """The network with all changes."""
        return self.tried[-1].network if self.tried else self.network

    def head(self) -> Plain:
        """The day, the law, what was supposed, and what came of it in numbers."""
        return self._head(self.outcome(keep=lambda _: None))

    def _head(self, found: Outcome) -> Plain:
        asked = self.question
        return {
            "on": asked.on,
            "law": self.network.law.version,
            "name": asked.name,
            "about": self._about(),
            "changes": [
                {"says": supposition.says, "change": asked.written[place] if asked.written else None}
                for place, supposition in enumerate(self.tried)
            ],
            "without_effect": plain_what_if.without_effect(self.tried, found.effective),
            "notes": plain_what_if.notes(self.tried),
            "totals": {
                "changed": found.by_kind.total(),
                "by_kind": {kind.value: found.by_kind[kind] for kind in Difference},
                "holdings_gained": len(found.gained),
                "holdings_lost": len(found.lost),
                "cut_off": len(found.cut_off),
                "before": found.before.shown,
                "after": found.after.shown,
            },
        }

    def _about(self) -> Plain:
        ids = sorted({activity.controller for activity in self.network.activities})
        shown = [] if self.about.whose == "all" else [plain.party(self.network.party(key)) for key in ids]
        return {"whose": self.about.whose, "number": len(ids), "controllers": shown}

    def rows(self) -> Iterator[Plain]:
        """Every line that differs, the worst change first."""
        return self._spooled()[1].rows()

    def body(self, skip: int = 0, most: int | None = None) -> Plain:
        """The head and a window on every list; each list is passed over and cut alike."""
        window = Window(skip, most)
        found, changed = self._spooled(window)
        return self._head(found) | {
            "total": len(changed),
            "changed": list(changed.rows(skip, most)),
            "cut_off": [plain_what_if.cut_off(self.network, each) for each in window.of(found.cut_off)],
            "holdings": {
                "gained": [plain.holding(self.after, held) for held in window.of(found.gained)],
                "lost": [plain.holding(self.network, held) for held in window.of(found.lost)],
            },
            "before": plain_what_if.side_before(found.before),
            "after": plain_what_if.side_after(found.after, self.tried),
        }

    def whole(self) -> tuple[Plain, Iterator[Plain] | None]:
        """The body: it has several lists."""
        return self.body(), None


def ask_what_if(store: Store, question: WhatIfQuestion, scope: Scope = EVERYBODY) -> WhatIf:
    """Try changes on what some controllers reach, within what the asker may see; the register stays as it is.

    Raises:
        InvalidQuestion: something in it cannot be understood; with every fault, also those of ids.
        NotFound: it names what is not in the register; with every such place.
    """
    unknown = unknown_ids(store, question.controllers, question.changes, question.origin)
    _refuse([*question.faults, *unknown], bool(question.faults))
    changes = [change for change in question.changes if change is not None]
    about = _about(store, question, changes, scope)
    network = store.network(question.on, about.scope, also=_services_needed(changes), parties=_parties_needed(changes))
    return WhatIf(question, about, network, tuple(suppositions(network, changes)))


def _refuse(faults: list[Fault], is_malformed: bool) -> None:
    if not faults:
        return
    message = "; ".join(f"{fault.path}: {fault.message}" for fault in faults[:3])
    if len(faults) > 3:
        message += f"; and {len(faults) - 3} more"
    raise (InvalidQuestion if is_malformed else NotFound)(message, tuple(faults))


# What is fetched


def _about(store: Store, question: WhatIfQuestion, changes: list[Change], scope: Scope) -> About:
    """Whose lines are compared: those asked about; else all, or when no law changes those that can be touched."""
    if question.controllers:
        return About("asked", scope.narrowed_to(question.controllers))
    if not changes or any(isinstance(change, OF_LAW) for change in changes):
        return About("all", scope)
    services = frozenset().union(*(_services_touched(store, change) for change in changes))
    above = store.network_above(question.on, services, scope)
    return About("touched", scope.narrowed_to({activity.controller for activity in above.activities}))


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


def _services_needed(changes: list[Change]) -> list[str]:
    """Services of the register that take over; their own flows count."""
    return [change.by for change in changes if isinstance(change, Replace) and isinstance(change.by, str)]


def _parties_needed(changes: list[Change]) -> Iterator[str]:
    """Parties of the register that come in; a provider may be given by its name, then there is none."""
    for change in changes:
        if isinstance(change, BuyParty) and isinstance(change.by, str):
            yield change.by
        if isinstance(change, Replace) and isinstance(change.by, NewService):
            yield change.by.provider
