"""The command line: load, import, watch, remove, ask, serve."""

from graphsvc.cli import ask, documents, exports, imports, openapi, serve, watch
from graphsvc.cli.common import main

__all__ = ["ask", "documents", "exports", "imports", "main", "openapi", "serve", "watch"]
