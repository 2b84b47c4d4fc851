"""Talking to an engine: values, transactions, conflicts and errors, the same on each."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from graphsvc.deadline import Deadline
from graphsvc.errors import EngineError, EngineFailed, EngineUnavailable, QueryFailed, QuestionTooDear
from graphsvc.graph import embedded
from graphsvc.graph.bolt import Address, Bolt, Transaction
from graphsvc.graph.embedded import EmbeddedGraph
from tests.engines.support import Engine, empty
from tests.waiting import LONG

VALUES = {
    "Unicode": "Zoë's café — Ελλάδα 日本 🦊 a\u0301 \u0000 'quoted' \"twice\" \\ \n\t",
    "an empty text": "",
    "a text of 1 MB": "é" * (512 * 1024),
    "a text of 4 MB": "x" * (4 * 1024 * 1024),
    "the largest number": 2**63 - 1,
    "the smallest number": -(2**63),
    "a fraction": 0.1,
    "true": True,
    "a list of texts": ["b", "a", "b", "é"],
    "a list of numbers": [2**62, 0, -1],
    "an empty list": [],
    "nothing": None,
}


@pytest.fixture
def bolt(engine: Engine) -> Iterator[Bolt]:
    """An engine without data."""
    empty(engine.bolt)
    yield engine.bolt
    empty(engine.bolt)


def write(bolt: Bolt, query: str, **parameters: Any) -> list[dict[str, Any]]:
    return bolt.write(lambda transaction: transaction.run(query, **parameters))


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_a_value_comes_back_as_it_went(bolt: Bolt, value: object) -> None:
    write(bolt, "MERGE (n:Value {id: 'v'}) SET n.value = $value", value=value)
    assert bolt.read("MATCH (n:Value) RETURN n.value AS value, $value AS given", value=value) == [
        {"value": value, "given": value}
    ]


def test_a_property_without_value_is_not_there(bolt: Bolt) -> None:
    write(bolt, "CREATE (n:Value) SET n = $map", map={"id": "v", "none": None})
    write(bolt, "MATCH (n:Value) SET n += $map", map={"id": None, "other": 1})
    assert bolt.read("MATCH (n:Value) RETURN keys(n) AS keys") == [{"keys": ["other"]}]


def test_rows_are_plain_and_in_order(bolt: Bolt) -> None:
    query = "UNWIND $rows AS row RETURN row.id AS id, row AS map, [row.id, null] AS list ORDER BY id DESC"
    rows = [{"id": number, "none": None} for number in range(3)]
    expected = [[number, {"id": number, "none": None}, [number, None]] for number in (2, 1, 0)]
    assert bolt.read_rows(query, rows=rows) == expected
    assert [list(row.values()) for row in bolt.read(query, rows=rows)] == expected
    assert [list(row) for row in bolt.read(query, rows=rows)] == [["id", "map", "list"]] * 3


def test_ten_thousand_rows_go_and_come_in_one_query(bolt: Bolt) -> None:
    rows = [{"id": f"n{number}", "text": "é" * 200, "list": ["a", "b"]} for number in range(10_000)]
    assert write(bolt, "UNWIND $rows AS row CREATE (n:Many) SET n = row RETURN count(n) AS made", rows=rows) == [
        {"made": 10_000}
    ]
    assert len(bolt.read_rows("MATCH (n:Many) RETURN n.id, n.text, n.list")) == 10_000


def test_what_fails_half_way_has_not_happened(bolt: Bolt) -> None:
    def work(transaction: Transaction) -> None:
        transaction.run("CREATE (:Half {id: 1})")
        assert transaction.run("MATCH (n:Half) RETURN count(n) AS nodes") == [{"nodes": 1}]
        raise KeyError("half way")

    with pytest.raises(KeyError):
        bolt.write(work)
    assert bolt.read("MATCH (n:Half) RETURN count(n) AS nodes") == [{"nodes": 0}]


def test_an_open_transaction_is_seen_by_nobody_else(bolt: Bolt) -> None:
    def work(transaction: Transaction) -> list[dict[str, Any]]:
        transaction.run("CREATE (:Half {id: 1})")
        return bolt.read("MATCH (n:Half) RETURN count(n) AS nodes")

    assert bolt.write(work) == [{"nodes": 0}]
    assert bolt.read("MATCH (n:Half) RETURN count(n) AS nodes") == [{"nodes": 1}]


def test_several_queries_share_one_reading_transaction(bolt: Bolt) -> None:
    write(bolt, "CREATE (:Value {id: 'a'}), (:Value {id: 'b'})")
    rows = bolt.read_many(
        lambda transaction: [
            *transaction.run_rows("MATCH (n:Value) RETURN n.id ORDER BY n.id"),
            *transaction.run_rows("MATCH (n:Value) RETURN count(n)"),
        ]
    )
    assert rows == [["a"], ["b"], [2]]


def test_threads_that_merge_the_same_new_keys_all_succeed(bolt: Bolt) -> None:
    write(bolt, "CREATE CONSTRAINT unique_key IF NOT EXISTS FOR (n:Key) REQUIRE n.id IS UNIQUE")

    def merge(number: int) -> None:
        for step in range(40):
            key = (number + step) % 5
            write(bolt, "MERGE (n:Key {id: $id}) SET n.times = coalesce(n.times, 0) + 1", id=key)

    at_once(8, merge)
    assert bolt.read("MATCH (n:Key) RETURN count(n) AS keys, sum(n.times) AS times") == [{"keys": 5, "times": 320}]


def test_threads_that_draw_the_same_edge_draw_one(bolt: Bolt) -> None:
    write(bolt, "CREATE (:End {id: 1}), (:End {id: 2})")
    query = "MATCH (a:End {id: 1}) MATCH (b:End {id: 2}) MERGE (a)-[:TO]->(b) MERGE (a)-[:UNDER]->(b)"
    at_once(8, lambda number: write(bolt, query))
    assert bolt.read("MATCH ()-[edge]->() RETURN type(edge) AS type, count(*) AS edges ORDER BY type") == [
        {"type": "TO", "edges": 1},
        {"type": "UNDER", "edges": 1},
    ]


def test_who_loads_sees_all_that_was_loaded_before(engine: Engine, bolt: Bolt) -> None:
    write(bolt, "CREATE (:Lock {id: 'writer', turn: 0})")

    def count_and_add(transaction: Transaction) -> None:
        transaction.run("MATCH (lock:Lock {id: 'writer'}) SET lock.turn = lock.turn + 1")
        seen = transaction.run("MATCH (n:Turn) RETURN count(n) AS turns")[0]["turns"]
        transaction.run("CREATE (:Turn {number: $seen})", seen=seen)

    def add(through: Bolt) -> None:
        for _ in range(5):
            with through.turn():
                through.write(count_and_add)

    # Two pools, as two processes have them.
    with Bolt(engine.address) as other:
        at_once(6, lambda number: add((bolt, other)[number % 2]))
    rows = bolt.read_rows("MATCH (n:Turn) RETURN n.number ORDER BY n.number")
    assert rows == [[number] for number in range(30)]


def test_a_key_that_is_there_already_is_refused_soon(bolt: Bolt) -> None:
    write(bolt, "CREATE CONSTRAINT unique_key IF NOT EXISTS FOR (n:Key) REQUIRE n.id IS UNIQUE")
    write(bolt, "CREATE (:Key {id: 1})")
    started = time.monotonic()
    with pytest.raises(QueryFailed):
        write(bolt, "CREATE (:Key {id: 1})")
    assert time.monotonic() - started < LONG
    assert bolt.read("MATCH (n:Key) RETURN count(n) AS keys") == [{"keys": 1}]


@pytest.mark.parametrize(
    "query",
    ["MATCH (n RETURN n", "RETURN $missing AS missing", "RETURN 1 / 0 AS result", "CREATE (n:Value {map: {a: 1}})"],
)
def test_a_query_that_cannot_be_run_is_a_fault_of_ours(bolt: Bolt, query: str) -> None:
    with pytest.raises(QueryFailed) as failure:
        write(bolt, query)
    assert failure.value.status == 500
    assert failure.value.__cause__ is not None


def test_the_connection_is_good_after_an_error(bolt: Bolt) -> None:
    for _ in range(3):
        with pytest.raises(QueryFailed):
            bolt.read("RETURN")
        assert bolt.read("RETURN 1 AS one") == [{"one": 1}]


def test_a_wrong_password_is_refused_and_not_told(engine: Engine) -> None:
    address = Address(engine.address.uri, engine.address.user, "wrong-password", engine.address.database)
    with Bolt(address) as bolt, pytest.raises(EngineFailed, match="password") as refusal:
        bolt.read("RETURN 1")
    assert "wrong-password" not in str(refusal.value)


def test_a_database_that_is_not_there_is_refused(engine: Engine) -> None:
    address = Address(engine.address.uri, engine.address.user, engine.address.password, "nosuchdatabase")
    with Bolt(address) as bolt, pytest.raises(EngineFailed):
        bolt.read("RETURN 1")


def test_a_server_says_what_it_is(engine: Engine) -> None:
    name, version = engine.bolt.server()
    assert name == ("ArcadeDB" if engine.name == "embedded" else "Neo4j")
    assert engine.name in ("embedded", f"neo4j-{version}")
    assert version[0].isdigit()


def test_nobody_at_the_address_is_reported_soon() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    started = time.monotonic()
    with Bolt(Address(f"bolt://127.0.0.1:{port}", "neo4j", "secret")) as bolt:
        with pytest.raises(EngineUnavailable, match=str(port)):
            bolt.read("RETURN 1")
        with pytest.raises(EngineUnavailable):
            bolt.write(lambda transaction: transaction.run("RETURN 1"))
        with pytest.raises(EngineUnavailable):
            bolt.wait_until_ready(0.2)
    assert time.monotonic() - started < LONG


@pytest.mark.parametrize(
    "uri", ["http://127.0.0.1:1", "127.0.0.1:7687", "bolt://", "bolt://no.such.host.invalid:7687", ""]
)
def test_an_address_that_cannot_be_used_is_one_of_our_errors(uri: str) -> None:
    with pytest.raises(EngineError), Bolt(Address(uri, "neo4j", "secret")) as bolt:
        bolt.wait_until_ready(0.1)


def at_once(threads: int, work: Callable[[int], object]) -> None:
    """Run the work in threads at the same time; an error in any of them is raised."""
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, range(threads)))


DEAR = "MATCH (a:Dear), (b:Dear), (c:Dear) WHERE a.id + b.id + c.id = -1 RETURN count(*) AS number"


def test_no_row_is_read_after_the_time_of_a_question(bolt: Bolt):
    with pytest.raises(QuestionTooDear):
        bolt.within(Deadline(0.1)).read("UNWIND range(1, 100000) AS number RETURN number")
    assert bolt.read("RETURN 1 AS one") == [{"one": 1}]


def test_no_query_begins_after_the_time_of_a_question_but_what_writes_goes_on(bolt: Bolt):
    late = bolt.within(Deadline(-1))
    with pytest.raises(QuestionTooDear):
        late.read("RETURN 1 AS one")
    late.write(lambda transaction: transaction.run("CREATE (:Dear {id: 1})"))
    assert bolt.read("MATCH (d:Dear) RETURN d.id AS id") == [{"id": 1}]


def test_neo4j_ends_a_query_in_the_midst_of_its_work(neo4j_5_26_30: Engine):
    stops_inside(neo4j_5_26_30.bolt)


def test_the_embedded_engine_ends_a_query_that_takes_longer_than_any_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(embedded, "LONGEST_COMMAND", 1_000)
    with EmbeddedGraph.open(tmp_path / "data", 256) as graph, Bolt(graph.address) as bolt:
        stops_inside(bolt)


def stops_inside(bolt: Bolt) -> None:
    """Ask what would take many minutes without giving a row."""
    bolt.write(lambda transaction: transaction.run("UNWIND range(1, 2000) AS number CREATE (:Dear {id: number})"))
    started = time.monotonic()
    with pytest.raises(QuestionTooDear):
        bolt.within(Deadline(0.5)).read(DEAR)
    assert time.monotonic() - started < LONG
    empty(bolt)
