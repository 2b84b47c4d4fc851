"""The inputs of an impact assessment as a text for people, from the same values as the JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from graphsvc.exports.blocks import Block, Bullets, Figure, Heading, Paragraph, Table, Text
from graphsvc.exports.drawing import small
from graphsvc.exports.words import Texts
from graphsvc.model import UNKNOWN, Basis
from graphsvc.questions.handover import Handover
from graphsvc.translation import gettext

Plain = dict[str, Any]
MOST_GAPS = 40
"""Gaps that a text lists, the heaviest; the JSON has all of them."""


def dpia_text(handover: Handover, language: str, body: Plain) -> Text:
    """The text, with the picture in it."""
    texts = Texts(handover, language)
    name = texts.party(handover.controller) if handover.controller else ""
    if handover.activity:
        name = f"{name}, {handover.activity.name}"
    parts = (_opening, _screening, _description, _recipients, _necessity, _transfers, _measures, _gaps, _contradictions)
    blocks = tuple(block for part in parts for block in part(texts, body))
    return Text(texts.gettext("dpia.title", name=name), language, blocks, handover.network.on)


def _opening(texts: Texts, _: Plain) -> Iterator[Block]:
    yield Paragraph(texts.made_from, note=True)
    yield Paragraph(texts.gettext("marks.how"), note=True)
    yield Paragraph(texts.gettext("dpia.no_advice"), note=True)


def _screening(texts: Texts, body: Plain) -> Iterator[Block]:
    found = body["screening"]
    yield Heading(texts.gettext("dpia.screening"))
    yield Paragraph(texts.gettext(f"dpia.mandatory.{found['looks_mandatory']}"), texts.gettext("dpia.conclusion"))
    if not found["activities"]:
        yield Paragraph(texts.gettext("dpia.no_activity"))
        return
    heads = [texts.gettext(f"dpia.{key}") for key in ("activity", "mandatory", "met_wp248", "met_nl")]
    rows = [
        [
            each["name"],
            texts.gettext(f"dpia.answer.{each['looks_mandatory']}"),
            *(_count(texts, each, x) for x in LISTS),
        ]
        for each in found["activities"]
    ]
    yield Table(heads, rows, (4, 2, 3, 3))
    for criteria in LISTS:
        own = [each for each in found["criteria"] if each["list"] == criteria]
        if own:
            yield Heading(own[0]["source"], 3)
            yield Paragraph(texts.gettext("dpia.list_from", publisher=own[0]["publisher"], day=own[0]["valid_from"]))
            columns = [texts.gettext(f"dpia.{key}") for key in ("criterion", "answer", "reason")]
            answers = [
                [f"{e['number']}. {e['name']}", texts.gettext(f"dpia.answer.{e['answer']}"), e["reason"]] for e in own
            ]
            yield Table(columns, answers, (4, 2, 8))


LISTS = ("wp248", "nl")


def _count(texts: Texts, activity: Plain, criteria: str) -> str:
    counts = activity["met"].get(criteria)
    return texts.gettext("dpia.count", **counts) if counts else texts.gettext("dpia.not_in_force")


def _description(texts: Texts, body: Plain) -> Iterator[Block]:
    yield Heading(texts.gettext("dpia.description"))
    controller = body["controller"] or {}
    yield Bullets(
        [
            (texts.gettext("column.controller"), controller.get("name", "")),
            (texts.gettext("dpia.seat"), _countries(texts, controller.get("established_in", []))),
            (texts.gettext("dpia.representative"), controller.get("representative") or texts.gettext("not_recorded")),
            (texts.gettext("dpia.officer"), texts.gettext(f"dpia.officer.{controller.get('officer')}")),
        ]
    )
    png, svg = small(texts.handover, texts.language)
    yield Figure(png, svg, texts.gettext("dpia.picture", on=texts.handover.network.on))
    for activity, plain in zip(texts.handover.network.activities, body["description"]["activities"], strict=True):
        yield Heading(activity.name, 3)
        yield Bullets(
            [
                (texts.gettext("dpia.capacity"), texts.gettext(f"dpia.capacity.{plain['capacity']}")),
                (texts.gettext("dpia.data"), _data(texts, plain)),
                (texts.gettext("dpia.retention"), _retention(texts, plain)),
            ]
        )


def _data(texts: Texts, activity: Plain) -> str:
    by_subject: dict[str, list[str]] = {}
    for item in activity["data"]:
        name = texts.marked(texts.words.category(item["category"]), Basis(item["basis"]))
        by_subject.setdefault(texts.words.subject(item["subject"]), []).append(name)
    return "; ".join(f"{who}: {', '.join(what)}" for who, what in by_subject.items()) or texts.gettext("not_recorded")


def _retention(texts: Texts, activity: Plain) -> str:
    return "; ".join(texts.retention(each) for each in activity["retention"]) or texts.gettext("not_recorded")


def _recipients(texts: Texts, body: Plain) -> Iterator[Block]:
    yield Heading(texts.gettext("dpia.recipients"))
    heads = [texts.gettext(f"dpia.{key}") for key in ("recipient", "role", "places", "footing", "chain")]
    rows = [
        [
            texts.marked(texts.recipient(held.service, held.party), held.basis),
            gettext(texts.language, f"role.{held.role}"),
            _countries(texts, held.countries),
            gettext(texts.language, f"status.{held.status}"),
            " → ".join(texts.handover.network.services[flow.recipient].name for flow in held.shortest.chain),
        ]
        for held in texts.handover.holdings
    ]
    yield Table(heads, rows, (5, 4, 4, 3, 5)) if rows else Paragraph(texts.gettext("statement.no_recipients"))


def _countries(texts: Texts, codes: list[str]) -> str:
    known = sorted(texts.words.country(code) for code in codes if code != UNKNOWN)
    return ", ".join([*known, *([texts.words.country(UNKNOWN)] if UNKNOWN in codes or not codes else [])])


def _necessity(texts: Texts, body: Plain) -> Iterator[Block]:
    yield Heading(texts.gettext("dpia.necessity"))
    yield Paragraph(texts.gettext("dpia.necessity.how"))
    heads = [texts.gettext(f"dpia.{key}") for key in ("activity", "purposes", "legal_bases", "data_count", "retention")]
    rows = [
        [
            each["name"],
            _purposes(texts, each),
            "; ".join(each["legal_bases"]) or texts.gettext("not_recorded"),
            str(len(each["data"])),
            _retention(texts, each),
        ]
        for each in body["description"]["activities"]
    ]
    yield Table(heads, rows, (4, 4, 4, 3, 4))


def _purposes(texts: Texts, activity: Plain) -> str:
    names = ", ".join(purpose["name"] for purpose in activity["purposes"])
    return texts.marked(names, Basis(activity["purposes_basis"])) if names else texts.gettext("not_recorded")


def _transfers(texts: Texts, body: Plain) -> Iterator[Block]:
    """One row for each country, footing and act; the JSON and the transfer sheet have every line."""
    yield Heading(texts.gettext("dpia.transfers"))
    found: dict[tuple[str, str, str], list[Plain]] = {}
    for item in body["transfers"]:
        key = (item["country"], item["status"], item["act"] or texts.gettext("no_act"))
        found.setdefault(key, []).append(item)
    if not found:
        yield Paragraph(texts.gettext("statement.no_transfers"))
        return
    counts = Counter(item["status"] for item in body["transfers"])
    said = ", ".join(
        f"{gettext(texts.language, f'status.{status}')}: {count}" for status, count in sorted(counts.items())
    )
    yield Paragraph(texts.gettext("dpia.transfers.how", counts=said))
    heads = [texts.gettext(f"dpia.{key}") for key in ("country", "footing", "act", "importers", "tia")]
    rows = [
        [
            texts.words.country(country),
            gettext(texts.language, f"status.{status}"),
            act,
            _names(items),
            _states(texts, items),
        ]
        for (country, status, act), items in sorted(found.items())
    ]
    yield Table(heads, rows, (4, 3, 5, 6, 4))


def _names(items: list[Plain]) -> str:
    names = {
        item["importer"]["name"] if item["importer"]["id"] != UNKNOWN else item["service"]["name"] for item in items
    }
    return ", ".join(sorted(names, key=str.lower))


def _states(texts: Texts, items: list[Plain]) -> str:
    return "; ".join(texts.gettext(f"tia.{state}") for state in sorted({item["assessment"] for item in items}))


def _measures(texts: Texts, body: Plain) -> Iterator[Block]:
    yield Heading(texts.gettext("dpia.measures"))
    items = [(each["of"]["name"], texts.marked(each["text"], Basis(each["basis"]))) for each in body["measures"]]
    yield Bullets(items) if items else Paragraph(texts.gettext("dpia.no_measures"))


def _gaps(texts: Texts, body: Plain) -> Iterator[Block]:
    yield Heading(texts.gettext("dpia.gaps"))
    if not body["gaps"]:
        yield Paragraph(texts.gettext("dpia.no_gaps"))
        return
    shown = body["gaps"][:MOST_GAPS]
    yield Paragraph(texts.gettext("dpia.gaps.how", shown=len(shown), all=len(body["gaps"])))
    heads = [texts.gettext(f"dpia.{key}") for key in ("weight", "what", "to_do", "article")]
    yield Table(heads, [[str(g["weight"]), g["what"], g["to_do"], g["article"]] for g in shown], (2, 9, 7, 4))


def _contradictions(texts: Texts, body: Plain) -> Iterator[Block]:
    yield Heading(texts.gettext("dpia.contradictions"))
    found = body["contradictions"]
    yield (
        Bullets([(each["text"].rstrip("."), each["reason"]) for each in found])
        if found
        else Paragraph(texts.gettext("dpia.none"))
    )
