"""What changed between two days, or between two versions of a document, for whom, and why?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from graphsvc.answers.changes import plain as plain_changes
from graphsvc.answers.changes.causes import CauseKind
from graphsvc.answers.changes.differences import Change, Kind, changes
from graphsvc.answers.network import EVERYBODY, Scope
from graphsvc.clock import today
from graphsvc.errors import InvalidQuestion, NotFound
from graphsvc.graph.compare import Compared
from graphsvc.graph.store import Store
from graphsvc.graph.wish import Wish
from graphsvc.model import Day, Vocabulary, days_after
from graphsvc.questions.common import Plain, SpooledAnswer, check, not_there
from graphsvc.questions.parts import Networks, Parts, Whole
from graphsvc.spool import Spool


@dataclass(frozen=True)
class ChangesQuestion:
    """What changed between two days?

    Attributes:
        start: The one day.
        end: The other day, the same or later.
        controllers: Ids of controllers; empty: all.
        kinds: Only these kinds of change; empty: all.
        causes: Only changes with these causes; empty: all.
    """

    start: Day
    end: Day
    controllers: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    causes: tuple[CauseKind, ...] = ()


@dataclass(frozen=True)
class VersionsQuestion:
    """What do two versions of a document say differently, seen on a day?

    Attributes:
        document: Id of the document.
        on: The day.
        before: Number of the one version; None: the one before the other.
        after: Number of the other version; None: the last one.
        controllers: Ids of controllers; empty: all.
        kinds: Only these kinds of change; empty: all.
    """

    document: str
    on: Day
    before: int | None = None
    after: int | None = None
    controllers: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()


RANK = 10
"""Parts of the rank of a change."""


@dataclass
class Counted:
    """Changes in their order, how many there are, and what they are told with."""

    spool: Spool = field(default_factory=lambda: Spool(RANK))
    kinds: Counter[Kind] = field(default_factory=Counter)
    causes: Counter[CauseKind] = field(default_factory=Counter)
    names: dict[str, str] = field(default_factory=dict)
    controllers: set[str] = field(default_factory=set)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)

    def add(self, change: Change) -> None:
        """Count a change, put it where it belongs, and note the names of the things that it is about."""
        network = change.line.passage.network
        self.vocabulary = network.vocabulary
        self.kinds[change.kind] += 1
        self.causes[change.cause.kind] += 1
        *rank, activities = change.rank
        # A text is sorted as its parts are when what is between them comes before every letter.
        row = plain_changes.change(change, self.vocabulary)
        self.controllers.add(row["controller"]["name"])
        self.spool.add((*rank, "\0".join(activities)), row)
        shown = {
            change.line.passage.activity.id,
            *change.activities,
            *(flow.recipient for flow in change.line.chain),
        } - self.names.keys()
        for thing in (*network.activities, *map(network.services.get, shown)) if shown else ():
            if thing and thing.id in shown:
                self.names[thing.id] = thing.name


@dataclass(frozen=True)
class Changes(SpooledAnswer):
    """The answer about changes; the networks are held against each other when somebody looks."""

    question: ChangesQuestion | VersionsQuestion
    networks: Networks
    versions: Compared | None = None
    columns = (
        *("day", "kind", "controller", "controller_id", "what", "before", "after", "cause", "acts", "facts"),
        *("last_day_to_object", "why_unknown", "status", "country", "countries", "service", "service_id"),
        *("importer", "importer_id", "role", "tool", "tool_id", "flow", "activities", "data", "chain", "depth"),
        *("basis", "sources"),
    )

    @cached_property
    def counted(self) -> Counted:
        """Every change that was asked about, by day, the worst first."""
        return self.networks.read(self._counted)

    def _counted(self) -> Counted:
        counted = Counted()
        for change in self.changes():
            counted.add(change)
        return counted

    def changes(self) -> Iterator[Change]:
        """Every change as it is found, some controllers' after others'."""
        edition = self.versions.edition if self.versions else None
        for before, after in self.networks.together():
            yield from filter(self._wants, changes(before, after, edition))

    def _wants(self, change: Change) -> bool:
        asked, causes = self.question, getattr(self.question, "causes", ())
        return (not asked.kinds or change.kind in asked.kinds) and (not causes or change.cause.kind in causes)

    @property
    def vocabulary(self) -> Vocabulary:
        """The words that data is told in."""
        return self.counted.vocabulary

    def name(self, key: str) -> str:
        """What people call an activity or a service that a change is about."""
        return self.counted.names.get(key, key)

    @property
    def law(self) -> str:
        """Version of the law table."""
        return self.networks.law

    @property
    def since(self) -> Day:
        """The day from which nothing had changed yet."""
        return self.versions.edition.day if self.versions else self.question.start

    @property
    def key(self) -> tuple[str, ...]:
        """What makes a feed of it the one it is."""
        whom = sorted(self.question.controllers)
        if self.versions:
            return ("versions", self.versions.edition.document, *whom)
        return ("changes", *whom)

    @property
    def entry_key(self) -> tuple[str, ...]:
        """What entries of it share with those of other answers about the same."""
        edition = self.versions.edition if self.versions else None
        return ("version", edition.document, str(edition.after)) if edition else ("change",)

    @property
    def title_key(self) -> str:
        """The key of its title in the catalogue."""
        return "changes.mail.title_document" if self.versions else "changes.mail.title"

    @property
    def title_values(self) -> Plain:
        """What the places of the title stand for."""
        if self.versions:
            return plain_changes.edition(self.versions.edition) | {"on": self.question.on}
        return {"start": self.question.start, "end": self.question.end}

    def head(self) -> Plain:
        """The days or the versions, the law, and how many changes there are of each kind and cause."""
        kinds, causes, asked = self.counted.kinds, self.counted.causes, self.question
        days = {"from": None, "to": None} if self.versions else {"from": asked.start, "to": asked.end}
        return {
            "on": asked.on if self.versions else None,
            **days,
            "law": self.law,
            "document": self._document() if self.versions else None,
            "by_kind": {kind.value: kinds[kind] for kind in Kind if kinds[kind]},
            "by_cause": {cause.value: causes[cause] for cause in CauseKind if causes[cause]},
        }

    def table(self) -> Iterator[Plain]:
        """Every change with what a table shows of its cause and of the time to object."""
        return map(_flat, self.rows())

    @property
    def spool(self) -> Spool:
        """Every change, by day, the worst first."""
        return self.counted.spool

    def _document(self) -> Plain:
        return plain_changes.edition(self.versions.edition) | {"differs": self.versions.differs}


def _flat(row: Plain) -> Plain:
    cause: dict[str, Any] = row["cause"]
    window = row["objection_window"] or {"last_day": None, "unknown": None}
    return row | {
        "cause": cause["kind"],
        "acts": cause["acts"],
        "facts": cause["facts"],
        "last_day_to_object": window["last_day"],
        "why_unknown": window["unknown"],
    }


A_YEAR = 365


def period(start: Day | None, end: Day | None) -> tuple[Day, Day]:
    """The two days of a question that may leave out one or both: today, and a year before the other."""
    last = end or today()
    return start or days_after(last, -A_YEAR), last


def ask_changes(store: Store, question: ChangesQuestion, scope: Scope = EVERYBODY) -> Changes:
    """Answer a question about two days, within what the asker may see; both are of one revision of the register.

    Raises:
        InvalidQuestion: the second day is before the first.
        NotFound: the question names something that is not in the register.
    """
    if question.end < question.start:
        raise InvalidQuestion(
            f"`to` ({question.end}) is before `from` ({question.start}): changes are told forward in time; swap the two"
        )
    check(store, {"Party": question.controllers})
    narrowed = scope.narrowed_to(question.controllers or None)
    return Changes(question, Parts(store, (Wish(question.start, narrowed), Wish(question.end, narrowed))))


SUGGESTIONS = 500
"""Documents that are looked at to suggest which one somebody may have meant."""


def ask_versions(store: Store, question: VersionsQuestion, scope: Scope = EVERYBODY) -> Changes:
    """Answer a question about two versions of a document, within what the asker may see.

    Raises:
        NotFound: there is no such document or version, or a controller that is not in the register.
    """
    if not store.versions(question.document):
        _, loaded = store.documents(0, SUGGESTIONS)
        raise NotFound(not_there("Document", question.document, [row["id"] for row in loaded]))
    check(store, {"Party": question.controllers})
    narrowed = scope.narrowed_to(question.controllers or None)
    found = store.compared(question.document, (question.before, question.after), question.on, narrowed)
    return Changes(question, Whole((found.before, found.after)), found)
