"""A web page as a tree in bounded time and memory, with what it was read as; nothing of it is run or fetched."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from graphsvc.imports.foreign.clean import cannot_read, decoded, encoding_called, refuse_large
from graphsvc.imports.foreign.kinds import ARCHIVE, refuse_others
from graphsvc.imports.foreign.report import Notes

LARGEST = 32 * 1024 * 1024
"""Bytes of a page, with the pictures that are written into it."""
MOST_TAGS = 300_000
MOST_ATTRIBUTES = 1_000
"""Of one tag: the parser's time grows with their square."""
DECLARED = re.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,500}?\b(?:charset|encoding)\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE
)
DECLARED_WITHIN = 8_192
TOO_DEEP = "Excessive depth"


def tree_of(content: bytes, file: str, notes: Notes, sent_as: str = "") -> HtmlElement:
    """The tree of a page.

    Args:
        content: The bytes of the page.
        file: Name of the file.
        notes: Where to say how it was read.
        sent_as: The encoding that the server said; it counts for more than what the page says.

    Raises:
        InvalidDocument: it is no web page, or one that was made to do harm.
        DocumentTooLarge: it is larger than web pages are.
    """
    refuse_others(content, file)
    if content.startswith(ARCHIVE):
        raise cannot_read("is an archive or an Office document, not a web page", file)
    refuse_large(content, LARGEST, file)
    text = _text(content, notes, sent_as)
    _check(text, file)
    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True)
    try:
        root = document_fromstring(text.encode(), parser=parser)
    except etree.ParserError:
        raise cannot_read("holds no HTML", file) from None
    for error in parser.error_log:
        if TOO_DEEP in error.message:
            notes.lost(f"line {error.line}", "tags stand too deep in each other; the page is not read from there on")
    return root


def _text(content: bytes, notes: Notes, sent_as: str) -> str:
    """The characters of a page; how its bytes were read is told where that was a guess."""
    found = DECLARED.search(content[:DECLARED_WITHIN])
    label = sent_as or (found[1].decode("ascii") if found else "")
    says = "the server" if sent_as else "the page"
    text, notes.encoding = decoded(content, label)
    if label and not encoding_called(label):
        notes.noted("", f"{says} says an encoding that does not exist", label)
    if notes.encoding not in {"utf-8", "utf-8-sig"}:
        notes.guessed("", f"read as {notes.encoding}" + (f", as {says} says" if encoding_called(label) else ""), label)
    if "\ufffd" in text:
        notes.not_understood("", f"{text.count(chr(0xFFFD))} characters mean nothing in {notes.encoding}")
    return text.removeprefix("\ufeff").replace("\x00", "")


class _MostAttributes:
    """Takes the place of a tree: only finds out how many attributes a tag has, which takes no time to speak of."""

    def __init__(self) -> None:
        self.most = 0

    def start(self, _: str, attributes: Mapping[str, str]) -> None:
        """A tag begins."""
        self.most = max(self.most, len(attributes))

    def close(self) -> int:
        """The page ends."""
        return self.most


def _check(text: str, file: str) -> None:
    tags = text.count("<")
    if tags > MOST_TAGS:
        raise cannot_read(f"has {tags} tags; {MOST_TAGS} are read", file)
    parser = etree.HTMLParser(target=_MostAttributes(), encoding="utf-8", huge_tree=True)
    most = etree.fromstring(text.encode() or b" ", parser)
    if most > MOST_ATTRIBUTES:
        raise cannot_read(f"has a tag with {most} attributes; {MOST_ATTRIBUTES} are read", file)
