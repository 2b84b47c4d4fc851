"""A service that is killed while it is written to: what it has acknowledged is there when it comes back, and whole."""

from __future__ import annotations

import http.client
import json
import random
import signal
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.api.builders import document, party
from tests.api.conftest import Service, serving
from tests.deep.conftest import Figures
from tests.waiting import LONG, wait_for, wait_until_gone

ROUNDS = 12
WRITERS = 4
PARTIES = 30
"""In each document: a load that is half done would show as a document with fewer."""
SEED = 20_260_101
"""Of the moments at which it is killed."""

pytestmark = pytest.mark.engine


def asked(service: Service, method: str, path: str, body: object = None) -> tuple[int, dict]:
    with closing(http.client.HTTPConnection("127.0.0.1", service.port, timeout=LONG)) as connection:
        sent = None if body is None else json.dumps(body)
        connection.request(method, f"/api/v1/{path}", sent, {"Content-Type": "application/json"})
        response = connection.getresponse()
        return response.status, json.loads(response.read() or b"{}")


def made(name: str) -> dict:
    return document(name, parties=[party(f"{name}-{number}") for number in range(PARTIES)])


class Writers:
    """Threads that load one new document after the other until they are stopped or the service is gone."""

    def __init__(self, service: Service, round_: int) -> None:
        self.sent: set[str] = set()
        self.acknowledged: set[str] = set()
        self._service = service
        self._threads = [threading.Thread(target=self._write, args=(f"r{round_}w{n}",)) for n in range(WRITERS)]
        for thread in self._threads:
            thread.start()

    def _write(self, prefix: str) -> None:
        for number in range(1_000_000):
            name = f"{prefix}n{number}"
            self.sent.add(name)
            try:
                status, _ = asked(self._service, "POST", "documents", made(name))
            except (OSError, http.client.HTTPException):
                return
            if status == 200:
                self.acknowledged.add(name)
            elif status != 503:
                raise AssertionError(f"{name}: {status}")

    def join(self) -> None:
        for thread in self._threads:
            thread.join(LONG)


def documents(service: Service) -> set[str]:
    found: set[str] = set()
    page = 1
    while True:
        status, body = asked(service, "GET", f"documents?page_size=500&page={page}")
        assert status == 200
        found |= {item["id"] for item in body["items"]}
        if len(found) >= body["total"] or not body["items"]:
            return found
        page += 1


def killed(service: Service, round_: int) -> str:
    """Kill the service, its engine, or the keeper of the engine, in turn."""
    whom = ("service", "engine", "service and engine")[round_ % 3]
    family = service.family()
    engines = [process for process in family if "java" in process.name()]
    if "service" in whom:
        service.process.send_signal(signal.SIGKILL)
    if "engine" in whom:
        for engine in engines:
            engine.kill()
    if "service" in whom:
        service.process.communicate(timeout=LONG)
    wait_until_gone(family if "service" in whom else engines)
    return whom


def test_nothing_that_was_acknowledged_is_lost(tmp_path: Path, figures: Figures) -> None:
    chance = random.Random(SEED)
    sent: set[str] = set()
    acknowledged: set[str] = set()
    comebacks = []
    for round_ in range(ROUNDS):
        with serving(tmp_path / "data") as service:
            writers = Writers(service, round_)
            wait_for(lambda writers=writers: len(writers.acknowledged) >= 8)
            time.sleep(chance.random() * 2)
            whom = killed(service, round_)
            if whom == "engine":
                # The service lives and gets its engine back; writers go on meanwhile.
                before, began = len(writers.acknowledged), time.monotonic()
                wait_for(lambda writers=writers, before=before: len(writers.acknowledged) > before + 4)
                comebacks.append(time.monotonic() - began)
                service.process.send_signal(signal.SIGKILL)
                service.process.communicate(timeout=LONG)
            writers.join()
        sent |= writers.sent
        acknowledged |= writers.acknowledged
        with serving(tmp_path / "data") as service:
            there = documents(service)
            assert acknowledged <= there, f"round {round_} ({whom}): lost {sorted(acknowledged - there)[:5]}"
            assert there <= sent
            assert asked(service, "GET", "parties?page_size=1")[1]["total"] == PARTIES * len(there)
    figures["kills"] = ROUNDS + len(comebacks)
    figures["documents acknowledged"] = len(acknowledged)
    figures["lost"] = 0
    figures["there though not acknowledged"] = len(there - acknowledged)
    figures["an engine was back in"] = f"{max(comebacks):.1f} s at the most"
