"""The command line: load, remove, ask, serve."""

from graphsvc.cli import ask, documents, openapi, serve
from graphsvc.cli.common import main

__all__ = ["ask", "documents", "main", "openapi", "serve"]
