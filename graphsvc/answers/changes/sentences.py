"""Changes in words, English or Dutch: one sentence for what is different, one for why, one for what can be done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from graphsvc.answers.changes.objection import Window
from graphsvc.model import UNKNOWN, Vocabulary, label
from graphsvc.translation import country_name, gettext

Row = dict[str, Any]
MOST_ITEMS = 6
"""Data items that a sentence names."""


def what(row: Row, language: str, vocabulary: Vocabulary) -> str:
    """What is different, in one sentence without an end mark.

    Args:
        row: A change as `plain_changes.change` makes it.
        vocabulary: The words that data is told in.
    """
    told = {key: _value(row, row[key], language) for key in ("before", "after")}
    return gettext(
        language,
        f"changes.{row['kind']}",
        **of_flow(row, language),
        status=gettext(language, f"status.{row['status']}"),
        data=data(row["data"], language, vocabulary),
        **told,
    )


def of_flow(row: Row, language: str) -> dict[str, str]:
    """What a sentence about a flow calls its sides, its place, the role of the recipient and the tool."""
    return {
        "sender": row["sender"]["name"],
        "recipient": recipient(row, language),
        "party": row["importer"]["name"],
        "country": country(row["country"], language),
        "role": gettext(language, f"role.{row['role']}"),
        "tool": row["tool"]["name"] if row["tool"] else "",
    }


def country(code: str | None, language: str) -> str:
    """A country by its name; a place that nobody told us in words of its own."""
    return gettext(language, "changes.unknown_place") if code in (None, UNKNOWN) else country_name(language, code)


def recipient(row: Row, language: str) -> str:
    """A service and whose it is, as far as that is known."""
    name, provider = row["service"]["name"], row["importer"]
    owner = gettext(language, "word.unnamed") if provider["id"] == UNKNOWN else provider["name"]
    return name if owner == name else f"{name} ({owner})"


def data(items: Iterable[Row], language: str, vocabulary: Vocabulary) -> str:
    """Data items in words."""
    names = [
        f"{label(vocabulary.categories, item['category'], language)} "
        f"({label(vocabulary.subjects, item['subject'], language)})"
        for item in items
    ]
    shown = names[:MOST_ITEMS]
    if len(names) > MOST_ITEMS:
        shown.append(gettext(language, "word.more", count=len(names) - MOST_ITEMS))
    return ", ".join(shown)


def why(row: Row, language: str) -> str:
    """Why it is different, in one sentence."""
    cause = row["cause"]
    if cause["document"]:
        return gettext(language, "changes.because.document", **cause["document"], day=cause["day"])
    acts = "; ".join(cause["acts"]) or gettext(language, "changes.no_act")
    facts = ", ".join(_fact(fact, language) for fact in cause["facts"]) or gettext(language, "changes.no_fact")
    return gettext(language, f"changes.because.{cause['kind']}", acts=acts, facts=facts)


def objection(row: Row, language: str) -> str | None:
    """Until when one may object; None where there is nothing to object to."""
    window = row["objection_window"]
    if window is None:
        return None
    name = window["object_to"]["name"]
    if window["last_day"] is None:
        return gettext(language, "changes.window_unknown", name=name, why=_unknown(window, language))
    key = "changes.window" if window["direct"] else "changes.window_through"
    days = window["objection_days"]["days"]
    return gettext(language, key, name=name, day=window["last_day"], days=days, announced=window["announced"])


def why_unknown(found: Window, language: str) -> str | None:
    """Why the last day of a window is not known; None when it is."""
    return _reasons([missing.value for missing in found.missing], language) if found.missing else None


def _unknown(window: Row, language: str) -> str:
    missing = {"objection_days": window["objection_days"], "announcement": window["announced"]}
    return _reasons([key for key, value in missing.items() if value is None], language)


def _reasons(missing: Iterable[str], language: str) -> str:
    return "; ".join(gettext(language, f"changes.missing.{key}") for key in missing)


def _fact(fact: Row, language: str) -> str:
    return gettext(language, f"changes.fact.{fact['kind']}.{fact['what']}", id=fact["id"], day=fact["day"])


def _value(row: Row, value: str | None, language: str) -> str:
    """A value before or after, in words."""
    if value is None:
        return gettext(language, "changes.nothing")
    key = _KEYS.get(row["kind"])
    return gettext(language, f"{key}.{value}") if key else value


_KEYS = {
    "status_changed": "status",
    "role_changed": "role",
    "assessment_changed": "changes.assessment",
}
