"""Paths over HTTP: the chains between two parties."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.api.support import assert_problem, got, table

DAY = "2026-11-22"


@pytest.mark.parametrize(
    "query",
    [
        "from=perfacilis&to=aws",
        "from=perfacilis&to=aws&most=100",
        "from=atlassian&to=aws",
        "from=perfacilis&to=transip",
        "from=itfixe&to=unknown",
        "from=perfacilis&to=aws&to_service=amazon-bedrock",
        "from=aws&from_service=aws-cloud&to=twilio",
    ],
)
def test_each_chain_is_told_with_its_steps_and_sources(client: FlaskClient, query: str):
    answer = got(client, f"paths?{query}&on={DAY}").json
    assert answer["total"] == len(answer["items"]) > 0
    for item in answer["items"]:
        assert item["sources"]
        assert item["depth"] == len(item["chain"]) == len(item["steps"])
        assert item["steps"][-1]["data"] == item["data"] != []
        assert item["steps"][-1]["importer"] == item["to"] == answer["to"]
        assert item["start"]["id"] == item["chain"][0]["from"]
        assert all(step["reason"] for step in item["steps"])
    depths = [item["depth"] for item in answer["items"]]
    assert depths == sorted(depths)
    assert answer["shortest"] == (depths[0] if depths else None)


def test_where_there_is_no_chain_the_head_says_why(client: FlaskClient):
    for query in ("from=infactor&to=google", "from=google&to=infactor", "from=aws&to=aws"):
        answer = got(client, f"paths?{query}&on={DAY}").json
        assert (answer["items"], answer["total"], answer["shortest"]) == ([], 0, None)
        assert answer["reason"]


def test_a_table_has_a_row_for_each_chain(client: FlaskClient):
    rows = table(got(client, f"paths?from=perfacilis&to=aws&most=4&on={DAY}&format=csv").text)
    items = got(client, f"paths?from=perfacilis&to=aws&most=4&on={DAY}").json["items"]
    assert {row["on"] for row in rows} == {DAY}
    assert all(row["chain"] and row["sources"] for row in rows)
    assert [(row["from_id"], row["to_id"], row["depth"]) for row in rows] == [
        (item["from"]["id"], item["to"]["id"], str(item["depth"])) for item in items
    ]


def test_a_table_names_the_acts_that_decided(client: FlaskClient):
    rows = table(got(client, f"paths?from=perfacilis&to=transip&on={DAY}&format=csv").text)
    assert rows
    assert all(row["acts"] for row in rows)


def test_chains_are_the_same_page_by_page(client: FlaskClient):
    whole = got(client, f"paths?from=perfacilis&to=aws&most=6&on={DAY}").json["items"]
    pages = [got(client, f"paths?from=perfacilis&to=aws&most=6&on={DAY}&page_size=4&page={n}").json for n in (1, 2)]
    assert pages[0]["items"] + pages[1]["items"] == whole


@pytest.mark.parametrize(
    ("query", "status", "slug", "said"),
    [
        ("from=perfacilis", 422, "invalid-parameter", "to:"),
        ("to=perfacilis", 422, "invalid-parameter", "from:"),
        ("from=aws&from=google&to=twilio", 422, "invalid-parameter", "from: is given more than once"),
        ("from=perfacilis&to=aws&most=0", 422, "invalid-parameter", "most:"),
        ("from=perfacilis&to=aws&most=101", 422, "invalid-parameter", "most:"),
        ("from=perfacilis&to=awz", 404, "not-found", "did you mean 'aws'?"),
        ("from=perfacilis&to=aws&to_service=nothing", 404, "not-found", "'nothing'"),
        (
            "from=perfacilis&to=aws&to_service=jira-cloud",
            422,
            "invalid-parameter",
            "no service of 'aws' but of 'atlassian'",
        ),
        ("from=perfacilis&to=aws&colour=red", 422, "invalid-parameter", "colour: there is no such parameter"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_its_name(
    client: FlaskClient, query: str, status: int, slug: str, said: str
):
    assert_problem(got(client, f"paths?{query}"), slug, status, said)
