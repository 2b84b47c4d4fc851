"""Texts brought to a form in which the same words are equal: accents, case, dots and signs fall away."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+", re.UNICODE)


@lru_cache(maxsize=65_536)
def plain(text: str) -> str:
    """A text in small letters without accents, signs or dots; single letters in a row are one word (B.V., S.A.R.L.)."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(_joined(_WORD.findall(bare.replace("&", " and ").replace("'", "").replace("\u2019", ""))))


def _joined(words: list[str]) -> list[str]:
    found: list[str] = []
    open_letters = False
    for word in words:
        is_letter = len(word) == 1 and word.isalpha()
        if is_letter and open_letters:
            found[-1] += word
        else:
            found.append(word)
        open_letters = is_letter
    return found
