"""What the guard takes for the text of an answer: in lines, and the same for the same answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from graphsvc.cli import main
from tests.guard.asked import API, Case

WIDTH = 100
"""Columns of the terminal that help is written for."""
WRITTEN = re.compile(r"<(?:title|text)\b[^>]*>([^<]*)<")
"""The words of a drawing: its places depend on the fonts of the machine."""
PICTURE = re.compile(r"(data:image/[a-z+]+;base64,)[A-Za-z0-9+/=]+")


def text_of(case: Case, client: FlaskClient) -> str:
    """Ask one thing; first how it was answered, then the answer in lines."""
    if not case.address:
        return _help(case.words)
    response = _sent(case, client)
    head = [str(response.status_code), response.content_type, response.headers.get("Content-Disposition", "")]
    return without_pictures("\n".join(["; ".join(filter(None, head)), *_lines(case, response)]))


def without_pictures(text: str) -> str:
    """A text without the drawings in it, which are not the same on every machine."""
    return PICTURE.sub(r"\1...", text)


def is_answer(text: str) -> bool:
    """Whether it is what was asked for, and not a problem."""
    return text.startswith(("200; ", "Usage: "))


def _help(words: list[str]) -> str:
    context = main.make_context("graphsvc", [], resilient_parsing=True, terminal_width=WIDTH)
    for word in words:
        command = context.command.get_command(context, word)
        context = command.make_context(word, [], context, resilient_parsing=True, terminal_width=WIDTH)
    return context.get_help()


def _sent(case: Case, client: FlaskClient) -> TestResponse:
    if case.body:
        return client.post(case.address, data=case.body, content_type="application/json")
    return client.get(case.address)


def _lines(case: Case, response: TestResponse) -> Iterator[str]:
    if response.mimetype.endswith("json"):
        body = response.get_json(force=True)
        if case.address == f"{API}/openapi.json":
            del body["info"]["version"]
        yield from json_lines(body)
    elif response.mimetype == "image/svg+xml":
        yield from WRITTEN.findall(response.text)
    else:
        yield from response.text.splitlines()


def json_lines(value: Any, margin: str = "", name: str = "") -> Iterator[str]:
    """A value of JSON with its keys in order; what holds no other lists and objects is one line."""
    if isinstance(value, dict) and _is_deep(value.values()):
        inner = [(f"{_flat(key)}: ", value[key]) for key in sorted(value)]
    elif isinstance(value, list) and _is_deep(value):
        inner = [("", each) for each in value]
    else:
        yield f"{margin}{name}{_flat(value)}"
        return
    begin, end = "{}" if isinstance(value, dict) else "[]"
    yield f"{margin}{name}{begin}"
    for key, each in inner:
        yield from json_lines(each, f"{margin} ", key)
    yield f"{margin}{end}"


def _is_deep(values: Any) -> bool:
    return any(isinstance(each, dict | list) for each in values)


_flat = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
