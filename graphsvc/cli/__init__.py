"""The command line: load, import, watch, remove, ask, export, serve."""

from graphsvc.cli.common import main

__all__ = ["main"]
