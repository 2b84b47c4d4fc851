"""Exposure over HTTP: whose data a breach exposes, and the call list."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.api.support import assert_problem, got, table

DAY = "2026-11-22"


@pytest.mark.parametrize(
    "party", ["google", "aws", "atlassian", "transip", "ing", "microsoft", "unknown", "perfacilis"]
)
def test_each_party_has_an_answer_as_promised(client: FlaskClient, party: str):
    answer = got(client, f"exposure?party={party}&on={DAY}").json
    assert answer["party"]["id"] == party
    assert answer["total"] == len(answer["items"])
    assert (answer["reason"] is None) == bool(answer["items"])
    held = got(client, f"parties/{party}/holdings?on={DAY}&page_size=10000").json["items"]
    assert {item["controller"]["id"] for item in answer["items"]} == {line["controller"]["id"] for line in held}


def test_a_service_is_a_part_of_its_party(client: FlaskClient):
    answer = got(client, f"exposure?service=aws-cloud&on={DAY}").json
    assert answer["party"]["id"] == "aws"
    assert [service["id"] for service in answer["services"]] == ["aws-cloud"]
    whole = got(client, f"exposure?party=aws&on={DAY}").json
    assert {i["controller"]["id"] for i in answer["items"]} <= {i["controller"]["id"] for i in whole["items"]}


def test_every_line_names_chain_act_and_sources(client: FlaskClient):
    for item in got(client, f"exposure?party=aws&on={DAY}").json["items"]:
        assert item["sources"]
        assert all(chain["chain"] and chain["sources"] for chain in item["chains"])
        for call in item["notify"]:
            assert call["sources"]
            assert call["duty"] is None or call["duty"]["act"]


def test_the_call_list_is_csv_with_a_row_for_each_call(client: FlaskClient):
    answer = got(client, f"exposure?party=aws&on={DAY}").json
    rows = table(got(client, f"exposure?party=aws&on={DAY}&format=csv").text)
    calls = [(item["controller"]["id"], call) for item in answer["items"] for call in item["notify"]]
    assert [(row["controller_id"], row["who"], row["whom"], row["by_when"]) for row in rows] == [
        (controller, call["who"]["name"], call["whom"]["name"], call["by_when"] or "") for controller, call in calls
    ]
    assert "no contract recorded" in {row["contract_note"] for row in rows}


def test_recipients_that_nobody_named_are_counted_and_can_be_left_out(client: FlaskClient):
    answer = got(client, f"exposure?party=transip&on={DAY}").json
    assert answer["may_be_exposed_total"] == len(answer["may_be_exposed"]) > 0
    assert all(
        found["count"] == len({r["service"]["id"] for r in found["recipients"]}) for found in answer["may_be_exposed"]
    )
    assert got(client, f"exposure?party=transip&on={DAY}&unnamed=false").json["may_be_exposed_total"] == 0


def test_pages_show_controllers(client: FlaskClient):
    whole = got(client, f"exposure?party=google&on={DAY}").json
    pages = [got(client, f"exposure?party=google&on={DAY}&page_size=1&page={page}").json for page in (1, 2, 3)]
    assert [page["items"][0] for page in pages] == whole["items"][:3]
    assert {page["total"] for page in pages} == {whole["total"]}


@pytest.mark.parametrize("query", ["", "party=google&service=jira-cloud"])
def test_either_a_party_or_a_service_has_to_be_named(client: FlaskClient, query: str):
    problem = assert_problem(got(client, f"exposure?{query}"), "invalid-parameter", 422, "either a party or a service")
    assert problem["errors"][0]["path"] == "party"


@pytest.mark.parametrize(
    ("query", "said"), [("party=gogle", "did you mean 'google'?"), ("service=jira-clod", "did you mean 'jira-cloud'?")]
)
def test_an_id_that_nothing_has_is_named_with_the_nearest(client: FlaskClient, query: str, said: str):
    assert_problem(got(client, f"exposure?{query}"), "not-found", 404, said)
