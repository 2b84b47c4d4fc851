"""Tables as a spreadsheet (XLSX): days and numbers as what they are, and no text that could be taken for a formula."""

from __future__ import annotations

import datetime
import io
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.worksheet import Worksheet

from graphsvc.exports.steady import steady
from graphsvc.tabular import cell as safe

WIDEST, BROADEST, MANY_LINES = 60, 120, 6
"""Characters of a column, and of one whose texts would take more lines than that: rows are not to get too high."""
BROAD_ENOUGH = 24
"""Characters of a heading that make a column broader than what is in it."""
PAGE_WIDTH = 180
"""Characters that a printed page holds side by side and that can still be read."""
LONGEST = 32_767
"""Characters that a cell may hold."""
LINE_HEIGHT, HIGHEST = 15, 409
"""Points: of a line, and of the highest row that there may be."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class _Row(RowDimension):
    """A row with a height that goes along when its text is changed: nobody chose it."""

    @property
    def customHeight(self) -> bool:
        return False


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, the heads of its columns, and its rows."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Any]]
    freeze: int = 1
    """Columns that stay in sight."""
    hidden: bool = False
    """For a program that reads the file again, not for people."""


def workbook(sheets: Iterable[Sheet], title: str, on: str, footer: str = "") -> bytes:
    """A spreadsheet.

    Args:
        sheets: In order.
        title: Its title.
        on: The day it is of.
        footer: What stands below each printed page.
    """
    book = Workbook()
    book.remove(book.active)
    book.properties.title, book.properties.creator = title, "graphsvc"
    for sheet in sheets:
        page = book.create_sheet(sheet.name[:31])
        page.sheet_state = "hidden" if sheet.hidden else "visible"
        _fill(page, sheet)
        _to_print(page, footer, sheet.freeze)
    made = io.BytesIO()
    book.save(made)
    return steady(made.getvalue(), on)


def _fill(page: Worksheet, sheet: Sheet) -> None:
    rows = [list(row) for row in sheet.rows]
    for row, values in enumerate([sheet.columns, *rows], 1):
        for column, value in enumerate(values, 1):
            _write(page.cell(row, column), value)
    for cell in page[1]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="EEF1F6")
    for column, head in enumerate(sheet.columns, 1):
        width = _width(str(head), [str(row[column - 1] or "") for row in rows])
        page.column_dimensions[get_column_letter(column)].width = width
    if not sheet.hidden:
        _heighten(page, [sheet.columns, *rows])
    page.freeze_panes = page.cell(2, sheet.freeze + 1)
    page.auto_filter.ref = page.dimensions


def _heighten(page: Worksheet, rows: Iterable[Sequence[Any]]) -> None:
    """Make rows as high as the lines of their cells: not every program does that by itself."""
    widths = [column.width for column in page.column_dimensions.values()]
    for row, values in enumerate(rows, 1):
        lines = max(_lines(str(value), width) for value, width in zip(values, widths, strict=True))
        if lines > 1:
            page.row_dimensions[row] = _Row(page, row, ht=min(HIGHEST, lines * LINE_HEIGHT))


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column: words are not broken, so lines are not filled to the end."""
    filled = width * 0.85
    return sum(1 if len(line) <= width - 2 else math.ceil(len(line) / filled) for line in text.splitlines() or [""])


def _to_print(page: Worksheet, footer: str, kept: int) -> None:
    """Landscape on A4, over as many pages as its columns need; heads and first columns on each.

    An ampersand in a footer is doubled, else it commands.
    """
    width = sum(column.width for column in page.column_dimensions.values())
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth = max(1, round(width / PAGE_WIDTH))
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "1:1"
    page.print_title_cols = f"A:{get_column_letter(kept)}"
    page.oddFooter.left.text, page.oddFooter.right.text = footer.replace("&", "&&"), "&P / &N"


def _heading_width(head: str) -> int:
    """Heads are broken over lines, between words."""
    return max([min(len(head), BROAD_ENOUGH), *map(len, head.split())])


def _width(head: str, texts: Sequence[str]) -> int:
    """Characters that a column is wide."""
    longest = max((len(line) for text in texts for line in text.splitlines()), default=0)
    if longest > WIDEST and max(_lines(text, WIDEST) for text in texts) > MANY_LINES:
        return BROADEST
    return min(WIDEST, max(10, _heading_width(head) + 2, longest + 2))


def _fitting(text: str) -> str:
    """A text that a cell may hold; where something had to be cut off, an ellipsis says so."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}\u2026"


def _write(cell: Cell, value: Any) -> None:
    """A day as a day, a number as a number, yes and no as such; everything else as text."""
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if value is None or isinstance(value, (bool, int, float)):
        cell.value = value
    elif isinstance(value, str) and _DAY.fullmatch(value):
        cell.value, cell.number_format = datetime.date.fromisoformat(value), "yyyy-mm-dd"
    else:
        cell.value = _fitting(ILLEGAL_CHARACTERS_RE.sub("", safe(value)))
        cell.data_type = "s"
