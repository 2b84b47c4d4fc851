"""Every version of every loaded document, kept whole: compressed and cut into parts that a node can hold."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator
from typing import Any

from graphsvc.errors import NotFound
from graphsvc.graph.bolt import Transaction
from graphsvc.graph.queries import text
from graphsvc.graph.shape import Edge
from graphsvc.graph.writer import Writer

PART = 256 * 1024
"""Characters in one part."""


def current_text(transaction: Transaction, document: str) -> str | None:
    """The text of a document as it is loaded now; None when it is not."""
    rows = transaction.run(text("document"), id=document)
    return version_text(transaction, document, rows[0]["revisions"]) if rows else None


def version_text(transaction: Transaction, document: str, number: int) -> str:
    """The text of one version of a document; the versions are counted from 1.

    Raises:
        NotFound: there is no such version.
    """
    parts = transaction.run(text("version_parts"), id=_id(document, number))
    if not parts:
        raise NotFound(f"there is no version {number} of the document {document!r}")
    return zlib.decompress(base64.b85decode("".join(part["text"] for part in parts))).decode()


def last_number(transaction: Transaction, document: str) -> int:
    """How many versions there are of a document, also of one that was removed."""
    return max((row["number"] for row in transaction.run(text("versions"), document=document)), default=0)


def keep(writer: Writer, document: str, number: int, version: dict[str, Any], content: str) -> None:
    """Keep a version whole.

    Args:
        version: Its hash, the time it was recorded and what was done (`loaded` or `removed`).
        content: The text; empty for the removal of a document.
    """
    me = _id(document, number)
    writer.upsert("Version", [version | {"id": me, "document": document, "number": number, "size": len(content)}])
    parts = list(_parts(me, content))
    writer.upsert("Part", parts)
    writer.connect(Edge("Version HAS_PART Part", me, part["id"]) for part in parts)


def _parts(version: str, content: str) -> Iterator[dict[str, Any]]:
    packed = base64.b85encode(zlib.compress(content.encode(), level=6)).decode()
    for place, start in enumerate(range(0, len(packed), PART)):
        yield {"id": f"{version}/{place}", "place": place, "text": packed[start : start + PART]}


def _id(document: str, number: int) -> str:
    return f"{document}@{number}"
