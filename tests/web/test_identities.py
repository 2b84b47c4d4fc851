"""Likely duplicates on the page: what is proposed, deciding by keyboard, taking it back, in both languages."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.api.builders import document, party
from tests.web.conftest import Opens, Visit

ONE, TWO = "Zz Harbour Cloud B.V.", "ZZ HARBOUR CLOUD"


def call(base: str, method: str, path: str, body: Any = None) -> Any:
    """Ask the service itself."""
    headers = {"Content-Type": "application/json"}
    content = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{base}/api/v1/{path}", content, headers, method=method)
    with urllib.request.urlopen(request) as response:
        return json.load(response)


@pytest.fixture(autouse=True)
def people(base: str) -> Iterator[None]:
    """Two parties that are one, and 51 with one domain; they and what was decided go again."""
    crowd = [party(f"zz-at-mail-{number}", domains=["zz-mail.example"]) for number in range(51)]
    named = [party("zz-harbour", name=ONE, domains=["zz-harbour.example"]), party("zz-harbour-cloud", name=TWO)]
    call(base, "POST", "documents", document("zz-people", parties=[*named, *crowd]))
    yield
    for row in call(base, "GET", "documents?page_size=1000")["items"]:
        if row["id"] == "zz-people" or row["id"].startswith("decision.zz-"):
            call(base, "DELETE", f"documents/{row['id']}")


def pair(page: Page) -> Locator:
    return page.locator(".pair", has_text="Zz Harbour Cloud")


def test_a_likely_duplicate_is_merged_by_keyboard_and_taken_back(visit: Visit):
    page = visit.open()
    page.get_by_role("link", name="Likely duplicates").click()
    visit.settled()
    expect(page.locator(".stage")).to_have_count(0)
    card = pair(page)
    expect(card).to_contain_text('The same name, but for signs and legal form: "Zz Harbour Cloud B.V."')
    expect(card.locator(".severity")).to_have_text("Likely")
    ask = card.get_by_role("button", name=re.compile("^They are one: Zz Harbour"))
    ask.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Are these one party?")
    expect(dialog.get_by_role("radio", name=re.compile(ONE))).to_be_checked()
    visit.axe()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(ask).to_be_focused()
    page.keyboard.press("Enter")
    dialog.get_by_role("radio", name=re.compile(TWO)).check()
    reason = dialog.get_by_role("textbox", name="Reason (needed)")
    reason.fill("")
    expect(dialog.get_by_role("button", name="They are one")).to_be_disabled()
    reason.fill("The trade register says so")
    dialog.get_by_role("button", name="They are one").press("Enter")
    expect(dialog).to_have_count(0)
    expect(page.locator("#identities")).to_be_focused()
    expect(page.get_by_role("status").filter(has_text=f"{ONE} and {TWO} count as one party now.")).to_have_count(1)
    expect(pair(page)).to_have_count(0)
    [decided] = call(visit.base, "GET", "identities?party=zz-harbour&kind=same")["items"]
    assert (decided["stays"], decided["reasons"][0]["reason"]) == ("zz-harbour-cloud", "The trade register says so")
    page.get_by_role("combobox", name="Show", exact=True).select_option("same")
    visit.settled()
    pair(page).get_by_role("button", name=re.compile("^Take back")).click()
    visit.axe()
    page.get_by_role("dialog", name="Take this decision back?").get_by_role("button", name="Take back").click()
    expect(page.locator(".done")).to_contain_text("is taken back")
    page.get_by_role("combobox", name="Show", exact=True).select_option("proposal")
    expect(pair(page)).to_have_count(1)


def test_two_that_are_not_one_are_not_proposed_again_until_that_is_taken_back(visit: Visit):
    page = visit.open(tool="identities")
    pair(page).get_by_role("button", name=re.compile("^They are not one")).click()
    dialog = page.get_by_role("dialog", name="Are these two parties?")
    expect(dialog.get_by_role("radio")).to_have_count(0)
    dialog.get_by_role("textbox").fill("Two companies of one street")
    dialog.get_by_role("button", name="They are not one").click()
    expect(page.locator(".done")).to_contain_text(f"{ONE} and {TWO} stay two parties.")
    expect(pair(page)).to_have_count(0)
    page.locator(".done").get_by_role("button", name="Take back").click()
    page.get_by_role("dialog").get_by_role("button", name="Take back").click()
    expect(pair(page)).to_have_count(1)


def test_what_the_service_refuses_is_said_in_the_dialog(visiting: Opens):
    visit = visiting(may_complain=True)
    page = visit.open(tool="identities")
    pair(page).get_by_role("button", name=re.compile("^They are one")).click()
    call(visit.base, "DELETE", "documents/zz-people")
    page.get_by_role("dialog").get_by_role("button", name="They are one").click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("zz-harbour")
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_where_the_question_was_stopped_it_can_be_asked_again(visiting: Opens):
    visit = visiting(may_complain=True)
    problem = {"type": "/problems/question-too-dear", "status": 503, "detail": "Whoever asks again goes on from there."}
    visit.page.route(
        "**/api/v1/identities?*",
        lambda route: route.fulfill(status=503, body=json.dumps(problem), content_type="application/problem+json"),
        times=1,
    )
    page = visit.open(tool="identities")
    expect(page.locator(".panel")).to_contain_text("Whoever asks again goes on from there.")
    page.get_by_role("button", name="Try again").click()
    expect(pair(page)).to_have_count(1)


def test_a_party_of_a_pair_is_opened_beside_the_list(visit: Visit):
    page = visit.open(tool="identities")
    pair(page).get_by_role("link", name=TWO, exact=True).click()
    visit.settled()
    assert "party=zz-harbour-cloud" in page.url
    expect(page.get_by_role("heading", level=1)).to_contain_text(TWO)
    expect(pair(page)).to_have_count(1)


def test_what_was_not_compared_is_told(visit: Visit):
    page = visit.open(tool="identities")
    page.get_by_text("Not compared: 1").click()
    expect(page.locator(".panel")).to_contain_text("51 parties have the domain zz-mail.example in common, too many")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_it_speaks_dutch_and_fits_every_screen(visiting: Opens, artefacts: Path, width: int, theme: str):
    visit = visiting(viewport={"width": width, "height": 900})
    page = visit.open(tool="identities", lang="nl", theme=theme)
    expect(pair(page)).to_contain_text("Dezelfde naam, op leestekens en rechtsvorm na")
    pair(page).get_by_role("button", name=re.compile("^Dezelfde partij: ")).click()
    expect(page.get_by_role("dialog", name="Is dit één partij?")).to_contain_text("Wiens id en naam blijven")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    visit.axe()
    page.screenshot(path=artefacts / f"identities-{width}-{theme}-dialog.png")
    page.keyboard.press("Escape")
    page.screenshot(path=artefacts / f"identities-{width}-{theme}.png", full_page=True)
    visit.axe()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "The address asks for 2020-13-45, a day that does not exist. What you see is of today"),
        ("nl", "Het adres vraagt om 2020-13-45, een dag die niet bestaat. Wat u ziet is van vandaag"),
    ],
)
def test_a_day_that_does_not_exist_is_named_until_another_is_chosen(visit: Visit, language: str, said: str):
    page = visit.open(controller="connectis", on="2020-13-45", lang=language)
    expect(page.get_by_role("alert")).to_contain_text(said)
    visit.axe()
    page.get_by_role("slider").press("PageDown")
    visit.settled()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_without_javascript_a_day_that_does_not_exist_is_named_too(visiting: Opens):
    visit = visiting(java_script_enabled=False)
    visit.page.goto(f"{visit.base}/?plain=1&on=2020-13-45")
    expect(visit.page.get_by_role("alert")).to_contain_text("The address asks for 2020-13-45")
