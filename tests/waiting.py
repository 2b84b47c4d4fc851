"""How long tests wait: until what hangs is surely hanging, on a machine of any speed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import psutil

LONG = 300.0
"""Seconds after which what is waited for is not coming. Nothing is told from it about how fast something is."""
SLOWNESS = 20
"""So many times as slow as ours a machine may be, before what follows its size is taken for what does not."""


def wait_for(condition: Callable[[], object], pause: float = 0.02) -> None:
    """Return as soon as something holds."""
    until = time.monotonic() + LONG
    while not condition():
        assert time.monotonic() < until, "waited too long"
        time.sleep(pause)


def wait_until_gone(processes: Iterable[psutil.Process]) -> None:
    """Return when they have ended; what is left of one until its parent asks for its status does not count."""
    left = list(processes)
    wait_for(lambda: all(map(is_gone, left)))


def is_gone(process: psutil.Process) -> bool:
    """Whether it has ended."""
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


@contextmanager
def little_work(seconds: float) -> Iterator[None]:
    """Fail what takes far more than the seconds it takes here, as what grows with the square of its input does.

    It is work of this process that is counted, so others on the machine do not count.
    """
    began = time.process_time()
    yield
    took = time.process_time() - began
    assert took < SLOWNESS * seconds, f"{took:.0f} s of work"
