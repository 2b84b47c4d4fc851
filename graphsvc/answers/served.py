"""Whom a party serves as a processor, by controller and category of processing (GDPR Art. 30(2)). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from graphsvc.answers.lines import Assessor, Line, Passage, lines_everywhere, passages
from graphsvc.answers.network import Network
from graphsvc.answers.order import ANYTHING
from graphsvc.answers.propagate import Items
from graphsvc.model import (
    ACTING_FOR_OTHERS,
    CHAIN_ENDS_AT,
    UNKNOWN,
    Activity,
    Capacity,
    DataItem,
    Party,
    Role,
    Service,
    Status,
)


@dataclass(frozen=True)
class Served:
    """What a party does for one controller in one category of processing.

    Attributes:
        controller: On whose behalf; the unknown party when nobody told us.
        service: The service of the party that the data comes to; None: the party's own record says it.
        activity: The activity of the party's own record; None: the flows to its service say it.
        arriving: How the data comes to the service, one line for each flow and country, the nearest first.
        onward: Where the party passes it on, one line for each flow and country, the nearest first.
        items: The data.
    """

    controller: Party
    service: Service | None
    activity: Activity | None
    arriving: tuple[Line, ...]
    onward: tuple[Line, ...]
    items: Items

    @property
    def name(self) -> str:
        """What the category of processing is called."""
        return self._thing.name

    @property
    def key(self) -> str:
        """Id of the service or the activity."""
        return self._thing.id

    @property
    def _thing(self) -> Service | Activity:
        thing = self.service or self.activity
        if thing is None:
            raise ValueError("a category of processing is a service or an activity")
        return thing

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The flows by which the data comes to the service, each once."""
        return tuple({line.passage.flow.id: line.passage for line in self.arriving}.values())

    @property
    def activities(self) -> tuple[Activity, ...]:
        """The activities that the data comes from."""
        found = [passage.activity for passage in self.passages] or ([self.activity] if self.activity else [])
        return tuple({activity.id: activity for activity in found}.values())

    @property
    def through(self) -> tuple[Party, ...]:
        """Other processors that the data comes through."""
        exporters = {passage.exporter.id: passage.exporter for passage in self.passages}
        return tuple(exporters[key] for key in sorted(exporters) if key != self.controller.id)

    @property
    def transfers(self) -> tuple[Line, ...]:
        """The lines of its onward flows that are third-country transfers, or may be (Art. 30(2)(c))."""
        return tuple(line for line in self.onward if line.status is not Status.INSIDE)


def served(network: Network, party: str) -> list[Served]:
    """What a party does on behalf of others: by its own record, and by the flows to its services.

    Args:
        network: What reaches its services, what they reach, and its own activities.
        party: Its id.

    Returns:
        One entry for each controller and activity of the party's own record, and one for each controller and service
        that data comes to in the role of a processor; in the order of controller and name.
    """
    search = _Search(network, party)
    found = [*search.own_record(), *search.flows()]
    return sorted(found, key=lambda each: (each.controller.id == UNKNOWN, each.controller.id, each.name, each.key))


def undetermined(network: Network, party: str) -> list[tuple[Party, Service]]:
    """Controllers whose data comes to a service of a party in a role that nobody recorded: no row can be made of it."""
    found = {
        (controller, passage.service.id): passage.service
        for controller, passage in _Search(network, party).arriving()
        if passage.flow.role is Role.UNKNOWN
    }
    return [(network.party(controller), service) for (controller, _), service in sorted(found.items())]


def controllers_of(activity: Activity) -> tuple[str, ...]:
    """Ids of the controllers of an activity: of a processor's activity, those it acts for."""
    if activity.capacity is Capacity.CONTROLLER:
        return (activity.controller,)
    return activity.on_behalf_of or (UNKNOWN,)


class _Search:
    """Reads the rows of one party off a network; each activity is spread once."""

    def __init__(self, network: Network, party: str) -> None:
        self._network = network
        self._party = party
        self._assessor = Assessor(network)
        self._passages = {
            activity.id: [*passages(network, activity)]
            for activity in network.activities
            if activity.controller != party or activity.capacity is Capacity.PROCESSOR
        }

    def own_record(self) -> Iterator[Served]:
        """By the party's own activities as a processor."""
        for activity in self._network.activities:
            if activity.controller == self._party and activity.capacity is Capacity.PROCESSOR:
                onward = tuple(self._lines(self._elsewhere(self._passages[activity.id])))
                for controller in controllers_of(activity):
                    yield Served(self._network.party(controller), None, activity, (), onward, activity.data)

    def flows(self) -> Iterator[Served]:
        """By the flows to the party's services."""
        found: dict[tuple[str, str], list[Passage]] = {}
        for controller, passage in self.arriving():
            if passage.flow.role in ACTING_FOR_OTHERS:
                found.setdefault((controller, passage.service.id), []).append(passage)
        for (controller, service), arrived in found.items():
            yield Served(
                self._network.party(controller),
                self._network.services[service],
                None,
                tuple(self._lines(arrived)),
                tuple(self._onward(service, arrived)),
                frozenset().union(*(passage.items for passage in arrived)),
            )

    def arriving(self) -> Iterator[tuple[str, Passage]]:
        """The flows to the party's services, for each controller whose data they bring, the nearest first."""
        for activity in self._network.activities:
            controllers = [each for each in controllers_of(activity) if each != self._party]
            if activity.controller != self._party:
                for passage in self._passages[activity.id]:
                    if passage.importer.id == self._party:
                        yield from ((controller, passage) for controller in controllers)

    def _lines(self, found: Iterable[Passage]) -> Iterator[Line]:
        return (line for passage in found for line in lines_everywhere(passage, self._assessor))

    def _elsewhere(self, found: Iterable[Passage]) -> Iterator[Passage]:
        """Those flows that do not lead back to the party itself."""
        return (passage for passage in found if passage.importer.id != self._party)

    def _onward(self, service: str, arrived: list[Passage]) -> Iterator[Line]:
        """The lines of flows behind a service, as far as the data that came to it passes them."""
        behind = _flows_behind(self._network, service)
        items: dict[str, set[DataItem]] = {}
        for passage in arrived:
            items.setdefault(passage.activity.id, set()).update(passage.items)
        for activity, came in items.items():
            for passage in self._elsewhere(self._passages[activity]):
                if passage.flow.id in behind and (passed := self._among(passage.items, came)):
                    yield from lines_everywhere(passage, self._assessor, passed)

    def _among(self, passing: Items, came: set[DataItem]) -> Items:
        """Those of the items that pass a flow which are, or are part of, what came."""
        includes = self._network.order.includes
        return frozenset(
            item for item in passing if any(each in (ANYTHING, item) or includes(each, item) for each in came)
        )


def _flows_behind(network: Network, service: str) -> frozenset[str]:
    """Ids of the flows that a chain from a service goes through."""
    found: set[str] = set()
    todo, seen = [service], {service}
    while todo:
        for flow in network.flows.get(todo.pop(), ()):
            found.add(flow.id)
            if flow.role not in CHAIN_ENDS_AT and flow.recipient not in seen:
                seen.add(flow.recipient)
                todo.append(flow.recipient)
    return frozenset(found)
