"""The embedded graph: ArcadeDB as a child process on this machine, its data in one folder that one process owns."""

from __future__ import annotations

import fcntl
import json
import os
import re
import secrets
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from graphsvc.errors import EngineFailed, EngineUnavailable, FolderInUse
from graphsvc.graph.bolt import Address, Bolt
from graphsvc.graph.keeper import keep, release

ENGINE = "ArcadeDB"
FORMAT = 1
"""How a data folder is laid out. Raise it when an older graphsvc could not use what this one writes."""
DATABASE = "graphsvc"
USER = "root"
READY_WITHIN = 60.0
OWNER_GONE_WITHIN = 15.0
PULSE = 0.05
LOG_TAIL = 15
LONGEST_MESSAGE = 256 * 1024 * 1024
"""What one query and its parameters may take, in bytes: more than anyone sends, as the engine leaves the sender of a
longer one waiting for ever."""
MAIN_CLASS = "com.arcadedb.server.ArcadeDBServer"
STARTED = re.compile(r"BOLT connections on \S*127\.0\.0\.1:(\d+).*ArcadeDB Server started", re.DOTALL)
"""What its log says when it is up. It listens earlier, and before it has made the database."""
NOT_DATA = {"lost+found", "engine.lock", "engine.json.part"}
"""What a folder may hold before it is ours: a new volume has the first, one just being made the others."""

JAVA_OPTIONS = """
-Xmx{memory}m
-XX:+UseSerialGC
-XX:+UseCompactObjectHeaders
-XX:+UseStringDeduplication
-XX:+ExitOnOutOfMemoryError
-XX:-UsePerfData
-XX:ErrorFile={folder}/java-crash.log
-Djava.awt.headless=true
-Djava.io.tmpdir={folder}/tmp
-Djava.util.logging.config.file={folder}/logging.properties
-Darcadedb.server.rootPath={folder}
-Darcadedb.server.rootPasswordPath={folder}/password
-Darcadedb.server.logsDirectory={folder}/log
-Darcadedb.server.plugins=Bolt:com.arcadedb.bolt.BoltProtocolPlugin
-Darcadedb.server.defaultDatabases={database}[{user}]
-Darcadedb.server.httpIncomingHost=127.0.0.1
-Darcadedb.server.httpIncomingPort=0
-Darcadedb.bolt.host=127.0.0.1
-Darcadedb.bolt.port=0
-Darcadedb.bolt.defaultDatabase={database}
-Darcadedb.bolt.maxMessageSize={message}
-Darcadedb.bolt.packstream.maxValueLength={message}
-Darcadedb.txWalFlush=2
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
        _check(folder)
        lock = _lock(folder)
        if lock is None and attach:
            return cls(_address_of_the_owner(folder), None, folder)
        if lock is None:
            raise FolderInUse(_in_use(folder))
        try:
            return cls._start(folder, memory, lock, on_progress or (lambda message: None))
        finally:
            # From here on the keeper and the engine hold it, so that it is free when they are gone, not before.
            os.close(lock)

    @classmethod
    def _start(cls, folder: Path, memory: int, lock: int, on_progress: Callable[[str], None]) -> EmbeddedGraph:
        _check(folder)
        _write_made_by(folder)
        _write_owner(folder, None)
        password = _prepare(folder, memory)
        on_progress("starting the embedded graph")
        java = _package() / "jre" / "bin" / "java"
        keeper = keep([str(java), f"@{folder / 'java.args'}"], folder, folder / "engine.log", inherited=(lock,))
        try:
            address = _wait_until_ready(folder, keeper, password)
        except BaseException:
            release(keeper)
            _owner_file(folder).unlink(missing_ok=True)
            raise
        _write_owner(folder, address.uri)
        return cls(address, keeper, folder)

    @property
    def running(self) -> bool:
        """Whether the engine still runs; one that another process owns is taken to."""
        return self._keeper is None or self._keeper.poll() is None

    def close(self) -> None:
        """Stop the engine and wait until it is gone; an engine of another process is left alone."""
        if self._keeper is None or self._keeper.stdin.closed:
            return
        _owner_file(self._folder).unlink(missing_ok=True)
        release(self._keeper)

    def __enter__(self) -> EmbeddedGraph:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _package() -> Path:
    """The folder of `arcadedb_embedded`, found without importing it: that would load a Java bridge we do not use."""
    found = find_spec("arcadedb_embedded")
    if found is None or not found.submodule_search_locations:
        raise EngineFailed("the package arcadedb-embedded is not installed: run pip install -r requirements.txt.")
    return Path(found.submodule_search_locations[0])


def engine_version() -> str:
    """The version of the engine in this installation, without the packager's own suffix."""
    return re.match(r"[\d.]*\d", version("arcadedb-embedded")).group()


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split("."))


def _check(folder: Path) -> None:
    """Refuse a folder that is not ours or that a newer graphsvc or engine made; change nothing in it."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise EngineFailed(f"{folder} is a file; the data of the embedded graph needs a folder.")
    made_by = folder / "engine.json"
    if not made_by.exists():
        others = sorted({entry.name for entry in folder.iterdir()} - NOT_DATA)
        if others:
            raise EngineFailed(
                f"{folder} holds other files ({', '.join(others[:3])}) and was not made by graphsvc: nothing in it "
                "was changed. Give GRAPHSVC_DATA a new or an empty folder."
            )
        return
    _check_made_by(folder, made_by)


def _check_made_by(folder: Path, made_by: Path) -> None:
    try:
        record = json.loads(made_by.read_text())
        theirs = _numbers(record["version"])
        newer = record["engine"] != ENGINE or theirs > _numbers(engine_version()) or record["format"] > FORMAT
    except (ValueError, KeyError, TypeError) as error:
        raise EngineFailed(f"{made_by} cannot be understood ({error}); nothing in {folder} was changed.") from error
    if newer:
        raise EngineFailed(
            f"{folder} was made by {record['engine']} {record['version']}, folder format {record['format']}; here is "
            f"{ENGINE} {engine_version()}, folder format {FORMAT}. Use a graphsvc at least as new as the one that "
            "made it, or another folder. Nothing in it was changed."
        )


def _write_made_by(folder: Path) -> None:
    """Mark the folder as ours; before the start, as a newer engine may change the data from its first moment on."""
    made_by = {"engine": ENGINE, "version": engine_version(), "format": FORMAT}
    _write_private(folder / "engine.json", json.dumps(made_by) + "\n")


def _lock(folder: Path) -> int | None:
    """Take the folder, waiting for an engine whose owner is already gone; None when its owner lives."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = os.open(folder / "engine.lock", os.O_RDWR | os.O_CREAT, 0o600)
    deadline = time.monotonic() + OWNER_GONE_WITHIN
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return lock
        except BlockingIOError:
            if _lives(_owner(folder).get("pid")) or time.monotonic() > deadline:
                os.close(lock)
                return None
            time.sleep(PULSE)


def _lives(pid: int | None) -> bool:
    if pid is None:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _owner_file(folder: Path) -> Path:
    return folder / "owner.json"


def _owner(folder: Path) -> dict:
    """Who owns the folder: `pid`, and `uri` and once it is ready; empty when that is not known."""
    try:
        return json.loads(_owner_file(folder).read_text())
    except (FileNotFoundError, ValueError):
        return {}


def _write_owner(folder: Path, uri: str | None) -> None:
    _write_private(_owner_file(folder), json.dumps({"pid": os.getpid(), "uri": uri}) + "\n")


def _in_use(folder: Path) -> str:
    pid = _owner(folder).get("pid")
    owner = f"process {pid}" if pid else "an engine whose owner is not known"
    return (
        f"the data folder {folder} belongs to {owner}. Stop that process first, or give GRAPHSVC_DATA another folder. "
        "Commands that only need the graph (such as `graphsvc load`) can use the one that runs there."
    )


def _address_of_the_owner(folder: Path) -> Address:
    """The address of the running engine, once it is ready."""
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        owner = _owner(folder)
        if owner.get("uri"):
            return Address(owner["uri"], USER, (folder / "password").read_text(), DATABASE)
        if not _lives(owner.get("pid")):
            break
        time.sleep(PULSE)
    raise EngineUnavailable(f"the process that owns {folder} has no engine running there. Try again, or stop it first.")


def _write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    half = path.with_name(path.name + ".part")
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    half.replace(path)


def _prepare(folder: Path, memory: int) -> str:
    """Lay out the folder for one start and return the new password."""
    folder.chmod(0o700)
    # The engine makes these anew, with the password of this start; it keeps one log of events a start.
    for made_anew in ("config", "log", "tmp"):
        shutil.rmtree(folder / made_anew, ignore_errors=True)
    (folder / "tmp").mkdir()
    if (folder / "engine.log").exists():
        (folder / "engine.log").replace(folder / "engine.log.1")
    password = secrets.token_urlsafe(24)
    _write_private(folder / "password", password)
    _write_private(folder / "logging.properties", LOGGING)
    _write_private(folder / "java.args", _java_arguments(folder, memory))
    return password


def _java_arguments(folder: Path, memory: int) -> str:
    """A java @file; options live there because every user of the machine can read a command line."""
    text = JAVA_OPTIONS.format(
        memory=memory,
        folder=folder,
        database=DATABASE,
        user=USER,
        message=LONGEST_MESSAGE,
        jars=_package() / "jars",
        main_class=MAIN_CLASS,
    )
    escaped = (line.replace("\\", "\\\\").replace('"', '\\"') for line in text.strip().splitlines())
    return "".join(f'"{line}"\n' for line in escaped)


def _wait_until_ready(folder: Path, keeper: subprocess.Popen[bytes], password: str) -> Address:
    log = folder / "engine.log"
    deadline = time.monotonic() + READY_WITHIN
    with _explained(log):
        port = _wait_for_port(log, keeper, deadline)
        address = Address(f"bolt://127.0.0.1:{port}", USER, password, DATABASE)
        with Bolt(address) as bolt:
            bolt.wait_until_ready(deadline - time.monotonic(), lambda: keeper.poll() is None)
    return address


def _wait_for_port(log: Path, keeper: subprocess.Popen[bytes], deadline: float) -> int:
    while time.monotonic() < deadline:
        found = STARTED.search(_read(log))
        if found:
            return int(found.group(1))
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
        return log.read_text(errors="replace")
    except FileNotFoundError:
        return ""
