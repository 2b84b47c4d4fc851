"""What every view shares: the blueprint, how a query is read, pages, conditional answers, CSV."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import version
from typing import Any
from urllib.parse import urlencode

from flask import Response, current_app, request
from flask_smorest import Blueprint as SmorestBlueprint
from marshmallow import RAISE, Schema, ValidationError, fields, validate
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import NotAcceptable

from graphsvc.graph.store import State, Store
from graphsvc.imports.fields import Day
from graphsvc.model import Day as DayText
from graphsvc.questions import today

PAGE_SIZE = 1_000
LONGEST_PAGE = 10_000
JSON, CSV = "application/json", "text/csv"


class Parser(FlaskParser):
    """Reads the query of a request; a parameter that is not known, or given twice where one fits, is refused."""

    DEFAULT_UNKNOWN_BY_LOCATION = FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION | {"query": RAISE}

    def load_querystring(self, req: Any, schema: Schema) -> Any:
        """Read the query of a request."""
        for name in req.args:
            field = schema.fields.get(name)
            if field is not None and not isinstance(field, fields.List) and len(req.args.getlist(name)) > 1:
                raise ValidationError({name: ["is given more than once"]})
        return super().load_querystring(req, schema)


class Blueprint(SmorestBlueprint):
    """A blueprint that reads queries strictly."""

    ARGUMENTS_PARSER = Parser()


class Several(fields.List):
    """A parameter with several values: given more than once, or separated by commas."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> list[Any]:
        parts = [part.strip() for text in value for part in text.split(",")]
        return super()._deserialize([part for part in parts if part], attr, data, **options)


class Query(Schema):
    """The query of a request."""

    class Meta:
        unknown = RAISE

    error_messages = {"unknown": "there is no such parameter"}  # noqa: RUF012


class PagedQuery(Query):
    """The query of a request that is answered page by page."""

    page = fields.Integer(load_default=1, validate=validate.Range(1), metadata={"description": "Which page, from 1."})
    page_size = fields.Integer(
        load_default=PAGE_SIZE,
        validate=validate.Range(1, LONGEST_PAGE),
        metadata={"description": f"How many items a page has, at most {LONGEST_PAGE}."},
    )


class AskedQuery(PagedQuery):
    """The query of a question: it takes a day."""

    on = Day(metadata={"description": "The day asked about, like 2020-07-16; today when left out.", "format": "date"})
    format = fields.String(
        validate=validate.OneOf(["json", "csv"]),
        metadata={"description": "json or csv; wins over the Accept header."},
    )


def day_of(query: dict[str, Any]) -> DayText:
    """The day a question is about."""
    return query.get("on") or today()


def window(query: dict[str, Any]) -> tuple[int, int]:
    """How many items to pass over and how many to show."""
    return (query["page"] - 1) * query["page_size"], query["page_size"]


def paged(response: Response, query: dict[str, Any], total: int) -> Response:
    """Say in the headers which page this is (X-Pagination as flask-smorest has it, and RFC 8288 links)."""
    size, page = query["page_size"], query["page"]
    last = max(1, -(-total // size))
    about = {"total": total, "total_pages": last, "page": page, "first_page": 1, "last_page": last}
    if page < last:
        about["next_page"] = page + 1
        response.headers["Link"] = f'<{_address(page=page + 1)}>; rel="next"'
    response.headers["X-Pagination"] = json.dumps(about)
    return response


def _address(**changed: Any) -> str:
    arguments = request.args.to_dict(flat=False) | {name: [str(value)] for name, value in changed.items()}
    return f"{request.path}?{urlencode(arguments, doseq=True)}"


def store() -> Store:
    """The store of the running app."""
    return current_app.extensions["graphsvc"]


def answer(query: dict[str, Any], make: Callable[[State], Response], on: DayText | None = None) -> Response:
    """Answer a GET; when the register and the question are what they were, with 304.

    Args:
        query: The query as it was read, defaults included.
        make: Makes the answer.
        on: The day asked about, when there is one.
    """
    state = store().state()
    tag = _tag(state, query, on)
    is_known = request.if_none_match.contains(tag)
    response = Response(status=304) if is_known else make(state)
    response.set_etag(tag)
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.add("Accept")
    return response


def _tag(state: State, query: dict[str, Any], on: DayText | None) -> str:
    parts = [version("graphsvc"), state.revision, state.law, request.path, query, on, wants_csv(query)]
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()[:32]


def as_json(body: Any) -> Response:
    """A JSON answer."""
    return Response(json.dumps(body, ensure_ascii=False), content_type=JSON)


def wants_csv(query: dict[str, Any]) -> bool:
    """Whether the asker wants CSV rather than JSON.

    Raises:
        NotAcceptable: wants neither.
    """
    if "format" in query:
        return query["format"] == "csv"
    best = request.accept_mimetypes.best_match([JSON, CSV])
    if best is None:
        raise NotAcceptable("This can be had as application/json or text/csv.")
    return best == CSV


def as_csv(rows: Iterable[dict[str, Any]], columns: list[str], name: str) -> Response:
    """A CSV answer, sent while it is made (RFC 4180)."""
    return Response(
        csv_lines(rows, columns),
        content_type=f"{CSV}; charset=utf-8; header=present",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def csv_lines(rows: Iterable[dict[str, Any]], columns: list[str]) -> Iterator[str]:
    """CSV line by line: first the names of the columns."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(row[column]) for column in columns])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def cell(value: Any) -> str:
    """A value as a cell; a text that a spreadsheet would take for a formula gets an apostrophe before it."""
    text = _plain(value)
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(map(_plain, value))
    if isinstance(value, dict):
        return value["name"] if "name" in value else " ".join(str(part) for part in value.values() if part is not None)
    return str(value)
