"""What is made for a word processor and for paper: opened again it has the words, the tables and the picture."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document
from pypdfium2 import PdfDocument

from graphsvc.exports.draw import draw
from graphsvc.exports.registry import EXPORTS
from graphsvc.questions.handover import Handover, HandoverQuestion
from graphsvc.translation import LANGUAGES, gettext
from tests.builders import network, party
from tests.unit.test_dpia_export import FORMS, HOSTILE, OFFICE, ON, handover


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_processor_opens_it_with_headings_tables_and_the_picture(language: str):
    made = Document(io.BytesIO(FORMS["docx"].write(handover(["patient health-record"]), language)))
    said = [paragraph.text for paragraph in made.paragraphs]
    assert gettext(language, "export.dpia.transfers") in said
    assert len(made.inline_shapes) == 1
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    assert gettext(language, "export.dpia.answer.yes") in cells
    assert "mailer (Mail Inc.)" in cells


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_pdf_has_pages_with_the_same_words_and_the_picture(language: str):
    pages = PdfDocument(FORMS["pdf"].write(handover(["patient health-record"]), language))
    text = "\n".join(page.get_textpage().get_text_bounded() for page in pages)
    assert "Mail Inc." in text
    assert "Staatscourant 2019, 64418" in text
    kinds = {item.type for page in pages for item in page.get_objects()}
    assert len(pages) > 2
    assert 3 in kinds  # FPDF_PAGEOBJ_IMAGE


@pytest.mark.parametrize("word", sorted(OFFICE))
def test_the_same_facts_give_the_same_bytes(word: str):
    first, second = (FORMS[word].write(handover(["customer name"]), "nl") for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("kind", "word"), [(kind, word) for kind in EXPORTS for word in sorted(OFFICE & EXPORTS[kind].formats.keys())]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_can_be_made_of_a_controller_of_whom_nothing_is_known(kind: str, word: str, language: str):
    empty = network([], [], [], [party("shop")], ON)
    found = Handover(HandoverQuestion(ON, "shop"), 7, empty, empty.party("shop"))
    assert EXPORTS[kind].formats[word].write(found, language)


def test_a_name_with_markup_in_it_stays_text():
    found = handover(["customer name"], name=HOSTILE)
    cells = [c.text for t in Document(io.BytesIO(FORMS["docx"].write(found, "en"))).tables for c in t.columns[0].cells]
    assert f"mailer ({HOSTILE})" in cells
    assert FORMS["pdf"].write(found, "en").startswith(b"%PDF-")


def test_a_picture_on_paper_does_not_say_when_it_was_made():
    assert b"/CreationDate (D:19700101000000Z" in draw("digraph { a -> b }", "pdf")


def test_a_picture_is_drawn_whatever_lies_where_the_service_was_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for name in ("pygraphviz", "graphsvc", "subprocess"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('not ours')")
    monkeypatch.chdir(tmp_path)
    assert b"<svg" in draw("digraph { a -> b }", "svg")
