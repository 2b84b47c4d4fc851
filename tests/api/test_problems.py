"""Every error is a problem document with a stable type, and the addresses that say no."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from graphsvc import create_app
from graphsvc.api.problems import HTTP_SLUGS, explained
from graphsvc.errors import GraphsvcError, QuestionTooDear
from graphsvc.graph.store import Store
from graphsvc.settings import Settings
from tests.api.support import API, assert_problem


@pytest.mark.parametrize(
    "path", ["/nothing", f"{API}/nothing", f"{API}/transfers/", f"{API}/vocabulary/colours", "/problems/x"]
)
def test_an_address_of_nothing_is_404(client: FlaskClient, path: str):
    assert_problem(client.get(path), "no-such-address", 404)


@pytest.mark.parametrize("path", ["transfers", "parties", "parties/google", "documents", "health/live", "openapi.json"])
@pytest.mark.parametrize("method", ["PUT", "PATCH", "TRACE"])
def test_a_method_that_an_address_does_not_know_is_405(client: FlaskClient, path: str, method: str):
    response = client.open(f"{API}/{path}", method=method)
    assert_problem(response, "method-not-allowed", 405)
    assert "GET" in response.headers["Allow"]


@pytest.mark.parametrize("path", ["transfers", "documents", "parties/google"])
def test_options_say_what_an_address_does(client: FlaskClient, path: str):
    response = client.options(f"{API}/{path}")
    assert response.status_code == 200
    assert {"GET", "HEAD", "OPTIONS"} <= set(response.headers["Allow"].split(", "))
    assert "Access-Control-Allow-Origin" not in response.headers


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8000", "localhost.evil.example", "127.0.0.1.nip.io", "localhost@evil", "a b", "["],
)
def test_another_host_name_is_421(client: FlaskClient, host: str):
    for path in (f"{API}/transfers", f"{API}/health/live", "/api/docs", "/"):
        assert_problem(client.get(path, headers={"Host": host}), "wrong-host", 421)


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1:1", "[::1]", "[::1]:8000"])
def test_the_names_of_this_machine_are_answered(client: FlaskClient, host: str):
    assert client.get(f"{API}/health/live", headers={"Host": host}).status_code == 200


def test_the_address_that_it_listens_on_is_answered(register: Store):
    client = create_app(Settings(host="127.0.0.2"), register).test_client()
    assert client.get(f"{API}/health/live", headers={"Host": "127.0.0.2:8000"}).status_code == 200


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "null", "", "http://[", "http://localhost:3000", "file://", "http://localhost.evil"],
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_a_page_of_another_site_is_403(client: FlaskClient, method: str, origin: str):
    response = client.open(f"{API}/documents", method=method, headers={"Origin": origin})
    assert_problem(response, "forbidden", 403)


def test_a_page_of_our_own_may_ask(client: FlaskClient):
    answer = client.get(f"{API}/parties", headers={"Origin": "http://localhost:8000", "Host": "localhost:8000"})
    assert answer.status_code == 200


def test_a_fault_of_our_own_is_500_without_a_trace(
    client: FlaskClient, register: Store, caplog: pytest.LogCaptureFixture
):
    app = create_app(Settings(), register)
    app.add_url_rule(f"{API}/stumble", "stumble", lambda: 1 / 0)
    assert_problem(app.test_client().get(f"{API}/stumble"), "internal", 500)
    assert "ZeroDivisionError" in caplog.text


def test_every_type_of_problem_is_an_address_that_explains_it(client: FlaskClient):
    for slug, (title, _) in explained().items():
        page = client.get(f"/problems/{slug}")
        assert page.status_code == 200
        assert title in page.text


def classes(root: type[GraphsvcError] = GraphsvcError) -> set[type[GraphsvcError]]:
    return {root}.union(*(classes(below) for below in root.__subclasses__()))


@pytest.mark.parametrize("error", sorted(classes(), key=lambda kind: kind.__name__))
def test_each_kind_of_error_is_its_own_problem(register: Store, error: type[GraphsvcError]):
    app = create_app(Settings(), register)

    def stumble() -> None:
        raise error("what happened")

    app.add_url_rule(f"{API}/stumble", "stumble", stumble)
    response = app.test_client().get(f"{API}/stumble")
    assert_problem(response, error.slug, error.status, "what happened")
    # What takes too long takes as long the next time.
    assert ("Retry-After" in response.headers) == (error.status == 503 and error is not QuestionTooDear)
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("status", sorted(HTTP_SLUGS))
def test_every_status_that_http_says_no_with_is_explained(status: int):
    assert HTTP_SLUGS[status] in explained()
