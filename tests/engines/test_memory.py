"""How much memory a load takes: counted, not timed, and held against the size of its document."""

from __future__ import annotations

import json
import tracemalloc

import pytest

from bench.registers import register as made
from graphsvc import register
from graphsvc.graph import writer
from graphsvc.graph.store import Store
from graphsvc.imports.documents import read_document
from tests.engines.support import Engine, empty

SMALL, LARGE = 1_000, 2_500
"""Flows; both more than the portions in which entries are checked and written, so that those do not count."""
ROWS = 250
LIMIT = 10_000_000


def peak_of_a_load(engine: Engine, flows: int) -> tuple[int, int]:
    """Bytes that Python allocates at the most while it reads and loads a register, and the size of its text."""
    content = json.dumps(made(flows)).encode()
    tracemalloc.start()
    try:
        register.load(engine.bolt, [read_document(content, LIMIT)])
        return tracemalloc.get_traced_memory()[1], len(content)
    finally:
        tracemalloc.stop()


def test_a_load_takes_no_more_than_a_few_times_its_text(embedded: Engine, monkeypatch: pytest.MonkeyPatch):
    """As plain values it would take seven times, and with the rows that the driver holds on to fifteen times."""
    monkeypatch.setattr(writer, "BATCH", ROWS)
    found = []
    for flows in (SMALL, LARGE):
        empty(embedded.bolt)
        Store(embedded.bolt).prepare()
        found.append(peak_of_a_load(embedded, flows))
    (small_peak, small), (large_peak, large) = found
    assert large_peak - small_peak < 3 * (large - small)
