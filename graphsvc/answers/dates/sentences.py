"""Days ahead in words, English or Dutch."""

from __future__ import annotations

from typing import Any

from graphsvc.answers.changes.sentences import of_flow, recipient
from graphsvc.translation import gettext

Row = dict[str, Any]


def what(row: Row, language: str) -> str:
    """What the day is, in one sentence without an end mark.

    Args:
        row: A day as `plain_dates.date` makes it.
    """
    return gettext(
        language,
        f"dates.{row['kind']}",
        **of_flow(row, language),
        source=row["source"]["name"] if row["source"] else "",
        event=row["events"][0]["title"] if row["events"] else "",
    )


def footing(row: Row, language: str) -> str | None:
    """What becomes of the footing; None: the day is not about one."""
    if row["before"] is None or row["after"] is None:
        return None
    told = {key: gettext(language, f"status.{row[key]}") for key in ("before", "after")}
    return gettext(language, "dates.same_footing" if row["before"] == row["after"] else "dates.footing", **told)


MOST_RECIPIENTS = 8


def touches(row: Row, language: str) -> str:
    """The recipients of the flows that the day touches, nearest first."""
    names = list(dict.fromkeys(recipient(flow, language) for flow in row["flows"]))
    shown = names[:MOST_RECIPIENTS]
    if len(names) > MOST_RECIPIENTS:
        shown.append(gettext(language, "word.more", count=len(names) - MOST_RECIPIENTS))
    return ", ".join(shown)
