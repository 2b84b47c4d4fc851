"""Files and registers of a size that people have: they are read whole, and memory stays in its bounds."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from bench.asking import served
from bench.engines import Memory, embedded
from bench.registers import write
from graphsvc.imports.foreign.report import Imported
from tests.deep.conftest import Figures
from tests.imports import test_csv, test_fides, test_markdown, test_xlsx
from tests.imports.support import import_
from tests.imports.test_fides import fides

FLOWS = 100_000
ONE, TOGETHER = 900, 1024
"""MiB that the loader and the embedded graph may take, each and both together."""
ANSWERED_IN = 120.0

FILES: dict[str, tuple[int, Callable[[int], Any], Callable[[Any], Imported]]] = {
    "rows of CSV": (100_000, test_csv.many_rows, lambda content: import_("csv", content)),
    "rows of XLSX": (20_000, test_xlsx.many_rows, lambda content: import_("xlsx", content)),
    "rows of Markdown": (20_000, test_markdown.long_page, lambda content: import_("markdown", content)),
    "systems of Fides": (2_000, test_fides.many_systems, lambda content: fides(content, publisher="The Bakery")),
}


@pytest.mark.parametrize("what", FILES)
def test_a_large_file_is_read_whole(what: str, figures: Figures) -> None:
    rows, make, read = FILES[what]
    content = make(rows)
    began = time.process_time()
    found = read(content)
    figures[f"{rows:,} {what}"] = f"{time.process_time() - began:.0f} s"
    assert found.report.rows_imported >= rows


@pytest.mark.engine
def test_a_large_register_is_loaded_and_asked_in_bounded_memory(tmp_path: Path, figures: Figures) -> None:
    file = write(tmp_path / "register.json", FLOWS, [1_000])
    with embedded(tmp_path) as running:
        command = [sys.executable, "-m", "bench.loading", str(file)]
        began = time.monotonic()
        process = subprocess.Popen(command, env=os.environ | running.environment, stdout=subprocess.DEVNULL)
        with process, Memory((psutil.Process(process.pid),), running.processes) as loading:
            process.wait()
        assert process.returncode == 0
        figures[f"loading {FLOWS:,} flows"] = f"{time.monotonic() - began:.0f} s, {loading.most} MiB"
        with served(running) as service, Memory((service.process,), running.processes) as asking:
            asked = service.ask("/transfers", 5, controller="controller-reach-1000")
            seconds, lines = service.read_all("/transfers")
        figures["transfers of one that reaches 1,000"] = f"{asked.p50 * 1000:.0f} ms"
        figures["transfers of everybody"] = f"{lines:,} lines in {seconds:.0f} s, {asking.most} MiB"
    assert asked.lines > 1_000 and lines > FLOWS
    assert max(loading.parts) < ONE
    assert loading.most < TOGETHER
