"""Lists and single things: search, pages, odd ids."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from graphsvc.api.things import KINDS, ONE_BY_ONE, WORDS
from tests.api.support import API, assert_problem, got, table

LISTS = [*sorted(KINDS.keys() - ONE_BY_ONE), *(f"vocabulary/{kind}" for kind in WORDS)]


@pytest.mark.parametrize("path", LISTS)
def test_a_list_holds_things_that_can_be_had_one_by_one(client: FlaskClient, path: str):
    found = got(client, f"{path}?page_size=10000").json
    assert found["total"] == len(found["items"]) > 0
    ids = [item["id"] for item in found["items"]]
    assert ids == sorted(set(ids))
    for item in found["items"][:3]:
        assert got(client, f"{path}/{item['id']}").json == item


@pytest.mark.parametrize("path", LISTS)
def test_a_list_can_be_had_as_csv(client: FlaskClient, path: str):
    response = got(client, f"{path}?format=csv")
    assert [row["id"] for row in table(response.text)] == [
        item["id"] for item in got(client, f"{path}?page_size=10000").json["items"]
    ]
    assert "{" not in response.text


@pytest.mark.parametrize("path", LISTS)
def test_a_thing_that_is_not_there_is_404(client: FlaskClient, path: str):
    problem = assert_problem(got(client, f"{path}/zz-no-such-thing"), "not-found", 404)
    assert "'zz-no-such-thing'" in problem["detail"]


@pytest.mark.parametrize("query", ["google", "GOOGLE", "ogl", "google goo", "  google  "])
def test_search_looks_for_every_word_whatever_its_case(client: FlaskClient, query: str):
    assert "google" in {item["id"] for item in got(client, f"parties?q={quote(query)}").json["items"]}


def test_every_word_of_a_search_has_to_be_there(client: FlaskClient):
    assert got(client, "parties?q=google%20no-such-word").json["total"] == 0


@pytest.mark.parametrize(
    "query", ["%", "_", "*", "?", ".*", "\\", "'", '"', "$", "{", "//", "\x00", "\u202e", "' OR 1=1 //"]
)
def test_characters_that_mean_something_elsewhere_are_just_characters(client: FlaskClient, query: str):
    answer = got(client, f"parties?q={quote(query)}").json
    for item in answer["items"]:
        assert all(word in str(item).lower() for word in query.lower().split())
    if query in {"%", "*", "\\", "$", "\x00"}:
        assert answer["total"] == 0


def test_search_finds_words_with_accents_and_capitals(client: FlaskClient):
    assert got(client, f"countries?q={quote('CÔTE')}").json["items"][0]["id"] == "CI"
    assert got(client, f"countries?q={quote('åland')}").json["items"][0]["id"] == "AX"


def test_a_search_that_is_too_long_is_refused(client: FlaskClient):
    assert_problem(got(client, "parties?q=" + "x" * 201), "invalid-parameter", 422, "q:")


@pytest.mark.parametrize(
    "key", ["a%2Fb", "..%2F..%2Fetc", "%2E%2E", "%00", "a%0Ab", "%F0%9F%92%A9", "%ff", "a'b", "x" * 5000]
)
def test_an_odd_id_is_404_and_nothing_else(client: FlaskClient, key: str):
    response = client.get(f"{API}/parties/{key}")
    assert response.status_code == 404
    assert response.json["type"] in {"/problems/not-found", "/problems/no-such-address"}


@pytest.mark.parametrize("path", ["parties", "vocabulary", "documents"])
@pytest.mark.parametrize("page", [2_000, 100_000])
def test_a_page_beyond_the_end_is_empty(client: FlaskClient, path: str, page: int):
    answer = got(client, f"{path}?page={page}&page_size=10000").json
    assert answer["items"] == []
    assert answer["total"] > 0


@pytest.mark.parametrize("path", [*LISTS, "vocabulary", "documents", "controllers"])
def test_a_parameter_that_does_not_exist_is_refused(client: FlaskClient, path: str):
    assert_problem(got(client, f"{path}?colour=red"), "invalid-parameter", 422, "colour: there is no such parameter")


def test_the_whole_vocabulary_is_its_parts(client: FlaskClient):
    whole = got(client, "vocabulary?page_size=10000").json
    parts = [
        {"kind": kind} | word
        for kind in WORDS
        for word in got(client, f"vocabulary/{kind}?page_size=10000").json["items"]
    ]
    assert whole == {"total": len(parts), "items": parts}


def test_controllers_are_the_parties_with_activities(client: FlaskClient):
    found = got(client, "controllers").json
    assert {item["id"] for item in found["items"]} >= {"perfacilis", "perfony", "connectis", "itfixe", "infactor"}


def test_a_country_that_no_document_speaks_of_is_there_by_its_code(client: FlaskClient):
    assert got(client, "countries/VU").json["name"] == "Vanuatu"
