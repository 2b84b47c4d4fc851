"""Texts of documents that may be given in English and Dutch."""

from __future__ import annotations

from collections.abc import Mapping

from graphsvc.translation import given


def text_in(value: str | Mapping[str, str]) -> str:
    """A text as a document gives it: in one language, or in both (`{en, nl}`), then each reader gets their own."""
    return value if isinstance(value, str) else given(value)
