"""`python -m bench questions`: every question beside `transfers` of the same controllers; everybody's beside networkx.

Over HTTP on an engine, at several sizes: how long each question takes, and how many times as long as the question about
transfers of the same controllers in the same run. Then, in memory (`bench.whole`), concentration, claims and gaps of
everybody beside a plain walk of the same graph.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.asking import Asked, Service, served
from bench.engines import ENGINES, Memory, Running
from bench.registers import DAY, write
from bench.tables import markdown, say, time_of

REACHES = (100, 1_000)
BEFORE = "2021-06-01"
"""The day with which `changes` compares."""
WALK, LAID = "walk by networkx", ("lay the register into memory", "draw it for networkx")


@dataclass(frozen=True)
class Question:
    """A question as it is asked over HTTP.

    Attributes:
        name: What it is called.
        query: What is asked.
        body: What is sent; None: nothing.
    """

    name: str
    query: dict[str, Any]
    body: dict[str, Any] | None = None


@dataclass(frozen=True)
class Row:
    """What asking one question about some controllers came to; `base`: seconds of the question about transfers."""

    engine: str
    size: int
    about: str
    question: str
    asked: Asked
    base: float
    memory: Memory


def main(arguments: Sequence[str]) -> None:
    """Measure what the arguments say and print it."""
    asked = _arguments(arguments)
    sizes, engines = _numbers(asked.sizes), asked.engines.split(",")
    rows = [row for engine in engines for size in sizes for row in _over_http(engine, size, asked)]
    sys.stdout.write(markdown("Every question over HTTP, pages of 100 lines", _asking(rows)))
    whole = {size: _in_memory(size) for size in (_numbers(asked.whole) if asked.whole else sizes)}
    sys.stdout.write(markdown("Of everybody in memory, beside networkx in plain Python", _whole(whole)))


def _arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench questions", description=__doc__)
    parser.add_argument(
        "--sizes", default="1000,10000,100000", help="numbers of flows, over HTTP (default: %(default)s)"
    )
    parser.add_argument("--whole", default="", help="flows, in memory (default: the same)")
    parser.add_argument(
        "--everybody", type=int, default=10**9, help="of how many flows at the most everybody is asked over HTTP"
    )
    parser.add_argument("--engines", default="embedded", help="which engines (default: %(default)s)")
    parser.add_argument("--limit", type=float, default=1.0, help="seconds for one question (default: %(default)s)")
    return parser.parse_args(arguments)


def _numbers(text: str) -> list[int]:
    return list(map(int, text.split(",")))


def _over_http(engine: str, size: int, asked: argparse.Namespace) -> Iterator[Row]:
    reaches = [reach for reach in REACHES if reach <= size // 2]
    with tempfile.TemporaryDirectory(prefix="graphsvc-bench-") as name:
        file = write(Path(name) / "register.json", size, reaches)
        with ENGINES[engine](Path(name) / "graph") as running:
            say(engine, size, "loading")
            command = [sys.executable, "-m", "bench.loading", str(file)]
            environment = os.environ | running.environment
            subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
            with served(running) as service:
                for about, questions in _groups(reaches, size <= asked.everybody):
                    yield from _ask(engine, size, about, questions, service, running, asked.limit)


def _groups(reaches: Sequence[int], everybody: bool) -> Iterator[tuple[str, list[Question]]]:
    """The questions of each group of controllers, transfers first."""
    for reach in reaches:
        name = f"reach-{reach}"
        yield f"controller, reaches {reach:,}", list(_of_one(f"controller-{name}", f"service-{name}-1"))
    if everybody:
        yield "everybody", list(_of_all())


def _of_one(controller: str, service: str) -> Iterator[Question]:
    whom = {"controller": controller}
    yield Question("transfers", whom)
    yield Question("holders", whom)
    yield Question("exposure", {"service": service, "unnamed": "false"})
    yield from _shared(whom)
    yield Question("paths", {"from": controller, "to": "party-hub-0"})
    yield Question("recipients", whom)
    yield _what_if({"controller": controller})


def _of_all() -> Iterator[Question]:
    yield Question("transfers", {})
    yield Question("holders", {})
    yield Question("exposure", {"party": "party-hub-0", "unnamed": "false"})
    yield from _shared({})
    yield _what_if({})


def _shared(whom: dict[str, str]) -> Iterator[Question]:
    yield Question("claims", whom)
    yield Question("gaps", whom)
    yield Question("changes", whom | {"on": None, "from": BEFORE, "to": DAY})
    yield Question("concentration", whom)


def _what_if(whom: dict[str, str]) -> Question:
    changes = [{"kind": "drop_party", "party": "party-hub-0"}]
    return Question("what-if", {"on": None}, {"on": DAY, "changes": changes} | whom)


def _ask(
    engine: str, size: int, about: str, questions: list[Question], service: Service, running: Running, limit: float
) -> Iterator[Row]:
    base = 0.0
    for question in questions:
        with Memory((service.process,), running.processes) as memory:
            asked = service.ask(f"/{question.name}", limit, question.body, **question.query)
        base = base or asked.p50
        say(engine, size, f"{about}: {question.name}: {time_of(asked.p50)}, {asked.lines:,} lines")
        yield Row(engine, size, about, question.name, asked, base, memory)


def _in_memory(size: int) -> list[dict[str, Any]]:
    say("in memory", size, "everybody, one question after the other")
    command = [sys.executable, "-m", "bench.whole", str(size)]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def _asking(rows: list[Row]) -> Iterator[tuple[str, ...]]:
    yield "engine", "flows", "about", "question", "lines", "times", "p50", "of transfers", "MiB service", "MiB engine"
    for row in rows:
        asked = row.asked
        ratio = f"{asked.p50 / row.base:.1f}"
        told = (f"{asked.lines:,}", str(len(asked.times)), time_of(asked.p50), ratio, *map(str, row.memory.parts))
        yield row.engine, f"{row.size:,}", row.about, row.question, *told


def _whole(found: dict[int, list[dict[str, Any]]]) -> Iterator[tuple[str, ...]]:
    """Each question with its ratio to the walk, and how its time grew since the size before for each flow more."""
    yield "flows", "what", "lines", "processor time", "of the walk", "for each flow", "MiB so far"
    for size, steps in found.items():
        walk = next(step["seconds"] for step in steps if step["what"] == WALK)
        for step in steps:
            ratio = "" if step["what"] in LAID else f"{step['seconds'] / walk:.1f}"
            each = f"{step['seconds'] / size * 1e6:,.0f} µs"
            told = (f"{step['lines']:,}", time_of(step["seconds"]), ratio, each, f"{step['mebibytes']:,}")
            yield f"{size:,}", step["what"], *told
