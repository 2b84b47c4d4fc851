"""Each state of the page: readable for everybody, at every width, and with a way on when something is wrong."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.api.builders import activity, document, flow, party, service
from tests.api.conftest import serving
from tests.web.conftest import Opens, Visit

ON = "2020-07-16"
WHAT_IF = json.dumps([{"kind": "end_decision", "decision": "us-dpf"}])
STATES = {
    "start": {"on": ON},
    "loaded": {"controller": "connectis", "on": ON},
    "large": {"controller": "perfacilis", "depth": 3},
    "flow": {"controller": "connectis", "on": ON, "select": "flow:connectis-website-statistics-google-analytics"},
    "node": {"controller": "connectis", "on": ON, "select": "node:google-analytics"},
    "holders": {"tool": "holders", "category": "email-address"},
    "breach": {"tool": "breach", "party": "google"},
    "paths": {"tool": "paths", "from": "perfacilis", "to": "atlassian"},
    "what-if": {"controller": "connectis", "tool": "what-if", "what-if": WHAT_IF},
    "claims": {"controller": "itfixe", "tool": "claims"},
    "gaps": {"controller": "connectis", "tool": "gaps", "on": ON},
    "dutch gaps": {"controller": "itfixe", "tool": "gaps", "lang": "nl"},
    "picking": {"controller": "connectis", "tool": "what-if", "theme": "dark"},
    "nothing fits": {"controller": "connectis", "status": "derogation"},
    "dark": {"controller": "connectis", "on": ON, "theme": "dark", "lang": "nl"},
}
HTML = "<img src=x onerror=alert(1)>"


@pytest.mark.parametrize("state", STATES.values(), ids=STATES.keys())
def test_each_state_passes_axe(visit: Visit, state: dict[str, str]):
    visit.open(**state)
    visit.axe()


@pytest.mark.parametrize("state", ["start", "loaded", "flow", "breach", "what-if"])
@pytest.mark.parametrize("width", [320, 720])
def test_nothing_is_cut_off_on_a_narrow_screen_or_at_twice_the_size(visiting: Opens, state: str, width: int):
    page = visiting(viewport={"width": width, "height": 800}).open(**STATES[state])
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_nothing_moves_for_those_who_do_not_want_it(visiting: Opens):
    page = visiting(reduced_motion="reduce").open(**STATES["loaded"])
    moving = "[...document.querySelectorAll('*')].filter(e => parseFloat(getComputedStyle(e).transitionDuration) > 0)"
    assert page.evaluate(f"{moving}.length") == 0


def test_a_controller_that_is_not_there_is_named_with_a_way_on(visiting: Opens):
    visit = visiting(may_complain=True)
    page = visit.open(controller="nobody")
    expect(page.get_by_role("alert")).to_contain_text("'nobody'")
    visit.axe()
    page.get_by_role("link", name="start page").click()
    expect(page.locator(".standing")).to_have_count(5)


def test_a_controller_that_is_not_there_is_named_in_dutch_too(visiting: Opens):
    page = visiting(may_complain=True).open(controller="nobody", lang="nl")
    expect(page.get_by_role("alert")).to_contain_text("er is geen partij 'nobody' in het register")


def test_when_the_service_is_away_it_says_so_and_comes_back(visiting: Opens):
    visit = visiting(may_complain=True)
    page = visit.open(**STATES["loaded"])
    page.context.set_offline(True)
    page.get_by_role("button", name="Today").click()
    expect(page.get_by_role("alert")).to_contain_text("does not answer")
    visit.axe()
    page.context.set_offline(False)
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Connectis")


def test_when_a_login_has_ended_it_says_so(visiting: Opens):
    visit = visiting(may_complain=True)
    visit.page.route("**/api/v1/picture?*", lambda route: route.fulfill(status=401, body=""))
    page = visit.open(**STATES["loaded"])
    expect(page.get_by_role("alert")).to_contain_text("login has ended")
    visit.axe()


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service whose register is empty."""
    with serving(tmp_path_factory.mktemp("empty")) as running:
        yield f"http://127.0.0.1:{running.port}"


def test_an_empty_register_says_how_to_fill_it(visiting: Opens, empty: str):
    visit = visiting(empty)
    page = visit.open()
    expect(page.locator("main")).to_contain_text("graphsvc seed")
    visit.axe()


def test_text_of_the_register_is_shown_as_it_is_written(visiting: Opens, empty: str):
    odd = document(
        "odd",
        subject_categories=[{"id": "client", "name": {"en": HTML, "nl": HTML}, "evidence": _evidence()}],
        data_categories=[{"id": "email", "name": {"en": HTML, "nl": HTML}, "evidence": _evidence()}],
        parties=[party("odd-one", name=HTML, established_in=["NL"]), party("odd-two", name=HTML)],
        services=[service("odd-service", "odd-two", name=HTML)],
        activities=[activity("odd-activity", "odd-one", {"subject": "client", "category": "email"}, name=HTML)],
        flows=[flow("odd-flow", "odd-activity", "odd-service", purpose=HTML)],
    )
    send(empty, odd)
    try:
        visit = visiting(empty)
        for view in ({}, {"controller": "odd-one", "select": "flow:odd-flow"}, {"tool": "breach", "party": "odd-two"}):
            page = visit.open(**view)
            expect(page.locator("main")).to_contain_text(HTML)
            assert page.locator("img").count() == 0
    finally:
        send(empty, document("odd"))


def _evidence() -> list[dict[str, str]]:
    return [{"source": "statement", "locator": "1", "basis": "stated"}]


def send(address: str, body: dict[str, object]) -> None:
    """Load a document over HTTP."""
    request = urllib.request.Request(
        f"{address}/api/v1/documents", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request) as answer:
        assert answer.status == 200


def test_without_javascript_the_table_and_the_picture_of_the_service_are_there(visiting: Opens):
    visit = visiting(java_script_enabled=False)
    page = visit.page
    page.goto(f"{visit.base}/?controller=connectis&on={ON}")
    page.wait_for_url("**plain=1**", wait_until="load")
    expect(page.locator("table")).to_contain_text("Google Analytics")
    expect(page.locator("h1")).to_contain_text("Connectis")
    box = page.locator("img.sheet").bounding_box()
    assert box is not None
    assert box["width"] > 200
    page.get_by_role("combobox", name="Controller").select_option("perfony")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("h1")).to_contain_text("Perfony")
