"""Recipients over HTTP: who receives a person's data, by name."""

from __future__ import annotations

from typing import Any

from flask import Response
from marshmallow import fields, validate

from graphsvc.api.common import AskedQuery, Blueprint, answer_question, day_of, store
from graphsvc.api.shapes_recipients import RecipientsAnswer
from graphsvc.questions import RecipientsQuestion, ask_recipients
from graphsvc.translation import LANGUAGES

recipients = Blueprint("recipients", __name__, description="Who receives a person's data, by name")


class RecipientsQuery(AskedQuery):
    """The query of `/recipients`."""

    controller = fields.String(required=True, metadata={"description": "Id of the controller."})
    subject = fields.String(
        metadata={"description": "Id of a data-subject category; broader, narrower and unknown ones are included."}
    )
    lang = fields.String(
        load_default="en",
        validate=validate.OneOf(LANGUAGES),
        metadata={"description": "The language of the words."},
    )


@recipients.get("/recipients")
@recipients.arguments(RecipientsQuery, location="query")
@recipients.answers(RecipientsAnswer, table=True, paged=True)
def list_recipients(query: dict[str, Any]) -> Response:
    """Who receives the data of a controller, by name and at any depth, for an access request (Art. 15(1)(c)).

    `text` can be pasted into the answer.
    """
    question = RecipientsQuestion(day_of(query), query["controller"], query.get("subject"), query["lang"])
    return answer_question(query, lambda: ask_recipients(store(), question), question.on, "recipients")
