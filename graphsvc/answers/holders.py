"""Which parties hold which data on a day, where, in which role, through which chain. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from graphsvc.answers.lines import Assessor, Line, Wanted, countries_of, lines_of, passages
from graphsvc.answers.network import Network
from graphsvc.answers.propagate import Items
from graphsvc.model import Basis, Evidence, Party, Role, Service, Status, weakest, worst


@dataclass
class Holding:
    """What one service holds of one controller in one role.

    Attributes:
        controller: Id of the controller.
        service: The service that holds the data.
        role: What it is in the flows that brought the data.
        lines: The lines of those flows, the shortest chain first.
    """

    controller: str
    service: Service
    role: Role
    lines: list[Line] = field(default_factory=list)

    @property
    def party(self) -> Party:
        """Who provides the service."""
        return self._nearest.passage.importer

    @property
    def _nearest(self) -> Line:
        return min(self.lines, key=lambda line: line.passage.depth)

    @cached_property
    def shortest(self) -> Line:
        """The line with the shortest chain that carries wanted data."""
        return min(self.lines, key=lambda line: (len(line.chain), line.passage.activity.id, line.passage.flow.id))

    @property
    def items(self) -> Items:
        """The data items held."""
        return frozenset().union(*(line.items for line in self.lines))

    @property
    def countries(self) -> list[str]:
        """Where the data is kept or read; `unknown` among them when nobody told us."""
        return sorted({code for line in self.lines for code in countries_of(line.passage.network, line.passage.flow)})

    @property
    def activities(self) -> list[str]:
        """Ids of the activities that the data comes from."""
        return sorted({line.passage.activity.id for line in self.lines})

    @property
    def status(self) -> Status:
        """The worst footing among them."""
        return worst(line.status for line in self.lines)

    @property
    def basis(self) -> Basis:
        """The weakest basis along the shortest chain."""
        return weakest([self.shortest.basis])

    @property
    def sources(self) -> tuple[Evidence, ...]:
        """The evidence along the shortest chain."""
        return self.shortest.sources


def holders(network: Network, wanted: Wanted, services: frozenset[str] | None = None) -> Iterator[Holding]:
    """Who holds the wanted data, controller by controller.

    Args:
        network: What was fetched.
        wanted: Which data the question is about.
        services: Only what these services hold; None: all.

    Yields:
        One holding for each controller, service and role, in the order of controller, depth and service.
    """
    assessor = Assessor(network)
    by_controller: dict[str, dict[tuple[str, Role], Holding]] = {}
    for activity in network.activities:
        found = by_controller.setdefault(activity.controller, {})
        for passage in passages(network, activity):
            if services is None or passage.flow.recipient in services:
                for line in lines_of(passage, assessor, wanted):
                    key = (passage.flow.recipient, passage.flow.role)
                    if key not in found:
                        found[key] = Holding(activity.controller, passage.service, passage.flow.role)
                    found[key].lines.append(line)
    for controller in sorted(by_controller):
        network.tick()
        held = by_controller[controller].values()
        yield from sorted(held, key=lambda h: (h._nearest.passage.depth, h.service.id, h.role))
