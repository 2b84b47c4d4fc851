"""`graphsvc ask dates`."""

from __future__ import annotations

from typing import Any

import click

from graphsvc import terminal
from graphsvc.answers.dates.day_ahead import DateKind
from graphsvc.cli.ask.common import ask, controller_option, forms_option, language_option, show
from graphsvc.cli.common import DAY, register, says_errors
from graphsvc.exports.dates import calendar, feed
from graphsvc.questions import DatesQuestion, ask_dates, time_ahead
from graphsvc.questions.dates import REVIEW_DAYS

KINDS = click.Choice([kind.value for kind in DateKind])


@ask.command("dates")
@click.option("--from", "start", type=DAY, help="The first day; today when left out.")
@click.option("--to", "end", type=DAY, help="The last day; five years after the first when left out.")
@controller_option
@click.option("--kind", multiple=True, type=KINDS, help="Only this kind of day; may be given several times.")
@click.option(
    "--review-days",
    type=click.IntRange(1),
    default=REVIEW_DAYS,
    show_default=True,
    help="After how many days sources, assessments and contracts are to be looked at again.",
)
@click.option("--alarm", type=click.IntRange(0), help="For a calendar: days in advance to be reminded.")
@forms_option("ics", "atom")
@language_option
@says_errors
def dates_command(
    controller: tuple[str, ...], kind: tuple[str, ...], review_days: int, form: str, lang: str, **rest: Any
) -> None:
    """Which days ahead touch a controller: what ends, begins or is due, and which of its flows it touches."""
    start, end = (day and day.date().isoformat() for day in (rest["start"], rest["end"]))
    question = DatesQuestion(*time_ahead(start, end), controller, tuple(map(DateKind, kind)), review_days)
    with register() as store:
        found = ask_dates(store, question)
        more = {"ics": lambda: calendar(found, lang, rest["alarm"]), "atom": lambda: feed(found, lang)}
        show(found, form, lambda: terminal.dates(found.rows(), found.head()), more)
