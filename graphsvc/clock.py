"""The day it is."""

from __future__ import annotations

import datetime


def today() -> str:
    """The day it is where the service runs, like 2026-01-31."""
    return datetime.date.today().isoformat()
