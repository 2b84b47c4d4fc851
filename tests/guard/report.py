"""What is different from what was recorded, in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import zip_longest
from urllib.parse import parse_qsl

from tests.guard.asking import Answered
from tests.guard.hashes import Hashed, kept

WIDEST = 160
"""Letters of a line that are shown."""


def differences(found: Mapping[str, Iterable[Answered]], before: Mapping[str, Hashed]) -> Iterator[str]:
    """One text for each answer that is new or different; what is the same on several engines is told once.

    Args:
        found: The answers of each engine.
        before: What was recorded.
    """
    for name, engines in _by_name(found).items():
        was = before.get(name)
        if was is None:
            yield f"{told(name)}: no hash is recorded of it"
            continue
        for now, where in engines.items():
            if now.whole != was.whole:
                yield f"{told(name)}, on {' and '.join(where)}: {_where(was, now)}"


def _by_name(found: Mapping[str, Iterable[Answered]]) -> dict[str, dict[Hashed, list[str]]]:
    """For each answer, which engines give it."""
    names: dict[str, dict[Hashed, list[str]]] = {}
    for engine, answers in found.items():
        for answered in answers:
            names.setdefault(answered.name, {}).setdefault(answered.hashes, []).append(engine)
    return names


def gone(found: Collection[str], before: Iterable[str]) -> Iterator[str]:
    """One text for each answer that is recorded and was not asked for."""
    for name in before:
        if name not in found:
            yield f"{told(name)}: is recorded, and asked no more"


def told(name: str) -> str:
    """What was asked, with its arguments, in words."""
    question, _, query = name.partition("?")
    return ", ".join([question, *(f"{key} {value}" for key, value in parse_qsl(query))])


def _where(was: Hashed, now: Hashed) -> str:
    before, after = kept(was.whole), kept(now.whole) or ""
    lines = after.split("\n")
    if before is not None:
        return _line(before.split("\n"), lines)
    first, last = was.place(after)
    place = f"line {first}" if first == last else f"lines {first} to {last}"
    shown = [f"    now:    {line[:WIDEST]}" for line in lines[first - 1 : last]] or ["    now:    (it has ended)"]
    return "\n".join([f"{place} of {was.lines} (the old text is not here)", *shown])


def _line(before: list[str], after: list[str]) -> str:
    for number, (one, two) in enumerate(zip_longest(before, after), start=1):
        if one != two:
            return f"line {number}\n    before: {_cut(one, two)}\n    now:    {_cut(two, one)}"
    return "no line; its hash is made in another way"


def _cut(line: str | None, other: str | None) -> str:
    """A line from where it begins to be different, with what stands a little before."""
    if line is None:
        return "(it has ended)"
    same = next((place for place, pair in enumerate(zip_longest(line, other or "")) if pair[0] != pair[1]), 0)
    start = max(0, same - WIDEST // 2) if len(line) > WIDEST else 0
    return f"{'... ' if start else ''}{line[start : start + WIDEST]}"
