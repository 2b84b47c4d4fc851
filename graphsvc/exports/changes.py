"""Changes as a text for a mail, and as an Atom feed; in English or Dutch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from graphsvc.answers.tell_changes import objection, what, why
from graphsvc.exports.feed import Entry, atom
from graphsvc.language import say
from graphsvc.questions.changes import Changes

Row = dict[str, Any]


def mail(answer: Changes, language: str) -> str:
    """A text that can be forwarded as it is: the days in order, and on each day the worst first."""
    rows = list(answer.rows())
    blocks = [title(answer, language), _opening(rows, language)]
    for day, found in groupby(rows, key=lambda row: row["day"]):
        blocks += [day, *_blocks(found, answer, language)]
    blocks.append(say(language, "changes.mail.law", law=answer.law))
    return "\n\n".join(blocks) + "\n"


def feed(answer: Changes, language: str, link: str | None = None) -> bytes:
    """A feed, the last change first. A status that changed several times is an entry for each time."""
    entries = [entry for row in answer.rows() for entry in _entries(row, answer, language)]
    entries.sort(key=lambda entry: entry.when, reverse=True)
    updated = entries[0].when if entries else answer.since
    return atom(title(answer, language), answer.key, entries, updated, link)


def title(answer: Changes, language: str) -> str:
    """What the answer is about."""
    return say(language, answer.title_key, **answer.title_values)


def _opening(rows: list[Row], language: str) -> str:
    if not rows:
        return say(language, "changes.mail.none")
    names = ", ".join(sorted({row["controller"]["name"] for row in rows}))
    return say(language, "changes.mail.count", count=len(rows), controllers=names)


def _blocks(rows: Iterable[Row], answer: Changes, language: str) -> Iterator[str]:
    """One paragraph for each thing to read: what differs in its activity only is told once."""
    told: dict[tuple[str, str, str], tuple[Row, list[str]]] = {}
    for row in rows:
        key = (row["controller"]["id"], what(row, language, answer.vocabulary), why(row, language))
        _, activities = told.setdefault(key, (row, []))
        activities += [name for name in row["activities"] if name not in activities]
    for (_, sentence, _), (row, activities) in told.items():
        details = (f"  {line}" for line in _details(row, activities, answer, language))
        yield "\n".join([f"* {row['controller']['name']}: {sentence}.", *details])


def _details(row: Row, activities: Iterable[str], answer: Changes, language: str) -> Iterator[str]:
    yield why(row, language)
    if offered := objection(row, language):
        yield offered
    yield say(language, "changes.mail.activities", names=", ".join(map(answer.name, activities)))
    along = [step["from"] for step in row["chain"]] + [row["chain"][-1]["to"]]
    yield say(language, "changes.mail.chain", chain=" > ".join(map(answer.name, along)))
    if row["basis"] in {"inferred", "assumed"}:
        yield say(language, "changes.mail.basis", basis=say(language, f"basis.{row['basis']}"))
    yield say(language, "changes.mail.sources", sources=sources(row, language))


def sources(row: Row, language: str) -> str:
    """Where it is said, and how directly."""
    return "; ".join(
        f"{item['source']}, {item['locator']} ({say(language, 'basis.' + item['basis'])})" for item in row["sources"]
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
