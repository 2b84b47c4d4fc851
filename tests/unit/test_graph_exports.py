"""The graph as files: read again by networkx as the same graph, whatever people call things."""

from __future__ import annotations

import io
import json
from typing import Any
from xml.etree import ElementTree

import networkx
import pytest

from bench.registers import DAY
from bench.whole import laid
from graphsvc.exports import graph_values
from graphsvc.exports.graph_of_answer import GraphOfAnswer
from graphsvc.exports.parts import SIZE
from graphsvc.exports.registry import EXPORTS
from graphsvc.model import Status
from graphsvc.questions.handover import Handover, HandoverQuestion
from tests.builders import activity, evidence, flow, network, party, service

ON = "2026-11-24"
STRANGE = 'Ünïcode "Mail" & <b>Söhne</b> ]]> \u2028 \U0001f4e8'
SCC = {"tool": "scc-2021-m2", "concluded": "2023-01-02", "transfer_impact_assessment": {"date": "2024-05-06"}}
FILES = ("graphml", "gexf", "cyjs")


def handover(name: str = STRANGE) -> Handover:
    """A shop that sends the same service mail and lists, through two flows; what nobody told us is left out."""
    found = network(
        [
            flow("mail", "mailer", places=["US"], tools=[SCC], id="first"),
            flow("mail", "mailer", places=["NL"], seat_access=False, id="second", condition="only on request"),
            flow("mailer", "hosting", "sub_processor", places=["DE", "US"]),
            flow("mailer", "nowhere", "sub_processor", evidence=[evidence(basis="assumed")]),
            flow("lists", "mailer", places=["US"], tools=[SCC]),
        ],
        [
            activity("mail", "shop", ["customer name", "subscriber email-address"], purposes=["newsletter"]),
            activity("lists", "shop", ["customer name"], acts_as="processor", on_behalf_of=["bakery"]),
        ],
        [service("mailer", "mail-inc"), service("hosting", "host-ltd"), service("nowhere")],
        [
            party("shop", "NL"),
            party("bakery", "NL"),
            party("mail-inc", "US", part_of=[{"party": "parent"}]) | {"name": name},
            party("host-ltd", "DE"),
            party("parent", "US"),
        ],
        ON,
    )
    return Handover(HandoverQuestion(ON, "shop"), 7, found, found.party("shop"))


def graph_of(found: Handover, language: str) -> networkx.MultiDiGraph:
    made = GraphOfAnswer(found, language)
    graph = networkx.MultiDiGraph(**made.about)
    graph.add_nodes_from(made.nodes.items())
    for source, target, key, values in made.edges():
        assert {source, target} <= made.nodes.keys()
        graph.add_edge(source, target, key, **values)
    return graph


def written(word: str, found: Handover | None = None, language: str = "en") -> bytes:
    return b"".join(EXPORTS["graph"].formats[word].stream(found or handover(), language))


def read(word: str, content: bytes) -> networkx.MultiDiGraph:
    """What networkx reads, with what its readers add taken out again."""
    if word == "graphml":
        return networkx.read_graphml(io.BytesIO(content), force_multigraph=True)
    if word == "cyjs":
        graph = networkx.cytoscape_graph(json.loads(content))
        for *_, data in [*graph.nodes(data=True), *graph.edges(data=True)]:
            for added in {"id", "value", "source", "target", "key"} & data.keys():
                del data[added]
        return graph
    graph = networkx.read_gexf(io.BytesIO(content))
    found = networkx.MultiDiGraph(**graph.graph)
    found.add_nodes_from(graph.nodes(data=True))
    for source, target, key, data in graph.edges(keys=True, data=True):
        found.add_edge(source, target, key, **{name: value for name, value in data.items() if name != "id"})
    return found


def edges(graph: networkx.MultiDiGraph) -> dict[tuple[str, str, str], dict[str, Any]]:
    return {(source, target, key): data for source, target, key, data in graph.edges(keys=True, data=True)}


@pytest.mark.parametrize("word", FILES)
def test_networkx_reads_the_same_graph_again(word: str):
    found = handover()
    made, again = graph_of(found, "en"), read(word, written(word, found))
    assert again.is_directed()
    assert dict(again.nodes(data=True)) == dict(made.nodes(data=True))
    assert edges(again) == edges(made)
    types = {name: type(value) for *_, data in again.edges(data=True) for name, value in data.items()}
    assert (types["is_transfer"], types["depth"], types["status"]) == (bool, int, str)


def test_every_flow_and_every_country_it_reaches_is_an_edge():
    found = handover()
    made = edges(graph_of(found, "en"))
    told = {
        (data["flow"], key.rpartition(":")[2]): data["status"]
        for (_, _, key), data in made.items()
        if data["kind"] == "reaches"
    }
    assert told == {(line.passage.flow.id, line.country): line.status.value for line in found.lines}
    sent = {key.removeprefix("flow:"): data for (_, _, key), data in made.items() if data["kind"] == "flow"}
    assert sent.keys() == {line.passage.flow.id for line in found.lines}
    outside = {line.passage.flow.id for line in found.lines if line.status is not Status.INSIDE}
    assert {key for key, data in sent.items() if data["is_transfer"]} == outside
    assert sent["second"]["countries"] == "NL: inside"
    assert sent["second"]["condition"] == "only on request"
    assert sent["mailer-nowhere"]["basis"] == "assumed"
    assert {target for _, target, key in made if key.startswith("on_behalf_of:")} == {"party:bakery"}
    assert ("party:mail-inc", "party:parent", "part_of:mail-inc:parent") in made


@pytest.mark.parametrize("word", FILES)
def test_a_large_graph_is_written_part_by_part(word: str):
    found = Handover(HandoverQuestion(DAY), 7, laid(300), None)
    parts = [*EXPORTS["graph"].formats[word].stream(found, "en")]
    assert len(parts) > 5
    assert max(map(len, parts)) < 3 * SIZE
    assert len(read(word, b"".join(parts)).edges) == sum(1 for _ in GraphOfAnswer(found, "en").edges())


def test_every_value_is_declared_with_its_type():
    made = GraphOfAnswer(handover(), "en")
    held = {
        "GRAPH": [made.about],
        "NODE": made.nodes.values(),
        "EDGE": [values for *_, values in made.edges()],
    }
    for kind, values in held.items():
        declared = getattr(graph_values, kind)
        assert all(type(value) is declared[name] for each in values for name, value in each.items())


def test_what_nobody_told_us_is_a_node_that_says_so():
    made = graph_of(handover(), "en")
    assert made.nodes["party:unknown"]["basis"] == "unknown"
    assert "inside" not in made.nodes["country:unknown"]
    assert (made.nodes["country:NL"]["inside"], made.nodes["country:US"]["inside"]) == (True, False)
    values = [value for *_, data in [*made.nodes(data=True), *made.edges(data=True)] for value in data.values()]
    assert {type(value) for value in values} <= {str, int, bool}


@pytest.mark.parametrize("word", FILES)
def test_control_characters_do_not_break_the_file(word: str):
    again = read(word, written(word, handover("Bell\x07 and\x00 zero\ud800")))
    assert again.nodes["party:mail-inc"]["label"] == "Bell\ufffd and\ufffd zero\ufffd"


@pytest.mark.parametrize("word", FILES)
def test_the_same_facts_give_the_same_bytes_that_say_what_they_were_made_from(word: str):
    content = written(word)
    assert content == written(word)
    assert content != written(word, language="nl")
    text = content.decode()
    assert ON in text
    assert "seed" in text
    assert "revision" in text


def test_names_and_reasons_are_in_the_language_asked_for():
    english, dutch = (graph_of(handover(), language) for language in ("en", "nl"))
    assert (english.nodes["country:DE"]["label"], dutch.nodes["country:DE"]["label"]) == ("Germany", "Duitsland")
    edge = ("service:mailer", "country:US", "reaches:first:US")
    assert dutch.edges[edge]["status"] == english.edges[edge]["status"] == "safeguarded"
    for key in ("reason", "act", "label"):
        assert english.edges[edge][key] != dutch.edges[edge][key]


def test_graphml_and_gexf_hold_yes_and_no_as_xml_writes_them():
    for word, place in (("graphml", "data"), ("gexf", "attvalue")):
        values = {
            each.text if word == "graphml" else each.get("value")
            for each in ElementTree.fromstring(written(word)).iter()
            if each.tag.endswith(place)
        }
        assert {"true", "false"} <= values
        assert not {"True", "False", "None"} & values


def test_every_edge_of_the_cytoscape_file_has_an_id_of_its_own():
    body = json.loads(written("cyjs"))
    ids = [each["data"]["id"] for part in body["elements"].values() for each in part]
    assert len(ids) == len(set(ids))
    assert body["data"]["on"] == ON
