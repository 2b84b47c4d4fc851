"""Lists of sub-processors as vendors publish them on web pages: tables, lists, parts that open, among all the rest."""

from __future__ import annotations

from lxml.html import HtmlElement

from graphsvc.imports.foreign.clean import cannot_read, shown, tidy
from graphsvc.imports.foreign.columns import check_given
from graphsvc.imports.foreign.html_blocks import blocks_of
from graphsvc.imports.foreign.html_clean import clean, words_in
from graphsvc.imports.foreign.html_layout import lay_out
from graphsvc.imports.foreign.html_soup import find_tables
from graphsvc.imports.foreign.html_tree import tree_of
from graphsvc.imports.foreign.known import Register
from graphsvc.imports.foreign.page import NOTHING, list_of_page
from graphsvc.imports.foreign.report import Imported, Notes
from graphsvc.imports.foreign.settings import ImportSettings

FEW_WORDS = 1_000
"""Characters of a page that says next to nothing before its scripts were run."""
PASSWORD = "//input[translate(@type, 'PASWORD', 'pasword') = 'password']"
LEADS_ON = "//meta[translate(@http-equiv, 'REFSH', 'refsh') = 'refresh']/@content"


def read_html(content: bytes, settings: ImportSettings, register: Register) -> Imported:
    """A web page with a list of sub-processors as a document. Nothing of it is run, and nothing is fetched.

    Raises:
        InvalidDocument: it has neither a table nor a list that names sub-processors, and what it seems to be instead.
        DocumentTooLarge: it is larger than web pages are.
    """
    check_given(settings.words, "list")
    notes = Notes("html", settings.file)
    root = tree_of(content, settings.file, notes, settings.encoding)
    title, why, asks_for_password = tidy(root.findtext(".//title") or ""), _why_nothing(root), root.xpath(PASSWORD)
    clean(root, notes)
    lay_out(root)
    find_tables(root, settings.words, notes)
    blocks = blocks_of(root, notes, title)
    found = list_of_page(blocks, settings, register, notes, content, may_guess=not asks_for_password)
    if found is None:
        raise cannot_read(f"{NOTHING}{why}", settings.file)
    return found


def _why_nothing(root: HtmlElement) -> str:
    """What a page seems to be that holds no list."""
    if root.xpath(PASSWORD):
        return ": it looks like a page to log in on"
    if leads := root.xpath(LEADS_ON):
        return f": it only leads on to another page ({shown(leads[0])})"
    if frames := root.xpath("//iframe/@src"):
        return f"; it shows other pages in frames, which may hold it ({shown(frames[0])})"
    if root.xpath("//script") and len(words_in(root)) < FEW_WORDS:
        return ": scripts put in what it shows; save it from a browser once it is shown"
    return ""
