"""The command line: load, import, remove, ask, serve."""

from graphsvc.cli import ask, documents, exports, imports, openapi, serve
from graphsvc.cli.common import main

__all__ = ["ask", "documents", "exports", "imports", "main", "openapi", "serve"]
