"""The embedded graph: who owns a folder, what others can see of it, and how it starts and ends."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from graphsvc.errors import EngineError, EngineFailed, EngineOutOfMemory, EngineUnavailable, FolderInUse
from graphsvc.graph.bolt import Bolt
from graphsvc.graph.embedded import EmbeddedGraph
from graphsvc.graph.folder import FORMAT, engine_version
from graphsvc.graph.keeper import keep, release
from tests.api.conftest import hears_interrupts
from tests.waiting import LONG, is_gone, wait_for, wait_until_gone

MEMORY = 256
OWNER = """
import sys, time
from pathlib import Path
from graphsvc.graph.bolt import Bolt
from graphsvc.graph.embedded import EmbeddedGraph

with EmbeddedGraph.open(Path(sys.argv[1]), 256) as graph, Bolt(graph.address) as bolt:
    bolt.write(lambda transaction: transaction.run("MERGE (:Kept {id: 'kept'})"))
    print("ready", flush=True)
    try:
        time.sleep(100_000)
    except KeyboardInterrupt:
        print(bolt.read("MATCH (k:Kept) RETURN k.id AS id"), flush=True)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "données du registre"


@pytest.fixture
def owner(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that owns the folder."""
    command = [sys.executable, "-c", OWNER, str(folder)]
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
        start_new_session=True,
        preexec_fn=hears_interrupts,
    ) as process:
        assert process.stdout.readline() == "ready\n"
        yield process
        process.kill()


def family(process: psutil.Process, folder: Path) -> tuple[psutil.Process, psutil.Process]:
    """The keeper and the engine of a process and a folder."""
    (keeper,) = (child for child in process.children() if str(folder / "engine.log") in child.cmdline())
    (engine,) = keeper.children()
    return keeper, engine


def test_nobody_else_can_read_the_password_or_reach_the_engine(folder: Path) -> None:
    with EmbeddedGraph.open(folder, MEMORY) as graph:
        secret = graph.address.password
        assert (folder / "password").read_text() == secret
        assert len(secret) >= 32
        assert secret not in repr(graph.address)
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert {stat.S_IMODE((folder / name).stat().st_mode) for name in ("password", "owner.json")} == {0o600}
        for process in family(psutil.Process(), folder):
            assert not any(secret in word for word in process.cmdline())
            assert not any(secret in value for value in process.environ().values())
            for connection in process.net_connections():
                assert connection.laddr.ip.removeprefix("::ffff:") == "127.0.0.1"
                assert not connection.raddr or connection.raddr.ip.removeprefix("::ffff:") == "127.0.0.1"


def test_the_engine_leaves_no_file_outside_the_folder(folder: Path) -> None:
    before = set(Path("/tmp").iterdir())
    with EmbeddedGraph.open(folder, MEMORY) as graph:
        _, engine = family(psutil.Process(), folder)
        opened = {Path(file.path) for file in engine.open_files() if "w" in file.mode or "+" in file.mode}
        assert opened
        assert all(path.is_relative_to(folder) for path in opened)
        assert not {path for path in set(Path("/tmp").iterdir()) - before if str(engine.pid) in path.name}
        assert graph.running


def test_data_is_there_after_it_is_closed_and_opened_again(folder: Path) -> None:
    count = "MERGE (n:Kept {id: 'é'}) SET n.times = coalesce(n.times, 0) + 1"
    for _ in range(2):
        with EmbeddedGraph.open(folder, MEMORY) as graph, Bolt(graph.address) as bolt:
            bolt.write(lambda transaction: transaction.run(count))
    with EmbeddedGraph.open(folder, MEMORY) as graph, Bolt(graph.address) as bolt:
        assert bolt.read("MATCH (n:Kept) RETURN n.id AS id, n.times AS times") == [{"id": "é", "times": 2}]
    graph.close()


def test_a_second_owner_is_told_who_has_the_folder_and_what_to_do(folder: Path, owner: subprocess.Popen[str]) -> None:
    with pytest.raises(FolderInUse) as refusal:
        EmbeddedGraph.open(folder, MEMORY)
    assert str(folder) in str(refusal.value)
    assert f"process {owner.pid}" in str(refusal.value)
    assert "GRAPHSVC_DATA" in str(refusal.value)


def test_who_attaches_uses_the_engine_of_the_owner_and_stops_nothing(
    folder: Path, owner: subprocess.Popen[str]
) -> None:
    with EmbeddedGraph.open(folder, MEMORY, attach=True) as graph, Bolt(graph.address) as bolt:
        assert bolt.read("MATCH (k:Kept) RETURN k.id AS id") == [{"id": "kept"}]
    with EmbeddedGraph.open(folder, MEMORY, attach=True) as graph, Bolt(graph.address) as bolt:
        assert bolt.read("RETURN 1 AS one") == [{"one": 1}]
    assert owner.poll() is None


def test_who_attaches_to_a_free_folder_owns_it(folder: Path) -> None:
    with EmbeddedGraph.open(folder, MEMORY, attach=True), pytest.raises(FolderInUse):
        EmbeddedGraph.open(folder, MEMORY)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM], ids=lambda number: number.name)
def test_the_engine_ends_with_its_owner_and_the_next_one_waits_for_that(
    folder: Path, owner: subprocess.Popen[str], number: signal.Signals
) -> None:
    processes = family(psutil.Process(owner.pid), folder)
    owner.send_signal(number)
    owner.wait()
    with EmbeddedGraph.open(folder, MEMORY) as graph, Bolt(graph.address) as bolt:
        assert all(is_gone(process) for process in processes)
        assert bolt.read("MATCH (k:Kept) RETURN k.id AS id") == [{"id": "kept"}]


def test_the_engine_ends_when_its_keeper_is_killed(folder: Path, owner: subprocess.Popen[str]) -> None:
    keeper, engine = family(psutil.Process(owner.pid), folder)
    keeper.kill()
    wait_until_gone([engine])


def test_an_interrupt_in_the_terminal_leaves_the_engine_until_its_owner_has_closed(
    folder: Path, owner: subprocess.Popen[str]
) -> None:
    processes = family(psutil.Process(owner.pid), folder)
    os.killpg(owner.pid, signal.SIGINT)
    assert owner.stdout.read() == "[{'id': 'kept'}]\n"
    assert owner.wait() == 0
    assert all(is_gone(process) for process in processes)


def test_acknowledged_writes_survive_when_the_engine_is_killed_and_it_comes_back(folder: Path) -> None:
    acknowledged: list[int] = []
    enough = threading.Event()

    def write(bolt: Bolt) -> None:
        number = 0
        while not enough.is_set():
            number += 1
            with suppress(EngineUnavailable):
                bolt.write(lambda transaction, number=number: transaction.run("MERGE (:N {id: $id})", id=number))
                acknowledged.append(number)

    with EmbeddedGraph.open(folder, MEMORY) as graph, Bolt(graph.address) as bolt:
        bolt.write(lambda transaction: transaction.run("CREATE CONSTRAINT FOR (n:N) REQUIRE n.id IS UNIQUE"))
        writer = threading.Thread(target=write, args=[bolt], daemon=True)
        writer.start()
        wait_for(lambda: len(acknowledged) > 200)
        _, engine = family(psutil.Process(), folder)
        engine.kill()
        before = len(acknowledged)
        wait_for(lambda: len(acknowledged) > before + 100)
        enough.set()
        writer.join()
        found = {row["id"] for row in bolt.read("MATCH (n:N) RETURN n.id AS id")}
        assert graph.running
        assert family(psutil.Process(), folder)[1].pid != engine.pid
    assert set(acknowledged) <= found


def test_an_engine_that_runs_out_of_memory_loses_the_transaction_and_nothing_else(folder: Path) -> None:
    with EmbeddedGraph.open(folder, 80) as graph, Bolt(graph.address) as bolt:
        bolt.write(lambda transaction: transaction.run("CREATE (:Kept {id: 1})"))
        too_much = "UNWIND range(1, 400000) AS i CREATE (:N {id: i, text: $text + i})"
        with pytest.raises(EngineOutOfMemory, match=r"GRAPHSVC_ENGINE_MEMORY.* is not done"):
            bolt.write(lambda transaction: transaction.run(too_much, text="x" * 200))
        bolt.wait_until_ready(LONG)
        assert bolt.read("MATCH (n) RETURN labels(n) AS labels") == [{"labels": ["Kept"]}]


def test_an_engine_that_is_not_coming_back_is_reported_soon(folder: Path) -> None:
    graph = EmbeddedGraph.open(folder, MEMORY)
    with Bolt(graph.address) as bolt:
        graph.close()
        started = time.monotonic()
        with pytest.raises(EngineUnavailable, match="does not answer"):
            bolt.read("RETURN 1")
        assert time.monotonic() - started < LONG


@pytest.mark.parametrize(
    "changes",
    [{"version": "99.1.1"}, {"format": FORMAT + 1}, {"engine": "OtherDB"}],
    ids=lambda changes: next(iter(changes)),
)
def test_a_folder_that_something_newer_made_is_refused_and_left_as_it_is(folder: Path, changes: dict) -> None:
    folder.mkdir()
    made_by = {"engine": "ArcadeDB", "version": engine_version(), "format": FORMAT} | changes
    (folder / "engine.json").write_text(json.dumps(made_by))
    with pytest.raises(EngineFailed) as refusal:
        EmbeddedGraph.open(folder, MEMORY)
    assert f"{made_by['engine']} {made_by['version']}, folder format {made_by['format']}" in str(refusal.value)
    assert engine_version() in str(refusal.value)
    assert [path.name for path in folder.iterdir()] == ["engine.json"]


def test_a_folder_that_an_older_version_made_is_opened_and_marked(folder: Path) -> None:
    folder.mkdir()
    (folder / "engine.json").write_text(json.dumps({"engine": "ArcadeDB", "version": "25.1", "format": FORMAT}))
    with EmbeddedGraph.open(folder, MEMORY):
        assert json.loads((folder / "engine.json").read_text())["version"] == engine_version()


def test_a_record_of_the_maker_that_cannot_be_read_is_refused(folder: Path) -> None:
    folder.mkdir()
    (folder / "engine.json").write_text("{")
    with pytest.raises(EngineFailed, match=r"engine\.json"):
        EmbeddedGraph.open(folder, MEMORY)


def test_a_folder_of_somebody_else_is_refused_and_left_as_it_is(folder: Path) -> None:
    folder.mkdir(mode=0o755)
    (folder / "thesis.txt").write_text("mine")
    with pytest.raises(EngineFailed, match=r"thesis\.txt"):
        EmbeddedGraph.open(folder, MEMORY)
    assert [path.name for path in folder.iterdir()] == ["thesis.txt"]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o755


def test_a_new_volume_is_an_empty_folder(folder: Path) -> None:
    (folder / "lost+found").mkdir(parents=True)
    with EmbeddedGraph.open(folder, MEMORY) as graph:
        assert graph.running


def test_a_file_is_no_folder(folder: Path) -> None:
    folder.write_text("")
    with pytest.raises(EngineFailed, match="is a file"):
        EmbeddedGraph.open(folder, MEMORY)


def test_a_folder_that_cannot_be_made_is_named(folder: Path) -> None:
    folder.write_text("")
    with pytest.raises(EngineFailed, match=r"below"):
        EmbeddedGraph.open(folder / "below", MEMORY)


def test_a_start_that_fails_says_what_the_engine_said_and_frees_the_folder(folder: Path) -> None:
    with pytest.raises(EngineFailed) as failure:
        EmbeddedGraph.open(folder, 1)
    assert "Too small maximum heap" in str(failure.value)
    with EmbeddedGraph.open(folder, MEMORY) as graph:
        assert graph.running


def test_progress_is_told_and_nothing_is_printed(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    told: list[str] = []
    EmbeddedGraph.open(folder, MEMORY, on_progress=told.append).close()
    assert told == ["starting the embedded graph"]
    assert capfd.readouterr() == ("", "")


def test_a_keeper_kills_what_does_not_stop_and_keeps_a_short_log(tmp_path: Path) -> None:
    stubborn = (
        "trap '' TERM; i=0; while [ $i -lt 60000 ]; do echo 'a line of fifty characters, or nearly so ........'; "
    )
    stubborn += "i=$((i+1)); done; echo done; while true; do sleep 0.1; done"
    log = tmp_path / "log"
    keeper = keep(["sh", "-c", stubborn], tmp_path, log, patience=0.5)
    wait_for(lambda: log.exists() and b"done\n" in log.read_bytes())
    (child,) = psutil.Process(keeper.pid).children()
    release(keeper)
    assert is_gone(child)
    assert keeper.returncode == 128 + signal.SIGKILL
    sizes = {path.name: path.stat().st_size for path in tmp_path.iterdir()}
    assert sizes.keys() == {"log", "log.1"}
    assert max(sizes.values()) < 1.2 * 1024 * 1024


def test_a_command_that_is_not_there_is_named_in_the_log(tmp_path: Path) -> None:
    keeper = keep(["/no/such/command"], tmp_path, tmp_path / "log")
    keeper.wait(LONG)
    release(keeper)
    assert "/no/such/command cannot be started" in (tmp_path / "log").read_text()


def test_errors_of_the_engine_are_of_one_family() -> None:
    assert {kind.status for kind in (EngineFailed, EngineUnavailable, FolderInUse)} == {EngineError.status}
