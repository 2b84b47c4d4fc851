"""Rows that are put in order outside of memory, and read from there: a page, or all of them."""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

MEMORY = 4_000
"""KiB that a spool keeps in memory; more of it is in a file without a name, which goes with the spool."""
AT_ONCE = 100
"""Rows that are read at once."""
EVERYTHING = -1
"""How SQLite is told that there is no limit."""


def temporary() -> sqlite3.Connection:
    """A database that is in memory until it grows, then in a file without a name; threads may share it."""
    # An empty name stands for that.
    found = sqlite3.connect("", check_same_thread=False, isolation_level=None)
    found.execute(f"PRAGMA cache_size = -{MEMORY}")
    found.execute("PRAGMA journal_mode = OFF")
    return found


class Spool:
    """Rows with what they are sorted by."""

    def __init__(self, parts: int = 0) -> None:
        """Open an empty one.

        Args:
            parts: How many parts a rank has; none: rows stay in the order in which they are added.
        """
        self._names = [f"part{number}" for number in range(parts)]
        self._rows = temporary()
        self._rows.execute(f"CREATE TABLE rows ({', '.join([*self._names, 'row'])})")
        self._add = f"INSERT INTO rows VALUES ({', '.join('?' * (parts + 1))})"
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def add(self, rank: Sequence[int | str], row: Any) -> None:
        """Put a row where it belongs.

        Args:
            rank: What it is sorted by: numbers and texts; of equals the one that was added first comes first.
            row: Plain values, or frozen ones of ours.
        """
        self._rows.execute(self._add, (*rank, pickle.dumps(row, pickle.HIGHEST_PROTOCOL)))
        self._length += 1

    def put(self, row: Any) -> int:
        """Lay a row down at the end; gives its place. For a spool whose rows have no rank.

        Args:
            row: Plain values, or frozen ones of ours.
        """
        self.add((), row)
        return self._length

    def __getitem__(self, place: int) -> Any:
        """The row at a place that `put` gave."""
        (packed,) = self._rows.execute("SELECT row FROM rows WHERE rowid = ?", (place,)).fetchone()
        return pickle.loads(packed)

    def rows(self, skip: int = 0, most: int | None = None) -> Iterator[Any]:
        """The rows in their order.

        Args:
            skip: How many to pass over.
            most: How many to give; None: all that are left.
        """
        order = ", ".join([*self._names, "rowid"])
        window = (EVERYTHING if most is None else most, skip)
        found = self._rows.execute(f"SELECT row FROM rows ORDER BY {order} LIMIT ? OFFSET ?", window)
        found.arraysize = AT_ONCE
        # They are our own rows, in a file that nobody else sees; sentences keep what they are made of (`told`).
        return (pickle.loads(row) for (row,) in found)
