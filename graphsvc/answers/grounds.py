"""Where the facts are said that a chain rests on: its data, its flows, whose its services are, its places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graphsvc.answers.network import Network
from graphsvc.answers.order import ANYTHING
from graphsvc.answers.propagate import Items
from graphsvc.model import UNKNOWN, Activity, Evidence, Flow, Party, evidence_for

Fact = tuple[Evidence, ...]
"""The evidence for one fact; empty: none is recorded."""


def of_data(network: Network, activity: Activity, items: Items) -> Iterator[Fact]:
    """Where it is said that an activity uses the data; each item that has evidence of its own rests on that.

    Also where it is said that the ids under which its controller is known are one.
    """
    yield from of_identity(network.party(activity.controller))
    for item in sorted(activity.data or (ANYTHING,)):
        if any(network.order.includes(item, passed) for passed in items):
            yield activity.evidence_of(item)


def of_chain(network: Network, arriving: Items, chain: Iterable[Flow]) -> Iterator[Fact]:
    """Where the flows of a chain are said, what they leave out of the data, and whose the services are.

    Args:
        network: What was fetched.
        arriving: The data that the chain starts with.
        chain: The flows.
    """
    for flow in chain:
        yield evidence_for(flow.evidence, "to")
        if flow.carries is not None and network.order.widening(flow.carries, arriving):
            yield evidence_for(flow.evidence, "carries")
        arriving = network.order.meet(arriving, flow.carries)
        service = network.services[flow.recipient]
        if service.provider != UNKNOWN:
            yield evidence_for(service.evidence, "provider")
            yield from of_identity(network.provider(service.id))


def of_identity(party: Party) -> Iterator[Fact]:
    """Where it is said that the ids under which a party is known are one."""
    return (identity.evidence for identity in party.identities)


def of_place(network: Network, flow: Flow, country: str) -> Fact:
    """Where it is said that a flow's recipient is, keeps or reads the data in a country."""
    if country == UNKNOWN:
        return ()
    if country in flow.places:
        return evidence_for(flow.evidence, "places")
    return evidence_for(network.provider(flow.recipient).evidence, "established_in")


def of_roles(chain: Iterable[Flow]) -> Iterator[Fact]:
    """Where the roles of exporter and importer of the last flow of a chain are said."""
    return (evidence_for(flow.evidence, "role") for flow in [*chain][-2:])


def distinct(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Each fact that has evidence, once, in the order given."""
    return tuple(dict.fromkeys(fact for fact in facts if fact))
