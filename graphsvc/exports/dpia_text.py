"""The inputs of an impact assessment as a text for people, from the same values as the JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from graphsvc.exports.blocks import Block, Bullets, Figure, Heading, Paragraph, Table, Text
from graphsvc.exports.drawing import small
from graphsvc.exports.words import Told
from graphsvc.language import say
from graphsvc.model import UNKNOWN, Basis
from graphsvc.questions.handover import Handover

Plain = dict[str, Any]
MOST_GAPS = 40
"""Gaps that a text lists, the heaviest; the JSON has all of them."""


def dpia_text(handover: Handover, language: str, body: Plain) -> Text:
    """The text, with the picture in it."""
    told = Told(handover, language)
    name = told.party(handover.controller) if handover.controller else ""
    if handover.activity:
        name = f"{name}, {handover.activity.name}"
    parts = (_opening, _screening, _description, _recipients, _necessity, _transfers, _measures, _gaps, _contradictions)
    blocks = tuple(block for part in parts for block in part(told, body))
    return Text(told.say("dpia.title", name=name), language, blocks, handover.network.on)


def _opening(told: Told, _: Plain) -> Iterator[Block]:
    yield Paragraph(told.made_from, note=True)
    yield Paragraph(told.say("marks.how"), note=True)
    yield Paragraph(told.say("dpia.no_advice"), note=True)


def _screening(told: Told, body: Plain) -> Iterator[Block]:
    found = body["screening"]
    yield Heading(told.say("dpia.screening"))
    yield Paragraph(told.say(f"dpia.mandatory.{found['looks_mandatory']}"), told.say("dpia.conclusion"))
    if not found["activities"]:
        yield Paragraph(told.say("dpia.no_activity"))
        return
    heads = [told.say(f"dpia.{key}") for key in ("activity", "mandatory", "met_wp248", "met_nl")]
    rows = [
        [each["name"], told.say(f"dpia.answer.{each['looks_mandatory']}"), *(_count(told, each, x) for x in LISTS)]
        for each in found["activities"]
    ]
    yield Table(heads, rows, (4, 2, 3, 3))
    for criteria in LISTS:
        own = [each for each in found["criteria"] if each["list"] == criteria]
        if own:
            yield Heading(own[0]["source"], 3)
            yield Paragraph(told.say("dpia.list_from", publisher=own[0]["publisher"], day=own[0]["valid_from"]))
            columns = [told.say(f"dpia.{key}") for key in ("criterion", "answer", "reason")]
            answers = [
                [f"{e['number']}. {e['name']}", told.say(f"dpia.answer.{e['answer']}"), e["reason"]] for e in own
            ]
            yield Table(columns, answers, (4, 2, 8))


LISTS = ("wp248", "nl")


def _count(told: Told, activity: Plain, criteria: str) -> str:
    counts = activity["met"].get(criteria)
    return told.say("dpia.count", **counts) if counts else told.say("dpia.not_in_force")


def _description(told: Told, body: Plain) -> Iterator[Block]:
    yield Heading(told.say("dpia.description"))
    controller = body["controller"] or {}
    yield Bullets(
        [
            (told.say("column.controller"), controller.get("name", "")),
            (told.say("dpia.seat"), _countries(told, controller.get("established_in", []))),
            (told.say("dpia.representative"), controller.get("representative") or told.say("not_recorded")),
            (told.say("dpia.officer"), told.say(f"dpia.officer.{controller.get('officer')}")),
        ]
    )
    png, svg = small(told.handover, told.language)
    yield Figure(png, svg, told.say("dpia.picture", on=told.handover.network.on))
    for activity, plain in zip(told.handover.network.activities, body["description"]["activities"], strict=True):
        yield Heading(activity.name, 3)
        yield Bullets(
            [
                (told.say("dpia.capacity"), told.say(f"dpia.capacity.{plain['capacity']}")),
                (told.say("dpia.data"), _data(told, plain)),
                (told.say("dpia.retention"), _retention(told, plain)),
            ]
        )


def _data(told: Told, activity: Plain) -> str:
    by_subject: dict[str, list[str]] = {}
    for item in activity["data"]:
        name = told.marked(told.words.category(item["category"]), Basis(item["basis"]))
        by_subject.setdefault(told.words.subject(item["subject"]), []).append(name)
    return "; ".join(f"{who}: {', '.join(what)}" for who, what in by_subject.items()) or told.say("not_recorded")


def _retention(told: Told, activity: Plain) -> str:
    return "; ".join(told.retention(each) for each in activity["retention"]) or told.say("not_recorded")


def _recipients(told: Told, body: Plain) -> Iterator[Block]:
    yield Heading(told.say("dpia.recipients"))
    heads = [told.say(f"dpia.{key}") for key in ("recipient", "role", "places", "footing", "chain")]
    rows = [
        [
            told.marked(told.recipient(held.service, held.party), held.basis),
            say(told.language, f"role.{held.role}"),
            _countries(told, held.countries),
            say(told.language, f"status.{held.status}"),
            " → ".join(told.handover.network.services[flow.recipient].name for flow in held.shortest.chain),
        ]
        for held in told.handover.holdings
    ]
    yield Table(heads, rows, (5, 4, 4, 3, 5)) if rows else Paragraph(told.say("statement.no_recipients"))


def _countries(told: Told, codes: list[str]) -> str:
    known = sorted(told.words.country(code) for code in codes if code != UNKNOWN)
    return ", ".join([*known, *([told.words.country(UNKNOWN)] if UNKNOWN in codes or not codes else [])])


def _necessity(told: Told, body: Plain) -> Iterator[Block]:
    yield Heading(told.say("dpia.necessity"))
    yield Paragraph(told.say("dpia.necessity.how"))
    heads = [told.say(f"dpia.{key}") for key in ("activity", "purposes", "legal_bases", "data_count", "retention")]
    rows = [
        [
            each["name"],
            _purposes(told, each),
            "; ".join(each["legal_bases"]) or told.say("not_recorded"),
            str(len(each["data"])),
            _retention(told, each),
        ]
        for each in body["description"]["activities"]
    ]
    yield Table(heads, rows, (4, 4, 4, 3, 4))


def _purposes(told: Told, activity: Plain) -> str:
    names = ", ".join(purpose["name"] for purpose in activity["purposes"])
    return told.marked(names, Basis(activity["purposes_basis"])) if names else told.say("not_recorded")


def _transfers(told: Told, body: Plain) -> Iterator[Block]:
    """One row for each country, footing and act; the JSON and the transfer sheet have every line."""
    yield Heading(told.say("dpia.transfers"))
    found: dict[tuple[str, str, str], list[Plain]] = {}
    for item in body["transfers"]:
        key = (item["country"], item["status"], item["act"] or told.say("no_act"))
        found.setdefault(key, []).append(item)
    if not found:
        yield Paragraph(told.say("statement.no_transfers"))
        return
    counts = Counter(item["status"] for item in body["transfers"])
    said = ", ".join(f"{say(told.language, f'status.{status}')}: {count}" for status, count in sorted(counts.items()))
    yield Paragraph(told.say("dpia.transfers.how", counts=said))
    heads = [told.say(f"dpia.{key}") for key in ("country", "footing", "act", "importers", "tia")]
    rows = [
        [told.words.country(country), say(told.language, f"status.{status}"), act, _names(items), _states(told, items)]
        for (country, status, act), items in sorted(found.items())
    ]
    yield Table(heads, rows, (4, 3, 5, 6, 4))


def _names(items: list[Plain]) -> str:
    names = {
        item["importer"]["name"] if item["importer"]["id"] != UNKNOWN else item["service"]["name"] for item in items
    }
    return ", ".join(sorted(names, key=str.lower))


def _states(told: Told, items: list[Plain]) -> str:
    return "; ".join(told.say(f"tia.{state}") for state in sorted({item["assessment"] for item in items}))


def _measures(told: Told, body: Plain) -> Iterator[Block]:
    yield Heading(told.say("dpia.measures"))
    items = [(each["of"]["name"], told.marked(each["text"], Basis(each["basis"]))) for each in body["measures"]]
    yield Bullets(items) if items else Paragraph(told.say("dpia.no_measures"))


def _gaps(told: Told, body: Plain) -> Iterator[Block]:
    yield Heading(told.say("dpia.gaps"))
    if not body["gaps"]:
        yield Paragraph(told.say("dpia.no_gaps"))
        return
    shown = body["gaps"][:MOST_GAPS]
    yield Paragraph(told.say("dpia.gaps.how", shown=len(shown), all=len(body["gaps"])))
    heads = [told.say(f"dpia.{key}") for key in ("weight", "what", "to_do", "article")]
    yield Table(heads, [[str(g["weight"]), g["what"], g["to_do"], g["article"]] for g in shown], (2, 9, 7, 4))


def _contradictions(told: Told, body: Plain) -> Iterator[Block]:
    yield Heading(told.say("dpia.contradictions"))
    found = body["contradictions"]
    yield (
        Bullets([(each["text"].rstrip("."), each["reason"]) for each in found])
        if found
        else Paragraph(told.say("dpia.none"))
    )
