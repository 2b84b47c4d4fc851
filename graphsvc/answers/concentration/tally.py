"""What hangs on which party and which country on a day: who holds most, whose loss or breach weighs most. Pure.

Networks are read part by part. What is kept of them grows with the parties, the countries and the controllers behind
each party, never with all that the activities reach: what is counted of one controller is added up when its activities
are through, and the lines that are kept are told by then.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from itertools import groupby

from graphsvc.answers.concentration.chains import Part
from graphsvc.answers.concentration.cycles import Circles
from graphsvc.answers.concentration.furthest import Furthest
from graphsvc.answers.concentration.kept import Kept, Shelf
from graphsvc.answers.concentration.loss import Losses
from graphsvc.answers.concentration.stands import Concentration, Land, Rank, Stand
from graphsvc.answers.lines import Line, Passage, countries_of, passages_of
from graphsvc.answers.marks import Marker
from graphsvc.answers.network import Network
from graphsvc.answers.parted import Parted
from graphsvc.answers.plain import proof
from graphsvc.answers.propagate import Spread, propagate
from graphsvc.answers.tick import Tick
from graphsvc.law.assess import Assessment
from graphsvc.model import DataItem, Status, severity

Look = Callable[[Part, Spread, Counter[Status]], None]
"""Looks at how the data of an activity spreads, and how many lines of it there are on each footing."""


def concentration(parted: Parted, shelf: Shelf, look: Look | None = None) -> Concentration:
    """Read off what hangs on whom.

    Args:
        parted: What the question reaches, part by part.
        shelf: Where the lines lie that may be shown.
        look: Looks at each activity too, so that its data need not spread twice.
    """
    tally = _Tally(shelf)
    for network in parted.read():
        _read(tally, Part.of(network), look)
    return tally.result(parted.tick)


def _read(tally: _Tally, part: Part, look: Look | None) -> None:
    tally.begin_part(part.network)
    for controller, activities in groupby(part.network.activities, key=lambda activity: activity.controller):
        for activity in activities:
            spread = propagate(part.network, activity)
            statuses = tally.add(part, spread)
            if look:
                look(part, spread, statuses)
        tally.end_controller(controller)
    tally.end_part()


class _Tally:
    """Counts flow by flow; of the lines it makes only those that it keeps."""

    def __init__(self, shelf: Shelf) -> None:
        self._losses = Losses()
        self._circles = Circles(shelf)
        self._furthest = Furthest()
        self._stands: dict[str, Stand] = {}
        self._lands: dict[str, Land] = {}
        self._worst: Kept[str, Rank] = Kept(shelf, proof)
        self._worst_there: Kept[str, Rank] = Kept(shelf, proof)
        self._by_status: Counter[Status] = Counter()
        self._pairs = 0
        self._marks: Marker | None = None
        self._held: dict[str, set[DataItem]] = defaultdict(set)
        self._there: dict[str, set[DataItem]] = defaultdict(set)

    def begin_part(self, network: Network) -> None:
        """Get ready for a part."""
        self._marks = self._marks or Marker(network)
        self._circles.begin_part(network)

    def end_part(self) -> None:
        """Tell the lines of a part that are kept; its network can go."""
        for kept in (self._worst, self._worst_there, self._circles):
            kept.end_part()

    def add(self, part: Part, spread: Spread) -> Counter[Status]:
        """Count the flows that the data of an activity passes; how many lines it has on each footing."""
        passages = list(passages_of(part.network, spread))
        self._losses.add(part.network, spread.activity, passages)
        statuses: Counter[Status] = Counter()
        for passage in passages:
            found = part.assessor.of(passage)
            shown = [code for code in found if found[code].status is not Status.INSIDE] or [*found]
            statuses.update(found[code].status for code in shown)
            self._pass(passage, found, min(shown, key=lambda code: (severity(found[code].status), code)))
        for party in {passage.importer.id for passage in passages}:
            self._stands[party].activities += 1
        self._by_status += statuses
        return statuses

    def _pass(self, passage: Passage, found: dict[str, Assessment], worst: str) -> None:
        self._stand(passage)

        def make() -> Line:
            return _line(passage, worst, found[worst])

        badness = _badness(passage, worst, found[worst])
        self._worst.offer(passage.importer.id, badness, make)
        self._circles.add(passage, make)
        self._furthest.add(passage, badness, make)
        for country, assessment in found.items():
            self._locate(passage, country, assessment)

    def _stand(self, passage: Passage) -> None:
        importer = passage.importer
        stand = self._stands.get(importer.id)
        if stand is None:
            stand = self._stands[importer.id] = Stand.of(importer, passage.depth)
        stand.depth = min(stand.depth, passage.depth)
        stand.services[passage.flow.recipient] = passage.service.name
        stand.countries.update(countries_of(passage.network, passage.flow))
        self._held[importer.id] |= passage.items

    def _locate(self, passage: Passage, country: str, assessment: Assessment) -> None:
        """Count a country where a flow's data is kept or read, inside the EEA too."""
        land = self._lands.setdefault(country, Land())
        land.parties.add(passage.importer.id)
        land.by_status[assessment.status] += 1
        self._there[country] |= passage.items
        badness = _badness(passage, country, assessment)
        self._worst_there.offer(country, badness, lambda: _line(passage, country, assessment))

    def end_controller(self, controller: str) -> None:
        """Add up what anybody has of a controller; its activities are all counted."""
        for party, items in self._held.items():
            self._stands[party].add(controller, items)
        for country, items in self._there.items():
            self._lands[country].add(items)
        self._pairs += len(set().union(*self._held.values()))
        self._held.clear()
        self._there.clear()
        self._furthest.end_controller(controller)

    def result(self, tick: Tick) -> Concentration:
        """What was counted, in order."""
        found = Concentration(
            self._stands,
            self._losses,
            dict(sorted(self._lands.items(), key=lambda pair: (-pair[1].pairs, -pair[1].controllers, pair[0]))),
            self._pairs,
            tuple(self._circles.found(tick)),
            self._furthest.lines,
            self._by_status,
            self._marks,
            self._worst,
            self._worst_there,
        )
        ordered = sorted(self._stands.values(), key=found.rank)
        return replace(found, stands={stand.id: stand for stand in ordered})


def _line(passage: Passage, country: str, assessment: Assessment) -> Line:
    return Line(passage.apart(passage.items), country, assessment, passage.items)


def _badness(passage: Passage, country: str, assessment: Assessment) -> Rank:
    return severity(assessment.status), passage.depth, passage.activity.id, passage.flow.id, country
