"""What-ifs over HTTP."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, request

from graphsvc.api import answers as shapes
from graphsvc.api.common import (
    CSV,
    HEADERS_OF_ANSWERS,
    OTHER_SHAPES,
    Blueprint,
    TableQuery,
    as_csv,
    as_json,
    paged,
    sent,
    store,
    wants_csv,
    window,
)
from graphsvc.api.shapes_what_if import REQUEST, WhatIfAnswer
from graphsvc.errors import DocumentTooLarge
from graphsvc.imports.what_if import LARGEST, read_what_if
from graphsvc.questions import WhatIfQuestion, ask_what_if
from graphsvc.translation import translate, translate_rows

what_if = Blueprint("what_if", __name__, description="Changes tried without touching the register")


class WhatIfQuery(TableQuery):
    """The query of `/what-if`; the changes are in the body."""


@what_if.post("/what-if")
@what_if.doc(
    requestBody={
        "required": True,
        "description": "The changes, as JSON or as YAML. docs/what-if.md explains them.",
        "content": {kind: {"schema": REQUEST} for kind in ("application/json", "application/yaml")},
    },
    responses={200: {"content": {CSV: {"schema": OTHER_SHAPES[CSV]}}}},
)
@what_if.arguments(WhatIfQuery, location="query")
@what_if.alt_response(
    200, schema=WhatIfAnswer, headers={name: HEADERS_OF_ANSWERS[name] for name in ("X-Pagination", "Link")}
)
@what_if.alt_response(404, schema=shapes.Problem, content_type="application/problem+json")
@what_if.alt_response(413, schema=shapes.Problem, content_type="application/problem+json")
@what_if.alt_response(422, schema=shapes.Problem, content_type="application/problem+json")
def try_changes(query: dict[str, Any]) -> Response:
    """What would change if a decision ended, a party were dropped, data were moved: before, after, and the difference.

    Nothing is changed in the register. Every list is cut by the same page; the next page is the same body again. CSV
    holds the lines that differ.
    """
    limit = min(LARGEST, current_app.config["MAX_DOCUMENT"])
    if (request.content_length or 0) > limit:
        raise DocumentTooLarge(f"the what-if has {request.content_length} bytes; {limit} are allowed")
    request.max_content_length = limit
    written = read_what_if(sent("a what-if"), limit)
    wants_table = wants_csv(query)
    found = ask_what_if(store(), WhatIfQuestion.of(written))
    if wants_table:
        rows = translate_rows(found.table(), query["lang"])
        return as_csv(rows, found.columns, f"what-if-{found.question.on}", query)
    body = translate(found.body(*window(query)), query["lang"])
    longest = max(number for number in body["totals"].values() if isinstance(number, int))
    response = paged(as_json(body), query, longest)
    response.headers["Cache-Control"] = "no-store"
    return response
