"""Things of the register over HTTP: lists with search and pages, and single things."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from flask import Response
from marshmallow import Schema, fields, validate

from graphsvc.api import answers as shapes
from graphsvc.api.common import (
    PAGE_SIZE,
    TABLE_FORMS,
    Blueprint,
    PagedQuery,
    Query,
    TableQuery,
    answer,
    as_csv,
    as_json,
    paged,
    store,
    wants_csv,
    window,
)
from graphsvc.graph.store import Store
from graphsvc.imports.fields import evidence
from graphsvc.imports.sections import claims, law, parties, processing, vocabulary
from graphsvc.questions import require
from graphsvc.translation import translate_law

things = Blueprint("things", __name__, description="What the register holds")


class CountryShape(law.CountrySchema):
    """A country; of one that no document speaks of, its code and name."""

    evidence = evidence(required=False)


KINDS: dict[str, tuple[str, type[Schema]]] = {
    "parties": ("Party", parties.PartySchema),
    "services": ("Service", parties.ServiceSchema),
    "activities": ("Activity", processing.ActivitySchema),
    "flows": ("Flow", processing.FlowSchema),
    "countries": ("Country", CountryShape),
    "sources": ("Source", vocabulary.SourceSchema),
    "claims": ("Claim", claims.ClaimSchema),
    "remarks": ("Remark", claims.RemarkSchema),
    "identities": ("Identity", parties.IdentitySchema),
    "regimes": ("Regime", law.RegimeSchema),
    "tools": ("TransferTool", law.ToolSchema),
    "events": ("Event", law.EventSchema),
    "duties": ("Duty", law.DutySchema),
    "requirements": ("Requirement", law.RequirementSchema),
}
OF_LAW = frozenset({"Regime", "TransferTool", "Event", "Duty", "Requirement"})
"""Kinds whose names are said in the language asked for."""
ONE_BY_ONE = frozenset({"claims", "identities"})
"""Kinds whose list is the answer to a question of its own, under the same address."""
WORDS: dict[str, tuple[str, type[Schema]]] = {
    "data-categories": ("DataCategory", vocabulary.DataCategorySchema),
    "subject-categories": ("SubjectCategory", vocabulary.SubjectCategorySchema),
    "purposes": ("Purpose", vocabulary.PurposeSchema),
    "legal-bases": ("LegalBasis", vocabulary.LegalBasisSchema),
}


class SearchQuery(TableQuery):
    """The query of a list."""

    q = fields.String(
        load_default="",
        validate=validate.Length(max=200),
        metadata={"description": "Words that id, name or alias (of a flow: all of it) hold, in any order and case."},
    )


class WordsQuery(PagedQuery):
    """The query of the whole vocabulary."""

    q = SearchQuery._declared_fields["q"]


def _serve(path: str, label: str, schema: type[Schema]) -> None:
    """Single things of one kind and, where no question has its address, their list."""
    _serve_one(path, label, schema)
    if path not in ONE_BY_ONE:
        _serve_list(path, label, schema)


def _serve_list(path: str, label: str, schema: type[Schema]) -> None:
    page = Schema.from_dict(
        {"total": fields.Integer(required=True), "items": fields.List(fields.Nested(schema), required=True)},
        name=f"{label}Page",
    )
    columns = list(schema().fields)

    @things.arguments(SearchQuery, location="query")
    @things.answers(page, table=True, paged=True)
    def list_things(query: dict[str, Any]) -> Response:
        return _page(query, label, columns, path.rpartition("/")[2])

    list_things.__doc__ = f"A page of the {_words(path)}, by id."
    things.get(f"/{path}", endpoint=f"list_{_endpoint(path)}")(list_things)


def _serve_one(path: str, label: str, schema: type[Schema]) -> None:
    @things.arguments(Query, location="query")
    @things.answers(schema)
    def one_thing(query: dict[str, Any], key: str) -> Response:
        return _one(query, label, key)

    one_thing.__doc__ = f"One of the {_words(path)}, as the documents say it."
    things.get(f"/{path}/<string:key>", endpoint=f"one_{_endpoint(path)}")(one_thing)


def _words(path: str) -> str:
    return path.removeprefix("vocabulary/").replace("-", " ")


def _endpoint(path: str) -> str:
    return path.replace("/", "_").replace("-", "_")


for _path, (_label, _schema) in (KINDS | {f"vocabulary/{kind}": found for kind, found in WORDS.items()}).items():
    _serve(_path, _label, _schema)


@things.get("/vocabulary")
@things.arguments(WordsQuery, location="query")
@things.answers(shapes.ListAnswer, paged=True)
def all_words(query: dict[str, Any]) -> Response:
    """A page of every part of the vocabulary, each word with its kind."""

    def make(_: object) -> Response:
        skip, most = window(query)
        total, items = 0, []
        for kind, (label, _) in WORDS.items():
            number, found = store().page(label, query["q"], max(0, skip - total), max(0, most - len(items)))
            items += [{"kind": kind} | word for word in found]
            total += number
        return paged(as_json({"total": total, "items": items}), query, total)

    return answer(query, make)


@things.get("/controllers")
@things.arguments(Query, location="query")
@things.answers(shapes.ListAnswer)
def controllers(query: dict[str, Any]) -> Response:
    """Every party that answers for an activity."""

    def make(_: object) -> Response:
        found = store().controllers()
        return as_json({"total": len(found), "items": found})

    return answer(query, make)


def _page(query: dict[str, Any], label: str, columns: list[str], name: str) -> Response:
    def make(_: object) -> Response:
        if wants_csv(query):
            return as_csv(_every(store(), label, query["q"]), columns, name, query)
        total, found = store().page(label, query["q"], *window(query))
        if label in OF_LAW:
            found = [translate_law(row, query["lang"]) for row in found]
        return paged(as_json({"total": total, "items": found}), query, total)

    return answer(query, make, forms=TABLE_FORMS)


def _every(register: Store, label: str, search: str) -> Iterator[dict[str, Any]]:
    """Everything a search finds, fetched page by page."""
    for skip in count(0, PAGE_SIZE):
        _, found = register.page(label, search, skip, PAGE_SIZE)
        yield from found
        if len(found) < PAGE_SIZE:
            return


def _one(query: dict[str, Any], label: str, key: str) -> Response:
    def make(_: object) -> Response:
        require(store(), label, key)
        return as_json(store().one(label, key))

    return answer(query, make)
