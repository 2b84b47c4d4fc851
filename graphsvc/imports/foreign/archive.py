"""Whether a spreadsheet can be opened without harm: what it unpacks to, and that its XML names nothing outside."""

from __future__ import annotations

import io
import zipfile
import zlib
from xml.sax import ContentHandler, SAXException

from defusedxml.common import DefusedXmlException
from defusedxml.sax import make_parser

from graphsvc.imports.foreign.clean import cannot_read

MOST_PARTS = 2_000
LARGEST = 150 * 1024 * 1024
"""Bytes that all parts may unpack to together."""
DENSEST = 200
"""How many times larger a part may be than it is packed, when it is larger than `SMALL`."""
SMALL = 5 * 1024 * 1024
CHUNK = 64 * 1024


def check_archive(content: bytes, file: str) -> None:
    """Refuse a file that is no spreadsheet, or one that was made to do harm.

    Raises:
        InvalidDocument: no archive, encrypted, too large when unpacked, or XML with a document type of its own.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_sizes(archive.infolist(), file)
            if "[Content_Types].xml" not in archive.namelist():
                raise cannot_read("is an archive, but no XLSX spreadsheet", file)
            for part in archive.infolist():
                if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                    _check_xml(archive, part, file)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise cannot_read(f"cannot be unpacked as an XLSX spreadsheet ({error})", file) from None


def _check_sizes(parts: list[zipfile.ZipInfo], file: str) -> None:
    if len(parts) > MOST_PARTS:
        raise cannot_read(f"has {len(parts)} parts; {MOST_PARTS} are opened", file)
    for part in parts:
        if part.flag_bits & 0x1:
            raise cannot_read("is protected by a password", file)
        if part.file_size > max(SMALL, DENSEST * part.compress_size):
            text = f"its part {part.filename!r} unpacks to {part.file_size} bytes: too much for its size"
            raise cannot_read(text, file)
    total = sum(part.file_size for part in parts)
    if total > LARGEST:
        raise cannot_read(f"unpacks to {total} bytes; {LARGEST} are read", file)


def _check_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo, file: str) -> None:
    """Look at the beginning of a part, up to its first element: a document type is where entities come from."""
    parser = make_parser()
    parser.forbid_dtd = True
    first = _First()
    parser.setContentHandler(first)
    try:
        with archive.open(part) as stream:
            while not first.seen and (chunk := stream.read(CHUNK)):
                parser.feed(chunk)
    except DefusedXmlException:
        raise cannot_read(f"its part {part.filename!r} has a document type or entities: refused", file) from None
    except (SAXException, ValueError, LookupError) as error:
        raise cannot_read(f"its part {part.filename!r} is no XML ({type(error).__name__})", file) from None


class _First(ContentHandler):
    """Only notes that an element began."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = False

    def startElement(self, name: str, attrs: object) -> None:
        """An element begins."""
        self.seen = True
