"""The picture of a part of the register: its flows, level by level, and what they connect. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from graphsvc.answers.lines import Line, Wanted, every_line
from graphsvc.answers.network import Network
from graphsvc.answers.picture.drawn import Drawn
from graphsvc.model import Activity, Party, Role, Service, Status, worst

FEW = 120
"""How many flows a picture shows when nobody said how many levels: what one can take in at once."""


@dataclass(frozen=True)
class View:
    """What a picture leaves out.

    Attributes:
        wanted: Only this data.
        status: Only flows on these footings; empty: all.
        countries: Only flows that reach these countries, `unknown` among them; empty: all.
        roles: Only recipients in these roles; empty: all.
        depth: How many levels of flows to show; None: as many as have few flows together, and at least one.
        opened: Services and activities whose flows are shown whatever the depth.
        beyond: Also what lies behind independent controllers and authorities.
        ends: Only what leads to one of these services; None: anything.
    """

    wanted: Wanted = field(default_factory=Wanted)
    status: frozenset[Status] = frozenset()
    countries: frozenset[str] = frozenset()
    roles: frozenset[Role] = frozenset()
    depth: int | None = None
    opened: frozenset[str] = frozenset()
    beyond: bool = False
    ends: frozenset[str] | None = None

    def keep(self, drawn: Drawn) -> bool:
        """Whether a flow is asked for; what only leads to such a flow is shown as a way."""
        return (
            (not self.status or drawn.status in self.status)
            and (not self.countries or not self.countries.isdisjoint(drawn.countries))
            and (not self.roles or drawn.flow.role in self.roles)
        )


class TooManyLines(Exception):
    """The flows of a picture come to more lines than may be."""


@dataclass(frozen=True)
class Level:
    """How much there is at one depth: flows, and the services that are reached there for the first time."""

    depth: int
    flows: int
    services: int


@dataclass(frozen=True)
class Node:
    """A controller, an activity or a service of a picture.

    Attributes:
        id: Its id.
        column: 0 for controllers, 1 for activities, then the depth of a service and 1.
        thing: What it is.
        party: The controller, who answers for the activity, or who provides the service.
        countries: Where its party is or, for a service, where the data is kept or read.
        status: The worst footing on which data comes to it; None: nothing comes.
        sends: How many flows it sends data on.
        hidden: How many of these are not shown.
        parents_outside: The groups outside the EEA that it is part of, when all of it is inside.
    """

    id: str
    column: int
    thing: Party | Activity | Service
    party: Party
    countries: tuple[str, ...]
    status: Status | None = None
    sends: int = 0
    hidden: int = 0
    parents_outside: tuple[tuple[Party, str], ...] = ()


class Picture:
    """The flows that a question about a picture asks for, the ways that lead there, and what they connect."""

    def __init__(self, network: Network, view: View, most: int | None = None) -> None:
        """Draw what was fetched.

        Args:
            network: What was fetched.
            view: What is left out.
            most: How many lines it may come to; None: any number.

        Raises:
            TooManyLines: it comes to more.
        """
        self.network = network
        self.view = view
        self._all: dict[str, Drawn] = {}
        for number, line in enumerate(every_line(network, view.wanted, view.beyond), start=1):
            if most is not None and number > most:
                raise TooManyLines
            self._draw(line)
        self._kept, self._ways = self._chosen()

    def _draw(self, line: Line) -> None:
        drawn = self._all.get(line.passage.flow.id)
        if drawn is None:
            self._all[line.passage.flow.id] = Drawn(line)
        else:
            drawn.add(line)

    def _chosen(self) -> tuple[dict[str, Drawn], dict[str, Drawn]]:
        """The flows that are asked for, and those that only lead there."""
        reached = self._all.keys() if self.view.ends is None else self._leading_to(self.view.ends)
        kept = {key: self._all[key] for key in reached if self.view.keep(self._all[key])}
        if len(kept) == len(self._all):
            return kept, {}
        led = {flow.id for drawn in kept.values() for flow in drawn.shortest.chain}
        return kept, {key: self._all[key] for key in sorted(led - kept.keys())}

    def _leading_to(self, ends: frozenset[str]) -> set[str]:
        """The flows of every chain that ends in one of some services."""
        into: dict[str, list[Drawn]] = defaultdict(list)
        for drawn in self._all.values():
            into[drawn.flow.recipient].append(drawn)
        found: set[str] = set()
        seen, todo = set(ends), list(ends)
        while todo:
            for drawn in into[todo.pop()]:
                found.add(drawn.flow.id)
                if drawn.flow.sender not in seen:
                    seen.add(drawn.flow.sender)
                    todo.append(drawn.flow.sender)
        return found

    @cached_property
    def _columns(self) -> dict[str, int]:
        """The column of every activity and service there is."""
        found = {drawn.flow.sender: drawn.depth for drawn in self._all.values() if drawn.depth == 1}
        for drawn in sorted(self._all.values(), key=lambda drawn: drawn.depth):
            found.setdefault(drawn.flow.recipient, drawn.depth + 1)
        return found

    @cached_property
    def levels(self) -> list[Level]:
        """How much there is at each depth, shown or not."""
        there = [*self._kept.values(), *self._ways.values()]
        flows = Counter(drawn.depth for drawn in there)
        services = Counter(self._columns[key] - 1 for key in {drawn.flow.recipient for drawn in there})
        return [Level(depth, flows[depth], services[depth]) for depth in range(1, max(flows, default=0) + 1)]

    @cached_property
    def depth(self) -> int:
        """How many levels are shown."""
        if self.view.depth is not None:
            return self.view.depth
        shown, total = 0, 0
        for level in self.levels:
            total += level.flows
            if shown and total > FEW:
                break
            shown = level.depth
        return shown

    @property
    def fetched(self) -> int:
        """How many flows it holds in memory."""
        return sum(map(len, self.network.flows.values()))

    @property
    def all(self) -> list[Drawn]:
        """The flows that are asked for, shown or not."""
        return list(self._kept.values())

    @cached_property
    def _shown(self) -> list[Drawn]:
        """Every flow shown, nearest first; of a service that is opened only when it is shown itself."""
        there = [*self._kept.values(), *self._ways.values()]
        shown: list[Drawn] = []
        reached: set[str] = {drawn.flow.sender for drawn in there if drawn.depth == 1}
        for drawn in sorted(there, key=lambda drawn: (drawn.depth, drawn.flow.id)):
            sender = drawn.flow.sender
            if drawn.depth <= self.depth or sender in self.view.opened & reached:
                shown.append(drawn)
                reached.add(drawn.flow.recipient)
        return shown

    @property
    def flows(self) -> list[Drawn]:
        """The flows that are asked for and shown, nearest first."""
        return [drawn for drawn in self._shown if drawn.flow.id in self._kept]

    @property
    def ways(self) -> list[Drawn]:
        """The flows that are only shown because they lead there."""
        return [drawn for drawn in self._shown if drawn.flow.id in self._ways]

    @cached_property
    def by_status(self) -> dict[Status, int]:
        """How many flows are asked for, shown or not, by their worst footing."""
        found = Counter(drawn.status for drawn in self._kept.values())
        return {status: found[status] for status in Status}

    def nodes(self) -> Iterator[Node]:
        """What the flows shown connect, column by column, by id."""
        sent, arrived = _by_sender(self._shown), _by_recipient(self._shown)
        ids = sent.keys() | arrived.keys()
        there = _by_sender([*self._kept.values(), *self._ways.values()])
        activities = {activity.id: activity for activity in self.network.activities if activity.id in ids}
        for controller in sorted({activity.controller for activity in activities.values()}):
            party = self.network.party(controller)
            yield Node(controller, 0, party, party, party.established_in)
        for key in sorted(ids, key=lambda key: (self._columns[key], key)):
            sends = len(there.get(key, ()))
            hidden = sends - len(sent.get(key, ()))
            if key in activities:
                party = self.network.party(activities[key].controller)
                yield Node(key, 1, activities[key], party, (), None, sends, hidden)
            else:
                yield self._service(key, arrived.get(key, []), sends, hidden)

    def _service(self, key: str, arrived: list[Drawn], sends: int, hidden: int) -> Node:
        countries = {country for drawn in arrived for country in drawn.countries}
        status = worst(drawn.status for drawn in arrived) if arrived else None
        parents = {group.id: (group, code) for drawn in arrived for group, code in drawn.shortest.parents_outside}
        return Node(
            key,
            self._columns[key],
            self.network.services[key],
            self.network.provider(key),
            tuple(sorted(countries)),
            status,
            sends,
            hidden,
            tuple(parents.values()) if status is Status.INSIDE else (),
        )


def _by_sender(flows: Iterable[Drawn]) -> dict[str, list[Drawn]]:
    found: dict[str, list[Drawn]] = defaultdict(list)
    for drawn in flows:
        found[drawn.flow.sender].append(drawn)
    return found


def _by_recipient(flows: Iterable[Drawn]) -> dict[str, list[Drawn]]:
    found: dict[str, list[Drawn]] = defaultdict(list)
    for drawn in flows:
        found[drawn.flow.recipient].append(drawn)
    return found
