"""Calendars (RFC 5545): days to be there for, whole days, with ids that stay the same."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from icalendar import Alarm, Calendar, Event

from graphsvc.exports.feed import Entry

PRODUCT = "-//graphsvc//dates ahead//EN"


def calendar(name: str, entries: Iterable[Entry], stamp: str, alarm: int | None = None) -> bytes:
    """A calendar; the same entries and stamp give the same bytes.

    Args:
        name: What people call it.
        entries: The events; `when` is the day.
        stamp: When this was so, as ISO 8601 writes it, in UTC: the time of the last load, not that of the question.
        alarm: Days in advance to be reminded; None: no reminder.
    """
    found = Calendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", "PUBLISH")
    found.add("name", name)
    found.add("x-wr-calname", name)
    moment = datetime.datetime.fromisoformat(stamp).astimezone(datetime.UTC).replace(microsecond=0)
    for entry in entries:
        found.add_component(_event(entry, moment, alarm))
    return found.to_ical()


def _event(entry: Entry, stamp: datetime.datetime, alarm: int | None) -> Event:
    day = datetime.date.fromisoformat(entry.when)
    event = Event()
    event.add("uid", f"{entry.id}@graphsvc")
    event.add("dtstamp", stamp)
    event.add("dtstart", day)
    event.add("summary", entry.title)
    event.add("description", entry.text)
    event.add("transp", "TRANSPARENT")
    if entry.categories:
        event.add("categories", list(entry.categories))
    if alarm is not None:
        event.add_component(_alarm(entry.title, alarm))
    return event


def _alarm(title: str, days: int) -> Alarm:
    found = Alarm()
    found.add("action", "DISPLAY")
    found.add("description", title)
    found.add("trigger", datetime.timedelta(days=-days))
    return found
