"""What one network says of one controller: the flows its data passes, whom they reach, where, on which tools. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from graphsvc.answers.lines import Assessor, Line, Passage, countries_of, lines_everywhere, passages
from graphsvc.answers.network import Network
from graphsvc.answers.propagate import Items
from graphsvc.law.reliance import tools_in_use
from graphsvc.model import ACTING_FOR_OTHERS, UNKNOWN, Activity, ContractKind


class Side:
    """One controller as one network has it.

    Attributes:
        passages: By activity and flow, that data of the activity passes the flow.
        nearest: By flow, the passage with the shortest chain.
    """

    def __init__(self, network: Network, assessor: Assessor, activities: Iterable[Activity]) -> None:
        self.network = network
        self._assessor = assessor
        self.passages: dict[tuple[str, str], Passage] = {}
        for activity in activities:
            for passage in passages(network, activity):
                self.passages[activity.id, passage.flow.id] = passage
        self.nearest: dict[str, Passage] = {}
        for key in sorted(self.passages, key=lambda key: (self.passages[key].depth, key)):
            self.nearest.setdefault(key[1], self.passages[key])

    @cached_property
    def activities(self) -> dict[str, tuple[str, ...]]:
        """By flow, the activities whose data passes it."""
        found: dict[str, list[str]] = defaultdict(list)
        for activity, flow in sorted(self.passages):
            found[flow].append(activity)
        return {flow: tuple(ids) for flow, ids in found.items()}

    @cached_property
    def sub_processors(self) -> dict[tuple[str, str], Passage]:
        """By the service that engages it and its own: the processors behind a processor (Art. 28(2) and (4))."""
        found: dict[tuple[str, str], Passage] = {}
        for passage in self.nearest.values():
            flow = passage.flow
            if flow.role in ACTING_FOR_OTHERS and flow.sender in self.network.services:
                found.setdefault((flow.sender, flow.recipient), passage)
        return found

    @cached_property
    def services(self) -> frozenset[str]:
        """Every service that gets data."""
        return frozenset(passage.flow.recipient for passage in self.nearest.values())

    @cached_property
    def places(self) -> dict[tuple[str, str], Passage]:
        """By service and country: where data is kept or read."""
        found: dict[tuple[str, str], Passage] = {}
        for passage in self.nearest.values():
            for country in countries_of(self.network, passage.flow):
                found.setdefault((passage.flow.recipient, country), passage)
        return found

    @cached_property
    def countries(self) -> dict[str, Passage]:
        """Every country that data reaches, by its nearest flow."""
        found: dict[str, Passage] = {}
        for (_, country), passage in self.places.items():
            if country not in found or passage.depth < found[country].depth:
                found[country] = passage
        return found

    @cached_property
    def parties(self) -> dict[str, Passage]:
        """Every party that holds data and is known, by its nearest flow."""
        found: dict[str, Passage] = {}
        for passage in self.nearest.values():
            if passage.importer.id != UNKNOWN:
                found.setdefault(passage.importer.id, passage)
        return found

    @cached_property
    def held(self) -> dict[str, dict[Passage, Items]]:
        """By service, the data that each activity sends it through each flow."""
        found: dict[str, dict[Passage, Items]] = defaultdict(dict)
        for key in sorted(self.passages):
            passage = self.passages[key]
            found[passage.flow.recipient][passage] = passage.items
        return found

    def items(self, service: str) -> Items:
        """The data that a service holds."""
        return frozenset().union(*self.held.get(service, {}).values())

    def lines(self, passage: Passage, items: Items | None = None) -> list[Line]:
        """A line for each country that a flow reaches, the worst first."""
        return lines_everywhere(passage, self._assessor, items)

    def line(self, passage: Passage, country: str | None = None, items: Items | None = None) -> Line:
        """The line of a flow towards a country; None: the worst one."""
        lines = self.lines(passage, items)
        return next(line for line in lines if country in (None, line.country))

    def tools(self, passage: Passage) -> frozenset[str]:
        """Ids of the tools that a flow can rely on."""
        network = self.network
        countries = countries_of(network, passage.flow)
        return tools_in_use(passage.flow, passage.importer, countries, network.on, network.law)


def contract_of(passage: Passage) -> str | None:
    """The contract in force behind a flow, in a word or by its title; None: none is recorded."""
    contract, on = passage.flow.contract, passage.network.on
    if contract is None or contract.kind is ContractKind.NONE:
        return None
    if not contract.holds(on):
        return None
    return contract.title or contract.kind.value
