"""The tables of what hangs on whom: parties, countries, circles, longest chains, and whom to replace."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from graphsvc.model import UNKNOWN, Status
from graphsvc.terminal.common import Row, footing
from graphsvc.translation import gettext

PARTIES, COUNTRIES = 25, 12
"""Rows of the tables; JSON and CSV have all."""


def concentration(body: Row) -> RenderableType:
    """The tables of an answer as `ConcentrationAnswer.body` makes it."""
    parts: list[RenderableType] = [_parties(body), _countries(body)]
    if body["longest_chains"]:
        parts.append(_chains(body["longest_chains"]))
    if body["replacement"]["parties"]:
        parts.append(_replacement(body["replacement"]))
    return Group(*parts, *map(Text, _notes(body)), Text(f"\n{_summary(body)}\n", "bold"))


def _table(title: str, *names: str) -> Table:
    table = Table(title=title, title_justify="left", header_style="bold")
    for name in names:
        table.add_column(name, overflow="fold", no_wrap=name in {"Footing", "Step", "Items", "Share"})
    return table


def _parties(body: Row) -> Table:
    table = _table(
        f"What hangs on whom on {body['on']}  (law {body['law']})",
        *("Party", "Controllers", "Items", "Share", "Special", "Step", "Where", "Footing, at worst"),
        "Falls away with it",
    )
    for row in body["items"][:PARTIES]:
        table.add_row(
            f"{_name(row)} ({len(row['services'])} services)" if len(row["services"]) > 1 else _name(row),
            f"{row['controllers']}, {_count(row['activities'], 'activity', 'activities')}",
            str(row["pairs"]),
            f"{row['share']:.0%}",
            "\n".join(_special(row)),
            str(row["depth"]),
            " ".join(row["countries"]),
            footing(Status(row["status"])),
            _falls_away(row),
        )
    return table


def _name(row: Row) -> str:
    return gettext("en", "word.unnamed") if row["party"]["id"] == UNKNOWN else row["party"]["name"]


def _special(row: Row) -> Iterator[str]:
    if row["special"]:
        yield f"!! {' '.join(row['special'])}"
    if row["may_be_special"]:
        yield f"?? {' '.join(row['may_be_special'])}"


def _falls_away(row: Row) -> str:
    parts = []
    if row["lost_activities"]:
        parts.append(f"all recipients of {_count(len(row['lost_activities']), 'activity', 'activities')}")
    if row["lost_services"]:
        parts.append(_count(len(row["lost_services"]), "service behind it", "services behind it"))
    return "; ".join(parts) or "-"


def _countries(body: Row) -> Table:
    table = _table("Where the data is", "Country", "Controllers", "Parties", "Items", "Share", "By footing")
    for row in body["countries"][:COUNTRIES]:
        counts = (f"{n} {status.replace('_', ' ')}" for status, n in row["by_status"].items() if n)
        numbers = (str(row[key]) for key in ("controllers", "parties", "pairs"))
        table.add_row(row["country"], *numbers, f"{row['share']:.0%}", ", ".join(counts))
    return table


def _chains(rows: Iterable[Row]) -> Table:
    table = _table("Furthest recipient of each controller", "Controller", "Step", "To", "Footing", "Chain", "Said")
    for row in rows:
        chain = " > ".join([row["chain"][0]["from"], *(step["to"] for step in row["chain"])])
        said = row["basis"].replace("_", " ")
        table.add_row(
            row["controller"]["name"], str(row["depth"]), _name(row), footing(Status(row["status"])), chain, said
        )
    return table


def _replacement(found: Row) -> Table:
    title = "Replace these" if found["exact"] else f"Replace these (at least {found['lower_bound']} of so many)"
    table = _table(title, "Party", "Services", "A chain that shows why", "Footing", "Country")
    for row in found["parties"]:
        proof = row["proof"]
        services = ", ".join(service["name"] for service in row["services"])
        if proof is None:
            table.add_row(_name(row), services, "-", "-", "-")
            continue
        chain = " > ".join([proof["chain"][0]["from"], *(step["to"] for step in proof["chain"])])
        table.add_row(_name(row), services, chain, footing(Status(proof["status"])), proof["country"])
    return table


def _notes(body: Row) -> Iterator[str]:
    for rows, shown, what in (("items", PARTIES, "parties"), ("countries", COUNTRIES, "countries")):
        if len(body[rows]) > shown:
            yield f"{len(body[rows]) - shown} more {what}: --format json shows all."
    for cycle in body["cycles"]:
        members = ", ".join(_name({"party": party}) for party in cycle["parties"])
        services = ", ".join(service["name"] for service in cycle["services"])
        yield f"A circle: {members} pass data round among {services}."
    if body["cycles_total"] > len(body["cycles"]):
        yield f"{body['cycles_total'] - len(body['cycles'])} more circles, smaller ones."


def _summary(body: Row) -> str:
    found = body["replacement"]
    kept = f"Footings that may stay: {', '.join(found['accepted'])}." if found["accepted"] else ""
    unknown = f"?? {_count(found['unknown_left'], 'line')} may still be a transfer: nobody told where, or who."
    return "\n".join(filter(None, [_advice(found), found["why"], kept, unknown if found["unknown_left"] else ""]))


def _advice(found: Row) -> str:
    if not found["size"]:
        return ""
    left = (
        "no transfer is left"
        if not found["left"]
        else f"{_count(found['left'], 'transfer')} of {found['transfers']} left"
    )
    return f"Replace {_count(found['size'], 'party', 'parties')}: {left}."


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or f'{one}s'}"
