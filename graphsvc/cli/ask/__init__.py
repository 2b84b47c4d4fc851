"""The commands that ask the register a question."""

from graphsvc.cli.ask.common import ask

__all__ = ["ask"]
