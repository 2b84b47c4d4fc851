"""What-ifs over HTTP: the answer as promised, JSON and YAML in, CSV out, every fault with its place."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from werkzeug.test import TestResponse

from graphsvc import create_app
from graphsvc.graph.store import Store
from graphsvc.imports.changes import KINDS
from graphsvc.imports.text import values
from graphsvc.settings import Settings
from tests.api.support import API, assert_as_promised, assert_problem, got, table
from tests.checkout import ROOT

DAY = "2026-11-22"
EXAMPLES = sorted((ROOT / "seed_data" / "what_if").glob("*.yaml"))
STRIKE = {"kind": "end_decision", "decision": "eu-us-dpf"}
JIRA = {"kind": "replace_service", "service": "jira-cloud"}
NEW = {"name": "Tickets", "provider": "A provider in Germany", "country": "DE"}
EVERY_KIND = [
    STRIKE | {"from": DAY},
    {"kind": "new_decision", "country": "IN"},
    {"kind": "withdraw_tool", "tool": "scc-2021"},
    {"kind": "add_tool", "service": "jira-cloud", "tool": "scc-2021", "transfer_impact_assessment": True},
    {"kind": "certify_party", "party": "meta", "tool": "eu-us-dpf"},
    {"kind": "drop_flow", "flow": "itfixe-newsletter-mailchimp"},
    {"kind": "drop_service", "service": "razor2"},
    {"kind": "drop_party", "party": "google"},
    {"kind": "replace_flow", "flow": "perfacilis-support-jira", "by": "zendesk-support"},
    JIRA | {"by": "aws-cloud", "country": "DE"},
    {"kind": "replace_party", "party": "mailchimp", "new": NEW},
    {"kind": "move_flow", "flow": "itfixe-newsletter-mailchimp", "to": "NL"},
    {"kind": "move_service", "service": "aws-cloud", "to": "DE", "seat_access": False},
    {"kind": "move_party", "party": "twilio", "to": "IE"},
    {"kind": "move_seat", "party": "atlassian", "to": "NL"},
    {"kind": "buy_party", "party": "transip", "new": {"name": "Big Group", "country": "US"}},
]


def tried(client: FlaskClient, *changes: Any, query: str = "", **more: Any) -> TestResponse:
    """Try changes; the answer is held against the OpenAPI document."""
    response = client.post(f"{API}/what-if{query}", json={"on": DAY, "changes": list(changes)} | more)
    assert_as_promised(client, response)
    return response


def test_the_framework_is_struck_down_for_everybody(client: FlaskClient):
    answer = tried(client, STRIKE | {"from": DAY}).json
    before, after = answer["before"], answer["after"]
    assert before["by_status"]["adequate_if_covered"] > 0
    assert after["by_status"]["adequate_if_covered"] == 0
    assert before["total"] == after["total"] == got(client, f"transfers?on={DAY}").json["total"]
    assert answer["total"] == len(answer["changed"]) == before["by_status"]["adequate_if_covered"]
    assert {line["kind"] for line in answer["changed"]} == {"worse"}
    assert all(
        "what if: Commission Implementing Decision (EU) 2023/1795" in c["reason_after"] for c in answer["changed"]
    )
    assert not any("what if" in (line["act_after"] or "") for line in answer["changed"])
    assert answer["about"] == {"whose": "all", "number": 5, "controllers": []}
    reasons = {line["reason"] for line in after["items"]}
    assert {line["reason_after"] for line in answer["changed"]} <= reasons


def test_before_is_what_the_register_says_and_the_register_stays_as_it_is(client: FlaskClient, register: Store):
    revision = register.state()
    answer = tried(client, {"kind": "drop_party", "party": "aws"}, controller="perfacilis").json
    said = got(client, f"transfers?on={DAY}&controller=perfacilis").json
    assert [line for line in answer["before"]["items"] if line["status"] != "inside"] == said["items"]
    assert {key: n for key, n in answer["before"]["by_status"].items() if key != "inside"} == {
        key: n for key, n in said["by_status"].items() if key != "inside"
    }
    assert answer["before"]["by_country"] == said["by_country"]
    assert register.state() == revision


def test_without_changes_before_is_after(client: FlaskClient):
    answer = tried(client, controller=["itfixe", "connectis"]).json
    assert answer["before"] == answer["after"]
    assert (answer["changed"], answer["cut_off"], answer["total"]) == ([], [], 0)
    assert answer["about"]["whose"] == "asked"


def test_without_a_controller_it_is_about_those_whom_it_can_touch(client: FlaskClient):
    answer = tried(client, {"kind": "drop_party", "party": "transip"}).json
    assert answer["about"]["whose"] == "touched"
    assert [party["id"] for party in answer["about"]["controllers"]] == ["perfacilis"]
    assert {line["controller"]["id"] for line in answer["before"]["items"]} == {"perfacilis"}


@pytest.mark.parametrize("change", EVERY_KIND, ids=lambda change: change["kind"])
def test_each_kind_of_change_is_tried_and_says_what_it_supposes(client: FlaskClient, change: dict):
    answer = tried(client, change).json
    assert answer["changes"][0]["says"].startswith("what if: ")
    shown = answer["changed"] or answer["without_effect"]
    assert shown
    for line in answer["changed"]:
        assert line["because"] == [answer["changes"][0]["says"]]
        assert line["reason_after"] is None or answer["changes"][0]["says"] in line["reason_after"]


def test_all_kinds_together_are_tried_in_their_order(client: FlaskClient):
    assert {change["kind"] for change in EVERY_KIND} == set(KINDS)
    answer = tried(client, *EVERY_KIND, name="Everything").json
    assert answer["name"] == "Everything"
    assert [each["change"] for each in answer["changes"]] == list(EVERY_KIND)


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_the_examples_are_sent_as_they_are_and_fit_what_is_promised(client: FlaskClient, file: Path):
    response = client.post(f"{API}/what-if", data=file.read_bytes(), content_type="application/yaml")
    assert_as_promised(client, response)
    assert response.json["changed"]
    assert response.json["without_effect"] == []
    assert accepted(client, values(file.read_bytes(), 10_000))


def accepted(client: FlaskClient, body: Any) -> bool:
    """Whether the OpenAPI document allows a body."""
    specification = client.get(f"{API}/openapi.json").json
    content = specification["paths"][f"{API}/what-if"]["post"]["requestBody"]["content"]
    assert content.keys() == {"application/json", "application/yaml"}
    schema = content["application/json"]["schema"] | {"components": specification["components"]}
    return Draft202012Validator(schema).is_valid(body)


@pytest.mark.parametrize("change", EVERY_KIND, ids=lambda change: change["kind"])
def test_each_kind_is_described_in_the_openapi_document(client: FlaskClient, change: dict):
    assert accepted(client, {"changes": [change]})
    assert not accepted(client, {"changes": [change | {"kind": "drop_everything"}]})
    assert not accepted(client, {"changes": [{"kind": change["kind"]}]}) or change["kind"] in {"buy_party"}


def test_where_the_seat_keeps_it_a_transfer_a_note_says_so(client: FlaskClient):
    move = {"kind": "move_service", "service": "jira-cloud", "to": "DE"}
    answer = tried(client, move, controller="perfacilis").json
    assert "Atlassian has its seat in AU and US" in answer["notes"][0]["text"]
    assert tried(client, move | {"seat_access": False}, controller="perfacilis").json["notes"] == []


def test_csv_holds_the_lines_that_differ(client: FlaskClient):
    answer = tried(client, STRIKE).json
    response = tried(client, STRIKE, query="?format=csv")
    rows = table(response.text)
    assert response.mimetype == "text/csv"
    assert f'filename="what-if-{DAY}.csv"' in response.headers["Content-Disposition"]
    columns = ("controller_id", "flow", "country", "kind", "status_before", "status_after")
    assert [tuple(row[column] for column in columns) for row in rows] == [
        (line["controller"]["id"], *(line[column] for column in columns[1:])) for line in answer["changed"]
    ]
    accepts = client.post(f"{API}/what-if", json={"on": DAY, "changes": [STRIKE]}, headers={"Accept": "text/csv"})
    assert accepts.text == response.text


def test_every_list_comes_page_by_page(client: FlaskClient):
    whole = tried(client, STRIKE).json
    pages = [tried(client, STRIKE, query=f"?page_size=100&page={page}") for page in range(1, 7)]
    for path in (("changed",), ("before", "items"), ("after", "items"), ("holdings", "lost")):
        assert within(whole, path) == [line for page in pages for line in within(page.json, path)]
    about = json.loads(pages[0].headers["X-Pagination"])
    assert about["total"] == len(whole["before"]["items"])
    assert {page.json["total"] for page in pages} == {whole["total"]}


def within(body: Any, path: tuple[str, ...]) -> list:
    for key in path:
        body = body[key]
    return body


# What is refused


def test_every_fault_is_told_at_once_with_its_place_and_what_was_meant(client: FlaskClient):
    response = tried(
        client,
        {"kind": "drop_party", "party": "gogle"},
        {"kind": "end_decision", "decision": "eu-us-dfp", "from": "2026-02-30"},
        {"kind": "end_decision", "decision": "eu-us-dfp"},
        {"kind": "move_party", "party": "google", "to": "UK"},
        controller="perfacili",
    )
    problem = assert_problem(response, "invalid-parameter", 422)
    faults = {fault["path"]: fault["message"] for fault in problem["errors"]}
    assert "did you mean 'google'?" in faults["/changes/0/party"]
    assert "a day is written like" in faults["/changes/1/from"]
    assert "did you mean 'eu-us-dpf'?" in faults["/changes/2/decision"]
    assert "did you mean 'GB'?" in faults["/changes/3/to"]
    assert "did you mean 'perfacilis'?" in faults["/controller"]
    assert len(faults) == len(problem["errors"]) == 5


@pytest.mark.parametrize(
    ("change", "path", "words"),
    [
        ({"kind": "drop_party", "party": "transp"}, "party", "did you mean 'transip'?"),
        ({"kind": "drop_service", "service": "jira-clod"}, "service", "did you mean 'jira-cloud'?"),
        ({"kind": "drop_flow", "flow": "perfacilis-support-jir"}, "flow", "did you mean 'perfacilis-support-jira'?"),
        (JIRA | {"by": "zendesk-suport"}, "by", "did you mean 'zendesk-support'?"),
        (JIRA | {"new": NEW | {"country": "UK"}}, "new/country", "did you mean 'GB'?"),
        (JIRA | {"by": "aws-cloud", "country": "XX"}, "country", "there is no country 'XX'"),
        ({"kind": "withdraw_tool", "tool": "scc-2022-m2"}, "tool", "did you mean 'scc-2021-m2'?"),
        ({"kind": "certify_party", "party": "meta", "tool": "eu-us-dfp"}, "tool", "did you mean 'eu-us-dpf'?"),
        ({"kind": "certify_party", "party": "meta", "tool": "bcr-p"}, "tool", "there are eu-us-dpf, eu-us-privacy"),
        ({"kind": "end_decision", "decision": "us-dfp"}, "decision", "did you mean 'us-dpf'?"),
        ({"kind": "buy_party", "party": "transip", "by": "microsft"}, "by", "did you mean 'microsoft'?"),
    ],
)
def test_an_id_that_nothing_has_is_named_with_the_nearest_one(client: FlaskClient, change: dict, path: str, words: str):
    problem = assert_problem(tried(client, change), "not-found", 404, words)
    assert [fault["path"] for fault in problem["errors"]] == [f"/changes/0/{path}"]


@pytest.mark.parametrize(
    ("body", "path", "words"),
    [
        ({}, "/changes", "is missing"),
        ({"changes": {}}, "/changes", "a list was expected"),
        ({"changes": ["drop google"]}, "/changes/0", "a mapping"),
        ({"changes": [{}]}, "/changes/0/kind", "is missing; it is one of"),
        ({"changes": [{"kind": "drop_part", "party": "google"}]}, "/changes/0/kind", "did you mean 'drop_party'?"),
        ({"changes": [{"kind": ["drop_party"]}]}, "/changes/0/kind", "is not one of"),
        ({"changes": [{"kind": "drop_party"}]}, "/changes/0/party", "is missing"),
        ({"changes": [{"kind": "drop_party", "party": "google", "to": "NL"}]}, "/changes/0/to", "no such key"),
        ({"changes": [JIRA]}, "/changes/0/by", "give either `by`"),
        ({"changes": [JIRA | {"by": "jira-cloud"}]}, "/changes/0/by", "is the service that is to be replaced"),
        ({"changes": [JIRA | {"new": NEW, "country": "NL"}]}, "/changes/0/country", "belongs to `by`"),
        ({"changes": [JIRA | {"new": {"name": "X"}}]}, "/changes/0/new/country", "is missing"),
        ({"changes": [{"kind": "add_tool", "tool": "bcr-p"}]}, "/changes/0", "give one of `flow`"),
        ({"changes": [], "on": "tomorrow"}, "/on", "a day is written like"),
        ({"changes": [], "controller": []}, "/controller", "leave it out"),
        ({"changes": [], "colour": "red"}, "/colour", "no such key"),
        ({"changes": [STRIKE] * 101}, "/changes", "more than 100"),
        ({"what_if": {"changes": [{"kind": "x"}]}}, "/what_if/changes/0/kind", "is not one of"),
        ({"what_if": []}, "/what_if", "a what-if is a mapping"),
        ([], "", "a what-if is a mapping"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_its_place(client: FlaskClient, body: Any, path: str, words: str):
    response = client.post(f"{API}/what-if", json=body)
    problem = assert_problem(response, "invalid-parameter", 422, words)
    assert path in [fault["path"] for fault in problem["errors"]]


@pytest.mark.parametrize("text", ["{", "changes: [&a x, *a]", "a: b\na: c", b"\xff"])
def test_what_is_no_text_of_ours_is_refused(client: FlaskClient, text: str | bytes):
    response = client.post(f"{API}/what-if", data=text, content_type="application/yaml")
    assert_problem(response, "invalid-parameter", 422)


def test_other_media_types_parameters_and_sizes_are_refused(client: FlaskClient):
    body = json.dumps({"changes": []})
    assert_problem(client.post(f"{API}/what-if", data=body), "unsupported-media-type", 415, "a what-if")
    as_json = {"data": body, "content_type": "application/json"}
    assert_problem(client.post(f"{API}/what-if?on={DAY}", **as_json), "invalid-parameter", 422, "on")
    assert_problem(client.post(f"{API}/what-if?format=xml", **as_json), "invalid-parameter", 422, "format")
    assert_problem(client.post(f"{API}/what-if", headers={"Accept": "text/html"}, **as_json), "not-acceptable", 406)
    large = json.dumps({"changes": [], "name": "x" * 200_500})
    too_large = client.post(f"{API}/what-if", data=large, content_type="application/json")
    assert_problem(too_large, "document-too-large", 413, "200000 are allowed")
    assert_problem(client.get(f"{API}/what-if"), "method-not-allowed", 405)


def test_a_what_if_of_more_than_a_mebibyte_is_refused_though_documents_may_be_larger(register: Store):
    roomy = create_app(Settings(), register).test_client()
    large = json.dumps({"changes": [], "name": "x" * 1024 * 1024})
    refused = roomy.post(f"{API}/what-if", data=large, content_type="application/json")
    assert_problem(refused, "document-too-large", 413, f"{len(large)} bytes; 1048576 are allowed")
    in_pieces = roomy.post(
        f"{API}/what-if",
        input_stream=io.BytesIO(large.encode()),
        content_type="application/json",
        environ_overrides={"wsgi.input_terminated": True},
    )
    assert_problem(in_pieces, "document-too-large", 413)


def test_too_many_changes_are_refused_before_any_is_looked_at(client: FlaskClient):
    response = client.post(
        f"{API}/what-if", json={"on": DAY, "changes": [{"kind": "drop_party", "party": "nobody"}] * 101}
    )
    problem = assert_problem(response, "invalid-parameter", 422, "more than 100 changes at once")
    assert [fault["path"] for fault in problem["errors"]] == ["/changes"]


def test_too_many_controllers_are_refused(client: FlaskClient):
    response = client.post(f"{API}/what-if", json={"on": DAY, "controller": ["perfacilis"] * 101, "changes": []})
    assert_problem(response, "invalid-parameter", 422, "/controller: more than 100 controllers at once")
