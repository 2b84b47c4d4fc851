"""Days ahead over HTTP: as JSON, CSV, calendar and feed."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from marshmallow import fields, validate

from graphsvc.answers.dates.day_ahead import DateKind
from graphsvc.api import shapes_dates as shapes
from graphsvc.api.common import ATOM, CALENDAR, Blueprint, Several, TableQuery, answer_question, format_field, store
from graphsvc.exports.dates import calendar, feed
from graphsvc.imports.fields import Day, Word
from graphsvc.questions import DatesQuestion, ask_dates, time_ahead
from graphsvc.questions.dates import REVIEW_DAYS
from graphsvc.translation import LANGUAGES

dates = Blueprint("dates", __name__, description="Which days ahead touch a controller")

LONGEST = 36_600


class DatesQuery(TableQuery):
    """The query of `/dates`."""

    class Meta(TableQuery.Meta):
        include = {  # noqa: RUF012
            "from": Day(metadata={"description": "The first day; today when left out.", "format": "date"}),
        }

    to = Day(metadata={"description": "The last day; five years after the first when left out.", "format": "date"})
    controller = Several(fields.String(), metadata={"description": "Id of a controller; may be given several times."})
    kind = Several(Word(DateKind), metadata={"description": "Kinds of day to show; all when left out."})
    review_days = fields.Integer(
        load_default=REVIEW_DAYS,
        validate=validate.Range(1, LONGEST),
        metadata={"description": "After how many days sources, assessments and contracts are to be looked at again."},
    )
    alarm = fields.Integer(
        validate=validate.Range(0, LONGEST),
        metadata={"description": "For a calendar: days in advance to be reminded; no reminder when left out."},
    )
    lang = fields.String(
        load_default="en",
        validate=validate.OneOf(LANGUAGES),
        metadata={"description": "Language of both."},
    )
    format = format_field("json", "csv", "ics", "atom")


@dates.get("/dates")
@dates.arguments(DatesQuery, location="query")
@dates.answers(shapes.DatesAnswer, table=True, paged=True, more=(CALENDAR, ATOM))
def list_dates(query: dict[str, Any]) -> Response:
    """Which days ahead touch a controller: what ends, begins or is due, and which of its flows it touches."""
    start, end = time_ahead(query.get("from"), query.get("to"))
    question = DatesQuestion(
        start,
        end,
        controllers=tuple(query.get("controller", ())),
        kinds=tuple(map(DateKind, query.get("kind", ()))),
        review_days=query["review_days"],
    )
    forms = {
        CALENDAR: lambda found: calendar(found, query["lang"], query.get("alarm")),
        ATOM: lambda found: feed(found, query["lang"], request.url),
    }
    return answer_question(query, lambda: ask_dates(store(), question), f"{start}-{end}", "dates", forms)
