"""Lists of sub-processors as vendors publish them in Markdown: tables, lists, headings that name countries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graphsvc.imports.foreign.clean import cannot_read, decoded
from graphsvc.imports.foreign.columns import check_given
from graphsvc.imports.foreign.data import table
from graphsvc.imports.foreign.grid import HEADINGS, Row, Table, cleaned, find_table
from graphsvc.imports.foreign.known import Register
from graphsvc.imports.foreign.listing import Listed, Reader
from graphsvc.imports.foreign.markdown_blocks import Block, blocks_of
from graphsvc.imports.foreign.markdown_items import row_of, table_of_items
from graphsvc.imports.foreign.places import places_in
from graphsvc.imports.foreign.report import Imported, Notes
from graphsvc.imports.foreign.rows import list_of, say_columns
from graphsvc.imports.foreign.settings import ImportSettings
from graphsvc.imports.foreign.words import plain


def read_markdown(content: bytes, settings: ImportSettings, register: Register) -> Imported:
    """A page with a list of sub-processors as a document.

    Raises:
        InvalidDocument: it has neither a table nor a list that names sub-processors.
    """
    check_given(settings.words, "list")
    text, encoding = decoded(content)
    notes = Notes("markdown", settings.file, encoding)
    page = _Page(blocks_of(text.removeprefix("\ufeff"), notes), settings, register, notes)
    listed = page.listed()
    if not listed and not notes.rows_read:
        raise cannot_read("holds neither a table nor a list of sub-processors", settings.file)
    page.say_rest()
    return list_of(listed, page.paragraphs, settings, register, notes, content)


class _Page:
    """A page, piece by piece, with the headings above each."""

    def __init__(self, blocks: Sequence[Block], settings: ImportSettings, register: Register, notes: Notes) -> None:
        self._blocks = blocks
        self._settings = settings
        self._register = register
        self._notes = notes
        self.paragraphs: list[Row] = []
        self._used: set[int] = set()
        self._links = 0

    def listed(self) -> list[Listed]:
        """What the tables say; where there are none, what the lists say that speak of sub-processors."""
        found = list(self._tables())
        items = list(self._items(only_about=True))
        if not found and not items:
            items = list(self._items(only_about=False))
            if items:
                text = "no heading says that the lists of this page name sub-processors; taken for that"
                self._notes.guessed("", text)
        return found + list(self._read(table_of_items(items)) if items else ())

    def _read(self, rows: Table) -> Iterator[Listed]:
        return Reader(rows, self._settings.words, self._notes, self._register.countries).rows()

    def _headings(self) -> Iterator[tuple[int, Block, list[str], str]]:
        """Each piece with its number, the headings above it, and the paragraph right before it."""
        above: list[tuple[int, str]] = []
        lead = ""
        for number, block in enumerate(self._blocks):
            if block.kind == "heading":
                above = [one for one in above if one[0] < block.level] + [(block.level, block.text.words)]
                lead = ""
            elif block.kind == "paragraph":
                lead = block.text.words
            yield number, block, [words for _, words in above], lead

    def _tables(self) -> Iterator[Listed]:
        for number, block, above, _ in self._headings():
            if block.kind == "table":
                self._used.add(number)
                yield from self._table(block, above)

    def _table(self, block: Block, above: list[str]) -> Iterator[Listed]:
        heading = _below_title(above)
        rows = []
        for line, cells in block.rows:
            self._links += sum(cell.links for cell in cells)
            if cells and cells[0].struck:
                self._notes.left_out(f"line {line}", "is struck out; not imported", cells[0].words)
            else:
                rows.append(Row(line, tuple(cell.words for cell in cells), heading=heading))
        found = find_table(cleaned(rows, self._notes), self._settings.words, "list")
        if found is None:
            head = " | ".join(cell.words for cell in block.rows[0][1]) if block.rows else ""
            self._notes.not_understood(f"line {block.line}", "the table has no column of sub-processors", head)
            return
        known = self._notes.columns
        say_columns(found, self._settings, self._notes)
        self._notes.columns = known + [one for one in self._notes.columns if one not in known]
        yield from self._read(found)

    # Lists

    def _items(self, only_about: bool) -> Iterator[Row]:
        """The items that name sub-processors, each with the items below it."""
        pieces = list(self._headings())
        for place, (number, block, above, lead) in enumerate(pieces):
            if block.kind != "item" or number in self._used or (only_about and not _is_about([*above, lead])):
                continue
            below = _below(pieces, place)
            self._used.update([number, *(one for one, _ in below)])
            yield from self._rows_of(block, [one for _, one in below], above)

    def _rows_of(self, block: Block, below: list[Block], above: list[str]) -> Iterator[Row]:
        heading = _below_title(above)
        group = places_in(block.text.words.strip(" :"))
        if below and group.codes and not group.rest:
            # "- Germany" with the companies below it.
            inner = HEADINGS.join(filter(None, (heading, block.text.words.strip(" :"))))
            for place, one in enumerate(below):
                if one.level == block.level + 1:
                    deeper = _deeper(below[place + 1 :], one.level)
                    yield from self._row(one, deeper, inner)
            return
        yield from self._row(block, below, heading)

    def _row(self, block: Block, below: list[Block], heading: str) -> Iterator[Row]:
        self._links += block.text.links
        if block.text.struck:
            self._notes.left_out(f"line {block.line}", "is struck out; not imported", block.text.words)
            return
        yield from cleaned([row_of(block, below, heading)], self._notes)

    # The rest

    def say_rest(self) -> None:
        """Report what is neither a table, a list of sub-processors nor a heading."""
        for number, block in enumerate(self._blocks):
            if block.kind == "paragraph" or (block.kind == "item" and number not in self._used):
                what = "a list that does not name sub-processors" if block.kind == "item" else "text"
                self._notes.left_out(f"line {block.line}", f"{what}; not imported", block.text.words)
            if block.kind in {"paragraph", "heading"}:
                self.paragraphs += [Row(block.line, (line,)) for line in block.text.words.split("\n")]
        if self._links:
            self._notes.left_out("", f"addresses behind {self._links} names and words are not taken over")


def _below(pieces: Sequence[tuple[int, Block, list[str], str]], place: int) -> list[tuple[int, Block]]:
    """The items deeper than one, behind it."""
    level = pieces[place][1].level
    found = []
    for number, block, _, _ in pieces[place + 1 :]:
        if block.kind != "item" or block.level <= level:
            break
        found.append((number, block))
    return found


def _deeper(blocks: Sequence[Block], level: int) -> list[Block]:
    found = []
    for block in blocks:
        if block.level <= level:
            break
        found.append(block)
    return found


def _below_title(above: Sequence[str]) -> str:
    """The headings without the first one, which is the title of the page."""
    return HEADINGS.join(above[1:] or (above if above and places_in(above[0]).codes else []))


def _is_about(texts: Sequence[str]) -> bool:
    """Whether a heading or the sentence before a list speaks of sub-processors."""
    words = f" {' '.join(plain(text[:500]) for text in texts)} "
    return any(f" {word} " in words for word in table("markdown")["about"])
