"""Chains between two parties: the shortest ones, and the next longer ones up to a bound. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from graphsvc.answers import grounds
from graphsvc.answers.lines import Assessor, countries_of
from graphsvc.answers.network import Network
from graphsvc.answers.order import ANYTHING
from graphsvc.answers.paths.ways import Search
from graphsvc.answers.propagate import Items
from graphsvc.law.assess import Assessment
from graphsvc.model import (
    CAPACITY_OF,
    Activity,
    Basis,
    Capacity,
    Evidence,
    Flow,
    Party,
    Role,
    Service,
    Status,
    basis_of,
    severity,
    weakest,
    worst,
)


@dataclass(frozen=True)
class Hop:
    """One flow of a chain, with the data that passes it there.

    Attributes:
        flow: The flow.
        exporter: Who sends.
        importer: Who receives.
        service: The service that receives.
        items: What passes it, of what the chain brings.
        by_country: The footing for each country that it reaches.
    """

    flow: Flow
    exporter: Party
    importer: Party
    service: Service
    items: Items
    by_country: dict[str, Assessment]

    @property
    def status(self) -> Status:
        """The worst footing."""
        return worst(found.status for found in self.by_country.values())

    @property
    def worst(self) -> tuple[str, Assessment]:
        """The country with the worst footing, and that footing."""
        return min(self.by_country.items(), key=lambda pair: (severity(pair[1].status), pair[0]))


@dataclass(frozen=True)
class Chain:
    """One chain between two parties.

    Attributes:
        network: What was fetched.
        activity: The activity it starts at; None: it starts at a service, with whatever arrives there.
        hops: Its flows.
    """

    network: Network
    activity: Activity | None
    hops: tuple[Hop, ...]

    @property
    def flows(self) -> tuple[Flow, ...]:
        """Its flows, the first one first."""
        return tuple(hop.flow for hop in self.hops)

    @property
    def start(self) -> str:
        """Id of the activity or the service it starts at."""
        return self.hops[0].flow.sender

    @property
    def items(self) -> Items:
        """The data that passes all of its flows."""
        return self.hops[-1].items

    @property
    def status(self) -> Status:
        """The worst footing of all its flows."""
        return worst(hop.status for hop in self.hops)

    @property
    def countries(self) -> list[str]:
        """Every country that one of its flows reaches."""
        return sorted({code for hop in self.hops for code in countries_of(self.network, hop.flow)})

    @cached_property
    def facts(self) -> tuple[grounds.Fact, ...]:
        """For each fact that it rests on, the evidence for it, from the data to the footings."""
        arriving, found = frozenset({ANYTHING}), []
        if self.activity is not None:
            arriving = self.activity.data or arriving
            found += grounds.of_data(self.network, self.activity, self.items)
        found += grounds.of_chain(self.network, arriving, self.flows)
        for place, hop in enumerate(self.hops):
            for country, assessment in hop.by_country.items():
                found.append(grounds.of_place(self.network, hop.flow, country))
                found += grounds.of_roles(self.flows[: place + 1]) if assessment.by_roles else ()
                found += assessment.grounds
        return grounds.distinct(found)

    @property
    def basis(self) -> Basis:
        """How directly the weakest fact is said that it rests on."""
        return weakest(map(basis_of, self.facts))

    @property
    def sources(self) -> list[Evidence]:
        """Every piece of evidence, each once, in the order of the chain."""
        return list(dict.fromkeys(evidence for fact in self.facts for evidence in fact))


@dataclass(frozen=True)
class Chains:
    """The chains that were found.

    Attributes:
        found: The chains, the shortest ones first.
        complete: Whether there are no others: of the same length, or, when longer ones were asked for, at all.
        connected: Whether flows lead from the one party to the other, whatever they carry.
    """

    found: tuple[Chain, ...] = ()
    complete: bool = True
    connected: bool = False


def paths(network: Network, starts: Iterable[str], ends: frozenset[str], most: int | None = None) -> Chains:
    """The chains from activities or services to services.

    Args:
        network: What the starts reach.
        starts: Ids of activities and services.
        ends: Ids of the services that a chain ends in, when it comes to the first of them.
        most: How many chains, longer ones too; None: every shortest one, but not more than MOST.
    """
    search = Search(network, ends)
    for start in sorted(set(starts) - ends):
        search.begin(start)
    search.grow()
    ways = search.ways(most)
    assessor = Assessor(network)
    found = sorted((_chain(network, assessor, flows) for flows in ways), key=_order)
    return Chains(tuple(found), search.complete, search.connected)


def _order(chain: Chain) -> tuple[object, ...]:
    return (len(chain.hops), chain.start, tuple(flow.id for flow in chain.flows))


def _chain(network: Network, assessor: Assessor, flows: tuple[Flow, ...]) -> Chain:
    activity = next((each for each in network.activities if each.id == flows[0].sender), None)
    return Chain(network, activity, tuple(_hops(network, assessor, activity, flows)))


def _hops(network: Network, assessor: Assessor, activity: Activity | None, flows: tuple[Flow, ...]) -> Iterator[Hop]:
    items = (activity.data if activity else None) or frozenset({ANYTHING})
    capacity = activity.capacity if activity else _capacity_of_sender(flows[0])
    exporter = network.party(activity.controller) if activity else network.provider(flows[0].sender)
    for flow in flows:
        items = network.order.meet(items, flow.carries)
        importer = network.provider(flow.recipient)
        yield Hop(flow, exporter, importer, network.services[flow.recipient], items, assessor(flow, capacity))
        capacity, exporter = CAPACITY_OF[flow.role], importer


def _capacity_of_sender(flow: Flow) -> Capacity:
    """Who has a sub-processor is a processor; more is not known of a sender whose own data is not looked at."""
    return Capacity.PROCESSOR if flow.role is Role.SUB_PROCESSOR else Capacity.UNKNOWN
