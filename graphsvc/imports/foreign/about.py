"""Which tables and lists of a page name sub-processors: by the words around them, else by what they look like."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from graphsvc.imports.foreign.blocks import Block
from graphsvc.imports.foreign.data import table
from graphsvc.imports.foreign.grid import Table
from graphsvc.imports.foreign.items import name_of
from graphsvc.imports.foreign.known import key_of
from graphsvc.imports.foreign.places import places_in, places_named
from graphsvc.imports.foreign.words import plain

LOOKED_AT = 500
"""Characters of a heading or sentence that are looked at."""
SHORT_NAME, LONG_NAME = 3, 7
"""Words of a name: up to the first number anything is one, up to the second what has capitals."""
TELLING = ("places", "seat", "data", "tool", "applies_to", "company", "number")
"""Columns that a list of sub-processors has, and a list of staff or prices has not."""


def is_about(texts: Iterable[str]) -> bool:
    """Whether a heading or the sentence before a list speaks of sub-processors."""
    words = f" {' '.join(plain(text[:LOOKED_AT]) for text in texts)} "
    return any(f" {word} " in words for word in table("pages")["about"])


def is_about_above(above: Sequence[str], lead: str) -> bool:
    """Whether any heading above a list, or the words before it, speak of sub-processors."""
    return is_about([*above, lead])


def is_about_near(above: Sequence[str], lead: str) -> bool:
    """The same by the nearest heading that says more than a country: beside a table a list may be about anything."""
    return is_about([*[words for words in above if not places_named(words)][-1:], lead])


def is_about_cookies(texts: Sequence[str]) -> bool:
    """Whether the nearest heading or sentence that says what it is about speaks of cookies, not of processors."""
    for text in reversed(texts):
        words = set(plain(text[:LOOKED_AT]).split())
        if not words.isdisjoint(table("pages")["cookies"]):
            return not any(sign in word for word in words for sign in table("pages")["processing"])
        if is_about([text]):
            return False
    return False


def is_table_about(found: Table, texts: Iterable[str]) -> bool:
    """Whether a table with a column of names is one of sub-processors: by words around it or a column that tells."""
    header = found.header(found.fields["sub_processor"][0]) if "sub_processor" in found.fields else ""
    return is_about([*texts, header]) or any(field in found.fields for field in TELLING)


def is_table_of_cookies(found: Table) -> bool:
    """Whether a table has columns that only cookies have, such as how long they are kept."""
    return any(plain(header) in table("pages")["cookie_columns"] for header in found.headers)


def why_no_list(items: Sequence[Block]) -> str:
    """Why a list names nobody, whatever stands above it; empty: it may."""
    if _is_menu(items):
        return "taken for a menu, since its items only lead to other pages"
    return "" if _read_like_names(items) else "a list of sentences rather than of names"


def _is_menu(items: Sequence[Block]) -> bool:
    """Whether items only lead to other pages of the same site: links and nothing else, within it or to one host."""
    if not all(item.text.address for item in items):
        return False
    hosts = Counter(_host(item.text.address) for item in items)
    return hosts[""] * 2 >= len(items) or (len(items) > 2 and len(hosts) == 1)


def _host(address: str) -> str:
    """The host that an address leads to; empty: it stays on the site, or leads to no page."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    return parts.netloc.casefold() if parts.scheme in {"", "http", "https"} else ""


def _read_like_names(items: Sequence[Block]) -> bool:
    """Whether at least half of the items begin with what may be a name, rather than with a sentence."""
    return sum(map(_has_name, items)) * 2 >= len(items)


def _has_name(item: Block) -> bool:
    name = name_of(item).strip()
    words = name.split()
    if len(words) <= SHORT_NAME or key_of(name).form or places_in(name).codes:
        return True
    large = sum(1 for word in words if not word[:1].islower())
    return len(words) <= LONG_NAME and not name.endswith((".", ";")) and large * 2 > len(words)
