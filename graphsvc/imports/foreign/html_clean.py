"""Takes out of a page what its readers do not see, and what stands around its contents, and says so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

from graphsvc.imports.foreign.data import table
from graphsvc.imports.foreign.report import Notes

WORDS = table("html")
ROLES: dict[str, str] = WORDS["roles"]
NOT_TEXT, SMALL, AROUND = (frozenset(WORDS[name]) for name in ("not_text", "small", "around"))
NOT_DISPLAYED_CLASSES = frozenset(WORDS["not_displayed"])
BANNERS = tuple(WORDS["banners"])
NOT_DISPLAYED = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
CONTENTS = frozenset({"main", "article", "section"})
"""Within these a header or footer belongs to the contents, not to the site."""
OF_HEAD = frozenset({"title", "meta", "link", "base"})
"""Not the head itself: the parser puts into it what comes before a body that does not say where it begins."""
KEPT = frozenset({"html", "head", "body", "main", "h1"})
HEADING_LEVELS = tuple("123456")
FOOTNOTE = re.compile(r"^\W*\w{0,2}\W*$")
OPENERS = "//@aria-controls | //@data-target | //@data-bs-target | //a/@href[starts-with(., '#')]"
OPENED_ROLES = frozenset({"tabpanel", "region"})


def clean(root: HtmlElement, notes: Notes) -> None:
    """Take out what is no part of the contents, and call things by the tags that their roles stand for."""
    for element in root.iter("*"):
        _rename(element)
    _Cleaner(root, notes).clean()


def words_in(element: HtmlElement) -> str:
    """What an element and all that is in it says."""
    return " ".join(map(str, element.xpath(".//text()")))


def _rename(element: HtmlElement) -> None:
    role = element.get("role", "").strip().lower()
    if role in ROLES:
        level = element.get("aria-level", "")
        is_heading = role == "heading" and level in HEADING_LEVELS
        element.tag = f"h{level}" if is_heading else ROLES[role]
    elif role in {"presentation", "none"} and element.tag == "table":
        element.tag = "div"


class _Cleaner:
    """Goes through a page once, and takes out afterwards what was found."""

    def __init__(self, root: HtmlElement, notes: Notes) -> None:
        self._root = root
        self._notes = notes
        self._opened = {word.strip("#") for text in root.xpath(OPENERS) for word in str(text).split()}
        self._titled = set(_around(root, "h1", "main"))
        self._with_table = set(_around(root, "table"))
        self._unseen: Counter[str] = Counter()
        self._contents = 0

    def clean(self) -> None:
        found = list(self._taken_out())
        for element in found:
            if element.getparent() is not None:
                element.drop_tree()
        if self._unseen:
            counted = ", ".join(f"{number} {name}" for name, number in sorted(self._unseen.items()))
            self._notes.left_out("", f"not part of what a reader sees, not imported: {counted}")

    def _taken_out(self) -> Iterator[HtmlElement]:
        walk = etree.iterwalk(self._root, events=("start", "end", "comment"))
        for event, element in walk:
            if event == "comment":
                self._unseen["comment"] += 1
                yield element
            elif element.tag in CONTENTS:
                self._contents += 1 if event == "start" else -1
            if event == "start" and self._is_taken_out(element):
                walk.skip_subtree()
                yield element

    def _is_taken_out(self, element: HtmlElement) -> bool:
        if element.tag in OF_HEAD:
            return True
        if element.tag == "iframe":
            self._notes.not_understood(_place(element), "a frame of another page is not read", element.get("src", ""))
            return True
        if element.tag in NOT_TEXT:
            self._unseen[element.tag] += 1
            return True
        why = "" if element.tag in KEPT else self._why(element)
        words = words_in(element).strip() if why else ""
        if words:
            self._notes.left_out(_place(element), f"{why}; not imported", words)
        return bool(why)

    def _why(self, element: HtmlElement) -> str:
        if self._is_hidden(element):
            return "hidden on the page"
        if element.tag in AROUND and not self._is_contents(element):
            return "taken for a menu, header or footer of the site"
        classes = _classes(element)
        if any(name.startswith(BANNERS) for name in classes) and element not in self._titled:
            return "taken for a banner about cookies"
        is_small = element.tag in SMALL
        if is_small and (element.get("aria-hidden") == "true" or not NOT_DISPLAYED_CLASSES.isdisjoint(classes)):
            return "not displayed as text"
        return "taken for the mark of a footnote" if element.tag == "sup" and _is_mark(element) else ""

    def _is_hidden(self, element: HtmlElement) -> bool:
        is_hidden = element.get("hidden", "until-found").lower() != "until-found" or bool(
            NOT_DISPLAYED.search(element.get("style", ""))
        )
        if is_hidden and (element.get("id", "") in self._opened or element.get("role") in OPENED_ROLES):
            self._notes.guessed(_place(element), "hidden until somebody opens it; read")
            return False
        return is_hidden

    def _is_contents(self, element: HtmlElement) -> bool:
        is_within = element.tag in {"header", "footer"} and self._contents > 0
        return is_within or element in self._titled or element in self._with_table


def _is_mark(element: HtmlElement) -> bool:
    return bool(FOOTNOTE.match(words_in(element)[:20]))


def _classes(element: HtmlElement) -> list[str]:
    return f"{element.get('class', '')} {element.get('id', '')}".lower().split()


def _around(root: HtmlElement, *tags: str) -> Iterator[HtmlElement]:
    """The elements that hold one of some tags, each once: above one that was seen, all were."""
    seen: set[HtmlElement] = set()
    for element in root.iter(*tags):
        for above in element.iterancestors():
            if above in seen:
                break
            seen.add(above)
            yield above


def _place(element: HtmlElement) -> str:
    return f"line {element.sourceline}"
