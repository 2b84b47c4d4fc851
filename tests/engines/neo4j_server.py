"""A real Neo4j for tests: its parts come from Maven Central, so no container and no download page is needed.

`python -m tests.engines.neo4j_server 5.26.30` fetches it ahead of time (120 MB, two to three minutes).
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from graphsvc.errors import EngineError
from graphsvc.graph.bolt import Address, Bolt
from graphsvc.graph.keeper import keep, release
from tests import maven

CACHE = Path(__file__).resolve().parents[2] / ".cache" / "neo4j"
READY_WITHIN = 600.0
PATIENCE = 1.0
"""Seconds it gets to stop by itself: nobody wants its data, and it takes ten to save them."""

CONFIGURATION = """
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
server.memory.pagecache.size=256m
db.tx_log.preallocate=false
dbms.usage_report.enabled=false
"""

HEAP = "1g"
"""Heap of a server: enough for the tests."""
JAVA_OPTIONS = [
    "-XX:+UseSerialGC",
    "-XX:-UsePerfData",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "-Dlog4j2.disable.jmx=true",
]


class CannotHaveNeo4j(Exception):
    """Why there is no Neo4j here, and how to get it, in one line."""


@dataclass(frozen=True)
class Release:
    """What one version is made of and needs."""

    artifacts: tuple[tuple[str, str], ...]
    main_class: str
    java: int


RELEASES = {
    "5.26.30": Release((("org.neo4j", "neo4j"),), "org.neo4j.server.CommunityEntryPoint", 17),
    "2026.08.1": Release(
        (("org.neo4j", "neo4j"), ("org.neo4j.app", "neo4j-server")), "org.neo4j.server.Neo4jCommunity", 21
    ),
}


def find_java(version: str) -> Path:
    """A `java` that this version of Neo4j runs on, the oldest that does.

    Raises:
        CannotHaveNeo4j: there is none on this machine.
    """
    wanted = RELEASES[version].java
    places = [os.environ.get("JAVA_HOME", ""), *map(str, Path("/usr/lib/jvm").glob("*"))]
    candidates = [Path(place) / "bin" / "java" for place in places if place]
    on_path = shutil.which("java")
    candidates += [Path(on_path)] if on_path else []
    fitting = {java_version(java): java for java in candidates if java.exists() and java_version(java) >= wanted}
    if not fitting:
        raise CannotHaveNeo4j(
            f"Neo4j {version} needs Java {wanted} or later and there is none in JAVA_HOME, on PATH or in /usr/lib/jvm: "
            "apt-get install default-jdk-headless, or set JAVA_HOME"
        )
    return fitting[min(fitting)]


def java_version(java: Path) -> int:
    """The feature release of a `java`, as in 17; 0 when it does not say."""
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', said)
    return int(found.group(1)) if found else 0


def library(version: str) -> Path:
    """The folder with the jars of this version, fetched if it is not there yet.

    Raises:
        CannotHaveNeo4j: there is no Maven, or it cannot fetch them.
    """
    try:
        return maven.library(CACHE / version, [(*artifact, version) for artifact in RELEASES[version].artifacts])
    except maven.CannotFetch as reason:
        raise CannotHaveNeo4j(f"no Neo4j: {reason}") from None


class Neo4jServer:
    """A running server; made by `start`, and gone with this process whatever happens to it."""

    def __init__(self, address: Address, keeper: subprocess.Popen[bytes]) -> None:
        self.address = address
        self._keeper = keeper

    @classmethod
    def start(cls, version: str, java: Path, folder: Path, heap: str = HEAP) -> Neo4jServer:
        """Start a server with new data in the folder and return when it answers.

        Raises:
            CannotHaveNeo4j: its parts cannot be had.
            RuntimeError: it does not start; says what its log says.
        """
        jars = library(version)
        address = Address(f"bolt://127.0.0.1:{_free_port()}", "neo4j", secrets.token_hex(16), "neo4j")
        _lay_out(folder, address, java, jars)
        classes = ["-cp", f"{jars}/*", RELEASES[version].main_class]
        homes = [f"--home-dir={folder}", f"--config-dir={folder / 'conf'}"]
        tmp = f"-Djava.io.tmpdir={folder / 'tmp'}"
        command = [str(java), f"-Xmx{heap}", *JAVA_OPTIONS, tmp, *classes, *homes]
        log = folder / "neo4j.log"
        server = cls(address, keep(command, folder, log, patience=PATIENCE))
        try:
            with Bolt(address) as bolt:
                bolt.wait_until_ready(READY_WITHIN, lambda: server._keeper.poll() is None)
        except EngineError as error:
            server.stop()
            raise RuntimeError(f"Neo4j {version} did not start: {error}\n{log.read_text()[-3000:]}") from error
        return server

    def stop(self) -> None:
        """Stop the server and wait until it is gone."""
        release(self._keeper)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def _lay_out(folder: Path, address: Address, java: Path, jars: Path) -> None:
    for name in ("conf", "data", "logs", "tmp"):
        (folder / name).mkdir(parents=True)
    port = address.uri.rpartition(":")[2]
    (folder / "conf" / "neo4j.conf").write_text(CONFIGURATION.format(port=port))
    subprocess.run(
        [java, "-cp", f"{jars}/*", "org.neo4j.cli.AdminTool", "dbms", "set-initial-password", address.password],
        env={"NEO4J_HOME": str(folder), "NEO4J_CONF": str(folder / "conf"), "PATH": os.environ["PATH"]},
        capture_output=True,
        check=True,
    )


def main(releases: list[str]) -> int:
    """Fetch releases ahead of time; 1 when one cannot be had, with the reason."""
    status = 0
    for wanted in releases:
        try:
            find_java(wanted)
            sys.stdout.write(f"Neo4j {wanted}: {library(wanted)}\n")
        except CannotHaveNeo4j as reason:
            sys.stdout.write(f"{reason}\n")
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or list(RELEASES)))
