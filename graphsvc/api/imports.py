"""Other people's formats over HTTP: what would change (`dry_run`), or a load; with the importer's report."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, request
from marshmallow import fields, validate
from werkzeug.exceptions import UnsupportedMediaType

from graphsvc.api.answers import Problem
from graphsvc.api.common import Blueprint, ToldQuery, as_json, register
from graphsvc.api.shapes_imports import TakenIn
from graphsvc.errors import NotFound
from graphsvc.imports.fields import Day, Word
from graphsvc.imports.foreign.importers import IMPORTERS
from graphsvc.imports.foreign.settings import ImportSettings, read_word_map
from graphsvc.intake import take_in
from graphsvc.model import Basis
from graphsvc.questions import not_there
from graphsvc.translation import translate

imports = Blueprint("imports", __name__, description="Take in other people's formats")

ANYTHING = "application/octet-stream"
YAML_TYPES = ("application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml")
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {
    "csv": ("text/csv", "text/tab-separated-values", ANYTHING),
    "markdown": ("text/markdown", ANYTHING),
    "html": ("text/html", "application/xhtml+xml", ANYTHING),
    "tilt": ("application/json", ANYTHING),
    "fides": (*YAML_TYPES, "application/json", ANYTHING),
    "xlsx": (SPREADSHEET, ANYTHING),
}
"""Media types of each format: none that a form of another site could send."""


SETTINGS = ("publisher", "service", "date", "file", "url", "title", "kind")


class ImportQuery(ToldQuery):
    """What whoever imports a file says besides the file."""

    dry_run = fields.Boolean(
        load_default=False, metadata={"description": "Only say what would change; nothing is written."}
    )
    publisher = fields.String(
        validate=validate.Length(1, 200),
        metadata={"description": "Name of whose list it is; needed for csv, markdown, html and xlsx."},
    )
    service = fields.String(
        validate=validate.Length(1, 200),
        metadata={"description": 'Name or id of the service whose list it is; else "<publisher> services".'},
    )
    date = Day(metadata={"description": "The day of the file; else the day that it gives itself.", "format": "date"})
    file = fields.String(validate=validate.Length(1, 300), metadata={"description": "Name of the file."})
    url = fields.String(validate=validate.Length(1, 1000), metadata={"description": "Where the file was had."})
    title = fields.String(validate=validate.Length(1, 300), metadata={"description": "Title of the source."})
    basis = Word(
        Basis,
        metadata={"description": "How directly the file says it; else public_list for a list, stated for the rest."},
    )
    kind = fields.String(
        validate=validate.OneOf(["list", "record"]),
        metadata={"description": "A list of sub-processors or a record of activities; else by the columns."},
    )
    map = fields.String(
        validate=validate.Length(1, 20_000),
        metadata={"description": "The mapping, as JSON or YAML: columns, names, services, day_order, header, sheet."},
    )


@imports.post("/imports/<string:form>")
@imports.doc(
    requestBody={
        "required": True,
        "description": "The file, as it is.",
        "content": {
            kind: {"schema": {"type": "string", "format": "binary"}} for kind in ("text/csv", "text/html", ANYTHING)
        },
    }
)
@imports.arguments(ImportQuery, location="query")
@imports.alt_response(200, schema=TakenIn)
@imports.alt_response(422, schema=Problem, content_type="application/problem+json")
def take_in_file(query: dict[str, Any], form: str) -> Response:
    """Import a file of a format (csv, markdown, html, tilt, fides, xlsx): all of it or nothing, or a dry run."""
    if form not in IMPORTERS:
        raise NotFound(not_there("Format", form, list(IMPORTERS)))
    if request.mimetype and request.mimetype not in TYPES[form]:
        raise UnsupportedMediaType(f"Send a file in the format {form} as {' or '.join(TYPES[form])}.")
    limit = current_app.config["MAX_DOCUMENT"]
    given = {key: query[key] for key in SETTINGS if key in query}
    given["encoding"] = request.mimetype_params.get("charset", "")
    words = read_word_map(query.get("map", "").encode())
    settings = ImportSettings(words=words, basis=Basis(query["basis"]) if "basis" in query else None, **given)
    taken_in = take_in(register(), form, [(request.get_data(), settings)], limit, query["dry_run"])
    return as_json(translate(taken_in.bodies()[0], query["lang"]))
