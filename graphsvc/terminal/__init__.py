"""Answers as a person reads them in a terminal: tables, and a line that says what to look at."""

from graphsvc.terminal.changes import changes
from graphsvc.terminal.claims import claims
from graphsvc.terminal.common import show
from graphsvc.terminal.concentration import concentration
from graphsvc.terminal.dates import dates
from graphsvc.terminal.exposure import exposure
from graphsvc.terminal.gaps import gaps
from graphsvc.terminal.holders import holders
from graphsvc.terminal.identities import identities
from graphsvc.terminal.paths import paths
from graphsvc.terminal.recipients import recipients
from graphsvc.terminal.transfers import transfers
from graphsvc.terminal.what_if import what_if

__all__ = [
    "changes",
    "claims",
    "concentration",
    "dates",
    "exposure",
    "gaps",
    "holders",
    "identities",
    "paths",
    "recipients",
    "show",
    "transfers",
    "what_if",
]
