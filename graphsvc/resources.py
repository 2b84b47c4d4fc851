"""Finds the files that are no code and that code reads: inside the installed package, or beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_data"
"""Only a wheel has this folder: `hatch_build.py` says what goes into it."""


def resource(path: str) -> Path:
    """The place of a file or folder, named as in a checkout: `cypher`, `seed_data`, `docs/problems.md`, `web/dist`.

    It is absent where it was not built, as the page may be.
    """
    return (_INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent) / path
