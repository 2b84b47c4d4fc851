"""Claims against facts over HTTP."""

from __future__ import annotations

from typing import Any

from flask import Response
from marshmallow import fields

from graphsvc.api.common import AskedQuery, Blueprint, Several, answer_question, day_of, store
from graphsvc.api.shapes_claims import ClaimsAnswer
from graphsvc.api.things import SearchQuery
from graphsvc.imports.fields import Word
from graphsvc.model import Verdict
from graphsvc.questions import ClaimsQuestion, ask_claims

claims = Blueprint("claims", __name__, description="What controllers say in public, against the facts")


class ClaimsQuery(AskedQuery):
    """The query of `/claims`."""

    controller = Several(fields.String(), metadata={"description": "Id of a controller; may be given several times."})
    verdict = Several(Word(Verdict), metadata={"description": "Verdicts to show; all when left out."})
    q = fields.String(
        load_default="",
        validate=SearchQuery._declared_fields["q"].validate,
        metadata={"description": "Words that id or text have to hold; order and capitals do not matter."},
    )


@claims.get("/claims")
@claims.arguments(ClaimsQuery, location="query")
@claims.answers(ClaimsAnswer, table=True, paged=True)
def list_claims(query: dict[str, Any]) -> Response:
    """What controllers say in public, and what the facts of a day say of it.

    Every claim that holds on the day with its verdict, what the controller's own documents should say and do not
    (kind `silent`), and what readers noticed (kind `remark`); the gravest first, with the evidence on both sides.
    """
    question = ClaimsQuestion(
        on=day_of(query),
        controllers=tuple(query.get("controller", ())),
        verdict=tuple(map(Verdict, query.get("verdict", ()))),
        words=query["q"],
    )
    return answer_question(query, lambda: ask_claims(store(), question), question.on, "claims")
