"""A page with tables, lists and headings, whatever it is written in, as a list of sub-processors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from graphsvc.imports.foreign.about import (
    is_about,
    is_about_above,
    is_about_cookies,
    is_about_near,
    is_table_about,
    is_table_of_cookies,
    why_no_list,
)
from graphsvc.imports.foreign.blocks import Block, Text
from graphsvc.imports.foreign.grid import HEADINGS, Row, Table, cleaned, find_table
from graphsvc.imports.foreign.items import row_of, says_field, table_of_items
from graphsvc.imports.foreign.known import Register
from graphsvc.imports.foreign.listing import Listed, Reader
from graphsvc.imports.foreign.places import places_in
from graphsvc.imports.foreign.report import Imported, Notes
from graphsvc.imports.foreign.rows import list_of, say_columns
from graphsvc.imports.foreign.settings import ImportSettings

NOTHING = "holds neither a table nor a list of sub-processors"
MOST_FACTS = 50
"""Paragraphs below a heading that are looked at for facts."""
NO_LIST = "a list that does not name sub-processors"


def list_of_page(
    blocks: Sequence[Block],
    settings: ImportSettings,
    register: Register,
    notes: Notes,
    content: bytes,
    may_guess: bool = True,
) -> Imported | None:
    """The document of a page; None when it has neither a table nor a list that names sub-processors.

    Args:
        blocks: The pieces of the page.
        settings: What whoever imports says.
        register: What the register knows.
        notes: Where to say what was not understood.
        content: The bytes of the page.
        may_guess: Whether lists are taken where nothing says that they name sub-processors.
    """
    page = _Page(blocks, settings, register, notes)
    listed = page.listed(may_guess)
    if not listed and not notes.rows_read:
        return None
    page.say_rest()
    return list_of(listed, page.paragraphs, settings, register, notes, content)


@dataclass(frozen=True)
class _Found:
    """A table of the page, with what stands around it."""

    block: Block
    above: list[str]
    lead: str
    table: Table

    @property
    def around(self) -> list[str]:
        return [*self.above, self.lead]


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
        self._lists: dict[int, list[Block]] = defaultdict(list)
        for block in blocks:
            if block.kind == "item":
                self._lists[block.list].append(block)
        self._no_lists = {number: why for number, items in self._lists.items() if (why := why_no_list(items))}

    def listed(self, may_guess: bool) -> list[Listed]:
        """What the tables say and the lists that speak of sub-processors; where there are none, what any list says."""
        found = list(self._tables())
        items = list(self._items(is_about_near if found else is_about_above))
        if not found and not items:
            items = list(self._cards())
        if not found and not items and may_guess:
            items = list(self._items(lambda *_: True))
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
                above = [one for one in above if one[0] < block.level]
                above += [(block.level, block.text.words)] if block.text.words else []
                lead = ""
            elif block.kind == "paragraph":
                lead = block.text.words
            yield number, block, [words for _, words in above], lead

    def _tables(self) -> Iterator[Listed]:
        found = list(self._found())
        about = [one for one in found if is_table_about(one.table, one.around)]
        for one in found:
            place = one.block.place
            if about and one not in about:
                text = "a table of names, beside one that says that it names sub-processors; not imported"
                self._notes.left_out(place, text, _words(one.block.rows[0]))
                continue
            if not about:
                self._notes.guessed(place, "nothing says that this table names sub-processors; taken for that")
            known = self._notes.columns
            say_columns(one.table, self._settings, self._notes)
            self._notes.columns = known + [each for each in self._notes.columns if each not in known]
            yield from self._read(one.table)

    def _found(self) -> Iterator[_Found]:
        """The tables with a column of sub-processors; the others are reported."""
        for number, block, above, lead in self._headings():
            if block.kind != "table":
                continue
            self._used.add(number)
            head = _words(block.rows[0]) if block.rows else ""
            table = find_table(cleaned(self._rows(block, above), self._notes), self._settings.words, "list")
            if table is None:
                self._notes.not_understood(block.place, "the table has no column of sub-processors", head)
            elif is_table_of_cookies(table) or is_about_cookies([*above, lead]):
                self._notes.left_out(block.place, "a table of cookies; not imported", head)
            else:
                yield _Found(block, above, lead, table)

    def _rows(self, block: Block, above: list[str]) -> list[Row]:
        heading = _below_title(above)
        rows = []
        for number, cells in block.rows:
            self._links += sum(cell.links for cell in cells)
            row = Row(number, tuple(cell.as_cell for cell in cells), heading=heading, label=block.row_label(number))
            if cells and cells[0].struck:
                self._notes.left_out(row.place, "is struck out; not imported", cells[0].words)
            else:
                rows.append(row)
        return rows

    # Lists

    def _items(self, is_taken: Callable[[list[str], str], bool]) -> Iterator[Row]:
        """The items that name sub-processors by what stands above them, each with the items below it."""
        pieces = list(self._headings())
        for place, (number, block, above, lead) in enumerate(pieces):
            if block.kind != "item" or number in self._used or block.list in self._no_lists:
                continue
            if is_about_cookies([*above, lead]) or not is_taken(above, lead):
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
            self._notes.left_out(block.place, "is struck out; not imported", block.text.words)
            return
        yield from cleaned([row_of(block, below, heading)], self._notes)

    def _cards(self) -> Iterator[Row]:
        """Headings that are names: below them stands where, what for, and so on."""
        pieces = list(self._headings())
        for place, (number, block, above, _) in enumerate(pieces):
            behind = takewhile(lambda piece: piece[1].kind == "paragraph", pieces[place + 1 : place + 1 + MOST_FACTS])
            facts = list(behind) if block.kind == "heading" and is_about(above) else []
            lines = [line for _, fact, _, _ in facts for line in fact.text.words.split("\n")]
            if not any(map(says_field, lines)):
                continue
            self._notes.guessed(
                block.place, "a heading with facts below it; taken for a sub-processor", block.text.words
            )
            self._used.update([number, *(one for one, _, _, _ in facts)])
            below = [Block("item", block.line, Text(line)) for line in lines]
            yield from self._row(block, below, _below_title(above[:-1]))

    # The rest

    def say_rest(self) -> None:
        """Report what is neither a table, a list of sub-processors nor a heading."""
        for number, block in enumerate(self._blocks):
            if block.kind in {"paragraph", "item"} and number not in self._used:
                what = self._no_lists.get(block.list, NO_LIST) if block.kind == "item" else "text"
                self._notes.left_out(block.place, f"{what}; not imported", block.text.words)
            if block.kind in {"paragraph", "heading"}:
                lines = block.text.words.split("\n")
                self.paragraphs += [Row(block.line, (line,), label=block.label) for line in lines]
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


def _words(row: tuple[int, list[Text]]) -> str:
    return " | ".join(cell.words for cell in row[1])
