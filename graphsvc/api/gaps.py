"""Gaps over HTTP."""

from __future__ import annotations

from typing import Any

from flask import Response
from marshmallow import fields, validate

from graphsvc.api.common import AskedQuery, Blueprint, Several, answer_question, day_of, store
from graphsvc.api.shapes_gaps import GAP_WORDS, GapsAnswer
from graphsvc.imports.fields import Period
from graphsvc.model import Shortfall
from graphsvc.questions import GapsQuestion, ask_gaps
from graphsvc.questions.gaps import MAX_AGE
from graphsvc.translation import LANGUAGES

gaps = Blueprint("gaps", __name__, description="What the register does not know or lacks, as a worklist")


class GapsQuery(AskedQuery):
    """The query of `/gaps`."""

    controller = Several(fields.String(), metadata={"description": "Id of a controller; may be given several times."})
    kind = Several(
        fields.String(validate=validate.OneOf(GAP_WORDS, error="is not one of: {choices}")),
        metadata={"description": "Kinds to show; all when left out."},
    )
    max_age = Period(
        load_default=MAX_AGE,
        metadata={"description": "How old a source may be, a period as ISO 8601 writes it, like P2Y or P18M."},
    )
    lang = fields.String(
        load_default="en",
        validate=validate.OneOf(LANGUAGES),
        metadata={"description": "Language of the sentences for people: en or nl."},
    )


@gaps.get("/gaps")
@gaps.arguments(GapsQuery, location="query")
@gaps.answers(GapsAnswer, table=True, paged=True)
def list_gaps(query: dict[str, Any]) -> Response:
    """What the register does not know or lacks on a day, the heaviest first, each with what to do.

    Every kind rests on an article and is asked from the first day of its row in the law table (`requirements`) on.
    """
    question = GapsQuestion(
        on=day_of(query),
        controllers=tuple(query.get("controller", ())),
        kind=tuple(map(Shortfall, query.get("kind", ()))),
        max_age=query["max_age"],
        language=query["lang"],
    )
    return answer_question(query, lambda: ask_gaps(store(), question), question.on, "gaps")
