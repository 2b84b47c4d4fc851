"""Opens a register: the embedded graph or a Neo4j server, prepared and with its seed data."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from graphsvc.graph.bolt import Address, Bolt
from graphsvc.graph.embedded import EmbeddedGraph
from graphsvc.graph.store import Store
from graphsvc.register import Outcome, Progress, load, read_files
from graphsvc.resources import resource
from graphsvc.settings import Settings

SEED_DATA = resource("seed_data")
Say = Callable[[str], None]
OBJECTS_BETWEEN_COLLECTIONS = 20_000
"""Answers make many objects and no circles of them: looking for circles after each 700, as Python does, takes a quarter
of their time."""


def collect_seldom() -> None:
    """Look for circles of objects less often than Python does by itself; for a process that is graphsvc's own."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)


@contextmanager
def opened(settings: Settings, attach: bool = False, say: Say = lambda _: None) -> Iterator[Store]:
    """The register that the settings name, prepared; closed at the end, and the engine stopped if we started it.

    Args:
        settings: What the operator chose.
        attach: Use the engine of the process that owns the folder, when there is one, instead of refusing.
        say: Told what takes time.

    Raises:
        FolderInUse: another process owns the data folder, and `attach` is not set.
        EngineUnavailable: the server does not answer.
        EngineFailed: the engine cannot be started, or its data is newer than this code.
    """
    with _address(settings, attach, say) as address, Bolt(address) as bolt:
        store = Store(bolt)
        store.prepare()
        yield store


@contextmanager
def _address(settings: Settings, attach: bool, say: Say) -> Iterator[Address]:
    if settings.bolt_uri:
        yield Address(settings.bolt_uri, settings.bolt_user, settings.bolt_password, settings.bolt_database)
        return
    graph = EmbeddedGraph.open(settings.data, settings.engine_memory, attach, say)
    try:
        yield graph.address
    finally:
        graph.close()


def seed_files() -> list[Path]:
    """The documents of the seed data, in a stable order; what-ifs are no documents."""
    return sorted(file for file in SEED_DATA.glob("*/*.yaml") if file.parent.name != "what_if")


def load_seed(
    store: Store, settings: Settings, say: Say = lambda _: None, on_progress: Progress = lambda *_: None
) -> Outcome:
    """Load the seed data; what is loaded already stays as it is."""
    say("reading the seed data")
    documents = read_files(seed_files(), settings.max_document)
    say("loading the seed data")
    return load(store.bolt, documents, on_progress)
