"""The commands that ask the register a question."""

from graphsvc.cli.ask import (
    changes,
    claims,
    concentration,
    dates,
    exposure,
    gaps,
    holders,
    paths,
    recipients,
    transfers,
    what_if,
)
from graphsvc.cli.ask.common import ask

__all__ = [
    "ask",
    "changes",
    "claims",
    "concentration",
    "dates",
    "exposure",
    "gaps",
    "holders",
    "paths",
    "recipients",
    "transfers",
    "what_if",
]
