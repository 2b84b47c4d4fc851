"""A breach at a party or a service: which controllers' data is there, how it came, what is at stake. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from graphsvc.answers.exposure.notify import LACKING, Call, calls
from graphsvc.answers.holders import Holding, holders
from graphsvc.answers.lines import Line, Wanted
from graphsvc.answers.marks import Mark, Marker, any_mark
from graphsvc.answers.network import Network
from graphsvc.answers.propagate import Items
from graphsvc.model import Activity, Basis, DataItem, Evidence, Service, Status, severity, weakest, worst


@dataclass(frozen=True)
class Inflow:
    """That a flow brings data of one activity to where the breach is.

    Attributes:
        lines: The lines of that flow, one for each country.
    """

    lines: tuple[Line, ...]

    @property
    def line(self) -> Line:
        """Any of its lines: they have one chain and one set of items."""
        return self.lines[0]

    @property
    def status(self) -> Status:
        """The worst footing of the flow."""
        return worst(line.status for line in self.lines)

    @cached_property
    def basis(self) -> Basis:
        """How directly the weakest fact is said that it rests on."""
        return weakest(line.basis for line in self.lines)

    @cached_property
    def sources(self) -> tuple[Evidence, ...]:
        """Every piece of evidence, each once."""
        return tuple(dict.fromkeys(evidence for line in self.lines for evidence in line.sources))


@dataclass(frozen=True)
class Stake:
    """How much is at stake for one controller: what the order of the answer is made of.

    Attributes:
        special: Data items of special categories (Art. 9).
        may_be_special: Data items too broad or too little known to tell.
        criminal: Data items on convictions and offences (Art. 10).
        vulnerable: Data items of vulnerable people.
        items: All data items.
        subjects: Categories of data subjects.
        status: The worst footing.
    """

    special: int
    may_be_special: int
    criminal: int
    vulnerable: int
    items: int
    subjects: int
    status: Status

    @property
    def rank(self) -> tuple[int, ...]:
        """Sorts what is most at stake first."""
        counts = (self.special, self.may_be_special, self.criminal, self.vulnerable, self.items, self.subjects)
        return (*(-count for count in counts), severity(self.status))


@dataclass(frozen=True)
class Exposed:
    """What of one controller is exposed by the breach.

    Attributes:
        controller: Id of the controller.
        network: What was fetched.
        holdings: What each service where the breach is holds of the controller's data.
        marker: Marks the data items.
    """

    controller: str
    network: Network
    holdings: tuple[Holding, ...]
    marker: Marker

    @property
    def services(self) -> list[Service]:
        """The services that hold its data."""
        found = {held.service.id: held.service for held in self.holdings}
        return [found[key] for key in sorted(found)]

    @property
    def items(self) -> Items:
        """The data items exposed."""
        return frozenset().union(*(held.items for held in self.holdings))

    @property
    def countries(self) -> list[str]:
        """Where the data is; `unknown` among them when nobody told us."""
        return sorted({code for held in self.holdings for code in held.countries})

    @cached_property
    def inflows(self) -> list[Inflow]:
        """Every flow that brings the data, those with the shortest chain first."""
        lines = [line for held in self.holdings for line in held.lines]
        found = [Inflow(tuple(group)) for _, group in groupby(sorted(lines, key=_flow_of), key=_flow_of)]
        return sorted(found, key=lambda inflow: (len(inflow.line.chain), _flow_of(inflow.line)))

    @property
    def activities(self) -> list[Activity]:
        """The activities that the data comes from."""
        found = {inflow.line.passage.activity.id: inflow.line.passage.activity for inflow in self.inflows}
        return [found[key] for key in sorted(found)]

    @property
    def depth(self) -> int:
        """Length of the shortest chain."""
        return len(self.inflows[0].line.chain)

    @property
    def basis(self) -> Basis:
        """How directly the weakest step is said that the exposure rests on."""
        return weakest(inflow.basis for inflow in self.inflows)

    @property
    def sources(self) -> list[Evidence]:
        """Every piece of evidence, each once, the shortest chain first."""
        return list(dict.fromkeys(evidence for inflow in self.inflows for evidence in inflow.sources))

    @cached_property
    def notify(self) -> list[Call]:
        """Who has to tell whom, the first call first."""
        return calls(self.network, (inflow.line for inflow in self.inflows))

    @property
    def without_contract(self) -> list[Call]:
        """The hops without a contract that obliges the caller."""
        return [call for call in self.notify if call.paper in LACKING]

    @cached_property
    def stake(self) -> Stake:
        """How much is at stake."""
        marks = [self.marker(item) for item in self.items]
        return Stake(
            sum(mark.special is True for mark in marks),
            sum(mark.special is None for mark in marks),
            sum(mark.criminal is True for mark in marks),
            sum(mark.vulnerable is True for mark in marks),
            len(marks),
            len({item.subject for item in self.items}),
            worst(held.status for held in self.holdings),
        )

    @property
    def rank(self) -> tuple[int | str, ...]:
        """Sorts whose data is most at stake first."""
        return (*self.stake.rank, self.controller)

    def has(self, mark: str) -> Mark:
        """Whether any of the data has a mark (`special`, `criminal`, `vulnerable`); None: some may have."""
        return any_mark(getattr(self.marker(item), mark) for item in self.items)


def exposure(network: Network, services: frozenset[str]) -> list[Exposed]:
    """Whose data is in some services, what is most at stake first.

    Args:
        network: Everything from which data can reach the services.
        services: Where the breach is.
    """
    return gathered(network, holders(network, Wanted(), services))


def gathered(network: Network, held: Iterable[Holding]) -> list[Exposed]:
    """Whose data is in some services, what is most at stake first.

    Args:
        network: Everything from which data can reach the services.
        held: What the services hold, controller by controller.
    """
    marker = Marker(network)
    found = [Exposed(key, network, tuple(group), marker) for key, group in groupby(held, key=lambda h: h.controller)]
    return sorted(found, key=lambda exposed: exposed.rank)


def most_at_stake_first(items: Iterable[DataItem], marker: Marker) -> list[DataItem]:
    """Data items in the order in which a reader wants to see them."""
    return sorted(items, key=lambda item: (*(_weight(mark) for mark in marker(item)), item))


def _weight(mark: Mark) -> int:
    return {True: 0, None: 1, False: 2}[mark]


def _flow_of(line: Line) -> tuple[str, str]:
    return (line.passage.activity.id, line.passage.flow.id)
