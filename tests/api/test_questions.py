"""The two questions over HTTP: shapes, totals, filters, pages, CSV, and answers that have not changed."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from flask.testing import FlaskClient

from graphsvc.clock import today
from graphsvc.graph.store import Store
from graphsvc.model import Status
from graphsvc.tabular import cell, csv_lines
from tests.api.builders import activity, document, flow, load, party, source
from tests.api.builders import service as a_service
from tests.api.support import API, assert_problem, got, table

DAY = "2026-11-20"
FIVE = {"perfacilis", "perfony", "connectis", "itfixe", "infactor"}
THING = {"id": str, "name": str}
ITEM = {"subject": str, "category": str}
STEP = {"flow": str, "from": str, "to": str}
EVIDENCE = {"source": str, "locator": str, "basis": str}
TRANSFER = {
    "controller": THING,
    "activity": THING,
    "exporter": THING,
    "importer": THING,
    "service": THING,
    "role": str,
    "country": str,
    "data": [ITEM],
    "chain": [STEP],
    "depth": int,
    "status": str,
    "reason": str,
    "act": (str, type(None)),
    "transfer_impact_assessment": (bool, type(None)),
    "basis": str,
    "sources": [EVIDENCE],
}
HOLDING = {
    "party": THING,
    "service": THING,
    "role": str,
    "countries": [str],
    "controller": THING,
    "data": [ITEM],
    "chain": [STEP],
    "depth": int,
    "status": str,
    "basis": str,
    "sources": [EVIDENCE],
}


def assert_shape(value: Any, shape: Any) -> None:
    """Check that a value has at least these members, of these kinds."""
    if isinstance(shape, dict):
        assert shape.keys() <= value.keys()
        for key, below in shape.items():
            assert_shape(value[key], below)
    elif isinstance(shape, list):
        assert isinstance(value, list)
        for one in value:
            assert_shape(one, shape[0])
    else:
        assert isinstance(value, shape)


def transfers(client: FlaskClient, query: str = "") -> dict[str, Any]:
    return got(client, f"transfers?on={DAY}&page_size=10000&{query}").json


def holders(client: FlaskClient, query: str = "") -> dict[str, Any]:
    return got(client, f"holders?on={DAY}&page_size=10000&{query}").json


# Shapes


def test_transfers_have_the_shape_that_others_rely_on(client: FlaskClient):
    answer = transfers(client)
    assert {"on", "law", "total", "by_status", "by_country", "items"} <= answer.keys()
    assert answer["on"] == DAY
    assert answer["law"]
    assert answer["items"]
    assert_shape(answer["items"], [TRANSFER])


def test_holders_have_the_shape_that_others_rely_on(client: FlaskClient):
    answer = holders(client)
    assert (answer["on"], answer["total"]) == (DAY, len(answer["items"]))
    assert answer["items"]
    assert_shape(answer["items"], [HOLDING])


def test_holdings_are_the_holders_of_one_party(client: FlaskClient):
    found = got(client, f"parties/google/holdings?on={DAY}").json
    assert found["total"] > 0
    assert found["items"] == [line for line in holders(client)["items"] if line["party"]["id"] == "google"]


def test_the_chain_leads_from_the_activity_to_the_service(client: FlaskClient):
    for line in transfers(client)["items"]:
        steps = line["chain"]
        assert len(steps) == line["depth"]
        assert (steps[0]["from"], steps[-1]["to"]) == (line["activity"]["id"], line["service"]["id"])
        assert all(before["to"] == after["from"] for before, after in pairwise(steps))


def test_every_line_has_a_source(client: FlaskClient):
    assert all(line["sources"] for line in transfers(client)["items"] + holders(client)["items"])


@pytest.mark.parametrize("path", ["transfers", "holders", "parties/google/holdings"])
def test_without_a_day_the_answer_is_about_today(client: FlaskClient, path: str):
    assert got(client, path).json["on"] == today()


# Totals


@pytest.mark.parametrize(
    "query", ["", "controller=itfixe", "status=inside", "country=US", "status=inside&status=unknown"]
)
def test_totals_add_up(client: FlaskClient, query: str):
    answer = transfers(client, query)
    assert answer["total"] == len(answer["items"]) == sum(answer["by_status"].values())
    assert sum(answer["by_country"].values()) == answer["total"]
    assert answer["by_status"] == {s.value: 0 for s in Status} | Counter(line["status"] for line in answer["items"])
    assert answer["by_country"] == Counter(line["country"] for line in answer["items"])


def test_totals_are_of_the_whole_answer_on_every_page(client: FlaskClient):
    whole = transfers(client)
    page = got(client, f"transfers?on={DAY}&page=3&page_size=7").json
    assert len(page["items"]) == 7
    assert {key: page[key] for key in ("total", "by_status", "by_country")} == {
        key: whole[key] for key in ("total", "by_status", "by_country")
    }


# Filters


@pytest.mark.parametrize(
    ("query", "key", "allowed"),
    [
        ("controller=itfixe", "controller", {"itfixe"}),
        ("controller=itfixe&controller=connectis", "controller", {"itfixe", "connectis"}),
        ("controller=itfixe,connectis", "controller", {"itfixe", "connectis"}),
        ("country=US", "country", {"US"}),
        ("country=unknown", "country", {"unknown"}),
        ("country=unknown&country=US", "country", {"unknown", "US"}),
        ("country=US,NL", "country", {"US"}),
        ("role=processor,authority", "role", {"processor", "authority"}),
        ("status=unknown", "status", {"unknown"}),
        ("status=unknown&status=uncovered", "status", {"unknown", "uncovered"}),
        ("status=inside", "status", {"inside"}),
    ],
)
def test_a_filter_shows_the_lines_that_fit_and_no_others(client: FlaskClient, query: str, key: str, allowed: set[str]):
    def value(line: dict[str, Any]) -> str:
        return line[key]["id"] if isinstance(line[key], dict) else line[key]

    everything = transfers(client, "&".join(f"status={status.value}" for status in Status))["items"]
    if key != "status":
        everything = [line for line in everything if line["status"] != "inside"]
    assert transfers(client, query)["items"] == [line for line in everything if value(line) in allowed]


def test_without_a_status_what_stays_inside_is_left_out(client: FlaskClient):
    assert transfers(client)["by_status"]["inside"] == 0


def test_an_activity_can_be_asked_about_alone(client: FlaskClient):
    some = transfers(client)["items"][0]["activity"]["id"]
    lines = [line for line in transfers(client)["items"] if line["activity"]["id"] == some]
    assert transfers(client, f"activity={some}")["items"] == lines


def test_a_category_includes_narrower_ones_and_a_filter_narrows_the_data(client: FlaskClient):
    narrow = {
        word["id"]
        for word in got(client, "vocabulary/data-categories?page_size=10000").json["items"]
        if "contact-data" in word.get("broader", ())
    } | {"contact-data"}
    assert len(narrow) > 1
    found = holders(client, "category=contact-data")["items"]
    assert found
    assert {item["category"] for line in found for item in line["data"]} & narrow
    assert len(found) < holders(client)["total"]


@pytest.mark.parametrize(
    ("path", "slug", "status", "words"),
    [
        ("transfers?controller=itfix", "not-found", 404, ("'itfix'", "did you mean 'itfixe'?")),
        ("transfers?activity=nothing-like-it", "not-found", 404, ("there is no activity",)),
        ("transfers?country=ZZ", "not-found", 404, ("there is no country 'ZZ'",)),
        ("transfers?category=email-adress", "not-found", 404, ("did you mean 'email-address'?",)),
        ("transfers?subject=clien", "not-found", 404, ("did you mean 'client'?",)),
        ("holders?controller=itfix", "not-found", 404, ("did you mean 'itfixe'?",)),
        ("parties/gogle/holdings", "not-found", 404, ("did you mean 'google'?",)),
        ("transfers?on=2020-02-30", "invalid-parameter", 422, ("on:", "2018-05-25")),
        ("transfers?on=20200101", "invalid-parameter", 422, ("on:",)),
        ("transfers?on=2020-1-1", "invalid-parameter", 422, ("on:",)),
        ("transfers?on=", "invalid-parameter", 422, ("on:",)),
        ("transfers?on=today", "invalid-parameter", 422, ("on:",)),
        ("transfers?on=2020-01-01&on=2020-01-02", "invalid-parameter", 422, ("on: is given more than once",)),
        ("transfers?status=fine", "invalid-parameter", 422, ("status:", "adequate_if_covered")),
        ("transfers?controller=", "invalid-parameter", 422, ("controller: is empty",)),
        ("transfers?controller=,", "invalid-parameter", 422, ("controller: is empty",)),
        ("transfers?country=Netherlands", "invalid-parameter", 422, ("country:",)),
        ("transfers?beyond=maybe", "invalid-parameter", 422, ("beyond:",)),
        ("transfers?page=0", "invalid-parameter", 422, ("page:",)),
        ("transfers?page=x", "invalid-parameter", 422, ("page:",)),
        ("transfers?page=999999999999999999999", "invalid-parameter", 422, ("page:",)),
        ("transfers?page_size=10001", "invalid-parameter", 422, ("page_size:", "10000")),
        ("transfers?format=xml", "invalid-parameter", 422, ("format:",)),
        ("transfers?colour=red", "invalid-parameter", 422, ("colour: there is no such parameter",)),
        ("holders?status=inside", "invalid-parameter", 422, ("status: there is no such parameter",)),
        ("parties/google/holdings?party=ing", "invalid-parameter", 422, ("party:",)),
    ],
)
def test_a_question_that_does_not_fit_is_refused(client: FlaskClient, path: str, slug: str, status: int, words: tuple):
    assert_problem(got(client, path), slug, status, *words)


def test_every_wrong_parameter_is_listed(client: FlaskClient):
    problem = assert_problem(got(client, "transfers?on=x&page=0&what=1"), "invalid-parameter", 422)
    assert {fault["path"] for fault in problem["errors"]} == {"on", "page", "what"}


# Pages


@pytest.mark.parametrize(
    "path", [f"transfers?on={DAY}", f"holders?on={DAY}", "parties?q=a", "vocabulary?q=", "documents?"]
)
def test_pages_put_together_are_the_whole(client: FlaskClient, path: str):
    whole = got(client, f"{path}&page_size=10000").json
    found, address = [], f"{API}/{path}&page_size=11"
    while address:
        response = got(client, address)
        found += response.json["items"]
        about = json.loads(response.headers["X-Pagination"])
        assert about["total"] == whole["total"] == response.json["total"]
        links = {name: link for link, name in re.findall(r'<([^>]*)>; rel="(\w+)"', response.headers["Link"])}
        assert ("next" in links) == ("next_page" in about)
        address = links.get("next", "")
    assert found == whole["items"]


def test_a_page_beyond_the_end_is_empty_and_leads_back(client: FlaskClient):
    response = got(client, f"transfers?on={DAY}&page=100000&page_size=10")
    assert response.json["items"] == []
    last = -(-response.json["total"] // 10)
    assert f'page={last}&page_size=10>; rel="prev"' in response.headers["Link"]
    assert "next" not in response.headers["Link"]


def test_links_keep_every_parameter(client: FlaskClient):
    response = got(client, "transfers?controller=itfixe&controller=connectis&on=2021-01-01&page_size=1")
    [following] = re.findall(r'<([^>]*)>; rel="next"', response.headers["Link"])
    assert following == f"{API}/transfers?controller=itfixe&controller=connectis&on=2021-01-01&page_size=1&page=2"


# CSV


@pytest.mark.parametrize(
    "path", [f"transfers?on={DAY}", f"holders?on={DAY}", f"parties/google/holdings?on={DAY}", "parties?"]
)
def test_csv_holds_the_same_rows_as_json(client: FlaskClient, path: str):
    lines = got(client, f"{path}&page_size=10000").json["items"]
    for response in (
        got(client, path, headers={"Accept": "text/csv"}),
        got(client, f"{path}&format=csv", headers={"Accept": "application/json"}),
    ):
        assert response.mimetype == "text/csv"
        assert "attachment" in response.headers["Content-Disposition"]
        rows = table(response.text)
        assert len(rows) == len(lines)
        for row, line in zip(rows, lines, strict=True):
            assert all(row[key] == cell(line.get(key)) for key in row if not key.endswith("_id"))
            assert all(row[key] == line[key[:-3]]["id"] for key in row if key.endswith("_id"))


def test_csv_of_a_page_holds_that_page(client: FlaskClient):
    query = f"transfers?on={DAY}&page=2&page_size=5"
    lines = got(client, query).json["items"]
    rows = table(got(client, f"{query}&format=csv").text)
    assert [(row["service_id"], row["country"]) for row in rows] == [(x["service"]["id"], x["country"]) for x in lines]


def test_csv_without_rows_is_its_head(client: FlaskClient):
    text = got(
        client, "transfers?on=2026-11-20&controller=perfacilis&activity=connectis-website-statistics&format=csv"
    ).text
    assert table(text) == []
    assert text.startswith("controller,controller_id,")
    assert text.count("\r\n") == 1


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " =", "\uff1d"])
def test_a_text_that_would_be_a_formula_gets_an_apostrophe(start: str):
    text = f"{start}HYPERLINK(1)"
    assert cell(text) == f"'{text}"
    assert cell([text]) == f"'{text}"
    assert cell({"id": "x", "name": text}) == f"'{text}"


AWKWARD = ["a,b", 'say "hi"', "two\nlines", "two\r\nlines", "", "ü✓", "a;b", " lead", None, True, ["a", "b"]]


def test_csv_is_as_rfc_4180_has_it():
    text = "".join(csv_lines([{"x": value, "y": "z"} for value in AWKWARD], ["x", "y"]))
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert rows == [["x", "y"], *([cell(value), "z"] for value in AWKWARD)]
    assert text.endswith("\r\n")


def test_csv_is_made_while_it_is_sent():
    taken = []

    def rows() -> Iterator[dict[str, int]]:
        for number in range(100):
            taken.append(number)
            yield {"x": number}

    lines = csv_lines(rows(), ["x"])
    assert next(lines) == "x\r\n"
    assert next(lines) == "0\r\n"
    assert taken == [0]
    assert all(lines)


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("application/*", "application/json"),
        ("text/*", "text/csv"),
        ("text/csv;q=0.5, application/json", "application/json"),
        ("application/json;q=0.5, text/csv", "text/csv"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/json"),
    ],
)
def test_accept_chooses_the_form(client: FlaskClient, accept: str | None, expected: str):
    response = got(client, "holders", headers={"Accept": accept} if accept else {})
    assert response.mimetype == expected
    assert "Accept" in response.headers["Vary"]


@pytest.mark.parametrize("accept", ["application/xml", "text/html", "application/json;q=0"])
@pytest.mark.parametrize("path", ["transfers", "holders", "parties"])
def test_another_form_cannot_be_had(client: FlaskClient, path: str, accept: str):
    assert_problem(got(client, path, headers={"Accept": accept}), "not-acceptable", 406, "text/csv")


# Answers that have not changed


@pytest.mark.parametrize(
    "path",
    [
        "transfers",
        "holders",
        "parties/google/holdings",
        "parties",
        "parties/google",
        "vocabulary",
        "vocabulary/purposes",
        "documents",
        "documents/perfony-register",
        "documents/perfony-register/versions",
        "controllers",
    ],
)
def test_an_answer_that_has_not_changed_is_304(client: FlaskClient, path: str):
    first = got(client, path)
    tag = first.headers["ETag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}'):
        again = got(client, path, headers={"If-None-Match": known})
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
        assert again.headers["Vary"] == first.headers["Vary"]
        assert again.headers["Cache-Control"] == first.headers["Cache-Control"] == "private, no-cache"
    assert got(client, path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_each_question_has_a_tag_of_its_own(client: FlaskClient):
    addresses = [
        *(f"transfers?on={day}" for day in ("2020-07-15", "2020-07-16")),
        f"transfers?on={DAY}&format=csv",
        f"transfers?on={DAY}&controller=itfixe",
        f"transfers?on={DAY}&page=2",
        f"transfers?on={DAY}&page=1&format=csv",
        f"holders?on={DAY}",
        "parties/google/holdings",
        "parties/ing/holdings",
        "parties?q=a",
        "parties?q=b",
    ]
    tags = [got(client, address).headers["ETag"] for address in addresses]
    assert len(set(tags)) == len(tags)


def test_the_form_is_part_of_the_tag(client: FlaskClient):
    as_json, as_csv = (
        got(client, "transfers", headers={"Accept": kind}).headers["ETag"] for kind in ("application/json", "text/csv")
    )
    assert as_json != as_csv
    answer = got(client, "transfers", headers={"Accept": "text/csv", "If-None-Match": as_json})
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")


def test_an_address_of_nothing_is_never_unchanged(client: FlaskClient):
    response = got(client, "parties/nobody-at-all", headers={"If-None-Match": "*"})
    assert_problem(response, "not-found", 404)


def test_a_load_changes_the_tag(client: FlaskClient, register: Store):
    extra = document(
        "extra",
        sources=[source("extra-paper")],
        parties=[party("extra-baker", evidence=[{"source": "extra-paper", "locator": "1", "basis": "stated"}])],
    )
    before = got(client, "transfers").headers["ETag"]
    load(register.bolt, extra)
    try:
        changed = got(client, "transfers", headers={"If-None-Match": before})
        assert changed.status_code == 200
        tag = changed.headers["ETag"]
        load(register.bolt, extra)
        assert got(client, "transfers", headers={"If-None-Match": tag}).status_code == 304
    finally:
        client.delete(f"{API}/documents/extra")
    assert got(client, "transfers").headers["ETag"] not in (before, tag)


# Unknown is never nothing


def test_what_an_unnamed_party_holds_can_be_asked(client: FlaskClient, register: Store):
    found = [line for line in holders(client)["items"] if line["party"]["id"] == "unknown"]
    assert found
    assert got(client, f"parties/unknown/holdings?on={DAY}&page_size=10000").json["items"] == found


def test_a_country_said_in_small_letters_is_named(client: FlaskClient):
    assert_problem(got(client, "transfers?country=us"), "not-found", 404, "did you mean 'US'?")
    assert_problem(got(client, "transfers?country=UK"), "not-found", 404, "did you mean 'GB'?")
    assert_problem(got(client, "transfers?country=EER"), "not-found", 404, "did you mean 'EEA'?")


def test_unknown_is_no_word_of_the_vocabulary(client: FlaskClient):
    assert_problem(got(client, "transfers?category=unknown"), "not-found", 404)


def test_heads_are_gets_without_a_body(client: FlaskClient):
    for path in ("transfers", "parties", "parties/google", "health/live", "documents/perfony-register"):
        head, get = client.head(f"{API}/{path}"), client.get(f"{API}/{path}")
        assert (head.status_code, head.data) == (200, b"")
        assert {name: head.headers.get(name) for name in ("ETag", "Content-Type", "X-Pagination")} == {
            name: get.headers.get(name) for name in ("ETag", "Content-Type", "X-Pagination")
        }


def test_a_flow_loaded_over_http_is_in_the_next_answer(client: FlaskClient, register: Store):
    paper = [{"source": "shop-paper", "locator": "1", "basis": "stated"}]
    item = {"subject": "client", "category": "email-address"}
    shop = document(
        "shop",
        sources=[source("shop-paper")],
        parties=[party("shop", evidence=paper), party("shop-mail", evidence=paper, established_in=["BR"])],
        services=[a_service("shop-mailing", "shop-mail", evidence=paper)],
        activities=[activity("shop-orders", "shop", item, evidence=paper)],
        flows=[flow("shop-mails", "shop-orders", "shop-mailing", item, evidence=paper, places=["BR"])],
    )
    try:
        assert client.post(f"{API}/documents", json=shop).status_code == 200
        for day, status in (("2026-01-25", "uncovered"), ("2026-01-27", "adequate")):
            [line] = got(client, f"transfers?controller=shop&on={day}").json["items"]
            assert (line["country"], line["status"]) == ("BR", status)
            assert line["data"] == [item]
    finally:
        assert client.delete(f"{API}/documents/shop").status_code == 200
    assert_problem(got(client, "transfers?controller=shop"), "not-found", 404)
