"""What laws share: the list of all of them, and answers as plain sets."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from hypothesis import strategies as st

from graphsvc.answers.holders import Holding
from graphsvc.answers.lines import Line
from graphsvc.model import Status
from tests import plain_search as plain
from tests.asking import Tell
from tests.builders import Entry

Law = Callable[[Tell, Entry, str, st.DataObject], None]
LAWS: list[Law] = []
"""Every law; the name of each is what it says."""


def law(found: Law) -> Law:
    """Add a law to the list."""
    LAWS.append(found)
    return found


def held(found: Iterable[Holding]) -> set[plain.Holding]:
    return {(one.controller, one.service.id, one.role.value, tuple(item)) for one in found for item in one.items}


def key(line: Line) -> tuple[str, str, str]:
    return line.passage.activity.id, line.passage.flow.id, line.country


def place_and_status(lines: Iterable[Line]) -> set[tuple[tuple[str, str, str], Status]]:
    return {(key(line), line.status) for line in lines}
