"""Text as it comes in: bytes to characters, and characters that are no text taken out."""

from __future__ import annotations

import codecs
import re

import webencodings
from charset_normalizer import from_bytes

from graphsvc.errors import DocumentTooLarge, Fault, InvalidDocument

SAMPLE = 200_000
"""Bytes that are looked at to find out an encoding that the file does not say."""
LONGEST_SHOWN = 160
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks; that of UTF-32 begins like that of UTF-16, so it comes first."""
LIKELY = ["utf_8", "utf_16_le", "utf_16_be", "cp1252", "iso8859_15", "cp1250", "cp1251"]
NO_CODEC = frozenset({"replacement", "x-user-defined"})
"""Encodings of web pages that stand for none: what browsers refuse, and what each page makes up for itself."""
COMMONEST = "cp1252"
"""What is taken where several encodings do equally well."""
HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
"""What no document of ours may hold, and what turns the order of letters around or cannot be seen."""
SPACES = re.compile(r"[\s\u00a0\u2007\u202f]+")


def decoded(content: bytes, declared: str = "") -> tuple[str, str]:
    """Text and the name of its encoding: by the byte order mark, as UTF-8, as declared, or by the look of its bytes.

    Nothing is refused: bytes that mean nothing in that encoding become U+FFFD.

    Args:
        content: The bytes.
        declared: The encoding that the file says it has, or as which it was sent; empty, or one that there is not:
            none.
    """
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace"), encoding
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        encoding = encoding_called(declared) or _guessed(content[:SAMPLE])
        return content.decode(encoding, errors="replace"), encoding


def encoding_called(label: str) -> str:
    """The encoding that web pages and servers call so; empty: there is none."""
    found = webencodings.lookup(label) if label else None
    return found.codec_info.name if found and found.name not in NO_CODEC else ""


def _guessed(sample: bytes) -> str:
    found = from_bytes(sample, cp_isolation=LIKELY)
    best = found.best()
    if best is None:
        return COMMONEST
    as_good = [one.encoding for one in found if one.chaos <= best.chaos and one.coherence >= best.coherence]
    return COMMONEST if COMMONEST in as_good else best.encoding


def refuse_large(content: bytes, limit: int, file: str) -> None:
    """Refuse what is over the limit of bytes.

    Raises:
        DocumentTooLarge: says how many bytes there are.
    """
    if len(content) > limit:
        raise DocumentTooLarge(f"{file or 'the file'} has {len(content)} bytes; {limit} are allowed")


def cannot_read(message: str, file: str, path: str = "", line: int | None = None) -> InvalidDocument:
    """The error that says why nothing at all can be made of a file."""
    fault = Fault(path, message, file or None, line)
    return InvalidDocument(str(fault), (fault,))


def tidy(value: object) -> str:
    """A text on one line, without characters that cannot be seen and without spaces around it."""
    return SPACES.sub(" ", HIDDEN.sub("", str(value))).strip()


def hides(value: str) -> bool:
    """Whether a text holds characters that `tidy` takes out, other than a byte order mark."""
    return bool(HIDDEN.search(value.replace("\ufeff", "")))


def shortened(text: str, longest: int) -> str:
    """A text of at most so many characters, with an ellipsis where something was cut off."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def shown(value: object) -> str:
    """Something from a file, fit to be shown in a report."""
    return shortened(tidy(value), LONGEST_SHOWN)


def plain_file_name(name: str) -> str:
    """The last part of a path, whatever system it comes from: a name in a report or a source leads nowhere."""
    return shortened(tidy(re.split(r"[/\\]", name)[-1]), 120)
