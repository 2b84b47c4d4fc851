"""What one entry about a list says of a company on a day: that it is on it, was, or is not."""

from __future__ import annotations

from graphsvc.model import Certification, Day, in_force


def year_after(day: Day) -> Day:
    """The same day a year later; of 29 February the 28th."""
    year, rest = int(day[:4]) + 1, day[4:]
    return f"{year:04}{'-02-28' if rest == '-02-29' else rest}" if year <= 9999 else day


def first_day_shown(entry: Certification) -> Day | None:
    """The first day of which an entry shows that the company is on the list; None: it shows it of no day.

    A look at the list shows it, and so does an entry with its first day. What somebody only says, and an entry without
    any day, show nothing.
    """
    if not entry.found or entry.asserted is not None:
        return None
    return entry.valid_from or entry.concluded or entry.checked


def last_day_shown(entry: Certification) -> Day | None:
    """The last day of which an entry shows that the company is on the list; None: it shows it of no day.

    Entries are renewed each year, so a look shows it for a year, and so does a first day without a last one: the day
    a year later is included. An entry with a first and a last day shows it of these days.
    """
    first = first_day_shown(entry)
    if first is None:
        return None
    if entry.checked is None:
        return entry.valid_until or year_after(first)
    looked = year_after(entry.checked)
    return looked if entry.valid_until is None else min(looked, entry.valid_until)


def shows(entry: Certification, on: Day) -> bool:
    """Whether an entry shows that the company is on the list on a day."""
    last = last_day_shown(entry)
    return last is not None and in_force(on, first_day_shown(entry), last)
