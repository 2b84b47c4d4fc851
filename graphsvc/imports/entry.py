"""An entry of a document as it is kept while the document is loaded: as text, plain only while somebody looks at it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphsvc.text import canonical


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. As plain values the entries of a large document would take seven times the memory of its text.

    Attributes:
        id: The id it gives itself; None when it has none that could be one.
        text: All of it as canonical JSON.
    """

    id: str | None
    text: str

    @classmethod
    def of(cls, value: Any) -> Entry:
        """The entry that plain values stand for; they need not fit the schema."""
        key = value.get("id") if isinstance(value, dict) else None
        return cls(key if isinstance(key, str) else None, canonical(value))

    @property
    def value(self) -> Any:
        """The plain values, made anew each time."""
        return json.loads(self.text)


def kept_small(body: Mapping[str, Any]) -> dict[str, Any]:
    """A document's plain values with each entry of a section kept as text."""
    return {key: list(map(Entry.of, value)) if isinstance(value, list) else value for key, value in body.items()}
