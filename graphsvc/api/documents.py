"""Documents over HTTP: load one, see what is loaded and every version of it, remove one."""

from __future__ import annotations

import json
from typing import Any

from flask import Response, current_app
from marshmallow import fields

from graphsvc.api import answers as shapes
from graphsvc.api.common import (
    Blueprint,
    PagedQuery,
    Query,
    ToldQuery,
    answer,
    as_json,
    paged,
    register,
    sent,
    store,
    window,
)
from graphsvc.errors import NotFound
from graphsvc.graph.versions import version_text
from graphsvc.imports.json_schema import json_schema
from graphsvc.imports.schemas import DocumentSchema
from graphsvc.questions import not_there
from graphsvc.register import SUGGESTIONS, Outcome, load, read_documents, remove
from graphsvc.translation import translate

documents = Blueprint("documents", __name__, description="Load documents, and see what was loaded when")

AS_LOADED = "The text of the document, as it was loaded"


@documents.post("/documents")
@documents.doc(
    requestBody={
        "required": True,
        "description": "A document as JSON or YAML (docs/document-format.md), or a bundle of them (docs/exports.md).",
        "content": {kind: {"schema": DocumentSchema} for kind in ("application/json", "application/yaml")},
    }
)
@documents.arguments(ToldQuery, location="query")
@documents.alt_response(200, schema=shapes.Loaded)
@documents.alt_response(422, schema=shapes.Problem, content_type="application/problem+json")
def load_document(query: dict[str, Any]) -> Response:
    """Load a document: all of it or nothing. Loading it again changes just what differs."""
    limit = current_app.config["MAX_DOCUMENT"]
    return _outcome(load(register().bolt, read_documents(sent("a document"), limit)), query)


@documents.delete("/documents/<string:key>")
@documents.arguments(ToldQuery, location="query")
@documents.alt_response(200, schema=shapes.Loaded)
def remove_document(query: dict[str, Any], key: str) -> Response:
    """Remove a document and what only it says. Its versions stay."""
    if not store().versions(key):
        raise _no_document(key)
    return _outcome(remove(register().bolt, key), query)


@documents.get("/documents")
@documents.arguments(PagedQuery, location="query")
@documents.answers(shapes.Documents, paged=True)
def list_documents(query: dict[str, Any]) -> Response:
    """The loaded documents, by id."""

    def make(_: object) -> Response:
        total, found = store().documents(*window(query))
        return paged(as_json({"total": total, "items": found}), query, total)

    return answer(query, make)


class VersionQuery(Query):
    """The query of one document."""

    version = fields.Integer(metadata={"description": "Number of a version, from 1; the last one when left out."})


@documents.get("/documents/schema")
@documents.arguments(Query, location="query")
@documents.alt_response(
    200,
    schema={"type": "object"},
    content_type="application/schema+json",
    description="JSON Schema of the document format",
)
def schema(_: dict[str, Any]) -> Response:
    """The JSON Schema (2020-12) of the document format."""
    return Response(json.dumps(json_schema()), content_type="application/schema+json")


@documents.get("/documents/<string:key>")
@documents.arguments(VersionQuery, location="query")
@documents.alt_response(200, schema={"type": "string"}, content_type="application/yaml", description=AS_LOADED)
@documents.alt_response(200, schema=DocumentSchema, content_type="application/json", description=AS_LOADED)
@documents.alt_response(304, description="Not changed since the answer with that ETag")
def one_document(query: dict[str, Any], key: str) -> Response:
    """The text of a document as it was loaded, whole."""

    def make(_: object) -> Response:
        found = store().versions(key)
        if not found:
            raise _no_document(key)
        number = query.get("version", found[-1]["number"])
        content = store().bolt.read_many(lambda transaction: version_text(transaction, key, number))
        kind = "application/json" if content.lstrip("\ufeff \t\r\n")[:1] == "{" else "application/yaml"
        return Response(content, content_type=f"{kind}; charset=utf-8")

    return answer(query, make, forms=())


@documents.get("/documents/<string:key>/versions")
@documents.arguments(Query, location="query")
@documents.answers(shapes.Versions)
def versions(query: dict[str, Any], key: str) -> Response:
    """Every version of a document that was ever loaded, the first one first."""

    def make(_: object) -> Response:
        found = store().versions(key)
        if not found:
            raise _no_document(key)
        return as_json({"total": len(found), "items": found})

    return answer(query, make)


def _no_document(key: str) -> NotFound:
    _, loaded = store().documents(0, SUGGESTIONS)
    return NotFound(not_there("Document", key, [row["id"] for row in loaded]))


def _outcome(outcome: Outcome, query: dict[str, Any]) -> Response:
    return as_json(translate(outcome.as_dict(), query["lang"]))
