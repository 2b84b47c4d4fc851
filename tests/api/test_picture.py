"""The picture, the overview and the search over HTTP."""

from __future__ import annotations

import json
from collections import Counter
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from tests.api.support import API, assert_problem, got, table

SHIELD_ENDS = "2020-07-16"
CONNECTIS = f"controller=connectis&on={SHIELD_ENDS}"


def test_the_picture_of_a_controller_says_what_transfers_say(client: FlaskClient):
    picture = got(client, f"picture?{CONNECTIS}&depth=99").json
    lines = got(client, f"transfers?{CONNECTIS}").json["items"]
    shown = {(flow["flow"], place["country"], place["status"]) for flow in picture["items"] for place in flow["places"]}
    assert {(line["chain"][-1]["flow"], line["country"], line["status"]) for line in lines} <= shown
    assert picture["by_status"]["lapsed"] == 1


def test_a_day_earlier_nothing_had_lapsed(client: FlaskClient):
    assert got(client, "picture?controller=connectis&on=2020-07-15").json["by_status"]["lapsed"] == 0


def test_its_table_has_a_row_for_each_flow(client: FlaskClient):
    picture = got(client, f"picture?{CONNECTIS}").json
    rows = table(got(client, f"picture?{CONNECTIS}&format=csv").text)
    assert [row["flow"] for row in rows] == [flow["flow"] for flow in picture["items"]]
    assert Counter(row["status"] for row in rows)["lapsed"] == 1


@pytest.mark.parametrize("filters", ["party=google", "service=google-analytics", "party=unknown", "status=unknown"])
def test_every_filter_leaves_flows_that_hang_together(client: FlaskClient, filters: str):
    picture = got(client, f"picture?{filters}&depth=99").json
    ids = {node["id"] for node in picture["nodes"]}
    shown = [*picture["items"], *picture["ways"]]
    assert picture["items"]
    assert all({flow["from"]["id"], flow["to"]["id"]} <= ids for flow in shown)
    there = {flow["flow"] for flow in shown}
    assert all(step["flow"] in there for flow in picture["items"] for step in flow["chain"])


def test_the_server_draws_it_the_same_way_twice(client: FlaskClient):
    first, second = (got(client, f"picture.svg?{CONNECTIS}&lang=nl") for _ in range(2))
    assert first.data == second.data
    text = " ".join(ElementTree.fromstring(first.data).itertext())
    assert "Google Analytics" in text
    assert "Vervallen" in text


@pytest.mark.parametrize("path", ["picture?controller=no", "picture.svg?controller=no", "overview?controller=no"])
def test_a_controller_that_is_not_there_is_named(client: FlaskClient, path: str):
    assert_problem(got(client, path), "not-found", 404, "there is no party")


@pytest.mark.parametrize(
    "query",
    [
        "depth=0",
        "status=fine",
        "role=boss",
        "open=",
        "nothing=1",
        "what_if=x",
        "what_if=[]",
        'what_if=[{"kind":"magic"}]',
    ],
)
def test_a_question_that_cannot_be_understood_is_refused(client: FlaskClient, query: str):
    assert_problem(got(client, f"picture?{query}"), "invalid-parameter", 422)


def test_the_overview_counts_what_the_pictures_show(client: FlaskClient):
    rows = got(client, f"overview?on={SHIELD_ENDS}").json["items"]
    assert len(rows) == 5
    for row in rows:
        picture = got(client, f"picture?controller={row['controller']['id']}&on={SHIELD_ENDS}").json
        assert row["by_status"] == picture["by_status"]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("connectis", ("controller", "connectis")),
        ("google analytics", ("service", "google-analytics")),
        ("email", ("data-category", "email-address")),
        ("verenigde arabische", None),
    ],
)
def test_the_search_finds_everything_by_name(client: FlaskClient, words: str, first: tuple[str, str] | None):
    hits = [(hit["kind"], hit["id"]) for hit in got(client, f"search?q={words}").json["items"]]
    assert (hits[:1] == []) if first is None else first in hits


def test_a_search_needs_words(client: FlaskClient):
    assert_problem(got(client, "search?q="), "invalid-parameter", 422)


def test_a_picture_of_what_is_supposed_counts_what_the_what_if_says(client: FlaskClient):
    changes = [{"kind": "end_decision", "decision": "eu-us-dpf"}, {"kind": "drop_party", "party": "microsoft"}]
    on = "2026-11-20"
    asked = {"on": on, "controller": "itfixe", "changes": changes}
    said = client.post(f"{API}/what-if", json=asked).json
    query = {"on": on, "controller": "itfixe", "depth": 99}
    before = {flow["flow"]: flow for flow in got(client, f"picture?{urlencode(query)}").json["items"]}
    after = got(client, f"picture?{urlencode(query | {'what_if': json.dumps(changes)})}").json
    worst = {flow["flow"]: flow["status"] for flow in after["items"]}
    changed = {each["flow"] for each in said["changed"]}
    assert changed
    assert {key for key, flow in before.items() if worst.get(key) != flow["status"]} <= changed
    lost = {each["flow"] for each in said["changed"] if each["status_after"] is None}
    assert lost - worst.keys()
