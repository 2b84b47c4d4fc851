"""What a file is, by its content, its name and how it was sent: which importer reads it, or that none does."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graphsvc.imports.foreign.clean import cannot_read, decoded

LOOKED_AT = 8_192
"""Bytes at the beginning that are looked at."""
OTHERS = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG\r\n", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"\x1f\x8b", "packed (gzip)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document, such as XLS or DOC"),
    (b"{\\rtf", "a text in RTF"),
    (b"From: <Saved by", "a web archive (MHTML; save the page as HTML instead)"),
    (b"bplist00", "a web archive (save the page as HTML instead)"),
)
"""How files begin that no importer reads."""
ARCHIVE = b"PK\x03\x04"
FRONT = re.compile(r"^(?:\s|\ufeff|<!--.*?-->|<\?xml[^>]*>)*", re.DOTALL)
HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|link|base|script|style|table|div|main|section|article|header|nav"
    r"|h[1-6]|p|ul|ol|dl|center|font|span|a|b|details)\b",
    re.IGNORECASE,
)
MARKDOWN_TABLE = re.compile(r"^[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*\|[ \t:|-]*$", re.MULTILINE)
MARKDOWN = re.compile(r"^(?:#{1,6}[ \t]+\S|[ \t]*[-*+][ \t]+\S)", re.MULTILINE)
CELLS = re.compile(r"^(?!#|[ \t]*[-*+][ \t])[^\n]*[,;\t|][^\n]*$", re.MULTILINE)
"""Lines that may be rows of cells, and have no mark of Markdown."""
NAMES = {
    ".csv": "csv",
    ".tsv": "csv",
    ".md": "markdown",
    ".markdown": "markdown",
    ".htm": "html",
    ".html": "html",
    ".xhtml": "html",
    ".xlsx": "xlsx",
}
TYPES = {
    "text/csv": "csv",
    "text/tab-separated-values": "csv",
    "text/markdown": "markdown",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}


@dataclass(frozen=True)
class Guess:
    """What a file was taken for.

    Attributes:
        format: Name of the format.
        how: By what: `content`, `type` (as it was sent) or `name`; `given` when somebody said so.
    """

    format: str
    how: str


def kind_of(content: bytes, name: str = "", media_type: str = "", given: str = "") -> Guess:
    """The format of a list of sub-processors: content that cannot be mistaken comes first, then what is given.

    Args:
        content: The bytes of the file.
        name: Its name, which is only a hint.
        media_type: The media type that it was sent with; empty: it was not.
        given: The format that somebody says it has; empty: nobody does.

    Raises:
        InvalidDocument: no importer of lists reads it, or it is plainly not what is given.
    """
    refuse_others(content, name)
    begin = decoded(content[:LOOKED_AT])[0]
    sure = "xlsx" if content.startswith(ARCHIVE) else "html" if looks_like_html(begin) else ""
    if sure and given not in {"", sure}:
        raise cannot_read(f"is {sure} by its content, not {given} as was said", name)
    if sure or given:
        return Guess(given or sure, "given" if given else "content")
    if MARKDOWN_TABLE.search(begin):
        return Guess("markdown", "content")
    if hinted := TYPES.get(media_type):
        return Guess(hinted, "type")
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    if hinted := NAMES.get(ending):
        return Guess(hinted, "name")
    marks, cells = len(MARKDOWN.findall(begin)), len(CELLS.findall(begin))
    if marks or cells > 1:
        return Guess("markdown" if marks >= cells else "csv", "content")
    raise cannot_read("looks like none of csv, markdown, html and xlsx; say its format", name)


def looks_like_html(text: str) -> bool:
    """Whether a text begins as web pages do."""
    return HTML.match(text, FRONT.match(text).end()) is not None


def refuse_others(content: bytes, file: str) -> None:
    """Refuse what no importer of lists reads.

    Raises:
        InvalidDocument: says what it is.
    """
    for begin, what in OTHERS:
        if content.startswith(begin):
            raise cannot_read(f"is {what}, which is not read", file)
