"""The service as a process: how it starts, shares, answers for a lost engine, and ends without leaving anything."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from tests.api.conftest import Service, environment, free_port, serving
from tests.cli.conftest import run
from tests.waiting import LONG, wait_for, wait_until_gone


def ask(service: Service, path: str, **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
    with closing(http.client.HTTPConnection("127.0.0.1", service.port, timeout=LONG)) as connection:
        connection.request("GET", f"/api/v1/{path}", headers=headers)
        response = connection.getresponse()
        return response.status, response.headers, response.read()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl-C"])
def test_it_stops_cleanly_and_leaves_no_engine(data: Path, number: int):
    with serving(data) as service:
        family = service.family()
        assert any("java" in process.name() for process in family)
        assert ask(service, "health/ready")[0] == 200
        said = service.stop(number)
        assert service.process.returncode == 0, said
        assert "stopped" in said
        assert "Traceback" not in said
        wait_until_gone(family)
    assert run(data, "ask", "transfers").returncode == 0


def test_it_stops_while_it_is_asked(data: Path):
    with serving(data) as service:
        family, ended = service.family(), threading.Event()
        answered: list[int] = []

        def keep_asking() -> None:
            while not ended.is_set():
                try:
                    answered.append(ask(service, "parties")[0])
                except (OSError, http.client.HTTPException):
                    return

        askers = [threading.Thread(target=keep_asking) for _ in range(4)]
        for asker in askers:
            asker.start()
        wait_for(lambda: len(answered) > 8)
        said = service.stop()
        ended.set()
        for asker in askers:
            asker.join(LONG)
        assert service.process.returncode == 0, said
        wait_until_gone(family)


def test_killed_it_leaves_no_engine(data: Path):
    with serving(data) as service:
        family = service.family()
        service.process.kill()
        service.process.communicate(timeout=LONG)
        wait_until_gone(family)


def test_it_stops_while_it_starts(data: Path):
    with subprocess.Popen(
        [sys.executable, "-m", "graphsvc", "serve", "--seed"],
        env=environment(data, PORT=free_port()),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        wait_for(psutil.Process(process.pid).children)
        # Somewhere in the midst of it, wherever that is on this machine.
        time.sleep(0.5)
        family = psutil.Process(process.pid).children(recursive=True)
        process.terminate()
        said, _ = process.communicate(timeout=LONG)
        assert "Traceback" not in said
        wait_until_gone(family)


def test_a_taken_port_is_said_before_anything_starts(data: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run(data, "serve", PORT=port)
    assert done.returncode == 1
    assert f"port {port} on 127.0.0.1 cannot be used" in done.stderr
    assert "GRAPHSVC_PORT=" in done.stderr
    assert not data.exists()


def test_one_folder_has_one_service_and_questions_share_its_engine(data: Path):
    with serving(data) as service:
        second = run(data, "serve", PORT=free_port())
        assert second.returncode == 1
        assert f"belongs to process {service.process.pid}" in second.stderr
        assert "GRAPHSVC_DATA" in second.stderr
        engines = len(service.family())
        asked = run(data, "ask", "transfers", "--format", "json")
        assert asked.returncode == 0
        assert json.loads(asked.stdout)["total"] == 0
        assert len(service.family()) == engines
        assert ask(service, "health/ready")[0] == 200


def test_a_lost_engine_is_503_and_the_service_says_that_it_lives(data: Path):
    with serving(data) as service:
        # The keeper too: it would start the engine again.
        family = service.family()
        for process in family:
            process.kill()
        wait_until_gone(family)
        status, headers, body = ask(service, "health/ready")
        assert status == 503
        problem = json.loads(body)
        assert problem["type"] == "/problems/engine-unavailable"
        assert headers["Content-Type"] == "application/problem+json"
        assert headers["Retry-After"]
        assert ask(service, "transfers")[0] == 503
        assert b"Traceback" not in body
        assert ask(service, "health/live")[0] == 200
        service.stop()
        assert service.process.returncode == 0


def test_an_engine_that_dies_comes_back_and_nothing_is_lost(data: Path):
    with serving(data) as service:
        before = json.loads(ask(service, "countries")[2])
        [engine] = [process for process in service.family() if "java" in process.name()]
        engine.kill()
        wait_until_gone([engine])
        statuses: list[int] = []
        wait_for(lambda: statuses.append(ask(service, "health/ready")[0]) or statuses[-1] == 200)
        assert {*statuses} <= {200, 503}
        assert json.loads(ask(service, "countries")[2]) == before
        service.stop()
        assert service.process.returncode == 0


def test_it_listens_on_this_machine_only_and_keeps_its_password_to_itself(data: Path):
    with serving(data) as service:
        listening = [
            connection
            for process in [psutil.Process(service.process.pid), *service.family()]
            for connection in process.net_connections("inet")
            if connection.status == psutil.CONN_LISTEN
        ]
        assert service.port in {connection.laddr.port for connection in listening}
        assert {connection.laddr.ip for connection in listening} <= {"127.0.0.1", "::ffff:127.0.0.1"}
        assert stat.S_IMODE((data / "password").stat().st_mode) == 0o600
        assert stat.S_IMODE(data.stat().st_mode) == 0o700


def test_what_was_loaded_is_there_after_a_restart_and_is_not_loaded_twice(data: Path):
    with serving(data, "--seed") as service:
        first = json.loads(ask(service, "health/ready")[2])
        tag = ask(service, "parties")[1]["ETag"]
    with serving(data, "--seed", "--table", "--on", "2019-01-01") as service:
        assert json.loads(ask(service, "health/ready")[2]) == first
        assert ask(service, "parties", **{"If-None-Match": tag})[0] == 304


def test_answers_come_over_the_wire_as_they_should(data: Path):
    with serving(data) as service:
        status, headers, body = ask(service, "countries", Accept="text/csv")
        assert (status, headers.get_content_type()) == (200, "text/csv")
        assert body.startswith(b"id,name,")
        assert body.endswith(b"\r\n")
        assert ask(service, "parties", Host="evil.example")[0] == 421
        assert ask(service, "parties", Origin="http://evil.example")[0] == 403
        with socket.create_connection(("127.0.0.1", service.port), 10) as raw:
            raw.sendall(b"GET /api/v1/countries?format=csv HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            received = b"".join(iter(lambda: raw.recv(65536), b""))
        assert b"Transfer-Encoding: chunked" in received
        assert received.endswith(b"0\r\n\r\n")
        assert b"ZW,Zimbabwe" in received
