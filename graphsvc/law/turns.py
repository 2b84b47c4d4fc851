"""The days on which rows of law begin and end: what can make a footing change without anybody doing anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from graphsvc.law.tables import Law
from graphsvc.model import Act, Day, Event, Evidence, Regime, Tool, days_after


class What(StrEnum):
    """What happens to a row of law, or to a fact, on a day."""

    BEGINS = "begins"
    ENDS = "ends"
    CLOSES = "closes"
    ASSESSMENT = "assessment_needed"


@dataclass(frozen=True, slots=True)
class Turn:
    """That a row of law turns on a day.

    Attributes:
        row: The regime or the tool.
        what: Begins, ends, closes for new contracts, or needs a transfer impact assessment.
        day: The first day on which it is so: the day after the last one when a row ends.
        act: The act behind it; for an end the one that ended it, when there is one.
        evidence: Where it is said.
    """

    row: Regime | Tool
    what: What
    day: Day
    act: Act
    evidence: tuple[Evidence, ...]

    @property
    def last(self) -> Day:
        """The last day before the turn: of a row that ends its last day in force."""
        return days_after(self.day, -1)


def turns_of_country(law: Law, country: str) -> Iterator[Turn]:
    """The days on which the regimes of a country begin and end."""
    for regime in law.regimes.get(country, ()):
        yield Turn(regime, What.BEGINS, regime.valid_from, regime.act, regime.evidence)
        if regime.valid_until is not None:
            act = regime.ended_by or regime.act
            yield Turn(regime, What.ENDS, days_after(regime.valid_until), act, regime.evidence)


def turns_of_tool(law: Law, tool: str) -> Iterator[Turn]:
    """The days on which a transfer tool begins, closes for new contracts, ends, or begins to need an assessment."""
    row = law.tools[tool]
    last_days = ((What.CLOSES, row.new_until, row.act), (What.ENDS, row.valid_until, row.ended_by or row.act))
    first_days = ((What.BEGINS, row.valid_from), (What.ASSESSMENT, row.assessment_from))
    for what, first in first_days:
        if first is not None:
            yield Turn(row, what, first, row.act, row.evidence)
    for what, last, act in last_days:
        if last is not None:
            yield Turn(row, what, days_after(last), act, row.evidence)


def events_of(law: Law, turn: Turn) -> tuple[Event, ...]:
    """The events of the law table that tell of a turn: dated that day or its eve, and of an act that it names."""
    days = (turn.last, turn.day)
    acts = {name_of(act) for act in (turn.act, turn.row.act, turn.row.ended_by) if act}
    return tuple(event for event in law.events if event.act and event.date in days and name_of(event.act) in acts)


def name_of(act: Act) -> str:
    """What tells acts apart: the CELEX number where there is one; titles of one act may differ."""
    return act.celex or act.title
