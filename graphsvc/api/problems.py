"""Errors over HTTP: RFC 9457 problem+json with a stable type for each cause, and never a stack trace."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from graphsvc.errors import Fault, GraphsvcError, QuestionTooDear
from graphsvc.resources import resource
from graphsvc.translation import LANGUAGES, translate

MEDIA_TYPE = "application/problem+json"
TYPE = "/problems/"
"""A problem's type is this and its slug; the address shows what the problem means."""

HTTP_SLUGS = {
    400: "bad-request",
    403: "forbidden",
    404: "no-such-address",
    405: "method-not-allowed",
    406: "not-acceptable",
    413: "document-too-large",
    415: "unsupported-media-type",
    421: "wrong-host",
    422: "invalid-parameter",
    500: "internal",
}
"""The slugs of what HTTP itself says no to."""

log = logging.getLogger("graphsvc")


def problem(slug: str, status: int, title: str, detail: str, errors: list[dict[str, Any]] | None = None) -> Response:
    """A problem document (RFC 9457).

    Args:
        slug: The stable end of its type.
        status: HTTP status.
        title: The same for every problem of this type.
        detail: What happened this time.
        errors: For bad input: every fault with its path.
    """
    body: dict[str, Any] = {
        "type": TYPE + slug,
        "title": title,
        "status": status,
        "detail": detail,
        "instance": quote(request.path),
    }
    if errors:
        body["errors"] = errors
    response = Response(json.dumps(body, ensure_ascii=False), status, content_type=MEDIA_TYPE)
    response.headers["Cache-Control"] = "no-store"
    if status == 503 and slug != QuestionTooDear.slug:
        response.headers["Retry-After"] = "5"
    return response


def register(app: Flask) -> None:
    """Turn every error of an app into a problem."""
    app.register_error_handler(GraphsvcError, _ours)
    app.register_error_handler(HTTPException, of_http)
    app.register_error_handler(Exception, _unforeseen)


def _ours(error: GraphsvcError) -> Response:
    asked = request.args.get("lang", "")
    language = asked if asked in LANGUAGES else LANGUAGES[0]
    faults = translate([fault.as_dict() for fault in error.faults], language)
    return problem(error.slug, error.status, error.title, translate(error.args[0], language), faults)


def of_http(error: HTTPException) -> Response:
    """A problem for what Flask, webargs or werkzeug refused."""
    status = error.code or 500
    slug = HTTP_SLUGS.get(status, "bad-request" if status < 500 else "internal")
    messages = (getattr(error, "data", None) or {}).get("messages", {})
    errors = [fault.as_dict() for fault in _faults(messages)]
    detail = "; ".join(f"{e['path']}: {e['message']}" for e in errors) or error.description or error.name
    answer = problem(slug, status, explained()[slug][0], detail, errors)
    for name, value in error.get_headers():
        if name.lower() in {"allow", "retry-after"}:
            answer.headers[name] = value
    return answer


def _unforeseen(error: Exception) -> Response:
    log.exception("unforeseen", exc_info=error)
    return problem("internal", 500, "Something went wrong", "The service failed; its log says where.")


def _faults(messages: dict[str, Any]) -> Iterator[Fault]:
    """webargs' messages, by location and field, as faults."""
    for fields in messages.values():
        for name, texts in (fields if isinstance(fields, dict) else {"": fields}).items():
            for text in _texts(texts):
                yield Fault(str(name), text)


def _texts(found: Any) -> Iterator[str]:
    if isinstance(found, dict):
        for below in found.values():
            yield from _texts(below)
    elif isinstance(found, list):
        for below in found:
            yield from _texts(below)
    else:
        yield str(found)


@cache
def explained() -> dict[str, tuple[str, str]]:
    """For each slug its title and what it means, as `docs/problems.md` tells it."""
    page = resource("docs/problems.md").read_text(encoding="utf-8")
    parts = re.split(r"^## `([a-z-]+)`: (.+)$", page, flags=re.MULTILINE)[1:]
    return {slug: (title, text.strip()) for slug, title, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True)}
