"""Blocks as a PDF document, by fpdf2 with the font that comes in a package of its own."""

from __future__ import annotations

import datetime
import io
from functools import cache
from pathlib import Path
from typing import Any

from graphsvc.exports.blocks import Block, Bullets, Figure, Heading, Paragraph, Table, Text

NEEDS = ("fpdf", "font_roboto")
MARGIN, WIDTH, TALLEST = 18, 174, 235
"""Millimetres on A4."""
SIZE = {1: 20, 2: 14, 3: 11}
INK, FAINT, BAND = (28, 35, 48), (90, 100, 115), (238, 241, 246)


def pdf(text: Text) -> bytes:
    """A document to print; the same text gives the same bytes."""
    page = _page(text)
    _heading(page, text.title, 1)
    for block in text.blocks:
        _add(page, block)
    return bytes(page.output())


def _page(text: Text) -> Any:
    from fpdf import FPDF

    class Page(FPDF):
        """A page with its number at the foot."""

        def footer(self) -> None:
            self.set_y(-12)
            self.set_font("Roboto", size=8)
            self.set_text_color(*FAINT)
            self.cell(0, 5, _shown(f"{text.title}   {self.page_no()}/{{nb}}"), align="R")

    page = Page(format="A4")
    page.set_creation_date(datetime.datetime.fromisoformat(f"{text.on}T00:00:00+00:00"))
    page.set_title(text.title)
    page.set_lang(text.language)
    page.set_author("graphsvc")
    for style, file in (("", "Regular"), ("B", "Bold"), ("I", "Italic")):
        page.add_font("Roboto", style, _fonts() / f"Roboto-{file}.ttf")
    page.set_margins(MARGIN, MARGIN)
    page.set_auto_page_break(True, MARGIN)
    page.add_page()
    return page


@cache
def _fonts() -> Path:
    import font_roboto

    return next(Path(font_roboto.__file__).parent.rglob("Roboto-Regular.ttf")).parent


@cache
def _known() -> frozenset[int]:
    """The characters that the font has."""
    from fontTools.ttLib import TTFont

    with TTFont(_fonts() / "Roboto-Regular.ttf") as font:
        return frozenset(font.getBestCmap())


def _shown(said: str) -> str:
    """A text in characters that the font has: an arrow becomes `>`, what it does not have a box to be seen."""
    plain = " ".join(said.replace("→", ">").split())
    return "".join(sign if ord(sign) in _known() else "\u25a1" if 0x25A1 in _known() else "?" for sign in plain)


def _add(page: Any, block: Block) -> None:
    match block:
        case Heading(said, level):
            _heading(page, said, level)
        case Paragraph(said, strong, note):
            _paragraph(page, strong, said, note)
        case Bullets(items):
            for strong, said in items:
                _paragraph(page, f"• {strong}" if strong else "", said if strong else f"• {said}", False, 3)
            page.ln(2)
        case Table():
            _table(page, block)
        case Figure():
            _figure(page, block)


def _heading(page: Any, said: str, level: int) -> None:
    if page.will_page_break(45):
        page.add_page()
    page.ln(0 if level == 1 else 4)
    page.set_text_color(*INK)
    page.set_font("Roboto", "B", SIZE[level])
    page.multi_cell(0, SIZE[level] * 0.45, _shown(said), new_x="LMARGIN", new_y="NEXT", align="L")
    page.ln(2)


def _paragraph(page: Any, strong: str, said: str, note: bool, indent: int = 0) -> None:
    page.set_text_color(*(FAINT if note else INK))
    page.set_left_margin(MARGIN + indent)
    page.set_x(MARGIN + indent)
    if strong:
        page.set_font("Roboto", "B", 9.5)
        page.write(4.8, _shown(strong) + (": " if said else ""))
    page.set_font("Roboto", "I" if note else "", 9.5)
    page.write(4.8, _shown(said))
    page.set_left_margin(MARGIN)
    page.ln(6 if not indent else 5)


def _table(page: Any, block: Table) -> None:
    from fpdf.enums import TableBordersLayout
    from fpdf.fonts import FontFace

    page.set_font("Roboto", size=7.5)
    page.set_text_color(*INK)
    page.set_draw_color(207, 214, 225)
    widths = tuple(block.widths) or (1,) * len(block.columns)
    with page.table(
        borders_layout=TableBordersLayout.ALL,
        headings_style=FontFace(emphasis="BOLD", fill_color=BAND, color=INK),
        col_widths=widths,
        line_height=3.6,
        text_align="LEFT",
        padding=1,
        width=WIDTH,
    ) as table:
        for values in [block.columns, *block.rows]:
            row = table.row()
            for value in values:
                row.cell(_shown(value))
    page.ln(3)


def _figure(page: Any, block: Figure) -> None:
    from PIL import Image

    with Image.open(io.BytesIO(block.png)) as image:
        across, down = image.size
    height = min(TALLEST, WIDTH * down / across)
    if page.will_page_break(height + 8):
        page.add_page()
    width = height * across / down
    page.image(io.BytesIO(block.png), x=MARGIN + (WIDTH - width) / 2, w=width, h=height, alt_text=block.caption)
    page.ln(2)
    _paragraph(page, "", block.caption, True)
