"""What a document declares and what it refers to: ids given twice, and references to nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from marshmallow import fields

from graphsvc.errors import Fault
from graphsvc.imports.countries import meant
from graphsvc.imports.documents import ONE_NAMESPACE, SHARED, Document, listed, section_fields
from graphsvc.imports.fields import LONGEST_ID, Country, Either, OneOrMore, Reference
from graphsvc.imports.schemas import SECTIONS
from graphsvc.model import UNKNOWN
from graphsvc.nearest import did_you_mean

Place = tuple[()] | tuple["Place", str | int]


class Declared(NamedTuple):
    """An id that a document gives to something, and where."""

    section: str
    id: str
    number: int

    @property
    def path(self) -> str:
        """The place as a JSON Pointer."""
        return f"/{self.section}/{self.number}/id"


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


def declared(document: Document) -> Iterator[Declared]:
    """Every id the document gives, also in entries that have other faults."""
    for section in SECTIONS:
        for number, entry in enumerate(document.entries(section)):
            if entry.id is not None:
                yield Declared(section, entry.id, number)


def referred(document: Document) -> Iterator[Referred]:
    """Every id the document uses, also in entries that have other faults."""
    for section, field in section_fields().items():
        walks = _walks(type(field.inner.schema))
        for number, entry in enumerate(document.entries(section)):
            # A list for each entry: generators inside each other would take twice the time.
            found: list[Referred] = []
            _all(walks, entry.value, (((), section), number), found)
            yield from found


def referred_in(section: str, entry: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every id that an entry of a section uses, with the sections it may be in."""
    found: list[Referred] = []
    _all(_walks(type(section_fields()[section].inner.schema)), entry, (), found)
    return ((each.kinds, each.id) for each in found)


Walk = Callable[[Any, Place, list[Referred]], None]
"""Adds the references in a value to a list."""


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
    if isinstance(field, OneOrMore):
        single = _walk(field.inner)
        return single and (lambda value, place, found: _one_or_more(single, value, place, found))
    if isinstance(field, Either):
        plain, mapping = _walk(field.plain), _walk(field.mapping)
        return (plain or mapping) and (lambda value, place, found: _either((plain, mapping), value, place, found))
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


def _one_or_more(walk: Walk, value: Any, place: Place, found: list[Referred]) -> None:
    (_each if isinstance(value, list) else _only)(walk, value, place, found)


def _only(walk: Walk, value: Any, place: Place, found: list[Referred]) -> None:
    walk(value, place, found)


def _either(walks: tuple[Walk | None, Walk | None], value: Any, place: Place, found: list[Referred]) -> None:
    walk = walks[isinstance(value, dict)]
    if walk:
        walk(value, place, found)


def _each(walk: Walk, value: Any, place: Place, found: list[Referred]) -> None:
    for number, item in enumerate(listed(value)):
        walk(item, (place, number), found)


def _all(walks: Iterable[Walk], value: Any, place: Place, found: list[Referred]) -> None:
    if isinstance(value, dict):
        for walk in walks:
            walk(value, place, found)


Known = Mapping[str, set[str]]
"""For each section, ids that exist."""


def known_ids(documents: Iterable[Document]) -> dict[str, set[str]]:
    """The ids that documents declare, by section."""
    known: dict[str, set[str]] = defaultdict(set)
    for document in documents:
        for section in SECTIONS:
            known[section] |= {entry.id for entry in document.entries(section) if entry.id is not None}
    return known


def duplicates(document: Document) -> Iterator[Fault]:
    """Ids that the document gives twice, in one section or in two that share their ids."""
    seen: dict[str, dict[str, Declared]] = defaultdict(dict)
    for item in declared(document):
        first = seen[_space(item.section)].setdefault(item.id, item)
        if first is not item:
            yield document.fault(item.path, f"the id {item.id!r} is given twice; the first is at {first.path}")


def duplicates_across(documents: Sequence[Document]) -> Iterator[Fault]:
    """Ids that two documents of one load give to different things."""
    owners: dict[str, dict[str, tuple[Document, str]]] = defaultdict(dict)
    for document in documents if len(documents) > 1 else ():
        for item in declared(document):
            owner, section = owners[_space(item.section)].setdefault(item.id, (document, item.section))
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
    hint = did_you_mean(reference.id, near)
    if "countries" in reference.kinds:
        hint = meant(reference.id) or hint
    return f"there is no {kinds} {reference.id!r} in this document or in the register{hint}"


_SINGULAR = {
    "uses": "use",
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
