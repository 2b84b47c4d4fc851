"""Which column is which field: as the mapping says, else by the words of the headers, with how sure that is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from graphsvc.errors import Fault, InvalidDocument
from graphsvc.imports.foreign.data import table
from graphsvc.imports.foreign.report import Column
from graphsvc.imports.foreign.settings import WordMap
from graphsvc.imports.foreign.words import plain

Fields = Mapping[str, Sequence[int]]
SURE, LIKELY, POSSIBLE = 1.0, 0.7, 0.5
SPELLED_ALIKE = 88
LONGEST_HEADER = 120
BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")
IGNORE = "ignore"
MANY = frozenset({"purpose", "places", "data", "note", "tool", "subjects", "processors", "recipients", "measures"})
"""Fields that several columns may be; of the others only the surest one is."""
SECOND_BEST = frozenset({"company"})
"""Fields whose words stand for another one too: "Company" is the sub-processor, unless another column is."""
NEEDED = {"list": ("sub_processor",), "record": ("activity", "purpose")}
"""Of a table, one of these columns has to be there."""


def known_fields(kind: str) -> list[str]:
    """The fields that a mapping may name."""
    kinds = (kind,) if kind else ("list", "record")
    return sorted({field for one in kinds for field in table("columns")[one]} | {IGNORE})


def guess(headers: Sequence[str], kind: str, words: WordMap) -> dict[str, list[int]]:
    """For each field the numbers of its columns, the surest one first."""
    found: dict[str, list[tuple[float, int]]] = {}
    for column in columns(headers, kind, words):
        if column.field and column.field != IGNORE:
            found.setdefault(column.field, []).append((-column.confidence, column.place - 1))
    return {field: [place for _, place in sorted(places)] for field, places in found.items()}


def columns(headers: Sequence[str], kind: str, words: WordMap) -> list[Column]:
    """What each column is taken for; a field that can be one column only goes to the surest one."""
    given = {plain(name): field for name, field in words.columns.items()}
    likely = [_candidates(number, header, kind, given) for number, header in enumerate(headers)]
    taken: dict[int, tuple[float, str, bool]] = {}
    used: set[str] = set()
    order = sorted(
        ((score, -number, -rank, field, is_given) for number, found in enumerate(likely)
         for rank, (score, field, is_given) in enumerate(found)),
        reverse=True,
    )  # fmt: skip
    for score, minus_number, _, field, is_given in order:
        if -minus_number not in taken and (field not in used or field in MANY):
            taken[-minus_number] = (score, field, is_given)
            used.add(field)
    none = (0.0, "", False)
    return [
        Column(number + 1, header[:LONGEST_HEADER], field, round(score, 2), is_given)
        for number, header in enumerate(headers)
        for score, field, is_given in [taken.get(number, none)]
    ]


def _candidates(number: int, header: str, kind: str, given: Mapping[str, str]) -> list[tuple[float, str, bool]]:
    """The fields that a header may stand for, the likeliest first."""
    for name in (plain(header), str(number + 1)):
        if name in given:
            return [(SURE + 1, given[name], True)]
    # "Entity (country)" is a name with a country behind it, not the country of an entity.
    before = BRACKETS.sub("", header)
    likely = _likely(plain(before)[:LONGEST_HEADER], kind) or _likely(plain(header)[:LONGEST_HEADER], kind)
    return [(score, field, False) for score, field in likely]


@lru_cache(maxsize=4_096)
def _likely(header: str, kind: str) -> tuple[tuple[float, str], ...]:
    if not header:
        return ()
    best: dict[str, float] = {}
    for rank, (field, names) in enumerate(table("columns")[kind].items()):
        score = max(_score(header, name, place) for place, name in enumerate(names))
        if score:
            best[field] = score * (LIKELY if field in SECOND_BEST else 1) - rank / 10_000
    return tuple(sorted(((score, field) for field, score in best.items()), reverse=True))


def _score(header: str, name: str, place: int) -> float:
    """How likely a header is a name; names further down a list are less sure."""
    if header == name:
        return SURE - place / 1_000
    if set(name.split()) <= set(header.split()):
        return LIKELY + len(name) / 1_000
    return POSSIBLE if len(name) > 4 and fuzz.ratio(header, name) >= SPELLED_ALIKE else 0.0


def scored(headers: Sequence[str], kind: str, words: WordMap) -> float:
    """How well a row does as headers: 0 when the column that a table needs is not there."""
    found = [column for column in columns(headers, kind, words) if column.field]
    if not any(column.field in NEEDED[kind] for column in found):
        return 0.0
    filled = sum(1 for header in headers if header.strip())
    if filled > 1 and len(found) < 2:
        return 0.0
    return sum(min(column.confidence, SURE) for column in found)


def check_given(words: WordMap, kind: str) -> None:
    """Refuse a mapping to fields that do not exist.

    Raises:
        InvalidDocument: names the fields there are.
    """
    fields = known_fields(kind)
    faults = tuple(
        Fault(f"/columns/{name}", f"{field!r} is no field; known: {', '.join(fields)}")
        for name, field in words.columns.items()
        if field not in fields
    )
    if faults:
        raise InvalidDocument(f"the mapping has faults: {faults[0].message}", faults)
