"""Transfers over HTTP."""

from __future__ import annotations

from typing import Any

from flask import Response
from marshmallow import fields, validate

from graphsvc.api import answers as shapes
from graphsvc.api.common import AboutData, Blueprint, Several, answer_question, day_of, store
from graphsvc.imports.fields import Word
from graphsvc.model import Role, Status
from graphsvc.questions import TransfersQuestion, ask_transfers

transfers = Blueprint("transfers", __name__, description="Which flows are third-country transfers, on which footing")


class TransfersQuery(AboutData):
    """The query of `/transfers`."""

    activity = fields.String(metadata={"description": "Id of an activity."})
    status = Several(Word(Status), metadata={"description": "Footings to show; all but `inside` when left out."})
    country = Several(
        fields.String(validate=validate.Length(min=2, max=7)),
        metadata={"description": "Country codes, or `unknown`; may be given several times."},
    )
    role = Several(Word(Role), metadata={"description": "Roles of recipients to show; all when left out."})
    beyond = fields.Boolean(
        load_default=False,
        metadata={"description": "Also show what independent controllers and authorities do next, marked as such."},
    )


@transfers.get("/transfers")
@transfers.arguments(TransfersQuery, location="query")
@transfers.answers(shapes.TransfersAnswer, table=True, paged=True)
def list_transfers(query: dict[str, Any]) -> Response:
    """Which flows are third-country transfers on a day, and on which legal footing.

    One line for each activity, flow and third country. With `status=inside` the recipients that no third
    country is involved with.
    """
    question = TransfersQuestion(
        on=day_of(query),
        controllers=tuple(query.get("controller", ())),
        activity=query.get("activity"),
        status=tuple(map(Status, query.get("status", ()))),
        countries=tuple(query.get("country", ())),
        roles=tuple(map(Role, query.get("role", ()))),
        category=query.get("category"),
        subject=query.get("subject"),
        beyond=query["beyond"],
    )
    return answer_question(query, lambda: ask_transfers(store(), question), question.on, "transfers")
