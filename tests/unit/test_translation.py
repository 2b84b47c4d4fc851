"""Everything that people read is there in every language, and stands in its sentence as the language asks."""

from __future__ import annotations

import ast
import copy
import json
import pickle
import re
import shutil
import string
from collections.abc import Iterable, Iterator
from pathlib import Path

import pycountry
import pytest

from graphsvc.answers.changes.causes import CauseKind
from graphsvc.answers.changes.differences import Kind
from graphsvc.answers.dates.day_ahead import DateKind
from graphsvc.exports.registry import EXPORTS
from graphsvc.imports.changes import KINDS as CHANGES
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
from graphsvc.translation import (
    LANGUAGES,
    LOCALE,
    LazyString,
    _,
    capitalised,
    catalogue,
    country_name,
    country_with_article,
    format_day,
    format_list,
    format_number,
    format_period,
    gettext,
    given,
    has_text,
    joined,
    law_name,
    listed,
    ngettext,
    pgettext,
    translate,
)
from graphsvc.translation.cldr import articles_of
from tools import words

OTHERS = tuple(language for language in LANGUAGES if language != "en")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the catalogues, to spoil."""
    return shutil.copytree(LOCALE, tmp_path / "locale")


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


# The catalogues


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_translated_and_nothing_else(language: str):
    assert words.untranslated(language) == []
    assert words.unused(language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_is_as_make_words_writes_it(language: str, folder: Path):
    words.update(language, folder)
    assert (folder / f"{language}.po").read_bytes() == (LOCALE / f"{language}.po").read_bytes()


SENTENCE = "No source names the recipient."
TAKEN_OUT = [
    ("nl", f'msgid "{SENTENCE}"\nmsgstr "Geen bron noemt de ontvanger."\n', "", (None, SENTENCE)),
    ("nl", 'msgstr "Geen bron noemt de ontvanger."', 'msgstr ""', (None, SENTENCE)),
    ("nl", f'msgid "{SENTENCE}"', f'#, fuzzy\nmsgid "{SENTENCE}"', (None, SENTENCE)),
    ("nl", 'msgid "status.lapsed"\nmsgstr "Vervallen"\n', "", (None, "status.lapsed")),
    ("nl", 'msgctxt "status"\nmsgid "lapsed"\nmsgstr "vervallen"\n', "", ("status", "lapsed")),
    ("nl", 'msgid "The GDPR applies"', 'msgid "The GDPR"', ("law", "The GDPR applies")),
    ("en", 'msgstr "Lapsed"', 'msgstr ""', (None, "status.lapsed")),
]


@pytest.mark.parametrize(("language", "old", "new", "key"), TAKEN_OUT, ids=[str(row[3]) for row in TAKEN_OUT])
def test_a_text_that_is_taken_out_is_missed(folder: Path, language: str, old: str, new: str, key: words.Key):
    edit(folder / f"{language}.po", old, new)
    assert words.untranslated(language, folder) == [key]


def test_a_sentence_that_no_code_says_any_more_is_unused_and_becomes_obsolete(folder: Path):
    edit(folder / "nl.po", f'msgid "{SENTENCE}"', 'msgid "No one names it."')
    assert words.unused("nl", folder) == [(None, "No one names it.")]
    words.update("nl", folder)
    assert words.unused("nl", folder) == []
    assert '#~ msgid "No one names it."' in (folder / "nl.po").read_text(encoding="utf-8")
    assert words.untranslated("nl", folder) == [(None, SENTENCE)]


def test_a_text_that_nothing_shows_is_found(folder: Path):
    edit(folder / "en.po", 'msgid "word.eea"', 'msgid "word.iceland"')
    assert words.unused("en", folder) == [(None, "word.iceland")]


def places(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


def forms(message: str | tuple[str, ...]) -> tuple[str, ...]:
    return (message,) if isinstance(message, str) else message


@pytest.mark.parametrize("language", OTHERS)
def test_every_translation_has_the_places_of_its_message(language: str):
    english = catalogue("en").messages
    for (context, msgid), message in catalogue(language).messages.items():
        if context != "law":
            own = set().union(*map(places, forms(english.get((context, msgid), msgid))))
            of_all = own & {"count"} if isinstance(message, tuple) else set()  # "één feit" needs no number
            assert all(places(form) | of_all == own for form in forms(message)), msgid


SAME = {
    *("explorer.details", "explorer.filters", "dates.law_event", "export.kind.dpv"),
    *("explorer.mark.facts", "explorer.field.new.country"),
    *("{title} (CELEX {celex})", "{service} in {country}", "document"),
    *("50 U.S.C. 1881a", "COM(2024) 451", "COM(2025) 501", "COM(2025) 837", "Executive Order 14086", "SI 2023/1028"),
    *("Swiss-US Data Privacy Framework",),
}
"""Texts that are the same in English and Dutch."""


def test_no_dutch_text_is_the_english_one_unless_both_languages_say_it_so():
    english = catalogue("en").messages
    dutch = catalogue("nl").messages.items()
    assert {key[1] for key, text in dutch if english.get(key, key[1]) == text} == SAME


def test_every_sentence_of_the_code_is_a_literal_and_its_function_stands_for_nothing_else():
    for file in sorted(LOCALE.parent.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        if file.parent.name == "translation" or not _imports_sentences(tree):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in words.KEYWORDS:
                first = node.args[:1] if node.func.id == "_" else node.args[:2]
                assert all(isinstance(each, ast.Constant) for each in first), f"{file}:{node.lineno}"
            if isinstance(node, ast.Assign | ast.For):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                names = {each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)}
                assert "_" not in names, f"{file}:{node.lineno} takes `_` for something else"


def _imports_sentences(tree: ast.Module) -> bool:
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return any(node.module == "graphsvc.translation" and any(n.name == "_" for n in node.names) for node in imports)


# Every message, in every language, with each number and with a country that takes an article


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", [0, 1, 2])
def test_every_message_can_be_said(language: str, number: int):
    country = country_with_article(language, "US")
    said = [
        *((msgid, gettext(language, msgid, **values(msgid, number, country))) for msgid in symbolic()),
        *((str(key[1]), translate(lazy(key, number), language)) for key in words.sentences()),
        *((str(key[1]), translate(law_name(str(key[1])), language)) for key in words.names_of_law()),
    ]
    for msgid, text in said:
        assert text.strip(" "), msgid
        assert not re.search(r"[{}]", text), (msgid, text)


def symbolic() -> list[str]:
    return [msgid for _context, msgid in catalogue("en").messages]


def values(msgid: str, number: int, country: str) -> dict[str, object]:
    """A value for each place of a text: a number for those that count, else a country with its article."""
    text = "".join(forms(catalogue("en").messages[None, msgid]))
    return {name: number if name == "count" else country for name in places(text)}


def lazy(key: words.Key, number: int) -> LazyString:
    context, msgid = key
    country = LazyString(country_with_article, "US")
    if isinstance(msgid, tuple):
        more = dict.fromkeys(places("".join(msgid)) - {"count"}, country)
        return ngettext(*msgid, number, **more)
    more = {name: number if name == "count" else country for name in places(msgid)}
    return pgettext(context, msgid, **more) if context else _(msgid, **more)


def test_a_value_is_put_into_the_language_of_its_sentence():
    text = _("{recipient} is in {country}.", recipient="X", country=LazyString(country_with_article, "US"))
    assert text == "X is in the United States."
    assert translate(text, "nl") == "X bevindt zich in de Verenigde Staten."
    assert translate(text, "en") is text


def test_a_sentence_takes_the_form_of_its_number(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(catalogue("nl").messages, (None, "{count} flow"), ("{count} stroom", "{count} stromen"))
    flows = [ngettext("{count} flow", "{count} flows", number) for number in (0, 1, 2, 3_787)]
    assert flows == ["0 flows", "1 flow", "2 flows", "3,787 flows"]
    assert translate(flows, "nl") == ["0 stromen", "1 stroom", "2 stromen", "3.787 stromen"]


def test_a_text_takes_the_form_of_its_number(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(catalogue("en").messages, (None, "a.flows"), ("{count} flow", "{count} flows"))
    assert [gettext("nl", "a.flows", count=number) for number in (0, 1, 2)] == ["0 flows", "1 flow", "2 flows"]


def test_what_is_not_translated_is_english_and_what_does_not_exist_is_a_mistake():
    assert translate(_("A sentence of {place}.", place="one's own"), "nl") == "A sentence of one's own."
    assert translate(law_name("An act of one's own"), "nl") == "An act of one's own"
    assert not has_text("status.nonsense")
    with pytest.raises(KeyError, match=r"status\.nonsense"):
        gettext("nl", "status.nonsense")


def test_plain_values_are_translated_wherever_they_stand():
    value = {"why": [_("further notice"), 3, None], "id": "further notice"}
    assert translate(value, "nl") == {"why": ["nader bericht", 3, None], "id": "further notice"}
    assert translate(value, "en") is value


@pytest.mark.parametrize("again", [copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))])
def test_copies_can_be_translated_too(again):
    for text in (
        _("the flow {id}", id="x"),
        law_name("The GDPR applies"),
        LazyString(country_name, "DE"),
        given({"en": "bread", "nl": "brood"}),
        joined("; ", (each for each in (law_name("The GDPR applies"), "b"))),
        listed([_("party"), _("flow")]),
    ):
        assert again(text) == text
        assert translate(again(text), "nl") == translate(text, "nl") != text


# Names, days, periods, lists and numbers


def test_countries_have_names_in_both_languages():
    assert country_name("en", "DE") == "Germany"
    assert country_name("nl", "DE") == "Duitsland"
    assert country_name("nl", "unknown") == "onbekend"
    assert country_name("nl", "EEA") == "EER"
    assert country_name("nl", "XQ") == "XQ"


ARTICLES = [
    ("en", "US", "the United States"),
    ("en", "NL", "the Netherlands"),
    ("en", "GB", "the United Kingdom"),
    ("en", "BS", "the Bahamas"),
    ("en", "DE", "Germany"),
    ("nl", "US", "de Verenigde Staten"),
    ("nl", "GB", "het Verenigd Koninkrijk"),
    ("nl", "PH", "de Filipijnen"),
    ("nl", "NL", "Nederland"),
    ("nl", "EEA", "de EER"),
    ("nl", "unknown", "onbekend"),
]


@pytest.mark.parametrize(("language", "code", "name"), ARTICLES)
def test_a_country_has_its_article_within_a_sentence(language: str, code: str, name: str):
    assert country_with_article(language, code) == name
    assert capitalised(language, name)[1:] == name[1:]
    assert capitalised(language, name)[0].isupper()


PLURAL_OR_STATE = {
    "en": r"(Islands|Republic|Kingdom|States|Emirates|Territor(y|ies)|Lands)$",
    "nl": r"(eilanden|Eilanden|Staten|Emiraten|Republiek|Koninkrijk|gebieden|Marianen|territorium)$",
}
"""Names that are no proper noun alone: they take an article."""
NONE_ALL_THE_SAME = {
    "en": {"GS", "HM"},  # South Georgia & ..., Heard Island & ...: the first of the two takes none
    "nl": {"GS", "HM"},
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_country_has_a_name_and_those_that_take_an_article_have_it(language: str):
    codes = {country.alpha_2 for country in pycountry.countries}
    names = {code: country_name(language, code) for code in codes}
    assert {code for code, name in names.items() if name == code} == set()
    assert articles_of(language).keys() <= codes | {"EEA"}
    lacking = {code for code, name in names.items() if re.search(PLURAL_OR_STATE[language], name)}
    assert lacking - articles_of(language).keys() == NONE_ALL_THE_SAME[language]


@pytest.mark.parametrize(
    ("period", "english", "dutch"),
    [
        ("PT72H", "72 hours", "72 uur"),
        ("P1D", "1 day", "1 dag"),
        ("P7D", "7 days", "7 dagen"),
        ("P1M", "1 month", "1 maand"),
        ("PT1M", "1 minute", "1 minuut"),
        ("P2Y", "2 years", "2 jaar"),
        ("P1Y2D", "1 year and 2 days", "1 jaar en 2 dagen"),
        ("P1Y2M3D", "1 year, 2 months and 3 days", "1 jaar, 2 maanden en 3 dagen"),
        ("P", "P", "P"),
        ("a while", "a while", "a while"),
    ],
)
def test_a_period_is_put_into_words(period: str, english: str, dutch: str):
    assert (format_period("en", period), format_period("nl", period)) == (english, dutch)


def test_a_day_is_written_out():
    assert format_day("en", "2020-07-16") == "16 July 2020"
    assert format_day("nl", "2020-07-16") == "16 juli 2020"


def test_lists_are_read_out():
    assert [format_list("en", "abc"[:end]) for end in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert format_list("nl", "abc") == "a, b en c"
    assert translate(listed("ab", "or"), "nl") == "a of b"
    assert translate(listed([_("party"), "x"]), "nl") == "partij en x"


def test_numbers_have_the_signs_of_the_language():
    assert [format_number(language, 15_571) for language in ("en", "nl")] == ["15,571", "15.571"]


# Words of closed lists


@pytest.mark.parametrize("kinds", [Status, Role, Basis], ids=lambda kinds: kinds.__name__)
def test_every_word_of_a_closed_list_has_a_text(kinds):
    kind = kinds.__name__.lower()
    for language in LANGUAGES:
        assert len({gettext(language, f"{kind}.{word.value}") for word in kinds}) == len(kinds)


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


@pytest.mark.parametrize(("key", "kinds"), CLOSED_LISTS, ids=[key for key, _kinds in CLOSED_LISTS])
def test_every_word_that_the_page_shows_has_a_text(key: str, kinds: Iterable[str]):
    assert all(has_text(key.format(word)) for word in map(str, kinds))


# The page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_what_the_catalogue_says(language: str):
    made = words.page(language)
    assert made["locale"] == {"en": "en-GB", "nl": "nl"}[language]
    assert made["articles"] == articles_of(language)
    assert {"status.lapsed", "explorer.title", "word.eea"} <= made["texts"].keys()
    for key, text in made["texts"].items():
        forms_of = text if isinstance(text, str) else tuple(text.values())
        assert forms_of == catalogue(language).get(key)


def test_the_page_has_plural_forms_by_their_categories(monkeypatch: pytest.MonkeyPatch):
    message = ("{count} flow", "{count} flows")
    monkeypatch.setattr(words, "read", lambda file: catalogue(file.stem))
    for language in LANGUAGES:
        monkeypatch.setitem(catalogue(language).messages, (None, "explorer.activities"), message)
        assert words.page(language)["texts"]["explorer.activities"] == {"one": message[0], "other": message[1]}


def test_the_page_is_made_of_files(tmp_path: Path):
    assert words.main(["page", str(tmp_path)]) == 0
    for language in LANGUAGES:
        file = tmp_path / f"words.{language}.json"
        assert json.loads(file.read_text(encoding="utf-8")) == words.page(language)


def names_in_the_law() -> Iterator[str]:
    return (str(name) for _context, name in words.names_of_law())


def test_names_of_law_are_translated_in_their_own_context():
    assert "Judgment C-311/18 (Schrems II)" in set(names_in_the_law())
    assert translate(law_name("Judgment C-311/18 (Schrems II)"), "nl") == "Arrest C-311/18 (Schrems II)"
    assert catalogue("nl").get("Judgment C-311/18 (Schrems II)") is None
