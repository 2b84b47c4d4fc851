"""Small things about text that every layer may use."""

from __future__ import annotations

import hashlib
import json

_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(value: object) -> str:
    """JSON of a value, the same for the same value whatever the order of its keys."""
    return _CANONICAL.encode(value)


def digest(text: str | bytes) -> str:
    """SHA-256 of a text (in UTF-8) or of bytes, in hexadecimal digits."""
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()
