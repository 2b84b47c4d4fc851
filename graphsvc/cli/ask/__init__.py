"""The commands that ask the register a question."""

from graphsvc.cli.ask import (
    claims,
    exposure,
    holders,
    paths,
    transfers,
)
from graphsvc.cli.ask.common import ask

__all__ = [
    "ask",
    "claims",
    "exposure",
    "holders",
    "paths",
    "transfers",
]
