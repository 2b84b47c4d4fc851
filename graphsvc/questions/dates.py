"""Which days ahead touch a controller: what ends, begins, or is due?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from graphsvc.answers.dates import plain as plain_dates
from graphsvc.answers.dates.ahead import LONGEST_NOTICE, ahead
from graphsvc.answers.dates.day_ahead import Agenda, Ahead, DateKind
from graphsvc.answers.network import EVERYBODY, Network, Scope
from graphsvc.clock import today
from graphsvc.errors import InvalidQuestion
from graphsvc.graph.store import Store
from graphsvc.graph.wish import Wish
from graphsvc.model import Day, days_after
from graphsvc.questions.common import Answer, Plain, check

FIVE_YEARS = 5 * 365 + 1
REVIEW_DAYS = 365
"""Days after which something is to be looked at again, unless the question says so. No law sets a number."""
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


@dataclass(frozen=True)
class Dates(Answer):
    """The answer about days ahead.

    Attributes:
        recorded: When something was loaded last, so that a calendar tells of when it is.
    """

    question: DatesQuestion
    network: Network
    recorded: str
    columns = (
        *("day", "kind", "controller", "controller_id", "what", "country", "tool", "tool_id", "act", "before", "after"),
        *("recipients", "flows", "chain", "depth", "events", "basis", "sources"),
    )

    @cached_property
    def agenda(self) -> Agenda:
        """The days, and what could not be told."""
        kinds = frozenset(self.question.kinds or DateKind)
        return ahead(self.network, self.question.end, self.question.review_days, kinds)

    @cached_property
    def found(self) -> list[Ahead]:
        """The days that were asked about, in their order."""
        kinds = self.question.kinds
        return [one for one in self.agenda.found if not kinds or one.kind in kinds]

    def name(self, key: str) -> str:
        """What people call a controller, an activity or a service."""
        return self._names.get(key, key)

    @cached_property
    def _names(self) -> dict[str, str]:
        network = self.network
        things = (*network.activities, *network.services.values(), *network.parties.values())
        return {thing.id: thing.name for thing in things}

    def head(self) -> Plain:
        """The days, the law, how many days there are of each kind, and what could not be told."""
        kinds = Counter(one.kind for one in self.found)
        return {
            "from": self.question.start,
            "to": self.question.end,
            "law": self.network.law.version,
            "recorded": self.recorded,
            "review_days": self.question.review_days,
            "reviews_overdue": self.agenda.overdue,
            "sources_without_day": sorted(self.agenda.undated),
            "by_kind": {kind.value: kinds[kind] for kind in DateKind if kinds[kind]},
        }

    def rows(self) -> Iterator[Plain]:
        """Every day as plain values."""
        return (plain_dates.date(one, self.network) for one in self.found)

    def table(self) -> Iterator[Plain]:
        """Every day with the flows that it touches as a table shows them."""
        for row in self.rows():
            touched = row["flows"]
            recipients = list(dict.fromkeys(flow["service"]["name"] for flow in touched))
            yield row | {"recipients": recipients, "flows": [flow["flow"] for flow in touched]}

    def body(self, skip: int = 0, most: int | None = None) -> Plain:
        """The head, how many days there are, and some of them; only those are made plain."""
        shown = self.found[skip : None if most is None else skip + most]
        items = [plain_dates.date(one, self.network) for one in shown]
        return self.head() | {"total": len(self.found), "items": items}


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
    [network] = store.networks([Wish(question.start, narrowed, papers=True, until=until)])
    return Dates(question, network, recorded)
