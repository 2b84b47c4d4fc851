"""What all tests share: engines to test on, how many examples are tried, and what is run when."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from graphsvc.graph.bolt import Address, Bolt
from graphsvc.graph.embedded import EmbeddedGraph
from tests.engines.neo4j_server import RELEASES, CannotHaveNeo4j, Neo4jServer, find_java, library
from tests.engines.support import Engine, empty
from tests.examples import FEW, declare

declare()

MEMORY = 512

# Read once and taken out: graphsvc refuses GRAPHSVC_* names it does not know, also in the commands that tests run.
GIVEN_URI = os.environ.pop("GRAPHSVC_TEST_BOLT_URI", "")
GIVEN_USER = os.environ.pop("GRAPHSVC_TEST_BOLT_USER", "neo4j")
GIVEN_PASSWORD = os.environ.pop("GRAPHSVC_TEST_BOLT_PASSWORD", "")
NEO4J_IS_REQUIRED = os.environ.pop("GRAPHSVC_REQUIRE_NEO4J", "") == "1" or bool(os.environ.get("CI"))


@pytest.fixture(scope="session")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The embedded graph, one for all tests."""
    with EmbeddedGraph.open(tmp_path_factory.mktemp("embedded"), MEMORY) as graph, Bolt(graph.address) as bolt:
        yield Engine("embedded", bolt, graph.address)


@pytest.fixture(scope="session")
def neo4j_5_26_30(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The release of Neo4j with long-term support, or the server that GRAPHSVC_TEST_BOLT_URI names."""
    if GIVEN_URI:
        yield from _given()
    else:
        yield from _started("5.26.30", tmp_path_factory)


@pytest.fixture(scope="session")
def neo4j_2026_08_1(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The current release of Neo4j."""
    if GIVEN_URI:
        pytest.skip("GRAPHSVC_TEST_BOLT_URI names the one Neo4j to test on")
    yield from _started("2026.08.1", tmp_path_factory)


CURRENT = "neo4j_2026_08_1"
ENGINES = ("embedded", "neo4j_5_26_30", CURRENT)
ENGINE_IDS = ("embedded", *(f"neo4j-{version}" for version in RELEASES))


@pytest.fixture(scope="session", params=ENGINES, ids=ENGINE_IDS)
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each engine in turn, started when the first test wants it."""
    return request.getfixturevalue(request.param)


def _given() -> Iterator[Engine]:
    address = Address(GIVEN_URI, GIVEN_USER, GIVEN_PASSWORD)
    with Bolt(address) as bolt:
        if bolt.read("MATCH (n) RETURN count(n) AS nodes")[0]["nodes"]:
            pytest.fail(f"{GIVEN_URI} holds data and these tests remove everything: give them an empty database")
        yield Engine("neo4j-" + bolt.server()[1], bolt, address)
        empty(bolt)


def _started(version: str, folders: pytest.TempPathFactory) -> Iterator[Engine]:
    try:
        java = find_java(version)
    except CannotHaveNeo4j as reason:
        # The current release is expected only where there is a Java for it.
        _do_without(reason, NEO4J_IS_REQUIRED and version != "2026.08.1")
    try:
        library(version)
    except CannotHaveNeo4j as reason:
        _do_without(reason, NEO4J_IS_REQUIRED)
    server = Neo4jServer.start(version, java, folders.mktemp(f"neo4j-{version}"))
    try:
        with Bolt(server.address) as bolt:
            yield Engine(f"neo4j-{version}", bolt, server.address)
    finally:
        server.stop()


def _do_without(reason: CannotHaveNeo4j, required: bool) -> None:
    end: Callable[[str], object] = pytest.fail if required else pytest.skip
    end(str(reason))


# What is run when

DEEP = Path(__file__).parent / "deep"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of these tests."""
    parser.addoption("--every-release", action="store_true", help="run on the current Neo4j what 5.26 is given, too")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave tests/deep out unless it is named: it takes long and is not run at each landing."""
    named = any(Path(word.partition("::")[0]).resolve().is_relative_to(DEEP) for word in config.args)
    return True if collection_path == DEEP and not named else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what needs an engine, and leave out what the current release of Neo4j is spared."""
    for item in items:
        if {*ENGINES, "engine"} & {*getattr(item, "fixturenames", ())}:
            item.add_marker("engine")
        if item.get_closest_marker("engine") and item.path.parent.name == "unit":
            raise pytest.UsageError(f"{item.nodeid} asks for an engine; tests/unit does without one")
    if not config.getoption("every_release"):
        spared = [item for item in items if _is_of(item, CURRENT) and not item.get_closest_marker("every_release")]
        config.hook.pytest_deselected(items=spared)
        items[:] = [item for item in items if item not in {*spared}]


def _is_of(item: pytest.Item, engine: str) -> bool:
    return hasattr(item, "callspec") and item.callspec.params.get("engine") == engine


def pytest_report_header(config: pytest.Config) -> str:
    """Which examples are tried; with the seed that they come from, they can be tried again."""
    profile, seed = config.getoption("--hypothesis-profile") or FEW, config.getoption("--hypothesis-seed")
    return f"examples by chance: {profile}" + (f", of --hypothesis-seed={seed}" if seed else "")


SHARE_A_SERVICE = ("api", "web")
"""Folders whose tests ask one service."""


class Sharing(LoadScopeScheduling):
    """Has tests that share what is dear to start (an engine, a service, a browser) run in one process."""

    def _split_scope(self, nodeid: str) -> str:
        file, _, name = nodeid.partition("::")
        folder = Path(file).parent.name
        engine = next((each for each in ENGINE_IDS if each in name.partition("[")[2]), None)
        return engine or (folder if folder in SHARE_A_SERVICE else file)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Sharing:
    """How tests are given to processes when there are several (`-n`)."""
    return Sharing(config, log)
