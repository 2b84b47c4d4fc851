"""Who is who, as a person reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from graphsvc.answers.identities import plain as plain_identities
from graphsvc.register import Outcome
from graphsvc.terminal.common import Row

MOST_LINES = 40
MOST_COMMON = 10


def proposal_lines(outcome: Outcome) -> Iterator[str]:
    """What a load proposes to decide on; nothing where it proposes nothing. Long lists are cut, which a line says."""
    found = outcome.proposals
    if found:
        yield ""
        total = outcome.proposals_total
        yield f"May be one ({total}); nothing was merged: graphsvc merge A B, or graphsvc merge A B --different"
    for each in islice(found, MOST_LINES):
        yield f"  {each.sure:7} {each.party} ({each.party_name}), {each.other} ({each.other_name})"
        yield from (f"          {reason.text}" for reason in each.reasons)
    if outcome.proposals_total > MOST_LINES:
        yield f"  and {outcome.proposals_total - MOST_LINES} more (graphsvc identities shows all)"
    yield from common_lines(plain_identities.too_common(outcome.common))


def common_lines(head: Row) -> Iterator[str]:
    """What too many parties have in common to be compared for it; nothing where there is none."""
    told, total = head["too_common"][:MOST_COMMON], head["too_common_total"]
    yield from (f"  {each['reason']}" for each in told)
    if total > len(told):
        yield f"  and {total - len(told)} more that too many have in common"


def identities(head: Row, rows: Iterable[Row]) -> RenderableType:
    """Open proposals and decisions, what was not compared, and a line that says what to do."""
    table = Table(title="Who is who", title_justify="left", header_style="bold")
    for name in ("What", "Party", "Other", "Why", "Document"):
        table.add_column(name, overflow="fold")
    is_open, total = 0, 0
    for row in rows:
        total += 1
        is_open += row["kind"] == "proposal"
        what = f"may be one ({row['sure']})" if row["kind"] == "proposal" else row["kind"]
        parties = (f"{row[key]['name']}\n{row[key]['id']}" for key in ("party", "other"))
        why = "\n".join(reason["reason"] for reason in row["reasons"])
        table.add_row(*map(Text, (what, *parties, why, row["document"] or "")))
    said = f"{is_open} to decide on: graphsvc merge A B --reason TEXT, with --different if they are not one."
    return Group(
        table,
        *(Text(line) for line in common_lines(head)),
        Text(f"\n{said if is_open else 'Nothing to decide on.' if total else 'Nobody to decide on.'}\n", "bold"),
    )
