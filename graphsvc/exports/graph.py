"""The graph as files that graph programs read (GraphML, GEXF, Cytoscape), and the register in its own format."""

from __future__ import annotations

import json
from xml.etree.ElementTree import Element, SubElement, tostring

import networkx
from networkx.readwrite.gexf import GEXFWriter
from networkx.readwrite.graphml import GraphMLWriter

from graphsvc.exports import documents
from graphsvc.exports.graph_of_answer import graph_of
from graphsvc.exports.kinds import Export, Format
from graphsvc.questions.handover import Handover


def graphml(handover: Handover, language: str) -> bytes:
    """GraphML, as yEd, Gephi, Cytoscape and networkx read it."""
    writer = GraphMLWriter(graph_of(handover, language), named_key_ids=False)
    writer.indent(writer.xml)
    flags = {key.get("id") for key in writer.xml.iter("key") if key.get("attr.type") == "boolean"}
    for value in writer.xml.iter("data"):
        if value.get("key") in flags:
            # The format knows `true` and `false` in small letters only.
            value.text = (value.text or "").lower()
    return _xml(writer.xml)


def gexf(handover: Handover, language: str) -> bytes:
    """GEXF 1.2, as Gephi and networkx read it."""
    graph = graph_of(handover, language)
    writer = GEXFWriter(graph)
    meta = next(writer.xml.iter("meta"))
    # The writer says the day on which it writes: the same facts would give another file tomorrow.
    meta.set("lastmodifieddate", handover.network.on)
    # A graph has no name in the schema; that is said with what it was made from.
    name = next(writer.xml.iter("graph")).attrib.pop("name")
    told = f"{name}; " + ", ".join(f"{key}: {value}" for key, value in handover.made_from.items())
    SubElement(meta, "description").text = told
    writer.indent(writer.xml)
    return _xml(writer.xml)


def cyjs(handover: Handover, language: str) -> bytes:
    """Cytoscape JSON, as Cytoscape, Cytoscape.js and networkx read it."""
    body = networkx.cytoscape_data(graph_of(handover, language))
    body["data"] = dict(body["data"])
    for edge in body["elements"]["edges"]:
        edge["data"]["id"] = edge["data"]["key"]
    return json.dumps(body, ensure_ascii=False, indent=1).encode() + b"\n"


def _xml(element: Element) -> bytes:
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(element, encoding="unicode").encode() + b"\n"


GRAPH = Export(
    "graph",
    "The flows as a graph file, or the register in its own document format, to be loaded again.",
    {
        "graphml": Format(graphml),
        "gexf": Format(gexf),
        "cyjs": Format(cyjs),
        "yaml": Format(copy=documents.as_yaml),
        "json": Format(copy=documents.as_json),
    },
    whole=True,
)
