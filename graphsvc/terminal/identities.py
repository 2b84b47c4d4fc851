"""Who is who, as a person reads it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from graphsvc.register import Outcome

MOST_LINES = 40


def proposal_lines(outcome: Outcome) -> Iterator[str]:
    """What a load proposes to decide on; nothing where it proposes nothing. Long lists are cut, which a line says."""
    found = outcome.proposals
    if found:
        yield ""
        yield f"May be one ({len(found)}); nothing was merged: graphsvc merge A B, or graphsvc merge A B --different"
    for each in islice(found, MOST_LINES):
        yield f"  {each.sure:7} {each.party} ({each.party_name}), {each.other} ({each.other_name})"
        yield from (f"          {reason.text}" for reason in each.reasons)
    if len(found) > MOST_LINES:
        yield f"  and {len(found) - MOST_LINES} more (graphsvc identities shows all)"
    if outcome.not_compared:
        yield f"  {outcome.not_compared} parties were not compared (graphsvc identities compares all)"
