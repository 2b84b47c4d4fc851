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

from bench import questions
from bench.asking import Asked, by_pattern, served
from bench.engines import ENGINES, Memory, Running
from bench.registers import write
from bench.tables import markdown, say, time_of

REACHES = (100, 1_000, 10_000)
CATEGORY = "category-1"
LOADED_WITHIN = 900.0
QUESTIONS = ("transfers", "holders")


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
    parts: dict[str, float] | None
    floor: dict[str, float] | None
    load_memory: Memory
    serve_memory: Memory | None = None
    whole: tuple[float, int] = (0.0, 0)
    questions: list[Question] = field(default_factory=list)


def main() -> None:
    """Measure what the arguments say and print it."""
    asked = _arguments()
    found = [
        _measure(engine, size, asked.limit)
        for engine in asked.engines.split(",")
        for size in map(int, asked.sizes.split(","))
    ]
    tables = {
        "Loading, from the file to the commit": _loading(found),
        "Asking over HTTP, pages of 100 lines": _asking(found),
        "Serving: a whole answer, and memory at the most": _serving(found),
    }
    for title, rows in tables.items():
        sys.stdout.write(markdown(title, rows))


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
        file = write(folder / "register.json", size, reaches)
        with ENGINES[engine](folder / "floor") as running:
            say(engine, size, "loading: the driver alone")
            floor, _ = _child(running, "--floor", str(file))
        with ENGINES[engine](folder / "load") as running:
            say(engine, size, "loading")
            parts, memory = _child(running, str(file))
            measured = Measured(engine, size, file.stat().st_size / 1e6, parts, floor, memory)
            if parts:
                _ask_all(measured, running, reaches, limit)
    return measured


def _child(running: Running, *arguments: str) -> tuple[dict[str, float] | None, Memory]:
    """Run `bench.loading` and watch the memory of it and of the engine; None when the engine does not bear it."""
    command = [sys.executable, "-m", "bench.loading", *arguments]
    process = subprocess.Popen(command, env=os.environ | running.environment, stdout=subprocess.PIPE)
    with Memory((psutil.Process(process.pid),), running.processes) as memory:
        try:
            said, _ = process.communicate(timeout=LOADED_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    return (None if process.returncode else json.loads(said)), memory


def _ask_all(measured: Measured, running: Running, reaches: list[int], limit: float) -> None:
    controllers = {f"controller-reach-{reach}": f"controller, reaches {reach:,}" for reach in reaches}
    controllers = controllers or {"controller-0": "controller"}
    with served(running) as service, Memory((service.process,), running.processes) as memory:
        for name in QUESTIONS:
            say(measured.engine, measured.size, f"asking for {name}")
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
        say(measured.engine, measured.size, f"asking by a path pattern: {controller}")
        seconds = by_pattern(running, controller, limit)
        measured.questions[number].pattern = f">{limit:.0f} s" if seconds is None else time_of(seconds)
        if seconds is None:
            return


PARTS = ("read", "check", "write")
LOADING = (
    *("engine", "flows", "MB", "flows/s", "read s", "check s", "write s", "floor s"),
    *("floor / whole", "floor / write", "MiB loader", "MiB engine", "MiB together"),
)
ASKING = ("engine", "flows", "question", "about", "lines", "times", "p50", "p95", "path pattern")


def _loading(found: list[Measured]) -> Iterator[tuple[str, ...]]:
    yield LOADING
    for one in found:
        memory = (str(part) for part in (*one.load_memory.parts, one.load_memory.most))
        yield one.engine, f"{one.size:,}", f"{one.megabytes:.1f}", *_loading_times(one), *memory


def _loading_times(one: Measured) -> Iterator[str]:
    parts, floor = one.parts or {}, (one.floor or {}).get("write")
    whole = sum(parts[name] for name in PARTS) if parts else None
    yield f"{one.size / whole:,.0f}" if whole else "not done"
    yield from (f"{parts[name]:.1f}" if parts else "" for name in PARTS)
    yield f"{floor:.1f}" if floor else "not done"
    yield f"{floor / whole:.2f}" if floor and whole else ""
    yield f"{floor / parts['write']:.2f}" if floor and parts else ""


def _asking(found: list[Measured]) -> Iterator[tuple[str, ...]]:
    yield ASKING
    for one in found:
        for row in one.questions:
            asked = row.asked
            times = (f"{asked.lines:,}", str(len(asked.times)), time_of(asked.p50), time_of(asked.p95))
            yield one.engine, f"{one.size:,}", row.question, row.about, *times, row.pattern


def _serving(found: list[Measured]) -> Iterator[tuple[str, ...]]:
    yield "engine", "flows", "lines of everybody", "as CSV", "MiB service", "MiB engine"
    for one in found:
        if one.serve_memory is None:
            continue
        seconds, lines = one.whole
        yield one.engine, f"{one.size:,}", f"{lines:,}", time_of(seconds), *map(str, one.serve_memory.parts)


if __name__ == "__main__":
    if sys.argv[1:2] == ["questions"]:
        questions.main(sys.argv[2:])
    else:
        main()
