"""The law as dated tables: regimes by country, transfer tools by id. Rows, never an `if`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from graphsvc.law.lists import ending_together
from graphsvc.model import INSIDE, Capacity, Day, Duty, Event, Regime, Requirement, Shortfall, Tool, in_force


@dataclass(frozen=True)
class Law:
    """The tables that answers are decided by.

    Attributes:
        version: Names this state of the tables; part of every answer.
        regimes: For each country code its regimes, the one that began last first.
        tools: Transfer tools by id.
        events: Days on which the law changed or may change, the first one first.
        duties: Who has to tell whom of a breach.
        requirements: What has to be said, recorded or arranged.
        complete_from: The day from which on the tables say of themselves that they are complete; None: they do not say.
        as_of: The day whose law is applied on whichever day is asked about; None: each day has its own.
        own: Ids of the regimes and tools that this register added or changed itself.
    """

    version: str
    regimes: Mapping[str, tuple[Regime, ...]]
    tools: Mapping[str, Tool]
    events: tuple[Event, ...] = ()
    duties: tuple[Duty, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    complete_from: Day | None = None
    as_of: Day | None = None
    own: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls,
        version: str,
        regimes: Iterable[Regime],
        tools: Iterable[Tool],
        events: Iterable[Event] = (),
        duties: Iterable[Duty] = (),
        requirements: Iterable[Requirement] = (),
        complete_from: Day | None = None,
        own: frozenset[str] = frozenset(),
    ) -> Law:
        """Tables from rows in any order; a decision and the list that it names end together."""
        regimes, tools = ending_together(regimes, tools)
        by_country: dict[str, list[Regime]] = defaultdict(list)
        for regime in regimes:
            by_country[regime.country].append(regime)
        ordered = {
            country: tuple(sorted(rows, key=lambda row: (row.valid_from, row.id), reverse=True))
            for country, rows in by_country.items()
        }
        return cls(
            version,
            ordered,
            {tool.id: tool for tool in tools},
            tuple(sorted(events, key=lambda event: (event.date, event.id))),
            tuple(sorted(duties, key=lambda duty: duty.id)),
            tuple(sorted(requirements, key=lambda requirement: requirement.id)),
            complete_from,
            own=own,
        )

    def frozen(self, day: Day) -> Law:
        """The same tables standing still: what was in force on a day stays, what was not never is.

        To tell what the law does from what the facts do: facts of one day, law of another.
        """
        return replace(self, as_of=day)

    def day(self, on: Day) -> Day:
        """The day whose law is applied when a question is about a day."""
        return self.as_of or on

    @cached_property
    def begins(self) -> Day | None:
        """The first day of which the tables say who is inside; None: they say nothing at all.

        It is the day that they name themselves: one true row about an earlier time does not make them complete for it.
        """
        if self.complete_from is not None:
            return self.complete_from
        rows = (regime for regimes in self.regimes.values() for regime in regimes if regime.kind in INSIDE)
        return min((regime.valid_from for regime in rows), default=None)

    @cached_property
    def sources(self) -> frozenset[str]:
        """Ids of the documents that the rows come from."""
        regimes = (regime for rows in self.regimes.values() for regime in rows)
        rows = (*regimes, *self.tools.values(), *self.events, *self.duties, *self.requirements)
        return frozenset(evidence.source for row in rows for evidence in row.evidence)

    def regimes_of(self, country: str, on: Day) -> tuple[Regime, ...]:
        """The regimes of a country on a day, the one that began last first; none: a third country without any."""
        day = self.day(on)
        return tuple(
            regime for regime in self.regimes.get(country, ()) if in_force(day, regime.valid_from, regime.valid_until)
        )

    def ended_in(self, country: str, on: Day) -> Regime | None:
        """The regime of a country that ended last before a day; None: none has."""
        day = self.day(on)
        ended = [row for row in self.regimes.get(country, ()) if row.valid_until is not None and row.valid_until < day]
        return max(ended, key=lambda row: (row.valid_until or "", row.id), default=None)

    def duties_of(self, who: Capacity, on: Day) -> tuple[Duty, ...]:
        """What somebody in a capacity has to tell of a breach on a day."""
        day = self.day(on)
        return tuple(
            duty for duty in self.duties if duty.who is who and in_force(day, duty.valid_from, duty.valid_until)
        )

    def requirement(self, kind: Shortfall, who: Capacity, on: Day) -> Requirement | None:
        """What somebody in a capacity has to meet on a day; None: nothing of this kind is asked that day."""
        day = self.day(on)
        rows = self._requirements.get((kind, who), ())
        return next((row for row in rows if in_force(day, row.valid_from, row.valid_until)), None)

    @cached_property
    def _requirements(self) -> Mapping[tuple[Shortfall, Capacity], list[Requirement]]:
        found: dict[tuple[Shortfall, Capacity], list[Requirement]] = defaultdict(list)
        for row in self.requirements:
            if row.kind is not None:
                found[row.kind, row.who].append(row)
        return found

    def is_inside(self, country: str, on: Day) -> bool:
        """Whether a country is no third country on a day (EU or EEA member, or in a transition)."""
        return any(regime.kind in INSIDE for regime in self.regimes_of(country, on))
