"""Inputs of an impact assessment: whether one looks mandatory, and the same facts in five forms."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from graphsvc.answers.screening import Met, Reason, merged, screen
from graphsvc.exports.criteria import criteria
from graphsvc.exports.dpia import SCHEMA
from graphsvc.exports.registry import EXPORTS
from graphsvc.model import UNKNOWN
from graphsvc.questions.handover import Handover, HandoverQuestion
from graphsvc.translation import LANGUAGES
from tests.builders import activity, flow, network, party, service, vocabulary

ON = "2026-11-24"
HOSTILE = "<script>alert(1)</script> & | `x` **b**"
FORMS = EXPORTS["dpia"].formats
OFFICE = {"docx", "pdf"}
"""Forms that tests/exports/test_word_and_paper.py reads."""


def handover(data: list[str], on: str = ON, name: str = "Mail Inc.", **more: object) -> Handover:
    found = network(
        [flow("desk", "mailer", places=["US"]), flow("mailer", "deep", "sub_processor", places=["DE"])],
        [activity("desk", "shop", data, **{"purposes": ["support"], **more})],
        [service("mailer", "mail-inc"), service("deep", "deep-ltd")],
        [party("shop", "NL"), party("mail-inc", "US") | {"name": name}, party("deep-ltd", "DE")],
        on,
    )
    return Handover(HandoverQuestion(on, "shop"), 7, found, found.party("shop"))


def told(data: list[str], criterion: str, on: str = ON, **more: object) -> tuple[Met, Reason] | None:
    found = handover(data, on, **more)
    answers = merged(screen(found.network, found.activities(), criteria()))
    by_name = {f"{each.criterion.criteria.id} {each.criterion.number}": each for each in answers}
    return (by_name[criterion].met, by_name[criterion].reason) if criterion in by_name else None


# Each criterion


@pytest.mark.parametrize(
    ("data", "criterion", "answer"),
    [
        (["patient health-record"], "wp248 4", (Met.YES, Reason.FOUND)),
        (["patient health-record"], "wp248 7", (Met.YES, Reason.FOUND)),
        (["patient health-record"], "nl 7", (Met.CANNOT_TELL, Reason.FOUND_BUT)),
        (["visitor video-footage"], "nl 1", (Met.CANNOT_TELL, Reason.FOUND_BUT)),
        (["customer name"], "nl 1", (Met.CANNOT_TELL, Reason.NO_SIGN)),
        (["customer criminal-offence"], "nl 2", (Met.CANNOT_TELL, Reason.FOUND_BUT)),
        (["patient health-record"], "nl 2", (Met.CANNOT_TELL, Reason.NO_SIGN)),
        (["patient health-record"], "nl 8", (Met.CANNOT_TELL, Reason.FOUND_BUT)),
        (["customer name"], "wp248 4", (Met.NO, Reason.ABSENT)),
        (["customer name"], "wp248 7", (Met.NO, Reason.ABSENT)),
        (["customer name"], "nl 17", (Met.NO, Reason.ABSENT)),
        (["customer name"], "wp248 1", (Met.CANNOT_TELL, Reason.NO_SIGN)),
        (["customer name"], "wp248 5", (Met.CANNOT_TELL, Reason.NOT_HELD)),
        (["customer personal-data"], "wp248 4", (Met.CANNOT_TELL, Reason.MAY_BE)),
        ([f"customer {UNKNOWN}"], "nl 6", (Met.CANNOT_TELL, Reason.MAY_BE)),
        ([f"{UNKNOWN} name"], "wp248 7", (Met.CANNOT_TELL, Reason.MAY_BE)),
        ([], "wp248 4", (Met.CANNOT_TELL, Reason.INCOMPLETE)),
        (["employee name"], "nl 11", (Met.CANNOT_TELL, Reason.FOUND_BUT)),
        (["customer gps-coordinates"], "nl 12", (Met.CANNOT_TELL, Reason.FOUND_BUT)),
    ],
)
def test_a_criterion_is_answered_by_what_is_recorded(data: list[str], criterion: str, answer: tuple[Met, Reason]):
    assert told(data, criterion) == answer


def test_a_list_is_asked_from_its_day_on():
    assert told(["customer name"], "nl 17", "2019-11-26") is None
    assert told(["customer name"], "nl 17", "2019-11-27") is not None
    assert told(["customer name"], "wp248 4", "2018-05-24") is None


def test_purposes_are_signs_too():
    assert told(["customer name"], "wp248 1", purposes=["targeted-advertising"]) == (Met.YES, Reason.FOUND)


@pytest.mark.parametrize(
    ("data", "mandatory"), [(["patient health-record"], "yes"), (["customer name"], "cannot_tell"), ([], "cannot_tell")]
)
def test_two_criteria_make_an_assessment_look_mandatory(data: list[str], mandatory: str):
    body = json.loads(FORMS["json"].write(handover(data), "en"))
    assert body["screening"]["looks_mandatory"] == mandatory


WORDS = sorted(vocabulary().categories)


@given(st.sets(st.sampled_from(WORDS), min_size=1, max_size=4), st.sampled_from(WORDS))
def test_more_data_never_takes_a_criterion_away(categories: set[str], one_more: str):
    few = [f"customer {category}" for category in sorted(categories)]
    before, after = (
        screen(found.network, found.activities(), criteria())[0].answers
        for found in (handover(few), handover(sorted({*few, f"customer {one_more}"})))
    )
    order = tuple(Met)
    assert all(order.index(b.met) <= order.index(a.met) for a, b in zip(before, after, strict=True))


def test_every_row_names_words_of_the_vocabulary_and_both_lists_are_whole():
    words = vocabulary()
    rows = criteria()
    numbers = {key: [row.number for row in rows if row.criteria.id == key] for key in ("wp248", "nl")}
    assert numbers == {"wp248": [*range(1, 10)], "nl": [*range(1, 18)]}
    for row in rows:
        assert set(row.name) == set(LANGUAGES)
        if row.signs:
            assert words.categories.keys() >= set(row.signs.categories)
            assert words.subjects.keys() >= set(row.signs.subjects)
            assert words.purposes.keys() >= set(row.signs.purposes)


# The forms


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_json_is_as_its_published_schema_says(language: str):
    Draft202012Validator.check_schema(SCHEMA)
    body = json.loads(FORMS["json"].write(handover(["patient health-record"]), language))
    Draft202012Validator(SCHEMA).validate(body)
    assert (body["on"], body["law"], body["revision"]) == (ON, "seed", 7)
    assert [item["country"] for item in body["transfers"]] == ["US"]
    assert [held["service"]["id"] for held in body["description"]["recipients"]] == ["mailer", "deep"]


@pytest.mark.parametrize("word", sorted(FORMS.keys() - OFFICE))
def test_the_same_facts_give_the_same_bytes(word: str):
    first, second = (FORMS[word].write(handover(["customer name"]), "nl") for _ in range(2))
    assert first == second


@pytest.mark.parametrize("kind", EXPORTS)
def test_every_export_can_be_made_of_a_controller_of_whom_nothing_is_known(kind: str):
    empty = network([], [], [], [party("shop")], ON)
    # A copy of documents is made of the register itself; tests/engines/test_round_trip.py asks for those.
    forms = {word: form for word, form in EXPORTS[kind].formats.items() if form.copy is None and word not in OFFICE}
    found = Handover(HandoverQuestion(ON, "shop"), 7, empty, empty.party("shop"))
    for word, form in forms.items():
        for language in LANGUAGES:
            assert b"".join(form.stream(found, language)) if form.stream else form.write(found, language), word


def test_a_name_with_markup_in_it_stays_text():
    found = handover(["customer name"], name=HOSTILE)
    page = FORMS["html"].write(found, "en").decode()
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; | `x` **b**" in page
    line = next(line for line in FORMS["md"].write(found, "en").decode().splitlines() if "mailer (" in line)
    assert r"\<script\>" in line
    assert r"\| \`x\` \*\*b\*\*" in line
