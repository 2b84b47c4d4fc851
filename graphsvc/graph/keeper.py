"""Runs one command for as long as the process that started this one lives, and no longer.

    python keeper.py --log FILE [--log-limit BYTES] [--patience SECONDS] -- COMMAND...

It stands between a service and its child so that the child never outlives the service:

- the service holds the other end of this process' standard input; when that ends (closed, or the service is
  gone, however it went) the command gets TERM, then KILL when it has not stopped within the patience;
- on Linux the kernel kills the command when this process itself is killed;
- once the service has said so (`keep_alive`), a command that ends by itself is started again;
- this process and the command are a session of their own, so Ctrl-C in a terminal reaches the service only;
- what the command prints goes to a log that keeps its last one to two times `--log-limit` bytes.

It exits with the exit status of the command. `keep()` starts it as a file with the standard library only, so that
it is there in 50 ms and stays small.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import BinaryIO

LOG_LIMIT = 1024 * 1024
PATIENCE = 10.0
CANNOT_START = 127
PR_SET_PDEATHSIG = 1
CHUNK = 64 * 1024
FIRST_PAUSE = 0.2
LONGEST_PAUSE = 30.0
STEADY = 60.0
"""Seconds after which a command counts as running well; the pause before it is started again grows until then."""
PULSE = 1.0
"""Seconds between two looks at whether the service is still there, should a fork of it keep the pipe open."""


def keep(
    command: list[str], folder: Path, log: Path, *, inherited: tuple[int, ...] = (), patience: float = PATIENCE
) -> subprocess.Popen[bytes]:
    """Start a keeper with the command in the folder; `release` ends both.

    Parameters:
        inherited: File descriptors that keeper and command hold open until they are gone.
        patience: Seconds between TERM and KILL.
    """
    options = ["--log", str(log), "--patience", str(patience)]
    options += [option for number in inherited for option in ("--inherit", str(number))]
    return subprocess.Popen(
        [sys.executable, "-I", "-S", __file__, *options, "--", *command],
        cwd=folder,
        # Nothing of the service's own environment: it may hold passwords and options for other programs.
        # One arena: glibc keeps what is given back to it, once for each.
        env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=inherited,
        start_new_session=True,
    )


def keep_alive(keeper: subprocess.Popen[bytes]) -> None:
    """Have the command started again whenever it ends by itself; say so once it has shown that it works."""
    keeper.stdin.write(b"!")
    keeper.stdin.flush()


def release(keeper: subprocess.Popen[bytes], patience: float = PATIENCE) -> None:
    """End a keeper and its command, and return when both are gone."""
    keeper.stdin.close()
    # Said as well: a fork of this process may still hold the other end of the pipe.
    keeper.terminate()
    try:
        keeper.wait(patience + 5)
    except subprocess.TimeoutExpired:
        keeper.kill()
        keeper.wait()


class Log:
    """A file of bounded size: when it is full it becomes `FILE.1` and a new one begins."""

    def __init__(self, path: Path, limit: int) -> None:
        self._path = path
        self._limit = limit
        self._file = self._open()

    def _open(self) -> BinaryIO:
        return os.fdopen(os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab", buffering=0)

    def write(self, text: bytes) -> None:
        """Append the text. A full disk must not end the engine: what cannot be logged is dropped."""
        try:
            self._file.write(text)
            if self._file.tell() > self._limit:
                self._begin_anew()
        except OSError:
            return

    def line(self, text: str) -> None:
        """Append a line of the keeper's own."""
        self.write(f"keeper {os.getpid()}: {text}\n".encode())

    def _begin_anew(self) -> None:
        self._path.replace(self._path.with_name(self._path.name + ".1"))
        full, self._file = self._file, self._open()
        full.close()


def spawn(command: list[str], inherited: list[int]) -> subprocess.Popen[bytes]:
    """Start the command; it keeps the inherited file descriptors (a lock) until it is really gone."""
    keeper = os.getpid()
    prctl = ctypes.CDLL(None, use_errno=True).prctl if sys.platform == "linux" else None

    def die_with_the_keeper() -> None:
        if prctl is None:
            return
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        # Killed between the fork and the line above: nobody is left to tell.
        if os.getppid() != keeper:
            os._exit(1)

    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        pass_fds=inherited,
        preexec_fn=die_with_the_keeper,
    )


class Watch:
    """Runs a command, logs what it prints, and ends it when the service is gone."""

    def __init__(self, command: list[str], inherited: list[int], log: Log, patience: float) -> None:
        self._command = command
        self._inherited = inherited
        self._log = log
        self._patience = patience
        self._service = os.getppid()
        self._keep_alive = False
        self._deadline: float | None = None
        self._child: subprocess.Popen[bytes] | None = None

    def stop(self, *_: object) -> None:
        """Ask the child to end, once. Also the signal handler: whoever stops this process means the child."""
        if self._deadline is None:
            self._deadline = time.monotonic() + self._patience
            if self._child is not None:
                self._child.terminate()

    def run(self) -> int:
        """Return the exit status of the command, 128 + N when signal N ended it."""
        pause = FIRST_PAUSE
        while True:
            started = time.monotonic()
            status = self._run_once()
            if time.monotonic() - started > STEADY:
                pause = FIRST_PAUSE
            again = time.monotonic() + pause
            while self._keep_alive and self._deadline is None and time.monotonic() < again:
                self._look(set(), again - time.monotonic())
            if not self._keep_alive or self._deadline is not None:
                return status
            pause = min(2 * pause, LONGEST_PAUSE)

    def _run_once(self) -> int:
        self._child = spawn(self._command, self._inherited)
        printed = self._child.stdout.fileno()
        self._log.line(f"started process {self._child.pid} for process {self._service}")
        watched = {printed}
        while self._child.poll() is None:
            # Short once the child has stopped printing: it is about to end, or we wait for it to.
            if printed in self._look(watched, PULSE if watched and self._deadline is None else PULSE / 20):
                self._pass_on(watched)
            if self._deadline is not None and time.monotonic() > self._deadline:
                self._child.kill()
        while select.select(watched, [], [], 0)[0]:
            self._pass_on(watched)
        self._child.stdout.close()
        status = self._child.returncode
        self._log.line(f"process {self._child.pid} ended with status {status}")
        return status if status >= 0 else 128 - status

    def _look(self, watched: set[int], seconds: float) -> list[int]:
        """Wait for something to happen, find out whether the service is still there, and return what can be read."""
        service = {sys.stdin.fileno()} if self._deadline is None else set()
        ready, _, _ = select.select(watched | service, [], [], max(seconds, 0))
        if os.getppid() != self._service:
            self.stop()
        if service & set(ready):
            self._listen()
        return ready

    def _listen(self) -> None:
        if os.read(sys.stdin.fileno(), CHUNK):
            self._keep_alive = True
        else:
            self.stop()

    def _pass_on(self, watched: set[int]) -> None:
        text = os.read(self._child.stdout.fileno(), CHUNK)
        self._log.write(text)
        if not text:
            watched.clear()


def main() -> int:
    """Read the arguments, run the command, return its exit status."""
    parser = argparse.ArgumentParser(prog="keeper")
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--log-limit", type=int, default=LOG_LIMIT)
    parser.add_argument("--patience", type=float, default=PATIENCE)
    parser.add_argument("--inherit", type=int, action="append", default=[])
    parser.add_argument("command", nargs="+")
    arguments = parser.parse_args()
    log = Log(arguments.log, arguments.log_limit)
    watch = Watch(arguments.command, arguments.inherit, log, arguments.patience)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, watch.stop)
    try:
        return watch.run()
    except OSError as error:
        log.line(f"{arguments.command[0]} cannot be started: {error}")
        return CANNOT_START


if __name__ == "__main__":
    sys.exit(main())
