"""Documents over HTTP: loading, every version, removing, and what is refused."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from flask.testing import FlaskClient

from graphsvc.graph.store import Store
from graphsvc.imports import bundle
from graphsvc.service import seed_files
from tests.api.builders import document, everything, flow, party, service, source
from tests.api.support import API, assert_problem, got

PAPER = [{"source": "note-paper", "locator": "1", "basis": "stated"}]
YAML = """# What a person wrote, with a remark
document: {id: note, title: A note}
sources: [{id: note-paper, title: Paper, publisher: Somebody}]
parties:
  - {id: noter, name: Größe, established_in: [NO], evidence: [{source: note-paper, locator: "1", basis: stated}]}
"""


def note(**sections: object) -> dict:
    return document("note", **{"sources": [source("note-paper")], **sections})


@pytest.fixture
def clean(client: FlaskClient, register: Store) -> Iterator[None]:
    """Takes the documents of a test away again."""
    before = {row["id"] for row in register.documents(0, 1000)[1]}
    yield
    for row in register.documents(0, 1000)[1]:
        if row["id"] not in before:
            assert client.delete(f"{API}/documents/{row['id']}").status_code == 200


def post(client: FlaskClient, text: str | bytes, kind: str = "application/yaml"):
    return client.post(f"{API}/documents", data=text, content_type=kind)


@pytest.mark.usefixtures("clean")
@pytest.mark.parametrize(
    "kind", ["application/yaml", "application/x-yaml", "text/yaml", "application/yaml; charset=utf-8"]
)
def test_a_document_goes_in_and_comes_out_as_it_was(client: FlaskClient, kind: str):
    answer = post(client, YAML, kind)
    assert answer.status_code == 200
    assert (
        answer.json.items()
        >= {
            "added": {"sources": 1, "parties": 1},
            "changed": {},
            "removed": {},
            "same": {},
            "documents": ["note"],
        }.items()
    )
    text = got(client, "documents/note")
    assert (text.text, text.mimetype) == (YAML, "application/yaml")
    assert got(client, "parties/noter").json["established_in"] == ["NO"]
    assert post(client, YAML, kind).json.items() >= {"added": {}, "same": {"sources": 1, "parties": 1}}.items()


@pytest.mark.usefixtures("clean")
def test_a_changed_document_sweeps_what_it_no_longer_says(client: FlaskClient):
    first = note(parties=[party("noter", evidence=PAPER), party("other-noter", evidence=PAPER)])
    client.post(f"{API}/documents", json=first)
    second = note(parties=[party("noter", evidence=PAPER, town="Delft")])
    answer = client.post(f"{API}/documents", json=second).json
    assert (answer["changed"], answer["removed"], answer["same"]) == ({"parties": 1}, {"parties": 1}, {"sources": 1})
    assert_problem(got(client, "parties/other-noter"), "not-found", 404)
    versions = got(client, "documents/note/versions").json["items"][-2:]
    assert [row["action"] for row in versions] == ["loaded", "loaded"]
    older = got(client, f"documents/note?version={versions[0]['number']}")
    assert (older.mimetype, older.json) == ("application/json", first)
    assert got(client, "documents/note").json == second


@pytest.mark.usefixtures("clean")
def test_a_removed_document_is_gone_and_its_versions_stay(client: FlaskClient):
    post(client, YAML)
    assert client.delete(f"{API}/documents/note").json["removed"] == {"sources": 1, "parties": 1}
    assert_problem(got(client, "parties/noter"), "not-found", 404)
    assert "note" not in {row["id"] for row in got(client, "documents").json["items"]}
    versions = got(client, "documents/note/versions").json["items"]
    assert versions[-1]["action"] == "removed"
    assert got(client, f"documents/note?version={versions[-2]['number']}").text == YAML
    assert_problem(client.delete(f"{API}/documents/note"), "not-found", 404, "'note'")


def test_a_bad_document_changes_nothing_and_all_its_faults_are_listed(client: FlaskClient, register: Store):
    before = everything(register.bolt)
    bad = note(
        parties=[party("noter", evidence=PAPER, established_in=["UK"], colour="red")],
        services=[service("noting", "notr", evidence=PAPER)],
        flows=[flow("f", "noting", "jira-clod", evidence=PAPER, valid_from="2024-01-02", valid_until="2024-01-01")],
    )
    problem = assert_problem(client.post(f"{API}/documents", json=bad), "invalid-document", 422, "5 faults")
    assert {fault["path"] for fault in problem["errors"]} == {
        "/parties/0/established_in/0",
        "/parties/0/colour",
        "/services/0/provider",
        "/flows/0/to",
        "/flows/0/valid_until",
    }
    messages = {fault["path"]: fault["message"] for fault in problem["errors"]}
    assert "did you mean 'GB'?" in messages["/parties/0/established_in/0"]
    assert "did you mean 'noter'?" in messages["/services/0/provider"]
    assert "did you mean 'jira-cloud'?" in messages["/flows/0/to"]
    assert everything(register.bolt) == before


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"", "begins with 'document:'"),
        (b"\xff\xfe", "not UTF-8"),
        (b"a: &a [x]\nb: *a\n", "anchors"),
        (b"- " * 50_000 + b"a", "levels deep"),
        (b'{"document": NaN}', "NaN"),
        (b"x: !!int abc\n", "tags"),
        (b"? [a]\n: b\n", "a key is a word"),
        (b'{"document": {"id": "a", "title": "\\ud800"}}', "U+D800"),
    ],
)
def test_a_text_that_is_no_document_is_a_problem_and_not_a_crash(client: FlaskClient, text: bytes, words: str):
    for kind in ("application/yaml", "application/json"):
        assert_problem(post(client, text, kind), "invalid-document", 422, words)


def test_a_document_that_is_too_large_is_413(client: FlaskClient):
    problem = assert_problem(post(client, b"#" * 200_001), "document-too-large", 413)
    assert "200001" in problem["detail"]
    assert_problem(post(client, b"#" * 300_000), "document-too-large", 413)


@pytest.mark.parametrize(
    "kind", ["text/plain", "multipart/form-data", "application/x-www-form-urlencoded", "image/png", ""]
)
def test_what_a_form_of_another_site_could_send_is_415(client: FlaskClient, kind: str):
    assert_problem(post(client, YAML, kind), "unsupported-media-type", 415, "application/yaml")


def test_parameters_of_a_load_are_refused(client: FlaskClient):
    answer = client.post(f"{API}/documents?dry=1", data=YAML, content_type="application/yaml")
    assert_problem(answer, "invalid-parameter", 422, "dry")


@pytest.mark.usefixtures("clean")
def test_what_others_refer_to_cannot_be_removed(client: FlaskClient):
    answer = client.delete(f"{API}/documents/vocabulary-data")
    problem = assert_problem(answer, "invalid-document", 422)
    assert all("cannot be removed" in fault["message"] for fault in problem["errors"])


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("documents/perfony-registr", "did you mean 'perfony-register'?"),
        ("documents/perfony-registr/versions", "did you mean 'perfony-register'?"),
        ("documents/perfony-register?version=99", "there is no version 99"),
        ("documents/perfony-register?version=-1", "there is no version -1"),
        ("documents/perfony-register?version=99999999999999999999", "there is no version"),
    ],
)
def test_a_document_that_is_not_there_is_404(client: FlaskClient, path: str, words: str):
    assert_problem(got(client, path), "not-found", 404, words)
    if "version" not in path:
        assert_problem(client.delete(f"{API}/{path}"), "not-found", 404, words)


def test_every_file_of_the_seed_data_is_a_loaded_document(client: FlaskClient):
    listed = got(client, "documents").json
    assert listed["total"] == len(seed_files())
    for row in listed["items"]:
        assert row["revisions"] == 1
        assert got(client, f"documents/{row['id']}/versions").json["items"][0]["hash"] == row["hash"]


@pytest.mark.usefixtures("clean")
def test_many_loads_at_once_all_end_well(client: FlaskClient):
    refused: list[str] = []

    def run(number: int) -> None:
        entry = document(
            f"note-{number}",
            sources=[source("note-paper")],
            parties=[party("noter", evidence=PAPER), party(f"noter-{number}", evidence=PAPER)],
        )
        answer = client.application.test_client().post(f"{API}/documents", json=entry)
        if answer.status_code != 200:
            refused.append(answer.text)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert refused == []
    assert got(client, "parties?q=noter").json["total"] == 7


@pytest.mark.usefixtures("clean")
@pytest.mark.parametrize(
    ("frame", "kind"), [(bundle.as_yaml, "application/yaml"), (bundle.as_json, "application/json")]
)
def test_a_bundle_goes_in_as_its_documents(client: FlaskClient, frame: Callable[..., Iterator[bytes]], kind: str):
    second = "document: {id: second-note, title: Another note}\n"
    texts = {"note": YAML.encode(), "second-note": second.encode()}
    content = b"".join(frame({"on": "2026-11-24"}, 2, texts.items()))
    assert post(client, content, kind).json["documents"] == [*texts]
    assert {key: got(client, f"documents/{key}").data for key in texts} == texts
    broken = content.replace(b"A note", b"B note")
    assert_problem(post(client, broken, kind), "invalid-document", 422, "the text of 'note' is not what was put")
