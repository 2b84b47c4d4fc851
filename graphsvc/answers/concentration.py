"""What hangs on which party and which country on a day: who holds most, whose loss or breach weighs most. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby

from graphsvc.answers.cycles import Circles, Cycle
from graphsvc.answers.lines import Assessor, Line, Passage, countries_of, passages
from graphsvc.answers.loss import Loss, Losses
from graphsvc.answers.marks import Marker
from graphsvc.answers.network import Network
from graphsvc.answers.propagate import Items
from graphsvc.law.assess import Assessment
from graphsvc.model import UNKNOWN, DataItem, Party, Service, Status, severity

Held = set[tuple[str, DataItem]]
"""Pairs of a controller and a data item."""
Rank = tuple[int, int, str, str, str]
"""Orders lines: two numbers, then what names a line: activity, flow and country."""


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
        badness: How bad the worst line is; what is smaller is worse.
        worst: The line with the worst footing, the nearest of those.
    """

    party: Party
    depth: int
    badness: Rank
    worst: Line
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

    def add(self, passage: Passage) -> None:
        """Note a flow that ends in one of its services."""
        controller = passage.activity.controller
        self.services[passage.flow.recipient] = passage.service
        self.countries.update(countries_of(passage.network, passage.flow))
        self.controllers.add(controller)
        self.activities.add(passage.activity.id)
        self.held.update((controller, item) for item in passage.items)
        self.depth = min(self.depth, passage.depth)


@dataclass
class Land:
    """What is kept or read in one country.

    Attributes:
        controllers: Ids of the controllers whose data is there.
        parties: Ids of the parties that have it there.
        held: Which data of which controllers.
        by_status: How many pairs of an activity and a flow reach it, by footing.
        badness: How bad the worst line is; what is smaller is worse.
        worst: The line with the worst footing, the nearest of those.
    """

    badness: Rank
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
    for _, activities in groupby(network.activities, key=lambda activity: activity.controller):
        for activity in activities:
            found = list(passages(network, activity))
            tally.losses.add(activity, found)
            for passage in found:
                tally.add(passage)
        tally.end_controller()
    return tally.result()


class _Tally:
    """Counts flow by flow; of the lines it makes only those that it keeps, each apart from the spread of its activity.

    So what it holds grows with the parties and services, not with all that the activities reach.
    """

    def __init__(self, network: Network) -> None:
        self.losses = Losses(network)
        self.assessor = Assessor(network)
        self._network = network
        self._circles = Circles(network.tick)
        self._stands: dict[str, Stand] = {}
        self._lands: dict[str, Land] = {}
        self._nearest: dict[str, tuple[Rank, Passage]] = {}
        self._furthest: list[Line] = []
        self._by_status: Counter[Status] = Counter()

    def add(self, passage: Passage) -> None:
        """Count a flow."""
        found = self.assessor.of(passage)
        shown = [code for code in found if found[code].status is not Status.INSIDE] or found
        self._by_status.update(found[code].status for code in shown)
        worst = min(shown, key=lambda code: (severity(found[code].status), code))
        self._stand(passage, worst, found[worst])
        self._circles.add(passage, lambda: _line(passage, worst, found[worst]))
        nearness = (passage.depth, severity(found[worst].status), *_names(passage, worst))
        service = passage.flow.recipient
        if service not in self._nearest or nearness < self._nearest[service][0]:
            self._nearest[service] = nearness, passage
        for code, assessment in found.items():
            self._locate(passage, code, assessment)

    def _stand(self, passage: Passage, country: str, assessment: Assessment) -> None:
        badness = _badness(passage, country, assessment)
        stand = self._stands.get(passage.importer.id)
        if stand is None:
            stand = Stand(passage.importer, passage.depth, badness, _line(passage, country, assessment))
            self._stands[passage.importer.id] = stand
        elif badness < stand.badness:
            stand.badness, stand.worst = badness, _line(passage, country, assessment)
        stand.add(passage)

    def _locate(self, passage: Passage, country: str, assessment: Assessment) -> None:
        """Count a country where a flow's data is kept or read, inside the EEA too."""
        badness = _badness(passage, country, assessment)
        land = self._lands.get(country)
        if land is None:
            land = self._lands[country] = Land(badness, _line(passage, country, assessment))
        elif badness < land.badness:
            land.badness, land.worst = badness, _line(passage, country, assessment)
        land.controllers.add(passage.activity.controller)
        land.parties.add(passage.importer.id)
        land.held.update((passage.activity.controller, item) for item in passage.items)
        land.by_status[assessment.status] += 1

    def end_controller(self) -> None:
        """Keep the line to the recipient of a controller that is furthest away; the activities are all counted."""
        if self._nearest:
            (_, _, *_, country), passage = min(self._nearest.values(), key=lambda pair: (-pair[0][0], *pair[0][1:]))
            self._furthest.append(_line(passage, country, self.assessor.of(passage)[country]))
            self._nearest.clear()

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
            tuple(sorted(self._furthest, key=lambda line: (-line.passage.depth, line.passage.activity.controller))),
            self._by_status,
            Marker(self._network),
            self.assessor,
        )

    def _weight(self, stand: Stand) -> tuple[object, ...]:
        """Most data first, then most controllers, most activities, the largest loss, the worst footing."""
        loss = self.losses.of(stand.party.id)
        held = (-len(stand.held), -len(stand.controllers), -len(stand.activities))
        return *held, -len(loss.activities), -loss.pairs, severity(stand.worst.status), stand.party.id


def _line(passage: Passage, country: str, assessment: Assessment) -> Line:
    return Line(passage.apart, country, assessment, passage.items)


def _badness(passage: Passage, country: str, assessment: Assessment) -> Rank:
    return severity(assessment.status), passage.depth, *_names(passage, country)


def _names(passage: Passage, country: str) -> tuple[str, str, str]:
    return passage.activity.id, passage.flow.id, country
