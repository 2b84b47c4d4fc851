"""The criteria of `criteria.yaml` as values."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from graphsvc.answers.screening import Criteria, Criterion, Signs

FILE = Path(__file__).with_name("criteria.yaml")


@cache
def criteria() -> tuple[Criterion, ...]:
    """Every row, in the order of the file."""
    body = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    lists = {entry["id"]: _list(entry) for entry in body["lists"]}
    return tuple(_row(entry, lists[entry["list"]]) for entry in body["criteria"])


def _list(entry: dict[str, Any]) -> Criteria:
    days = {key: str(entry[key]) for key in ("valid_from", "valid_until") if key in entry}
    return Criteria(entry["id"], entry["title"], entry["publisher"], entry["needed"], **days)


def _row(entry: dict[str, Any], of: Criteria) -> Criterion:
    signs = Signs(**entry["signs"]) if "signs" in entry else None
    also, conclusive = tuple(entry.get("also", ())), entry.get("conclusive", False)
    return Criterion(of, entry["number"], entry["name"], signs, also, conclusive)
