"""Recipients over HTTP: by name, in two languages, with the text for an access request."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.api.support import assert_problem, got, table

DAY = "2026-11-22"
CONTROLLERS = ["perfacilis", "perfony", "connectis", "itfixe", "infactor"]


@pytest.mark.parametrize("lang", ["en", "nl"])
@pytest.mark.parametrize("controller", CONTROLLERS)
def test_each_controller_has_recipients_as_promised(client: FlaskClient, controller: str, lang: str):
    answer = got(client, f"recipients?controller={controller}&lang={lang}&on={DAY}").json
    assert answer["total"] == len(answer["items"]) == answer["named"] + answer["unnamed"] > 0
    assert [item["named"] for item in answer["items"]] == [True] * answer["named"] + [False] * answer["unnamed"]
    for item in answer["items"]:
        assert item["name"] in answer["text"]
        assert item["sources"]
        assert item["data"]
        assert item["countries"]
        assert item["depth"] == len(item["chain"])


def test_who_holds_the_data_is_a_recipient(client: FlaskClient):
    told = got(client, f"recipients?controller=itfixe&on={DAY}").json["items"]
    held = got(client, f"holders?controller=itfixe&on={DAY}&page_size=10000").json["items"]
    assert {item["party"]["id"] for item in told} == {line["party"]["id"] for line in held} - {"itfixe"}


def test_the_language_changes_words_and_nothing_else(client: FlaskClient):
    english, dutch = (
        got(client, f"recipients?controller=perfacilis&subject=visitor&lang={lang}&on={DAY}").json
        for lang in ("en", "nl")
    )
    assert english["text"] != dutch["text"]
    for one, other in zip(english["items"], dutch["items"], strict=True):
        assert {key: one[key] for key in ("party", "role", "chain", "status", "sources", "legal_name")} == {
            key: other[key] for key in ("party", "role", "chain", "status", "sources", "legal_name")
        }
    assert "Verenigde Staten" in dutch["text"]
    assert "United States" in english["text"]
    assert dutch["subject"] == {"id": "visitor", "name": "Bezoeker van een website"}


def test_what_is_done_for_others_is_said_to_be_left_out(client: FlaskClient):
    answer = got(client, f"recipients?controller=perfacilis&on={DAY}").json
    assert [activity["id"] for activity in answer["left_out"]] == ["perfacilis-hosting-for-clients"]


def test_a_table_has_a_row_for_each_recipient_in_words(client: FlaskClient):
    address = f"recipients?controller=perfacilis&subject=visitor&lang=nl&on={DAY}"
    rows = table(got(client, f"{address}&format=csv").text)
    items = got(client, address).json["items"]
    assert {row["on"] for row in rows} == {DAY}
    assert any(row["acts"] for row in rows)
    assert all(row["chain"] and row["sources"] for row in rows)
    assert [row["name"] for row in rows] == [item["name"] for item in items]
    assert {row["third_country"] for row in rows} <= {"ja", "nee", "niet bekend"}
    assert all(row["data_in_words"] or row["may_include"] for row in rows)


def test_a_party_without_activities_has_no_recipients_and_that_is_said(client: FlaskClient):
    answer = got(client, f"recipients?controller=google&on={DAY}").json
    assert (answer["items"], answer["total"]) == ([], 0)
    assert answer["reason"]


@pytest.mark.parametrize(
    ("query", "status", "slug", "said"),
    [
        ("", 422, "invalid-parameter", "controller:"),
        ("controller=perfacilis&lang=fr", 422, "invalid-parameter", "lang:"),
        ("controller=perfacilis&subject=visitr", 404, "not-found", "did you mean 'visitor'?"),
        ("controller=perfacili", 404, "not-found", "did you mean 'perfacilis'?"),
    ],
)
def test_what_cannot_be_asked_is_refused(client: FlaskClient, query: str, status: int, slug: str, said: str):
    assert_problem(got(client, f"recipients?{query}"), slug, status, said)
