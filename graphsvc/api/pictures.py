"""Pictures that were asked a moment ago: the page, its table and its exports ask the same one after another."""

from __future__ import annotations

import threading

from flask import Flask, current_app

from graphsvc.api.common import store
from graphsvc.graph.store import State
from graphsvc.questions import PictureAnswer, PictureQuestion, ask_picture

KEPT, FLOWS = 8, 10_000
"""How many are kept, and how many flows they may hold together: some 60 MB."""


class Kept:
    """The last pictures, so many that they stay small; the last one always."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._found: dict[tuple[State, PictureQuestion], PictureAnswer] = {}

    def get(self, key: tuple[State, PictureQuestion]) -> PictureAnswer | None:
        """A picture, if it is kept; it is the last one then."""
        with self._lock:
            found = self._found.pop(key, None)
            if found is not None:
                self._found[key] = found
            return found

    def keep(self, key: tuple[State, PictureQuestion], found: PictureAnswer) -> None:
        """Keep a picture, and let go of those that are too many then, the oldest first."""
        with self._lock:
            self._found[key] = found
            while len(self._found) > 1 and (len(self._found) > KEPT or self._flows > FLOWS):
                self._found.pop(next(iter(self._found)))

    @property
    def _flows(self) -> int:
        return sum(found.picture.fetched for found in self._found.values())


def register(app: Flask) -> None:
    """Keep the last pictures of an app."""
    app.extensions["pictures"] = Kept()


def picture_of(question: PictureQuestion) -> PictureAnswer:
    """The answer to a question about a picture, at the revision that the register has now.

    Raises:
        NotFound: the question names something that is not in the register.
        PictureTooLarge: it reaches more than fits in one picture.
    """
    kept: Kept = current_app.extensions["pictures"]
    key = store().state(), question
    found = kept.get(key)
    if found is None:
        found = ask_picture(store(), question)
        # It is kept for others, who have a time of their own.
        store().deadline.lift()
        kept.keep(key, found)
    return found
