"""The engines that are measured, each started with an empty database of its own, and how much memory processes take."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from graphsvc.graph.bolt import Address
from graphsvc.graph.embedded import EmbeddedGraph
from graphsvc.settings import Settings
from tests.engines.neo4j_server import Neo4jServer, find_java

NEO4J = "5.26.30"
NEO4J_HEAP = "3g"
PULSE = 0.05
MIB = 1024 * 1024


@dataclass(frozen=True)
class Running:
    """An engine that runs.

    Attributes:
        address: Where it listens.
        processes: Those that were started for it.
        stop: Ends it at once, whatever it is doing.
    """

    address: Address
    processes: tuple[psutil.Process, ...]

    @property
    def environment(self) -> dict[str, str]:
        """The settings with which graphsvc uses it."""
        return {
            "GRAPHSVC_BOLT_URI": self.address.uri,
            "GRAPHSVC_BOLT_USER": self.address.user,
            "GRAPHSVC_BOLT_PASSWORD": self.address.password,
            "GRAPHSVC_BOLT_DATABASE": self.address.database,
        }

    def stop(self) -> None:
        """End it at once, whatever it is doing."""
        for process in reversed(self.processes):
            process.kill()


@contextmanager
def embedded(folder: Path) -> Iterator[Running]:
    """The embedded graph, with the memory that GRAPHSVC_ENGINE_MEMORY gives it, or what it gets by default."""
    before = _children()
    with EmbeddedGraph.open(folder / "data", Settings.from_environment(os.environ).engine_memory) as graph:
        yield Running(graph.address, _children() - before)


@contextmanager
def neo4j(folder: Path) -> Iterator[Running]:
    """A real Neo4j, as the tests start it, with the heap that one transaction of 100,000 flows needs there."""
    before = _children()
    server = Neo4jServer.start(NEO4J, find_java(NEO4J), folder / "neo4j", NEO4J_HEAP)
    try:
        yield Running(server.address, _children() - before)
    finally:
        server.stop()


ENGINES: dict[str, Callable] = {"embedded": embedded, "neo4j": neo4j}


def _children() -> _Processes:
    return _Processes(psutil.Process().children(recursive=True))


class _Processes(tuple[psutil.Process, ...]):
    def __sub__(self, others: tuple[psutil.Process, ...]) -> _Processes:
        return _Processes(process for process in self if process not in others)


class Memory:
    """Watches how much memory two groups of processes take together, from `with` to its end.

    Attributes:
        most: Peak of the sum, in MiB of resident memory.
        parts: Peak of each group by itself.
    """

    def __init__(self, *groups: tuple[psutil.Process, ...]) -> None:
        self._groups = groups
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self.most = 0
        self.parts = [0] * len(groups)

    def __enter__(self) -> Memory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(PULSE):
            now = [sum(map(resident, group)) for group in self._groups]
            self.most = max(self.most, sum(now))
            self.parts = list(map(max, self.parts, now))


def resident(process: psutil.Process) -> int:
    """Resident memory of a process in MiB; 0 when it is gone."""
    try:
        return process.memory_info().rss // MIB
    except psutil.NoSuchProcess:
        return 0
