"""Days ahead as a calendar and as an Atom feed; in English or Dutch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graphsvc.answers.changes.sentences import objection
from graphsvc.answers.dates.sentences import footing, touches, what
from graphsvc.exports.calendar import calendar as made
from graphsvc.exports.changes import sources
from graphsvc.exports.feed import Entry, atom
from graphsvc.questions.dates import Dates
from graphsvc.translation import gettext

Row = dict[str, Any]


def calendar(answer: Dates, language: str, alarm: int | None = None) -> bytes:
    """A calendar of whole days; stamped with the time of the last load, so that the same register gives the same bytes.

    Args:
        alarm: Days in advance to be reminded; None: no reminder.
    """
    entries = (_entry(row, answer, language) for row in answer.rows())
    return made(name(answer, language), entries, answer.recorded, alarm)


def feed(answer: Dates, language: str, link: str | None = None) -> bytes:
    """A feed, the first day first; its entries are of the time of the last load, since the days are still to come."""
    entries = (_entry(row, answer, language) for row in answer.rows())
    dated = (
        Entry(entry.key, f"{entry.when}: {entry.title}", entry.text, answer.recorded, entry.categories)
        for entry in entries
    )
    key = ("dates", *sorted(answer.question.controllers))
    return atom(name(answer, language), key, dated, answer.recorded, link)


def name(answer: Dates, language: str) -> str:
    """What people call the calendar."""
    names = ", ".join(answer.name(key) for key in answer.question.controllers)
    return gettext(language, "dates.name", controllers=names or gettext(language, "dates.everybody"))


def _entry(row: Row, answer: Dates, language: str) -> Entry:
    """The event of a day. Its key has no day in it: when the day moves, the event moves."""
    return Entry(
        ("date", row["controller"]["id"], row["kind"], row["subject"]),
        f"{row['controller']['name']}: {what(row, language)}",
        "\n".join(_lines(row, answer, language)),
        row["day"],
        (row["kind"],),
    )


def _lines(row: Row, answer: Dates, language: str) -> Iterator[str]:
    if told := footing(row, language):
        yield told
    if offered := objection(row, language):
        yield offered
    yield gettext(language, "dates.touches", recipients=touches(row, language))
    if row["act"]:
        yield gettext(language, "dates.act", act=row["act"])
    along = [step["from"] for step in row["chain"]] + [row["chain"][-1]["to"]]
    yield gettext(language, "dates.chain", chain=" > ".join(map(answer.name, along)))
    yield gettext(language, "changes.mail.sources", sources=sources(row, language))
