"""All recipients of the data of one controller, by name, at any depth (Art. 15(1)(c) GDPR). Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from graphsvc.answers.lines import Assessor, Line, lines_everywhere, passages
from graphsvc.answers.network import Network
from graphsvc.answers.order import Order
from graphsvc.answers.propagate import Items
from graphsvc.model import (
    UNKNOWN,
    Activity,
    Basis,
    Capacity,
    DataItem,
    Evidence,
    Party,
    Role,
    Service,
    Status,
    severity,
    weakest,
    worst,
)


class Match(StrEnum):
    """How a data item's category of people stands to the one asked about."""

    SAME = "same"
    BROADER = "broader"
    NARROWER = "narrower"
    UNKNOWN = "unknown"


def match(order: Order, asked: str | None, subject: str) -> Match | None:
    """How a category of people stands to the one asked about; None: it is about other people.

    A broader one may include the person, a narrower one may be what the person is, an unknown one may be anybody.
    Without a category asked about, everything is about the people asked about.
    """
    if subject == UNKNOWN:
        return Match.UNKNOWN
    if asked is None or asked == subject:
        return Match.SAME
    if order.includes_subject(subject, asked):
        return Match.BROADER
    return Match.NARROWER if order.includes_subject(asked, subject) else None


@dataclass
class Recipient:
    """A party that receives data in one role, or a service whose provider nobody named.

    Attributes:
        network: What was fetched.
        party: Who it is; the unknown party when nobody named it.
        role: In which role.
        lines: A line for each flow and country.
    """

    network: Network
    party: Party
    role: Role
    lines: list[Line] = field(default_factory=list)

    @property
    def named(self) -> bool:
        """Whether somebody named it."""
        return self.party.id != UNKNOWN

    @property
    def services(self) -> list[Service]:
        """The services that receive the data."""
        found = {line.passage.service.id: line.passage.service for line in self.lines}
        return [found[key] for key in sorted(found)]

    @property
    def items(self) -> Items:
        """The data items that it receives, of those asked about."""
        return frozenset().union(*(line.items for line in self.lines))

    @cached_property
    def shortest(self) -> Line:
        """A line with the shortest chain."""
        return min(self.lines, key=lambda line: (len(line.chain), line.passage.activity.id, line.passage.flow.id))

    @property
    def depth(self) -> int:
        """Length of the shortest chain."""
        return len(self.shortest.chain)

    @property
    def through(self) -> list[str]:
        """Ids of the services on the shortest chain before it."""
        return [flow.recipient for flow in self.shortest.chain[:-1]]

    @property
    def has_one_way(self) -> bool:
        """Whether the chains of all its data come by the same services."""
        return len({tuple(flow.recipient for flow in line.chain) for line in self.lines}) == 1

    @property
    def places(self) -> list[tuple[str, Line]]:
        """Each country with the line that has the worst footing there, the worst first."""
        found: dict[str, Line] = {}
        for line in sorted(self.lines, key=lambda line: severity(line.status)):
            found.setdefault(line.country, line)
        return sorted(found.items(), key=lambda pair: (severity(pair[1].status), pair[0]))

    @property
    def status(self) -> Status:
        """The worst footing."""
        return worst(line.status for line in self.lines)

    @property
    def activities(self) -> list[Activity]:
        """The activities that the data comes from."""
        found = {line.passage.activity.id: line.passage.activity for line in self.lines}
        return [found[key] for key in sorted(found)]

    @property
    def purposes(self) -> list[str]:
        """Ids of the purposes of those activities."""
        return sorted({purpose for activity in self.activities for purpose in activity.purposes})

    @property
    def conditions(self) -> list[str]:
        """When it receives data in some cases only, in which; empty: a chain without any condition leads to it."""
        found = [[flow.condition for flow in line.chain if flow.condition] for line in self.lines]
        return [] if [] in found else list(dict.fromkeys(condition for each in found for condition in each))

    @property
    def basis(self) -> Basis:
        """How directly the weakest step is said that it rests on."""
        return weakest(line.basis for line in self.lines)

    @property
    def sources(self) -> list[Evidence]:
        """Every piece of evidence, each once."""
        ordered = sorted(self.lines, key=lambda line: len(line.chain))
        return list(dict.fromkeys(evidence for line in ordered for evidence in line.sources))


def is_third_country(network: Network, country: str) -> bool | None:
    """Whether a country is a third country on the day; None: nobody told us which one, or the tables do not say."""
    begins = network.law.begins
    if country == UNKNOWN or begins is None or network.on < begins:
        return None
    return not network.law.is_inside(country, network.on)


def recipients(network: Network, subject: str | None = None) -> list[Recipient]:
    """Who receives the data of the one controller of a network, the named ones first, then by depth.

    What the controller does for others (Art. 30(2)) is left out: there the others answer. The controller is no
    recipient of its own data.

    Args:
        network: What the controller's activities reach.
        subject: Only data that is, or may be, of people of this category; None: of anybody.
    """
    assessor = Assessor(network)
    found: dict[tuple[str, Role], Recipient] = {}
    for line in _lines(network, subject, assessor):
        party, role = line.passage.importer, line.passage.flow.role
        key = (party.id if party.id != UNKNOWN else f"?{line.passage.service.id}", role)
        found.setdefault(key, Recipient(network, party, role)).lines.append(line)
    return sorted(found.values(), key=_order)


def _order(recipient: Recipient) -> tuple[object, ...]:
    name = recipient.party.name.lower() if recipient.named else recipient.services[0].name.lower()
    return (not recipient.named, recipient.depth, name, recipient.party.id, recipient.services[0].id, recipient.role)


def _lines(network: Network, subject: str | None, assessor: Assessor) -> Iterator[Line]:
    for activity in network.activities:
        if activity.capacity is Capacity.PROCESSOR:
            continue
        for passage in passages(network, activity):
            items = frozenset(item for item in passage.items if _wanted(network, subject, item))
            if items and passage.importer.id != activity.controller:
                yield from lines_everywhere(passage, assessor, items)


def _wanted(network: Network, subject: str | None, item: DataItem) -> bool:
    return match(network.order, subject, item.subject) is not None
