"""Changes as a text for a mail, and as an Atom feed; in English or Dutch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import nlargest
from itertools import chain, groupby
from typing import Any

from graphsvc.answers.changes.sentences import objection, what, why
from graphsvc.exports.feed import Entry, atom
from graphsvc.questions.changes import Changes
from graphsvc.spool import Spool
from graphsvc.text import canonical, digest
from graphsvc.translation import gettext

Row = dict[str, Any]


MOST_ENTRIES = 1_000
"""Entries of a feed, the last ones: a reader keeps those that it has seen."""


def mail(answer: Changes, language: str) -> Iterator[str]:
    """A text that can be forwarded as it is, piece by piece: the days in order, and on each day the worst first."""
    yield title(answer, language)
    yield f"\n\n{_opening(answer, language)}"
    for day, rows in groupby(answer.rows(), key=lambda row: row["day"]):
        yield f"\n\n{day}"
        for paragraph in _paragraphs(rows, answer, language):
            yield f"\n\n{paragraph}"
    yield f"\n\n{gettext(language, 'changes.mail.law', law=answer.law)}\n"


def feed(answer: Changes, language: str, link: str | None = None) -> bytes:
    """A feed, the last change first. A status that changed several times is an entry for each time."""
    entries = (entry for row in answer.rows() for entry in _entries(row, answer, language))
    last = nlargest(MOST_ENTRIES, entries, key=lambda entry: entry.when)
    updated = last[0].when if last else answer.since
    return atom(title(answer, language), answer.key, last, updated, link, _part(len(last), answer, language))


def _part(shown: int, answer: Changes, language: str) -> str | None:
    """That there are more entries than those shown, if so."""
    total = sum(1 for row in answer.rows() for _ in _steps(row))
    return gettext(language, "changes.feed.part", shown=shown, total=total) if total > shown else None


def title(answer: Changes, language: str) -> str:
    """What the answer is about."""
    return gettext(language, answer.title_key, **answer.title_values)


def _opening(answer: Changes, language: str) -> str:
    if not len(answer.spool):
        return gettext(language, "changes.mail.none")
    names = ", ".join(sorted(answer.counted.controllers))
    return gettext(language, "changes.mail.count", count=len(answer.spool), controllers=names)


def _paragraphs(rows: Iterable[Row], answer: Changes, language: str) -> Iterator[str]:
    """One paragraph for each thing to read: what differs in its activity only is told once.

    Of a paragraph only the place and a digest of what it says are in memory: a change of law makes many on one day.
    """
    places: dict[str, int] = {}
    spool = Spool(1)
    for row in rows:
        says = (row["controller"]["id"], what(row, language, answer.vocabulary), why(row, language))
        place = places.setdefault(digest(canonical(says)), len(places))
        spool.add((place,), (place, row))
    for _, alike in groupby(spool.rows(), key=lambda pair: pair[0]):
        row, *others = (found for _, found in alike)
        activities = dict.fromkeys(chain.from_iterable(found["activities"] for found in (row, *others)))
        details = (f"  {line}" for line in _details(row, activities, answer, language))
        yield "\n".join([f"* {row['controller']['name']}: {what(row, language, answer.vocabulary)}.", *details])


def _details(row: Row, activities: Iterable[str], answer: Changes, language: str) -> Iterator[str]:
    yield why(row, language)
    if offered := objection(row, language):
        yield offered
    yield gettext(language, "changes.mail.activities", names=", ".join(map(answer.name, activities)))
    along = [step["from"] for step in row["chain"]] + [row["chain"][-1]["to"]]
    yield gettext(language, "changes.mail.chain", chain=" > ".join(map(answer.name, along)))
    if row["basis"] in {"inferred", "assumed"}:
        yield gettext(language, "changes.mail.basis", basis=gettext(language, f"basis.{row['basis']}"))
    yield gettext(language, "changes.mail.sources", sources=sources(row, language))


def sources(row: Row, language: str) -> str:
    """Where it is said, and how directly."""
    return "; ".join(
        f"{item['source']}, {item['locator']} ({gettext(language, 'basis.' + item['basis'])})"
        for item in row["sources"]
    )


def _entries(row: Row, answer: Changes, language: str) -> Iterator[Entry]:
    """The entries of one change: one for each day on which a status became another one, else one."""
    for told in _steps(row):
        yield Entry(
            (*answer.entry_key, *_key(told), told["day"], str(told["after"])),
            f"{told['controller']['name']}: {what(told, language, answer.vocabulary)}",
            "\n".join(_details(told, told["activities"], answer, language)),
            told["day"],
            (told["kind"], told["cause"]["kind"]),
        )


def _steps(row: Row) -> Iterator[Row]:
    """A change of a status that came in several steps, step by step."""
    cause = row["cause"]
    if row["kind"] != "status_changed" or len(cause["days"]) < 2:
        yield row
        return
    before = row["before"]
    for step in cause["days"]:
        acts = list(dict.fromkeys(turn["act"] for turn in cause["rows"] if turn["day"] == step["day"]))
        facts = [fact for fact in cause["facts"] if fact["day"] == step["day"]]
        own = {"before": before, "after": step["then"], "day": step["day"]}
        yield row | own | {"cause": cause | {"acts": acts, "facts": facts}}
        before = step["then"]


def _key(row: Row) -> tuple[str, ...]:
    """What makes a change the one it is, whichever days were asked about."""
    tool = row["tool"]["id"] if row["tool"] else ""
    activity = row["activities"][0] if row["kind"] in OF_ONE_ACTIVITY else ""
    return (row["controller"]["id"], row["kind"], row["flow"], row["country"] or "", tool, activity)


OF_ONE_ACTIVITY = frozenset({"status_changed", "act_changed", "assessment_changed"})
"""What is told of each activity by itself."""
