"""What a privacy officer does with the page, in a real browser against the running service."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Page, expect

from graphsvc.imports.changes import KINDS
from graphsvc.imports.what_if import read_what_if
from tests.checkout import ROOT
from tests.web.conftest import LONGEST_WAIT, Opens, Visit

SEEDED = ROOT / "seed_data" / "what_if"

FIVE = ("Perfacilis", "Perfony", "Connectis", "ITfixe", "InFactor")
DAY_BEFORE, SHIELD_ENDS = "2020-07-15", "2020-07-16"
TAKEN = (("connectis", "png"), ("connectis", "svg"), ("picture", "csv"))
ANALYTICS = "connectis-website-statistics-google-analytics"


def chip(page: Page, word: str) -> int:
    """How many flows stand on a footing, as the page says; 0 when it does not say so."""
    found = page.locator(".chip", has_text=word)
    return int(found.locator("b").inner_text()) if found.count() else 0


def rows(page: Page) -> list[str]:
    return page.locator(".table tbody tr").all_inner_texts()


def pick(page: Page, field: str, words: str, choice: str) -> None:
    """Search for something in a field, and take it by keyboard."""
    box = page.get_by_role("combobox", name=field, exact=True)
    box.fill(words)
    expect(page.get_by_role("listbox", name=field).get_by_role("option", selected=True)).to_have_text(
        re.compile(choice)
    )
    box.press("Enter")


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlparse(page.url).query)


def test_the_start_shows_each_controller_with_its_footings_its_unnamed_recipients_and_contradictions(visit: Visit):
    page = visit.open()
    cards = page.locator(".standing")
    expect(cards).to_have_count(5)
    for name in FIVE:
        card = page.locator(".standing", has_text=name)
        expect(card).to_contain_text("Recipients without a name")
        expect(card).to_contain_text("Contradictions:")
    cards.filter(has_text="Connectis").get_by_role("link", name="Connectis").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Connectis")


@pytest.mark.parametrize(
    ("words", "heading"),
    [
        ("connectis", "Connectis"),
        ("atlassian", "Everything that leads to Atlassian|What leads to Atlassian"),
        ("email address", "Who holds .*"),
    ],
)
def test_everything_is_found_by_keyboard_alone(visit: Visit, words: str, heading: str):
    page = visit.open()
    page.keyboard.press("/")
    page.keyboard.type(words)
    expect(page.locator("#hits [aria-selected=true]")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(heading, re.IGNORECASE))


def test_the_day_turns_connectis_analytics_from_adequate_to_lapsed(visit: Visit):
    page = visit.open(controller="connectis", on=DAY_BEFORE)
    assert chip(page, "Lapsed") == 0
    slider = page.get_by_role("slider")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".chip", has_text="Lapsed")).to_be_visible()
    assert asked(page)["on"] == [SHIELD_ENDS]
    expect(page.locator(".turns")).to_contain_text("Website statistics → Google Analytics")
    expect(page.locator(".turns")).to_contain_text("to Lapsed")
    expect(page.locator(".happens")).to_contain_text("Privacy Shield decision declared invalid")
    assert any("Lapsed" in row and "Google Analytics" in row for row in rows(page))


def test_playing_goes_through_the_marked_days(visit: Visit):
    page = visit.open(controller="connectis", on="2020-01-31")
    page.get_by_role("button", name="Play").click()
    expect(page.locator(".turns")).to_contain_text("to Lapsed", timeout=LONGEST_WAIT)
    page.get_by_role("button", name="Pause").click()
    assert asked(page)["on"] >= [SHIELD_ENDS]


def test_days_of_the_register_are_marked_apart_from_those_of_the_law(visit: Visit):
    page = visit.open(controller="itfixe", on="2026-07-01")
    expect(page.locator(".marks path.facts")).to_have_count(2)
    assert page.locator(".marks circle").count() > 5
    expect(page.locator(".marks-mean")).to_contain_text("flows or contracts")
    following = page.get_by_role("button", name=re.compile("Next marked day: 9 July 2026. register: .* begins to send"))
    following.click()
    visit.settled()
    assert asked(page)["on"] == ["2026-07-09"]
    expect(page.locator(".happens")).to_contain_text("register: Exchange Online (Outlook) begins to send")
    expect(page.locator(".happens")).to_contain_text("sub-processor")
    page.get_by_role("button", name="Play").click()
    expect(page.locator(".happens")).to_contain_text("18 September 2026", timeout=LONGEST_WAIT)
    page.get_by_role("button", name="Pause").click()


def test_days_of_the_register_are_not_marked_where_no_controller_is_seen(visit: Visit):
    page = visit.open(on="2026-07-01")
    expect(page.locator(".marks circle").first).to_be_attached()
    expect(page.locator(".marks path.facts")).to_have_count(0)


def test_page_keys_on_the_slider_go_to_the_marked_days(visit: Visit):
    page = visit.open(controller="connectis", on="2020-03-01")
    page.get_by_role("slider").focus()
    page.keyboard.press("PageUp")
    assert asked(page)["on"] == [SHIELD_ENDS]
    page.keyboard.press("PageDown")
    assert asked(page)["on"] == ["2020-01-31"]


def test_the_table_is_the_peer_of_the_picture(visit: Visit):
    page = visit.open(controller="connectis", on=SHIELD_ENDS)
    assert len(rows(page)) == sum(chip(page, word) for word in ("Uncovered", "Lapsed", "Unknown"))
    page.locator(".table tbody tr", has_text="Lapsed").get_by_role("button").click()
    assert asked(page)["select"] == [f"flow:{ANALYTICS}"]
    details = page.locator("#details")
    for text in ("Google Analytics", "Judgment C-311/18", "Privacy Shield", "Privacyverklaring Connectis", "stated"):
        expect(details).to_contain_text(text)
    expect(page.locator("tr.selected")).to_have_count(1)


def test_a_journey_by_keyboard_through_the_picture_to_the_details_and_back(visit: Visit):
    page = visit.open(controller="connectis", on=SHIELD_ENDS)
    picture = page.get_by_role("application")
    picture.focus()
    said = page.locator("[role=status]")
    page.keyboard.press("ArrowRight")
    expect(said).to_contain_text("Connectis")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(said).to_contain_text("→")
    assert asked(page)["select"][0].startswith("flow:")
    page.keyboard.press("Enter")
    expect(page.locator("#details")).to_be_focused()
    page.keyboard.press("Escape")
    assert "select" not in asked(page)
    expect(picture).to_be_focused()


def test_filters_are_in_the_address_and_back_and_forward_work(visit: Visit):
    page = visit.open(controller="perfacilis", on="2026-11-20")
    everything = len(rows(page))
    page.locator(".chip", has_text="Uncovered").click()
    visit.settled()
    assert asked(page)["status"] == ["uncovered"]
    assert 0 < len(rows(page)) < everything
    page.locator(".filters > summary").click()
    page.locator(".several", has_text="Role").locator("summary").click()
    page.get_by_role("checkbox", name="sub-processor", exact=True).check()
    visit.settled()
    assert all("sub-processor" in row for row in rows(page))
    page.go_back()
    page.go_back()
    visit.settled()
    assert len(rows(page)) == everything
    page.go_forward()
    visit.settled()
    assert asked(page)["status"] == ["uncovered"]


def test_several_countries_and_roles_can_be_chosen_together(visit: Visit):
    page = visit.open(controller="perfacilis", on="2026-11-20", depth=9)
    page.locator(".filters > summary").click()
    page.locator(".several", has_text="Country").locator("summary").click()
    for name in ("Australia", "Brazil"):
        page.get_by_role("checkbox", name=name, exact=True).check()
        visit.settled()
    assert asked(page)["country"] == ["AU,BR"]
    assert rows(page)
    assert all("Australia" in row or "Brazil" in row for row in rows(page))
    page.keyboard.press("Escape")
    expect(page.locator(".several", has_text="Country").locator("summary")).to_be_focused()
    page.locator(".several", has_text="Role").locator("summary").click()
    for name in ("processor", "sub-processor"):
        page.get_by_role("checkbox", name=name, exact=True).check()
    visit.settled()
    assert asked(page)["role"] == ["processor,sub_processor"]
    visit.axe()
    page.reload()
    visit.settled()
    page.locator(".filters > summary").click()
    expect(page.locator(".several", has_text="Country")).to_contain_text("Australia, Brazil")


def test_levels_open_one_by_one_and_a_single_service_can_be_opened(visit: Visit):
    page = visit.open(controller="perfacilis", on="2026-11-20", depth=1)
    first = len(rows(page))
    page.get_by_role("button", name=re.compile("Level 2")).click()
    visit.settled()
    assert len(rows(page)) > first
    page = visit.open(controller="perfacilis", on="2026-11-20", depth=1, select="node:jira-cloud")
    page.get_by_role("button", name=re.compile("further flows")).click()
    visit.settled()
    assert asked(page)["open"] == ["jira-cloud"]
    assert len(rows(page)) > first


def test_who_holds_a_kind_of_data(visit: Visit):
    page = visit.open(tool="holders", category="email-address", on="2026-11-20")
    expect(page.get_by_role("heading", level=1)).to_contain_text("holds", ignore_case=True)
    assert page.locator(".panel .list li").count() > 3
    page.locator(".panel .list button").first.click()
    assert asked(page)["select"][0].startswith("node:")


def test_if_a_party_is_breached_everything_upstream_and_the_call_list_are_shown(visit: Visit):
    page = visit.open(tool="breach", party="google", on="2026-11-20")
    panel = page.locator(".panel")
    expect(panel).to_contain_text("Art. 33(1)")
    expect(panel).to_contain_text("72 hours")
    assert {row.split("\t")[1].strip() for row in rows(page)} >= {"Website statistics"}
    with page.expect_download() as download:
        panel.get_by_role("link", name=re.compile("CSV")).click()
    assert "controller" in Path(download.value.path()).read_text(encoding="utf-8").splitlines()[0]


def test_the_path_between_two_parties(visit: Visit):
    page = visit.open(tool="paths", to="atlassian", on="2026-11-20", **{"from": "perfacilis"})
    expect(page.locator(".panel .cards li").first).to_contain_text("Jira Cloud")
    drawn = "document.querySelector('.canvas')._cyreg.cy"
    lit = page.evaluate(f"{drawn}.nodes('.lit').map(node => node.data('key'))")
    assert {"perfacilis", "jira-cloud"} <= set(lit)
    assert "perfacilis" not in page.evaluate(f"{drawn}.nodes('.dim').map(node => node.data('key'))")


def test_what_if_a_decision_falls_shows_before_and_after_side_by_side(visit: Visit):
    page = visit.open(controller="connectis", tool="what-if", on="2026-11-20")
    pick(page, "Decision", "united states", "United States: .*2023/1795")
    page.get_by_role("button", name="Try", exact=True).click()
    visit.settled()
    expect(page.locator(".sides .canvas")).to_have_count(2)
    expect(page.locator(".turns")).to_contain_text("Google Analytics")
    expect(page.locator(".compare")).to_contain_text("Lapsed")
    assert "us-dpf" in asked(page)["what-if"][0]
    page.reload()
    visit.settled()
    expect(page.locator(".sides .canvas")).to_have_count(2)
    page.get_by_role("button", name="Take back").click()
    visit.settled()
    expect(page.locator(".sides")).to_have_count(0)


def test_every_kind_of_change_is_offered_with_its_fields_and_several_go_together(visit: Visit):
    page = visit.open(controller="perfacilis", tool="what-if", on="2026-11-20", depth=1)
    kinds = page.get_by_role("combobox", name="Suppose that")
    offered = kinds.locator("option").evaluate_all("options => options.map(option => option.value)")
    assert set(offered) == set(KINDS)
    kinds.select_option("replace_service")
    pick(page, "Service", "jira", "Jira Cloud .*")
    page.get_by_role("combobox", name="What takes over").select_option("new")
    page.get_by_role("textbox", name="Name", exact=True).fill("Tickets in the Union")
    page.get_by_role("textbox", name="Provider", exact=True).fill("A provider in Germany")
    page.get_by_role("combobox", name="In", exact=True).select_option("DE")
    page.get_by_role("button", name="Try", exact=True).click()
    kinds.select_option("move_party")
    pick(page, "Party", "google", "Google Ireland.*|Google")
    page.get_by_role("combobox", name="To", exact=True).select_option("NL")
    page.get_by_role("button", name="Try", exact=True).click()
    visit.settled()
    said = page.locator(".changes li")
    expect(said).to_have_count(2)
    expect(said.first).to_contain_text("what if: Jira Cloud is replaced by Tickets in the Union")
    expect(page.locator(".sides .canvas")).to_have_count(2)
    visit.axe()


def test_a_what_if_is_saved_to_a_file_and_opened_from_one(visiting: Opens):
    visit = visiting(accept_downloads=True, may_complain=True)
    page = visit.open(tool="what-if")
    page.locator("input[type=file]").set_input_files(SEEDED / "perfacilis-stays-in-europe.yaml")
    expect(page.locator(".changes li")).to_have_count(4)
    visit.settled()
    assert (asked(page)["controller"], asked(page)["on"]) == (["perfacilis"], ["2026-12-01"])
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a file").click()
    saved, first = (
        read_what_if(Path(file).read_bytes(), 100_000)
        for file in (download.value.path(), SEEDED / "perfacilis-stays-in-europe.yaml")
    )
    assert not saved.faults
    assert (saved.changes, saved.on, saved.controllers) == (first.changes, first.on, first.controllers)
    wrong = {
        "name": "wrong.yaml",
        "mimeType": "application/yaml",
        "buffer": b"changes: [{kind: drop_party, party: nobody}]",
    }
    page.locator("input[type=file]").set_input_files(wrong)
    expect(page.locator(".file [role=alert]")).to_contain_text("there is no party 'nobody'")
    expect(page.locator(".changes li")).to_have_count(4)


def test_a_contradiction_leads_to_its_place_in_the_picture(visit: Visit):
    page = visit.open(controller="itfixe", tool="claims", on="2026-11-20")
    finding = page.locator(".finding", has_text="outside the European Economic Area").first
    finding.locator("summary").click()
    finding.get_by_role("button", name="show in the picture").first.click()
    visit.settled()
    assert asked(page)["select"][0].startswith("flow:itfixe")
    expect(page.locator("#details h2")).to_be_visible()


def test_a_gap_leads_to_its_place_in_the_picture_and_kinds_narrow_the_list(visit: Visit):
    page = visit.open(controller="perfacilis", tool="gaps", on="2026-11-20", depth=1)
    kinds = page.get_by_role("combobox", name="Kind", exact=True)
    kinds.select_option("safeguard_missing")
    visit.settled()
    gaps = page.locator(".findings li")
    expect(gaps.first).to_contain_text("Art. 46(1)")
    deepest = gaps.filter(has_text="Opsgenie Turkey")
    deepest.get_by_role("button", name="show in the picture").click()
    visit.settled()
    flow = asked(page)["select"][0].removeprefix("flow:")
    drawn = "document.querySelector('.canvas')._cyreg.cy"
    assert page.evaluate(f"{drawn}.edges('.selected').map(line => line.data('key'))") == [flow]
    expect(page.locator("tr.selected")).to_have_count(1)
    expect(page.locator("#details h2")).to_be_visible()
    visit.axe()
    page.go_back()
    visit.settled()
    assert "select" not in asked(page)


def test_it_can_be_taken_along_as_png_svg_csv_and_command(visiting: Opens):
    visit = visiting(permissions=["clipboard-read", "clipboard-write"], accept_downloads=True)
    page = visit.open(controller="connectis", on=SHIELD_ENDS, status="lapsed")
    page.locator(".exports summary").click()
    found = {}
    for kind in ("PNG", "SVG", "CSV"):
        with page.expect_download() as download:
            page.locator(".exports").get_by_text(f"({kind})").click()
        found[download.value.suggested_filename] = Path(download.value.path()).read_bytes()
    assert set(found) == {f"{name}-{SHIELD_ENDS}.{end}" for name, end in TAKEN}
    assert found[f"connectis-{SHIELD_ENDS}.png"].startswith(b"\x89PNG")
    assert b"<svg" in found[f"connectis-{SHIELD_ENDS}.svg"]
    table = csv.DictReader(io.StringIO(found[f"picture-{SHIELD_ENDS}.csv"].decode()))
    assert [row["status"] for row in table] == ["lapsed"]
    page.get_by_role("button", name="Copy the question").click()
    command = page.evaluate("navigator.clipboard.readText()")
    assert command == f"curl '{visit.base}/api/v1/picture?on={SHIELD_ENDS}&controller=connectis&status=lapsed'"


def test_what_the_service_can_hand_over_is_offered_for_what_is_seen(visiting: Opens):
    visit = visiting(accept_downloads=True)
    page = visit.open(controller="connectis", on=SHIELD_ENDS, lang="nl")
    page.locator(".exports summary").click()
    offered = page.locator(".handover a")
    expect(offered.first).to_be_visible()
    kinds = page.evaluate("fetch('/api/v1/exports?lang=nl').then(answer => answer.json())")["items"]
    every = {(each["name"], form["format"]) for each in kinds for form in each["formats"] if not form["missing"]}
    told = [name.rpartition(", ") for name in offered.evaluate_all("links => links.map(link => link.ariaLabel)")]
    assert {(name, form) for name, _, form in told} == every
    with page.expect_download() as download:
        page.get_by_role("link", name="Voor de privacyverklaring, text").click()
    assert download.value.suggested_filename == f"statement-connectis-{SHIELD_ENDS}.txt"
    assert SHIELD_ENDS in Path(download.value.path()).read_text(encoding="utf-8")


def test_dutch_is_spoken_from_the_browser_or_by_choice(visiting: Opens):
    page = visiting(locale="nl-NL").open(controller="connectis", on=SHIELD_ENDS)
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    expect(page.locator(".lead")).to_contain_text("16 juli 2020")
    assert chip(page, "Vervallen") == 1
    assert any("Verenigde Staten" in row for row in rows(page))
    expect(page.locator(".happens")).to_contain_text("Besluit over het Privacyschild ongeldig verklaard")
    page.locator(".table tbody tr", has_text="Vervallen").get_by_role("button").click()
    for text in (
        "is genoemd, maar daarop kon alleen tot en met",
        "Arrest C-311/18",
        "Lijst van het EU-VS-privacyschild",
    ):
        expect(page.locator("#details")).to_contain_text(text)
    page.get_by_role("button", name="Lacunes").click()
    kinds = page.get_by_role("combobox", name="Soort").locator("option")
    expect(
        kinds.filter(has_text="Geen overeenkomst").or_(kinds.filter(has_text="Overeenkomst niet vastgelegd"))
    ).to_have_count(1)
    page.get_by_role("button", name="Tegenstrijdigheden").click()
    expect(page.locator(".finding").first).to_contain_text("weersproken")
    page.locator(".finding summary").first.click()
    expect(page.locator(".finding").first).to_contain_text(re.compile("spreken ertegen|spreekt ertegen"))
    page.get_by_role("combobox", name="Taal", exact=True).select_option("en")
    assert chip(page, "Lapsed") == 1
    assert asked(page)["lang"] == ["en"]


def test_the_main_view_is_kept_as_a_picture(visit: Visit, artefacts: Path):
    page = visit.open(controller="connectis", on=SHIELD_ENDS, select=f"flow:{ANALYTICS}")
    page.screenshot(path=artefacts / "explorer.png", full_page=True)
    picture = page.locator(".canvas").screenshot()
    assert len(picture) > 10_000
