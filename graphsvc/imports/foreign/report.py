"""What an importer says of its work: what it took for what, and everything it did not understand, with its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from graphsvc.imports.foreign.clean import shown

LONGEST_LOOKED_AT = 1_000
"""Characters of what stands in a file that are looked at to show some of it."""


class Kind(StrEnum):
    """What a remark is about."""

    NOT_UNDERSTOOD = "not_understood"
    LEFT_OUT = "left_out"
    GUESSED = "guessed"
    NOTED = "noted"


@dataclass(frozen=True)
class Remark:
    """Something about a place in the file.

    Attributes:
        place: Where: line and column, cell, or JSON Pointer.
        kind: Not understood, left out on purpose, guessed, or only noted.
        text: What is to be said.
        written: What stands there, shortened.
    """

    place: str
    kind: Kind
    text: str
    written: str = ""


@dataclass(frozen=True)
class Column:
    """What a column was taken for.

    Attributes:
        place: Number of the column, from 1.
        header: What stands above it.
        field: The field it was read as; empty: it is not used.
        confidence: From 0 to 1; 1 when it was given.
        given: Whether the mapping says so, or it was guessed.
    """

    place: int
    header: str
    field: str
    confidence: float
    given: bool


@dataclass(frozen=True)
class Resolved:
    """A name in the file that was taken for a party.

    Attributes:
        written: The name as it stands there.
        place: Where it stands first.
        party: Id of the party.
        name: What the register calls it.
        how: `new`, `name`, `alias`, `id`, `number`, `domain`, `given` (by the mapping) or `service` (the name of one of
            its services).
    """

    written: str
    place: str
    party: str
    name: str
    how: str


@dataclass(frozen=True)
class Suggestion:
    """A party that a new name may stand for; a person decides, nothing was merged.

    Attributes:
        written: The name as it stands in the file.
        place: Where it stands first.
        party: Id of the party that is near.
        name: What the register calls that party.
        score: How near, from 0 to 100.
    """

    written: str
    place: str
    party: str
    name: str
    score: int


@dataclass(frozen=True)
class Report:
    """Everything an importer says.

    Attributes:
        format: Name of the format.
        file: Name of the file.
        encoding: How its bytes were read.
        document: Id of the document it became.
        rows_read: Rows (or entries) of data in the file.
        rows_imported: How many of them are in the document.
        columns: What each column was taken for; empty for formats without columns.
        names: What each name was taken for.
        suggestions: Parties that new names may stand for.
        remarks: The rest, in the order of the file.
    """

    format: str
    file: str
    encoding: str
    document: str
    rows_read: int
    rows_imported: int
    columns: tuple[Column, ...] = ()
    names: tuple[Resolved, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    remarks: tuple[Remark, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)

    def of(self, *kinds: Kind) -> list[Remark]:
        """The remarks of some kinds."""
        return [remark for remark in self.remarks if remark.kind in kinds]


@dataclass(frozen=True)
class Imported:
    """A file as a document of ours.

    Attributes:
        body: The document, to be held against the schema as any other.
        report: What was taken for what, and what was not understood.
        service: Of a list: id of the service whose sub-processors they are; empty where it speaks of several.
    """

    body: dict[str, Any]
    report: Report
    service: str = ""


@dataclass
class Notes:
    """Collects while a file is read what its report will say."""

    format: str
    file: str
    encoding: str = "utf-8"
    rows_read: int = 0
    rows_imported: int = 0
    rows_lost: int = 0
    columns: list[Column] = field(default_factory=list)
    names: list[Resolved] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)
    remarks: dict[Remark, None] = field(default_factory=dict)

    def not_understood(self, place: str, text: str, written: object = "") -> None:
        """Something that nothing was made of."""
        self._add(place, Kind.NOT_UNDERSTOOD, text, written)

    def left_out(self, place: str, text: str, written: object = "") -> None:
        """Something that was understood and is not taken over."""
        self._add(place, Kind.LEFT_OUT, text, written)

    def guessed(self, place: str, text: str, written: object = "") -> None:
        """Something that was taken for what it most likely is."""
        self._add(place, Kind.GUESSED, text, written)

    def noted(self, place: str, text: str, written: object = "") -> None:
        """Something to know."""
        self._add(place, Kind.NOTED, text, written)

    def lost(self, place: str, text: str, written: object = "", rows: int = 1) -> None:
        """Rows of data that nothing was made of: what is imported is not the whole of the file."""
        self.rows_lost += rows
        self.not_understood(place, f"{text}; not imported", written)

    def _add(self, place: str, kind: Kind, text: str, written: object) -> None:
        self.remarks[Remark(shown(place), kind, text, shown(str(written)[:LONGEST_LOOKED_AT]))] = None

    def report(self, document: str) -> Report:
        """The finished report."""
        lists: Iterable[list] = (self.columns, self.names, self.suggestions, list(self.remarks))
        counted = (self.rows_read, self.rows_imported)
        return Report(self.format, self.file, self.encoding, document, *counted, *map(tuple, lists))
