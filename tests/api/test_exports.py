"""Exports over HTTP: every kind in every form, with names, tags and refusals."""

from __future__ import annotations

from html import unescape

import pytest
from flask.testing import FlaskClient

from graphsvc.exports.kinds import OURS
from graphsvc.exports.registry import EXPORTS
from graphsvc.graph.store import Store
from tests.api.support import API, assert_problem, got

ON = "2026-11-24"
FORMS = [(kind, word) for kind, export in EXPORTS.items() for word in export.formats]
ABOUT_ONE = [kind for kind, export in EXPORTS.items() if not export.whole]


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize(("kind", "word"), FORMS)
def test_every_form_comes_as_its_media_type_with_a_name(client: FlaskClient, kind: str, word: str, language: str):
    found = got(client, f"exports/{kind}?controller=itfixe&on={ON}&format={word}&lang={language}")
    assert (found.status_code, found.mimetype) == (200, OURS[word])
    ending = "txt" if word == "text" else word
    assert found.headers["Content-Disposition"] == f'attachment; filename="{kind}-itfixe-{ON}.{ending}"'
    assert found.data


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_list_names_every_kind_with_every_form(client: FlaskClient, language: str):
    found = got(client, f"exports?lang={language}").get_json()
    assert found["total"] == len(EXPORTS)
    told = {(each["kind"], form["format"], form["media_type"]) for each in found["items"] for form in each["formats"]}
    assert told == {(kind, word, OURS[word]) for kind, word in FORMS}
    assert [each["kind"] for each in found["items"] if not each["whole"]] == ABOUT_ONE
    names = [each["name"] for each in found["items"]]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(("kind", "word"), FORMS)
def test_the_accept_header_chooses_as_format_does(client: FlaskClient, kind: str, word: str):
    address = f"exports/{kind}?controller=perfony&on={ON}"
    chosen = got(client, address, headers={"Accept": OURS[word]})
    assert chosen.mimetype == OURS[word]
    assert chosen.data == got(client, f"{address}&format={word}").data


@pytest.mark.parametrize("kind", EXPORTS)
def test_the_same_export_is_not_sent_twice(client: FlaskClient, kind: str):
    address = f"exports/{kind}?controller=perfony&on={ON}"
    tag = got(client, address).headers["ETag"]
    assert got(client, address, headers={"If-None-Match": tag}).status_code == 304
    assert got(client, f"{address}&lang=nl").headers["ETag"] != tag


@pytest.mark.parametrize("kind", ABOUT_ONE)
def test_a_controller_or_an_activity_has_to_be_named(client: FlaskClient, kind: str):
    assert_problem(got(client, f"exports/{kind}"), "invalid-parameter", 422, "one controller or one activity")


def test_what_cannot_be_had_is_refused_with_what_can(client: FlaskClient):
    address = "exports/picture?controller=perfony"
    assert_problem(got(client, f"{address}&format=xlsx"), "invalid-parameter", 422, "svg, png, pdf")
    assert_problem(got(client, f"{address}&format=paper"), "invalid-parameter", 422)
    assert_problem(got(client, address, headers={"Accept": "text/plain"}), "not-acceptable", 406)
    assert_problem(got(client, "exports/picture?controller=nobody"), "not-found", 404, "there is no party")
    assert_problem(got(client, "exports/picture?activity=nothing"), "not-found", 404, "there is no activity")
    assert client.get(f"{API}/exports/nothing").status_code == 404


def test_an_export_says_which_revision_it_was_made_from(client: FlaskClient, register: Store):
    drawn = unescape(got(client, f"exports/picture?controller=perfony&on={ON}&format=svg").text)
    assert f"Register revision {register.state().revision}" in drawn
    assert ON in drawn


def test_the_list_of_exports_names_every_kind_with_its_forms(client: FlaskClient):
    body = got(client, "exports").get_json()
    assert body["total"] == len(body["items"]) == len(EXPORTS)
    listed = {item["kind"]: [form["format"] for form in item["formats"]] for item in body["items"]}
    assert listed == {kind: list(export.formats) for kind, export in EXPORTS.items()}
    for item in body["items"]:
        for form in item["formats"]:
            assert form["media_type"] == OURS[form["format"]]
            if form["schema"]:
                assert client.get(form["schema"]).get_json()["type"] == "object"


def test_the_record_of_a_processor_is_that_of_the_party_that_the_controller_parameter_names(client: FlaskClient):
    body = got(client, f"exports/art30-2?controller=transip&on={ON}&format=json").get_json()
    assert body["processor"]["id"] == "transip"
    assert {item["controller"]["id"] for item in body["items"]} >= {"perfacilis"}
    assert {item["category"]["id"] for item in body["items"]} == {"transip-hosting"}
    one = got(client, f"exports/art30-2?controller=transip&activity=perfacilis-tax&on={ON}&format=json").get_json()
    assert [item["controller"]["id"] for item in one["items"]] == ["perfacilis"]
