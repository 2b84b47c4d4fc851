"""Processing activities in the making, whatever file they come from (GDPR Art. 30(1))."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graphsvc.imports.difference import Entry
from graphsvc.imports.foreign.draft import Draft, extend
from graphsvc.imports.foreign.names import slug
from graphsvc.imports.foreign.report import Notes
from graphsvc.imports.foreign.vocabulary import Vocabulary, is_condition
from graphsvc.model import Basis

ANYBODY = "data-subject"


class Activities:
    """The activities of one document; ids are made of the document's, so that they clash with nobody's."""

    def __init__(self, draft: Draft, vocabulary: Vocabulary, notes: Notes) -> None:
        self._draft = draft
        self._vocabulary = vocabulary
        self._notes = notes
        self._used: set[str] = set()

    def add(self, name: str, controller: str, place: str) -> Entry:
        """A new activity; a name that is there already gets a number behind its id."""
        key = base = slug(f"{self._draft.id}-{slug(name, 60)}", 110)
        number = 1
        while key in self._used:
            number += 1
            key = f"{base}-{number}"
        self._used.add(key)
        named = self._draft.name(name, place)
        return self._draft.entry("activities", key, place, name=named, controller=controller)

    def words(self, section: str, text: str, place: str) -> list[str]:
        """The words of our vocabulary in a text; the others are reported."""
        return self._vocabulary.words(section, text, place)

    def purposes(self, activity: Entry, text: str, place: str) -> None:
        """The purposes of a text, those of our vocabulary; the text itself stays in the note when it says more."""
        words = self._vocabulary.words("purposes", text, place)
        extend(activity, "purposes", words)
        if not words:
            self.note(activity, "Purpose, by the file", text, place)

    def legal_bases(self, activity: Entry, text: str, place: str) -> None:
        """The legal bases and conditions of a text."""
        words = self._vocabulary.legal_bases(text, place)
        if not words:
            self.note(activity, "Legal basis, by the file", text, place)
        for word in words:
            key = "special_conditions" if is_condition(word) else "legal_bases"
            extend(activity, key, [{"id": word}])

    def data(self, activity: Entry, subjects: Sequence[str], categories: Sequence[str], locator: str) -> None:
        """The data items: each category of each subject.

        A file that names whose data and which data side by side does not say which of whose; then the pairs are
        inferred. Where it does not say whose, they are of somebody: inferred as well.
        """
        is_inferred = len(subjects) != 1 and bool(categories)
        whose = list(subjects) or ([ANYBODY] if self._vocabulary.has("subject_categories", ANYBODY) else [])
        evidence = {"evidence": [self._draft.evidence(locator, Basis.INFERRED)]} if is_inferred else {}
        items = [{"subject": subject, "category": category} | evidence for subject in whose for category in categories]
        extend(activity, "data", items)

    def note(self, activity: Entry, what: str, text: str, place: str) -> None:
        """Words of the file that stay words."""
        said = " ".join(text.split())
        if said:
            self._draft.join(activity, "note", f"{what}: {said.rstrip('.')}.", place, " ")

    def days(self, activity: Entry, start: str | None, end: str | None, place: str) -> None:
        """First and last day."""
        for key, day in (("valid_from", start), ("valid_until", end)):
            if day:
                activity[key] = day
        if start and end and end < start:
            self._notes.not_understood(place, "ends before it begins; the last day is left out", end)
            del activity["valid_until"]


def words_of(found: Iterable[Iterable[str]]) -> list[str]:
    """Several lists of words as one, each word once."""
    return list(dict.fromkeys(word for words in found for word in words))
