"""The order of the vocabulary: which word includes which, and what two data items have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graphsvc.model import UNKNOWN, DataItem, Terms, Vocabulary

Broader = Mapping[str, Iterable[str]]
"""For each word, the words right above it."""

ANYTHING = DataItem(UNKNOWN, UNKNOWN)
"""What an activity uses when nobody told us: it may be any data of anybody."""
REMEMBERED = 100_000
"""How many meets are kept; an order lives as long as the vocabulary does."""


class Order:
    """The broader/narrower order over data categories, data-subject categories and purposes."""

    def __init__(self, categories: Broader, subjects: Broader, purposes: Broader | None = None) -> None:
        self._categories = _closure(categories)
        self._subjects = _closure(subjects)
        self._purposes = _closure(purposes or {})
        self._meets: dict[tuple[DataItem, frozenset[DataItem]], frozenset[DataItem]] = {}

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> Order:
        """The order of a vocabulary."""
        return cls(
            *(
                {term.id: term.broader for term in terms.values()}
                for terms in (vocabulary.categories, vocabulary.subjects, vocabulary.purposes)
            )
        )

    def includes_category(self, broad: str, narrow: str) -> bool:
        """Whether the first category is the second or broader."""
        return _includes(self._categories, broad, narrow)

    def includes_subject(self, broad: str, narrow: str) -> bool:
        """Whether the first data-subject category is the second or broader."""
        return _includes(self._subjects, broad, narrow)

    def includes_purpose(self, broad: str, narrow: str) -> bool:
        """Whether the first purpose is the second or broader."""
        return _includes(self._purposes, broad, narrow)

    def includes(self, broad: DataItem, narrow: DataItem) -> bool:
        """Whether the first data item is the second or broader, in subject and in category."""
        return self.includes_subject(broad.subject, narrow.subject) and self.includes_category(
            broad.category, narrow.category
        )

    def meet(self, arriving: frozenset[DataItem], carried: frozenset[DataItem] | None) -> frozenset[DataItem]:
        """What passes a flow: the items that what arrives and what it carries have in common.

        Args:
            arriving: What arrives at the sender.
            carried: What the flow lists; None when it lists nothing and so passes on whatever arrives.

        Returns:
            For each pair that overlaps the narrower word of both: contact data that meets a flow of
            e-mail addresses is e-mail addresses.
        """
        if carried is None:
            return arriving
        return frozenset().union(*(self.passing(item, carried) for item in arriving))

    def passing(self, item: DataItem, carried: frozenset[DataItem] | None) -> frozenset[DataItem]:
        """What of one item passes a flow. Item by item, so that it does not matter what else arrives, or when."""
        if carried is None:
            return frozenset((item,))
        key = (item, carried)
        if key not in self._meets:
            if len(self._meets) >= REMEMBERED:
                self._meets.clear()
            self._meets[key] = frozenset(found for other in carried if (found := self._common(item, other)))
        return self._meets[key]

    def _common(self, one: DataItem, other: DataItem) -> DataItem | None:
        subject = _narrower(self._subjects, one.subject, other.subject)
        category = _narrower(self._categories, one.category, other.category)
        return DataItem(subject, category) if subject and category else None

    def widening(self, arriving: frozenset[DataItem], carried: frozenset[DataItem] | None) -> frozenset[DataItem]:
        """What a flow lists beyond what can arrive."""
        if carried is None:
            return frozenset()
        return frozenset(
            item for item in carried - arriving if not any(self.includes(broad, item) for broad in arriving)
        )


def _broader(terms: Terms) -> Broader:
    return {term.id: term.broader for term in terms.values()}


def _closure(broader: Broader) -> dict[str, frozenset[str]]:
    """For each word itself and every word above it; a circle among words ends."""
    above: dict[str, frozenset[str]] = {}
    for word in broader:
        seen: set[str] = set()
        todo = [word]
        while todo:
            current = todo.pop()
            if current not in seen:
                seen.add(current)
                todo.extend(broader.get(current, ()))
        above[word] = frozenset(seen)
    return above


def _includes(above: Mapping[str, frozenset[str]], broad: str, narrow: str) -> bool:
    return broad in (UNKNOWN, narrow) or broad in above.get(narrow, ())


def _narrower(above: Mapping[str, frozenset[str]], one: str, other: str) -> str | None:
    if _includes(above, one, other):
        return other
    return one if _includes(above, other, one) else None
