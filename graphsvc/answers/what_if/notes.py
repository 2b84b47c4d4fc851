"""What a reader should know about a change that is tried: what stays a transfer, who of a group is left. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graphsvc.answers.network import Network
from graphsvc.model import Flow
from graphsvc.model.changes import Change, Drop, Move, Replace, TargetKind
from graphsvc.translation import _, listed

Note = tuple[str, int, str]
"""The service that it is about, its place among the notes about that, and its sentence."""


@dataclass(frozen=True)
class Notes:
    """What a reader should know about a change, of what some controllers reach.

    Attributes:
        places: What keeps flows to services transfers, or leaves them unknown.
        group: Ids and names of parties of the group of one that is given up, which still receive data: a privacy
            officer may mean them too.
    """

    places: frozenset[Note] = frozenset()
    group: frozenset[tuple[str, str]] = frozenset()

    def __or__(self, other: Notes) -> Notes:
        return Notes(self.places | other.places, self.group | other.group)

    @property
    def told(self) -> list[str]:
        """The sentences, those about a service together."""
        return [*dict.fromkeys(text for _, _, text in sorted(self.places)), *self._of_group()]

    def _of_group(self) -> Iterator[str]:
        names = sorted(name for _, name in self.group)
        if len(names) == 1:
            yield _("Of the same group, {name} still receives data.", name=names[0])
        elif names:
            yield _("Of the same group, {names} still receive data.", names=listed(names))


NO_NOTES = Notes()


def notes(change: Change, before: Network, after: Network, known: Network | None = None) -> Notes:
    """What a reader should know about a change.

    Args:
        change: The change.
        before: The network without it.
        after: The network with it.
        known: Who belongs to which group, where the network is of some controllers only; None: the network has it.
    """
    places = frozenset(_of_places(before, after)) if isinstance(change, Move | Replace) else frozenset[Note]()
    if isinstance(change, Drop | Replace) and change.target.kind is TargetKind.PARTY:
        return Notes(places, frozenset(_group_left(change.target.id, known or after, after)))
    return Notes(places)


def _of_places(before: Network, after: Network) -> Iterator[Note]:
    was = {flow.id: flow for sent in before.flows.values() for flow in sent}
    for flow in (flow for sent in after.flows.values() for flow in sent):
        if was[flow.id] is not flow:
            yield from ((flow.recipient, place, text) for place, text in _places_left(flow, after))


def _group_left(key: str, known: Network, network: Network) -> Iterator[tuple[str, str]]:
    """Parties of the same group that still receive data."""
    party = known.identities.one(key)
    group = {party, *(parent.id for parent in known.groups(party))}
    left = {network.provider(flow.recipient) for sent in network.flows.values() for flow in sent}
    for other in left:
        if other.id != party and group & {other.id, *(parent.id for parent in network.groups(other.id))}:
            yield other.id, other.name


def _places_left(flow: Flow, network: Network) -> Iterator[tuple[int, str]]:
    """What still makes a flow a transfer, or leaves it unknown, wherever the data is kept now."""
    service = network.services[flow.recipient]
    provider = network.provider(flow.recipient)
    if not flow.places:
        yield (
            0,
            _(
                "Nobody has said where {service} would keep the data, so that stays unknown; say it with `country`.",
                service=service.name,
            ),
        )
    if not flow.seat_counts:
        return
    if not provider.established_in:
        yield (
            1,
            _(
                "Where {provider} has its seat is not known, so flows to {service} stay unknown.",
                provider=provider.name,
                service=service.name,
            ),
        )
    outside = [code for code in provider.established_in if not network.law.is_inside(code, network.on)]
    if outside:
        yield (
            2,
            _(
                "{provider} has its seat in {countries}, which counts as a place of access: flows to {service} stay "
                "transfers there. Say `seat_access: false` when the seat has no access.",
                provider=provider.name,
                countries=listed(outside),
                service=service.name,
            ),
        )
