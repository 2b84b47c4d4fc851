"""What hangs on which party and which country on a day: who holds most, whose loss or breach weighs most. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from graphsvc.answers.cycles import Circles, Cycle
from graphsvc.answers.lines import Assessor, Line, Wanted, countries_of, lines_everywhere, lines_of, passages
from graphsvc.answers.loss import Loss, Losses
from graphsvc.answers.marks import Marker
from graphsvc.answers.network import Network
from graphsvc.answers.propagate import Items
from graphsvc.model import UNKNOWN, DataItem, Party, Service, Status, severity

Held = set[tuple[str, DataItem]]
"""Pairs of a controller and a data item."""


@dataclass
class Stand:
    """What one party has of everybody.

    Attributes:
        party: The party; the unknown party stands for every recipient that nobody has named.
        services: Its services that data reaches, by id.
        countries: Where they keep or read data.
        controllers: Ids of the controllers whose data it has.
        activities: Ids of the activities that the data comes from.
        held: Which data of which controllers.
        depth: Length of the shortest chain to it.
        worst: The line with the worst footing, the nearest of those.
    """

    party: Party
    worst: Line
    depth: int
    services: dict[str, Service] = field(default_factory=dict)
    countries: set[str] = field(default_factory=set)
    controllers: set[str] = field(default_factory=set)
    activities: set[str] = field(default_factory=set)
    held: Held = field(default_factory=set)

    @property
    def is_named(self) -> bool:
        """Whether it is one party at all: recipients that nobody has named may be many."""
        return self.party.id != UNKNOWN

    @property
    def items(self) -> Items:
        """The data items, of whichever controller."""
        return frozenset(item for _, item in self.held)

    def add(self, line: Line) -> None:
        """Note a flow that ends in one of its services, by the worst of its lines."""
        passage = line.passage
        controller = passage.activity.controller
        self.services[passage.service.id] = passage.service
        self.countries.update(countries_of(passage.network, passage.flow))
        self.controllers.add(controller)
        self.activities.add(passage.activity.id)
        self.held.update((controller, item) for item in passage.items)
        self.depth = min(self.depth, passage.depth)
        self.worst = min(self.worst, line, key=_badness)


@dataclass
class Land:
    """What is kept or read in one country.

    Attributes:
        controllers: Ids of the controllers whose data is there.
        parties: Ids of the parties that have it there.
        held: Which data of which controllers.
        by_status: How many pairs of an activity and a flow reach it, by footing.
        worst: The line with the worst footing, the nearest of those.
    """

    worst: Line
    controllers: set[str] = field(default_factory=set)
    parties: set[str] = field(default_factory=set)
    held: Held = field(default_factory=set)
    by_status: Counter[Status] = field(default_factory=Counter)


@dataclass(frozen=True)
class Concentration:
    """What hangs on whom.

    Attributes:
        stands: One for each party, the one on which most hangs first.
        losses: What is lost with each of them.
        countries: By code, the one with most data first.
        held: Which data of which controllers anybody has.
        cycles: Services that pass data round in a circle.
        furthest: For each controller the nearest line to the recipient that is furthest away, the longest first.
        by_status: How many lines there are, by footing.
        marks: What is at stake with a data item.
        assessor: What assessed all this; it knows the footings already.
    """

    stands: tuple[Stand, ...]
    losses: Losses
    countries: dict[str, Land]
    held: Held
    cycles: tuple[Cycle, ...]
    furthest: tuple[Line, ...]
    by_status: Counter[Status]
    marks: Marker
    assessor: Assessor

    def loss(self, stand: Stand) -> Loss:
        """What is lost with a party."""
        return self.losses.of(stand.party.id)

    def share(self, pairs: int) -> float:
        """The part of all data that so many pairs are, from 0 to 1."""
        return pairs / len(self.held)

    def heaviest_losses(self, most: int) -> list[Stand]:
        """The named parties whose loss cuts most off: whole activities first, then single recipients."""
        cutting = [stand for stand in self.stands if stand.is_named and self._cut(stand) > (0, 0)]
        return sorted(cutting, key=lambda s: ([-n for n in self._cut(s)], s.party.id))[:most]

    def _cut(self, stand: Stand) -> tuple[int, int]:
        loss = self.loss(stand)
        return len(loss.activities), loss.pairs

    def widest_breaches(self, most: int) -> list[Stand]:
        """The named parties whose breach exposes most data."""
        return [stand for stand in self.stands if stand.is_named][:most]


def concentration(network: Network) -> Concentration:
    """Read off what hangs on whom.

    Args:
        network: What was fetched.
    """
    tally = _Tally(network)
    for activity in network.activities:
        found = list(passages(network, activity))
        tally.losses.add(activity, found)
        for passage in found:
            tally.add(lines_of(passage, tally.assessor, Wanted()))
            for line in lines_everywhere(passage, tally.assessor):
                tally.locate(line)
    return tally.result()


class _Tally:
    """Counts line by line."""

    def __init__(self, network: Network) -> None:
        self.losses = Losses(network)
        self.assessor = Assessor(network)
        self._network = network
        self._circles = Circles(network.tick)
        self._stands: dict[str, Stand] = {}
        self._lands: dict[str, Land] = {}
        self._nearest: dict[tuple[str, str], Line] = {}
        self._by_status: Counter[Status] = Counter()

    def add(self, lines: list[Line]) -> None:
        """Count the lines of one flow, the worst one first."""
        line = lines[0]
        party = line.passage.importer
        self._stands.setdefault(party.id, Stand(party, line, line.passage.depth)).add(line)
        self._by_status.update(line.status for line in lines)
        self._circles.add(line)
        key = (line.passage.activity.controller, line.passage.service.id)
        self._nearest[key] = min(self._nearest.get(key, line), line, key=_nearness)

    def locate(self, line: Line) -> None:
        """Count a country where a flow's data is kept or read, inside the EEA too."""
        passage = line.passage
        land = self._lands.setdefault(line.country, Land(line))
        land.worst = min(land.worst, line, key=_badness)
        land.controllers.add(passage.activity.controller)
        land.parties.add(passage.importer.id)
        land.held.update((passage.activity.controller, item) for item in passage.items)
        land.by_status[line.status] += 1

    def result(self) -> Concentration:
        """What was counted, in order."""
        stands = sorted(self._stands.values(), key=self._weight)
        lands = sorted(self._lands.items(), key=lambda pair: (-len(pair[1].held), -len(pair[1].controllers), pair[0]))
        return Concentration(
            tuple(stands),
            self.losses,
            dict(lands),
            set().union(*(stand.held for stand in stands)),
            tuple(self._circles.found()),
            tuple(sorted(self._furthest(), key=lambda line: (-line.passage.depth, line.passage.activity.controller))),
            self._by_status,
            Marker(self._network),
            self.assessor,
        )

    def _weight(self, stand: Stand) -> tuple[object, ...]:
        """Most data first, then most controllers, most activities, the largest loss, the worst footing."""
        loss = self.losses.of(stand.party.id)
        held = (-len(stand.held), -len(stand.controllers), -len(stand.activities))
        return *held, -len(loss.activities), -loss.pairs, severity(stand.worst.status), stand.party.id

    def _furthest(self) -> Iterator[Line]:
        by_controller: dict[str, list[Line]] = defaultdict(list)
        for (controller, _), line in self._nearest.items():
            by_controller[controller].append(line)
        for lines in by_controller.values():
            yield min(lines, key=lambda line: (-line.passage.depth, severity(line.status), *_names(line)))


def _nearness(line: Line) -> tuple[int, int, str, str, str]:
    return line.passage.depth, severity(line.status), *_names(line)


def _badness(line: Line) -> tuple[int, int, str, str, str]:
    return severity(line.status), line.passage.depth, *_names(line)


def _names(line: Line) -> tuple[str, str, str]:
    return line.passage.activity.id, line.passage.flow.id, line.country
