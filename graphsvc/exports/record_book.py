"""The records of Art. 30 as CSV and as a workbook: the record, its recipients one by one, its gaps, and what it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from graphsvc.answers.gaps import plain as plain_gaps
from graphsvc.answers.gaps.gap import Gap
from graphsvc.answers.lines import Line
from graphsvc.exports.record_cells import Cells
from graphsvc.exports.record_flow_cells import Cell, Lacking
from graphsvc.exports.workbook import WIDEST, Sheet, workbook
from graphsvc.imports.foreign.own_sheet import MARKER, SHEET, VERSION
from graphsvc.questions.gaps import MAX_AGE
from graphsvc.tabular import csv_lines

ABOUT = ("on", "law", "revision")
"""Columns that say in each row what it was made from."""
RECIPIENTS = (
    *("belongs_to", "recipient", "provider", "role", "recipient_purpose", "recipient_places", "recipient_footing"),
    *("contract", "recipient_data", "depth", "basis", "sources", "belongs_to_id"),
)
GAPS = ("weight", "gap", "to_do", "why", "article")
DETAILED = dict.fromkeys(("sub_processors", "safeguards", "engaged"), "recipients") | {"gaps": "gaps"}
"""Columns that may be long, with the sheet that has their lines one by one."""
MOST_LINES = 24
"""Lines that are seen in a cell; a row cannot be higher than some 27."""
IN_RECORD = "Art. 30("
"""What the article of a requirement holds when Art. 30 asks for it."""


@dataclass(frozen=True)
class Book:
    """A record, ready to be written.

    Attributes:
        cells: Makes cells; also knows what it was made from.
        kind: `art30_1` or `art30_2`, as the catalogue has them.
        name: Whose it is.
        columns: Keys of the columns.
        rows: By key of the column.
        lines: For each row what it is called, its id, and where its data goes.
        gaps: The worklist.
        about: What else to say on the last sheet.
        freeze: Columns that stay in sight.
    """

    cells: Cells
    kind: str
    name: str
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, Cell], ...]
    lines: tuple[tuple[str, str, tuple[Line, ...]], ...]
    gaps: tuple[Gap, ...]
    about: tuple[tuple[str, Cell], ...] = ()
    freeze: int = 2

    def head(self, key: str) -> str:
        """The heading of a column."""
        return self.cells.texts.gettext(f"record.column.{key}")

    @property
    def made_from(self) -> dict[str, Any]:
        """What it was made from."""
        return self.cells.handover.made_from

    def csv(self) -> bytes:
        """UTF-8 with a mark, so that a spreadsheet reads it as such; every row says what it was made from."""
        keys = [*self.columns, *ABOUT]
        heads = [self.head(key) for key in keys]
        texts = self.cells.texts
        found = (dict(zip(heads, (texts.plain(cell) for cell in self._row(row)), strict=True)) for row in self.rows)
        return "\ufeff".encode() + "".join(csv_lines(found, heads)).encode()

    def xlsx(self) -> bytes:
        """Four sheets; days and numbers are what they are."""
        texts = self.cells.texts
        seen = [self._brief(row) for row in self.rows]
        record = Sheet(
            texts.gettext(f"{self.kind}.sheet"), self._heads(self.columns), map(self._row, seen), self.freeze
        )
        recipients = Sheet(
            texts.gettext("record.sheet.recipients"),
            self._heads(RECIPIENTS),
            map(self._row_of(RECIPIENTS), self._recipients()),
            2,
        )
        gaps = Sheet(texts.gettext("record.sheet.gaps"), self._heads(GAPS), map(self._row_of(GAPS), self._worklist()))
        title = texts.gettext(f"{self.kind}.title", name=self.name)
        about = Sheet(texts.gettext("sheet.about"), [title, texts.gettext("value")], [*map(list, self._about())])
        sheets = [record, recipients, gaps, about, *self._kept(seen)]
        return workbook(sheets, title, self.cells.handover.network.on, texts.made_from)

    def _brief(self, row: Mapping[str, Cell]) -> dict[str, Cell]:
        """The row with no more lines in a cell than a spreadsheet shows; the other sheets have all of them."""
        return {key: self._lines(cell, DETAILED[key]) if key in DETAILED else cell for key, cell in row.items()}

    def _lines(self, cell: str, sheet: str) -> str:
        lines = cell.splitlines()
        heights = [*accumulate(-(-len(line) // WIDEST) or 1 for line in lines)]
        shown = sum(height <= MOST_LINES for height in heights)
        if shown == len(lines):
            return cell
        texts = self.cells.texts
        rest = texts.gettext("record.more", count=len(lines) - shown, sheet=texts.gettext(f"record.sheet.{sheet}"))
        more = texts.gettext("record.gap", what=rest) if isinstance(cell, Lacking) else rest
        return "\n".join([*lines[:shown], more])

    def _kept(self, seen: Iterable[Mapping[str, Cell]]) -> Iterator[Sheet]:
        """What stands in each cell, for an import to see which ones were changed: of a controller's record."""
        controller = self.cells.handover.controller
        if self.kind == "art30_1" and controller:
            head = [
                MARKER,
                VERSION,
                self.cells.texts.language,
                *self.made_from.values(),
                controller.id,
                controller.name,
            ]
            rows = [[row[key] for key in self.columns] for row in seen]
            yield Sheet(SHEET, head, [self.columns, *rows], hidden=True)

    def _heads(self, columns: Iterable[str]) -> list[str]:
        return [self.head(key) for key in (*columns, *ABOUT)]

    def _row(self, row: Mapping[str, Cell]) -> list[Cell]:
        return self._row_of(self.columns)(row)

    def _row_of(self, columns: Iterable[str]) -> Any:
        made = list(self.made_from.values())
        return lambda row: [*(row[key] for key in columns), *made]

    def _recipients(self) -> Iterator[dict[str, Cell]]:
        """Each recipient of each row, the nearest first."""
        for name, key, lines in self.lines:
            by_flow: dict[str, list[Line]] = {}
            for line in lines:
                by_flow.setdefault(line.passage.flow.id, []).append(line)
            for found in by_flow.values():
                yield {"belongs_to": name, "belongs_to_id": key} | self._recipient(found)

    def _recipient(self, lines: list[Line]) -> dict[str, Cell]:
        cells, texts = self.cells, self.cells.texts
        passage = lines[0].passage
        flow = passage.flow
        return {
            "recipient": passage.service.name,
            "provider": texts.party(passage.importer),
            "role": texts.role(flow.role),
            "recipient_purpose": flow.purpose or passage.service.purpose or texts.gettext("not_recorded"),
            "recipient_places": cells.countries(lines),
            "recipient_footing": cells.safeguards(lines),
            "contract": cells.contract(passage),
            "recipient_data": cells.data(lines[0].items),
            "depth": passage.depth,
            "basis": texts.basis_word(lines[0].basis),
            "sources": cells.sources(flow.evidence),
        }

    def _worklist(self) -> Iterator[dict[str, Cell]]:
        for gap in self.gaps:
            found = self._plain(gap)
            yield {"weight": gap.weight, "gap": found["what"]} | {
                key: found[key] for key in ("to_do", "why", "article")
            }

    def _plain(self, gap: Gap) -> dict[str, Any]:
        return plain_gaps.gap(self.cells.handover.network, gap, self.cells.texts.language, MAX_AGE)

    def _about(self) -> Iterator[tuple[str, Cell]]:
        texts = self.cells.texts
        yield from ((self.head(key), value) for key, value in self.made_from.items())
        yield texts.gettext("record.rows"), len(self.rows)
        if not self.rows:
            yield texts.gettext("record.empty"), texts.gettext(f"{self.kind}.empty")
        yield from self.about
        yield texts.gettext("record.based_on"), texts.gettext(f"{self.kind}.article")
        yield texts.gettext("marks"), texts.gettext("marks.how")
        yield texts.gettext("record.gap_means"), texts.gettext("record.gap_means.how", gap=self.cells.lacking())
        yield texts.gettext("record.export"), self.kind


def with_gaps(row: dict[str, Cell], cells: Cells, gaps: Iterable[Gap]) -> dict[str, Cell]:
    """A row with the column that says which of its cells are gaps, and what the worklist says of it."""
    heads = [cells.texts.gettext(f"record.column.{key}") for key, cell in row.items() if isinstance(cell, Lacking)]
    network, language = cells.handover.network, cells.texts.language
    said = [
        plain_gaps.gap(network, gap, language, MAX_AGE)["what"] for gap in gaps if IN_RECORD in gap.requirement.article
    ]
    missing = [cells.texts.gettext("record.missing", columns="; ".join(heads))] if heads else []
    return row | {"gaps": "\n".join([*missing, *said]) or cells.texts.gettext("record.no_gap")}
