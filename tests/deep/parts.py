"""The parts of `make deep`: what each tries, with which tests, and how long it may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """One part.

    Attributes:
        says: What it tries.
        minutes: How long it may take at the most.
        arguments: What pytest is given.
    """

    says: str
    minutes: int
    arguments: tuple[str, ...]


PARTS = {
    "fuzz": Part(
        "every law and whatever else is tried by chance, in memory and on both engines, with many new examples",
        40,
        ("-n", "2", "-m", "hypothesis", "--hypothesis-profile=many", "tests"),
    ),
    "neo4j": Part(
        "the current release of Neo4j, with all that 5.26 is given",
        20,
        ("-k", "neo4j-2026", "--every-release", "tests"),
    ),
    "large": Part(
        "files and registers of a size that people have, in bounded memory",
        20,
        ("tests/deep/test_large.py",),
    ),
    "kills": Part(
        "kill -9 of the service while it is written to: what was acknowledged is there",
        15,
        ("tests/deep/test_kills.py",),
    ),
    "soak": Part(
        "some minutes of mixed questions and loads by several clients: no errors, memory that stays",
        15,
        ("tests/deep/test_soak.py",),
    ),
    "pictures": Part(
        "documents that are handed over, turned into pictures of their pages by LibreOffice and poppler",
        15,
        ("tests/deep/test_pictures.py",),
    ),
}
