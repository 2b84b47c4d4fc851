"""Which country somebody may have meant who wrote something else than its ISO 3166-1 alpha-2 code."""

from __future__ import annotations

import pycountry

from graphsvc.nearest import offer

OTHER_CODES = {"UK": "GB", "EL": "GR"}
"""Codes that people use for a country and ISO 3166-1 does not: UK is reserved there, EL is the EU's own for Greece."""
LONGEST_NAME = 60


def meant(written: str) -> str:
    """A hint to add to a message, such as `; did you mean 'GB'?`; empty where nothing can be told.

    Args:
        written: What stands in the document: another code, small letters, or a name.
    """
    code = OTHER_CODES.get(written.strip().upper()) or _found(written)
    return offer([code]) if code and code != written else ""


def _found(written: str) -> str | None:
    if len(written) > LONGEST_NAME:
        return None
    try:
        return pycountry.countries.lookup(written.strip()).alpha_2
    except LookupError:
        return None
