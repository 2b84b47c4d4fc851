"""The embedded graph: ArcadeDB as a child process on this machine, its data in one folder that one process owns."""

from __future__ import annotations

import base64
import http.client
import json
import os
import random
import re
import secrets
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from graphsvc.errors import EngineFailed, EngineUnavailable, FolderInUse
from graphsvc.graph.bolt import Address, Bolt
from graphsvc.graph.folder import check, in_use, lives, lock, mark, owner, owner_file, turns, write_owner, write_private
from graphsvc.graph.keeper import keep, keep_alive, release

DATABASE = "graphsvc"
USER = "root"
READY_WITHIN = 60.0
PULSE = 0.05
LOG = "engine.log"
LOG_TAIL = 15
LONGEST_MESSAGE = 256 * 1024 * 1024
"""What one query and its parameters may take, in bytes: more than anyone sends, as the engine leaves the sender of a
longer one waiting for ever."""
LONGEST_COMMAND = 600_000
"""Milliseconds after which the engine ends a query that nobody may be waiting for any more; no query takes a minute."""
MAIN_CLASS = "com.arcadedb.server.ArcadeDBServer"
STARTED = re.compile(
    r"BOLT connections on \S*127\.0\.0\.1:(?P<bolt>\d+).*HTTP Server started \(\S+ port=(?P<http>\d+)"
    r".*ArcadeDB Server started",
    re.DOTALL,
)
"""What its log says when it is up. It listens earlier, and before it has made the database."""
PAGES = 48
"""Pages that are kept in the heap between queries, in MiB. The operating system keeps the others, and a load needs the
room."""
EDGES_WITHOUT_PROPERTIES = (
    *("SENDS", "TO", "CARRIES", "LOCATED_IN", "USES", "PROVIDES", "ESTABLISHED_IN"),
    *("RESPONSIBLE_FOR", "ON_BEHALF_OF", "HAS_PURPOSE", "RESTS_ON"),
)
"""Edges that come in great numbers and never carry a property: the engine can keep them without a record of their own.
A load of 100,000 flows then needs half the memory. Cypher does not show the difference."""
JAVA_OPTIONS = """
-Xmx{memory}m
-Xmn16m
-XX:+UseSerialGC
-XX:MarkSweepDeadRatio=0
-XX:+UseCompactObjectHeaders
-XX:TieredStopAtLevel=1
-XX:TrimNativeHeapInterval=2000
-XX:+ExitOnOutOfMemoryError
-XX:-UsePerfData
-XX:ErrorFile={folder}/java-crash.log
-Djdk.nio.maxCachedBufferSize=262144
-Djava.awt.headless=true
-Djava.io.tmpdir={folder}/tmp
-Djava.util.logging.config.file={folder}/logging.properties
-Darcadedb.server.rootPath={folder}
-Darcadedb.server.rootPasswordPath={folder}/password
-Darcadedb.server.logsDirectory={folder}/log
-Darcadedb.server.plugins=Bolt:com.arcadedb.bolt.BoltProtocolPlugin
-Darcadedb.server.defaultDatabases={database}[{user}]
-Darcadedb.server.httpIncomingHost=127.0.0.1
-Darcadedb.server.httpIncomingPort={http_ports}
-Darcadedb.bolt.host=127.0.0.1
-Darcadedb.bolt.port={bolt_port}
-Darcadedb.bolt.defaultDatabase={database}
-Darcadedb.bolt.maxMessageSize={message}
-Darcadedb.bolt.packstream.maxValueLength={message}
-Darcadedb.txWalFlush=2
-Darcadedb.command.timeout={longest}
-Darcadedb.maxPageRAM={pages}
-Darcadedb.support.autoRegister=false
-Darcadedb.serverMetrics=false
-Darcadedb.polyglotEngineEnabled=false
-Darcadedb.opencypher.loadCsv.allowFileUrls=false
-Darcadedb.opencypher.loadCsv.allowRemoteUrls=false
-cp
{jars}/*
{main_class}
"""

LOGGING = """
handlers = java.util.logging.ConsoleHandler
.level = INFO
io.undertow.level = WARNING
org.xnio.level = WARNING
org.jboss.level = WARNING
java.util.logging.ConsoleHandler.level = INFO
java.util.logging.ConsoleHandler.formatter = com.arcadedb.log.LogFormatter
"""


class EmbeddedGraph:
    """A running engine and where it listens; made by `open`."""

    def __init__(self, address: Address, keeper: subprocess.Popen[bytes] | None, folder: Path) -> None:
        self.address = address
        self._keeper = keeper
        self._folder = folder

    @classmethod
    def open(
        cls,
        folder: Path,
        memory: int,
        attach: bool = False,
        on_progress: Callable[[str], None] | None = None,
    ) -> EmbeddedGraph:
        """Start the engine on the folder, or attach to the one that runs there.

        Parameters:
            folder: Data folder; made when it is not there.
            memory: Heap of the engine, in MiB.
            attach: Use the engine of the process that owns the folder, if there is one.
            on_progress: Told what takes a while, for a person to read.

        Raises:
            FolderInUse: another process owns the folder, and `attach` is not set.
            EngineFailed: the folder is not ours, or of a newer graphsvc, or the engine does not start.
        """
        folder = folder.absolute()
        try:
            return cls._open(folder, memory, attach, on_progress or (lambda message: None))
        except OSError as error:
            raise EngineFailed(f"the data folder {folder} cannot be used: {error}") from error

    @classmethod
    def _open(cls, folder: Path, memory: int, attach: bool, on_progress: Callable[[str], None]) -> EmbeddedGraph:
        check(folder)
        held = lock(folder)
        if held is None and attach:
            return cls(_address_of_the_owner(folder), None, folder)
        if held is None:
            raise FolderInUse(in_use(folder))
        try:
            return cls._start(folder, memory, held, on_progress)
        finally:
            # From here on the keeper and the engine hold it, so that it is free when they are gone, not before.
            os.close(held)

    @classmethod
    def _start(cls, folder: Path, memory: int, held: int, on_progress: Callable[[str], None]) -> EmbeddedGraph:
        check(folder)
        mark(folder)
        write_owner(folder, None)
        password = _prepare(folder, memory)
        on_progress("starting the embedded graph")
        java = _package() / "jre" / "bin" / "java"
        keeper = keep([str(java), f"@{folder / 'java.args'}"], folder, folder / LOG, inherited=(held,))
        try:
            address = _wait_until_ready(folder, keeper, password)
            # Should it crash or run out of memory, it comes back where its users know it.
            _write_arguments(folder, memory, address.uri.rpartition(":")[2])
            keep_alive(keeper)
        except BaseException:
            release(keeper)
            owner_file(folder).unlink(missing_ok=True)
            raise
        write_owner(folder, address.uri)
        return cls(address, keeper, folder)

    @property
    def running(self) -> bool:
        """Whether the engine is kept running: after a crash it is back within seconds.

        An engine that another process owns is taken to run.
        """
        return self._keeper is None or self._keeper.poll() is None

    def close(self) -> None:
        """Stop the engine and wait until it is gone; an engine of another process is left alone."""
        if self._keeper is None or self._keeper.stdin.closed:
            return
        owner_file(self._folder).unlink(missing_ok=True)
        release(self._keeper)

    def __enter__(self) -> EmbeddedGraph:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _package() -> Path:
    """The folder of `arcadedb_embedded`, found without importing it: that would load a Java bridge we do not use."""
    found = find_spec("arcadedb_embedded")
    if found is None or not found.submodule_search_locations:
        raise EngineFailed("the package arcadedb-embedded is not installed: install graphsvc with its dependencies.")
    return Path(found.submodule_search_locations[0])


def _address_of_the_owner(folder: Path) -> Address:
    """The address of the running engine, once it is ready."""
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        known = owner(folder)
        if known.get("uri"):
            return Address(
                uri=known["uri"],
                user=USER,
                password=(folder / "password").read_text(encoding="utf-8"),
                database=DATABASE,
                turns=turns(folder),
                log=folder / LOG,
            )
        if not lives(known.get("pid")):
            break
        time.sleep(PULSE)
    raise EngineUnavailable(f"the process that owns {folder} has no engine running there. Try again, or stop it first.")


def _prepare(folder: Path, memory: int) -> str:
    """Lay out the folder for one start and return the new password."""
    folder.chmod(0o700)
    # The engine makes these anew, with the password of this start; it keeps one log of events a start.
    for made_anew in ("config", "log", "tmp"):
        shutil.rmtree(folder / made_anew, ignore_errors=True)
    (folder / "tmp").mkdir()
    if (folder / LOG).exists():
        (folder / LOG).replace(folder / f"{LOG}.1")
    password = secrets.token_urlsafe(24)
    write_private(folder / "password", password)
    write_private(folder / "logging.properties", LOGGING)
    _write_arguments(folder, memory, "0")
    return password


def _write_arguments(folder: Path, memory: int, bolt_port: str) -> None:
    """Write the java @file: options live there because every user of the machine can read a command line."""
    first = random.randrange(20_000, 60_000)
    text = JAVA_OPTIONS.format(
        memory=memory,
        pages=PAGES,
        folder=folder,
        database=DATABASE,
        user=USER,
        bolt_port=bolt_port,
        http_ports=f"{first}-{first + 99}",
        message=LONGEST_MESSAGE,
        longest=LONGEST_COMMAND,
        jars=_package() / "jars",
        main_class=MAIN_CLASS,
    )
    escaped = (line.replace("\\", "\\\\").replace('"', '\\"') for line in text.strip().splitlines())
    write_private(folder / "java.args", "".join(f'"{line}"\n' for line in escaped))


def _wait_until_ready(folder: Path, keeper: subprocess.Popen[bytes], password: str) -> Address:
    log = folder / LOG
    deadline = time.monotonic() + READY_WITHIN
    with _explained(log):
        ports = _wait_for_ports(log, keeper, deadline)
        address = Address(f"bolt://127.0.0.1:{ports['bolt']}", USER, password, DATABASE, turns(folder), log)
        with Bolt(address) as bolt:
            bolt.wait_until_ready(deadline - time.monotonic(), lambda: keeper.poll() is None)
        _declare_edges(int(ports["http"]), password)
    return address


def _declare_edges(port: int, password: str) -> None:
    """Tell the engine which edges carry nothing. Cypher has no word for it, so this goes over its HTTP interface."""
    statements = [f"CREATE EDGE TYPE {edge} IF NOT EXISTS LIGHTWEIGHT" for edge in EDGES_WITHOUT_PROPERTIES]
    body = json.dumps({"language": "sqlscript", "command": ";".join(statements)})
    user = base64.b64encode(f"{USER}:{password}".encode()).decode()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=READY_WITHIN)
    try:
        headers = {"Authorization": f"Basic {user}", "Content-Type": "application/json"}
        connection.request("POST", f"/api/v1/command/{DATABASE}", body, headers)
        answer = connection.getresponse()
        if answer.status != http.HTTPStatus.OK:
            raise EngineUnavailable(f"it does not take its schema: {answer.read()[:500]!r}")
        answer.read()
    except (OSError, http.client.HTTPException) as error:
        raise EngineUnavailable(f"it does not take its schema: {error}") from error
    finally:
        connection.close()


def _wait_for_ports(log: Path, keeper: subprocess.Popen[bytes], deadline: float) -> dict[str, str]:
    while time.monotonic() < deadline:
        found = STARTED.search(_read(log))
        if found:
            return found.groupdict()
        if keeper.poll() is not None:
            raise EngineUnavailable("it ended at once")
        time.sleep(PULSE)
    raise EngineUnavailable(f"it was not ready within {READY_WITHIN:.0f} s")


@contextmanager
def _explained(log: Path) -> Iterator[None]:
    """Add the engine's last words to what is said of a start that failed."""
    try:
        yield
    except EngineUnavailable as error:
        tail = "\n".join(_read(log).splitlines()[-LOG_TAIL:])
        raise EngineFailed(f"the embedded graph did not start: {error}. Its log, {log}, ends with:\n{tail}") from error


def _read(log: Path) -> str:
    try:
        return log.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return ""
