"""The data folder of the embedded graph: whose it is, what made it, and which one process owns it.

It holds `engine.json` (what made it), `engine.lock` (held by the keeper and the engine while they run), `turns.lock`
(held by who loads), `owner.json` (the process that started them, and where they listen), `password`, the logs and the
engine's own folders.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import time
from importlib.metadata import version
from pathlib import Path

from graphsvc.errors import EngineFailed

ENGINE = "ArcadeDB"
FORMAT = 1
"""How a data folder is laid out. Raise it when an older graphsvc could not use what this one writes."""
OWNER_GONE_WITHIN = 15.0
PULSE = 0.05
NOT_DATA = {"lost+found", "engine.lock", "engine.json.part"}
"""What a folder may hold before it is ours: a new volume has the first, one just being made the others."""


def engine_version() -> str:
    """The version of the engine in this installation, without the packager's own suffix."""
    return re.match(r"[\d.]*\d", version("arcadedb-embedded")).group()


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split("."))


def check(folder: Path) -> None:
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
        record = json.loads(made_by.read_text(encoding="utf-8"))
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


def mark(folder: Path) -> None:
    """Mark the folder as ours; before the start, as a newer engine may change the data from its first moment on."""
    made_by = {"engine": ENGINE, "version": engine_version(), "format": FORMAT}
    write_private(folder / "engine.json", json.dumps(made_by) + "\n")


def lock(folder: Path) -> int | None:
    """Take the folder, waiting for an engine whose owner is already gone; None when its owner lives."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    held = os.open(folder / "engine.lock", os.O_RDWR | os.O_CREAT, 0o600)
    deadline = time.monotonic() + OWNER_GONE_WITHIN
    while True:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return held
        except BlockingIOError:
            if lives(owner(folder).get("pid")) or time.monotonic() > deadline:
                os.close(held)
                return None
            time.sleep(PULSE)


def lives(pid: int | None) -> bool:
    """Whether there is a process with this id."""
    if pid is None:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True  # It is there, and somebody else's.
    return True


def turns(folder: Path) -> Path:
    """The file that a process holds locked while it loads."""
    return folder / "turns.lock"


def owner_file(folder: Path) -> Path:
    """Where it is written who owns the folder."""
    return folder / "owner.json"


def owner(folder: Path) -> dict:
    """Who owns the folder: `pid`, and `uri` once it is ready; empty when that is not known."""
    try:
        return json.loads(owner_file(folder).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}


def write_owner(folder: Path, uri: str | None) -> None:
    """Write down that this process owns the folder, and where the engine listens once it does."""
    write_private(owner_file(folder), json.dumps({"pid": os.getpid(), "uri": uri}) + "\n")


def in_use(folder: Path) -> str:
    """What to tell who wants a folder that belongs to another process."""
    pid = owner(folder).get("pid")
    whose = f"process {pid}" if pid else "an engine whose owner is not known"
    return (
        f"the data folder {folder} belongs to {whose}. Stop that process first, or give GRAPHSVC_DATA another folder. "
        "Commands that only need the graph (such as `graphsvc load`) can use the one that runs there."
    )


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    half = path.with_name(path.name + ".part")
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    half.replace(path)
