"""A register with the frozen seed data on either engine, in which no clock and no count of loads shows."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask.testing import FlaskClient

from graphsvc import clock, create_app
from graphsvc.graph.bolt import Address, Bolt
from graphsvc.graph.embedded import EmbeddedGraph
from graphsvc.graph.store import Store
from graphsvc.register import load, read_files
from graphsvc.settings import Settings
from tests.engines.neo4j_server import Neo4jServer, find_java
from tests.guard.arguments import DAYS

SEED_DATA = Path(__file__).resolve().parent / "seed_data"
"""A copy that stays as it is, so that facts can be added to the other one."""
NEO4J = "5.26.30"
ENGINES = ("embedded", "neo4j")
MEMORY = 512
MOMENT, REVISION, LAW = "2026-11-30T12:00:00.000Z", 1, "law-of-the-guard"
"""What every register of the guard says of when it was loaded, how often, and with which law table."""
STEADY = """
MATCH (thing) WHERE thing.recorded IS NOT NULL OR thing.revision IS NOT NULL
SET thing.recorded = CASE WHEN thing.recorded IS NULL THEN NULL ELSE $moment END,
    thing.law = CASE WHEN thing.revision IS NULL THEN thing.law ELSE $law END,
    thing.revision = CASE WHEN thing.revision IS NULL THEN NULL ELSE $revision END
"""
SETTINGS = Settings(answer_seconds=3600)
"""A search that runs out of time gives another answer."""


@contextmanager
def loaded(engine: str) -> Iterator[Address]:
    """An engine with the frozen seed data; gone at the end.

    Args:
        engine: A word of ENGINES.

    Raises:
        CannotHaveNeo4j: its parts cannot be had.
    """
    with tempfile.TemporaryDirectory(prefix="guard-") as folder, _started(engine, Path(folder) / "graph") as address:
        with Bolt(address) as bolt:
            fill(bolt)
        yield address


@contextmanager
def _started(engine: str, folder: Path) -> Iterator[Address]:
    if engine == "embedded":
        with EmbeddedGraph.open(folder, MEMORY) as graph:
            yield graph.address
        return
    server = Neo4jServer.start(NEO4J, find_java(NEO4J), folder)
    try:
        yield server.address
    finally:
        server.stop()


def fill(bolt: Bolt) -> None:
    """Load the frozen seed data into an empty register, and make it say nothing of this load."""
    Store(bolt).prepare()
    load(bolt, read_files(sorted(_documents()), SETTINGS.max_document))
    bolt.write(lambda transaction: transaction.run(STEADY, moment=MOMENT, law=LAW, revision=REVISION))
    found = Store(bolt)
    state = (found.state().revision, found.state().law, found.last_recorded())
    if state != (REVISION, LAW, MOMENT):
        raise RuntimeError(f"the register says {state} of its load: mend STEADY in {__file__}")


def _documents() -> Iterator[Path]:
    return (file for file in SEED_DATA.glob("*/*.yaml") if file.parent.name != "what_if")


def client(store: Store) -> FlaskClient:
    """A client of the service over a register."""
    return create_app(SETTINGS, store).test_client()


@contextmanager
def clock_stopped() -> Iterator[None]:
    """In this process it is the last of DAYS, so that no answer depends on the day it is."""
    real = clock.today
    _exchange(real, _last_day)
    try:
        yield
    finally:
        _exchange(_last_day, real)


def stop_clock() -> None:
    """Stop it for as long as this process lives."""
    _exchange(clock.today, _last_day)


def _last_day() -> str:
    return DAYS[-1]


def _exchange(one: Callable[[], str], other: Callable[[], str]) -> None:
    """Put one function in the place of another wherever it was imported as `today`."""
    for module in list(sys.modules.values()):
        if getattr(module, "today", None) is one:
            module.today = other  # type: ignore[attr-defined]
