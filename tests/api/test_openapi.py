"""The OpenAPI document: valid, whole, and browsable without the internet."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from openapi_spec_validator import OpenAPIV31SpecValidator, validate

from graphsvc.imports.json_schema import json_schema
from tests.api.support import API, PROBLEM, got

NOT_DESCRIBED = {"/", "/assets/{name}", "/api/docs", "/api/docs/{name}", "/problems/{slug}", f"{API}/openapi.json"}


@pytest.fixture(scope="module")
def specification(client: FlaskClient) -> dict[str, Any]:
    return client.get(f"{API}/openapi.json").json


def test_it_is_valid_openapi_3_1(specification: dict[str, Any]):
    assert specification["openapi"] == "3.1.0"
    validate(specification, cls=OpenAPIV31SpecValidator)


def test_every_route_is_in_it_and_every_path_in_it_is_a_route(client: FlaskClient, specification: dict[str, Any]):
    routes = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in client.application.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    described = {(path, method) for path, found in specification["paths"].items() for method in found}
    described = {(path, method) for path, method in described if method != "parameters"}
    assert {route for route in routes if route[0] not in NOT_DESCRIBED} == described


def test_every_operation_says_what_it_is_and_what_may_go_wrong(specification: dict[str, Any]):
    for path, operations in specification["paths"].items():
        for method, operation in operations.items():
            if method == "parameters":
                continue
            assert operation.get("summary"), path
            assert operation["responses"].keys() & {"200", "201"}, path
            assert "default" in operation["responses"], path
            for parameter in operation.get("parameters", []):
                assert parameter.get("description") or parameter["in"] == "path", (path, parameter["name"])


def test_every_error_is_described_as_a_problem(specification: dict[str, Any]):
    for response in specification["components"]["responses"].values():
        assert list(response.get("content", {PROBLEM: {}})) == [PROBLEM]


@pytest.mark.parametrize("path", ["health/live", "health/ready", "documents/schema", "controllers", "vocabulary"])
def test_the_other_answers_are_as_it_promises(client: FlaskClient, path: str):
    assert got(client, path).status_code == 200


def test_the_schema_of_a_document_is_published(client: FlaskClient):
    response = got(client, "documents/schema")
    assert response.mimetype == "application/schema+json"
    assert response.json == json_schema()


def test_the_page_to_browse_loads_its_own_files_only(client: FlaskClient):
    page = client.get("/api/docs")
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert loaded
    for address in loaded:
        assert address.startswith("/api/docs/")
        answer = client.get(address)
        assert answer.status_code == 200
        answer.close()
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert "http" not in page.headers["Content-Security-Policy"]
    assert f"{API}/openapi.json" in client.get("/api/docs/start.js").text
    assert not re.search(r"<script>|onload=", page.text)


@pytest.mark.parametrize("name", ["../app.py", "..%2fapp.py", "%2e%2e/%2e%2e/app.py", "nothing.js", "....//x"])
def test_the_page_serves_no_other_files(client: FlaskClient, name: str):
    assert client.get(f"/api/docs/{name}").status_code == 404


def test_every_answer_carries_the_headers_that_protect(client: FlaskClient):
    for path in ("/", "/api/docs", f"{API}/transfers", f"{API}/nothing", f"{API}/documents/perfony-register"):
        headers = client.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_the_start_page_links_to_what_is_there(client: FlaskClient):
    for address in re.findall(r'href="(/[^"]*)"', client.get("/").text):
        answer = client.get(unescape(address))
        assert answer.status_code == 200
        answer.close()
