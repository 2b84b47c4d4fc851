"""Changes over HTTP: shapes, pages, forms for people and for readers of feeds, and what is refused."""

from __future__ import annotations

import re
from typing import Any

import feedparser
import pytest
from flask.testing import FlaskClient

from graphsvc.answers.changes.causes import CauseKind
from graphsvc.answers.changes.differences import Kind
from graphsvc.clock import today
from graphsvc.exports import changes as exports
from tests.api.support import assert_problem, got, table

SHIELD = "changes?controller=connectis&from=2020-07-15&to=2020-07-16"
YEARS = "changes?controller=connectis&from=2018-05-25&to=2026-11-22"
MANY = "changes?from=2018-05-25&to=2026-11-22&page_size=10000"


def atom(client: FlaskClient, query: str) -> Any:
    response = got(client, f"{query}&format=atom")
    assert response.mimetype == "application/atom+xml"
    found = feedparser.parse(response.data)
    assert not found.bozo, found.get("bozo_exception")
    return found


def test_every_change_has_a_cause_a_chain_and_a_source(client: FlaskClient):
    answer = got(client, MANY).json
    assert answer["total"] == len(answer["items"]) > 100
    for item in answer["items"]:
        assert item["chain"]
        assert item["sources"]
        assert item["what"]
        assert answer["from"] < item["day"] <= answer["to"]
        assert item["cause"]["kind"] != "law" or item["cause"]["acts"]


def test_totals_by_kind_and_cause_add_up_on_every_page(client: FlaskClient):
    whole = got(client, MANY).json
    page = got(client, MANY.replace("page_size=10000", "page_size=7&page=2")).json
    assert page["items"] == whole["items"][7:14]
    for answer in (whole, page):
        assert sum(answer["by_kind"].values()) == sum(answer["by_cause"].values()) == answer["total"]


def test_days_come_in_order(client: FlaskClient):
    days = [item["day"] for item in got(client, MANY).json["items"]]
    assert days == sorted(days)


@pytest.mark.parametrize(
    ("query", "key", "allowed"),
    [
        ("kind=status_changed,tool_lost", lambda item: item["kind"], {"status_changed", "tool_lost"}),
        ("cause=flow", lambda item: item["cause"]["kind"], {"flow"}),
        ("controller=itfixe", lambda item: item["controller"]["id"], {"itfixe"}),
    ],
)
def test_a_filter_shows_what_fits_and_no_others(client: FlaskClient, query: str, key: Any, allowed: set[str]):
    whole = got(client, MANY).json["items"]
    shown = got(client, f"{MANY}&{query}").json["items"]
    assert shown == [item for item in whole if key(item) in allowed]
    assert shown


def test_left_out_days_are_today_and_a_year_before(client: FlaskClient):
    answer = got(client, "changes?controller=connectis").json
    assert answer["to"] == today()
    assert answer["from"][:4] == str(int(today()[:4]) - 1)
    assert got(client, "changes?controller=connectis&to=2021-03-31").json["from"] == "2020-03-31"


# Other forms


def test_csv_has_cause_acts_and_the_last_day_to_object_as_columns(client: FlaskClient):
    rows = table(got(client, f"{SHIELD}&format=csv").text)
    assert {(row["kind"], row["cause"], row["acts"]) for row in rows} == {
        ("status_changed", "law", "Judgment C-311/18 (Schrems II) (CELEX 62018CJ0311)"),
        ("tool_lost", "law", "Judgment C-311/18 (Schrems II) (CELEX 62018CJ0311)"),
    }
    rows = table(got(client, "changes?from=2026-07-08&to=2026-07-09&kind=sub_processor_gained&format=csv").text)
    assert [(row["last_day_to_object"], row["why_unknown"]) for row in rows] == [
        ("", "no contract and no published list records for how many days")
    ]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Changes from 2020-07-15 to 2020-07-16", "United States: Adequate became Lapsed", "The law changed"]),
        ("nl", ["Veranderingen van 2020-07-15", "Verenigde Staten: Passend werd Vervallen", "Het recht veranderde"]),
    ],
)
def test_a_mail_says_what_changed_and_why_in_words(client: FlaskClient, language: str, words: list[str]):
    response = got(client, f"{SHIELD}&format=text&lang={language}")
    assert response.content_type == "text/plain; charset=utf-8"
    for word in [*words, "Judgment C-311/18 (Schrems II)", "Website statistics > Google Analytics"]:
        assert word in response.text


def test_a_mail_about_nothing_says_so(client: FlaskClient):
    assert "Nothing changed." in got(client, "changes?from=2020-07-16&to=2020-07-16&format=text").text


def test_a_mail_tells_once_on_a_day_what_differs_in_its_activity_only(client: FlaskClient):
    days = re.split(r"\n\n(?=\d{4}-\d\d-\d\d\n)", got(client, f"{MANY}&format=text").text)[1:]
    paragraphs = [re.split(r"\n\n(?=\* )", day)[1:] for day in days]
    assert [day.split("\n")[0] for day in days] == sorted({item["day"] for item in got(client, MANY).json["items"]})
    heads = [["\n".join(told.split("\n")[:2]) for told in day] for day in paragraphs]
    assert all(len(day) == len(set(day)) > 0 for day in heads)
    assert any(", " in re.findall("Activities: (.*)", told)[0] for day in paragraphs for told in day)


def test_a_feed_holds_the_last_entries_and_says_how_many_there_are(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
):
    every = atom(client, MANY)
    assert "subtitle" not in every.feed
    monkeypatch.setattr(exports, "MOST_ENTRIES", 7)
    last = atom(client, f"{MANY}&lang=en")
    assert [entry.id for entry in last.entries] == [entry.id for entry in every.entries[:7]]
    assert last.feed.subtitle.startswith(f"The last 7 of {len(every.entries)} entries")


def test_the_feed_is_read_by_an_independent_reader(client: FlaskClient):
    found = atom(client, YEARS)
    assert found.version == "atom10"
    assert found.feed.id.startswith("urn:uuid:")
    assert found.feed.links[0].rel == "self"
    assert found.feed.links[0].href.endswith("format=atom")
    assert found.entries
    for entry in found.entries:
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", entry.id)
        assert entry.updated_parsed
        assert "Connectis" in entry.title
        assert entry.content[0].value
    assert found.feed.updated == found.entries[0].updated


def test_no_two_entries_have_one_id(client: FlaskClient):
    ids = [entry.id for entry in atom(client, MANY).entries]
    assert len(ids) == len(set(ids)) > 100


def test_a_status_that_changed_twice_is_two_entries(client: FlaskClient):
    told = {(entry.updated[:10], entry.title) for entry in atom(client, f"{YEARS}&kind=status_changed").entries}
    assert told == {
        ("2020-07-16", "Connectis: Google Analytics (Google), United States: Adequate became Lapsed"),
        ("2023-07-10", "Connectis: Google Analytics (Google), United States: Lapsed became Adequate if covered"),
    }


def test_what_a_reader_has_seen_keeps_its_id_when_more_days_are_asked_about(client: FlaskClient):
    def ids(query: str) -> set[str]:
        entries = atom(client, f"changes?controller=connectis&kind=status_changed&{query}").entries
        return {entry.id for entry in entries if "(Google)," in entry.title and entry.updated < "2023"}

    assert ids("from=2020-07-15&to=2020-07-16") == ids("from=2018-06-01&to=2026-11-22") != set()


def test_the_same_question_gives_the_same_bytes(client: FlaskClient):
    for form in ("atom", "text", "csv", "json"):
        assert got(client, f"{YEARS}&format={form}").data == got(client, f"{YEARS}&format={form}").data


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/atom+xml, text/html;q=0.5", "application/atom+xml"),
        ("text/plain", "text/plain"),
        ("text/csv", "text/csv"),
        ("*/*", "application/json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/json"),
    ],
)
def test_the_accept_header_chooses_the_form(client: FlaskClient, accept: str, kind: str):
    response = got(client, SHIELD, headers={"Accept": accept})
    assert response.mimetype == kind
    assert "Accept" in response.headers["Vary"]


def test_each_form_has_a_tag_of_its_own_and_is_not_sent_again(client: FlaskClient):
    forms = [f"format={form}" for form in ("json", "csv", "text", "atom")] + ["format=text&lang=nl"]
    tags = {}
    for form in forms:
        tag = got(client, f"{SHIELD}&{form}").headers["ETag"]
        assert got(client, f"{SHIELD}&{form}", headers={"If-None-Match": tag}).status_code == 304
        tags[form] = tag
    assert len(set(tags.values())) == len(forms)


def test_what_cannot_be_had_is_refused(client: FlaskClient):
    assert_problem(got(client, SHIELD, headers={"Accept": "image/png"}), "not-acceptable", 406, "application/atom+xml")
    assert_problem(got(client, "transfers?format=atom"), "invalid-parameter", 422, "format")


# Versions of a document


def test_the_first_version_of_a_document_is_compared_with_nothing(client: FlaskClient):
    answer = got(client, "changes?document=vendor-microsoft&on=2026-11-22&page_size=10000").json
    assert (answer["on"], answer["from"], answer["to"]) == ("2026-11-22", None, None)
    document = answer["document"]
    assert (document["id"], document["from_version"], document["to_version"]) == ("vendor-microsoft", 0, 1)
    assert document["differs"]["flows"]["added"] > 0
    assert {item["controller"]["id"] for item in answer["items"]} == {"itfixe", "perfacilis"}
    assert {item["cause"]["kind"] for item in answer["items"]} == {"document"}


def test_versions_have_a_mail_and_a_feed_too(client: FlaskClient):
    query = "changes?document=vendor-microsoft&on=2026-11-22"
    assert "version 1 of vendor-microsoft changes" in got(client, f"{query}&format=text").text
    assert atom(client, query).entries


# Bad input


@pytest.mark.parametrize(
    ("query", "slug", "status", "words"),
    [
        ("from=2020-07-17&to=2020-07-16", "invalid-parameter", 422, ["2020-07-16", "2020-07-17", "swap"]),
        ("from=yesterday", "invalid-parameter", 422, ["from"]),
        ("from=2020-02-30", "invalid-parameter", 422, ["from"]),
        ("from=2020-01-01&from=2021-01-01", "invalid-parameter", 422, ["from", "more than once"]),
        ("since=2020-07-17", "invalid-parameter", 422, ["since"]),
        ("kind=nothing", "invalid-parameter", 422, ["kind"]),
        ("controller=conectis", "not-found", 404, ["conectis", "connectis"]),
        ("from_version=1", "invalid-parameter", 422, ["from_version", "document"]),
        ("on=2020-01-01", "invalid-parameter", 422, ["on", "document"]),
        ("document=vendor-microsoft&from=2020-01-01", "invalid-parameter", 422, ["from", "document"]),
        ("document=vendor-microsof", "not-found", 404, ["vendor-microsoft"]),
        ("document=vendor-microsoft&to_version=9", "not-found", 404, ["9", "the last one is 1"]),
        ("document=vendor-microsoft&from_version=-1", "invalid-parameter", 422, ["from_version"]),
        ("lang=fr", "invalid-parameter", 422, ["lang"]),
        ("format=ics", "invalid-parameter", 422, ["format"]),
    ],
)
def test_what_cannot_be_understood_is_named(client: FlaskClient, query: str, slug: str, status: int, words: list[str]):
    assert_problem(got(client, f"changes?{query}"), slug, status, *words)


def test_the_openapi_document_names_every_kind_and_cause(client: FlaskClient):
    operation = client.get("/api/v1/openapi.json").json["paths"]["/api/v1/changes"]["get"]
    parameters = {parameter["name"]: parameter for parameter in operation["parameters"]}
    assert parameters["kind"]["schema"]["items"]["enum"] == [kind.value for kind in Kind]
    assert parameters["cause"]["schema"]["items"]["enum"] == [cause.value for cause in CauseKind]
    assert set(operation["responses"]["200"]["content"]) == {
        "application/json",
        "text/csv",
        "text/plain",
        "application/atom+xml",
    }
