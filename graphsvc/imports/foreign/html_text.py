"""The words of a run of elements, or of a cell: on lines as they are displayed, with the name at their beginning."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement

from graphsvc.imports.foreign.blocks import Text
from graphsvc.imports.foreign.data import table

LINES = frozenset(table("html")["lines"])
NAMING = frozenset({"a", "b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "dt"})
STRUCK = frozenset({"s", "strike", "del"})
SPACES = re.compile(r"[^\S\n]+")
AROUND_LINES = re.compile(r" ?\n[\n ]*")
LOGO = re.compile(r"^(?:logo (?:of |van )?)?(.*?)(?:['\u2019]s)?(?: company)?(?: logo)?$", re.IGNORECASE)
LONGEST = 20_000
"""Characters of a run of words; what is longer is no cell, item or sentence."""


class Run:
    """Gathers words, element by element; the elements come from a walk over a tree."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._has_words = False
        self._pictures: list[str] = []
        self._first = ""
        self._first_address = ""
        self._naming: HtmlElement | None = None
        self._struck = False
        self._links = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing was gathered, not even a picture."""
        return not self._pictures and not self._has_words

    def add(self, text: str | None) -> None:
        """Words between two tags; ends of lines in them are only spaces."""
        if text:
            self._parts.append(text.replace("\n", " "))
            self._has_words = self._has_words or not text.isspace()

    def new_line(self) -> None:
        """What follows is displayed on a line of its own."""
        self._parts.append("\n")

    def start(self, element: HtmlElement) -> None:
        """An element begins."""
        tag = element.tag
        if tag in NAMING and self._naming is None and not self._first and not self._has_words:
            self._naming = element
        if tag == "a" and element.get("href"):
            self._links += 1
        elif tag in STRUCK or "line-through" in element.get("style", ""):
            self._struck = self._struck or not self._has_words
        elif tag == "img" and element.get("alt", "").strip():
            self._pictures.append(element.get("alt", ""))
        if tag in LINES or tag == "br":
            self.new_line()

    def end(self, element: HtmlElement) -> None:
        """An element ends."""
        if element is self._naming:
            self._naming = None
            # Without words there is no name yet; looking for one each time would take ever longer.
            if self._has_words:
                self._first, self._first_address = _displayed(self._parts), element.get("href", "")
        if element.tag in LINES:
            self.new_line()

    def text(self) -> Text:
        """What was gathered; where there are no words, what a picture stands for."""
        words = _displayed(self._parts)
        if not words and self._pictures:
            words = _displayed([LOGO.sub(r"\1", SPACES.sub(" ", self._pictures[0][:LONGEST]).strip())])
        is_link = self._links == 1 and self._first == words
        return Text(words, self._first, self._struck, self._links, self._first_address if is_link else "")

    @property
    def is_picture(self) -> bool:
        """Whether its words are those of a picture."""
        return bool(self._pictures) and not self._has_words


def run_of(element: HtmlElement) -> Run:
    """Everything in an element, which is not one to take a name from itself."""
    run = Run()
    run.add(element.text)
    for event, inner in etree.iterwalk(element, ("start", "end")):
        if inner is element:
            continue
        if event == "start":
            run.start(inner)
            run.add(inner.text)
        else:
            run.end(inner)
            run.add(inner.tail)
    return run


def _displayed(parts: list[str]) -> str:
    return AROUND_LINES.sub("\n", SPACES.sub(" ", "".join(parts))).strip()
