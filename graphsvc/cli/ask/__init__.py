"""The commands that ask the register a question."""

from graphsvc.cli.ask import changes, exposure, holders, transfers
from graphsvc.cli.ask.common import ask

__all__ = ["ask", "changes", "exposure", "holders", "transfers"]
