"""What a what-if changes: the difference on top, then before and after side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from graphsvc.model import Status
from graphsvc.terminal.common import MOST_ROWS, Row, data, first, footing, left, recipient

WORDS = {"gained": "new", "lost": "gone", "worse": "worse", "better": "better", "other": "different"}
MOST_LINES = 40
"""So many lines that differ a person reads; of more only the direct recipients are shown."""
MOST_HOLDINGS = 12
NOT_FINE = frozenset({"uncovered", "lapsed", "unknown"})
MARKS = {"gained": "+ ", "lost": "- ", "worse": "!!", "better": "  ", "other": "~ "}


def what_if(body: Row) -> RenderableType:
    """The whole answer.

    Args:
        body: The answer as `WhatIf.difference` makes it.
    """
    bad: Counter[bool] = Counter()
    changed = first(body["changed"], lambda row: bad.update([row["status_after"] in NOT_FINE]))
    parts: list[RenderableType] = [Text(line) for line in _head(body)]
    if changed:
        parts += [*_changed(changed), *left(body["total"], len(changed), "lines that differ")]
    parts += [_sides(body), *_lists(body), Text(_closing(body, bad[True]), "bold")]
    return Group(*parts)


def _head(body: Row) -> Iterator[str]:
    idle = {each["change"]: each["why"] for each in body["without_effect"]}
    yield f"{body['name'] or 'What if'}, on {body['on']}  (law {body['law']}), {_about(body['about'])}"
    for place, change in enumerate(body["changes"]):
        yield f"  {place + 1}. {change['says']}" + (f"\n     WITHOUT EFFECT: {idle[place]}" if place in idle else "")
    for note in body["notes"]:
        yield f"     note on {note['change'] + 1}: {note['text']}"
    yield ""


def _about(about: Row) -> str:
    names = ", ".join(party["name"] for party in about["controllers"])
    return {
        "all": f"all {about['number']} controllers",
        "asked": f"for {names or 'nobody'}",
        "touched": f"for whom it can touch: {names or 'nobody'}",
    }[about["whose"]]


def _changed(rows: list[Row]) -> Iterator[RenderableType]:
    """The lines that differ; of many, those of direct recipients, and how many lie behind them."""
    merged = _merged(rows)
    shown = [pair for pair in merged if len(merged) <= MOST_LINES or _depth(pair[0]) == 1]
    if shown:
        yield _table(shown)
    deeper: dict[tuple[str, str, str, str], int] = {}
    for row, _ in (pair for pair in merged if pair not in shown):
        key = (row["controller"]["name"], row["kind"], row["status_before"], row["status_after"])
        deeper[key] = deeper.get(key, 0) + 1
    for (controller, kind, before, after), number in sorted(deeper.items(), key=lambda pair: pair[0][:2]):
        steps = " -> ".join((status or "none").replace("_", " ") for status in (before, after))
        yield Text(f"{controller}: further down its chains {number} more {WORDS[kind]} ({steps}).")
    if deeper:
        yield Text("--format csv or json shows every one.\n")


def _depth(row: Row) -> int:
    return len(row["chain_after"] or row["chain_before"])


def _table(merged: list[tuple[Row, int]]) -> Table:
    table = Table(title="What differs, worst first", title_justify="left", header_style="bold")
    for name in ("What", "Controller", "To", "Country", "Before", "After", "Act, or why", "Step"):
        table.add_column(name, overflow="fold", no_wrap=name in {"What", "Country", "Before", "After", "Step"})
    for row, activities in merged:
        table.add_row(
            f"{MARKS[row['kind']]} {WORDS[row['kind']]}",
            row["controller"]["name"],
            recipient(row["service"], row["importer"]),
            row["country"],
            footing(Status(row["status_before"])) if row["status_before"] else "(none)",
            footing(Status(row["status_after"])) if row["status_after"] else "(none)",
            "; ".join(_why(row, activities)),
            str(_depth(row)),
        )
    return table


def _merged(rows: Iterable[Row]) -> list[tuple[Row, int]]:
    """Lines that differ in their activity only, as one; with how many activities it stands for."""
    found: dict[tuple[str, ...], tuple[Row, set[str]]] = {}
    for row in rows:
        keys = ("kind", "country", "status_before", "status_after", "reason_before", "reason_after")
        key = (row["controller"]["id"], row["service"]["id"], *(str(row[key]) for key in keys))
        found.setdefault(key, (row, set()))[1].add(row["activity"]["id"])
    return [(row, len(activities)) for row, activities in found.values()]


def _why(row: Row, activities: int) -> Iterator[str]:
    if row["instead_of"]:
        yield f"instead of {row['instead_of']['name']}"
    if row["status_after"] and (row["kind"] != "other" or row["act_before"] != row["act_after"]):
        yield row["act_after"] or row["reason_after"].partition(" (what if: ")[0].rstrip(".")
    if row["kind"] == "lost":
        yield "falls away"
    if row["kind"] == "other" and row["chain_before"] != row["chain_after"]:
        yield "through another chain"
    for key, verb in (("data_lost", "no longer"), ("data_gained", "now also")):
        if row["kind"] not in {"gained", "lost"} and row[key]:
            yield f"{verb} {data(row[key], 3)}"
    if row["parents_outside_before"] != row["parents_outside_after"] and row["status_after"] == Status.INSIDE.value:
        groups = ", ".join(f"{group['name']} ({group['country']})" for group in row["parents_outside_after"])
        yield f"belongs to {groups}" if groups else "belongs to no group outside"
    if row["transfer_impact_assessment_after"] is False:
        yield "no transfer impact assessment"
    if row["basis"] in {"inferred", "assumed"}:
        yield f"rests on what is {row['basis']}"
    if activities > 1:
        yield f"{activities} activities"


def _sides(body: Row) -> Table:
    table = Table(title="Lines before and after", title_justify="left", header_style="bold")
    table.add_column("Footing", no_wrap=True)
    for name in ("Before", "After", "Difference"):
        table.add_column(name, justify="right")
    for status in Status:
        was, is_ = (body[side]["by_status"][status.value] for side in ("before", "after"))
        if was or is_:
            table.add_row(footing(status), str(was), str(is_), _signed(is_ - was))
    table.add_section()
    was, is_ = body["before"]["total"], body["after"]["total"]
    table.add_row("transfers in all", str(was), str(is_), _signed(is_ - was))
    for country in sorted(body["before"]["by_country"] | body["after"]["by_country"]):
        was, is_ = (body[side]["by_country"].get(country, 0) for side in ("before", "after"))
        if was != is_:
            table.add_row(f"to {country}", str(was), str(is_), _signed(is_ - was))
    return table


def _signed(number: int) -> str:
    return f"{number:+}" if number else "="


def _lists(body: Row) -> Iterator[RenderableType]:
    totals = body["totals"]
    cut_off = first(body["cut_off"])
    for cut in cut_off:
        services = ", ".join(recipient(service, service["party"]) for service in cut["services"])
        without = "and has no recipient left" if cut["entirely"] else "and keeps others"
        yield Text(f"{cut['controller']['name']}: {cut['activity']['name']} no longer sends to {services}, {without}.")
    yield from left(totals["cut_off"], len(cut_off), "activities that are cut off", "json")
    for key, one, more in (("lost", "no longer holds", "no longer hold"), ("gained", "would hold", "would hold")):
        yield from _holdings(body["holdings"][key], totals[f"holdings_{key}"], one, more)


def _holdings(rows: Iterable[Row], total: int, one: str, more: str) -> Iterator[Text]:
    """Who holds what on one side only; of many, those that a controller itself sends to, and how many lie behind."""
    shown, direct = 0, 0
    behind: Counter[str] = Counter()
    for row in rows:
        whose = row["controller"]["name"]
        if total > MOST_HOLDINGS and row["depth"] > 1:
            behind[whose] += 1
            continue
        direct += 1
        if shown < MOST_ROWS:
            shown += 1
            role = "" if row["role"] == "unknown" else f", {row['role'].replace('_', ' ')},"
            who = f"{recipient(row['service'], row['party'])}{role}"
            yield Text(f"{who} {one}, of {whose}: {data(row['data'], 4)}")
    yield from left(direct, shown, f"recipients that {more} data", "json")
    for whose, number in sorted(behind.items())[:MOST_ROWS]:
        yield Text(f"{whose}: further down its chains {number} more {more} data of it.")
    yield from left(len(behind), min(len(behind), MOST_ROWS), "controllers", "json")


def _closing(body: Row, bad: int) -> str:
    kinds = body["totals"]["by_kind"]
    if not body["totals"]["changed"]:
        return "\nNothing differs: every line is as it was.\n"
    order = ("worse", "gained", "better", "lost", "other")
    counts = ", ".join(f"{kinds[kind]} {WORDS[kind]}" for kind in order if kinds[kind])
    look = f" Look first at the {bad} with no footing, or an unknown one, afterwards." if bad else ""
    number = body["totals"]["changed"]
    return f"\n{number} {'line differs' if number == 1 else 'lines differ'}: {counts}.{look}\n"
