"""Answers in Dutch: sentences and names of law are said in it, and everything else is as in English."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.api.support import API, assert_problem, got

SAID = {
    "article",
    "reason",
    "reason_before",
    "reason_after",
    "says",
    "why",
    "act",
    "act_before",
    "act_after",
    "ended_by",
    "by_when",
}
"""Members that hold a sentence of ours or the name of an act."""
ASKED = [
    "transfers?on=2021-01-01&status=uncovered,lapsed,unknown,adequate,adequate_if_covered,safeguarded,inside",
    "transfers?on=2026-11-20",
    "picture?controller=perfacilis&on=2026-11-20&depth=9",
    "picture?controller=connectis&on=2020-07-16",
    "claims?on=2020-07-16",
    "claims?on=2026-11-20",
    "exposure?party=google&on=2026-11-20",
    "paths?from=perfacilis&to=atlassian&on=2026-11-20",
    "paths?from=perfacilis&to=mailchimp&on=2026-11-20",
]
CHANGES = [
    {"kind": "end_decision", "decision": "eu-us-dpf"},
    {"kind": "drop_party", "party": "atlassian"},
    {"kind": "move_party", "party": "google", "to": "NL"},
    {"kind": "replace_service", "service": "jira-cloud", "by": "zendesk-support"},
]


def texts(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """Every value with the name of the member that holds it, in order."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from texts(each, name)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each, key)
    else:
        yield key, value


def compare(english: Any, dutch: Any) -> int:
    """Hold two answers against each other; how many texts differ."""
    pairs = list(zip(texts(english), texts(dutch), strict=True))
    unsaid = [(name, one) for (name, one), (_, other) in pairs if name in SAID and one and one == other]
    assert not unsaid
    return sum(one != other for (_, one), (_, other) in pairs)


@pytest.mark.parametrize("asked", ASKED)
def test_no_sentence_and_no_act_stays_english(client: FlaskClient, asked: str):
    english, dutch = (got(client, f"{asked}&lang={language}") for language in ("en", "nl"))
    assert english.headers["ETag"] != dutch.headers["ETag"]
    assert compare(english.json, dutch.json)


def test_what_ifs_are_said_in_dutch(client: FlaskClient):
    body = {"on": "2026-11-20", "changes": CHANGES}
    english, dutch = (client.post(f"{API}/what-if?lang={language}", json=body).json for language in ("en", "nl"))
    assert compare(english, dutch)
    assert dutch["changes"][1]["says"] == "wat als: Atlassian valt weg"


def test_the_table_speaks_dutch_too(client: FlaskClient):
    found = got(client, "transfers?controller=connectis&on=2020-07-16&status=lapsed&format=csv&lang=nl").text
    [row] = csv.DictReader(io.StringIO(found))
    assert row["reason"].startswith("Lijst van het EU-VS-privacyschild is genoemd, maar daarop kon alleen tot en met")
    assert row["act"].startswith("Arrest C-311/18 (Schrems II)")


@pytest.mark.parametrize("kind", ["regimes", "tools", "events", "duties"])
def test_rows_of_law_have_their_dutch_names(client: FlaskClient, kind: str):
    english, dutch = (got(client, f"{kind}?page_size=1000&lang={language}").json for language in ("en", "nl"))
    assert compare(english["items"], dutch["items"])


def test_a_problem_is_told_in_dutch(client: FlaskClient):
    found = got(client, "transfers?controller=connectus&lang=nl")
    assert_problem(found, "not-found", 404, "er is geen partij 'connectus' in het register; bedoelde u 'connectis'?")


def test_a_language_that_nobody_speaks_here_is_refused(client: FlaskClient):
    assert_problem(got(client, "transfers?lang=xx"), "invalid-parameter", 422, "lang:")
