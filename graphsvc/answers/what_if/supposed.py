"""`tried`: the network with one change in it, on its day; the network that was fetched stays as it is. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import singledispatch

from graphsvc.answers.network import Network
from graphsvc.law.supposed import Rows, decision_rows, ended, tool_rows, tools_named, with_adequacy
from graphsvc.model import Basis, Certification, Day, Evidence, Flow, Party, Reliance, Service, ToolKind, supposing
from graphsvc.model.changes import (
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

SOURCE = "what-if"
"""What stands for the source of whatever is supposed."""


def tried(network: Network, change: Change, says: str) -> Network:
    """The network as a change would make it on the day.

    Args:
        network: The network before; it is not changed.
        change: What is supposed, from no later than the day on.
        says: The change in words; it is the locator of all evidence that the change brings.

    Returns:
        The same network when the change touches nothing in it.
    """
    network.tick()
    return _tried(change, network, Evidence(SOURCE, says, Basis.ASSUMED))


@singledispatch
def _tried(change: Change, network: Network, supposed: Evidence) -> Network:
    raise TypeError(f"{type(change).__name__} is no change that can be tried")


def _since(change: Change, network: Network) -> Day:
    return change.since or network.on


# The law


@_tried.register
def _(change: EndDecision, network: Network, supposed: Evidence) -> Network:
    return _with_end(network, decision_rows(network.law, change.decision), _since(change, network), supposed)


@_tried.register
def _(change: WithdrawTool, network: Network, supposed: Evidence) -> Network:
    return _with_end(network, tool_rows(network.law, change.tool), _since(change, network), supposed)


def _with_end(network: Network, rows: Rows, since: Day, supposed: Evidence) -> Network:
    law = ended(network.law, rows, since, network.on, supposed)
    return network if law is network.law else replace(network, law=law)


@_tried.register
def _(change: NewDecision, network: Network, supposed: Evidence) -> Network:
    return replace(network, law=with_adequacy(network.law, change.country, _since(change, network), supposed))


# Flows


@_tried.register
def _(change: Drop, network: Network, supposed: Evidence) -> Network:
    gone = services_of(network, change.target)
    given_up = _to(network, change.target)
    return _mapped(network, lambda flow: None if given_up(flow) or flow.sender in gone else flow)


@_tried.register
def _(change: Replace, network: Network, supposed: Evidence) -> Network:
    by, places, ready = _instead(change, network, supposed)
    gone = services_of(network, change.target) - {by}
    replaced = _to(network, change.target)

    def redirected(flow: Flow) -> Flow | None:
        if flow.sender in gone or (flow.sender == by and flow.recipient in gone):
            return None
        if flow.recipient == by or not replaced(flow):
            return flow
        evidence = supposing(flow.evidence, supposed, "to", "places", "seat_access", "tools", "contract")
        return replace(flow, recipient=by, places=places, seat_counts=True, tools=(), contract=None, evidence=evidence)

    found = _mapped(ready, redirected)
    return network if found is ready else found


def _instead(change: Replace, network: Network, supposed: Evidence) -> tuple[str, tuple[str, ...], Network]:
    """Id and places of the service that takes over, and the network with that service in it."""
    if not isinstance(change.by, NewService):
        return change.by, (change.country,) if change.country else (), network
    new = change.by
    provider = network.identities.one(new.provider)
    if provider not in network.parties:
        provider = f"{SOURCE}:{_slug(new.provider)}"
        seats = {*network.party(provider).established_in, new.country}
        party = Party(provider, new.provider, tuple(sorted(seats)), evidence=(supposed,))
        network = _with_party(network, party)
    key = f"{SOURCE}:{provider.removeprefix(f'{SOURCE}:')}:{_slug(new.name)}"
    service = Service(key, new.name, provider, evidence=(supposed,))
    return service.id, (new.country,), replace(network, services={**network.services, service.id: service})


@_tried.register
def _(change: Move, network: Network, supposed: Evidence) -> Network:
    moves = _to(network, change.target)

    def moved(flow: Flow) -> Flow:
        counts = flow.seat_counts if change.seat_access is None else change.seat_access
        if not moves(flow) or (flow.places, flow.seat_counts) == ((change.to,), counts):
            return flow
        keys = ("places",) if change.seat_access is None else ("places", "seat_access")
        evidence = supposing(flow.evidence, supposed, *keys)
        return replace(flow, places=(change.to,), seat_counts=counts, evidence=evidence)

    return _mapped(network, moved)


@_tried.register
def _(change: AddTool, network: Network, supposed: Evidence) -> Network:
    since = _since(change, network)
    relies = _to(network, change.target)
    more = tuple(
        Reliance(
            tool=tool.id,
            valid_from=since,
            concluded=since,
            covered=tool.kind is ToolKind.ADEQUACY_LIST,
            assessed=since if change.assessed else None,
            evidence=(supposed,),
        )
        for tool in tools_named(network.law, change.tool)
    )
    return _mapped(network, lambda flow: replace(flow, tools=(*flow.tools, *more)) if relies(flow) else flow)


def services_of(network: Network, target: Target) -> frozenset[str]:
    """Ids of the services that a target stands for; none where it is one flow."""
    if target.kind is TargetKind.SERVICE:
        return frozenset({target.id})
    if target.kind is TargetKind.FLOW:
        return frozenset()
    party = network.identities.one(target.id)
    return frozenset(service.id for service in network.services.values() if service.provider == party)


def _to(network: Network, target: Target) -> Callable[[Flow], bool]:
    """Whether a flow is the target, or leads to it."""
    services = services_of(network, target)
    return lambda flow: flow.recipient in services or (target.kind is TargetKind.FLOW and flow.id == target.id)


def _mapped(network: Network, change: Callable[[Flow], Flow | None]) -> Network:
    """The network with each flow changed, or left out; the same one when none is."""
    flows: Mapping[str, tuple[Flow, ...]] = {
        sender: tuple(found for flow in sent if (found := change(flow)) is not None)
        for sender, sent in network.flows.items()
    }
    return network if flows == network.flows else replace(network, flows=flows)


# Parties


@_tried.register
def _(change: CertifyParty, network: Network, supposed: Evidence) -> Network:
    since = _since(change, network)
    shown = Certification(change.tool, since, max(since, network.on), evidence=(supposed,))
    return _with_known(
        network, change.party, lambda party: replace(party, certifications=(*party.certifications, shown))
    )


@_tried.register
def _(change: MoveSeat, network: Network, supposed: Evidence) -> Network:
    def moved(party: Party) -> Party:
        if party.established_in == (change.to,):
            return party
        evidence = supposing(party.evidence, supposed, "established_in")
        return replace(party, established_in=(change.to,), evidence=evidence)

    return _with_known(network, change.party, moved)


@_tried.register
def _(change: BuyParty, network: Network, supposed: Evidence) -> Network:
    party = network.identities.one(change.party)
    if party not in network.parties:
        return network
    group = network.identities.one(change.by) if isinstance(change.by, str) else change.by
    if group == party:
        return network
    if isinstance(group, NewGroup):
        new = Party(f"{SOURCE}:{_slug(group.name)}", group.name, (group.country,), evidence=(supposed,))
        group, network = new.id, _with_party(network, new)
    parent = (group, _since(change, network), None)
    return _with_known(network, party, lambda party: replace(party, parents=(*party.parents, parent)))


def _with_known(network: Network, key: str, change: Callable[[Party], Party]) -> Network:
    """The network with a party changed; the same one where the party is not in it or stays as it is."""
    known = network.parties.get(network.identities.one(key))
    if known is None or (new := change(known)) is known:
        return network
    return _with_party(network, new)


def _with_party(network: Network, party: Party) -> Network:
    return replace(network, parties={**network.parties, party.id: party})


def _slug(name: str) -> str:
    """A name as a part of an id; no id of the register holds a colon, so what is supposed never meets one."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "new"
