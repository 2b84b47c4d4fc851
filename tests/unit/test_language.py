"""The catalogues say the same things in every language."""

from __future__ import annotations

import string

import pytest

from graphsvc.language import LANGUAGES, catalogue, country_name, say
from graphsvc.model import Basis, Role, Status


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_text_is_there_in_every_language_with_the_same_places():
    english = catalogue("en")
    for language in LANGUAGES:
        other = catalogue(language)
        assert other.keys() == english.keys()
        assert {key: places(text) for key, text in other.items()} == {k: places(t) for k, t in english.items()}


def test_no_text_is_the_same_word_twice_and_none_is_empty():
    for language in LANGUAGES:
        assert all(text.strip() for text in catalogue(language).values())


@pytest.mark.parametrize("words", [Status, Role, Basis], ids=lambda words: words.__name__)
def test_every_word_of_a_closed_list_has_a_text(words):
    kind = words.__name__.lower()
    for language in LANGUAGES:
        assert len({say(language, f"{kind}.{word.value}") for word in words}) == len(words)


def test_countries_have_names_in_both_languages():
    assert country_name("en", "DE") == "Germany"
    assert country_name("nl", "DE") == "Duitsland"
    assert country_name("nl", "unknown") == "onbekend"
    assert country_name("nl", "EEA") == "EEA"


def test_places_are_filled():
    assert say("nl", "word.more", count=3) == "nog 3"
