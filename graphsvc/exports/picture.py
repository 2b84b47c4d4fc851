"""The picture in graphviz' language: layered from left to right, each flow by its footing in shape, word and colour."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from graphviz import Digraph, escape, nohtml

from graphsvc.errors import PictureTooLarge
from graphsvc.translation import country_name, gettext

Plain = dict[str, Any]
MOST_FLOWS = 500
"""More than this nobody can read on one sheet, and drawing it takes longer than anybody waits."""
INK, PAPER, FAINT = "#1c2330", "#ffffff", "#8b94a3"
FONT = "Helvetica"


@cache
def looks() -> dict[str, dict[str, Any]]:
    """How each footing looks; the page reads the same file."""
    return json.loads((Path(__file__).parent / "looks.json").read_text(encoding="utf-8"))


def dot(body: Plain, language: str) -> str:
    """A picture as a graphviz text.

    Args:
        body: The answer about a picture.
        language: One of the languages of the catalogue.

    Raises:
        PictureTooLarge: it has more flows than can be read.
    """
    flows = [*body["items"], *body["ways"]]
    if len(flows) > MOST_FLOWS:
        raise PictureTooLarge(f"this picture has {len(flows)} flows, more than {MOST_FLOWS}: ask for fewer levels")
    graph = Digraph("picture", graph_attr=_sheet(body, language))
    graph.attr("node", shape="box", style="rounded,filled", fontname=FONT, fontsize="11", margin="0.16,0.09")
    graph.attr("edge", fontname=FONT, fontsize="9", arrowsize="0.8")
    for column in sorted({node["column"] for node in body["nodes"]}):
        with graph.subgraph(graph_attr={"rank": "same"}) as layer:
            for node in body["nodes"]:
                if node["column"] == column:
                    _node(layer, node, language)
    _responsible(graph, body["nodes"])
    for flow in flows:
        _flow(graph, flow, language)
    return graph.source


def _sheet(body: Plain, language: str) -> dict[str, str]:
    legend = "    ".join(
        f"{looks()[status]['mark']} {gettext(language, f'status.{status}')}: {count}"
        for status, count in body["by_status"].items()
        if count
    )
    caption = gettext(language, "picture.caption", on=body["on"], law=body["law"])
    if "revision" in body:
        caption += " " + gettext(language, "export.revision", revision=body["revision"])
    return {
        "rankdir": "LR",
        "ranksep": "1.1",
        "nodesep": "0.16",
        "fontname": FONT,
        "fontsize": "12",
        "labelloc": "b",
        "label": _text(f"{legend}\n{caption}".strip()),
        "bgcolor": PAPER,
        "pad": "0.3",
    }


def _node(layer: Digraph, node: Plain, language: str) -> None:
    look = looks().get(node["status"] or "", {})
    unnamed = node["kind"] == "service" and node["unnamed"]
    style = {"controller": "rounded,filled,bold", "activity": "rounded,filled"}.get(node["kind"], "filled")
    layer.node(
        _key(node["id"]),
        _text("\n".join(_lines(node, language))),
        fillcolor="#eef1f6" if node["kind"] != "service" else PAPER,
        color=look.get("colour", INK),
        fontcolor=INK,
        style=f"{style},dashed" if unnamed else style,
        tooltip=_text(node["name"]),
    )


def _lines(node: Plain, language: str) -> list[str]:
    found = [node["name"]]
    if node["kind"] == "service" and not node["unnamed"] and node["party"]["name"] != node["name"]:
        found.append(node["party"]["name"])
    if node["kind"] == "service" and node["unnamed"]:
        found.append(f"? {gettext(language, 'word.unnamed')}")
    if node["countries"]:
        found.append(", ".join(country_name(language, code) for code in node["countries"]))
    if node["parents_outside"]:
        groups = ", ".join(f"{group['name']} ({group['country']})" for group in node["parents_outside"])
        found.append(gettext(language, "picture.parent", groups=groups))
    if node["hidden"]:
        found.append("+ " + gettext(language, "word.more", count=node["hidden"]))
    return found


def _responsible(graph: Digraph, nodes: list[Plain]) -> None:
    for node in nodes:
        if node["kind"] == "activity":
            graph.edge(_key(node["party"]["id"]), _key(node["id"]), color=FAINT, arrowhead="none")


def _flow(graph: Digraph, flow: Plain, language: str) -> None:
    look = looks()[flow["status"]]
    word = gettext(language, f"status.{flow['status']}")
    graph.edge(
        _key(flow["from"]["id"]),
        _key(flow["to"]["id"]),
        label=_text(f"{look['mark']} {word}"),
        color=look["colour"],
        fontcolor=look["colour"],
        style=look["line"],
        penwidth=str(look["width"]),
        arrowhead=look["head"],
    )


def _key(text: str) -> str:
    """The name of a node; a colon would be read as a port."""
    return text.replace(":", "_")


def _text(text: str) -> str:
    """A text that is shown as it is written: no escape and no HTML in it is followed, only the ends of lines."""
    return nohtml("\n".join(escape(line) for line in text.split("\n")))
