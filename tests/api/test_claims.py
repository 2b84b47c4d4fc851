"""Claims against facts over HTTP: shapes, both sides, filters, pages, CSV, and the things that stay one by one."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.api.support import assert_problem, got, table

DAY = "2026-11-20"


def claims(client: FlaskClient, query: str = "") -> dict[str, Any]:
    return got(client, f"claims?on={DAY}&page_size=10000&{query}").json


def test_every_claim_of_every_controller_has_a_verdict(client: FlaskClient):
    answer = claims(client)
    kinds = {kind: {row["id"] for row in answer["items"] if row["kind"] == kind} for kind in ("claim", "remark")}
    assert {"pf-c1", "py-c1", "cn-c1", "it-c1", "if-c1"} <= kinds["claim"]
    assert {"pf-x1", "py-x1", "cn-x1", "it-x1", "if-x1"} <= kinds["remark"]
    assert answer["total"] == len(answer["items"]) == sum(answer["by_verdict"].values())
    for key in sorted(kinds["claim"])[::5]:
        assert got(client, f"claims/{key}").json["text"] in {row["text"] for row in answer["items"]}


def test_a_contradiction_has_the_evidence_of_both_sides(client: FlaskClient):
    [row] = [row for row in claims(client, "controller=itfixe")["items"] if row["id"] == "it-c1"]
    assert (row["verdict"], row["severity"], row["check"]["kind"]) == ("contradicted", "high", "no_third_country")
    assert row["sources"][0]["source"] == "itfixe-statement"
    facts = {fact["service"]["id"]: fact for fact in row["against"] if fact["depth"] == 1}
    assert {"google-analytics", "mailchimp-marketing"} <= facts.keys()
    fact = facts["mailchimp-marketing"]
    assert (fact["country"], fact["importer"]["id"]) == ("US", "mailchimp")
    assert [step["flow"] for step in fact["chain"]] == ["itfixe-newsletter-mailchimp"]
    assert "itfixe-statement" in {source["source"] for source in fact["sources"]}
    assert {remark["id"] for remark in row["remarks"]} == {"it-x1", "it-x2"}


def test_the_gravest_come_first(client: FlaskClient):
    order = ["high", "medium", "low", None]
    places = [order.index(row["severity"]) for row in claims(client)["items"]]
    assert places == sorted(places)
    assert claims(client)["items"][0]["verdict"] == "contradicted"


def test_filters_and_words_narrow_the_answer(client: FlaskClient):
    assert {row["verdict"] for row in claims(client, "verdict=holds,cannot_tell")["items"]} == {"holds", "cannot_tell"}
    assert [row["id"] for row in claims(client, "q=amsterdam%20servers&verdict=contradicted")["items"]] == ["pf-c4"]
    only = claims(client, "controller=connectis&controller=infactor")["items"]
    assert {row["controller"]["id"] for row in only} == {"connectis", "infactor"}


def test_pages_are_parts_of_the_whole(client: FlaskClient):
    whole = claims(client)["items"]
    first = got(client, f"claims?on={DAY}&page_size=10")
    second = got(client, f"claims?on={DAY}&page_size=10&page=2").json
    assert first.json["items"] + second["items"] == whole[:20]
    assert 'rel="next"' in first.headers["Link"]


def test_it_can_be_had_as_csv(client: FlaskClient):
    rows = table(got(client, f"claims?on={DAY}&controller=connectis&format=csv").text)
    assert [row["id"] for row in rows] == [row["id"] for row in claims(client, "controller=connectis")["items"]]
    [row] = [row for row in rows if row["id"] == "cn-c5"]
    assert "could be relied on up to and including 15 July 2020 only" in row["against"]
    assert "{" not in row["against"]


@pytest.mark.parametrize(
    ("query", "slug", "status", "word"),
    [
        ("controller=connectsi", "not-found", 404, "did you mean 'connectis'?"),
        ("verdict=wrong", "invalid-parameter", 422, "verdict"),
        ("on=2020-02-30", "invalid-parameter", 422, "on"),
        ("colour=red", "invalid-parameter", 422, "colour"),
    ],
)
def test_what_does_not_fit_is_refused(client: FlaskClient, query: str, slug: str, status: int, word: str):
    assert_problem(got(client, f"claims?{query}"), slug, status, word)


def test_single_claims_are_things(client: FlaskClient):
    assert got(client, "claims/cn-c5").json["check"]["tool"] == "eu-us-privacy-shield"
    assert_problem(got(client, "claims/cn-c50"), "not-found", 404, "cn-c50")


def test_what_nobody_says_has_not_changed(client: FlaskClient):
    answer = got(client, f"claims?on={DAY}")
    again = got(client, f"claims?on={DAY}", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
