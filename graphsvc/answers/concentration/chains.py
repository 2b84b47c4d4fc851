"""Chains to what must not be left, as the parties on them that can be replaced. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from graphsvc.answers.lines import Assessor, Line, Passage
from graphsvc.answers.network import Network
from graphsvc.answers.propagate import Crossing, Proof, Spread
from graphsvc.model import UNKNOWN, Flow, Status, severity


class Replaceable(NamedTuple):
    """What can be replaced.

    Attributes:
        party: Id of a party, which goes with all its services; `unknown` for a recipient that nobody has named.
        service: Then the id of the service, since nobody can say that two of them are one party.
    """

    party: str
    service: str = ""


Chain = frozenset[Replaceable]
"""The parties on a chain that can be replaced."""
SOURCE, SINK = Replaceable("", "from"), Replaceable("", "to")


@dataclass(frozen=True)
class Part:
    """What is at hand while a part is read: its network, and what assesses that."""

    network: Network
    assessor: Assessor

    @classmethod
    def of(cls, network: Network) -> Part:
        """A part that is begun."""
        return cls(network, Assessor(network))


class Ending(NamedTuple):
    """That data passes a flow to a country on a footing that must not be left; the worst such country."""

    crossing: Crossing
    country: str


def without(part: Part, gone: frozenset[Replaceable], nodes: Nodes) -> Network:
    """The network of a part when some parties and all their services are gone."""
    network = part.network
    flows = {
        sender: tuple(flow for flow in found if nodes.whose(network, flow.recipient) not in gone)
        for sender, found in network.flows.items()
    }
    return replace(network, flows=flows)


class Nodes:
    """What stands for each service; of all parts, so that one thing is there once."""

    def __init__(self, controllers: frozenset[str]) -> None:
        """Know none yet.

        Args:
            controllers: Who stays: where chains start.
        """
        self._controllers = controllers
        self._known: dict[str, Replaceable] = {}
        self._same: dict[Replaceable, Replaceable] = {}

    def whose(self, network: Network, service: str) -> Replaceable:
        """What has to be replaced so that a service is out."""
        if service not in self._known:
            party = network.provider(service).id
            found = Replaceable(party, service if party == UNKNOWN else "")
            self._known[service] = self._same.setdefault(found, found)
        return self._known[service]

    def node(self, network: Network, service: str) -> Replaceable:
        """What stands for a service among those who pass data on; controllers, who stay, are where it starts."""
        what = self.whose(network, service)
        return SOURCE if what.party in self._controllers else what


def endings(part: Part, spread: Spread, counted: frozenset[Status]) -> Iterator[Ending]:
    """Where data of an activity comes on a footing that must not be left, nearest first."""
    for crossing in sorted(spread.crossings.values(), key=lambda c: (c.depth, c.flow.id, c.sender)):
        part.network.tick()
        found = part.assessor(crossing.flow, crossing.sender.capacity)
        bad = [(severity(a.status), country) for country, a in found.items() if a.status in counted]
        if bad:
            yield Ending(crossing, min(bad)[1])


def chains(
    part: Part, spread: Spread, found: Iterable[Ending], nodes: Nodes
) -> Iterator[tuple[Chain, Ending, tuple[Flow, ...]]]:
    """The shortest chains to where data comes, each with its flows.

    Left out are chains on which nobody can be replaced. Of two chains of an activity, one of which has all the parties
    of the other, only the other is told.
    """
    ending_in: dict[Replaceable, list[Chain]] = defaultdict(list)
    for ending in found:
        part.network.tick()
        flows = spread.chain(ending.crossing, ending.crossing.items)
        on_it = [node for flow in flows if (node := nodes.node(part.network, flow.recipient)) != SOURCE]
        chain = frozenset(on_it)
        if chain and not any(known <= chain for node in chain for known in ending_in[node]):
            # A shorter chain is found in a longer one by the last of its parties.
            ending_in[on_it[-1]].append(chain)
            yield chain, ending, flows


def line(part: Part, spread: Spread, ending: Ending, flows: tuple[Flow, ...]) -> Line:
    """The line that proves a chain."""
    crossing = ending.crossing
    passage = Passage(part.network, Proof(spread.activity, {}, flows), [crossing])
    assessment = part.assessor(crossing.flow, crossing.sender.capacity)[ending.country]
    return Line(passage, ending.country, assessment, crossing.items)
