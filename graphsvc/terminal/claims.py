"""The table of claims against facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from graphsvc.model import Severity, Verdict
from graphsvc.terminal.common import Row, first, left

MARKS = {
    Verdict.CONTRADICTED: ("!!", "bold red"),
    Verdict.CANNOT_TELL: ("??", "bold magenta"),
    Verdict.NOT_CHECKABLE: ("  ", "yellow"),
    Verdict.HOLDS: ("  ", "green"),
}
SHOWN = 4


def claims(rows: Iterable[Row], on: str) -> RenderableType:
    """The table of claims against facts; what a reader noticed about a claim stands with the claim."""
    counted = _Counted()
    found = first(rows, counted.add)
    told = {remark["id"] for row in found for remark in row["remarks"]}
    table = Table(title=f"Claims against facts on {on}", title_justify="left", header_style="bold", show_lines=True)
    for name in ("Controller", "Severity", "Verdict", "What is said, or not said", "The other side"):
        table.add_column(name, overflow="fold", no_wrap=name in {"Severity", "Verdict"})
    for row in found:
        if row["kind"] != "remark" or row["id"] not in told:
            cells = (row["controller"]["name"], row["severity"] or "-", _verdict(row), _said(row), _other(row))
            table.add_row(*(cell if isinstance(cell, Text) else Text(cell) for cell in cells))
    return Group(table, *left(counted.kinds.total(), len(found), "findings"), counted.summary())


def _verdict(row: Row) -> Text:
    verdict = Verdict(row["verdict"])
    mark, style = MARKS[verdict]
    word = row["kind"] if row["kind"] != "claim" else verdict.value.replace("_", " ")
    return Text(f"{mark} {word}", style=style)


def _said(row: Row) -> str:
    """The text, and in which place; of a silence the article that asks for it."""
    places = ", ".join(dict.fromkeys(source["locator"] for source in row["sources"]))
    asked = row["article"] if row["kind"] == "silent" else None
    return "\n".join([row["text"], *filter(None, [places and f"[{places}]", asked])])


def _other(row: Row) -> str:
    facts = list(dict.fromkeys(map(_fact, row["against"] or row["unknown"])))
    lines = facts[:SHOWN] + ([f"  and {len(facts) - SHOWN} more"] if len(facts) > SHOWN else [])
    lines += [f"* {remark['text']}" for remark in row["remarks"]]
    return "\n".join(lines or [row["reason"]])


def _fact(fact: Row) -> str:
    """A fact, how sure it is, and in which place it begins."""
    doubt = f" ({fact['basis']})" if fact["basis"] in {"inferred", "assumed"} else ""
    place = f" [{fact['sources'][0]['locator']}]" if fact["sources"] else ""
    return f"- {fact['reason']}{doubt}{place}"


class _Counted:
    """How many findings there are, and the first of the grave ones."""

    def __init__(self) -> None:
        self.kinds: Counter[tuple[str, str]] = Counter()
        self._grave: list[str] = []

    def add(self, row: Row) -> None:
        self.kinds[row["kind"], row["verdict"]] += 1
        is_grave = row["severity"] == Severity.HIGH and row["verdict"] == "contradicted"
        if is_grave and len(self._grave) < SHOWN:
            self._grave.append(row["id"])

    def summary(self) -> Text:
        return Text("\n" + " ".join(self._sentences()) + "\n", "bold")

    def _sentences(self) -> Iterator[str]:
        claims_wrong, claims_open = (self.kinds["claim", verdict] for verdict in ("contradicted", "cannot_tell"))
        silent = self.kinds["silent", "contradicted"]
        yield f"{claims_wrong} claims contradicted, {claims_open} that cannot be told, {silent} silences."
        if self._grave:
            yield f"Look first at {', '.join(self._grave)}."
        yield "A line starting with - is a fact in the register, with * what a reader noticed."
