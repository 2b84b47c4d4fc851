"""Nodes and edges are written with every property that an entry gives them."""

from __future__ import annotations

import re
from typing import Any

import pytest

from graphsvc.graph.queries import queries, text
from graphsvc.graph.shape import LABELS, Edge, edges, node
from graphsvc.imports.documents import read_document
from graphsvc.imports.entry import Entry
from graphsvc.service import seed_files

LIMIT = 10_000_000
DOCUMENTS = [read_document(file.read_bytes(), LIMIT) for file in seed_files()]
WRITTEN = re.compile(r"node\.(\w+) = row\.\1\b")
DRAWN = re.compile(r"(\w+): row\.\1\b")


@pytest.mark.parametrize("section", LABELS)
def test_every_property_of_a_node_is_written(section: str) -> None:
    query = text(f"upsert {LABELS[section]}")
    for document in DOCUMENTS:
        for entry in document.entries(section):
            assert node(section, entry).keys() - {"id"} <= set(WRITTEN.findall(query))


def test_every_property_of_an_edge_is_written() -> None:
    drawn: list[Edge] = []
    for document in DOCUMENTS:
        for section in LABELS:
            for entry in document.entries(section):
                drawn += edges(section, entry.value, "Activity")
    given = {(edge.kind, key) for edge in drawn for key in edge.properties}
    written = {
        (name.removeprefix("connect "), key)
        for name in queries()
        if name.startswith("connect ")
        for key in DRAWN.findall(text(name).split("CREATE")[1])
    }
    assert given
    assert given <= written


@pytest.mark.parametrize(
    ("section", "more", "name", "search"),
    [
        ("parties", {"name": "Post"}, "Post", None),
        ("parties", {"name": "Post", "aliases": ["Mail"], "legal_name": "Post B.V."}, "Post", "mail post b.v."),
        ("parties", {"name": "Post", "aliases": ["Post"]}, "Post", None),
        ("purposes", {"name": {"en": "Billing", "nl": "Factureren"}}, "Billing", "factureren"),
        ("flows", {"from": "a", "to": "b", "purpose": "Letters"}, None, None),
    ],
)
def test_a_node_keeps_the_names_of_a_thing_once(
    section: str, more: dict[str, Any], name: str | None, search: str | None
) -> None:
    found = node(section, Entry.of({"id": "x"} | more))
    assert (found.get("name"), found.get("search")) == (name, search)
