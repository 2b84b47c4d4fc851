"""W3C DPV as Turtle and JSON-LD: the same statements, byte for byte the same for the same register.

Both are written part by part: rdflib's own writers need all statements in memory, and minutes for a large register.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import groupby
from json import dumps
from operator import itemgetter
from typing import Any

from graphsvc.exports.dpv_facts import Fact, facts
from graphsvc.exports.dpv_terms import KNOWN, PREFIXES, Literal, iri, short
from graphsvc.exports.kinds import Export, Format
from graphsvc.exports.parts import in_parts, listed
from graphsvc.questions.handover import Handover

TYPE = iri("rdf:type")
BETWEEN = " ;\n    "
Value = str | Literal
Grouped = Iterator[tuple[str, dict[str, list[Value]]]]


def ttl(handover: Handover, _: str) -> Iterator[bytes]:
    """Turtle; labels are in every language, whatever the one asked for."""
    return in_parts(_turtle(handover))


def jsonld(handover: Handover, _: str) -> Iterator[bytes]:
    """JSON-LD 1.1 with its context in it: nothing has to be fetched to read it."""
    return in_parts(_json_ld(handover))


def _grouped(handover: Handover) -> Grouped:
    """Each subject of each part with its properties, what it is first; a subject may come again in another part."""
    for part in facts(handover):
        for subject, about in groupby(part, itemgetter(0)):
            found: dict[str, list[Value]] = {}
            for _, term, value in sorted(about, key=_what_it_is_first):
                found.setdefault(term, []).append(value)
            yield subject, found


def _what_it_is_first(fact: Fact) -> bool:
    return fact[1] != TYPE


def _turtle(handover: Handover) -> Iterator[str]:
    yield from (f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
    written = _in_turtle()
    for subject, found in _grouped(handover):
        said = (
            f"{'a' if term == TYPE else written(term)} {', '.join(map(written, values))}"
            for term, values in found.items()
        )
        yield f"\n{written(subject)} {BETWEEN.join(said)} .\n"


def _in_turtle() -> Callable[[Value], str]:
    """How Turtle writes a value; its quoting is rdflib's."""
    from rdflib import Literal as RdfLiteral
    from rdflib import URIRef

    @lru_cache(KNOWN)
    def written(value: Value) -> str:
        if isinstance(value, str):
            return short(value) or URIRef(value).n3()
        quoted = RdfLiteral(value.value, lang=value.language).n3()
        return f"{quoted}^^xsd:{value.kind}" if value.kind else quoted

    return written


def _json_ld(handover: Handover) -> Iterator[str]:
    yield f'{{"@context": {dumps(PREFIXES)},\n"@graph": ['
    yield from listed(_node(subject, found) for subject, found in _grouped(handover))
    yield "]}\n"


def _node(subject: str, found: dict[str, list[Value]]) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": subject}
    for term, values in found.items():
        if term == TYPE:
            node["@type"] = [short(value) or value for value in values if isinstance(value, str)]
        else:
            node[short(term) or term] = [_in_json(value) for value in values]
    return node


def _in_json(value: Value) -> dict[str, str]:
    if isinstance(value, str):
        return {"@id": short(value) or value}
    about = {"@value": value.value}
    if value.kind:
        about["@type"] = f"xsd:{value.kind}"
    if value.language:
        about["@language"] = value.language
    return about


DPV = Export(
    "dpv",
    "Linked data in the terms of the W3C Data Privacy Vocabulary (DPV 2), with EU GDPR terms.",
    {"ttl": Format(stream=ttl, needs=("rdflib",)), "jsonld": Format(stream=jsonld)},
    whole=True,
)
