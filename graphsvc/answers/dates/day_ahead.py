"""What a day ahead is: its kind, what it touches, the act behind it. Values."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from graphsvc.answers.changes.objection import Window
from graphsvc.answers.lines import Line
from graphsvc.model import Day, Event, Evidence, Status, severity


class DateKind(StrEnum):
    """What a day is about."""

    ADEQUACY_ENDS = "adequacy_ends"
    ADEQUACY_BEGINS = "adequacy_begins"
    TRANSITION_ENDS = "transition_ends"
    TRANSITION_BEGINS = "transition_begins"
    MEMBERSHIP_ENDS = "membership_ends"
    MEMBERSHIP_BEGINS = "membership_begins"
    TOOL_ENDS = "tool_ends"
    TOOL_CLOSES = "tool_closes"
    TOOL_BEGINS = "tool_begins"
    ASSESSMENT_NEEDED = "assessment_needed"
    RELIANCE_ENDS = "reliance_ends"
    CERTIFICATION_ENDS = "certification_ends"
    CONTRACT_ENDS = "contract_ends"
    OBJECTION_ENDS = "objection_ends"
    FLOW_BEGINS = "flow_begins"
    FLOW_ENDS = "flow_ends"
    LAW_EVENT = "law_event"
    SOURCE_REVIEW = "source_review"
    ASSESSMENT_REVIEW = "assessment_review"
    CONTRACT_REVIEW = "contract_review"


OF_FACTS = frozenset(
    {
        DateKind.RELIANCE_ENDS,
        DateKind.CERTIFICATION_ENDS,
        DateKind.CONTRACT_ENDS,
        DateKind.OBJECTION_ENDS,
        DateKind.FLOW_BEGINS,
        DateKind.FLOW_ENDS,
    }
)
OF_REVIEWS = frozenset({DateKind.SOURCE_REVIEW, DateKind.ASSESSMENT_REVIEW, DateKind.CONTRACT_REVIEW})
OF_LAW = frozenset(DateKind) - OF_FACTS - OF_REVIEWS
_PLACE = {kind: place for place, kind in enumerate(DateKind)}
STEP_SIX = "EDPB Recommendations 01/2020, step 6"
ART_28 = "Regulation (EU) 2016/679 (GDPR), Art. 28"


@dataclass(frozen=True)
class Ahead:
    """One day ahead for one controller.

    Attributes:
        kind: What it is about.
        day: The day; of what ends the last one on which it holds.
        subject: Id of what it is about: a row of law, a tool, a flow, a party and a tool, an event, a source.
        lines: What it touches: a line for each flow, nearest first; towards the country that it is about, where it is
            about one.
        act: The act or the rule behind it; None: none is recorded.
        before: The worst footing of these lines on the day.
        after: The worst footing on the day after; None: it is not about a footing.
        country: Code of the country it is about.
        tool: Id of the tool it is about.
        events: The events of the law table that tell of it.
        evidence: Where the day is said.
        window: Of a sub-processor that begins: until when one may object.
    """

    kind: DateKind
    day: Day
    subject: str
    lines: tuple[Line, ...]
    act: str | None = None
    before: Status | None = None
    after: Status | None = None
    country: str | None = None
    tool: str | None = None
    events: tuple[Event, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    window: Window | None = None

    @property
    def nearest(self) -> Line:
        """The line with the shortest chain."""
        return self.lines[0]

    @property
    def controller(self) -> str:
        """Id of the controller."""
        return self.nearest.passage.activity.controller

    @property
    def rank(self) -> tuple[object, ...]:
        """Sorts days: by day, then what is worst afterwards."""
        worst_first = severity(self.after or self.before or self.nearest.status)
        return (self.day, worst_first, self.controller, _PLACE[self.kind], self.subject)


@dataclass
class Agenda:
    """The days ahead of everybody.

    Attributes:
        found: In their order.
        overdue: How many reviews were due before the first day.
        undated: Sources that nobody knows the day of, so that no review can be due.
    """

    found: list[Ahead] = field(default_factory=list)
    overdue: int = 0
    undated: set[str] = field(default_factory=set)
