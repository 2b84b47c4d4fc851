"""From the rows of a list of sub-processors to what each row says; whatever it does not say clearly is reported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from graphsvc.imports.foreign.clean import shortened, shown, tidy
from graphsvc.imports.foreign.days import Ambiguous, day_in, order_of, updated_on
from graphsvc.imports.foreign.draft import LONGEST_NAME
from graphsvc.imports.foreign.grid import HEADINGS, Row, Table, is_note
from graphsvc.imports.foreign.names import Written, written
from graphsvc.imports.foreign.places import Places, places_in, places_named, says_something
from graphsvc.imports.foreign.report import Notes
from graphsvc.imports.foreign.settings import WordMap
from graphsvc.imports.foreign.words import plain
from graphsvc.imports.identifiers import domain_in, identifier_in
from graphsvc.model import Day

NOT_ONE = frozenset(
    {
        "none",
        "none currently",
        "none at present",
        "currently none",
        "no sub processors",
        "no subprocessors",
        "geen",
        "keine",
        "aucun",
        "not applicable",
        "na",
    }
)


@dataclass(frozen=True)
class Listed:
    """What one row says.

    Attributes:
        place: Where the row is.
        who: The sub-processor's name, taken apart.
        company: Whose sub-processor it is; empty: the publisher's.
        purposes: What for.
        places: Country codes where data is kept or read, `unknown` for a part that is not known.
        seats: Country codes of its seat.
        tools: What is said of transfer tools, as it stands there.
        notes: What else the row says.
        since: First day; None: not said.
        until: Last day; None: not said.
    """

    place: str
    who: Written
    company: str = ""
    purposes: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    tools: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    since: Day | None = None
    until: Day | None = None


AS_TEXT = {
    "number": "Number, by the list",
    "data": "Data, by the list",
    "subjects": "Of whom, by the list",
    "applies_to": "Applies to",
    "note": "Note",
}
"""Fields that are kept in words: a list does not say whose data it speaks of, so it makes no data items."""


class Reader:
    """Reads the rows of one table."""

    def __init__(self, table: Table, words: WordMap, notes: Notes, countries: Iterable[str] = ()) -> None:
        self._table = table
        self._notes = notes
        self._countries = frozenset(countries)
        self._orders = {
            field: words.day_order or order_of(text for row in table.rows for text, _ in table.cells(row, field))
            for field in ("since", "until")
        }
        self._group: tuple[str, ...] = ()

    def rows(self) -> Iterator[Listed]:
        """What each row says; rows that name nobody are reported."""
        for row in self._table.rows:
            if self._is_header_again(row):
                self._notes.noted(row.place, "the headers again")
                continue
            self._notes.rows_read += 1
            if (listed := self._row(row)) is not None:
                self._notes.rows_imported += 1
                yield listed

    def _is_header_again(self, row: Row) -> bool:
        return [plain(cell) for cell in row.cells] == [plain(header) for header in self._table.headers]

    def _row(self, row: Row) -> Listed | None:
        names = self._table.cells(row, "sub_processor") or self._table.cells(row, "legal_name")
        name, below = _first_line(names[0][0]) if names else ("", "")
        if not plain(name) or plain(name) in NOT_ONE:
            self._nobody(row, plain(name))
            return None
        if is_note(row, name, len(self._table.headers)):
            self._notes.left_out(row.place, "taken for a note, a total or a footer; not imported", name)
            return None
        if len(row.filled) == 1 and len(self._table.headers) > 1 and self._heads_a_group(row, name):
            return None
        return self._listed(row, name, below)

    def _nobody(self, row: Row, name: str) -> None:
        cells = " | ".join(filter(None, row.cells))
        if name in NOT_ONE:
            self._notes.left_out(row.place, "says that there is nobody; not imported", cells)
        else:
            self._notes.lost(row.place, "names nobody", cells)

    def _heads_a_group(self, row: Row, name: str) -> bool:
        """Whether the only cell of a row is a place: then it is the heading of the rows below it."""
        found = places_in(name)
        if not found.codes or found.rest:
            self._notes.guessed(row.place, "says only a name; taken for a sub-processor", name)
            return False
        self._group = tuple(found.codes)
        self._notes.guessed(row.place, "taken for the heading of the rows below it, for their place", name)
        return True

    def _listed(self, row: Row, name: str, below: str) -> Listed:
        others = [self.name(text, place) for text, place in self._table.cells(row, "legal_name")]
        seats = tuple(code for code in self.places(row, "seat") if code != "unknown")
        who, behind = self._behind_name(written(self.name(name, row.place), row.place, others), seats)
        domains = filter(None, (domain_in(text) for text, _ in self._table.cells(row, "url")))
        numbers = dict.fromkeys(filter(None, (identifier_in(*cell) for cell in self._table.cells(row, "number"))))
        who = replace(who, domains=tuple(dict.fromkeys(domains)), numbers=tuple(numbers))
        products = [self.name(text, place) for text, place in self._table.cells(row, "product")]
        if products:
            who = replace(who, product=who.product or products[0])
        self.say_extra_cells(row)
        self._contacts(row)
        company = [self.name(text, place) for text, place in self._table.cells(row, "company")]
        return Listed(
            place=row.place,
            who=who,
            company=company[0] if company else "",
            purposes=tuple(
                " ".join(text.split()) for text, _ in self._table.cells(row, "purpose") if says_something(text)
            ),
            places=self.places(row, "places")
            or ("places" not in self._table.fields and behind)
            or self._group
            or self._heading(row),
            seats=seats or tuple(code for code in behind if len(code) == 2),
            tools=tuple(self._table.cells(row, "tool")),
            notes=(*([f"Below the name, by the list: {below}"] if below else []), *self._texts(row)),
            since=self.day(row, "since"),
            until=self.day(row, "until"),
        )

    def _behind_name(self, who: Written, seats: tuple[str, ...]) -> tuple[Written, tuple[str, ...]]:
        """The countries in brackets behind a name, "Nimbus (Ireland)": its seat, where no column says another one."""
        found = places_in(who.product) if who.product else Places()
        if seats or not found.codes or found.rest or found.unknown:
            return who, ()
        codes = tuple(self._usable(found.codes, who.place))
        text = f"the place behind the name is taken for its seat: {', '.join(codes)}"
        self._notes.guessed(who.place, text, who.product)
        return replace(who, product=""), codes

    def name(self, text: str, place: str) -> str:
        """A text that fits as a name."""
        if len(text) > LONGEST_NAME:
            self._notes.not_understood(place, f"cut off after {LONGEST_NAME} characters of {len(text)}", text)
        return shortened(tidy(text), LONGEST_NAME)

    def _texts(self, row: Row) -> tuple[str, ...]:
        found = [
            f"{words}: {' '.join(text.split())}"
            for field, words in AS_TEXT.items()
            for text, place in self._table.cells(row, field)
            if says_something(text) and not (field == "number" and identifier_in(text, place))
        ]
        heading = row.heading.split(HEADINGS)[-1]
        return (*found, *([f"Under the heading {heading}"] if heading else []))

    def _heading(self, row: Row) -> tuple[str, ...]:
        """The countries of the headings above the table: "Sub-processors in Germany"."""
        for part in reversed(row.heading.split(HEADINGS)):
            found = self._usable(places_named(part), row.place)
            if found:
                self._notes.guessed(row.place, f"the place is that of the heading: {', '.join(found)}", part)
                return tuple(found)
        return ()

    def places(self, row: Row, field: str) -> tuple[str, ...]:
        """The places that a field of a row names."""
        codes: list[str] = []
        for text, place in self._table.cells(row, field):
            found = places_in(text)
            for piece in found.unknown:
                self._notes.not_understood(place, "names no country; the place is unknown", piece)
            for piece in found.rest:
                self._notes.not_understood(place, "is no country that is known", piece)
            codes += self._usable(found.for_flow, place)
        return tuple(dict.fromkeys(codes))

    def _usable(self, codes: list[str], place: str) -> list[str]:
        """Codes that the register knows; a region without a row in its law table becomes unknown."""
        found = []
        for code in codes:
            is_known = len(code) == 2 or code == "unknown" or code in self._countries
            if not is_known:
                self._notes.not_understood(place, f"the register has no place {code}; load the law table first", code)
            found.append(code if is_known else "unknown")
        return found

    def day(self, row: Row, field: str) -> Day | None:
        """The day that a field of a row names."""
        for text, place in self._table.cells(row, field):
            try:
                day = day_in(text, self._orders[field])
            except Ambiguous as problem:
                self._notes.not_understood(place, str(problem), text)
                continue
            if day is None and says_something(text):
                self._notes.not_understood(place, "is no day that can be read", text)
            elif day:
                return day
        return None

    def say_extra_cells(self, row: Row) -> None:
        """Report what stands beyond the last header."""
        for column in range(len(self._table.headers), len(row.cells)):
            if row.cells[column].strip():
                self._notes.not_understood(row.cell_place(column), "stands beyond the last header", row.cells[column])

    def _contacts(self, row: Row) -> None:
        for _, place in self._table.cells(row, "contact"):
            self._notes.left_out(place, "contact details may name a person, so they are not taken over")


def _first_line(cell: str) -> tuple[str, str]:
    """A name, and what is below it in the same cell: an address, or anything behind an empty line."""
    name, gap, below = cell.partition("\n\n")
    if gap:
        return tidy(name), tidy(below)
    name, _, below = cell.partition("\n")
    below = tidy(below)
    is_address = any(sign.isdigit() for sign in below) or bool(places_in(below).codes)
    return (name, below) if is_address else (tidy(cell), "")


def day_of_list(rows: Iterable[Row], notes: Notes, order: str = "") -> Day | None:
    """The day that a list gives itself, in a line such as "Last updated: 3 March 2024"."""
    found: Day | None = None
    for row in rows:
        for cell in row.cells:
            try:
                day = updated_on(cell, order)
            except Ambiguous as problem:
                notes.not_understood(row.place, str(problem), cell)
                continue
            if day and found is None:
                notes.guessed(row.place, f"taken for the day of the list: {day}", shown(cell))
                found = day
    return found
