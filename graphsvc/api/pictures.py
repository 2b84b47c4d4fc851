"""Pictures that were asked a moment ago: the page, its table and its exports ask the same one after another."""

from __future__ import annotations

from functools import lru_cache

from flask import Flask, current_app

from graphsvc.api.common import store
from graphsvc.questions import PictureAnswer, PictureQuestion, ask_picture

KEPT = 8
"""How many are kept; a large one holds some ten MB."""


def register(app: Flask) -> None:
    """Keep the last pictures of an app."""
    app.extensions["pictures"] = lru_cache(maxsize=KEPT)(_asked)


def picture_of(question: PictureQuestion) -> PictureAnswer:
    """The answer to a question about a picture, at the revision that the register has now.

    Raises:
        NotFound: the question names something that is not in the register.
    """
    return current_app.extensions["pictures"](store().state(), question)


def _asked(_state: object, question: PictureQuestion) -> PictureAnswer:
    found = ask_picture(store(), question)
    # It is kept for others, who have a time of their own.
    store().deadline.lift()
    return found
