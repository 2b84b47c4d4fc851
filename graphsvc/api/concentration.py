"""Concentration over HTTP: which parties and countries most hangs on."""

from __future__ import annotations

from typing import Any

from flask import Response
from marshmallow import fields, validate

from graphsvc.answers.concentration.replacement import TRANSFER
from graphsvc.api.common import AskedQuery, Blueprint, Several, answer_question, day_of, store
from graphsvc.api.shapes_concentration import ConcentrationAnswerShape
from graphsvc.model import Status
from graphsvc.questions import ConcentrationQuestion, ask_concentration

concentration = Blueprint("concentration", __name__, description="Which parties and countries most hangs on")


class ConcentrationQuery(AskedQuery):
    """The query of `/concentration`."""

    controller = Several(fields.String(), metadata={"description": "Id of a controller; may be given several times."})
    accept = Several(
        fields.String(validate=validate.OneOf([status.value for status in Status if status in TRANSFER])),
        metadata={"description": "Footings on which a transfer may stay when parties are replaced, like `adequate`."},
    )


@concentration.get("/concentration")
@concentration.arguments(ConcentrationQuery, location="query")
@concentration.answers(ConcentrationAnswerShape, table=True, paged=True)
def list_parties(query: dict[str, Any]) -> Response:
    """Which parties and countries most hangs on: data, single points of loss and breach, circles, longest chains.

    One item for each party, the one with most data first. `replacement` says whom to replace at the least so that
    no third-country transfer is left.
    """
    question = ConcentrationQuestion(
        day_of(query), tuple(query.get("controller", ())), tuple(map(Status, query.get("accept", ())))
    )
    return answer_question(query, lambda: ask_concentration(store(), question), question.on, "concentration")
