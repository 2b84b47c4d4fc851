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
from graphsvc.imports.original import Original

PART = 256 * 1024
"""Characters in one part."""


NOTHING = Original.of(b"")
"""What is kept of the removal of a document."""


def current_content(transaction: Transaction, document: str) -> bytes:
    """The text of a document as it is loaded now, in UTF-8."""
    [row] = transaction.run(text("document"), id=document)
    return _content(transaction, document, row["revisions"])


def version_text(transaction: Transaction, document: str, number: int) -> str:
    """The text of one version of a document; the versions are counted from 1.

    Raises:
        NotFound: there is no such version.
    """
    return _content(transaction, document, number).decode()


def _content(transaction: Transaction, document: str, number: int) -> bytes:
    parts = transaction.run(text("version_parts"), id=_id(document, number))
    if not parts:
        raise NotFound(f"there is no version {number} of the document {document!r}")
    return zlib.decompress(base64.b85decode("".join(part["text"] for part in parts)))


def last_number(transaction: Transaction, document: str) -> int:
    """How many versions there are of a document, also of one that was removed."""
    return max((row["number"] for row in transaction.run(text("versions"), document=document)), default=0)


def keep(writer: Writer, document: str, number: int, recorded: str, original: Original | None) -> None:
    """Keep a version whole.

    Args:
        document: Id of the document.
        number: Number of the version.
        recorded: The time at which it is loaded, ISO 8601.
        original: Its text; None: the document is removed.
    """
    me = _id(document, number)
    kept = original or NOTHING
    version = {
        "hash": kept.hash,
        "size": kept.size,
        "recorded": recorded,
        "action": "loaded" if original else "removed",
    }
    writer.upsert("Version", [version | {"id": me, "document": document, "number": number}])
    parts = list(_parts(me, kept))
    writer.upsert("Part", parts)
    writer.connect(Edge("Version HAS_PART Part", me, part["id"]) for part in parts)


def _parts(version: str, original: Original) -> Iterator[dict[str, Any]]:
    packed = base64.b85encode(original.packed).decode()
    for place, start in enumerate(range(0, len(packed), PART)):
        yield {"id": f"{version}/{place}", "place": place, "text": packed[start : start + PART]}


def _id(document: str, number: int) -> str:
    return f"{document}@{number}"
