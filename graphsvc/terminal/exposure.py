"""The breach table: whose data is exposed, then who calls whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from graphsvc.model import Status
from graphsvc.terminal.common import Row, count, data, first, footing, left, recipient

MOST_CONTROLLERS = 100
"""Controllers that the tables show; each has a whole list of calls."""
MARKED = (("special", "special"), ("criminal", "criminal"), ("vulnerable", "vulnerable"))

KINDS = {"art28": "Art. 28:", "art26": "Art. 26:", "terms": "General terms:", "none": "None"}


def exposure(body: Row) -> RenderableType:
    """The breach table of an answer as `Exposure.whole` makes it."""
    at = body["party"]["name"]
    where = ", ".join(service["name"] for service in body["services"])
    title = f"A breach at {at} on {body['on']}: whose data is exposed, most at stake first"
    counts: Counter[str] = Counter()
    items = first(body["items"], lambda item: counts.update(_counted(item)), MOST_CONTROLLERS)
    parts: list[RenderableType] = [_whose(items, title), Text(f"Services: {where or 'none known'}\n")]
    if items:
        parts.append(_calls(items))
    return Group(*parts, *left(body["total"], len(items), "controllers"), *_notes(body), _summary(body, counts))


def _counted(item: Row) -> Row:
    return {"special": item["special"] is True, "lacking": len(item["without_contract"])}


def _whose(items: list[Row], title: str) -> Table:
    table = Table(title=title, title_justify="left", header_style="bold")
    for name in ("Controller", "Data", "At stake", "Where", "Footing", "Step", "Said"):
        table.add_column(name, overflow="fold", no_wrap=name == "Step")
    for item in items:
        table.add_row(
            item["controller"]["name"],
            data(item["data"]),
            "\n".join(_at_stake(item)),
            " ".join(item["countries"]),
            footing(Status(item["status"])),
            str(item["depth"]),
            item["basis"].replace("_", " "),
        )
    return table


def _at_stake(item: Row) -> Iterator[str]:
    for key, word in MARKED:
        if item[key]:
            yield f"!! {item['stake'][key]} {word}"
        elif item[key] is None:
            yield f"?? may be {word}"
    yield count(item["stake"]["items"], "item")


def _calls(items: list[Row]) -> Table:
    table = Table(title="Who tells whom", title_justify="left", header_style="bold")
    for name in ("Controller", "Call", "Who", "Tells", "Duty", "By when", "Contract"):
        table.add_column(name, overflow="fold", no_wrap=name == "Call")
    for item in items:
        table.add_section()
        for place, call in enumerate(item["notify"]):
            table.add_row("" if place else item["controller"]["name"], *_call(call))
    return table


def _call(call: Row) -> Iterator[str]:
    yield str(call["step"])
    role = f", as {call['role'].replace('_', ' ')}" if call["role"] else ""
    yield _name(call["who"], call["who_service"]) + role
    yield _name(call["whom"], call["whom_service"])
    duty = call["duty"] or {"article": None, "condition": None}
    yield "\n".join(filter(None, [duty["article"], duty["condition"], call["why"]]))
    yield call["by_when"] or "-"
    yield _contract(call)


def _name(party: Row, service: Row | None) -> str:
    return recipient(service, party) if service and party["name"] == "unknown" else party["name"]


def _contract(call: Row) -> str:
    contract: Any = call["contract"]
    title = " ".join(filter(None, [KINDS[contract["kind"]], contract["title"], contract["date"]])) if contract else ""
    note = f"!! {call['contract_note']}" if call["contract_note"] else ""
    return "\n".join(filter(None, [title, note]))


def _notes(body: Row) -> Iterator[Text]:
    if body["own_activities"]:
        names = ", ".join(activity["name"] for activity in body["own_activities"])
        yield Text(f"{body['party']['name']} answers for activities of its own, which are not above: {names}.")
    for found in body["may_be_exposed"]:
        names = ", ".join(recipient["service"]["name"] for recipient in found["recipients"])
        who = found["controller"]["name"] + (", beside the above" if found["listed"] else "")
        yield Text(f"?? {who}: {count(found['count'], 'recipient')} that nobody named may be it: {names}.")
    if body["may_be_exposed_total"] > len(body["may_be_exposed"]):
        yield Text(f"?? and {body['may_be_exposed_total'] - len(body['may_be_exposed'])} more controllers.")


def _summary(body: Row, counts: Counter[str]) -> Text:
    told = [
        f"{counts['special']} with special categories",
        f"{count(counts['lacking'], 'call')} without a fitting contract on record",
        f"{body['may_be_exposed_total']} with recipients that nobody named",
    ]
    reason = f" {body['reason']}" if body["reason"] else ""
    return Text(f"\n{count(body['total'], 'controller')} exposed: {', '.join(told)}.{reason}\n", "bold")
