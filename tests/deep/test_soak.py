"""Some minutes of mixed work by several clients at once: no errors, and memory that does not grow with the time."""

from __future__ import annotations

import http.client
import json
import os
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from bench.engines import MIB
from tests.api.builders import activity, document, flow, party, service
from tests.api.conftest import Service, serving
from tests.deep.conftest import Figures
from tests.waiting import LONG

MINUTES = float(os.environ.get("SOAK_MINUTES", "6"))
READERS, LOADERS = 4, 2
SERVICES = 150
GROWTH = 1.25
"""What the service may take at the end, of what it took at the most in the first third."""
QUESTIONS = (
    "overview", "transfers?page_size=100", "holders?page_size=100", "transfers?format=csv", "gaps", "claims",
    "concentration", "exposure?party=aws", "paths?from=perfacilis&to=aws", "changes?from=2020-07-15&to=2020-07-17",
    "dates?controller=perfacilis", "recipients?controller=perfacilis&subject=visitor", "identities", "search?q=google",
    "picture?controller=connectis", "picture.svg?controller=connectis", "parties?page_size=500", "documents",
    "exports/art30-1?controller=perfacilis", "exports/dpv?controller=connectis", "exports/graph?format=json",
)  # fmt: skip

pytestmark = pytest.mark.engine


class Clients:
    """Threads that ask and load until the time is over.

    Attributes:
        told: How often which status came.
        wrong: What should not have come, by where and what.
        longest: Seconds of the longest answer.
    """

    def __init__(self, service: Service) -> None:
        self.told: Counter[int] = Counter()
        self.wrong: Counter[str] = Counter()
        self.longest = 0.0
        self._port = service.port
        self._over = threading.Event()
        work: list[Callable[[int], None]] = [self._read] * READERS + [self._load] * LOADERS
        self._threads = [threading.Thread(target=each, args=(number,)) for number, each in enumerate(work)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join(LONG)

    def _ask(self, method: str, path: str, body: object = None) -> None:
        began = time.monotonic()
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", self._port, timeout=LONG)) as connection:
                sent = None if body is None else json.dumps(body)
                connection.request(method, f"/api/v1/{path}", sent, {"Content-Type": "application/json"})
                response = connection.getresponse()
                status, text = response.status, response.read()
        except (OSError, http.client.HTTPException) as error:
            self.wrong[f"{path}: {type(error).__name__}"] += 1
            return
        self.longest = max(self.longest, time.monotonic() - began)
        self.told[status] += 1
        if status != 200:
            self.wrong[f"{path}: {status} {text[:200].decode(errors='replace')}"] += 1

    def _read(self, number: int) -> None:
        chance = random.Random(number)
        while not self._over.is_set():
            self._ask("GET", chance.choice(QUESTIONS))

    def _load(self, number: int) -> None:
        """Loads a document that is larger and smaller in turn, and takes it away again."""
        turn = 0
        while not self._over.is_set():
            turn += 1
            self._ask("POST", "documents", made(f"soak-{number}", SERVICES + 25 * (turn % 4)))
            if turn % 5 == 0:
                self._ask("DELETE", f"documents/soak-{number}")


def made(name: str, services: int) -> dict:
    """A controller that sends to services, each of which sends to the next one and to a host that all share."""
    data = {"subject": "visitor", "category": "contact-data"}
    names = [f"{name}-s{number}" for number in range(services)]
    senders = [f"{name}-work", *names]
    return document(
        name,
        sources=[{"id": "statement", "title": "Title of statement", "publisher": "Somebody"}],
        parties=[party(f"{name}-owner", established_in=["NL"]), party(f"{name}-host", established_in=["US"])],
        services=[service(each, f"{name}-host") for each in names],
        activities=[activity(f"{name}-work", f"{name}-owner", data)],
        flows=[
            flow(f"{sender}-{target}", sender, target, role="sub_processor" if sender in names else "processor")
            for sender, following in zip(senders, names, strict=False)
            for target in {following, names[0]} - {sender}
        ],
    )


def resident(process: psutil.Process) -> int:
    return process.memory_info().rss // MIB


def test_it_answers_for_minutes_without_an_error_and_without_growing(tmp_path: Path, figures: Figures) -> None:
    with serving(tmp_path / "data", "--seed", ENGINE_MEMORY=640) as service:
        own = psutil.Process(service.process.pid)
        [engine] = [process for process in service.family() if "java" in process.name()]
        clients = Clients(service)
        taken: list[tuple[int, int]] = []
        until = time.monotonic() + MINUTES * 60
        while time.monotonic() < until and service.process.poll() is None:
            time.sleep(1)
            taken.append((resident(own), resident(engine)))
        clients.stop()
        assert service.process.poll() is None
    third = len(taken) // 3
    early, late = (max(one for one, _ in part) for part in (taken[:third], taken[-third:]))
    figures["minutes"] = f"{MINUTES:g} by {READERS} readers and {LOADERS} loaders"
    figures["answers"] = sum(clients.told.values())
    figures["errors"] = sum(clients.wrong.values())
    figures["longest"] = f"{clients.longest:.1f} s"
    figures["MiB of the service"] = f"{early} in the first third, {late} in the last"
    figures["MiB of the engine"] = max(one for _, one in taken)
    assert not clients.wrong, clients.wrong.most_common(10)
    assert late < GROWTH * early
