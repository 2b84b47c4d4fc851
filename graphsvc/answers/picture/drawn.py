"""One flow of a picture, and what the lines that make it come to: of these only the nearest one is kept. Pure."""

from __future__ import annotations

from dataclasses import replace

from graphsvc.answers.lines import Line, countries_of
from graphsvc.answers.propagate import Items
from graphsvc.law.assess import Assessment
from graphsvc.model import Activity, Flow, Status, severity, worst


class Drawn:
    """One flow of a picture: what every line that the data of any activity makes of it comes to.

    Attributes:
        shortest: The line with the shortest chain, the worst one first.
        items: The data items that pass.
        beyond: Whether all of it passes behind an independent controller or an authority.
    """

    def __init__(self, line: Line) -> None:
        self.items: Items = frozenset()
        self.beyond = True
        self._activities: dict[str, Activity] = {}
        self._by_country: dict[str, Assessment] = {}
        self._keep(line)
        self.add(line)

    def add(self, line: Line) -> None:
        """Add a line of the flow; it is let go unless it is the nearest."""
        self.items |= line.items
        self.beyond = self.beyond and line.passage.beyond
        self._activities[line.passage.activity.id] = line.passage.activity
        known = self._by_country.get(line.country)
        if known is None or severity(line.status) < severity(known.status):
            self._by_country[line.country] = line.assessment
        if _nearness(line) < self._nearness:
            self._keep(line)

    def _keep(self, line: Line) -> None:
        self._nearness = _nearness(line)
        self.shortest = replace(line, passage=line.passage.apart(line.items))

    @property
    def flow(self) -> Flow:
        """The flow."""
        return self.shortest.passage.flow

    @property
    def depth(self) -> int:
        """Length of the shortest chain that ends in it, counted in flows."""
        return self._nearness[0]

    @property
    def by_country(self) -> dict[str, Assessment]:
        """For each country the worst footing, the worst country first."""
        return dict(sorted(self._by_country.items(), key=lambda pair: (severity(pair[1].status), pair[0])))

    @property
    def countries(self) -> list[str]:
        """Where the recipient keeps or reads the data."""
        return list(countries_of(self.shortest.passage.network, self.flow))

    @property
    def status(self) -> Status:
        """The worst footing."""
        return worst(assessment.status for assessment in self._by_country.values())

    @property
    def activities(self) -> list[Activity]:
        """The activities whose data passes it, by id."""
        return [self._activities[key] for key in sorted(self._activities)]


def _nearness(line: Line) -> tuple[int, int, str, str]:
    return line.passage.depth_of(line.items), severity(line.status), line.passage.activity.id, line.country
