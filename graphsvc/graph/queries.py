"""The queries in `cypher/`, by name; checked when they are read, so that a fault shows at start with file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graphsvc.errors import EngineFailed
from graphsvc.resources import resource

FOLDER = resource("cypher")
_NAME = re.compile(r"^// name: (?P<name>[a-z_]+)\((?P<parameters>[a-z_, ]*)\)$")
_VARIANTS = re.compile(r"^// for: (?P<names>[A-Za-z_, ]+)$")
_PARAMETER = re.compile(r"\$([a-z_]+)")
_PLACE = re.compile(r"<([a-z]+)>")


@dataclass(frozen=True)
class Query:
    """One named query.

    Attributes:
        name: What code calls it; a variant has its words behind it, as in `connect Flow TO Service`.
        parameters: Names of what it is given.
        answers: One sentence on what it is for.
        text: Cypher, in the dialect of `docs/cypher-dialect.md`.
        place: File and line, for messages.
    """

    name: str
    parameters: frozenset[str]
    answers: str
    text: str
    place: str


@cache
def queries(folder: Path = FOLDER) -> Mapping[str, Query]:
    """All queries by name.

    Raises:
        EngineFailed: a fault in a file, with its line.
    """
    found: dict[str, Query] = {}
    for file in sorted(folder.glob("*.cypher")):
        for query in _read(file):
            if query.name in found:
                raise EngineFailed(f"{query.place}: {query.name} is there already, at {found[query.name].place}")
            found[query.name] = query
    return found


def text(name: str) -> str:
    """Cypher of the query with this name. Raises KeyError for a name that does not exist."""
    return queries()[name].text


def _read(file: Path) -> Iterator[Query]:
    lines = file.read_text(encoding="utf-8").splitlines()
    starts = [number for number, line in enumerate(lines) if line.startswith("// name:")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield from _query(f"{file.name}:{start + 1}", lines[start], lines[start + 1 : end])


def _query(place: str, head: str, lines: list[str]) -> Iterator[Query]:
    match = _NAME.match(head)
    if not match:
        raise EngineFailed(f"{place}: expected '// name: some_name(parameter, ...)', found {head!r}")
    variants = [found["names"] for line in lines if (found := _VARIANTS.match(line))]
    remarks = [line[2:].strip() for line in lines if line.startswith("//") and not _VARIANTS.match(line)]
    body = "\n".join(line for line in lines if line.strip() and not line.startswith("//"))
    parameters = frozenset(filter(None, match["parameters"].replace(" ", "").split(",")))
    _check(place, parameters, " ".join(remarks), body)
    names = [variant.strip() for group in variants for variant in group.split(",") if variant.strip()]
    for words in names or [""]:
        name = f"{match['name']} {words}".strip()
        yield Query(name, parameters, " ".join(remarks), _fill(place, body, words.split()), place)


def _check(place: str, parameters: frozenset[str], answers: str, body: str) -> None:
    if not answers:
        raise EngineFailed(f"{place}: a comment that says what the query answers is missing")
    if not body:
        raise EngineFailed(f"{place}: there is no query under the name")
    used = frozenset(_PARAMETER.findall(body))
    if used != parameters:
        raise EngineFailed(f"{place}: declares {sorted(parameters)} and uses {sorted(used)}")


def _fill(place: str, body: str, words: list[str]) -> str:
    """Put the words of a variant into the places of a template, in the order in which the places are named first."""
    places = list(dict.fromkeys(_PLACE.findall(body)))
    if len(places) != len(words):
        raise EngineFailed(f"{place}: {len(words)} words are given for the places {places}")
    filled = dict(zip(sorted(places, key=_ORDER.index), words, strict=True))
    return _PLACE.sub(lambda match: filled[match[1]], body)


_ORDER = ("label", "source", "type", "target")
"""The order in which a variant names the places of its template."""
