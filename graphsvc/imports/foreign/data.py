"""The tables of words that importers read by: data, in `tables/`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from graphsvc.imports.text import parse

TABLES = Path(__file__).parent / "tables"


@cache
def table(name: str) -> dict[str, Any]:
    """One table by its name."""
    content = (TABLES / f"{name}.yaml").read_bytes()
    return parse(content, len(content), name)
