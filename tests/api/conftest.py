"""One real service with the seed data, and a client of the app over the same register."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
from flask.testing import FlaskClient

from graphsvc import create_app
from graphsvc.graph.store import Store
from graphsvc.service import opened
from graphsvc.settings import Settings
from tests.checkout import ROOT
from tests.waiting import LONG

PROGRAM = (sys.executable, "-m", "graphsvc")
LISTENS = re.compile(r"listens on http://(\S+)/")


@dataclass(frozen=True)
class Service:
    """A running `graphsvc serve`."""

    process: subprocess.Popen[str]
    port: int
    data: Path

    def family(self) -> list[psutil.Process]:
        """The keeper and the engine that the service has started."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def stop(self, number: int = signal.SIGTERM) -> str:
        """Send a signal and return what the service still said."""
        self.process.send_signal(number)
        said, _ = self.process.communicate(timeout=LONG)
        return said


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(data: Path, **settings: object) -> dict[str, str]:
    """The environment of a command on a data folder."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("GRAPHSVC_")}
    known |= {"GRAPHSVC_DATA": str(data), "GRAPHSVC_ENGINE_MEMORY": "256", "COLUMNS": "200"}
    return known | {f"GRAPHSVC_{name}": str(value) for name, value in settings.items()}


def hears_interrupts() -> None:
    """Give a process back what Ctrl-C does, which a shell takes from all that it starts in the background.

    What was started so shall stay deaf to Ctrl-C: it is meant for somebody else. So it is not the service that listens
    again, but the tests that start it as a terminal does.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def serving(
    data: Path, *options: str, program: Sequence[str] = PROGRAM, folder: Path = ROOT, **settings: object
) -> Iterator[Service]:
    """Run `graphsvc serve` on a data folder until the block ends.

    Args:
        data: The data folder.
        options: What `serve` is given.
        program: What runs graphsvc.
        folder: Where it is started.
        settings: Further settings.
    """
    port = free_port()
    with subprocess.Popen(
        [*program, "serve", *options],
        env=environment(data, PORT=port, **settings),
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=hears_interrupts,
    ) as process:
        try:
            said = []
            for line in process.stdout:
                said.append(line)
                if LISTENS.search(line):
                    break
            else:
                pytest.fail("the service did not start: " + "".join(said))
            yield Service(process, port, data)
        finally:
            if process.poll() is None:
                process.terminate()
                process.communicate(timeout=LONG)


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service with the seed data, for all tests that only read from it or clean up after themselves."""
    with serving(tmp_path_factory.mktemp("service"), "--seed") as running:
        yield running


@pytest.fixture(scope="session")
def register(service: Service) -> Iterator[Store]:
    """The register of that service, by the engine it has started."""
    with opened(Settings(data=service.data), attach=True) as store:
        yield store


@pytest.fixture(scope="session")
def client(register: Store) -> FlaskClient:
    """A client of the app over that register."""
    return create_app(Settings(max_document=200_000), register).test_client()
