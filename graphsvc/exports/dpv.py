"""W3C DPV as Turtle and JSON-LD: the same statements, byte for byte the same for the same register."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from graphsvc.exports.dpv_facts import facts
from graphsvc.exports.dpv_terms import PREFIXES, Literal
from graphsvc.exports.kinds import Export, Format
from graphsvc.questions.handover import Handover
from graphsvc.text import canonical

if TYPE_CHECKING:
    from rdflib import Graph


def graph(handover: Handover) -> Graph:
    """The statements as a graph of rdflib."""
    from rdflib import Graph, URIRef
    from rdflib import Literal as RdfLiteral

    made = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        made.bind(prefix, namespace)

    def value(found: str | Literal) -> URIRef | RdfLiteral:
        if isinstance(found, str):
            return URIRef(found)
        kind = URIRef(PREFIXES["xsd"] + found.kind) if found.kind else None
        return RdfLiteral(found.value, lang=found.language, datatype=kind, normalize=False)

    for subject, term, found in facts(handover):
        made.add((URIRef(subject), URIRef(term), value(found)))
    return made


def ttl(handover: Handover, _: str) -> bytes:
    """Turtle; labels are in every language, whatever the one asked for."""
    return graph(handover).serialize(format="turtle", encoding="utf-8")


def jsonld(handover: Handover, _: str) -> bytes:
    """JSON-LD 1.1 with its context in it: nothing has to be fetched to read it."""
    text = graph(handover).serialize(format="json-ld", context=dict(PREFIXES), auto_compact=False)
    return json.dumps(_in_order(json.loads(text)), ensure_ascii=False, indent=1).encode() + b"\n"


def _in_order(value: Any) -> Any:
    """The same JSON-LD with keys and sets in order; none of its arrays is a list."""
    if isinstance(value, dict):
        return {key: _in_order(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return sorted(map(_in_order, value), key=canonical)
    return value


DPV = Export(
    "dpv",
    "Linked data in the terms of the W3C Data Privacy Vocabulary (DPV 2), with EU GDPR terms.",
    {"ttl": Format(ttl, needs=("rdflib",)), "jsonld": Format(jsonld, needs=("rdflib",))},
    whole=True,
)
