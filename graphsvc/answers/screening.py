"""Whether an impact assessment looks mandatory (Art. 35): each criterion against the record of an activity. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from graphsvc.answers.marks import Marker
from graphsvc.answers.network import Network
from graphsvc.model import UNKNOWN, Activity, Basis, DataItem, Day, Evidence, basis_of, evidence_for, in_force


class Met(StrEnum):
    """What the register says of a criterion, the surest need first."""

    YES = "yes"
    CANNOT_TELL = "cannot_tell"
    NO = "no"


@dataclass(frozen=True)
class Signs:
    """What in a record points to a criterion; narrower words count too.

    Attributes:
        categories: Data categories.
        subjects: Data-subject categories.
        purposes: Purposes.
        marks: Marks of data: `special`, `criminal`, `vulnerable`.
    """

    categories: Sequence[str] = ()
    subjects: Sequence[str] = ()
    purposes: Sequence[str] = ()
    marks: Sequence[str] = ()


@dataclass(frozen=True)
class Criteria:
    """A list of criteria: its id, title by language, publisher, days, and how many have to be met."""

    id: str
    title: Mapping[str, str]
    publisher: str
    needed: int
    valid_from: Day
    valid_until: Day | None = None


@dataclass(frozen=True)
class Criterion:
    """One row of a list.

    Attributes:
        criteria: The list.
        number: Its number there.
        name: What it is, by language, in our own words.
        signs: What points to it; None: the register holds nothing that could.
        also: What it asks besides, which the register does not hold.
        conclusive: Whether a complete record without any sign means no.
    """

    criteria: Criteria
    number: int
    name: Mapping[str, str]
    signs: Signs | None = None
    also: Sequence[str] = ()
    conclusive: bool = False


@dataclass(frozen=True)
class Sign:
    """What was found: a data item or a purpose of an activity, and how directly that is said."""

    activity: Activity
    item: DataItem | None
    purpose: str | None
    basis: Basis
    sources: tuple[Evidence, ...]


class Reason(StrEnum):
    """Why a criterion is answered so."""

    FOUND = "found"
    FOUND_BUT = "found_but"
    MAY_BE = "may_be"
    INCOMPLETE = "incomplete"
    NOT_HELD = "not_held"
    NO_SIGN = "no_sign"
    ABSENT = "absent"


@dataclass(frozen=True)
class Answered:
    """A criterion with its answer."""

    criterion: Criterion
    met: Met
    reason: Reason
    signs: tuple[Sign, ...] = ()


@dataclass(frozen=True)
class Screened:
    """One activity against every list of the day."""

    activity: Activity
    answers: tuple[Answered, ...] = field(default=())

    @property
    def mandatory(self) -> Met:
        """Yes when some list has as many criteria met as it needs, cannot tell when it may have."""
        found = set()
        for criteria in {answer.criterion.criteria.id: answer.criterion.criteria for answer in self.answers}.values():
            own = [answer.met for answer in self.answers if answer.criterion.criteria.id == criteria.id]
            if own.count(Met.YES) >= criteria.needed:
                found.add(Met.YES)
            elif len(own) - own.count(Met.NO) >= criteria.needed:
                found.add(Met.CANNOT_TELL)
        return surest(found)


def surest(found: Iterable[Met]) -> Met:
    """Yes before cannot tell before no; of nothing: no."""
    return min(found, key=tuple(Met).index, default=Met.NO)


def screen(network: Network, activities: Iterable[Activity], rows: Iterable[Criterion]) -> list[Screened]:
    """Each activity against every criterion that is asked on the day.

    Args:
        network: What was fetched.
        activities: Those that the controller answers for.
        rows: The criteria.
    """
    day = network.law.day(network.on)
    asked = [row for row in rows if in_force(day, row.criteria.valid_from, row.criteria.valid_until)]
    marker = Marker(network)
    return [Screened(each, tuple(_answer(network, marker, each, row) for row in asked)) for each in activities]


def merged(screened: Iterable[Screened]) -> list[Answered]:
    """For each criterion the answer that matters most over the activities, with the signs of all of them."""
    found: dict[tuple[str, int], list[Answered]] = {}
    for answer in (answer for each in screened for answer in each.answers):
        found.setdefault((answer.criterion.criteria.id, answer.criterion.number), []).append(answer)
    order = tuple(Reason)
    best = (
        (min(each, key=lambda a: (tuple(Met).index(a.met), order.index(a.reason))), each) for each in found.values()
    )
    return [
        Answered(first.criterion, first.met, first.reason, tuple(sign for answer in each for sign in answer.signs))
        for first, each in best
    ]


def _answer(network: Network, marker: Marker, activity: Activity, row: Criterion) -> Answered:
    if row.signs is None:
        return Answered(row, Met.CANNOT_TELL, Reason.NOT_HELD)
    if signs := tuple(_signs(network, marker, activity, row.signs)):
        told, reason = (Met.CANNOT_TELL, Reason.FOUND_BUT) if row.also else (Met.YES, Reason.FOUND)
        return Answered(row, told, reason, signs)
    if any(_may_be(network, marker, item, row.signs) for item in activity.data):
        return Answered(row, Met.CANNOT_TELL, Reason.MAY_BE)
    if not activity.data or (row.signs.purposes and not activity.purposes):
        return Answered(row, Met.CANNOT_TELL, Reason.INCOMPLETE)
    if row.conclusive:
        return Answered(row, Met.NO, Reason.ABSENT)
    return Answered(row, Met.CANNOT_TELL, Reason.NO_SIGN)


def _signs(network: Network, marker: Marker, activity: Activity, signs: Signs) -> Iterable[Sign]:
    order = network.order
    for item in sorted(activity.data):
        marks = marker(item)
        if (
            any(order.includes_category(word, item.category) for word in signs.categories)
            or any(order.includes_subject(word, item.subject) for word in signs.subjects)
            or any(getattr(marks, mark) is True for mark in signs.marks)
        ):
            said = activity.evidence_of(item)
            yield Sign(activity, item, None, basis_of(said), said)
    said = evidence_for(activity.evidence, "purposes")
    for purpose in activity.purposes:
        if any(_within(network, word, purpose) for word in signs.purposes):
            yield Sign(activity, None, purpose, basis_of(said), said)


def _within(network: Network, broad: str, purpose: str) -> bool:
    """Whether a purpose is another one or lies below it."""
    seen: set[str] = set()
    todo = [purpose]
    while todo:
        word = todo.pop()
        if word == broad:
            return True
        if word not in seen and word in network.vocabulary.purposes:
            seen.add(word)
            todo.extend(network.vocabulary.purposes[word].broader)
    return False


def _may_be(network: Network, marker: Marker, item: DataItem, signs: Signs) -> bool:
    """Whether a data item is told so broadly that it may be one of the signs."""
    order, marks = network.order, marker(item)
    return (
        (item.category == UNKNOWN and bool(signs.categories or signs.marks))
        or (item.subject == UNKNOWN and bool(signs.subjects))
        or any(order.includes_category(item.category, word) for word in signs.categories)
        or any(order.includes_subject(item.subject, word) for word in signs.subjects)
        or any(getattr(marks, mark) is None for mark in signs.marks)
    )
