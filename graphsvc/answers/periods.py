"""Lengths of time as ISO 8601 writes them: which is longer, and when one is over. Pure."""

from __future__ import annotations

import datetime
from functools import cache

import isodate

from graphsvc.model import Day

CALENDAR = tuple(datetime.datetime(2000 + month // 12, month % 12 + 1, 1) for month in range(4_800))
"""The first of each month of the 400 years after which the calendar repeats."""


@cache
def compare(one: str, other: str) -> int | None:
    """Which of two lengths of time is longer, whenever they begin.

    Args:
        one: A length of time, such as P26M.
        other: Another one.

    Returns:
        -1, 0 or 1 as the first is shorter than, as long as or longer than the other. None: that depends on the day
        they begin (P1M and P30D), or the calendar of this machine ends before them.
    """
    try:
        found = {_sign(start + _parsed(one), start + _parsed(other)) for start in CALENDAR}
    except (OverflowError, ValueError):
        return None
    return found.pop() if len(found) == 1 else None


def over_by(begin: Day, period: str) -> Day | None:
    """The first day on which a length of time that begins on a day is over; None: the calendar ends before."""
    try:
        return (datetime.datetime.fromisoformat(begin) + _parsed(period)).date().isoformat()
    except (OverflowError, ValueError):
        return None


@cache
def _parsed(period: str) -> isodate.Duration | datetime.timedelta:
    return isodate.parse_duration(period)


def _sign(one: datetime.datetime, other: datetime.datetime) -> int:
    return (one > other) - (one < other)
