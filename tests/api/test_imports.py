"""Other people's formats over HTTP."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from graphsvc.graph.store import Store
from graphsvc.imports.foreign.own_sheet import COLUMNS, KEY
from tests.api.builders import everything
from tests.api.support import API, assert_as_promised, assert_problem

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LIST = "Vendor;Purpose;Location;Colour\nZendesk;Support;Worldwide;red\nHarbour Cloud;Hosting;NL;\n"


@pytest.fixture
def clean(client: FlaskClient, register: Store) -> Iterator[None]:
    """Takes the documents of a test away again."""
    before = {row["id"] for row in register.documents(0, 1000)[1]}
    yield
    for row in register.documents(0, 1000)[1]:
        if row["id"] not in before:
            assert client.delete(f"{API}/documents/{row['id']}").status_code == 200


def post(client: FlaskClient, form: str, data: str | bytes, kind: str | None = "text/csv", **query: str):
    response = client.post(f"{API}/imports/{form}", data=data, content_type=kind, query_string=query)
    assert_as_promised(client, response)
    return response


def test_a_dry_run_shows_what_would_change_and_what_was_not_understood(client: FlaskClient, register: Store):
    before = everything(register.bolt)
    answer = post(client, "csv", LIST, publisher="Paperboat", dry_run="true", file="list.csv")
    assert answer.status_code == 200
    body = answer.json
    assert (body["dry_run"], body["added"]["flows"], body["documents"]) == (True, 2, ["list-paperboat"])
    assert {(change["what"], change["id"]) for change in body["changes"] if change["section"] == "flows"} == {
        ("added", "list-paperboat-to-zendesk-support"),
        ("added", "list-paperboat-to-harbour-cloud-services"),
    }
    remarks = {(remark["place"], remark["kind"], remark["written"]) for remark in body["report"]["remarks"]}
    assert ("line 2, column Location", "not_understood", "Worldwide") in remarks
    assert any(place == "column 4 (Colour)" for place, _, _ in remarks)
    assert everything(register.bolt) == before


@pytest.mark.usefixtures("clean")
def test_an_import_is_a_document_like_any_other(client: FlaskClient):
    assert post(client, "csv", LIST, publisher="Paperboat").json["dry_run"] is False
    document = client.get(f"{API}/documents/list-paperboat").json
    assert {flow["to"] for flow in document["flows"]} == {"zendesk-support", "harbour-cloud-services"}
    again = post(client, "csv", LIST, publisher="Paperboat").json
    assert (again["added"], again["changed"], again["removed"], again["changes"]) == ({}, {}, {}, [])


PAGE = """<!doctype html><title>Us</title><nav><ul><li><a href="/jobs">Jobs</a></ul></nav><h1>Sub-processors</h1>
<p>Last updated: 3 March 2024<table><tr><th>Vendor<th>Location<tr><td>Zendesk<td>Worldwide
<tr><td>Harbour Cloud<td>NL<br>DE</table><ul><li><b>Quillmail</b> (Ireland): mail</ul>"""


@pytest.mark.usefixtures("clean")
@pytest.mark.parametrize("kind", ["text/html", "text/html; charset=utf-8", "application/xhtml+xml"])
def test_a_web_page_goes_the_whole_way(client: FlaskClient, kind: str):
    dry = post(client, "html", PAGE, kind, publisher="Paperboat", file="page.html", dry_run="true").json
    assert (dry["dry_run"], dry["added"]["flows"]) == (True, 3)
    remarks = {(remark["place"], remark["kind"], remark["written"]) for remark in dry["report"]["remarks"]}
    assert {
        ("table 1, row 2, column Location", "not_understood", "Worldwide"),
        ("line 1", "left_out", "Jobs"),
    } <= remarks
    assert post(client, "html", PAGE, kind, publisher="Paperboat", file="page.html").json["added"]["flows"] == 3
    document = client.get(f"{API}/documents/list-paperboat").json
    assert {flow["to"]: flow.get("places") for flow in document["flows"]} == {
        "zendesk-support": ["unknown"],
        "harbour-cloud-services": ["NL", "DE"],
        "quillmail-services": ["IE"],
    }
    [source] = document["sources"]
    assert (source["date"], source["publisher"]) == ("2024-03-03", "Paperboat")
    assert "page.html" in source["note"]
    assert {flow["evidence"][0]["basis"] for flow in document["flows"]} == {"public_list"}
    again = post(client, "html", PAGE.replace("NL<br>", ""), kind, publisher="Paperboat", file="page.html").json
    assert [(c["what"], c["id"]) for c in again["changes"] if c["section"] == "flows"] == [
        ("changed", "list-paperboat-to-harbour-cloud-services")
    ]


@pytest.mark.usefixtures("clean")
def test_a_mapping_comes_as_json_in_the_query(client: FlaskClient):
    mapping = json.dumps({"columns": {"a": "sub_processor", "b": "places"}, "header": 1})
    answer = post(client, "csv", "a,b\nHarbour Cloud,NL\n", publisher="Paperboat", kind_="x", map=mapping)
    assert_problem(answer, "invalid-parameter", 422, "kind_")
    answer = post(client, "csv", "a,b\nHarbour Cloud,NL\n", publisher="Paperboat", map=mapping)
    assert [column["field"] for column in answer.json["report"]["columns"]] == ["sub_processor", "places"]


@pytest.mark.parametrize(
    ("form", "kind", "query", "slug", "status"),
    [
        ("csv", "text/csv", {}, "invalid-parameter", 422),
        ("csv", "text/csv", {"publisher": "P", "colour": "red"}, "invalid-parameter", 422),
        ("csv", "text/csv", {"publisher": "P", "date": "03/04/2024"}, "invalid-parameter", 422),
        ("csv", "text/csv", {"publisher": "P", "map": "columns: ["}, "invalid-document", 422),
        ("csv", "text/csv", {"publisher": "P", "map": "colums: {}"}, "invalid-document", 422),
        ("csv", "application/x-www-form-urlencoded", {"publisher": "P"}, "unsupported-media-type", 415),
        ("csv", "text/plain", {"publisher": "P"}, "unsupported-media-type", 415),
        ("html", "text/csv", {"publisher": "P"}, "unsupported-media-type", 415),
        ("html", "text/html", {"publisher": "P"}, "invalid-document", 422),
        ("cvs", "text/csv", {"publisher": "P"}, "not-found", 404),
    ],
)
def test_what_cannot_be_imported_is_a_problem(
    client: FlaskClient, form: str, kind: str, query: dict[str, str], slug: str, status: int
):
    assert_problem(post(client, form, LIST, kind, **query), slug, status)


def test_a_file_that_is_no_list_is_a_problem_that_says_how_to_name_columns(client: FlaskClient):
    problem = assert_problem(post(client, "csv", "a,b\n1,2\n", publisher="P"), "invalid-document", 422)
    assert "mapping" in problem["errors"][0]["message"]


def test_a_file_that_is_too_large_is_413(client: FlaskClient):
    assert_problem(post(client, "csv", "x" * 200_001, publisher="P"), "document-too-large", 413)


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("controller", ["connectis", "infactor", "itfixe", "perfacilis", "perfony"])
def test_the_record_of_each_controller_comes_back_as_it_is(
    client: FlaskClient, register: Store, controller: str, language: str
):
    address = f"{API}/exports/art30-1?controller={controller}&on=2026-11-24&format=xlsx&lang={language}"
    record = client.get(address).data
    body = post(client, "xlsx", record, SPREADSHEET, dry_run="true").json
    assert (body["changes"], body["report"]["remarks"], body["added"], body["removed"]) == ([], [], {}, {})
    assert body["same"]["activities"] >= body["report"]["rows_imported"] > 0
    made = load_workbook(io.BytesIO(record))
    page = made.worksheets[0]
    page["B2"] = "A better name"
    changed = io.BytesIO()
    made.save(changed)
    body = post(client, "xlsx", changed.getvalue(), SPREADSHEET, dry_run="true").json
    [one] = [change for change in body["changes"] if change["section"] != "sources"]
    assert (one["section"], one["what"], one["id"]) == (
        "activities",
        "changed",
        page.cell(2, COLUMNS.index(KEY) + 1).value,
    )
    assert one["after"]["name"] == "A better name"


@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_cell_of_a_record_says_what_the_register_says(client: FlaskClient, register: Store, language: str):
    """What stood in the cells is changed, so that all of them are read: the facts are still the same."""
    for controller in ("connectis", "infactor", "itfixe", "perfacilis", "perfony"):
        address = f"{API}/exports/art30-1?controller={controller}&on=2026-11-24&format=xlsx&lang={language}"
        made = load_workbook(io.BytesIO(client.get(address).data))
        kept = made["graphsvc"]
        for row in kept.iter_rows(min_row=3):
            for key, cell in zip(COLUMNS, row, strict=False):
                if key in ("purposes", "legal_basis", "special_condition", "data") and cell.value:
                    cell.value = f"{cell.value}\nx"
        changed = io.BytesIO()
        made.save(changed)
        body = post(client, "xlsx", changed.getvalue(), SPREADSHEET, dry_run="true").json
        for change in body["changes"]:
            if change["section"] != "sources":
                assert {key: ids(change["before"].get(key, [])) for key in FACTS} == {
                    key: ids(change["after"].get(key, [])) for key in FACTS
                }
        assert [each for each in body["report"]["remarks"] if each["kind"] == "not_understood"] == []


FACTS = ("purposes", "legal_bases", "special_conditions", "data")


def ids(values: list) -> list:
    """What is said, without where."""
    return [
        value if isinstance(value, str) else {key: each for key, each in value.items() if key != "evidence"}
        for value in values
    ]
