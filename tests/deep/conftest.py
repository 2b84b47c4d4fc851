"""Figures that tests come to, for the one who runs a part."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

Figures = dict[str, object]


@pytest.fixture(scope="session")
def figures() -> Iterator[Figures]:
    """What a part has counted and measured, by words; printed and kept by `python -m tests.deep`."""
    told: Figures = {}
    yield told
    if file := os.environ.get("DEEP_FIGURES"):
        Path(file).write_text(json.dumps(told))
