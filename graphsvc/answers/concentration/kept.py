"""The lines that an answer over everybody keeps: told when their part ends, so that no network stays for them. Pure."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any, Generic, Protocol, TypeVar

from graphsvc.answers.lines import Line

Key = TypeVar("Key", bound=Hashable)
Rank = TypeVar("Rank")
Row = Mapping[str, Any]


class Shelf(Protocol):
    """Where rows lie until some of them are shown; a question has one outside of memory."""

    def put(self, row: Row) -> int:
        """Lay a row down; gives its place."""

    def __getitem__(self, place: int) -> Any:
        """The row at a place."""


class Kept(Generic[Key, Rank]):
    """For each key the line with the least rank, the first one of equals."""

    def __init__(self, shelf: Shelf, tell: Callable[[Line], Row]) -> None:
        """Keep none yet.

        Args:
            shelf: Where they lie.
            tell: Makes the row of a line.
        """
        self._shelf = shelf
        self._tell = tell
        self._ranks: dict[Key, Rank] = {}
        self._lines: dict[Key, Line] = {}
        self._places: dict[Key, int] = {}

    def offer(self, key: Key, rank: Rank, make: Callable[[], Line]) -> None:
        """Keep a line if it is better than the one so far.

        Args:
            key: What it is a line of.
            rank: Of which the least is best.
            make: Makes the line.
        """
        if key not in self._ranks or rank < self._ranks[key]:
            self._ranks[key] = rank
            self._lines[key] = make()

    def end_part(self) -> None:
        """Tell the lines that are new, and let go of the network that they are of."""
        for key, line in self._lines.items():
            self._places[key] = self._shelf.put(self._tell(line))
        self._lines.clear()

    def rank(self, key: Key) -> Rank:
        """The rank of the line of a key."""
        return self._ranks[key]

    def __getitem__(self, key: Key) -> Any:
        return self._shelf[self._places[key]]
