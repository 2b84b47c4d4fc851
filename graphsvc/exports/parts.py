"""Exports that are written part by part, so that one of a large register need not be in memory as a whole."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

SIZE = 1 << 16
"""Characters that a part has at least."""


def in_parts(pieces: Iterable[str]) -> Iterator[bytes]:
    """Pieces of a text, put together to parts that are worth being sent."""
    held: list[str] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= SIZE:
            yield "".join(held).encode()
            held, size = [], 0
    yield "".join(held).encode()


def listed(values: Iterable[Any]) -> Iterator[str]:
    """Values as what stands between the brackets of a list in JSON, a line each."""
    between = "\n"
    for value in values:
        yield between + json.dumps(value, ensure_ascii=False)
        between = ",\n"
    yield "\n"
