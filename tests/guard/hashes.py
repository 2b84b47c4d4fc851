"""Hashes of answers, whole and along their lines, so that the place of a difference is known without the old text."""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.checkout import ROOT

HASHES = Path(__file__).resolve().parent / "hashes.txt"
KEPT = ROOT / ".cache" / "guard"
SHORT, STEP = 200, 10
"""Up to SHORT lines have a mark each; of a longer text every STEP lines have one."""


@dataclass(frozen=True)
class Hashed:
    """What is recorded of an answer.

    Attributes:
        whole: Hash of its text, in hexadecimal.
        lines: How many lines it has.
        marks: Two letters after each line, or every few, of all that stands before: 12 bits of a hash.
    """

    whole: str
    lines: int
    marks: str

    def place(self, text: str) -> tuple[int, int]:
        """The first and the last line, from 1, between which the first difference of another text is."""
        step = _step(self.lines)
        pairs = zip(_pairs(self.marks), _pairs(hashed(text, step).marks), strict=False)
        # Where all marks are the same, the one text goes on where the other one ends.
        same = next((number for number, (one, two) in enumerate(pairs) if one != two), self.lines // step)
        return same * step + 1, (same + 1) * step


def hashed(text: str, step: int | None = None) -> Hashed:
    """The hashes of a text.

    Args:
        text: The text.
        step: Lines between two marks; None: what its length asks for.
    """
    lines = text.split("\n")
    step = step or _step(len(lines))
    so_far, marks = hashlib.sha256(), []
    for start in range(0, len(lines), step):
        so_far.update("\n".join([*lines[start : start + step], ""]).encode())
        marks.append(base64.b64encode(so_far.digest()[:3])[:2].decode())
    return Hashed(so_far.hexdigest()[:16], len(lines), "".join(marks))


def _step(lines: int) -> int:
    return 1 if lines <= SHORT else STEP


def _pairs(marks: str) -> Iterable[str]:
    return (marks[place : place + 2] for place in range(0, len(marks), 2))


def recorded() -> dict[str, Hashed]:
    """What was recorded, by the name of the answer."""
    if not HASHES.exists():
        return {}
    rows = (line.split("\t") for line in HASHES.read_text(encoding="utf-8").splitlines())
    return {name: Hashed(whole, int(lines), marks) for name, whole, lines, marks in rows}


def record(found: Mapping[str, Hashed]) -> None:
    """Write hashes down, one answer a line, in the order of the names."""
    rows = (f"{name}\t{each.whole}\t{each.lines}\t{each.marks}\n" for name, each in sorted(found.items()))
    HASHES.write_text("".join(rows), encoding="utf-8")


def keep(text: str, whole: str) -> None:
    """Keep a text on this machine, so that it can be shown when it is the old one."""
    file = _file(whole)
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(zlib.compress(text.encode(), 1))


def kept(whole: str) -> str | None:
    """A text that was kept; None: it was not, on this machine."""
    file = _file(whole)
    return zlib.decompress(file.read_bytes()).decode() if file.exists() else None


def _file(whole: str) -> Path:
    return KEPT / whole[:2] / whole
