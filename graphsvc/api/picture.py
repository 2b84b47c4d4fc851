"""The picture over HTTP: as JSON and CSV, and drawn as SVG."""

from __future__ import annotations

import json
from typing import Any

from flask import Response
from marshmallow import ValidationError, fields, validate

from graphsvc.api import shapes_picture as shapes
from graphsvc.api.common import AboutData, Blueprint, Several, answer, answer_question, day_of
from graphsvc.api.pictures import picture_of
from graphsvc.exports.draw import draw
from graphsvc.exports.picture import dot
from graphsvc.imports.changes import ChangeField
from graphsvc.imports.fields import Word
from graphsvc.imports.what_if import MOST_CHANGES
from graphsvc.model import Role, Status
from graphsvc.model.changes import Change
from graphsvc.questions import PictureQuestion
from graphsvc.translation import LANGUAGES

picture = Blueprint("picture", __name__, description="What there is to see, level by level")

SVG = "image/svg+xml"


class Changes(fields.Field):
    """The changes of a what-if, as a JSON list in a parameter."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> list[Change]:
        try:
            found = json.loads(value)
        except ValueError:
            raise ValidationError("a JSON list of changes was expected here") from None
        changes = fields.List(ChangeField(), validate=validate.Length(1, MOST_CHANGES))
        return changes.deserialize(found, attr, data)


class PictureQuery(AboutData):
    """The query of `/picture`."""

    activity = fields.String(metadata={"description": "Id of an activity."})
    party = fields.String(metadata={"description": "Id of a party, or `unknown`: only what leads to its services."})
    service = fields.String(metadata={"description": "Id of a service: only what leads to it."})
    status = Several(Word(Status), metadata={"description": "Footings to show; all when left out."})
    country = Several(
        fields.String(validate=validate.Length(min=2, max=7)),
        metadata={"description": "Country codes, or `unknown`: only flows that reach them."},
    )
    role = Several(Word(Role), metadata={"description": "Roles of recipients to show; all when left out."})
    depth = fields.Integer(
        validate=validate.Range(1, 1000),
        metadata={"description": "How many levels to show; when left out, as many as have few flows together."},
    )
    open = Several(fields.String(), metadata={"description": "Services whose flows are shown whatever the depth."})
    beyond = fields.Boolean(
        load_default=False,
        metadata={"description": "Also show what independent controllers and authorities do next, marked as such."},
    )
    what_if = Changes(
        metadata={
            "type": "string",
            "description": "Changes to suppose, as a JSON list; each as in the body of `/what-if`.",
        }
    )


class DrawnQuery(PictureQuery):
    """The query of the drawn picture."""

    class Meta:
        exclude = ("page", "page_size", "format")

    lang = fields.String(
        load_default="en", validate=validate.OneOf(LANGUAGES), metadata={"description": "Language of its words."}
    )


def question_of(query: dict[str, Any]) -> PictureQuestion:
    """The question that a query asks."""
    return PictureQuestion(
        on=day_of(query),
        controllers=tuple(query.get("controller", ())),
        activity=query.get("activity"),
        party=query.get("party"),
        service=query.get("service"),
        status=tuple(map(Status, query.get("status", ()))),
        countries=tuple(query.get("country", ())),
        roles=tuple(map(Role, query.get("role", ()))),
        category=query.get("category"),
        subject=query.get("subject"),
        depth=query.get("depth"),
        opened=tuple(query.get("open", ())),
        beyond=query["beyond"],
        changes=tuple(query.get("what_if", ())),
    )


@picture.get("/picture")
@picture.arguments(PictureQuery, location="query")
@picture.answers(shapes.PictureShape, table=True, paged=True)
def show_picture(query: dict[str, Any]) -> Response:
    """What there is to see on a day: flows level by level, what they connect, and how much is not shown.

    One item for each flow, with its worst footing over countries and activities. Filters keep the ways that lead
    to what they ask for, apart from the items.
    """
    question = question_of(query)
    return answer_question(query, lambda: picture_of(question), question.on, "picture")


@picture.get("/picture.svg")
@picture.arguments(DrawnQuery, location="query")
@picture.response(200, content_type=SVG, schema={"type": "string"}, description="The picture")
def drawn_picture(query: dict[str, Any]) -> Response:
    """The same answer drawn by graphviz, layered from left to right, with a legend."""
    question = question_of(query)

    def make(_: object) -> Response:
        body = picture_of(question).body()
        return Response(draw(dot(body, query["lang"]), "svg"), content_type=SVG)

    return answer(query, make, question.on, ())
