"""Sentences and names that are told can be said in Dutch, and none stays English unnoticed."""

from __future__ import annotations

import ast
import copy
import pickle
import string
from collections.abc import Iterator

import pytest
import yaml

from graphsvc.told import NAMED, Joined, Title, country_told, in_language, sentences, tell, titles, word_told
from tests.checkout import ROOT

SAME = {
    *("50 U.S.C. 1881a", "COM(2024) 451", "COM(2025) 501", "COM(2025) 837", "Executive Order 14086", "SI 2023/1028"),
    *("Swiss-US Data Privacy Framework",),
}
"""Names that Dutch has no other word for."""
SAME_SENTENCES = {"{title} (CELEX {celex})", "{service} in {country}"}


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def templates() -> Iterator[str]:
    """Every sentence that the code tells; each is a literal, so that it can be found."""
    for file in sorted((ROOT / "graphsvc").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tell":
                assert isinstance(node.args[0], ast.Constant), f"{file}:{node.lineno} tells what no catalogue can hold"
                yield node.args[0].value


def test_every_sentence_of_the_code_is_there_in_dutch_and_no_other():
    assert sentences("nl").keys() == set(templates())


def test_sentences_have_the_same_places_and_other_words():
    for english, dutch in sentences("nl").items():
        assert places(dutch) == places(english), english
        assert (dutch != english) is (english not in SAME_SENTENCES), english


def names_of_law() -> set[str]:
    """Every name of an act, a tool, an event and a duty in the seed data, with scopes, clocks and conditions."""
    found: set[str] = set()
    for file in (ROOT / "seed_data" / "law").glob("*.yaml"):
        body = yaml.safe_load(file.read_text(encoding="utf-8"))
        rows = [row for key in ("regimes", "tools", "events", "duties", "requirements") for row in body.get(key, ())]
        rows += [inner for row in rows for key in ("exceptions", "details") for inner in row.get(key, ())]
        for row in rows:
            found |= {row[key]["title"] for key in ("act", "ended_by") if key in row}
            found |= {row[key] for key in NAMED if key in row}
            if row.get("kind") == "unsettled" or "of" in row:
                found.add(row["note"])
    return found - {"all"}


def test_every_name_in_the_law_tables_is_there_in_dutch_and_no_other():
    assert titles("nl").keys() == names_of_law()
    assert {english for english, dutch in titles("nl").items() if english == dutch} == SAME


def test_what_is_told_is_a_plain_english_text_and_says_its_parts_in_dutch():
    country = country_told("DE")
    status = word_told("status", "lapsed")
    told = tell(
        "{recipient} is established in {country} (footing: {footing}).", recipient="X", country=country, footing=status
    )
    assert told == "X is established in Germany (footing: lapsed)."
    assert told.said("nl") == "X is gevestigd in Duitsland (grondslag: vervallen)."
    assert told.said("en") == told
    both = Joined(tell(" and "), (Title("Judgment C-311/18 (Schrems II)"), "an act of one's own"))
    assert both == "Judgment C-311/18 (Schrems II) and an act of one's own"
    assert both.said("nl") == "Arrest C-311/18 (Schrems II) en an act of one's own"


def test_plain_values_are_said_wherever_they_stand():
    value = {"why": [tell("further notice"), 3, None], "id": "further notice"}
    assert in_language(value, "nl") == {"why": ["nader bericht", 3, None], "id": "further notice"}
    assert in_language(value, "en") is value


@pytest.mark.parametrize("again", [copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))])
def test_copies_can_be_said_too(again):
    for told in (
        tell("the flow {id}", id="x"),
        Title("The GDPR applies"),
        country_told("DE"),
        Joined(", ", ("a", "b")),
    ):
        assert again(told).said("nl") == told.said("nl")
