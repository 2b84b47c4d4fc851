"""What every view shares: the blueprint, how a query is read, pages, conditional answers, media types."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any
from urllib.parse import quote, urlencode

from flask import Response, current_app, g, request
from flask_smorest import Blueprint as SmorestBlueprint
from marshmallow import RAISE, Schema, ValidationError, fields, validate
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import NotAcceptable, UnsupportedMediaType

from graphsvc import __version__
from graphsvc.clock import today
from graphsvc.deadline import Deadline
from graphsvc.exports.kinds import MEDIA_TYPES
from graphsvc.graph.store import State, Store
from graphsvc.imports.fields import Day
from graphsvc.model import Day as DayText
from graphsvc.questions.common import Answer
from graphsvc.tabular import begun, csv_lines
from graphsvc.translation import LANGUAGES, translate, translate_rows

PAGE_SIZE = 1_000
LONGEST_PAGE = 10_000
LAST_PAGE = 100_000
JSON, CSV, TEXT = "application/json", "text/csv", "text/plain"
ATOM, CALENDAR = "application/atom+xml", "text/calendar"
TABLE_FORMS = (JSON, CSV)
FORMATS = {"json": JSON, "csv": CSV, "text": TEXT, "atom": ATOM, "ics": CALENDAR} | MEDIA_TYPES
"""The media type that each word of `format` stands for; a file of that type ends in the word."""
WRITTEN_TYPES = ("application/json", "application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml")
"""Media types that a document and a what-if may be sent as."""


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

    def answers(
        self, schema: type[Schema], *, table: bool = False, paged: bool = False, more: Iterable[str] = ()
    ) -> Callable[[View], View]:
        """Promise in the OpenAPI document what a view that calls `answer` sends: its shape, headers, and 304.

        Args:
            schema: The shape of the JSON answer.
            table: It can be had as CSV too.
            paged: It comes page by page.
            more: Further media types that it can be had in.
        """
        others = {kind: {"schema": OTHER_SHAPES[kind]} for kind in ([CSV] if table else []) + [*more]}
        names = ("ETag", "X-Pagination", "Link") if paged else ("ETag",)
        headers = {name: HEADERS_OF_ANSWERS[name] for name in names}

        def promise(view: View) -> View:
            view = self.alt_response(304, description="Not changed since the answer with that ETag")(view)
            view = self.alt_response(200, schema=schema, headers=headers)(view)
            return self.doc(responses={200: {"content": others}})(view) if others else view

        return promise


View = Callable[..., Response]
OTHER_SHAPES = {
    CSV: {"type": "string", "description": "RFC 4180; the first line names the columns."},
    TEXT: {"type": "string", "description": "To read, or to forward as a mail."},
    ATOM: {"type": "string", "description": "An Atom feed (RFC 4287)."},
    CALENDAR: {"type": "string", "description": "A calendar (RFC 5545)."},
}
HEADERS_OF_ANSWERS = {
    "ETag": {"description": "Send it back in If-None-Match", "schema": {"type": "string"}},
    "X-Pagination": {"description": "JSON: total, pages, and which page this is", "schema": {"type": "string"}},
    "Link": {"description": "First, previous, next and last page (RFC 8288)", "schema": {"type": "string"}},
}


class Several(fields.List):
    """A parameter with several values: given more than once, or separated by commas."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> list[Any]:
        parts = [part.strip() for text in value for part in text.split(",")]
        if not any(parts):
            raise ValidationError("is empty; leave it out to ask about everything")
        return super()._deserialize([part for part in parts if part], attr, data, **options)


class Query(Schema):
    """The query of a request."""

    class Meta:
        unknown = RAISE

    error_messages = {"unknown": "there is no such parameter"}  # noqa: RUF012


class ToldQuery(Query):
    """The query of what is told in sentences."""

    lang = fields.String(
        load_default="en",
        validate=validate.OneOf(LANGUAGES),
        metadata={"description": "Language of sentences, and of names of acts and tools; texts of documents stay."},
    )


class PagedQuery(Query):
    """The query of a request that is answered page by page."""

    page = fields.Integer(
        load_default=1, validate=validate.Range(1, LAST_PAGE), metadata={"description": "Which page, from 1."}
    )
    page_size = fields.Integer(
        load_default=PAGE_SIZE,
        validate=validate.Range(1, LONGEST_PAGE),
        metadata={"description": f"How many items a page has, at most {LONGEST_PAGE}."},
    )


def format_field(*words: str) -> fields.String:
    """The parameter that says in which form; words of FORMATS."""
    told = f"{', '.join(words[:-1])} or {words[-1]}"
    return fields.String(
        validate=validate.OneOf(words),
        metadata={
            "description": f"{told}; wins over the Accept header. "
            "CSV holds every row, unless `page` or `page_size` is given; other forms but JSON always do."
        },
    )


class TableQuery(PagedQuery, ToldQuery):
    """The query of what can be had as a table."""

    format = format_field("json", "csv")


class AskedQuery(TableQuery):
    """The query of a question: it takes a day."""

    on = Day(metadata={"description": "The day asked about, like 2020-07-16; today when left out.", "format": "date"})


class AboutData(AskedQuery):
    """The part of a question that says whose data and which."""

    controller = Several(fields.String(), metadata={"description": "Id of a controller; may be given several times."})
    category = fields.String(metadata={"description": "Id of a data category; narrower ones are included."})
    subject = fields.String(metadata={"description": "Id of a data-subject category; narrower ones are included."})


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
    if page > 1:
        about["previous_page"] = min(page - 1, last)
    if page < last:
        about["next_page"] = page + 1
    response.headers["X-Pagination"] = json.dumps(about)
    response.headers["Link"] = ", ".join(_links(about))
    return response


def _links(about: dict[str, int]) -> Iterator[str]:
    for name, relation in (("first", "first"), ("previous", "prev"), ("next", "next"), ("last", "last")):
        if f"{name}_page" in about:
            arguments = request.args.to_dict(flat=False) | {"page": [str(about[f"{name}_page"])]}
            yield f'<{quote(request.path)}?{urlencode(arguments, doseq=True)}>; rel="{relation}"'


def register() -> Store:
    """The register of the running app, for what takes as long as it takes."""
    return current_app.extensions["graphsvc"]


def store() -> Store:
    """The register, for a question: its answer has to begin in time."""
    if "store" not in g:
        g.store = register().within(Deadline(current_app.config["ANSWER_SECONDS"]))
    return g.store


def answer(
    query: dict[str, Any],
    make: Callable[[State], Response],
    on: DayText | None = None,
    forms: tuple[str, ...] = (JSON,),
) -> Response:
    """Answer a GET; when the register and the question are what they were, with 304.

    Args:
        query: The query as it was read, defaults included.
        make: Makes the answer.
        on: The day asked about, when there is one.
        forms: Media types that the answer can be had in; empty: the one it has.
    """
    chosen = form(query, forms)
    state = store().state()
    tag = _tag(state, query, on, chosen)
    # A star asks whether there is anything at all: only making the answer tells.
    is_known = request.if_none_match.contains_weak(tag) and not request.if_none_match.star_tag
    response = Response(status=304) if is_known else make(state)
    response.set_etag(tag)
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.add("Accept")
    return response


def _tag(state: State, query: dict[str, Any], on: DayText | None, chosen: str) -> str:
    parts = [__version__, state.revision, state.law, request.path, query, on, chosen, has_window()]
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()[:32]


Rendered = str | bytes | Iterator[str]
NO_MORE: Mapping[str, Callable[[Answer], Rendered]] = {}


def answer_question(
    query: dict[str, Any],
    ask: Callable[[], Answer],
    on: DayText,
    name: str,
    more: Mapping[str, Callable[[Answer], Rendered]] = NO_MORE,
) -> Response:
    """Answer a question as JSON page by page, as CSV, or in another form.

    Args:
        query: The query as it was read, a `TableQuery` or more.
        ask: Asks it; not called when the asker has the answer already.
        on: The day asked about, or the days.
        name: What a file of it is called, without the day.
        more: For each further media type what makes the form of it.
    """
    forms = (*TABLE_FORMS, *more)
    chosen = form(query, forms)

    def make(_: object) -> Response:
        found = ask()
        if chosen in more:
            return as_text(more[chosen](found), chosen, f"{name}-{on}")
        if chosen == CSV:
            rows = translate_rows(found.table(), query["lang"])
            return as_csv(rows, found.columns, f"{name}-{on}", query)
        body = found.body(*window(query))
        return paged(as_json(translate(body, query["lang"])), query, body["total"])

    return answer(query, make, on, forms)


def sent(what: str) -> bytes:
    """The body of a request, which is to be JSON or YAML.

    Args:
        what: What it is, for the message.

    Raises:
        UnsupportedMediaType: it is something else.
    """
    if request.mimetype not in WRITTEN_TYPES:
        raise UnsupportedMediaType(f"Send {what} as {' or '.join(WRITTEN_TYPES[:2])}.")
    return request.get_data()


def as_json(body: Any) -> Response:
    """A JSON answer."""
    return Response(json.dumps(body, ensure_ascii=False), content_type=JSON)


def form(query: dict[str, Any], forms: tuple[str, ...]) -> str:
    """The media type that the asker wants, of those there are; without a wish the first.

    Raises:
        NotAcceptable: wants none of them.
    """
    if "format" in query:
        return FORMATS[query["format"]]
    if not forms or not request.accept_mimetypes:
        return forms[0] if forms else ""
    best = request.accept_mimetypes.best_match(forms)
    if best is None:
        raise NotAcceptable(f"This can be had as {' or '.join(forms)}.")
    return best


def wants_csv(query: dict[str, Any]) -> bool:
    """Whether the asker wants CSV rather than JSON."""
    return form(query, TABLE_FORMS) == CSV


def has_window() -> bool:
    """Whether the asker asks for a page; CSV without one holds every row."""
    return "page" in request.args or "page_size" in request.args


def as_text(content: Rendered, kind: str, name: str) -> Response:
    """An answer that is a text of some kind; one that is kept as a file has a name."""
    # What is made while it is sent begins with its first pieces: what goes wrong before is told as a problem.
    sent = begun(content, store().deadline.lift) if isinstance(content, Iterator) else content
    response = Response(sent, content_type=f"{kind}; charset=utf-8")
    if kind == CALENDAR:
        response.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


def as_csv(rows: Iterable[dict[str, Any]], columns: Sequence[str], name: str, query: dict[str, Any]) -> Response:
    """A CSV answer, sent while it is made (RFC 4180): every row, or those of the page asked for.

    It begins with its first row: what goes wrong before that is told as a problem, and from then on it is not cut.
    """
    skip, most = window(query)
    lines = csv_lines(islice(rows, skip, skip + most) if has_window() else rows, columns)
    return Response(
        begun(lines, store().deadline.lift),
        content_type=f"{CSV}; charset=utf-8; header=present",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )
