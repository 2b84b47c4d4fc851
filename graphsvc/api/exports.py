"""Exports over HTTP: one address for each kind, in the form that `format` or the Accept header asks for."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from flask import Response, abort, request
from marshmallow import Schema, fields, validate

from graphsvc.api.common import Blueprint, Query, answer, as_json, day_of, form, store
from graphsvc.exports.kinds import OURS, Export
from graphsvc.exports.registry import EXPORTS
from graphsvc.imports.fields import Day
from graphsvc.questions.handover import HandoverQuestion
from graphsvc.translation import LANGUAGES, gettext

exports = Blueprint("exports", __name__, description="What can be handed over")


class ExportQuery(Query):
    """The query of an export."""

    on = Day(metadata={"description": "The day, like 2020-07-16; today when left out.", "format": "date"})
    controller = fields.String(
        metadata={"description": "Id of the controller that it is about; of art30-2, the party that acts for others."}
    )
    activity = fields.String(metadata={"description": "Id of the one activity that it is about."})
    lang = fields.String(
        load_default="en", validate=validate.OneOf(LANGUAGES), metadata={"description": "Language of its words."}
    )
    format = fields.String(
        validate=validate.OneOf(list(OURS)),
        metadata={"description": "In which form; wins over the Accept header. Each export says which it has."},
    )


def _view(export: Export) -> Callable[[dict[str, Any]], Response]:
    def view(query: dict[str, Any]) -> Response:
        about_one = "controller" in query or "activity" in query
        if "format" in query:
            export.check(query["format"], about_one)
        chosen = form(query, export.media_types)
        word = export.word_of(chosen)
        export.check(word, about_one)
        question = HandoverQuestion(day_of(query), query.get("controller"), query.get("activity"))

        def make(_: object) -> Response:
            written = export.written(store(), question, word, query["lang"])
            name = f"{export.kind}-{written.name}.{'txt' if word == 'text' else word}"
            kind = f"{chosen}; charset=utf-8" if chosen.startswith("text/") else chosen
            headers = {"Content-Disposition": f'attachment; filename="{name}"'}
            return Response(written.parts, content_type=kind, headers=headers)

        return answer(query, make, question.on, export.media_types)

    view.__name__ = f"export_{export.kind.replace('-', '_')}"
    view.__doc__ = f"{export.about}\n\nSays which day, law table version and register revision it was made from."
    return view


def _content(export: Export) -> dict[str, Any]:
    """What the OpenAPI document promises for each form."""
    return {
        OURS[word]: {"schema": dict(found.schema or ({} if OURS[word].endswith("json") else {"type": "string"}))}
        for word, found in export.formats.items()
    }


def _add(export: Export) -> None:
    view = _view(export)
    view = exports.alt_response(304, description="Not changed since the answer with that ETag")(view)
    view = exports.doc(responses={200: {"description": export.about, "content": _content(export)}})(view)
    exports.get(f"/exports/{export.kind}")(exports.arguments(ExportQuery, location="query")(view))


for _each in EXPORTS.values():
    _add(_each)


class ListQuery(Query):
    """The query of the list of exports."""

    lang = fields.String(
        load_default="en", validate=validate.OneOf(LANGUAGES), metadata={"description": "Language of the names."}
    )


class ExportForm(Schema):
    """One form that an export can be had in."""

    format = fields.String(required=True, metadata={"description": "The word for `format`, and the end of its file."})
    media_type = fields.String(required=True, metadata={"description": "What the Accept header asks for."})
    schema = fields.String(allow_none=True, required=True, metadata={"description": "Address of its JSON Schema."})
    missing = fields.List(fields.String(), required=True, metadata={"description": "Libraries that are not installed."})


class ExportRow(Schema):
    """One kind of export."""

    kind = fields.String(required=True)
    name = fields.String(required=True, metadata={"description": "What people call it, in the language asked for."})
    about = fields.String(required=True)
    whole = fields.Boolean(required=True, metadata={"description": "It can be had of the whole register."})
    address = fields.String(required=True)
    formats = fields.List(fields.Nested(ExportForm), required=True)


class ExportRows(Schema):
    """Every kind of export, and the languages of their words."""

    total = fields.Integer(required=True)
    languages = fields.List(fields.String(), required=True)
    items = fields.List(fields.Nested(ExportRow), required=True)


@exports.get("/exports")
@exports.arguments(ListQuery, location="query")
@exports.answers(ExportRows)
def list_exports(query: dict[str, Any]) -> Response:
    """Every kind of export with the forms it can be had in, the first one by default."""
    items = [_listed(export, query["lang"]) for export in EXPORTS.values()]
    return answer(query, lambda _: as_json({"total": len(items), "languages": list(LANGUAGES), "items": items}))


def _listed(export: Export, language: str) -> dict[str, Any]:
    address = f"{request.path.rstrip('/')}/{export.kind}"
    return {
        "kind": export.kind,
        "name": gettext(language, f"export.kind.{export.kind}"),
        "about": export.about,
        "whole": export.whole,
        "address": address,
        "formats": [
            {
                "format": word,
                "media_type": OURS[word],
                "schema": f"{address}/schema.json" if word == "json" and found.schema else None,
                "missing": found.missing(),
            }
            for word, found in export.formats.items()
        ],
    }


@exports.get("/exports/<kind>/schema.json")
@exports.response(200, schema={"type": "object"}, content_type="application/schema+json", description="A JSON Schema")
def export_schema(kind: str) -> Response:
    """The JSON Schema of an export that is written as JSON of our own."""
    found = EXPORTS[kind].formats.get("json") if kind in EXPORTS else None
    if found is None or found.schema is None:
        abort(404, f"There is no schema of an export {kind!r}.")
    return Response(json.dumps(found.schema, ensure_ascii=False), content_type="application/schema+json")
