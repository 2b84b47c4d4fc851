"""Who is who over HTTP: open proposals and decisions; decide, and take a decision back."""

from __future__ import annotations

from typing import Any

from flask import Response
from marshmallow import ValidationError, fields

from graphsvc.api import answers as shapes
from graphsvc.api.common import (
    TABLE_FORMS,
    Blueprint,
    Several,
    TableQuery,
    ToldQuery,
    answer,
    as_csv,
    as_json,
    paged,
    sent,
    store,
    wants_csv,
    window,
)
from graphsvc.api.shapes_identities import DecisionBody, IdentitiesShape
from graphsvc.imports.documents import faults_of, refuse
from graphsvc.imports.fields import Word
from graphsvc.imports.text import parse
from graphsvc.model import Basis, Sameness
from graphsvc.questions.common import check
from graphsvc.questions.identities import IdentitiesQuestion, Kind, ask_identities
from graphsvc.register.deciding import LIMIT, Decision, decide, take_back
from graphsvc.translation import translate, translate_rows

identities = Blueprint("identities", __name__, description="Who is who: what may be one, and what was decided")


class IdentitiesQuery(TableQuery):
    """The query of `/identities`."""

    party = Several(fields.String(), metadata={"description": "Only about this party; may be given several times."})
    kind = Several(Word(Kind), metadata={"description": "Only these kinds of items."})


@identities.get("/identities")
@identities.arguments(IdentitiesQuery, location="query")
@identities.answers(IdentitiesShape, table=True, paged=True)
def who_is_who(query: dict[str, Any]) -> Response:
    """Parties that may be one, with the reasons, the most likely first; then what was decided, with sources."""
    question = IdentitiesQuestion(tuple(query.get("party", ())), tuple(map(Kind, query.get("kind", ()))))

    def make(_: object) -> Response:
        found = ask_identities(store(), question)
        if wants_csv(query):
            return as_csv(translate_rows(found.table(), query["lang"]), found.columns, "identities", query)
        body = translate(found.body(*window(query)), query["lang"])
        return paged(as_json(body), query, body["total"])

    return answer(query, make, forms=TABLE_FORMS)


@identities.post("/identities")
@identities.doc(
    requestBody={
        "required": True,
        "description": "The decision, as JSON or as YAML.",
        "content": {kind: {"schema": DecisionBody} for kind in ("application/json", "application/yaml")},
    }
)
@identities.arguments(ToldQuery, location="query")
@identities.alt_response(200, schema=shapes.Loaded)
@identities.alt_response(422, schema=shapes.Problem, content_type="application/problem+json")
def decide_who_is_who(query: dict[str, Any]) -> Response:
    """Say that two parties are one, or are not; it becomes a document of its own. Nothing else is changed."""
    content = sent("a decision")
    given = parse(content, LIMIT)
    try:
        found = DecisionBody().load(given)
    except ValidationError as error:
        refuse(faults_of(error.normalized_messages(), content.decode()))
        raise
    check(store(), {"Party": [found["party"], found["other"]], "Source": [found.get("source")]})
    words = {"verdict": Sameness(found["verdict"]), "basis": Basis(found["basis"])}
    return as_json(translate(decide(store(), Decision(**found | words)).as_dict(), query["lang"]))


@identities.delete("/identities/<string:party>/<string:other>")
@identities.arguments(ToldQuery, location="query")
@identities.alt_response(200, schema=shapes.Loaded)
def take_decision_back(query: dict[str, Any], party: str, other: str) -> Response:
    """Take back what was decided here about two parties. The versions of its document stay."""
    check(store(), {"Party": [party, other]})
    return as_json(translate(take_back(store(), party, other).as_dict(), query["lang"]))
