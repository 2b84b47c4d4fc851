"""Asks the served app its questions over HTTP, and the engine what a user of its own would have written."""

from __future__ import annotations

import json
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import psutil

from bench.engines import Running
from bench.registers import DAY
from graphsvc.errors import EngineError
from graphsvc.graph.bolt import Bolt

LEAST, MOST = 3, 40
"""How often a question is asked, as far as the seconds allow it."""
READY_WITHIN = 300.0
ENDS_WITHIN = 15.0
A_DAY = 24 * 60 * 60
LEVELS = 8

PATTERN = f"""
MATCH (:Party {{id: $controller}})-[:RESPONSIBLE_FOR]->(activity:Activity)
MATCH (activity) ((sender)-[:SENDS]->(flow:Flow WHERE flow.valid_from IS NULL OR flow.valid_from <= $on)
                  -[:TO]->(recipient)){{1,{LEVELS}}} (service:Service)
WITH activity, last(flow) AS reached, min(size(flow)) AS depth
RETURN activity.id AS activity, reached.body AS body, depth
"""
"""Every flow with the length of the shortest chain to it, as one pattern: it goes through all paths there are."""


@dataclass(frozen=True)
class Asked:
    """What asking one question came to.

    Attributes:
        times: Seconds of each time, in order.
        lines: How many lines the answer has in all.
    """

    times: list[float]
    lines: int

    @property
    def p50(self) -> float:
        """The middle one."""
        return statistics.median(self.times)

    @property
    def p95(self) -> float:
        """What 19 of 20 do not exceed; of fewer than 20 times the longest."""
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]


@dataclass(frozen=True)
class Service:
    """The app, served by a process of its own."""

    root: str
    process: psutil.Process

    def ask(self, path: str, seconds: float, body: dict[str, Any] | None = None, **query: Any) -> Asked:
        """Ask one question again and again, at most so many seconds (but once at least).

        Args:
            body: What is sent; None: nothing.
            query: What is asked beside the day; a day of None is left out.
        """
        given = {key: value for key, value in ({"on": DAY, "page_size": 100} | query).items() if value is not None}
        address = f"{self.root}{path}?{urlencode(given)}"
        times: list[float] = []
        until = time.perf_counter() + seconds
        while not times or len(times) < LEAST or (len(times) < MOST and time.perf_counter() < until):
            began = time.perf_counter()
            answer = _get(address, body)
            times.append(time.perf_counter() - began)
            if times[0] > seconds:
                break
        return Asked(times, answer["total"])

    def read_all(self, path: str, **query: Any) -> tuple[float, int]:
        """Seconds and lines of a whole answer as CSV, which is read while it is made."""
        began = time.perf_counter()
        address = f"{self.root}{path}?{urlencode({'on': DAY, 'format': 'csv'} | query)}"
        with urllib.request.urlopen(address) as answer:
            lines = sum(1 for _ in answer)
        return time.perf_counter() - began, lines - 1


@contextmanager
def served(engine: Running) -> Iterator[Service]:
    """The app over an engine, as `graphsvc serve` serves it."""
    port = _free_port()
    # How long a question takes is what is measured, so none is stopped.
    limits = {"GRAPHSVC_PORT": str(port), "GRAPHSVC_ANSWER_SECONDS": str(A_DAY)}
    environment = os.environ | engine.environment | limits
    process = subprocess.Popen([sys.executable, "-m", "graphsvc", "serve"], env=environment, stdout=subprocess.DEVNULL)
    try:
        root = f"http://127.0.0.1:{port}/api/v1"
        _wait_until_ready(f"{root}/health/ready", process)
        yield Service(root, psutil.Process(process.pid))
    finally:
        process.terminate()
        try:
            process.wait(ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_ready(address: str, process: subprocess.Popen) -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            _get(address)
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the service did not come up")


def _get(address: str, body: dict[str, Any] | None = None) -> Any:
    sent = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(address, sent, {"Content-Type": "application/json"})) as answer:
        return json.load(answer)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def by_pattern(engine: Running, controller: str, seconds: float) -> float | None:
    """Seconds that one path pattern takes for what a controller reaches; None when it is not done in time.

    When it is not, the engine is ended: it would go on.
    """
    times: list[float] = []
    asking = threading.Thread(target=_ask_pattern, args=(engine, controller, times), daemon=True)
    asking.start()
    asking.join(seconds)
    if asking.is_alive():
        engine.stop()
        asking.join()
    return times[0] if times else None


def _ask_pattern(engine: Running, controller: str, times: list[float]) -> None:
    with Bolt(engine.address) as bolt:
        began = time.perf_counter()
        try:
            bolt.read(PATTERN, controller=controller, on=DAY)
        except EngineError:
            return
        times.append(time.perf_counter() - began)
