"""Queries are checked when they are read: a fault shows with its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphsvc.errors import EngineFailed
from graphsvc.graph.queries import queries, text

GOOD = "// name: one(id)\n// What it answers.\nMATCH (n:Party {id: $id}) RETURN n.id AS id\n"


def read(folder: Path, content: str) -> dict:
    (folder / "some.cypher").write_text(content)
    return dict(queries(folder))


def test_a_query_has_a_name_a_sentence_and_parameters(tmp_path: Path) -> None:
    found = read(tmp_path, GOOD)["one"]
    assert (found.parameters, found.answers, found.place) == (frozenset({"id"}), "What it answers.", "some.cypher:1")


def test_a_template_becomes_one_query_for_each_group_of_words(tmp_path: Path) -> None:
    template = (
        "// name: tie(rows)\n// Ties.\n// for: Flow TO Service, Party PROVIDES Service\n"
        "UNWIND $rows AS row MATCH (:<source>)-[:<type>]->(:<target>)\n"
    )
    found = read(tmp_path, template)
    assert sorted(found) == ["tie Flow TO Service", "tie Party PROVIDES Service"]
    assert "(:Party)-[:PROVIDES]->(:Service)" in found["tie Party PROVIDES Service"].text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("// name: One(id)\n// x\nRETURN $id\n", "some.cypher:1: expected"),
        ("// name: one(id)\nRETURN $id\n", "a comment that says what the query answers is missing"),
        ("// name: one()\n// x\n", "there is no query under the name"),
        ("// name: one(id)\n// x\nRETURN 1\n", "declares"),
        ("// name: one()\n// x\nRETURN $id\n", "declares"),
        (GOOD + GOOD, "one is there already"),
        ("// name: one()\n// x\n// for: A B\nMATCH (:<label>) RETURN 1\n", "2 words are given"),
    ],
)
def test_a_fault_is_refused_with_its_place(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(EngineFailed, match=said):
        read(tmp_path, content)


def test_no_query_holds_a_place_that_was_not_filled() -> None:
    assert not [name for name in queries() if "<label>" in text(name) or "<source>" in text(name)]
