"""A document that has passed the schema: its entries, what it declares and what it refers to."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from marshmallow import ValidationError, fields

from graphsvc.errors import Fault, InvalidDocument
from graphsvc.imports.countries import meant
from graphsvc.imports.fields import LONGEST_ID, Country, Reference
from graphsvc.imports.schemas import SECTIONS, DocumentSchema
from graphsvc.imports.text import decode, line_of, parse
from graphsvc.imports.yaml_text import step
from graphsvc.model import UNKNOWN
from graphsvc.text import digest

SHARED = frozenset({"sources", "parties", "services"})
"""Sections whose entries several documents may state, as long as they do not contradict each other."""
BATCH = 1_000
"""Entries that are held against the schema at a time."""
ONE_NAMESPACE = (("activities", "services"),)
"""Sections that share their ids, since a flow may start at either."""


Place = tuple[()] | tuple["Place", str | int]


class Declared(NamedTuple):
    """An id that a document gives to something, and where."""

    section: str
    id: str
    path: str


class Referred(NamedTuple):
    """An id that a document uses, the sections it may be in, and where: a step behind the place around it."""

    kinds: tuple[str, ...]
    id: str
    place: Place

    @property
    def path(self) -> str:
        """The place as a JSON Pointer; made when somebody asks, as nearly nobody does."""
        steps: list[str] = []
        place = self.place
        while place:
            place, last = place
            steps.append(f"/{last}")
        return "".join(reversed(steps))


@dataclass(frozen=True)
class Document:
    """One document as it was read.

    Attributes:
        id: Slug from its header.
        title: Title from its header.
        text: The text as given; it is kept whole.
        body: The plain values, checked by the schema when `faults` is empty.
        faults: What is wrong with it so far.
        file: Name of the file it came from.
    """

    id: str
    title: str
    text: str
    body: Mapping[str, Any]
    faults: tuple[Fault, ...] = ()
    file: str | None = None

    @property
    def hash(self) -> str:
        """SHA-256 of the text."""
        return digest(self.text)

    def entries(self, section: str) -> list[dict[str, Any]]:
        """The entries of one section."""
        return self.body.get(section, [])

    def fault(self, path: str, message: str) -> Fault:
        """A fault of this document, with the line where that can be found."""
        return Fault(path, message, self.file, line_of(self.text, path))


def read_document(content: bytes, limit: int, file: str | None = None) -> Document:
    """Read a document and hold it against the schema; its faults are kept, not raised.

    Raises:
        DocumentTooLarge: over the limit of bytes.
        InvalidDocument: the text is not UTF-8, or neither YAML nor JSON.
    """
    data = parse(content, limit, file)
    text = decode(content, file)
    header = data.get("document")
    header = header if isinstance(header, dict) else {}
    faults = faults_of(_problems(data), text, file)
    return Document(str(header.get("id", "")), str(header.get("title", "")), text, data, faults, file)


def faults_of(problems: dict[str, Any], text: str, file: str | None = None, around: str = "") -> tuple[Fault, ...]:
    """What marshmallow says against values, as faults in the order of their places.

    Args:
        problems: Its messages, by key and number.
        text: The text that the values come from, to find lines in.
        file: Name of the file.
        around: JSON Pointer to what the values are in.
    """
    found = sorted(_flatten(problems, around), key=_in_order)
    return tuple(Fault(path, PLAINER.get(message, message), file, line_of(text, path)) for path, message in found)


def _problems(data: dict[str, Any]) -> dict[str, Any]:
    """What the schema says against the data: of the frame, then of the entries, some at a time.

    What the schema makes of the data is not needed, and all of it at once would take as much memory again.
    """
    problems = _said_against(DocumentSchema().load, {key: [] if _list(value) else value for key, value in data.items()})
    for section, field in _sections().items():
        entries = _list(data.get(section))
        found: dict[int, Any] = {}
        for start in range(0, len(entries), BATCH):
            said = _said_against(field.deserialize, entries[start : start + BATCH])
            found |= {start + place: messages for place, messages in said.items()}
        if found:
            problems[section] = found
    return problems


def _said_against(load: Callable[[Any], object], value: Any) -> dict:
    try:
        load(value)
    except ValidationError as error:
        return error.normalized_messages()
    return {}


def _flatten(messages: object, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(messages, dict):
        for key, below in messages.items():
            yield from _flatten(below, path if key == "_schema" else f"{path}/{step(key)}")
    elif isinstance(messages, list):
        for below in messages:
            yield from _flatten(below, path)
    else:
        yield path, str(messages)


def _in_order(fault: tuple[str, str]) -> tuple[list[tuple[int, str]], str]:
    """Sorts faults by their places: the tenth entry comes after the ninth."""
    path, message = fault
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in path.split("/")], message


PLAINER = {
    "Missing data for required field.": "is missing, and has to be there",
    "Field may not be null.": "is empty; leave the key out when there is nothing to say",
    "Not a valid list.": "a list was expected here, each entry behind a hyphen",
    "Not a valid string.": 'a text was expected here; a number or a word like true becomes one in quotes, like "1.10"',
    "Not a valid integer.": "a whole number was expected here",
}
"""What marshmallow says, in words for whoever edits a document."""


def declared(document: Document) -> Iterator[Declared]:
    """Every id the document gives, also in entries that have other faults."""
    for section in SECTIONS:
        for place, entry in enumerate(_list(document.body.get(section))):
            if isinstance(entry, dict) and isinstance(entry.get("id"), str):
                yield Declared(section, entry["id"], f"/{section}/{place}/id")


def referred(document: Document) -> Iterator[Referred]:
    """Every id the document uses, also in entries that have other faults."""
    for section, field in _sections().items():
        walks = _walks(type(field.inner.schema))
        for number, entry in enumerate(_list(document.body.get(section))):
            # A list for each entry: generators inside each other would take twice the time.
            found: list[Referred] = []
            _all(walks, entry, (((), section), number), found)
            yield from found


Walk = Callable[[Any, Place, list[Referred]], None]
"""Adds the references in a value to a list."""


@cache
def _sections() -> dict[str, fields.List]:
    return {name: field for name, field in DocumentSchema().fields.items() if name in SECTIONS}


@cache
def _walks(schema: type) -> tuple[Walk, ...]:
    """For each field of a schema that leads to a reference, a function that finds the references in a value."""
    found = ((field.data_key or name, _walk(field)) for name, field in schema().fields.items())
    return tuple(_at_key(key, walk) for key, walk in found if walk)


def _walk(field: fields.Field) -> Walk | None:
    if isinstance(field, Reference):
        return lambda value, place, found: _one(field, value, place, found)
    if isinstance(field, fields.List):
        below = _walk(field.inner)
        return below and (lambda value, place, found: _each(below, value, place, found))
    if isinstance(field, fields.Nested):
        walks = _walks(type(field.schema))
        return (lambda value, place, found: _all(walks, value, place, found)) if walks else None
    return None


def _at_key(key: str, walk: Walk) -> Walk:
    def at_key(value: Any, place: Place, found: list[Referred]) -> None:
        if key in value:
            walk(value[key], (place, key), found)

    return at_key


def _one(field: Reference, value: Any, place: Place, found: list[Referred]) -> None:
    is_open = value == UNKNOWN and isinstance(field, Country) and field.open_place
    if isinstance(value, str) and not is_open and len(value) <= LONGEST_ID:
        found.append(Referred(field.kinds, value, place))


def _each(walk: Walk, value: Any, place: Place, found: list[Referred]) -> None:
    for number, item in enumerate(_list(value)):
        walk(item, (place, number), found)


def _all(walks: Iterable[Walk], value: Any, place: Place, found: list[Referred]) -> None:
    if isinstance(value, dict):
        for walk in walks:
            walk(value, place, found)


def _list(value: Any) -> list:
    return value if isinstance(value, list) else []


Known = Mapping[str, set[str]]
"""For each section, ids that exist."""


def known_ids(documents: Iterable[Document]) -> dict[str, set[str]]:
    """The ids that documents declare, by section."""
    known: dict[str, set[str]] = defaultdict(set)
    for document in documents:
        for item in declared(document):
            known[item.section].add(item.id)
    return known


def duplicates(document: Document) -> Iterator[Fault]:
    """Ids that the document gives twice, in one section or in two that share their ids."""
    seen: dict[tuple[str, str], str] = {}
    for item in declared(document):
        first = seen.setdefault((_space(item.section), item.id), item.path)
        if first != item.path:
            yield document.fault(item.path, f"the id {item.id!r} is given twice; the first is at {first}")


def duplicates_across(documents: Iterable[Document]) -> Iterator[Fault]:
    """Ids that two documents of one load give to different things."""
    owners: dict[tuple[str, str], tuple[Document, str]] = {}
    for document in documents:
        for item in declared(document):
            owner, section = owners.setdefault((_space(item.section), item.id), (document, item.section))
            is_shared = section == item.section and section in SHARED
            if owner.id != document.id and not is_shared:
                yield document.fault(item.path, f"the id {item.id!r} is used by the document {owner.id!r} already")


def _space(section: str) -> str:
    """The first of the sections that share their ids with a section."""
    return next((spaces[0] for spaces in ONE_NAMESPACE if section in spaces), section)


def dangling(document: Document, known: Known) -> Iterator[Referred]:
    """References to nothing: none of the sections they may be in has the id."""
    for reference in referred(document):
        if not any(reference.id in known.get(kind, ()) for kind in reference.kinds):
            yield reference


def nothing_there(reference: Referred, near: Iterable[str]) -> str:
    """What to say of a reference to nothing, with the nearest id that exists."""
    kinds = " or ".join(_SINGULAR[kind] for kind in reference.kinds)
    close = difflib.get_close_matches(reference.id, sorted(near), n=1)
    hint = f"; did you mean {close[0]!r}?" if close else ""
    if "countries" in reference.kinds:
        hint = meant(reference.id) or hint
    return f"there is no {kinds} {reference.id!r} in this document or in the register{hint}"


_SINGULAR = {
    "parties": "party",
    "services": "service",
    "activities": "activity",
    "countries": "country",
    "tools": "transfer tool",
    "sources": "source",
    "data_categories": "data category",
    "subject_categories": "data-subject category",
    "purposes": "purpose",
    "legal_bases": "legal basis",
    "claims": "claim",
}


def refuse(faults: Iterable[Fault]) -> None:
    """Raise when there are faults; the error carries every one of them.

    Raises:
        InvalidDocument: with all faults, in the order of file and place.
    """
    found = tuple(faults)
    if found:
        word = "fault" if len(found) == 1 else "faults"
        raise InvalidDocument(f"{len(found)} {word}; nothing was loaded", found)
