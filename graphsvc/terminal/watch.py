"""What a watch found, as a person reads it: page by page, what is new first, with the last day to object."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator

from graphsvc.imports.foreign.report import Kind
from graphsvc.watching import Difference, Watched

WORDS = {
    "gained": "new",
    "moved": "other places",
    "lost": "gone",
    "other_purpose": "other purpose",
}


def watch_lines(found: Iterable[Watched]) -> Iterator[str]:
    """The lines of a watch, and a closing one that says what to look at."""
    pages = differing = unread = 0
    for one in found:
        pages += 1
        differing += bool(one.differences)
        unread += one.fault is not None
        yield from _page(one)
        yield ""
    yield f"{pages} pages: {differing} differ from the register, {unread} could not be read. Nothing was written."


def _page(one: Watched) -> Iterator[str]:
    if one.fault is not None:
        yield f"{one.page.path} ({one.page.publisher}): could not be read: {one.fault}"
        return
    dated = f"of {one.date}" if one.date else "without a day of its own"
    guessed = "" if one.format_by == "given" else f"{one.format} by its {one.format_by}, "
    yield f"{one.page.path} ({one.page.publisher}): {guessed}list of {one.service}, {dated}; {one.same} the same"
    for difference in one.differences:
        yield f"  {WORDS[difference.what]:13} {difference.name} ({difference.party}){_details(difference)}"
        for line in _objection(difference):
            yield f"                {line}"
    remarks = one.report.of(Kind.NOT_UNDERSTOOD, Kind.GUESSED) if one.report else []
    if remarks:
        command = (
            f"graphsvc import {one.format} {one.page.path} --publisher {shlex.quote(one.page.publisher)} --dry-run"
        )
        yield f"  {len(remarks)} remarks on reading it: {command}"


def _details(difference: Difference) -> str:
    before, after = (_places(places) for places in (difference.places_before, difference.places_after))
    if difference.what == "moved":
        return f": {before} before, {after} now"
    if difference.what == "other_purpose":
        return f": {difference.purpose_before!r} before, {difference.purpose_after!r} now"
    purpose = difference.purpose_after or difference.purpose_before
    return f": {purpose or 'purpose not said'}; {after or before}"


def _places(places: tuple[str, ...] | None) -> str:
    return ", ".join(places or ())


def _objection(difference: Difference) -> Iterator[str]:
    if difference.what not in {"gained", "moved"}:
        return
    for window in difference.windows:
        until = window.last_day or "unknown: the day of the announcement is not known"
        yield f"object until {until} ({window.objection_days} days by the {window.where} of {window.of})"
    if not difference.windows:
        yield "object until unknown: neither contract nor list records the days"
