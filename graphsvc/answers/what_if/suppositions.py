"""`suppositions`: changes tried one after another, each in words, with what a reader should know about it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import singledispatch

from graphsvc.answers.network import Network
from graphsvc.answers.what_if.notes import NO_NOTES, Notes, notes
from graphsvc.answers.what_if.supposed import tried
from graphsvc.law.supposed import decision_rows, tools_named
from graphsvc.model import UNKNOWN
from graphsvc.model.changes import (
    OF_LAW,
    AddTool,
    BuyParty,
    CertifyParty,
    Change,
    Drop,
    EndDecision,
    Move,
    MoveSeat,
    NewDecision,
    NewGroup,
    NewService,
    Replace,
    Target,
    TargetKind,
    WithdrawTool,
)
from graphsvc.translation import _


@dataclass(frozen=True, kw_only=True)
class Supposed:
    """One change that was tried.

    Attributes:
        says: The change in words: "what if: ...".
        idle: Why it touches nothing; None: it touches something, though perhaps no line.
        notes: What a reader should know, such as that a seat keeps a line a transfer.
    """

    says: str
    idle: str | None = None
    notes: Notes = NO_NOTES

    def __or__(self, other: Supposed) -> Supposed:
        """The same change, tried on what some controllers reach and on what others reach."""
        return Supposed(says=self.says, idle=self.idle and other.idle, notes=self.notes | other.notes)

    @property
    def told(self) -> list[str]:
        """What a reader should know, in sentences; nothing of a change that touches nothing."""
        return self.notes.told if self.idle is None else []


@dataclass(frozen=True, kw_only=True)
class Supposition(Supposed):
    """One change, tried after the ones before it.

    Attributes:
        network: The network with this change and those before it.
    """

    network: Network


def suppositions(network: Network, changes: Sequence[Change], known: Network | None = None) -> list[Supposition]:
    """Try changes in the order given, each on what the ones before have made.

    Args:
        network: What was fetched.
        changes: The changes.
        known: The parties and services that the changes name, where what was fetched is of some controllers only and
            need not have them; None: it has all that count.
    """
    found: list[Supposition] = []
    for change in changes:
        says = _in_words(change, known or network)
        after = _with(change, network, says)
        known = known and _with(change, known, says)
        told = notes(change, network, after, known)
        found.append(Supposition(says=says, idle=_idle(change, network, after), notes=told, network=after))
        network = after
    return found


def _in_words(change: Change, known: Network) -> str:
    what = _says(change, known)
    if change.since:
        return _("what if: {change} from {day}", change=what, day=change.since)
    return _("what if: {change}", change=what)


def _with(change: Change, network: Network, says: str) -> Network:
    return network if _is_later(change, network) else tried(network, change, says)


def _is_later(change: Change, network: Network) -> bool:
    return change.since is not None and change.since > network.on


def _idle(change: Change, network: Network, after: Network) -> str | None:
    if _is_later(change, network):
        return _(
            "It begins on {day}, after the day asked about ({on}); ask for that day or a later one.",
            day=change.since,
            on=network.on,
        )
    if after is not network:
        return None
    if isinstance(change, OF_LAW):
        return _("No row of law that it names is in force on {day}.", day=network.on)
    return _("Nothing that it names is reached on {day}.", day=network.on)


# Changes in words


@singledispatch
def _says(change: Change, network: Network) -> str:
    raise TypeError(f"{type(change).__name__} has no words")


@_says.register
def _says_end_decision(change: EndDecision, network: Network) -> str:
    rows = decision_rows(network.law, change.decision)
    acts = [str(row.act) for row in (*(rows.on(network.on).regimes or rows.regimes), *rows.tools)]
    return _("{act} is no longer in force", act=acts[0] if acts else change.decision)


@_says.register
def _says_new_decision(change: NewDecision, network: Network) -> str:
    return _("{country} is adequate for all recipients", country=change.country)


@_says.register
def _says_withdraw_tool(change: WithdrawTool, network: Network) -> str:
    return _("{tool} can no longer be relied on", tool=_tool(change.tool, network))


@_says.register
def _says_add_tool(change: AddTool, network: Network) -> str:
    words = {"tool": _tool(change.tool, network), "target": _target(change.target, network)}
    if change.assessed:
        return _("{tool} is in place for {target}, with a transfer impact assessment", **words)
    return _("{tool} is in place for {target}, without a transfer impact assessment", **words)


@_says.register
def _says_certify_party(change: CertifyParty, network: Network) -> str:
    return _("{party} is on the list: {tool}", party=_party(change.party, network), tool=_tool(change.tool, network))


@_says.register
def _says_drop(change: Drop, network: Network) -> str:
    return _("{target} is dropped", target=_target(change.target, network))


@_says.register
def _says_replace(change: Replace, network: Network) -> str:
    by = change.by
    if isinstance(by, NewService):
        provider = _party(by.provider, network)
        new = _("{service} of {provider} in {country}", service=by.name, provider=provider, country=by.country)
    elif change.country:
        new = _("{service} in {country}", service=_service(by, network), country=change.country)
    else:
        new = _service(by, network)
    return _("{target} is replaced by {new}", target=_target(change.target, network), new=new)


@_says.register
def _says_move(change: Move, network: Network) -> str:
    seat = {None: "", True: _(", with access from the seat"), False: _(", without access from the seat")}
    return _(
        "the data of {target} is kept and read in {country}{seat}",
        target=_target(change.target, network),
        country=change.to,
        seat=seat[change.seat_access],
    )


@_says.register
def _says_move_seat(change: MoveSeat, network: Network) -> str:
    return _("{party} has its seat in {country}", party=_party(change.party, network), country=change.to)


@_says.register
def _says_buy_party(change: BuyParty, network: Network) -> str:
    by = change.by
    group = f"{by.name} ({by.country})" if isinstance(by, NewGroup) else _party(by, network)
    return _("{party} is part of {group}", party=_party(change.party, network), group=group)


def _target(target: Target, network: Network) -> str:
    if target.kind is TargetKind.PARTY:
        return _party(target.id, network)
    if target.kind is TargetKind.SERVICE:
        return _service(target.id, network)
    return _("the flow {id}", id=target.id)


def _party(key: str, network: Network) -> str:
    found = network.party(key)
    return key if found.id == UNKNOWN else found.name


def _service(key: str, network: Network) -> str:
    found = network.services.get(key)
    return found.name if found else key


def _tool(key: str, network: Network) -> str:
    tools = tools_named(network.law, key)
    return tools[0].name if len(tools) == 1 else _("{key} ({count} tools)", key=key, count=len(tools))
