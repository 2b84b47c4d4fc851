"""Exposure over HTTP: whose data a breach at a party or a service exposes."""

from __future__ import annotations

from typing import Any

from flask import Response
from marshmallow import fields

from graphsvc.api.common import AskedQuery, Blueprint, answer_question, day_of, store
from graphsvc.api.shapes_exposure import ExposureAnswer
from graphsvc.questions import ExposureQuestion, ask_exposure

exposure = Blueprint("exposure", __name__, description="Whose data a breach exposes, and who has to tell whom")


class ExposureQuery(AskedQuery):
    """The query of `/exposure`."""

    party = fields.String(metadata={"description": "Id of the party that had the breach. This or `service`."})
    service = fields.String(metadata={"description": "Id of the service that had the breach. This or `party`."})
    unnamed = fields.Boolean(
        load_default=True,
        metadata={"description": "Also count recipients that nobody named and that may be the party."},
    )


@exposure.get("/exposure")
@exposure.arguments(ExposureQuery, location="query")
@exposure.answers(ExposureAnswer, table=True, paged=True)
def list_exposed(query: dict[str, Any]) -> Response:
    """Whose data a breach at a party or a service exposes, and who has to tell whom by when.

    JSON has an item for each controller, what is most at stake first. CSV is the call list: a row for each
    controller and call.
    """
    question = ExposureQuestion(day_of(query), query.get("party"), query.get("service"), query["unnamed"])
    return answer_question(query, lambda: ask_exposure(store(), question), question.on, "exposure")
