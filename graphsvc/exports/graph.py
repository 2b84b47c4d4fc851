"""The graph as files that graph programs read (GraphML, GEXF, Cytoscape), and the register in its own format."""

from __future__ import annotations

import json
from collections.abc import Iterator

from graphsvc.exports import documents
from graphsvc.exports.graph_of_answer import GraphOfAnswer
from graphsvc.exports.kinds import Export, Format
from graphsvc.exports.parts import in_parts, listed
from graphsvc.questions.handover import Handover


def graphml(handover: Handover, language: str) -> Iterator[bytes]:
    """GraphML."""
    from graphsvc.exports import graph_as_xml

    return graph_as_xml.graphml(handover, language)


def gexf(handover: Handover, language: str) -> Iterator[bytes]:
    """GEXF."""
    from graphsvc.exports import graph_as_xml

    return graph_as_xml.gexf(handover, language)


def cyjs(handover: Handover, language: str) -> Iterator[bytes]:
    """Cytoscape JSON, as Cytoscape, Cytoscape.js and networkx read it."""
    return in_parts(_cyjs(GraphOfAnswer(handover, language)))


def _cyjs(found: GraphOfAnswer) -> Iterator[str]:
    data = json.dumps(found.about, ensure_ascii=False)
    yield f'{{"data": {data},\n"directed": true,\n"multigraph": true,\n"elements": {{"nodes": ['
    yield from listed({"data": values | {"id": node, "value": node}} for node, values in found.nodes.items())
    yield '],\n"edges": ['
    yield from listed(
        {"data": values | {"id": key, "source": source, "target": target, "key": key}}
        for source, target, key, values in found.edges()
    )
    yield "]}}\n"


GRAPH = Export(
    "graph",
    "The flows as a graph file, or the register in its own document format, to be loaded again.",
    {
        "graphml": Format(stream=graphml),
        "gexf": Format(stream=gexf),
        "cyjs": Format(stream=cyjs),
        "yaml": Format(copy=documents.as_yaml),
        "json": Format(copy=documents.as_json),
    },
    whole=True,
)
