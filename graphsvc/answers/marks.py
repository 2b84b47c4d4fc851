"""What is at stake with a data item: special categories, convictions and offences, vulnerable people."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from graphsvc.answers.network import Network
from graphsvc.model import UNKNOWN, DataItem, Term, Terms

Mark = bool | None
"""Whether it is so; None: it may be, since the word is too broad or not known to tell."""


class Marks(NamedTuple):
    """What is known of a data item.

    Attributes:
        special: Whether it is a special category (Art. 9(1)).
        criminal: Whether it is about convictions and offences (Art. 10).
        vulnerable: Whether the people are vulnerable (WP 248 rev.01).
    """

    special: Mark
    criminal: Mark
    vulnerable: Mark


class Marker:
    """Marks the data items of one network by its vocabulary; each word once."""

    def __init__(self, network: Network) -> None:
        order, words = network.order, network.vocabulary
        marked = (
            (words.categories, order.includes_category, lambda term: term.special),
            (words.categories, order.includes_category, lambda term: term.criminal),
            (words.subjects, order.includes_subject, lambda term: term.vulnerable),
        )
        self._find = [_finder(*each) for each in marked]
        self._known: dict[DataItem, Marks] = {}

    def __call__(self, item: DataItem) -> Marks:
        """What is known of a data item."""
        if item not in self._known:
            words = (item.category, item.category, item.subject)
            self._known[item] = Marks(*(find(word) for find, word in zip(self._find, words, strict=True)))
        return self._known[item]


def any_mark(marks: Iterable[Mark]) -> Mark:
    """Whether one of several is marked; None: none is, and one may be."""
    found = set(marks)
    if True in found:
        return True
    return None if None in found else False


def _finder(terms: Terms, includes: Callable[[str, str], bool], has: Callable[[Term], bool]) -> Callable[[str], Mark]:
    marked = [term.id for term in terms.values() if has(term)]

    def find(word: str) -> Mark:
        """A word counts when it or one above it is marked; it may count when one below it is."""
        if any(includes(above, word) for above in marked if above != UNKNOWN):
            return True
        may_be = word == UNKNOWN or any(includes(word, below) for below in marked)
        return None if may_be else False

    return find
