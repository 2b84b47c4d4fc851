"""Office files that are the same, byte for byte, for the same content: no clock in them."""

from __future__ import annotations

import io
import re
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FIRST = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP file can tell."""
_WHEN = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")


def steady(content: bytes, on: str) -> bytes:
    """An office file without the moment of its making.

    Args:
        content: The file.
        on: The day that it is said to be made on.
    """
    made = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as before, ZipFile(made, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            part = before.read(name)
            if name == "docProps/core.xml":
                part = _WHEN.sub(rb"\g<1>" + f"{on}T00:00:00Z".encode() + rb"\g<2>", part)
            info = ZipInfo(name, FIRST)
            info.compress_type = ZIP_DEFLATED
            after.writestr(info, part)
    return made.getvalue()
