"""Paths over HTTP: the chains between two parties."""

from __future__ import annotations

from typing import Any

from flask import Response
from marshmallow import fields, validate

from graphsvc.answers.paths.ways import MOST
from graphsvc.api.common import AskedQuery, Blueprint, answer_question, day_of, store
from graphsvc.api.shapes_paths import PathsAnswer
from graphsvc.questions import PathsQuestion, ask_paths

paths = Blueprint("paths", __name__, description="Through which chains data gets from one party to another")


class PathsQuery(AskedQuery):
    """The query of `/paths`."""

    class Meta(AskedQuery.Meta):
        include = {  # noqa: RUF012
            "from": fields.String(
                required=True,
                metadata={"description": "Id of a party: chains start at its activities, else at its services."},
            )
        }

    to = fields.String(required=True, metadata={"description": "Id of the party that chains end at."})
    from_service = fields.String(metadata={"description": "Start at this service of the party."})
    to_service = fields.String(metadata={"description": "End at this service of the party."})
    most = fields.Integer(
        validate=validate.Range(1, MOST),
        metadata={"description": f"So many chains, longer ones too, at most {MOST}; every shortest when left out."},
    )


@paths.get("/paths")
@paths.arguments(PathsQuery, location="query")
@paths.answers(PathsAnswer, table=True, paged=True)
def list_paths(query: dict[str, Any]) -> Response:
    """Through which chains data gets from one party to another on a day, the shortest first."""
    question = PathsQuestion(
        on=day_of(query),
        source=query["from"],
        target=query["to"],
        source_service=query.get("from_service"),
        target_service=query.get("to_service"),
        most=query.get("most"),
    )
    return answer_question(query, lambda: ask_paths(store(), question), question.on, "paths")
