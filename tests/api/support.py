"""What tests over HTTP share: one check for every error, and every answer held against the OpenAPI document."""

from __future__ import annotations

import csv
import io
import re
from functools import cache
from typing import Any

from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from werkzeug.test import TestResponse

from graphsvc.api.problems import explained

API = "/api/v1"
PROBLEM = "application/problem+json"
MEMBERS = {"type", "title", "status", "detail", "instance"}


def assert_problem(response: TestResponse, slug: str, status: int, *words: str) -> dict[str, Any]:
    """Check that an answer is a problem as RFC 9457 and docs/problems.md have it; the problem."""
    assert (response.status_code, response.content_type) == (status, PROBLEM), response.text
    problem = response.json
    assert MEMBERS <= problem.keys() <= MEMBERS | {"errors"}
    assert problem["type"] == f"/problems/{slug}"
    assert problem["title"] == explained()[slug][0]
    assert problem["status"] == status
    assert problem["instance"] == response.request.path
    for word in words:
        assert word in problem["detail"]
    assert not re.search(r"Traceback|File \"|\.py\b|0x[0-9a-f]{6}", response.text)
    assert all({"path", "message"} <= fault.keys() for fault in problem.get("errors", []))
    return problem


@cache
def _specification(client: FlaskClient) -> dict[str, Any]:
    return client.get(f"{API}/openapi.json").json


def got(client: FlaskClient, path: str, /, **options: Any) -> TestResponse:
    """Get an address; the answer is held against what the OpenAPI document promises of it."""
    response = client.get(path if path.startswith("/") else f"{API}/{path}", **options)
    assert_as_promised(client, response)
    return response


def assert_as_promised(client: FlaskClient, response: TestResponse) -> None:
    """Check an answer against the OpenAPI document: the address, the status, the media type and the shape."""
    specification = _specification(client)
    operation = _operation(specification, response.request.path, response.request.method.lower())
    promised = operation["responses"]
    answer = promised.get(str(response.status_code)) or promised.get("default")
    assert answer is not None, f"{response.request.path} answers {response.status_code}, which is not promised"
    if response.status_code == 304 or response.request.method == "HEAD":
        return
    answer = _resolved(specification, answer)
    kind = response.mimetype
    assert kind in answer["content"], f"{response.request.path} answers {kind}, promised: {list(answer['content'])}"
    if kind.endswith("json"):
        schema = answer["content"][kind]["schema"] | {"components": specification["components"]}
        faults = list(Draft202012Validator(schema).iter_errors(response.json))
        assert not faults, f"{response.request.path}: {faults[0].json_path} {faults[0].message}"


def _operation(specification: dict[str, Any], path: str, method: str) -> dict[str, Any]:
    for template, operations in sorted(specification["paths"].items(), key=lambda pair: pair[0].count("{")):
        if method in operations and re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path):
            return operations[method]
    raise AssertionError(f"{method} {path} is not in the OpenAPI document")


def _resolved(specification: dict[str, Any], value: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in value:
        found: Any = specification
        for part in value["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        value = found
    return value


def table(text: str) -> list[dict[str, str]]:
    """The rows of a CSV text, by column."""
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
