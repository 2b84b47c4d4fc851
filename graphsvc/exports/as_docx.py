"""Blocks as a DOCX document, by python-docx."""

from __future__ import annotations

import io
import re

from graphsvc.exports.blocks import Block, Bullets, Figure, Heading, Paragraph, Table, Text
from graphsvc.exports.steady import steady

NEEDS = ("docx",)
WIDTH = 17.0
"""Centimetres between the margins."""
TALLEST = 21.0
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def docx(text: Text) -> bytes:
    """A document for a word processor; the same text gives the same bytes."""
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    document = Document()
    # The schema asks for it, and the template does not have it.
    document.settings.element.find(qn("w:zoom")).set(qn("w:percent"), "100")
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = "Calibri", Pt(10)
    document.core_properties.title, document.core_properties.author = _clean(text.title), "graphsvc"
    document.core_properties.language = text.language
    document.add_heading(_clean(text.title), 0)
    for block in text.blocks:
        _add(document, block)
    made = io.BytesIO()
    document.save(made)
    return steady(made.getvalue(), text.on)


def _add(document: object, block: Block) -> None:
    match block:
        case Heading(said, level):
            document.add_heading(_clean(said), level - 1)
        case Paragraph(said, strong, note):
            _runs(document.add_paragraph(), strong, said, note)
        case Bullets(items):
            for strong, said in items:
                _runs(document.add_paragraph(style="List Bullet"), strong, said, False)
        case Table():
            _table(document, block)
        case Figure():
            _figure(document, block)


def _runs(paragraph: object, strong: str, said: str, note: bool) -> None:
    if strong:
        paragraph.add_run(_clean(f"{strong}: " if said else strong)).bold = True
    run = paragraph.add_run(_clean(said))
    run.italic = note


def _table(document: object, block: Table) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Cm, Pt

    table = document.add_table(1, len(block.columns), style="Table Grid")
    table.autofit = False
    widths = block.widths or [1] * len(block.columns)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(WIDTH * width / sum(widths))
    # Cell by cell, python-docx looks up the whole table each time: row by row it is many times faster.
    for values in block.rows:
        for cell, value in zip(table.add_row().cells, values, strict=True):
            cell.text = _clean(value)
    for cell, value in zip(table.rows[0].cells, block.columns, strict=True):
        cell.text = _clean(value)
        cell._tc.get_or_add_tcPr().append(_shade())
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    first = table.rows[0]._tr
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(WIDTH * width / sum(widths))
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(8)
                run.bold = row._tr is first
    document.add_paragraph()


def _shade() -> object:
    """The colour behind the heads of a table."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "EEF1F6")):
        shade.set(qn(f"w:{name}"), value)
    return shade


def _figure(document: object, block: Figure) -> None:
    from docx.shared import Cm

    run = document.add_paragraph().add_run()
    shape = run.add_picture(io.BytesIO(block.png), width=Cm(WIDTH))
    if shape.height > Cm(TALLEST):
        shape.width, shape.height = int(shape.width * Cm(TALLEST) / shape.height), Cm(TALLEST)
    _runs(document.add_paragraph(), "", block.caption, True)


def _clean(said: str) -> str:
    """A text that XML can hold."""
    return _CONTROL.sub("", said)
