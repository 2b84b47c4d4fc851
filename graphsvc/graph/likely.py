"""Who may be one of everybody in the register: worked out once for each revision, by one asker at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol, TypeVar

from graphsvc.deadline import Deadline
from graphsvc.errors import QuestionTooDear
from graphsvc.graph.bolt import Transaction
from graphsvc.graph.fetch import BATCH
from graphsvc.graph.queries import text
from graphsvc.graph.tables import State, Tables, bodies, read_state
from graphsvc.imports.comparing import Comparing, Found
from graphsvc.imports.marks import Described

T = TypeVar("T")


class Register(Protocol):
    """The register as one question reads it."""

    @property
    def deadline(self) -> Deadline:
        """When the question is to be answered."""

    def state(self) -> State:
        """In which state the register is now."""

    def steady(self, work: Callable[[Transaction], T]) -> T:
        """Read what belongs together."""

    def tables(self, transaction: Transaction) -> Tables:
        """What every question of a revision shares."""


class Likely:
    """What was found last; holding everybody against everybody else takes seconds in a large register."""

    def __init__(self) -> None:
        self._alone = threading.Lock()
        self._found: tuple[int, Found] | None = None
        self._begun: tuple[int, Comparing] | None = None

    def of(self, register: Register) -> Found:
        """Who may be one, the most likely first.

        Raises:
            QuestionTooDear: the time is over; whoever asks again goes on from there.
        """
        found = self._known(register)
        if found is None:
            with self._alone_until(register.deadline):
                found = self._known(register) or self._compared(register)
        return found

    def _known(self, register: Register) -> Found | None:
        found = self._found
        return found[1] if found is not None and found[0] == register.state().revision else None

    def _compared(self, register: Register) -> Found:
        try:
            revision, comparing = register.steady(lambda transaction: self._everybody(register, transaction))
            found = comparing.found(register.deadline)
        except QuestionTooDear as stopped:
            done = len(self._begun[1]) if self._begun else 0
            raise QuestionTooDear(
                f"{stopped} Who may be one: {done} parties have been read, and whoever asks again goes on from there."
            ) from stopped
        self._found, self._begun = (revision, found), None
        return found

    def _everybody(self, register: Register, transaction: Transaction) -> tuple[int, Comparing]:
        """The revision, and everybody to be compared; read in portions, so that few of them are in memory at once."""
        revision = read_state(transaction).revision
        begun = self._begun
        if begun is None or begun[0] != revision:
            begun = self._begun = revision, Comparing(register.tables(transaction).identities.is_decided)
        ids = [row["id"] for row in transaction.run(text("ids Party"))]
        for start in range(len(begun[1]), len(ids), BATCH):
            batch = bodies(transaction, "parties_by_id", ids=ids[start : start + BATCH])
            begun[1].add(map(Described.of, batch), on_step=register.deadline)
        return begun

    @contextmanager
    def _alone_until(self, deadline: Deadline) -> Iterator[None]:
        """One at a time: whoever asks the same meanwhile has the answer of the first."""
        left = deadline.left
        if not self._alone.acquire(timeout=-1 if left is None else left):
            deadline.refuse()
        try:
            yield
        finally:
            self._alone.release()
