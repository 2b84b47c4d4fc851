"""Concentration over HTTP: what hangs on whom."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.api.support import assert_problem, got, table

DAY = "2026-11-22"
FIVE = ("perfacilis", "perfony", "connectis", "itfixe", "infactor")


@pytest.mark.parametrize("controller", [*FIVE, ",".join(FIVE), "transip"])
def test_each_controller_has_an_answer_as_promised(client: FlaskClient, controller: str):
    answer = got(client, f"concentration?on={DAY}&controller={controller}").json
    assert answer["total"] == len(answer["items"])
    held = got(client, f"holders?on={DAY}&controller={controller}&page_size=10000").json["items"]
    assert {row["party"]["id"] for row in answer["items"]} == {line["party"]["id"] for line in held}
    found = answer["replacement"]
    assert (found["size"], found["lower_bound"] <= found["size"]) == (len(found["parties"]), True)


def test_the_counts_are_those_of_the_answer_about_transfers(client: FlaskClient):
    answer = got(client, f"concentration?on={DAY}").json
    words = ["uncovered", "lapsed", "unknown", "derogation", "adequate_if_covered", "safeguarded", "adequate", "inside"]
    transfers = got(client, f"transfers?on={DAY}&status={','.join(words)}&page_size=1").json
    assert answer["by_status"] == transfers["by_status"]
    assert answer["replacement"]["transfers"] == sum(
        number for word, number in transfers["by_status"].items() if word not in ("unknown", "inside")
    )


def test_rows_come_with_most_data_first_and_each_names_chain_and_sources(client: FlaskClient):
    answer = got(client, f"concentration?on={DAY}").json
    pairs = [row["pairs"] for row in answer["items"]]
    assert pairs == sorted(pairs, reverse=True)
    lists = ("items", "countries", "cycles", "longest_chains")
    assert all(row["chain"] and row["sources"] for name in lists for row in answer[name])
    assert all(row["proof"]["chain"] for row in answer["replacement"]["parties"])
    assert {row["controller"]["id"] for row in answer["longest_chains"]} == {*FIVE}


def test_aws_and_twilio_are_a_circle(client: FlaskClient):
    cycles = got(client, f"concentration?on={DAY}").json["cycles"]
    assert ["aws", "twilio"] in [[party["id"] for party in cycle["parties"]] for cycle in cycles]


def test_the_single_points_are_named_and_the_first_ones_of_the_rows(client: FlaskClient):
    answer = got(client, f"concentration?on={DAY}").json
    named = [row for row in answer["items"] if row["party"]["id"] != "unknown"]
    assert answer["single_points"]["breach"] == named[:5]
    losses = [(len(row["lost_activities"]), row["lost_pairs"]) for row in answer["single_points"]["loss"]]
    assert losses == sorted(losses, reverse=True)
    assert losses[0] == max((len(row["lost_activities"]), row["lost_pairs"]) for row in named)


def test_footings_can_be_accepted(client: FlaskClient):
    whole = got(client, f"concentration?on={DAY}").json["replacement"]
    some = got(client, f"concentration?on={DAY}&accept=adequate,adequate_if_covered").json["replacement"]
    assert some["size"] < whole["size"]
    assert some["accepted"] == ["adequate_if_covered", "adequate"]
    assert whole["accepted"] == []


def test_csv_has_a_row_for_each_party(client: FlaskClient):
    answer = got(client, f"concentration?on={DAY}").json
    rows = table(got(client, f"concentration?on={DAY}&format=csv").text)
    assert [(row["party_id"], int(row["pairs"]), row["status"]) for row in rows] == [
        (row["party"]["id"], row["pairs"], row["status"]) for row in answer["items"]
    ]
    assert all(row["chain"] and row["sources"] for row in rows)


def test_pages_show_parties_and_the_head_stays(client: FlaskClient):
    whole = got(client, f"concentration?on={DAY}").json
    page = got(client, f"concentration?on={DAY}&page=2&page_size=10").json
    assert page["items"] == whole["items"][10:20]
    assert {**page, "items": []} == {**whole, "items": []}


@pytest.mark.parametrize("query", ["accept=inside", "accept=unknown", "accept=nonsense", "party=google"])
def test_what_cannot_be_asked_is_refused(client: FlaskClient, query: str):
    problem = assert_problem(got(client, f"concentration?{query}"), "invalid-parameter", 422)
    assert problem["errors"][0]["path"].startswith(query.partition("=")[0])


def test_an_id_that_nothing_has_is_named_with_the_nearest(client: FlaskClient):
    assert_problem(got(client, "concentration?controller=conectis"), "not-found", 404, "did you mean 'connectis'?")
