"""Days ahead over HTTP: as JSON and CSV, as a calendar by the rules of RFC 5545, and as a feed."""

from __future__ import annotations

import re
from typing import Any

import feedparser
import icalendar
import pytest
from flask.testing import FlaskClient

from graphsvc.clock import today
from graphsvc.graph.store import Store
from graphsvc.questions import time_ahead
from tests.api.support import assert_problem, got, table

AHEAD = "dates?from=2026-11-22&to=2032-12-31"
LAST = "dates?controller=perfacilis&from=2026-11-22&to=2032-12-31&kind=adequacy_ends"


def calendar(client: FlaskClient, query: str) -> icalendar.Calendar:
    response = got(client, f"{query}&format=ics")
    assert response.content_type == "text/calendar; charset=utf-8"
    return icalendar.Calendar.from_ical(response.data)


def test_every_day_names_what_it_touches_with_act_chain_and_source(client: FlaskClient):
    answer = got(client, f"{AHEAD}&page_size=10000").json
    assert answer["total"] == len(answer["items"]) > 5
    assert sum(answer["by_kind"].values()) == answer["total"]
    for item in answer["items"]:
        assert answer["from"] <= item["day"] <= answer["to"]
        assert item["flows"]
        assert item["chain"]
        assert item["sources"]
        assert item["act"]
        assert item["what"]


def test_days_come_in_order_page_by_page(client: FlaskClient):
    whole = got(client, f"{AHEAD}&page_size=10000").json["items"]
    assert [item["day"] for item in whole] == sorted(item["day"] for item in whole)
    assert got(client, f"{AHEAD}&page_size=3&page=2").json["items"] == whole[3:6]


def test_a_decision_is_shown_to_whom_it_touches_only(client: FlaskClient):
    [item] = got(client, LAST).json["items"]
    assert (item["day"], item["country"], item["before"], item["after"]) == (
        "2031-12-27",
        "GB",
        "adequate",
        "uncovered",
    )
    assert {"cloudflare-ltd-service"} <= {flow["service"]["id"] for flow in item["flows"]}
    assert got(client, LAST.replace("perfacilis", "connectis")).json["items"] == []


def test_left_out_days_are_today_and_five_years_on(client: FlaskClient):
    answer = got(client, "dates?controller=connectis").json
    assert answer["from"] == today()
    assert answer["to"] == time_ahead(None, None)[1]
    assert int(answer["to"][:4]) == int(answer["from"][:4]) + 5


def test_what_is_overdue_and_what_has_no_day_is_said(client: FlaskClient):
    answer = got(client, AHEAD).json
    assert answer["reviews_overdue"] > 0
    assert answer["sources_without_day"]
    later = got(client, f"{AHEAD}&review_days=20000").json
    assert later["reviews_overdue"] == 0


def test_csv_has_a_row_for_each_day(client: FlaskClient):
    rows = table(got(client, f"{LAST}&format=csv").text)
    assert [(row["day"], row["kind"], row["controller_id"]) for row in rows] == [
        ("2031-12-27", "adequacy_ends", "perfacilis")
    ]
    assert "Services of Cloudflare, Ltd" in rows[0]["recipients"]


# The calendar


def test_the_calendar_is_read_by_an_independent_reader(client: FlaskClient):
    found = calendar(client, AHEAD)
    assert (found["version"], found["prodid"]) == ("2.0", "-//graphsvc//dates ahead//EN")
    events = found.walk("VEVENT")
    items = got(client, f"{AHEAD}&page_size=10000").json["items"]
    assert [event.decoded("dtstart").isoformat() for event in events] == [item["day"] for item in items]
    for event, item in zip(events, items, strict=True):
        assert str(event["summary"]) == f"{item['controller']['name']}: {item['what']}"
        assert item["act"] in str(event["description"])
        assert event["dtstart"].params["VALUE"] == "DATE", "a whole day"
        assert not event.walk("VALARM")


def test_the_calendar_keeps_the_rules_of_rfc_5545(client: FlaskClient):
    content = got(client, f"{AHEAD}&format=ics&lang=nl&alarm=30").data
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", content), "lines end with CR LF and nothing else"
    lines = content.split(b"\r\n")[:-1]
    assert max(map(len, lines)) <= 75, "longer lines are folded"
    for line in lines:
        line.decode()
    whole = re.sub(rb"\r\n[ \t]", b"", content).decode().splitlines()
    assert all(re.match(r"[A-Z-]+[;:]", line) for line in whole)
    for event in "\n".join(whole).split("BEGIN:VEVENT")[1:]:
        for name in ("UID:", "DTSTAMP:", "DTSTART;VALUE=DATE:", "SUMMARY:"):
            assert event.count(f"\n{name}") == 1, name


def test_ids_are_unique_and_stay_when_other_days_are_asked_about(client: FlaskClient):
    def ids(query: str) -> list[str]:
        return [str(event["uid"]) for event in calendar(client, query).walk("VEVENT")]

    everything = ids(AHEAD)
    assert len(set(everything)) == len(everything)
    assert set(ids(LAST)) < set(everything)
    assert ids(LAST.replace("2026-11-22", "2030-01-01")) == ids(LAST)


def test_the_stamp_is_the_time_of_the_last_load_so_that_bytes_stay_the_same(client: FlaskClient, register: Store):
    recorded = register.last_recorded()
    [event] = calendar(client, LAST).walk("VEVENT")
    assert event.decoded("dtstamp").strftime("%Y-%m-%dT%H:%M:%S") == recorded[:19]
    for form in ("ics", "atom"):
        assert got(client, f"{AHEAD}&format={form}").data == got(client, f"{AHEAD}&format={form}").data


def test_a_reminder_comes_so_many_days_before(client: FlaskClient):
    [event] = calendar(client, f"{LAST}&alarm=60").walk("VEVENT")
    [alarm] = event.walk("VALARM")
    assert (str(alarm["action"]), alarm.decoded("trigger").days) == ("DISPLAY", -60)


def test_the_calendar_speaks_dutch(client: FlaskClient):
    [event] = calendar(client, f"{LAST}&lang=nl").walk("VEVENT")
    assert str(event["summary"]) == "Perfacilis: Laatste dag van het adequaatheidsbesluit over Verenigd Koninkrijk"
    assert "Grondslag op de dag: Passend. Op de dag erna: Niet gedekt." in str(event["description"])


def test_it_comes_as_a_file_with_a_tag_of_its_own(client: FlaskClient):
    response = got(client, f"{LAST}&format=ics")
    assert response.headers["Content-Disposition"] == 'attachment; filename="dates-2026-11-22-2032-12-31.ics"'
    tag = response.headers["ETag"]
    assert tag != got(client, LAST).headers["ETag"]
    again = got(client, f"{LAST}&format=ics", headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert got(client, LAST, headers={"Accept": "text/calendar"}).mimetype == "text/calendar"


# The feed


def test_the_feed_is_read_by_an_independent_reader(client: FlaskClient, register: Store):
    response = got(client, f"{AHEAD}&format=atom")
    found = feedparser.parse(response.data)
    assert (found.bozo, found.version) == (False, "atom10")
    items: list[dict[str, Any]] = got(client, f"{AHEAD}&page_size=10000").json["items"]
    assert [entry.title[:10] for entry in found.entries] == [item["day"] for item in items]
    ids = [entry.id for entry in found.entries]
    assert len(set(ids)) == len(ids)
    assert {entry.updated[:19] for entry in found.entries} == {register.last_recorded()[:19]}


@pytest.mark.parametrize(
    ("query", "slug", "status", "words"),
    [
        ("from=2026-11-22&to=2026-11-21", "invalid-parameter", 422, ["2026-11-21", "swap"]),
        ("to=never", "invalid-parameter", 422, ["to"]),
        ("review_days=0", "invalid-parameter", 422, ["review_days"]),
        ("kind=birthday", "invalid-parameter", 422, ["kind"]),
        ("format=text", "invalid-parameter", 422, ["format"]),
        ("controller=perfacillis", "not-found", 404, ["perfacillis", "perfacilis"]),
        ("on=2026-11-22", "invalid-parameter", 422, ["on"]),
    ],
)
def test_what_cannot_be_understood_is_named(client: FlaskClient, query: str, slug: str, status: int, words: list[str]):
    assert_problem(got(client, f"dates?{query}"), slug, status, *words)
