"""The file for the CNIL's PIA tool keeps every rule that the tool's import turned out to have."""

from __future__ import annotations

import json
import re
from datetime import datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.exports.registry import EXPORTS
from graphsvc.questions.handover import Handover, HandoverQuestion
from graphsvc.translation import LANGUAGES
from tests.builders import activity, flow, network, party, service

ON = "2026-11-24"
HOSTILE = "<script>alert('x')</script> A & B \"C\""
QUESTIONS = {
    *(111, 112, 113, 121, 122, 123, 211, 212, 213, 214, 215, *range(221, 228)),
    *(section + index for section in (320, 330, 340) for index in range(1, 7)),
}
FOR_PEOPLE = {113, 213, 214, 222, 223, 224, 225, 321, 325, 326, *range(331, 337), *range(341, 347)}
PIA = {
    *("id", "status", "name", "category", "author_name", "evaluator_name", "validator_name", "dpo_status"),
    *("dpo_opinion", "dpos_names", "people_names", "concerned_people_opinion", "concerned_people_status"),
    *("concerned_people_searched_opinion", "concerned_people_searched_content", "rejection_reason"),
    *("applied_adjustments", "structure_id", "structure_name", "structure_sector_name", "structure_data"),
    *("is_example", "is_archive", "progress", "created_at", "updated_at"),
}
STAMPS = {"created_at", "updated_at"}
KEYS = {
    "answers": {"id", "pia_id", "reference_to", "data"} | STAMPS,
    "measures": {"id", "pia_id", "title", "content", "placeholder"} | STAMPS,
    "comments": {"id", "pia_id", "reference_to", "for_measure", "description"} | STAMPS,
}
TAGS = {"p", "ul", "ol", "li", "strong", "em", "br"}


def handover(name: str = "Mail Inc.", **more: Any) -> Handover:
    contract = {"kind": "art28", "title": "DPA", "date": "2024-02-03", "notice_days": 30}
    measures = [{"text": f"{name} encrypts"}, {"text": "Locks"}, {"text": "Locks"}]
    found = network(
        [
            flow("desk", "mailer", places=["US"], contract=contract),
            flow("mailer", "deep", "sub_processor", places=["IN"], purpose=name),
            flow("desk", "nobody"),
        ],
        [
            activity("desk", "shop", ["customer name"], **{"purposes": ["support"], **more})
            | {"name": f"Desk of {name}"}
        ],
        [service("mailer", "mail-inc") | {"name": f"Mailer {name}"}, service("deep", "deep-ltd"), service("nobody")],
        [party("shop", "NL"), party("mail-inc", "US", measures=measures) | {"name": name}, party("deep-ltd", "IN")],
        ON,
    )
    return Handover(HandoverQuestion(ON, "shop"), 7, found, found.party("shop"))


def file(found: Handover, language: str = "en") -> dict[str, Any]:
    return json.loads(EXPORTS["cnil-pia"].formats["json"].write(found, language))


def strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for each in value.values() for text in strings(each)]
    if isinstance(value, list):
        return [text for each in value for text in strings(each)]
    return [value] if isinstance(value, str) else []


def answers(body: dict[str, Any]) -> dict[int, dict[str, Any]]:
    return {answer["reference_to"]: answer["data"] for answer in body["answers"]}


class Tags(HTMLParser):
    """The tags that a browser would see."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.seen.append(tag)
        self.open.append(tag)
        assert not attrs

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_has_the_five_keys_with_lists_even_when_they_are_empty(language: str):
    empty = network([], [activity("a", "shop")], [], [party("shop", "NL")], ON)
    for found in (handover(), Handover(HandoverQuestion(ON, "shop"), 1, empty, empty.party("shop"))):
        body = file(found, language)
        assert set(body) == {"pia", "answers", "measures", "evaluations", "comments"}
        assert all(isinstance(body[key], list) for key in set(body) - {"pia"})
        assert body["evaluations"] == []


def test_each_answer_is_of_a_question_by_number_and_has_text_gauge_and_list():
    body = file(handover())
    numbers = [answer["reference_to"] for answer in body["answers"]]
    assert all(type(number) is int for number in numbers)
    assert len(set(numbers)) == len(numbers)
    assert set(numbers) <= QUESTIONS - FOR_PEOPLE
    assert {111, 112, 121, 122, 123, 211, 226, 227, 322, 323, 324} <= set(numbers)
    for data in answers(body).values():
        assert set(data) == {"text", "gauge", "list"}
        assert data["gauge"] is None
        assert (data["text"] is None) == bool(data["list"])
        assert all(isinstance(each, str) and each for each in data["list"])


def test_what_people_have_to_say_is_null_and_the_assessment_is_open():
    pia = file(handover())["pia"]
    assert pia["status"] == 0
    people = [key for key in pia if key.startswith(("dpo", "concerned_people")) or key == "people_names"]
    assert len(people) == 8
    assert all(pia[key] is None for key in people)
    assert all(pia[key] for key in ("name", "author_name", "evaluator_name", "validator_name"))


def test_keys_are_those_of_the_tools_own_files_and_days_are_moments():
    body = file(handover())
    assert set(body["pia"]) <= PIA
    for part, known in KEYS.items():
        assert body[part]
        assert all(set(each) <= known for each in body[part])
    for each in (body["pia"], *body["answers"], *body["measures"], *body["comments"]):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", each["created_at"])
        assert datetime.fromisoformat(each["updated_at"])


def test_every_measure_named_is_a_measure_with_a_title_of_its_own_and_content():
    body = file(handover())
    titles = [measure["title"] for measure in body["measures"]]
    assert len(set(titles)) == len(titles) == 2
    assert set(answers(body)[324]["list"]) <= set(titles)
    assert all(measure["title"] and measure["content"] for measure in body["measures"])


def test_comments_are_about_questions_and_say_what_it_was_made_from():
    body = file(handover())
    assert all(type(c["reference_to"]) is int and c["for_measure"] is False for c in body["comments"])
    assert {comment["reference_to"] for comment in body["comments"]} <= QUESTIONS
    assert "revision 7" in body["comments"][0]["description"]
    assert ON in body["comments"][0]["description"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_string_of_the_register_becomes_html(language: str):
    body = file(handover(HOSTILE), language)
    found = strings(body)
    assert sum("&lt;script&gt;" in text and "A &amp; B" in text for text in found) > 8
    for text in found:
        assert "<script" not in text
        tags = Tags(text)
        assert set(tags.seen) <= TAGS
        assert tags.open == []


@given(st.text(min_size=1, max_size=30))
def test_whatever_a_name_is_the_tags_are_ours(name: str):
    for text in strings(file(handover(name))):
        assert set(Tags(text).seen) <= TAGS


def test_contracts_and_transfers_are_prefilled():
    found = answers(file(handover(), "nl"))
    assert "verwerkersovereenkomst (art. 28), DPA, 2024-02-03" in found[226]["text"]
    assert "30 dagen" in found[226]["text"]
    assert "er is geen overeenkomst vastgelegd" in found[226]["text"]
    assert "Verenigde Staten" in found[227]["text"]
    assert "India" in found[227]["text"]
    assert "Niet gedekt" in found[227]["text"]


def test_what_is_not_recorded_is_left_to_people():
    assert not {212, 215} & answers(file(handover())).keys()
    assert 211 not in answers(file(handover(purposes=[])))
    basis = answers(file(handover(legal_bases=[{"id": "consent"}])))
    assert "Article 6(1)(a)" in basis[212]["text"]
    dutch = answers(file(handover(legal_bases=[{"id": "consent"}]), "nl"))
    assert "Toestemming (art. 6 lid 1 onder a AVG)" in dutch[212]["text"]
