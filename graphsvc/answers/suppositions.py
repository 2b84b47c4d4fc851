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
from graphsvc.told import Joined, tell


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
    what = _says(change, network)
    says = (
        tell("what if: {change} from {day}", change=what, day=change.since)
        if change.since
        else tell("what if: {change}", change=what)
    )
    if change.since is not None and change.since > network.on:
        idle = tell(
            "It begins on {day}, after the day asked about ({on}); ask for that day or a later one.",
            day=change.since,
            on=network.on,
        )
        return Supposition(change, says, network, idle)
    after = tried(network, change, says)
    if after is network:
        return Supposition(change, says, network, _nothing(change, network))
    return Supposition(change, says, after, None, tuple(dict.fromkeys(_notes(change, network, after))))


def _nothing(change: Change, network: Network) -> str:
    if isinstance(change, OF_LAW):
        return tell("No row of law that it names is in force on {day}.", day=network.on)
    return tell("Nothing that it names is reached on {day}.", day=network.on)


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
        if len(names) == 1:
            yield tell("Of the same group, {name} still receives data.", name=names[0])
        else:
            yield tell("Of the same group, {names} still receive data.", names=_and(names))


def _places_left(flow: Flow, network: Network) -> Iterator[str]:
    """What still makes a flow a transfer, or leaves it unknown, wherever the data is kept now."""
    service = network.services[flow.recipient]
    provider = network.provider(flow.recipient)
    if not flow.places:
        yield tell(
            "Nobody has said where {service} would keep the data, so that stays unknown; say it with `country`.",
            service=service.name,
        )
    if not flow.seat_counts:
        return
    if not provider.established_in:
        yield tell(
            "Where {provider} has its seat is not known, so flows to {service} stay unknown.",
            provider=provider.name,
            service=service.name,
        )
    outside = [code for code in provider.established_in if not network.law.is_inside(code, network.on)]
    if outside:
        yield tell(
            "{provider} has its seat in {countries}, which counts as a place of access: flows to {service} stay "
            "transfers there. Say `seat_access: false` when the seat has no access.",
            provider=provider.name,
            countries=_and(outside),
            service=service.name,
        )


def _and(words: Iterable[str]) -> str:
    return Joined(tell(" and "), words)


# Changes in words


@singledispatch
def _says(change: Change, network: Network) -> str:
    raise TypeError(f"{type(change).__name__} has no words")


@_says.register
def _(change: EndDecision, network: Network) -> str:
    rows = decision_rows(network.law, change.decision)
    acts = [str(row.act) for row in (*(rows.on(network.on).regimes or rows.regimes), *rows.tools)]
    return tell("{act} is no longer in force", act=acts[0] if acts else change.decision)


@_says.register
def _(change: NewDecision, network: Network) -> str:
    return tell("{country} is adequate for all recipients", country=change.country)


@_says.register
def _(change: WithdrawTool, network: Network) -> str:
    return tell("{tool} can no longer be relied on", tool=_tool(change.tool, network))


@_says.register
def _(change: AddTool, network: Network) -> str:
    words = {"tool": _tool(change.tool, network), "target": _target(change.target, network)}
    if change.assessed:
        return tell("{tool} is in place for {target}, with a transfer impact assessment", **words)
    return tell("{tool} is in place for {target}, without a transfer impact assessment", **words)


@_says.register
def _(change: CertifyParty, network: Network) -> str:
    return tell("{party} is on the list: {tool}", party=_party(change.party, network), tool=_tool(change.tool, network))


@_says.register
def _(change: Drop, network: Network) -> str:
    return tell("{target} is dropped", target=_target(change.target, network))


@_says.register
def _(change: Replace, network: Network) -> str:
    by = change.by
    if isinstance(by, NewService):
        provider = _party(by.provider, network)
        new = tell("{service} of {provider} in {country}", service=by.name, provider=provider, country=by.country)
    elif change.country:
        new = tell("{service} in {country}", service=_service(by, network), country=change.country)
    else:
        new = _service(by, network)
    return tell("{target} is replaced by {new}", target=_target(change.target, network), new=new)


@_says.register
def _(change: Move, network: Network) -> str:
    seat = {None: "", True: tell(", with access from the seat"), False: tell(", without access from the seat")}
    return tell(
        "the data of {target} is kept and read in {country}{seat}",
        target=_target(change.target, network),
        country=change.to,
        seat=seat[change.seat_access],
    )


@_says.register
def _(change: MoveSeat, network: Network) -> str:
    return tell("{party} has its seat in {country}", party=_party(change.party, network), country=change.to)


@_says.register
def _(change: BuyParty, network: Network) -> str:
    by = change.by
    group = f"{by.name} ({by.country})" if isinstance(by, NewGroup) else _party(by, network)
    return tell("{party} is part of {group}", party=_party(change.party, network), group=group)


def _target(target: Target, network: Network) -> str:
    if target.kind is TargetKind.PARTY:
        return _party(target.id, network)
    if target.kind is TargetKind.SERVICE:
        return _service(target.id, network)
    return tell("the flow {id}", id=target.id)


def _party(key: str, network: Network) -> str:
    found = network.party(key)
    return key if found.id == UNKNOWN else found.name


def _service(key: str, network: Network) -> str:
    found = network.services.get(key)
    return found.name if found else key


def _tool(key: str, network: Network) -> str:
    tools = tools_named(network.law, key)
    return tools[0].name if len(tools) == 1 else tell("{key} ({count} tools)", key=key, count=len(tools))
