"""Lists of sub-processors as vendors publish them in Markdown: tables, lists, headings that name countries."""

from __future__ import annotations

from graphsvc.imports.foreign.clean import cannot_read, decoded
from graphsvc.imports.foreign.columns import check_given
from graphsvc.imports.foreign.known import Register
from graphsvc.imports.foreign.markdown_blocks import blocks_of
from graphsvc.imports.foreign.page import NOTHING, list_of_page
from graphsvc.imports.foreign.report import Imported, Notes
from graphsvc.imports.foreign.settings import ImportSettings


def read_markdown(content: bytes, settings: ImportSettings, register: Register) -> Imported:
    """A page with a list of sub-processors as a document.

    Raises:
        InvalidDocument: it has neither a table nor a list that names sub-processors.
    """
    check_given(settings.words, "list")
    text, encoding = decoded(content, settings.encoding)
    notes = Notes("markdown", settings.file, encoding)
    blocks = blocks_of(text.removeprefix("\ufeff"), notes)
    found = list_of_page(blocks, settings, register, notes, content)
    if found is None:
        raise cannot_read(NOTHING, settings.file)
    return found
