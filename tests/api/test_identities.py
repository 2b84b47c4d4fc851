"""Who is who over HTTP: what may be one, deciding, taking back, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from graphsvc.graph.store import Store
from tests.api.builders import document, party
from tests.api.support import API, assert_as_promised, assert_problem, got, table

LEI = "213800KUD8LAJWSQ9D15"
PAPER = [{"source": "statement", "locator": "1", "basis": "stated"}]


def people() -> dict[str, Any]:
    one = party("zz-post", name="Zz Post B.V.", identifiers=[{"scheme": "lei", "number": LEI}])
    two = party("zz-post-nl", name="ZZ POST", domains=["zz-post.example"])
    return document("zz-people", parties=[one, two, party("zz-mail", domains=["www.zz-post.example"])])


@pytest.fixture
def people_loaded(client: FlaskClient, register: Store) -> Iterator[dict[str, Any]]:
    """Three parties that may be one; they and what was decided about them go again."""
    before = {row["id"] for row in register.documents(0, 1000)[1]}
    response = client.post(f"{API}/documents", json=people())
    assert_as_promised(client, response)
    yield response.json
    for row in register.documents(0, 1000)[1]:
        if row["id"] not in before:
            assert client.delete(f"{API}/documents/{row['id']}").status_code == 200


def decide(client: FlaskClient, **body: str) -> Any:
    response = client.post(f"{API}/identities", json=body)
    assert response.status_code == 200, response.text
    assert_as_promised(client, response)
    return response


def items(client: FlaskClient, query: str = "") -> list[tuple[str, str, str]]:
    found = got(client, f"identities?party=zz-post{query}").json["items"]
    return [(item["kind"], item["party"]["id"], item["other"]["id"]) for item in found]


def test_a_load_answers_with_what_may_be_one(people_loaded: dict[str, Any]):
    told = [(p["party"]["id"], p["other"]["id"], p["sure"]) for p in people_loaded["proposals"]]
    assert told == [("zz-mail", "zz-post-nl", "medium"), ("zz-post", "zz-post-nl", "medium")]
    assert people_loaded["proposals_total"] == 2
    assert people_loaded["proposals"][0]["reasons"] == [
        {"kind": "domain", "sure": "medium", "reason": "Both use the domain zz-post.example.", "score": None}
    ]


def test_a_load_says_what_may_be_one_in_dutch(client: FlaskClient, people_loaded: dict[str, Any]):
    assert people_loaded["too_common"] == []
    changed = people()
    changed["parties"][2]["domains"] = ["zz-post.example", "zz-mail.example"]
    told = client.post(f"{API}/documents?lang=nl", json=changed).json["proposals"]
    assert [reason["reason"] for proposal in told for reason in proposal["reasons"]] == [
        "Beide gebruiken het domein zz-post.example."
    ]


@pytest.mark.usefixtures("people_loaded")
def test_the_list_and_its_table_are_told_in_dutch(client: FlaskClient):
    [item] = got(client, "identities?party=zz-post&lang=nl").json["items"]
    assert [reason["reason"] for reason in item["reasons"]] == [
        'Dezelfde naam, op leestekens en rechtsvorm na: "Zz Post B.V." en "ZZ POST".'
    ]
    [row] = table(got(client, "identities?party=zz-post&lang=nl&format=csv").text)
    assert "Dezelfde naam" in row["reasons"]


@pytest.mark.usefixtures("people_loaded")
def test_what_may_be_one_is_listed_until_it_is_decided(client: FlaskClient):
    assert items(client) == [("proposal", "zz-post", "zz-post-nl")]
    answer = decide(client, party="zz-post", other="zz-post-nl", reason="The list gives its legal name").json
    assert answer["documents"] == ["decision.zz-post.zz-post-nl"]
    assert answer["added"] == {"sources": 1, "identities": 1}
    found = got(client, "identities?party=zz-mail").json
    assert found["by_kind"] == {"proposal": 1, "same": 0, "different": 0}
    # The other two are one now, and the domain is still a reason to think of the third.
    assert items(client) == [("proposal", "zz-mail", "zz-post-nl"), ("same", "zz-post", "zz-post-nl")]
    [decision] = got(client, "identities?party=zz-post-nl&kind=same").json["items"]
    assert decision["stays"] == "zz-post"
    assert decision["document"] == "decision.zz-post.zz-post-nl"
    assert decision["reasons"][0]["reason"] == "The list gives its legal name"
    assert decision["sources"][0] == {
        "source": "decisions-on-who-is-who", "locator": "the decision", "basis": "inferred"
    }  # fmt: skip
    assert got(client, "identities/decision.zz-post.zz-post-nl").json["verdict"] == "same"
    assert got(client, "documents/decision.zz-post.zz-post-nl/versions").json["total"] == 1


@pytest.mark.usefixtures("people_loaded")
def test_a_decision_can_be_changed_and_taken_back(client: FlaskClient):
    decide(client, party="zz-post", other="zz-post-nl", reason="Seen")
    decide(client, party="zz-post-nl", other="zz-post", verdict="different", reason="Seen again")
    assert items(client) == [("different", "zz-post-nl", "zz-post")]
    assert got(client, "identities?kind=proposal&party=zz-post").json["total"] == 0
    gone = client.delete(f"{API}/identities/zz-post-nl/zz-post")
    assert_as_promised(client, gone)
    assert gone.json["removed"]["identities"] == 1
    assert items(client) == [("proposal", "zz-post", "zz-post-nl")]
    versions = got(client, "documents/decision.zz-post.zz-post-nl/versions").json["items"]
    assert [version["action"] for version in versions[-3:]] == ["loaded", "loaded", "removed"]


@pytest.mark.usefixtures("people_loaded")
def test_a_decision_shows_in_answers_and_in_the_changes_of_its_document(client: FlaskClient):
    google = "google"
    before = got(client, f"parties/{google}/holdings").text
    decide(client, party=google, other="zz-mail", reason="Seen", source="statement", locator="page 9", basis="stated")
    found = got(client, "parties/zz-mail/holdings").json["items"]
    assert {item["party"]["id"] for item in found} == {google}
    assert found[0]["party"]["also_known_as"] == [{"id": "zz-mail", "name": "Name of zz-mail"}]
    assert found[0]["party"]["one_by"] == [
        {"id": "decision.google.zz-mail", "reason": "Seen", "basis": "stated",
         "sources": [{"source": "statement", "locator": "page 9", "basis": "stated"}]}
    ]  # fmt: skip
    assert {"source": "statement", "locator": "page 9", "basis": "stated"} in found[0]["sources"]
    told = got(client, "changes?document=decision.google.zz-mail").json
    assert told["document"]["differs"] == {"identities": {"added": 1, "changed": 0, "removed": 0}}
    assert client.delete(f"{API}/identities/zz-mail/{google}").status_code == 200
    assert got(client, f"parties/{google}/holdings").text == before


@pytest.mark.usefixtures("people_loaded")
def test_the_list_comes_page_by_page_and_as_csv(client: FlaskClient):
    whole = got(client, "identities?party=zz-post-nl").json
    assert whole["total"] == 2
    assert got(client, "identities?party=zz-post-nl&page=2&page_size=1").json["items"] == whole["items"][1:]
    rows = table(got(client, "identities?party=zz-post-nl&format=csv").text)
    assert [(row["kind"], row["party_id"], row["other_id"], row["sure"]) for row in rows] == [
        ("proposal", "zz-mail", "zz-post-nl", "medium"),
        ("proposal", "zz-post", "zz-post-nl", "medium"),
    ]
    assert rows[0]["reasons"] == "Both use the domain zz-post.example."


@pytest.mark.usefixtures("people_loaded")
@pytest.mark.parametrize(
    ("body", "status", "slug", "words"),
    [
        ({"party": "zz-post", "other": "zz-pots", "reason": "x"}, 404, "not-found", "did you mean"),
        ({"party": "zz-post", "other": "zz-mail", "reason": "x", "source": "no-such"}, 404, "not-found", "'no-such'"),
        ({"party": "zz-post", "other": "zz-post", "reason": "x"}, 422, "invalid-document", "1 fault"),
        ({"party": "zz-post", "other": "zz-mail"}, 422, "invalid-document", "1 fault"),
        ({"party": "zz-post", "other": "zz-mail", "reason": ""}, 422, "invalid-document", "1 fault"),
        ({"party": "zz-post", "other": "zz-mail", "reason": "x", "verdict": "maybe"}, 422, "invalid-document", ""),
        ({"party": "zz-post", "other": "zz-mail", "reason": "x", "more": "x"}, 422, "invalid-document", ""),
        ({"party": ["zz-post"], "other": {}, "reason": 1}, 422, "invalid-document", "3 faults"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(client: FlaskClient, body: dict, status: int, slug: str, words: str):
    assert_problem(client.post(f"{API}/identities", json=body), slug, status, words)
    assert got(client, "identities?kind=same").json["total"] == 0


@pytest.mark.usefixtures("people_loaded")
def test_only_what_was_decided_here_is_taken_back_here(client: FlaskClient):
    assert_problem(client.delete(f"{API}/identities/zz-post/zz-mail"), "not-found", 404, "nothing was decided")
    assert_problem(client.delete(f"{API}/identities/zz-post/zz-nobody"), "not-found", 404, "'zz-nobody'")
    entry = {"id": "zz-1", "party": "zz-post", "other": "zz-mail", "verdict": "same", "reason": "x", "evidence": PAPER}
    own = document("aa-who", identities=[entry])
    assert client.post(f"{API}/documents", json=own).status_code == 200
    decide(client, party="zz-mail", other="zz-post-nl", reason="x")
    assert_problem(client.delete(f"{API}/identities/zz-mail/zz-post"), "invalid-parameter", 422, "'aa-who'")
    assert_problem(client.delete(f"{API}/identities/zz-post/zz-post-nl"), "not-found", 404, "through other decisions")


def test_a_decision_is_sent_as_json_or_yaml(client: FlaskClient):
    response = client.post(f"{API}/identities", data="party=a", content_type="application/x-www-form-urlencoded")
    assert_problem(response, "unsupported-media-type", 415, "a decision")
