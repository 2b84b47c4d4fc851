"""Things of the register over HTTP: lists with search and pages, and single things."""

from __future__ import annotations

from typing import Any

from flask import Response
from marshmallow import fields, validate

from graphsvc.api import answers as shapes
from graphsvc.api.common import Blueprint, PagedQuery, Query, answer, as_json, paged, store, window
from graphsvc.questions import require

things = Blueprint("things", __name__, description="What the register holds")

KINDS = {
    "parties": "Party",
    "services": "Service",
    "activities": "Activity",
    "flows": "Flow",
    "countries": "Country",
    "sources": "Source",
    "claims": "Claim",
    "remarks": "Remark",
    "regimes": "Regime",
    "tools": "TransferTool",
    "events": "Event",
}
WORDS = {
    "data-categories": "DataCategory",
    "subject-categories": "SubjectCategory",
    "purposes": "Purpose",
    "legal-bases": "LegalBasis",
}


class SearchQuery(PagedQuery):
    """The query of a list."""

    q = fields.String(
        load_default="",
        validate=validate.Length(max=200),
        metadata={"description": "Words that id, name or alias have to hold; order and capitals do not matter."},
    )


@things.get(f"/<any({', '.join(KINDS)}):kind>")
@things.arguments(SearchQuery, location="query")
@things.alt_response(200, schema=shapes.ListAnswer)
def list_things(query: dict[str, Any], kind: str) -> Response:
    """A page of things of one kind, by id."""
    return _page(query, KINDS[kind])


@things.get(f"/<any({', '.join(KINDS)}):kind>/<string:key>")
@things.arguments(Query, location="query")
@things.alt_response(200, schema=shapes.Thing)
def one_thing(query: dict[str, Any], kind: str, key: str) -> Response:
    """One thing, as the documents say it."""
    return _one(query, KINDS[kind], key)


@things.get(f"/vocabulary/<any({', '.join(WORDS)}):kind>")
@things.arguments(SearchQuery, location="query")
@things.alt_response(200, schema=shapes.ListAnswer)
def list_words(query: dict[str, Any], kind: str) -> Response:
    """A page of the vocabulary, by id."""
    return _page(query, WORDS[kind])


@things.get(f"/vocabulary/<any({', '.join(WORDS)}):kind>/<string:key>")
@things.arguments(Query, location="query")
@things.alt_response(200, schema=shapes.Thing)
def one_word(query: dict[str, Any], kind: str, key: str) -> Response:
    """One word of the vocabulary."""
    return _one(query, WORDS[kind], key)


@things.get("/vocabulary")
@things.arguments(SearchQuery, location="query")
@things.alt_response(200, schema=shapes.ListAnswer)
def all_words(query: dict[str, Any]) -> Response:
    """A page of every part of the vocabulary, each word with its kind."""

    def make(_: object) -> Response:
        skip, most = window(query)
        total, items = 0, []
        for kind, label in WORDS.items():
            count, found = store().page(label, query["q"], max(0, skip - total), max(0, most - len(items)))
            items += [{"kind": kind} | word for word in found]
            total += count
        return paged(as_json({"total": total, "items": items}), query, total)

    return answer(query, make)


@things.get("/controllers")
@things.arguments(Query, location="query")
@things.alt_response(200, schema=shapes.ListAnswer)
def controllers(query: dict[str, Any]) -> Response:
    """Every party that answers for an activity."""

    def make(_: object) -> Response:
        found = store().controllers()
        return as_json({"total": len(found), "items": found})

    return answer(query, make)


def _page(query: dict[str, Any], label: str) -> Response:
    def make(_: object) -> Response:
        total, found = store().page(label, query["q"], *window(query))
        return paged(as_json({"total": total, "items": found}), query, total)

    return answer(query, make)


def _one(query: dict[str, Any], label: str, key: str) -> Response:
    def make(_: object) -> Response:
        require(store(), label, key)
        return as_json(store().one(label, key))

    return answer(query, make)
