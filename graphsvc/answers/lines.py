"""`lines_of`: every flow that an activity's data passes, one line for each country it reaches, assessed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from graphsvc.answers import grounds
from graphsvc.answers.network import Network
from graphsvc.answers.order import ANYTHING
from graphsvc.answers.propagate import Crossing, Items, Place, Proof, Spread, propagate
from graphsvc.law.assess import Assessment, assess
from graphsvc.law.case import Case
from graphsvc.model import (
    UNKNOWN,
    Activity,
    Basis,
    Capacity,
    Evidence,
    Flow,
    Party,
    Service,
    Status,
    basis_of,
    severity,
    weakest,
)


class Step(NamedTuple):
    """One step of a chain: the flow, and the ids of what it leads from and to."""

    flow: str
    sender: str
    recipient: str


class Passage:
    """That data of an activity passes a flow, from whichever places: the ground of one or more lines."""

    def __init__(self, network: Network, spread: Spread | Proof, crossings: list[Crossing]) -> None:
        network.tick()
        self.network = network
        self.spread = spread
        self._crossings = sorted(crossings, key=lambda crossing: (crossing.depth, crossing.sender))
        self._held: tuple[Items, tuple[grounds.Fact, ...]] | None = None

    @property
    def activity(self) -> Activity:
        """The activity that the data comes from."""
        return self.spread.activity

    @property
    def flow(self) -> Flow:
        """The flow."""
        return self._crossings[0].flow

    @property
    def depth(self) -> int:
        """Length of the shortest chain that ends in this flow."""
        return self._crossings[0].depth

    @property
    def beyond(self) -> bool:
        """Whether it can only be reached behind an independent controller or an authority."""
        return all(crossing.sender.beyond for crossing in self._crossings)

    @cached_property
    def items(self) -> Items:
        """The data items that pass."""
        return frozenset().union(*(crossing.items for crossing in self._crossings))

    @property
    def widening(self) -> Items:
        """What the flow lists beyond what can arrive; it is not held."""
        return self.spread.widening.get(self.flow.id, frozenset())

    @property
    def senders(self) -> list[Place]:
        """The places the flow starts from."""
        return [crossing.sender for crossing in self._crossings]

    @property
    def exporter(self) -> Party:
        """The party that sends: the controller, or who provides the sending service."""
        return self.network.exporter(self.flow)

    @property
    def importer(self) -> Party:
        """The party that receives."""
        return self.network.provider(self.flow.recipient)

    @property
    def service(self) -> Service:
        """The service that receives."""
        return self.network.services[self.flow.recipient]

    def within(self, network: Network) -> Passage:
        """The same passage in a network that has the same flows, though perhaps another law or other parties."""
        found = copy(self)
        found.network, found._held = network, None
        return found

    def apart(self, wanted: Items) -> Passage:
        """The same passage without the spread it was found in, with one chain, for the wanted items that pass."""
        found = Passage(self.network, self.spread, self._crossings)
        widening = {self.flow.id: self.widening} if self.widening else {}
        found.spread = Proof(self.activity, widening, self.chain(wanted))
        return found

    def chain(self, wanted: Items) -> tuple[Flow, ...]:
        """A shortest chain that ends in the flow and carries one of the wanted items.

        Raises:
            ValueError: none of them passes the flow.
        """
        return self.spread.chain(self._nearest(wanted)[1], wanted)

    def holding(self, items: Items, chain: tuple[Flow, ...]) -> tuple[grounds.Fact, ...]:
        """The grounds that the recipient gets these items by their chain, whatever the place and the footing."""
        # The lines of a flow, one for each country, ask it one after the other.
        if self._held is None or self._held[0] is not items:
            network, activity = self.network, self.activity
            of_data = grounds.of_data(network, activity, items)
            of_chain = grounds.of_chain(network, activity.data or frozenset({ANYTHING}), chain)
            self._held = items, grounds.distinct((*of_data, *of_chain))
        return self._held[1]

    def depth_of(self, wanted: Items) -> int:
        """Length of the chain that `chain` gives; without making it.

        Raises:
            ValueError: none of them passes the flow.
        """
        return self._nearest(wanted)[0]

    def _nearest(self, wanted: Items) -> tuple[int, Crossing]:
        found = [(depth, crossing) for crossing in self._crossings if (depth := crossing.depth_of(wanted))]
        return min(found, key=lambda pair: pair[0])


@dataclass(frozen=True)
class Line:
    """One line of an answer: a flow, towards one country, with its footing.

    Attributes:
        passage: The flow and the data that passes it.
        country: The country this line is about, or `unknown`.
        assessment: The footing.
        items: The data items that the question is about and that pass.
    """

    passage: Passage
    country: str
    assessment: Assessment
    items: Items

    @property
    def status(self) -> Status:
        """The footing in one word."""
        return self.assessment.status

    @cached_property
    def chain(self) -> tuple[Flow, ...]:
        """A shortest chain from the activity to the recipient."""
        self.passage.network.tick()
        return self.passage.chain(self.items)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The chain as steps."""
        return tuple(Step(flow.id, flow.sender, flow.recipient) for flow in self.chain)

    @cached_property
    def grounds(self) -> tuple[tuple[Evidence, ...], ...]:
        """For each fact that the line rests on, the evidence for it, from the activity to the footing."""
        passage, assessment = self.passage, self.assessment
        facts = [*self.holding, grounds.of_place(passage.network, passage.flow, self.country)]
        # When the pair of roles decided, the line rests on the roles too.
        facts += grounds.of_roles(self.chain) if assessment.by_roles else ()
        return grounds.distinct((*facts, *assessment.grounds))

    @cached_property
    def holding(self) -> tuple[tuple[Evidence, ...], ...]:
        """The grounds that the recipient gets the data at all, whatever the place and the footing."""
        return self.passage.holding(self.items, self.chain)

    @property
    def basis(self) -> Basis:
        """How directly the weakest fact is said that the line rests on."""
        return weakest(basis_of(fact) for fact in self.grounds)

    @property
    def sources(self) -> tuple[Evidence, ...]:
        """Every piece of evidence, each once, in the order of the chain."""
        return tuple(dict.fromkeys(evidence for fact in self.grounds for evidence in fact))

    @property
    def parents_outside(self) -> tuple[tuple[Party, str], ...]:
        """For a recipient inside the EEA: the groups outside it that it is part of, with their countries.

        No transfer, but access on demand of a third country's authorities.
        """
        network = self.passage.network
        if self.status is not Status.INSIDE or self.passage.importer.id == UNKNOWN:
            return ()
        groups = network.groups(self.passage.importer.id)
        return tuple(
            (group, code)
            for group in groups
            for code in group.established_in
            if not network.law.is_inside(code, network.on)
        )


def countries_of(network: Network, flow: Flow) -> tuple[str, ...]:
    """Where a flow's recipient keeps or reads the data, its seat included; `unknown` for what nobody told us."""
    places = set(flow.places or (UNKNOWN,))
    if flow.seat_counts:
        places |= set(network.provider(flow.recipient).established_in or (UNKNOWN,))
    return tuple(sorted(places))


class Assessor:
    """Assesses flows of one network; each flow, capacity and country once."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._known: dict[tuple[str, Capacity], dict[str, Assessment]] = {}

    def __call__(self, flow: Flow, exporter: Capacity) -> dict[str, Assessment]:
        """The assessment of a flow for each country it reaches."""
        key = (flow.id, exporter)
        if key not in self._known:
            network = self._network
            found = cases(network, flow, exporter, countries_of(network, flow))
            self._known[key] = {case.country: assess(case) for case in found}
        return self._known[key]

    def of(self, passage: Passage) -> dict[str, Assessment]:
        """For each country the worst assessment over the capacities in which the flow is sent."""
        found: dict[str, Assessment] = {}
        for capacity in dict.fromkeys(place.capacity for place in passage.senders):
            for country, assessment in self(passage.flow, capacity).items():
                if country not in found or severity(assessment.status) < severity(found[country].status):
                    found[country] = assessment
        return found


def cases(network: Network, flow: Flow, exporter: Capacity, countries: Iterable[str]) -> Iterator[Case]:
    """A flow in front of the law tables, for each of some countries: with all that the network knows of both sides.

    Args:
        exporter: In which capacity it is sent.
    """
    sender, importer = network.exporter(flow), network.provider(flow.recipient)
    same_group = network.share_a_group(sender, importer)
    direct = flow.sender not in network.services
    for country in countries:
        yield Case(
            *(flow, exporter, importer, country, network.on, network.law),
            sender=sender,
            same_group=same_group,
            direct=direct,
        )


@dataclass(frozen=True)
class Wanted:
    """Which data a question is about.

    Attributes:
        category: A data category, with the narrower ones; None: any.
        subject: A data-subject category, with the narrower ones; None: any.
    """

    category: str | None = None
    subject: str | None = None

    def of(self, network: Network, items: Items) -> Items:
        """Those items that are wanted. An item that is not known may be anything, so it is."""
        if self.category is None and self.subject is None:
            return items
        return frozenset(item for item in items if self._fits(network, item.subject, item.category))

    def _fits(self, network: Network, subject: str, category: str) -> bool:
        order = network.order
        return (self.category is None or category == UNKNOWN or order.includes_category(self.category, category)) and (
            self.subject is None or subject == UNKNOWN or order.includes_subject(self.subject, subject)
        )


def passages(network: Network, activity: Activity, beyond: bool = False) -> Iterator[Passage]:
    """The flows that an activity's data passes, nearest first."""
    return passages_of(network, propagate(network, activity, beyond))


def passages_of(network: Network, spread: Spread) -> Iterator[Passage]:
    """The flows of a spread, nearest first."""
    by_flow: dict[str, list[Crossing]] = {}
    for crossing in spread.crossings.values():
        by_flow.setdefault(crossing.flow.id, []).append(crossing)
    found = (Passage(network, spread, crossings) for crossings in by_flow.values())
    return iter(sorted(found, key=lambda passage: (passage.depth, passage.flow.id)))


def lines_everywhere(passage: Passage, assessor: Assessor, items: Items | None = None) -> list[Line]:
    """A line for each country that a flow reaches, inside or outside, the worst first.

    Args:
        items: Only this data; None: all that passes.
    """
    passage.network.tick()
    shown = passage.items if items is None else items
    lines = [Line(passage, country, found, shown) for country, found in assessor.of(passage).items()]
    return sorted(lines, key=lambda line: (severity(line.status), line.country))


def lines_of(passage: Passage, assessor: Assessor, wanted: Wanted) -> list[Line]:
    """The lines of a flow: one for each country outside; when there is none, one for each country inside."""
    items = wanted.of(passage.network, passage.items)
    if not items:
        return []
    lines = lines_everywhere(passage, assessor, items)
    return [line for line in lines if line.status is not Status.INSIDE] or lines


def statuses_of(passage: Passage, assessor: Assessor) -> list[Status]:
    """The footings of the lines of a flow, without the lines."""
    found = [assessment.status for assessment in assessor.of(passage).values()]
    return [status for status in found if status is not Status.INSIDE] or found


def every_line(network: Network, wanted: Wanted | None = None, beyond: bool = False) -> Iterator[Line]:
    """Every line of a network, activity by activity, each activity's nearest flows first; those inside too.

    Args:
        network: What was fetched.
        wanted: Only this data; None: any.
        beyond: Also what lies behind independent controllers and authorities.
    """
    assessor = Assessor(network)
    wanted = wanted or Wanted()
    for activity in network.activities:
        for passage in passages(network, activity, beyond):
            yield from lines_of(passage, assessor, wanted)
