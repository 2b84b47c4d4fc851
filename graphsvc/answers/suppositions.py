"""`suppositions`: changes tried one after another, each in words, with what a reader should know about it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import singledispatch

from graphsvc.answers.network import Network
from graphsvc.answers.supposed import tried
from graphsvc.law.supposed import decision_rows, tools_named
from graphsvc.model import UNKNOWN, Flow
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


@dataclass(frozen=True)
class Supposition:
    """One change, tried after the ones before it.

    Attributes:
        change: The change.
        says: The change in words: "what if: ...".
        network: The network with this change and those before it.
        idle: Why it touches nothing; None: it touches something, though perhaps no line.
        notes: What a reader should know, such as that a seat keeps a line a transfer.
    """

    change: Change
    says: str
    network: Network
    idle: str | None = None
    notes: tuple[str, ...] = ()


def suppositions(network: Network, changes: Sequence[Change]) -> list[Supposition]:
    """Try changes in the order given, each on what the ones before have made."""
    found: list[Supposition] = []
    for change in changes:
        found.append(_supposition(change, network))
        network = found[-1].network
    return found


def _supposition(change: Change, network: Network) -> Supposition:
    says = "what if: " + _says(change, network) + (f" from {change.since}" if change.since else "")
    if change.since is not None and change.since > network.on:
        idle = (
            f"It begins on {change.since}, after the day asked about ({network.on}); ask for that day or a later one."
        )
        return Supposition(change, says, network, idle)
    after = tried(network, change, says)
    if after is network:
        nothing = (
            "No row of law that it names is in force"
            if isinstance(change, OF_LAW)
            else "Nothing that it names is reached"
        )
        return Supposition(change, says, network, f"{nothing} on {network.on}.")
    return Supposition(change, says, after, None, tuple(dict.fromkeys(_notes(change, network, after))))


# What a reader should know


def _notes(change: Change, before: Network, after: Network) -> Iterator[str]:
    if isinstance(change, Move | Replace):
        was = {flow.id: flow for sent in before.flows.values() for flow in sent}
        for flow in (flow for sent in after.flows.values() for flow in sent):
            if was[flow.id] is not flow:
                yield from _places_left(flow, after)
    if isinstance(change, Drop | Replace) and change.target.kind is TargetKind.PARTY:
        yield from _group_left(after.identities.one(change.target.id), after)


def _group_left(party: str, network: Network) -> Iterator[str]:
    """Parties of the same group that still receive data: a privacy officer may mean them too."""
    group = {party, *(parent.id for parent in network.groups(party))}
    left = {network.provider(flow.recipient) for sent in network.flows.values() for flow in sent}
    names = sorted(
        other.name
        for other in left
        if other.id != party and group & {other.id, *(parent.id for parent in network.groups(other.id))}
    )
    if names:
        yield f"Of the same group, {_and(names)} still {'receives' if len(names) == 1 else 'receive'} data."


def _places_left(flow: Flow, network: Network) -> Iterator[str]:
    """What still makes a flow a transfer, or leaves it unknown, wherever the data is kept now."""
    service = network.services[flow.recipient]
    provider = network.provider(flow.recipient)
    if not flow.places:
        yield f"Nobody has said where {service.name} would keep the data, so that stays unknown; say it with `country`."
    if not flow.seat_counts:
        return
    if not provider.established_in:
        yield f"Where {provider.name} has its seat is not known, so flows to {service.name} stay unknown."
    outside = [code for code in provider.established_in if not network.law.is_inside(code, network.on)]
    if outside:
        yield (
            f"{provider.name} has its seat in {_and(outside)}, which counts as a place of access: flows to "
            f"{service.name} stay transfers there. Say `seat_access: false` when the seat has no access."
        )


def _and(words: Iterable[str]) -> str:
    return " and ".join(words)


# Changes in words


@singledispatch
def _says(change: Change, network: Network) -> str:
    raise TypeError(f"{type(change).__name__} has no words")


@_says.register
def _(change: EndDecision, network: Network) -> str:
    rows = decision_rows(network.law, change.decision)
    acts = [str(row.act) for row in (*(rows.on(network.on).regimes or rows.regimes), *rows.tools)]
    return f"{acts[0] if acts else change.decision} is no longer in force"


@_says.register
def _(change: NewDecision, network: Network) -> str:
    return f"{change.country} is adequate for all recipients"


@_says.register
def _(change: WithdrawTool, network: Network) -> str:
    return f"{_tool(change.tool, network)} can no longer be relied on"


@_says.register
def _(change: AddTool, network: Network) -> str:
    how = "with" if change.assessed else "without"
    what = _tool(change.tool, network)
    return f"{what} is in place for {_target(change.target, network)}, {how} a transfer impact assessment"


@_says.register
def _(change: CertifyParty, network: Network) -> str:
    return f"{_party(change.party, network)} is on the list: {_tool(change.tool, network)}"


@_says.register
def _(change: Drop, network: Network) -> str:
    return f"{_target(change.target, network)} is dropped"


@_says.register
def _(change: Replace, network: Network) -> str:
    by = change.by
    if isinstance(by, NewService):
        new = f"{by.name} of {_party(by.provider, network)} in {by.country}"
    else:
        new = f"{_service(by, network)}{f' in {change.country}' if change.country else ''}"
    return f"{_target(change.target, network)} is replaced by {new}"


@_says.register
def _(change: Move, network: Network) -> str:
    seat = {None: "", True: ", with access from the seat", False: ", without access from the seat"}
    whose = _target(change.target, network)
    return f"the data of {whose} is kept and read in {change.to}{seat[change.seat_access]}"


@_says.register
def _(change: MoveSeat, network: Network) -> str:
    return f"{_party(change.party, network)} has its seat in {change.to}"


@_says.register
def _(change: BuyParty, network: Network) -> str:
    by = change.by
    group = f"{by.name} ({by.country})" if isinstance(by, NewGroup) else _party(by, network)
    return f"{_party(change.party, network)} is part of {group}"


def _target(target: Target, network: Network) -> str:
    if target.kind is TargetKind.PARTY:
        return _party(target.id, network)
    if target.kind is TargetKind.SERVICE:
        return _service(target.id, network)
    return f"the flow {target.id}"


def _party(key: str, network: Network) -> str:
    found = network.party(key)
    return key if found.id == UNKNOWN else found.name


def _service(key: str, network: Network) -> str:
    found = network.services.get(key)
    return found.name if found else key


def _tool(key: str, network: Network) -> str:
    tools = tools_named(network.law, key)
    return tools[0].name if len(tools) == 1 else f"{key} ({len(tools)} tools)"
