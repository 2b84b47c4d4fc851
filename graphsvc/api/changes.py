"""Changes over HTTP: between two days, or between two versions of a document; as JSON, CSV, mail and feed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, request
from marshmallow import ValidationError, fields, validate, validates_schema

from graphsvc.answers.changes.causes import CauseKind
from graphsvc.answers.changes.differences import Kind
from graphsvc.api import shapes_changes as shapes
from graphsvc.api.common import ATOM, TEXT, Blueprint, Several, TableQuery, answer_question, format_field, store
from graphsvc.clock import today
from graphsvc.exports.changes import feed, mail
from graphsvc.imports.fields import Day, Word
from graphsvc.questions import (
    Changes,
    ChangesQuestion,
    VersionsQuestion,
    ask_changes,
    ask_versions,
    period,
)
from graphsvc.translation import LANGUAGES

changes = Blueprint("changes", __name__, description="What changed between two days or two versions, and why")

OF_DAYS = ("from", "to", "cause")
OF_VERSIONS = ("on", "from_version", "to_version")


class ChangesQuery(TableQuery):
    """The query of `/changes`."""

    class Meta(TableQuery.Meta):
        include = {  # noqa: RUF012
            "from": Day(metadata={"description": "The one day; a year before `to` when left out.", "format": "date"}),
        }

    to = Day(metadata={"description": "The other day; today when left out.", "format": "date"})
    controller = Several(fields.String(), metadata={"description": "Id of a controller; may be given several times."})
    kind = Several(Word(Kind), metadata={"description": "Kinds of change to show; all when left out."})
    cause = Several(Word(CauseKind), metadata={"description": "Causes to show; all when left out."})
    document = fields.String(metadata={"description": "Id of a document: compare two of its versions instead."})
    from_version = fields.Integer(
        validate=validate.Range(0),
        metadata={"description": "The one version, 0 for before there was any; the one before the other by default."},
    )
    to_version = fields.Integer(
        validate=validate.Range(0), metadata={"description": "The other version; the last one when left out."}
    )
    on = Day(metadata={"description": "The day on which versions are looked at; today by default.", "format": "date"})
    lang = fields.String(
        load_default="en", validate=validate.OneOf(LANGUAGES), metadata={"description": "Language of mail and feed."}
    )
    format = format_field("json", "csv", "text", "atom")

    @validates_schema
    def one_of_both(self, data: dict[str, Any], **_: object) -> None:
        """Refuse parameters of the one question in the other."""
        wrong, why = (OF_DAYS, "does not go with") if "document" in data else (OF_VERSIONS, "needs")
        found = {name: [f"{why} `document`"] for name in wrong if name in data}
        if found:
            raise ValidationError(found)


@changes.get("/changes")
@changes.arguments(ChangesQuery, location="query")
@changes.answers(shapes.ChangesAnswer, table=True, paged=True, more=(TEXT, ATOM))
def list_changes(query: dict[str, Any]) -> Response:
    """What changed between two days, for whom, and whether the facts or the law did it.

    With `document`: what two of its versions say differently, for every controller that this reaches.
    """
    days, ask = _of_versions(query) if "document" in query else _of_days(query)
    forms = {
        TEXT: lambda found: mail(found, query["lang"]),
        ATOM: lambda found: feed(found, query["lang"], request.url),
    }
    return answer_question(query, ask, days, "changes", forms)


def _of_days(query: dict[str, Any]) -> tuple[str, Callable[[], Changes]]:
    start, end = period(query.get("from"), query.get("to"))
    question = ChangesQuestion(
        start,
        end,
        controllers=tuple(query.get("controller", ())),
        kinds=tuple(map(Kind, query.get("kind", ()))),
        causes=tuple(map(CauseKind, query.get("cause", ()))),
    )
    return f"{start}-{end}", lambda: ask_changes(store(), question)


def _of_versions(query: dict[str, Any]) -> tuple[str, Callable[[], Changes]]:
    question = VersionsQuestion(
        query["document"],
        query.get("on") or today(),
        before=query.get("from_version"),
        after=query.get("to_version"),
        controllers=tuple(query.get("controller", ())),
        kinds=tuple(map(Kind, query.get("kind", ()))),
    )
    return question.on, lambda: ask_versions(store(), question)
