"""The overview over HTTP: where each controller stands; and the search over everything."""

from __future__ import annotations

from typing import Any

from flask import Response
from marshmallow import fields, validate

from graphsvc.api import shapes_picture as shapes
from graphsvc.api.common import AskedQuery, Blueprint, Query, Several, answer, answer_question, as_json, day_of, store
from graphsvc.questions import OverviewQuestion, SearchQuestion, ask_overview, ask_search

overview = Blueprint("overview", __name__, description="Where each controller stands, and the search over everything")


class OverviewQuery(AskedQuery):
    """The query of `/overview`."""

    controller = Several(fields.String(), metadata={"description": "Id of a controller; may be given several times."})


class SearchQuery(Query):
    """The query of `/search`."""

    q = fields.String(
        required=True,
        validate=validate.Length(1, 200),
        metadata={"description": "Words that id, name or alias have to hold; order and capitals do not matter."},
    )
    most = fields.Integer(
        load_default=6, validate=validate.Range(1, 50), metadata={"description": "How many hits of each kind."}
    )


@overview.get("/overview")
@overview.arguments(OverviewQuery, location="query")
@overview.answers(shapes.OverviewShape, table=True, paged=True)
def show_overview(query: dict[str, Any]) -> Response:
    """Where each controller stands on a day: its flows by worst footing, its recipients, and how many have no name."""
    question = OverviewQuestion(day_of(query), tuple(query.get("controller", ())))
    return answer_question(query, lambda: ask_overview(store(), question), question.on, "overview")


@overview.get("/search")
@overview.arguments(SearchQuery, location="query")
@overview.answers(shapes.SearchShape)
def search(query: dict[str, Any]) -> Response:
    """Parties, services, activities, data, countries and claims by a part of their name, the closest first."""
    question = SearchQuestion(query["q"], query["most"])
    return answer(query, lambda _: as_json(ask_search(store(), question)))
