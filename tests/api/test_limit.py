"""A question that takes too long is stopped with a clear answer, and the service goes on for everybody else."""

from __future__ import annotations

import http.client
import json
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import psutil
import pytest

from bench.registers import DAY, write
from tests.api.conftest import Service, serving
from tests.cli.conftest import run
from tests.waiting import LONG, wait_for

SECONDS = 1
FLOWS = 20_000
"""So many that the dear question takes several times its second on a fast machine, too."""


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service with a large register whose questions have one second."""
    folder = tmp_path_factory.mktemp("limit")
    loaded = run(folder / "data", "load", write(folder / "register.json", FLOWS, [50]))
    assert loaded.returncode == 0, loaded.stderr
    with serving(folder / "data", ANSWER_SECONDS=SECONDS) as running:
        yield running


def ask(service: Service, path: str) -> tuple[int, bytes]:
    with closing(http.client.HTTPConnection("127.0.0.1", service.port, timeout=LONG)) as connection:
        connection.request("GET", f"/api/v1/{path}")
        response = connection.getresponse()
        return response.status, response.read()


DEAR = f"concentration?on={DAY}"
CHEAP = f"overview?on={DAY}&controller=controller-reach-50"


def test_it_is_refused_with_the_limit_the_setting_and_what_to_do(busy: Service):
    status, body = ask(busy, DEAR)
    problem = json.loads(body)
    assert (status, problem["type"]) == (503, "/problems/question-too-dear")
    for word in ("1 s", "GRAPHSVC_ANSWER_SECONDS", "name a controller"):
        assert word in problem["detail"]


def test_others_are_answered_meanwhile_and_every_worker_is_free_again(busy: Service):
    with ThreadPoolExecutor(16) as askers:
        dear = [askers.submit(ask, busy, DEAR) for _ in range(12)]
        assert ask(busy, "health/live")[0] == 200
        assert {answer.result(LONG)[0] for answer in dear} == {503}
    # More than there are workers, so each of these has come back; what is cheap is answered again, once it is quiet.
    wait_for(lambda: ask(busy, CHEAP)[0] == 200, pause=0.5)


def test_on_the_command_line_it_is_one_line_and_an_exit_code(busy: Service):
    done = run(busy.data, "ask", "concentration", "--on", DAY, ANSWER_SECONDS=SECONDS)
    assert (done.returncode, done.stdout) == (1, "")
    said = done.stderr.strip().splitlines()
    assert len(said) == 1, done.stderr
    assert "GRAPHSVC_ANSWER_SECONDS" in said[0]
    assert "name a controller" in said[0]


def test_a_table_whose_reader_goes_away_leaves_nobody_working(busy: Service):
    for _ in range(8):
        with socket.create_connection(("127.0.0.1", busy.port), LONG) as raw:
            raw.sendall(b"GET /api/v1/transfers?format=csv&on=%s HTTP/1.1\r\nHost: localhost\r\n\r\n" % DAY.encode())
            raw.recv(64)
    process = psutil.Process(busy.process.pid)

    def at_rest() -> bool:
        before = sum(process.cpu_times()[:2])
        time.sleep(1)
        return sum(process.cpu_times()[:2]) - before < 0.2

    wait_for(at_rest)
