"""Which days ahead touch a controller: what ends, begins, or is due?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from graphsvc.answers.dates import plain as plain_dates
from graphsvc.answers.dates.ahead import LONGEST_NOTICE, ahead
from graphsvc.answers.dates.day_ahead import Ahead, DateKind
from graphsvc.answers.network import EVERYBODY, Network, Scope
from graphsvc.clock import today
from graphsvc.errors import InvalidQuestion
from graphsvc.graph.store import Store
from graphsvc.graph.wish import Wish
from graphsvc.model import Day, days_after
from graphsvc.questions.common import Plain, SpooledAnswer, check
from graphsvc.questions.parts import Networks, Parts
from graphsvc.spool import Spool

FIVE_YEARS = 5 * 365 + 1
REVIEW_DAYS = 365
"""Days after which something is to be looked at again, unless the question says so. No law sets a number."""
RANK = 5
"""Parts of the rank of a day."""
NEVER = "1970-01-01T00:00:00.000Z"


@dataclass(frozen=True)
class DatesQuestion:
    """Which days ahead touch a controller?

    Attributes:
        start: The first day.
        end: The last day.
        controllers: Ids of controllers; empty: all.
        kinds: Only these kinds of day; empty: all.
        review_days: After how many days sources, assessments and contracts are to be looked at again.
    """

    start: Day
    end: Day
    controllers: tuple[str, ...] = ()
    kinds: tuple[DateKind, ...] = ()
    review_days: int = REVIEW_DAYS


@dataclass
class Diary:
    """The days of every part in their order, and what is told beside them.

    Attributes:
        spool: The days.
        kinds: How many there are of each kind.
        names: What people call the controllers asked about, and what the chains of the days pass.
        overdue: How many reviews were due before the first day.
        undated: Sources that nobody knows the day of.
    """

    spool: Spool = field(default_factory=lambda: Spool(RANK))
    kinds: Counter[DateKind] = field(default_factory=Counter)
    names: dict[str, str] = field(default_factory=dict)
    overdue: int = 0
    undated: set[str] = field(default_factory=set)

    def add(self, network: Network, one: Ahead) -> None:
        """Put a day where it belongs."""
        self.kinds[one.kind] += 1
        self.spool.add(one.rank, plain_dates.date(one, network))
        activity, chain = one.nearest.passage.activity, one.nearest.chain
        self.names[activity.id] = activity.name
        self.names |= {flow.recipient: network.services[flow.recipient].name for flow in chain}


@dataclass(frozen=True)
class Dates(SpooledAnswer):
    """The answer about days ahead.

    Attributes:
        recorded: When something was loaded last, so that a calendar tells of when it is.
    """

    question: DatesQuestion
    networks: Networks
    recorded: str
    columns = (
        *("day", "kind", "controller", "controller_id", "what", "country", "tool", "tool_id", "act", "before", "after"),
        *("recipients", "flows", "chain", "depth", "events", "basis", "sources"),
    )

    @cached_property
    def found(self) -> Diary:
        """The days that were asked about, in their order, and what could not be told."""
        return self.networks.read(self._found)

    def _found(self) -> Diary:
        diary, asked = Diary(), self.question
        kinds = frozenset(asked.kinds or DateKind)
        for network in self.networks:
            agenda = ahead(network, asked.end, asked.review_days, kinds)
            diary.overdue += agenda.overdue
            diary.undated |= agenda.undated
            diary.names |= {key: network.parties[key].name for key in asked.controllers if key in network.parties}
            for one in agenda.found:
                if one.kind in kinds:
                    diary.add(network, one)
        return diary

    def name(self, key: str) -> str:
        """What people call a controller asked about, or an activity or a service on the chain of a day."""
        return self.found.names.get(key, key)

    def head(self) -> Plain:
        """The days, the law, how many days there are of each kind, and what could not be told."""
        kinds = self.found.kinds
        return {
            "from": self.question.start,
            "to": self.question.end,
            "law": self.networks.law,
            "recorded": self.recorded,
            "review_days": self.question.review_days,
            "reviews_overdue": self.found.overdue,
            "sources_without_day": sorted(self.found.undated),
            "by_kind": {kind.value: kinds[kind] for kind in DateKind if kinds[kind]},
        }

    @property
    def spool(self) -> Spool:
        """Every day, in order."""
        return self.found.spool

    def table(self) -> Iterator[Plain]:
        """Every day with the flows that it touches as a table shows them."""
        for row in self.rows():
            touched = row["flows"]
            recipients = list(dict.fromkeys(flow["service"]["name"] for flow in touched))
            yield row | {"recipients": recipients, "flows": [flow["flow"] for flow in touched]}


def time_ahead(start: Day | None, end: Day | None) -> tuple[Day, Day]:
    """The days of a question that may leave out one or both: today, and five years after the first."""
    first = start or today()
    return first, end or days_after(first, FIVE_YEARS)


def ask_dates(store: Store, question: DatesQuestion, scope: Scope = EVERYBODY) -> Dates:
    """Answer a question about days ahead, within what the asker may see.

    Raises:
        InvalidQuestion: the last day is before the first.
        NotFound: the question names something that is not in the register.
    """
    if question.end < question.start:
        raise InvalidQuestion(f"`to` ({question.end}) is before `from` ({question.start}); swap the two")
    check(store, {"Party": question.controllers})
    narrowed = scope.narrowed_to(question.controllers or None)
    until = days_after(question.end, LONGEST_NOTICE)
    recorded = store.last_recorded() or NEVER
    return Dates(question, Parts(store, (Wish(question.start, narrowed, papers=True, until=until),)), recorded)
