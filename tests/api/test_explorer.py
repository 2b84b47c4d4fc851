"""The page at `/` as the service writes it: whole without JavaScript, and its built files kept for ever."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from graphsvc.api.explorer import BUILT
from graphsvc.graph.store import Store
from tests.api.builders import activity, document, flow, load, party, service

FIVE = {"Perfacilis", "Perfony", "Connectis", "ITfixe", "InFactor"}
ENDED = "?controller=connectis&on=2020-07-16"


def text_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_without_javascript_it_shows_where_each_controller_stands(client: FlaskClient):
    text = text_of(client.get("/?plain=1").text)
    assert all(name in text for name in FIVE)
    assert "Uncovered" in text


def test_without_javascript_a_controller_has_its_table_and_its_picture(client: FlaskClient):
    page = client.get(f"/{ENDED}&plain=1").text
    assert "Google Analytics" in text_of(page)
    assert "⊘ Lapsed: 1" in text_of(page)
    [picture] = re.findall(r'<img class="sheet"[^>]* src="([^"]+)"', page)
    assert client.get(unescape(picture)).content_type == "image/svg+xml"


def test_it_speaks_the_language_of_the_browser_and_of_the_address(client: FlaskClient):
    dutch = client.get(f"/{ENDED}&plain=1", headers={"Accept-Language": "nl,en;q=0.5"}).text
    assert '<html lang="nl">' in dutch
    assert "Vervallen" in dutch
    assert '<html lang="en">' in client.get("/?lang=en", headers={"Accept-Language": "nl"}).text


@pytest.mark.parametrize("address", ["/?controller=nobody", "/?controller=<script>alert(1)</script>"])
def test_a_controller_that_is_not_there_is_said_with_a_way_on(client: FlaskClient, address: str):
    answer = client.get(address)
    assert answer.status_code == 404
    assert "there is no party" in text_of(answer.text)
    assert "<script>alert" not in answer.text
    assert '<a href="/">' in answer.text


@pytest.mark.skipif(not BUILT.exists(), reason="the page is not built: make page")
def test_with_javascript_it_is_light_and_says_what_is_going_to_be_asked_first(client: FlaskClient):
    page = client.get(f"/{ENDED}").text
    assert "Google Analytics" not in page
    [asked] = re.findall(r'<link rel="preload"[^>]* href="([^"]+)"', page)
    assert unescape(asked) == "/api/v1/picture?on=2020-07-16&controller=connectis&page_size=10000"
    assert client.get(unescape(asked)).json["total"] > 0
    [plain] = re.findall(r'<noscript><meta http-equiv="refresh" content="0; url=([^"]+)">', page)
    assert "Google Analytics" in client.get(unescape(plain)).text


@pytest.mark.parametrize("address", ["/?on=yesterday", "/?on=2020-02-31", "/?lang=xx&nothing=1"])
def test_what_it_cannot_understand_it_leaves_out(client: FlaskClient, address: str):
    assert client.get(address).status_code == 200


def test_text_of_the_register_is_never_html(client: FlaskClient, register: Store):
    name = "<img src=x onerror=alert(1)>"
    item = {"subject": "client", "category": "email-address"}
    odd = document(
        "odd",
        parties=[party("odd-one", name=name, established_in=["NL"])],
        services=[service("odd-service", "odd-one", name=name)],
        activities=[activity("odd-activity", "odd-one", item, name=name)],
        flows=[flow("odd-flow", "odd-activity", "odd-service")],
    )
    try:
        load(register.bolt, odd)
        page = client.get("/?controller=odd-one&plain=1").text
        assert name not in page
        assert name in unescape(page)
    finally:
        client.delete("/api/v1/documents/odd")


def test_nothing_is_loaded_from_elsewhere_and_nothing_stands_in_the_page_itself(client: FlaskClient):
    answer = client.get("/")
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    assert not re.search(r"<style|style=|onload=|onclick=|<script>", answer.text)
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", answer.text)


@pytest.mark.skipif(not BUILT.exists(), reason="the page is not built: make page")
def test_its_files_are_kept_for_ever_and_change_their_names_with_their_content(client: FlaskClient):
    files = re.findall(r'"(/assets/[^"]+)"', client.get("/").text)
    assert {file.rpartition(".")[2] for file in files} == {"js", "css"}
    for file in files:
        answer = client.get(file)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
        assert re.search(r"-[\w-]{8}\.(js|css)$", file)
        answer.close()


@pytest.mark.parametrize("name", ["../manifest.json", "%2e%2e/manifest.json", "nothing.js"])
def test_no_other_files_are_served(client: FlaskClient, name: str):
    assert client.get(f"/assets/{name}").status_code == 404
