"""`python -m bench`: loads registers of several sizes into each engine, asks both questions, prints tables."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table

from bench.asking import Asked, by_pattern, served
from bench.engines import ENGINES, Memory, Running
from bench.registers import write

REACHES = (100, 1_000, 10_000)
CATEGORY = "category-1"
QUESTIONS = ("transfers", "holders")
progress = Console(stderr=True, highlight=False)


@dataclass
class Question:
    """One row of the table of questions."""

    question: str
    about: str
    asked: Asked
    pattern: str = ""


@dataclass
class Measured:
    """What was measured at one size on one engine. Memory in MiB, times in seconds."""

    engine: str
    size: int
    megabytes: float
    parts: dict[str, float]
    floor: dict[str, float]
    load_memory: Memory
    serve_memory: Memory | None = None
    whole: tuple[float, int] = (0.0, 0)
    questions: list[Question] = field(default_factory=list)

    @property
    def total(self) -> float:
        """Seconds from the file to the commit."""
        return self.parts["read"] + self.parts["check"] + self.parts["write"]


def main() -> None:
    """Measure what the arguments say and print it."""
    asked = _arguments()
    found = [
        _measure(engine, size, asked.limit)
        for engine in asked.engines.split(",")
        for size in map(int, asked.sizes.split(","))
    ]
    console = Console(width=120 if not sys.stdout.isatty() else None)
    for table in (_loading(found), _asking(found)):
        console.print(table)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--sizes", default="1000,10000,100000", help="numbers of flows (default: %(default)s)")
    parser.add_argument("--engines", default="embedded,neo4j", help="which engines (default: %(default)s)")
    parser.add_argument("--limit", type=float, default=10.0, help="seconds for one question (default: %(default)s)")
    return parser.parse_args()


def _measure(engine: str, size: int, limit: float) -> Measured:
    reaches = [reach for reach in REACHES if reach <= size // 2]
    with tempfile.TemporaryDirectory(prefix="graphsvc-bench-") as name:
        folder = Path(name)
        _say(engine, size, "making the register")
        file = _in_child(folder / "register.json", size, reaches)
        with ENGINES[engine](folder / "floor") as running:
            _say(engine, size, "loading: the driver alone")
            floor, _ = _child(running, "--floor", str(file))
        with ENGINES[engine](folder / "load") as running:
            _say(engine, size, "loading")
            measured = Measured(engine, size, file.stat().st_size / 1e6, *_swap(_child(running, str(file)), floor))
            _ask_all(measured, running, reaches, limit)
    return measured


def _swap(loaded: tuple[dict, Memory], floor: dict) -> tuple[dict, dict, Memory]:
    return loaded[0], floor, loaded[1]


def _in_child(file: Path, size: int, reaches: list[int]) -> Path:
    """Make the register in another process, whose memory is gone afterwards."""
    child = os.fork()
    if child == 0:
        write(file, size, reaches)
        os._exit(0)
    os.waitpid(child, 0)
    return file


def _child(running: Running, *arguments: str) -> tuple[dict[str, float], Memory]:
    """Run `bench.loading` and watch the memory of it and of the engine."""
    command = [sys.executable, "-m", "bench.loading", *arguments]
    process = subprocess.Popen(command, env=os.environ | running.environment, stdout=subprocess.PIPE)
    with Memory((psutil.Process(process.pid),), running.processes) as memory:
        said, _ = process.communicate()
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return json.loads(said), memory


def _ask_all(measured: Measured, running: Running, reaches: list[int], limit: float) -> None:
    controllers = {f"controller-reach-{reach}": f"controller, reaches {reach:,}" for reach in reaches}
    controllers = controllers or {"controller-0": "controller"}
    with served(running) as service, Memory((service.process,), running.processes) as memory:
        for name in QUESTIONS:
            _say(measured.engine, measured.size, f"asking for {name}")
            for controller, about in controllers.items():
                asked = service.ask(f"/{name}", limit, controller=controller)
                measured.questions.append(Question(name, about, asked))
            measured.questions.append(
                Question(name, "data category, of everybody", service.ask(f"/{name}", limit, category=CATEGORY))
            )
        measured.whole = service.read_all("/transfers")
    measured.serve_memory = memory
    _ask_patterns(measured, running, list(controllers), limit)


def _ask_patterns(measured: Measured, running: Running, controllers: list[str], limit: float) -> None:
    """The same by one path pattern each; once it takes too long the larger ones do as well."""
    for number, controller in enumerate(controllers):
        _say(measured.engine, measured.size, f"asking by a path pattern: {controller}")
        seconds = by_pattern(running, controller, limit)
        measured.questions[number].pattern = f">{limit:.0f} s" if seconds is None else _time(seconds)
        if seconds is None:
            return


def _say(engine: str, size: int, what: str) -> None:
    progress.print(f"{engine}, {size:,} flows: {what}")


def _loading(found: list[Measured]) -> Table:
    table = Table(title="Loading, from the file to the commit")
    for column in ("engine", "flows", "MB", "flows/s", "read s", "check s", "write s", "write flows/s"):
        table.add_column(column, justify="right")
    for column in ("floor s", "floor/total", "floor/write", "MiB loader", "MiB engine", "MiB sum"):
        table.add_column(column, justify="right")
    for one in found:
        parts, floor = one.parts, one.floor["write"]
        table.add_row(
            *(one.engine, f"{one.size:,}", f"{one.megabytes:.1f}", f"{one.size / one.total:,.0f}"),
            *(f"{parts[name]:.1f}" for name in ("read", "check", "write")),
            *(f"{one.size / parts['write']:,.0f}", f"{floor:.1f}"),
            *(f"{floor / one.total:.2f}", f"{floor / parts['write']:.2f}"),
            *(str(part) for part in (*one.load_memory.parts, one.load_memory.most)),
        )
    return table


def _asking(found: list[Measured]) -> Table:
    table = Table(title="Asking over HTTP, pages of 100 lines")
    columns = ("engine", "flows", "question", "about", "lines", "times", "p50", "p95", "path pattern", "MiB service")
    for column in (*columns, "MiB engine"):
        table.add_column(column, justify="left" if column in {"question", "about"} else "right")
    for one in found:
        for row in _asking_rows(one):
            table.add_row(one.engine, f"{one.size:,}", *row)
        table.add_section()
    return table


def _asking_rows(one: Measured) -> Iterator[tuple[str, ...]]:
    for row in one.questions:
        times = (str(len(row.asked.times)), _time(row.asked.p50), _time(row.asked.p95))
        yield row.question, row.about, f"{row.asked.lines:,}", *times, row.pattern, "", ""
    seconds, lines = one.whole
    memory = map(str, one.serve_memory.parts)
    yield "transfers", "everybody, CSV to its end", f"{lines:,}", "1", _time(seconds), "", "", *memory


def _time(seconds: float) -> str:
    return f"{seconds * 1000:,.0f} ms" if seconds < 10 else f"{seconds:,.0f} s"


if __name__ == "__main__":
    main()
