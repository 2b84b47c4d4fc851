"""The days ahead that touch a controller: what ends, begins, or is due, and which of its flows it touches. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from graphsvc.answers.dates.day_ahead import OF_FACTS, OF_LAW, OF_REVIEWS, Agenda, Ahead, DateKind
from graphsvc.answers.dates.facts import dates_of_facts
from graphsvc.answers.dates.law import dates_of_events, dates_of_law
from graphsvc.answers.dates.reviews import day_of, reviews, sources_of_transfers
from graphsvc.answers.network import Network
from graphsvc.answers.pieces import Piece, cut
from graphsvc.model import Activity, Day

LONGEST_NOTICE = 366
"""Days beyond the time asked about in which a sub-processor may begin whose announcement falls into it."""


def ahead(network: Network, last: Day, review_days: int, kinds: frozenset[DateKind] = frozenset(DateKind)) -> Agenda:
    """The days ahead of every controller in a network.

    Args:
        network: Fetched for a time: from the first day on, up to the last day or later.
        last: The last day asked about.
        review_days: After how many days sources, assessments and contracts are to be looked at again.
        kinds: The kinds of day that somebody wants to know; for the others nothing is worked out, and of reviews
            nothing is counted either.
    """
    agenda = Agenda()
    by_controller: dict[str, list[Activity]] = defaultdict(list)
    for activity in network.activities:
        by_controller[activity.controller].append(activity)
    for controller in sorted(by_controller):
        pieces = list(cut(replace(network, activities=tuple(by_controller[controller]))))
        agenda.found += _of_controller(pieces, network.on, last, kinds)
        if kinds.isdisjoint(OF_REVIEWS):
            continue
        due = list(reviews(pieces[0], review_days))
        agenda.found += [found for found in due if network.on <= found.day <= last]
        agenda.overdue += sum(found.day < network.on for found in due)
        agenda.undated |= {key for key in sources_of_transfers(pieces[0]) if day_of(network, key) is None}
    agenda.found.sort(key=lambda found: found.rank)
    return agenda


def _of_controller(pieces: list[Piece], first: Day, last: Day, kinds: frozenset[DateKind]) -> list[Ahead]:
    """The days of one controller, each once, though several pieces may tell of it."""
    found: dict[tuple[str, str], Ahead] = {}
    for one in _told(pieces, first, kinds):
        if first <= one.day <= last:
            found.setdefault((one.kind, one.subject), one)
    if DateKind.LAW_EVENT not in kinds:
        return list(found.values())
    told = {event.id for one in found.values() for event in one.events}
    for piece in pieces:
        for one in dates_of_events(piece, told):
            if first <= one.day <= last:
                found.setdefault((one.kind, one.subject), one)
    return list(found.values())


def _told(pieces: list[Piece], first: Day, kinds: frozenset[DateKind]) -> Iterator[Ahead]:
    for piece in pieces:
        if not kinds.isdisjoint(OF_LAW):
            yield from dates_of_law(piece)
        if not kinds.isdisjoint(OF_FACTS):
            yield from dates_of_facts(piece, first)
