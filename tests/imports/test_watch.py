"""The watch: lists kept as files, held against the register, with the last day to object."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graphsvc.errors import FetchRefused, InvalidDocument
from graphsvc.graph.store import Store
from graphsvc.imports.foreign.settings import ImportSettings
from graphsvc.imports.foreign.watch_list import Page, read_watch_list
from graphsvc.intake import take_in
from graphsvc.terminal.watch import watch_lines
from graphsvc.watching import Watched, watch
from tests.api.builders import (
    CLIENT_EMAIL,
    activity,
    document,
    everything,
    flow,
    load,
    party,
    service,
    vocabulary,
)
from tests.cli.conftest import run
from tests.engines.support import Engine, empty
from tests.imports.support import LIMIT

ON = "2024-06-01"
PAGE = Page("list.csv", "Name of post", "csv", "letters")


def register(**more: Any) -> dict[str, Any]:
    """Two bakeries that use the letters of Post, which uses Quill and Nimbus."""
    return document(
        "by-hand",
        parties=[party(key) for key in ("bakery", "mill", "post", "quill", "nimbus")],
        services=[
            service("letters", "post", sub_processor_list={"objection_days": 14, "notice_days": 30}, **more),
            service("quill-mail", "quill"),
            service("nimbus-cdn", "nimbus"),
        ],
        activities=[activity("news", "bakery", CLIENT_EMAIL), activity("flour", "mill", CLIENT_EMAIL)],
        flows=[
            flow("news-letters", "news", "letters", contract={"kind": "art28", "objection_days": 30}),
            flow("flour-letters", "flour", "letters"),
            flow("letters-quill", "letters", "quill-mail", role="sub_processor", places=["DE"], purpose="Mail"),
            flow("letters-nimbus", "letters", "nimbus-cdn", role="sub_processor", places=["IE"], purpose="CDN"),
        ],
    )


@pytest.fixture
def store(engine: Engine) -> Store:
    empty(engine.bolt)
    store = Store(engine.bolt)
    store.prepare()
    load(engine.bolt, vocabulary(), register())
    return store


def one(store: Store, text: str, page: Page = PAGE, on: str = ON) -> Watched:
    [found] = watch(store, [(page, text.encode())], on, LIMIT)
    return found


LIST = """Sub-processors; ;
Last updated: 2024-05-20; ;
Vendor;Purpose;Location
Name of quill;Mail;DE, US
Harbour Cloud;Back-up;NL
"""


def test_who_is_new_gone_or_elsewhere_is_told_whichever_document_says_so(store: Store):
    before = everything(store.bolt)
    found = one(store, LIST)
    assert (found.service, found.date, found.same) == ("letters", "2024-05-20", 0)
    assert {(d.what, d.party, d.places_before, d.places_after) for d in found.differences} == {
        ("gained", "harbour-cloud", None, ("NL",)),
        ("moved", "quill", ("DE",), ("DE", "US")),
        ("lost", "nimbus", ("IE",), None),
    }
    assert everything(store.bolt) == before


def test_the_last_day_to_object_comes_from_each_contract_else_from_the_list(store: Store):
    gained = one(store, LIST).differences[0]
    assert gained.what == "gained"
    assert {(w.of, w.where, w.objection_days, w.announced, w.last_day) for w in gained.windows} == {
        ("news-letters", "contract", 30, "2024-05-20", "2024-06-19"),
        ("letters", "list", 14, "2024-05-20", "2024-06-03"),
    }
    assert [d.windows for d in one(store, LIST).differences if d.what == "lost"] == [()]


def test_without_a_day_of_the_list_the_first_day_less_the_notice_tells_else_nothing_does(store: Store):
    dated = one(store, "Vendor,Location,Date added\nHarbour Cloud,NL,2024-07-01\n").differences[0]
    assert {(w.where, w.announced, w.last_day) for w in dated.windows} == {
        ("contract", None, None),
        ("list", "2024-06-01", "2024-06-15"),
    }
    undated = one(store, "Vendor,Location\nHarbour Cloud,NL\n")
    assert {w.last_day for w in undated.differences[0].windows} == {None}
    assert any("object until unknown" in line for line in watch_lines([undated]))


def test_a_list_that_is_imported_is_the_same_until_it_changes(store: Store):
    page = Page("list.csv", "Paperboat", "csv")
    take_in(store, "csv", [(LIST.encode(), ImportSettings(publisher="Paperboat", file="list.csv"))], LIMIT)
    assert (one(store, LIST, page).differences, one(store, LIST, page).same) == ((), 2)
    moved = one(store, LIST.replace("NL", "IN").replace("Mail", "Letters"), page)
    assert {(d.what, d.party) for d in moved.differences} == {("moved", "harbour-cloud"), ("other_purpose", "quill")}


def test_only_flows_of_the_day_count(store: Store):
    load(store.bolt, document("by-hand", **{k: v for k, v in register().items() if k not in {"document", "sources"}}))
    flows = register()["flows"]
    flows[-1]["valid_until"] = "2024-01-31"
    load(store.bolt, register() | {"flows": flows})
    assert "nimbus" not in {d.party for d in one(store, LIST).differences}
    assert "nimbus" in {d.party for d in one(store, LIST, on="2024-01-31").differences}


def test_a_page_that_cannot_be_read_does_not_stop_the_others(store: Store):
    pages = [(PAGE, b"no list"), (PAGE, FetchRefused("site.example is at 127.0.0.1")), (PAGE, LIST.encode())]
    first, second, third = watch(store, pages, ON, LIMIT)
    assert "no row looks like headers" in str(first.fault)
    assert second.fault == "site.example is at 127.0.0.1"
    assert len(third.differences) == 3
    lines = "\n".join(watch_lines([first, second, third]))
    assert "3 pages: 1 differ from the register, 2 could not be read" in lines
    assert json.dumps([found.body() for found in (first, second, third)])


def test_a_list_about_several_companies_is_no_page_to_watch(store: Store):
    found = one(store, "Company,Sub-processor\nA,B\nC,D\n")
    assert "several companies" in str(found.fault)


HTML = """<!doctype html><meta charset=utf-8><nav><ul><li><a href=/>Start</a></ul></nav><h1>Sub-processors</h1>
<p>Last updated: 20 May 2024<table><tr><th>Vendor<th>Purpose<th>Location
<tr><td>Name of quill<td>Mail<td>DE<br>US<tr><td>Harbour Cloud<td>Back-up<td>NL</table>"""


@pytest.mark.parametrize(
    ("text", "path", "kind", "by"),
    [
        (HTML, "list", "html", "content"),
        (HTML, "list.csv", "html", "content"),
        (LIST, "list", "csv", "content"),
        ("Last updated: 2024-05-20\n\n- Name of quill: Mail (DE, US)\n- Harbour Cloud: Back-up (NL)\n", "list.md",
         "markdown", "name"),
    ],
)  # fmt: skip
def test_what_a_page_is_need_not_be_said_and_is_shown(store: Store, text: str, path: str, kind: str, by: str):
    found = one(store, text, Page(path, "Name of post", service="letters"))
    assert (found.format, found.format_by, found.date) == (kind, by, "2024-05-20")
    assert {(d.what, d.party, d.places_after) for d in found.differences} == {
        ("gained", "harbour-cloud", ("NL",)),
        ("moved", "quill", ("DE", "US")),
        ("lost", "nimbus", None),
    }
    assert {(w.where, w.last_day) for w in found.differences[0].windows} == {
        ("contract", "2024-06-19"),
        ("list", "2024-06-03"),
    }
    assert f"{path} (Name of post): {kind} by its {by}, list of letters" in next(watch_lines([found]))


@pytest.mark.parametrize(
    ("text", "page", "words"),
    [
        ("%PDF-1.4", Page("list.html", "Post"), "is a PDF document"),
        (HTML, Page("list.csv", "Post", "csv"), "is html by its content, not csv as was said"),
        (
            "<form>Log in<input type=password></form>",
            Page("list", "Post", media_type="text/html"),
            "a page to log in on",
        ),
        ("Log in", Page("list", "Post", media_type="text/html"), "neither a table nor a list"),
    ],
)
def test_a_page_that_became_something_else_is_told(store: Store, text: str, page: Page, words: str):
    assert words in str(one(store, text, page).fault)


# The list of pages


def test_faults_of_the_list_of_pages_are_all_told_with_their_lines():
    with pytest.raises(InvalidDocument) as error:
        read_watch_list(b"pages:\n  - path: a.csv\n    format: pdf\n    colour: red\n", "pages.yaml")
    assert {(fault.path, fault.line) for fault in error.value.faults} == {
        ("/pages/0/publisher", 2),
        ("/pages/0/format", 3),
        ("/pages/0/colour", 4),
    }


def test_a_page_may_have_a_mapping():
    text = b"pages: [{path: a.csv, publisher: P, format: csv, map: {columns: {a: sub_processor}, header: 1}}]"
    [page] = read_watch_list(text)
    assert (page.words.columns, page.words.header, page.settings().kind) == ({"a": "sub_processor"}, 1, "list")


# On the command line


@pytest.mark.engine
def test_watch_reads_files_beside_the_list_and_fetches_nothing_unless_told(data: Path, tmp_path: Path):
    (tmp_path / "list.csv").write_text(LIST)
    (tmp_path / "page").write_text(HTML)
    pages = tmp_path / "pages.yaml"
    pages.write_text(
        "pages:\n"
        "  - {path: list.csv, publisher: Paperboat, format: csv, address: 'https://127.0.0.1:1/list.csv'}\n"
        "  - {path: nowhere.csv, publisher: Tidewater, format: csv}\n"
        "  - {path: page, publisher: Paper Hat}\n"
    )
    quiet = run(data, "watch", pages, "--on", ON)
    assert quiet.returncode == 0, quiet.stderr
    assert "list.csv (Paperboat): list of paperboat-services, of 2024-05-20; 0 the same" in quiet.stdout
    assert "new           Harbour Cloud (harbour-cloud): Back-up; NL" in quiet.stdout
    assert "nowhere.csv: No such file" in quiet.stdout
    assert "page (Paper Hat): html by its content, list of paper-hat-services, of 2024-05-20" in quiet.stdout
    assert "graphsvc import html page --publisher 'Paper Hat' --dry-run" in quiet.stdout
    told = run(data, "watch", pages, "--on", ON, "--fetch", "--format", "json")
    found = json.loads(told.stdout)
    assert "127.0.0.1, which is no public address" in found[0]["fault"]
    assert (tmp_path / "list.csv").read_text() == LIST


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"
