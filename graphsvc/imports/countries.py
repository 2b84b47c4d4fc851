"""Which country somebody may have meant who wrote something else than its ISO 3166-1 alpha-2 code."""

from __future__ import annotations

from functools import cache

import pycountry

from graphsvc.imports.text import parse
from graphsvc.nearest import offer
from graphsvc.resources import resource

TABLE = resource("seed_data") / "law" / "countries.yaml"
"""Its rows say which other codes people use for a place, such as UK for GB or EER for EEA."""
LONGEST_NAME = 60


def meant(written: str) -> str:
    """A hint to add to a message, such as `; did you mean 'GB'?`; empty where nothing can be told.

    Args:
        written: What stands in the document: another code, small letters, or a name.
    """
    code = aliases().get(written.strip().upper()) or _found(written)
    return offer([code]) if code and code != written else ""


@cache
def aliases() -> dict[str, str]:
    """Codes that people use for a place, with the one that is meant; none where the shipped table is not there."""
    if not TABLE.exists():
        return {}
    content = TABLE.read_bytes()
    rows = parse(content, len(content), TABLE.name)["countries"]
    return {alias.upper(): row["id"] for row in rows for alias in row.get("aliases", ())}


def _found(written: str) -> str | None:
    if len(written) > LONGEST_NAME:
        return None
    try:
        return pycountry.countries.lookup(written.strip()).alpha_2
    except LookupError:
        return None
