"""The graph of an answer as GraphML and GEXF, an element at a time; both are valid by their official schemas."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from lxml import etree

from graphsvc.exports.graph_of_answer import GraphOfAnswer
from graphsvc.exports.graph_values import EDGE, GRAPH, NODE
from graphsvc.exports.parts import SIZE
from graphsvc.questions.handover import Handover

SCHEMA_LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
GRAPHML = "http://graphml.graphdrawing.org/xmlns"
GEXF = "http://www.gexf.net/1.2draft"
TYPES = {str: "string", int: "long", bool: "boolean"}
Write = Callable[[Any, Handover, GraphOfAnswer], Iterator[None]]


def graphml(handover: Handover, language: str) -> Iterator[bytes]:
    """GraphML, as yEd, Gephi, Cytoscape, igraph and networkx read it."""
    return _streamed(_graphml, handover, language)


def gexf(handover: Handover, language: str) -> Iterator[bytes]:
    """GEXF 1.2, as Gephi and networkx read it."""
    return _streamed(_gexf, handover, language)


def _streamed(write: Write, handover: Handover, language: str) -> Iterator[bytes]:
    """What is written, whenever it has become worth being sent."""
    buffer = io.BytesIO()
    with etree.xmlfile(buffer, encoding="UTF-8") as file:
        file.write_declaration()
        for _ in write(file, handover, GraphOfAnswer(handover, language)):
            if buffer.tell() >= SIZE:
                file.flush()
                yield buffer.getvalue()
                buffer.seek(0)
                buffer.truncate()
    yield buffer.getvalue()


def _element(tag: str, **values: str) -> etree._Element:
    """An element on a line of its own. It has the namespace of the one that it is written into."""
    element = etree.Element(tag, values)
    element.tail = "\n"
    return element


def _text(value: object) -> str:
    """A value as XML writes it: yes and no are `true` and `false`."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _root(tag: str, namespace: str, schema: str) -> tuple[str, dict[str, str]]:
    return f"{{{namespace}}}{tag}", {SCHEMA_LOCATION: f"{namespace} {schema}"}


def _graphml(file: Any, _: Handover, found: GraphOfAnswer) -> Iterator[None]:
    name, located = _root("graphml", GRAPHML, f"{GRAPHML}/1.0/graphml.xsd")
    with file.element(name, located, nsmap={None: GRAPHML}):
        for kind, columns in {"graph": GRAPH, "node": NODE, "edge": EDGE}.items():
            for column, of_type in columns.items():
                about = {"attr.name": column, "attr.type": TYPES[of_type]}
                file.write(_element("key", id=f"{kind}.{column}", **{"for": kind}, **about))
        with file.element("graph", edgedefault="directed"):
            for data in _data("graph", found.about):
                file.write(data)
            for node, values in found.nodes.items():
                yield file.write(_with(_element("node", id=node), _data("node", values)))
            for source, target, key, values in found.edges():
                edge = _element("edge", id=key, source=source, target=target)
                yield file.write(_with(edge, _data("edge", values)))


def _data(kind: str, values: dict[str, Any]) -> Iterator[etree._Element]:
    for name, value in values.items():
        data = etree.Element("data", key=f"{kind}.{name}")
        data.text = _text(value)
        yield data


def _with(element: etree._Element, children: Iterable[etree._Element]) -> etree._Element:
    element.extend(children)
    return element


def _gexf(file: Any, handover: Handover, found: GraphOfAnswer) -> Iterator[None]:
    name, located = _root("gexf", GEXF, f"{GEXF}/gexf.xsd")
    with file.element(name, {**located, "version": "1.2"}, nsmap={None: GEXF}):
        file.write(_meta(handover))
        with file.element("graph", defaultedgetype="directed", mode="static"):
            for kind, columns in (("node", NODE), ("edge", EDGE)):
                # What an element is called is its label, no attribute.
                attributes = ((each, TYPES[columns[each]]) for each in columns if each != "label")
                made = [etree.Element("attribute", id=each, title=each, type=of_type) for each, of_type in attributes]
                file.write(_with(_element("attributes", **{"class": kind}, mode="static"), made))
            with file.element("nodes"):
                for node, values in found.nodes.items():
                    yield file.write(_labelled(_element("node", id=node), values))
            with file.element("edges"):
                for source, target, key, values in found.edges():
                    yield file.write(_labelled(_element("edge", id=key, source=source, target=target), values))


def _meta(handover: Handover) -> etree._Element:
    """What it was made from: the schema has no place for it in the graph, nor a name."""
    told = ", ".join(f"{key}: {value}" for key, value in handover.made_from.items())
    # The day that it is of, not the one on which it is written: the same facts give the same file.
    meta = _element("meta", lastmodifieddate=handover.network.on)
    etree.SubElement(meta, "creator").text = "graphsvc"
    etree.SubElement(meta, "description").text = f"{handover.name}; {told}"
    return meta


def _labelled(element: etree._Element, values: dict[str, Any]) -> etree._Element:
    element.set("label", values["label"])
    held = etree.SubElement(element, "attvalues")
    for name, value in values.items():
        if name != "label":
            etree.SubElement(held, "attvalue", {"for": name, "value": _text(value)})
    return element
