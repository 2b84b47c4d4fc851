"""Graph files, read by the programs they are for: by the official schemas, Gephi, igraph and Cytoscape.js."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import igraph
import networkx
import pytest
from lxml import etree

from tests.exports.outside import in_cytoscape, in_gephi, schema, wanted
from tests.unit.test_graph_exports import graph_of, handover, written

XML = ("graphml", "gexf")
Values = dict[str, dict[str, Any]]


def made() -> tuple[networkx.MultiDiGraph, Values, Values]:
    """The graph that the files are written from, its nodes, and its edges by key with their ends."""
    graph = graph_of(handover(), "en")
    edges = {key: data | {"ends": (one, other)} for one, other, key, data in graph.edges(data=True, keys=True)}
    return graph, dict(graph.nodes(data=True)), edges


def file(word: str, folder: Path) -> Path:
    path = folder / f"shop.{word}"
    path.write_bytes(written(word))
    return path


def as_text(values: Values) -> dict[str, dict[str, str]]:
    """Values as Java says them."""
    return {
        key: {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in data.items()}
        for key, data in values.items()
    }


@pytest.mark.parametrize("word", XML)
def test_a_graph_file_is_valid_by_its_official_schema(word: str, tmp_path: Path):
    official = wanted(lambda: schema(word, tmp_path))
    official.assertValid(etree.fromstring(written(word)))
    spoilt = written(word).replace(b" id=", b" name=", 1)
    assert not official.validate(etree.fromstring(spoilt))


def test_gephi_takes_in_every_node_edge_and_value(tmp_path: Path):
    told = wanted(lambda: in_gephi(*(file(word, tmp_path) for word in XML)))
    _, nodes, edges = made()
    for word in XML:
        found: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
        for _, kind, key, column, value in (line for line in told if line[0] == f"shop.{word}" and len(line) == 5):
            found[kind][key][column] = value
        assert found["node"] == as_text(nodes)
        for data in found["edge"].values():
            data["ends"] = str(tuple(data["ends"].split(" ")))
        assert found["edge"] == as_text(edges)
    issues = {tuple(line[2:]) for line in told if line[1] in ("issue", "file")}
    notes = {issue for issue in issues if issue[0] != "verified"}
    assert issues - notes == {("verified", "true")}
    assert {note[0] for note in notes} <= {"INFO", "WARNING"}
    assert {note[1].split("'")[1] for note in notes if note[0] == "WARNING"} == {"name", "on", "law", "revision"}


def test_igraph_reads_every_node_edge_and_value(tmp_path: Path):
    read = igraph.Graph.Read_GraphML(str(file("graphml", tmp_path)))
    graph, nodes, edges = made()
    assert {name: read[name] for name in read.attributes()} == graph.graph
    assert read.is_directed()
    assert {each["id"]: {name: each[name] for name in nodes[each["id"]]} for each in read.vs} == nodes
    # It takes the source of an edge for its id, so edges are told apart by their ends and flow here.
    by_place = {(data["kind"], data["ends"], data.get("flow", "")): data for data in edges.values()}
    assert len(by_place) == len(edges) == read.ecount()
    for each in read.es:
        ends = read.vs[each.source]["id"], read.vs[each.target]["id"]
        data = by_place.pop((each["kind"], ends, each["flow"]))
        assert {name: each[name] for name in data if name != "ends"} | {"ends": ends} == data


def test_cytoscape_takes_in_every_node_edge_and_value(tmp_path: Path):
    told = wanted(lambda: in_cytoscape(file("cyjs", tmp_path)))
    graph, nodes, edges = made()
    assert told["warnings"] == []
    assert told["graph"].items() >= graph.graph.items()
    assert len(told["nodes"]) == len(nodes)
    for data in told["nodes"]:
        assert data.items() >= nodes[data["id"]].items()
    assert len(told["edges"]) == len(edges)
    for data in told["edges"]:
        about = data | {"ends": (data["source"], data["target"])}
        assert about.items() >= edges[data["id"]].items()
