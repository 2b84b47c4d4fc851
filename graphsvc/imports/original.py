"""The text of a document as it was given: kept whole and compressed, to be stored and to find lines in."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cached_property

from graphsvc.imports.text import LONGEST_FOR_LINES, line_of
from graphsvc.text import digest


@dataclass(frozen=True)
class Original:
    """One text.

    Attributes:
        packed: Its UTF-8 bytes, compressed by zlib: a tenth of the text or less.
        size: How many characters it has.
        hash: SHA-256 of the bytes, in hexadecimal digits.
    """

    packed: bytes
    size: int
    hash: str

    @classmethod
    def of(cls, content: bytes) -> Original:
        """Keep UTF-8 bytes."""
        return cls(zlib.compress(content, level=6), len(content.decode()), digest(content))

    @property
    def content(self) -> bytes:
        """The UTF-8 bytes."""
        return zlib.decompress(self.packed)

    def line_of(self, pointer: str) -> int | None:
        """Line, counted from 1, of the value that a JSON Pointer names, or of the nearest thing around it."""
        return None if self.size > LONGEST_FOR_LINES else line_of(self._for_lines, pointer)

    @property
    def text(self) -> str:
        """The text."""
        return self.content.decode()

    @cached_property
    def _for_lines(self) -> str:
        return self.text
