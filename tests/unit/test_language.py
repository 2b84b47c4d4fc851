"""The catalogues say the same things in every language."""

from __future__ import annotations

import string
from collections.abc import Iterable

import pytest

from graphsvc.answers.changes.causes import CauseKind
from graphsvc.answers.changes.differences import Kind
from graphsvc.answers.dates.day_ahead import DateKind
from graphsvc.exports.registry import EXPORTS
from graphsvc.imports.changes import KINDS as CHANGES
from graphsvc.language import LANGUAGES, catalogue, country_name, say
from graphsvc.model import (
    Basis,
    ClaimKind,
    ContractKind,
    RetentionKind,
    Role,
    Severity,
    Shortfall,
    Status,
    Verdict,
)
from graphsvc.questions.search import KINDS as SEARCHED


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


CLOSED_LISTS = [
    ("gaps.kind.{}", Shortfall),
    ("claims.kind.{}", ClaimKind),
    ("explorer.verdict.{}", Verdict),
    ("explorer.severity.{}", Severity),
    ("explorer.contract.{}", ContractKind),
    ("explorer.means.{}", Status),
    ("dates.{}", DateKind),
    ("changes.{}", Kind),
    ("changes.because.{}", CauseKind),
    ("export.retention.{}", RetentionKind),
    ("export.kind.{}", EXPORTS),
    ("explorer.kind.{}", SEARCHED),
    ("explorer.change.{}", CHANGES),
]


@pytest.mark.parametrize(("key", "words"), CLOSED_LISTS, ids=[key for key, _ in CLOSED_LISTS])
def test_every_word_that_the_page_shows_has_a_text_in_both_languages(key: str, words: Iterable[str]):
    for language in LANGUAGES:
        assert all(key.format(word) in catalogue(language) for word in map(str, words))


SAME = {
    *("export.period.W1", "explorer.details", "explorer.filters", "dates.law_event", "export.kind.dpv"),
    *("explorer.mark.facts", "explorer.any_of", "explorer.field.new.country"),
}
"""Keys of texts that are the same in both languages."""


def test_no_dutch_text_is_the_english_one_unless_both_languages_say_it_so():
    english, dutch = catalogue("en"), catalogue("nl")
    assert {key for key in english if english[key] == dutch[key]} == SAME


def test_countries_have_names_in_both_languages():
    assert country_name("en", "DE") == "Germany"
    assert country_name("nl", "DE") == "Duitsland"
    assert country_name("nl", "unknown") == "onbekend"
    assert country_name("nl", "EEA") == "EEA"


def test_places_are_filled():
    assert say("nl", "word.more", count=3) == "nog 3"
