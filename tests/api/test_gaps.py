"""Gaps over HTTP: shapes, totals, filters, languages, pages and CSV."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.api.support import assert_problem, got, table

DAY = "2026-11-20"


def gaps(client: FlaskClient, query: str = "") -> dict[str, Any]:
    return got(client, f"gaps?on={DAY}&page_size=10000&{query}").json


def test_the_worklist_of_everybody_the_heaviest_first(client: FlaskClient):
    answer = gaps(client)
    assert {"perfacilis", "perfony", "connectis", "itfixe", "infactor"} <= {
        row["controller"]["id"] for row in answer["items"]
    }
    weights = [row["weight"] for row in answer["items"]]
    assert weights == sorted(weights, reverse=True)
    assert answer["total"] == len(weights) == sum(answer["by_kind"].values()) == sum(answer["by_weight"].values())
    assert answer["max_age"] == "P2Y"


def test_each_gap_says_what_why_what_to_do_and_by_which_article(client: FlaskClient):
    [row] = [row for row in gaps(client, "controller=itfixe&kind=contract_not_recorded")["items"] if _is_mailchimp(row)]
    assert row["article"] == "Art. 28(3) GDPR"
    assert "32016R0679" in row["act"]
    assert [step["flow"] for step in row["chain"]] == ["itfixe-newsletter-mailchimp"]
    assert "itfixe-statement" in {source["source"] for source in row["sources"]}
    assert all(row[key] for key in ("what", "to_do", "why"))


def _is_mailchimp(row: dict[str, Any]) -> bool:
    return row["depth"] == 1 and [found["party"]["id"] for found in row["recipients"]] == ["mailchimp"]


def test_dutch_changes_the_sentences_and_nothing_else(client: FlaskClient):
    english, dutch = (gaps(client, f"controller=connectis&lang={lang}")["items"] for lang in ("en", "nl"))
    assert [row["id"] for row in english] == [row["id"] for row in dutch]
    assert not {row["to_do"] for row in english} & {row["to_do"] for row in dutch}


def test_the_age_of_sources_is_for_the_asker_to_say(client: FlaskClient):
    old = gaps(client, "controller=connectis&kind=source_old&max_age=P1D")["total"]
    assert old > gaps(client, "controller=connectis&kind=source_old&max_age=P20Y")["total"] == 0


def test_pages_and_csv_are_the_same_list(client: FlaskClient):
    ids = [row["id"] for row in gaps(client, "controller=infactor")["items"]]
    first = got(client, f"gaps?on={DAY}&controller=infactor&page_size=5").json["items"]
    assert [row["id"] for row in first] == ids[:5]
    rows = table(got(client, f"gaps?on={DAY}&controller=infactor&format=csv").text)
    assert [row["id"] for row in rows] == ids
    assert "{" not in "".join(rows[0].values())


@pytest.mark.parametrize(
    ("query", "slug", "status", "word"),
    [
        ("controller=itfix", "not-found", 404, "did you mean 'itfixe'?"),
        ("kind=nothing", "invalid-parameter", 422, "kind"),
        ("kind=tool_not_named", "invalid-parameter", 422, "kind"),
        ("max_age=2Y", "invalid-parameter", 422, "max_age"),
        ("lang=fr", "invalid-parameter", 422, "lang"),
        ("colour=red", "invalid-parameter", 422, "colour"),
    ],
)
def test_what_does_not_fit_is_refused(client: FlaskClient, query: str, slug: str, status: int, word: str):
    assert_problem(got(client, f"gaps?{query}"), slug, status, word)
