"""Atom feeds (RFC 4287): entries whose ids stay the same, so that a reader shows each of them once."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from feedgen.feed import FeedGenerator

from graphsvc.text import canonical

SPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "graphsvc.invalid")
"""The name space of our ids: a name that nobody can own. That it never changes is what matters."""


@dataclass(frozen=True)
class Entry:
    """One entry of a feed, or one event of a calendar.

    Attributes:
        key: What makes it the one it is; its id follows from this alone.
        title: One sentence.
        text: Everything else, in lines.
        when: A day, or a moment in UTC, as ISO 8601 writes it.
        categories: Words to sort by.
    """

    key: tuple[str, ...]
    title: str
    text: str
    when: str
    categories: tuple[str, ...] = ()

    @property
    def id(self) -> uuid.UUID:
        """The same for the same key, on every machine, for ever."""
        return uuid.uuid5(SPACE, canonical(self.key))


def atom(
    title: str,
    key: tuple[str, ...],
    entries: Iterable[Entry],
    updated: str,
    link: str | None = None,
    subtitle: str | None = None,
) -> bytes:
    """A feed.

    Args:
        title: Its title.
        key: What makes it the feed it is.
        entries: In the order of the feed.
        updated: When it was last different, as ISO 8601 writes it.
        link: Its own address, where it has one.
        subtitle: What a reader should know of it, if anything.
    """
    feed = FeedGenerator()
    feed.id(Entry(key, "", "", "").id.urn)
    feed.title(title)
    feed.updated(_moment(updated))
    feed.author(name="graphsvc")
    feed.generator("graphsvc")
    if subtitle:
        feed.subtitle(subtitle)
    if link:
        feed.link(href=link, rel="self")
    for entry in entries:
        _add(feed, entry)
    return feed.atom_str(pretty=True)


def _add(feed: FeedGenerator, entry: Entry) -> None:
    added = feed.add_entry(order="append")
    added.id(entry.id.urn)
    added.title(entry.title)
    added.updated(_moment(entry.when))
    added.published(_moment(entry.when))
    added.content(entry.text, type="text")
    for category in entry.categories:
        added.category(term=category)


def _moment(when: str) -> str:
    """A moment in UTC; of a day its first."""
    return when if "T" in when else f"{when}T00:00:00Z"
