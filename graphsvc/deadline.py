"""The time that a question may take until its answer begins."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from graphsvc.errors import QuestionTooDear

LATE = 0.5
"""The part of the time after which searches that can give a bound end with it."""
SHORTEST = 0.001
"""Seconds that a database is given at the least: nothing stands for no limit there."""


class Deadline:
    """When a question is to be answered; it is called again and again while that is worked on."""

    def __init__(self, seconds: float = math.inf, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seconds = seconds
        self._started = clock()
        self._end = self._started + seconds

    def __call__(self) -> None:
        """Go on.

        Raises:
            QuestionTooDear: the time is over.
        """
        if self._clock() > self._end:
            self.refuse()

    def refuse(self) -> None:
        """Say that the time is over.

        Raises:
            QuestionTooDear: unless the question has as much time as it takes.
        """
        if self._end < math.inf:
            raise QuestionTooDear(
                f"the answer had not begun after {self._seconds:g} s (GRAPHSVC_ANSWER_SECONDS), so the question was "
                "stopped. Ask for less at once: name a controller, an activity, a data category or fewer days, or a "
                "smaller depth; or raise the setting."
            )

    def is_late(self) -> bool:
        """Whether a search that can give a bound has to end with it."""
        return self._clock() > self._started + (self._end - self._started) * LATE

    @property
    def left(self) -> float | None:
        """Seconds until the end, more than none; None: there is no end."""
        return None if self._end == math.inf else max(self._end - self._clock(), SHORTEST)

    def lift(self) -> None:
        """The answer begins: from now on it may take its time, as its reader sees that it goes on."""
        self._end = math.inf
