"""The changed cells of one row of our own record, applied to the entry of its activity (GDPR Art. 30(1))."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from graphsvc.imports.foreign.days import Ambiguous, day_in
from graphsvc.imports.foreign.draft import Draft
from graphsvc.imports.foreign.own_sheet import OwnRow
from graphsvc.imports.foreign.own_words import Said, lines, listed, said
from graphsvc.imports.foreign.report import Notes
from graphsvc.imports.foreign.retention import retention
from graphsvc.imports.foreign.vocabulary import Vocabulary, is_condition
from graphsvc.model import Basis

Entry = dict[str, Any]
Item = tuple[str, str]
"""A data item: ids of whose data it is, and which."""
CUT_OFF = "…"
WORKED_OUT = "is worked out by the export, so a change here changes nothing"
OF_PARTY = "is said of the party, not of the activity: change it in the document that states the party"
OF_FLOWS = "follows from the flows: change it in the document that says them"
NOT_TAKEN = {
    "subjects": "follows from the column of personal data: change it there",
    **dict.fromkeys(("delicate", "basis", "sources", "gaps", "number", "activity_id"), WORKED_OUT),
    **dict.fromkeys(("controller", "controller_contact", "controller_representative", "controller_officer"), OF_PARTY),
    **dict.fromkeys(("sub_processors", "third_countries", "safeguards"), OF_FLOWS),
}
"""Columns that are read, but not taken over, each with the reason."""


class OwnEntry:
    """Applies a row to an entry.

    Args:
        entry: The activity; it is changed.
        row: The row.
        draft: Gives evidence in the file.
        vocabulary: Finds words.
        notes: Where to say what is not taken.
    """

    def __init__(self, entry: Entry, row: OwnRow, draft: Draft, vocabulary: Vocabulary, notes: Notes) -> None:
        self.entry = entry
        self._row = row
        self._draft = draft
        self._vocabulary = vocabulary
        self._notes = notes
        self._apply: Mapping[str, Callable[[str], None]] = {
            "activity": self._name,
            "purposes": self._purposes,
            "legal_basis": lambda key: self._grounds(key, "legal_bases"),
            "special_condition": lambda key: self._grounds(key, "special_conditions"),
            "data": self._data,
            "retention": self._retention,
            "measures": self._measures,
            "since": lambda key: self._day(key, "valid_from"),
            "until": lambda key: self._day(key, "valid_until"),
        }

    def apply(self, keys: Iterable[str]) -> None:
        """Apply some cells; what is not taken over is reported."""
        for key in keys:
            if self._row.cells[key].endswith(CUT_OFF) and len(self._row.cells[key]) > 30_000:
                self._report(key, "was cut off when the file was written, so what is missing cannot be told; not taken")
            elif key in self._apply:
                self._apply[key](key)
            elif key in NOT_TAKEN and self._row.before:
                self._report(key, NOT_TAKEN[key])
            elif NOT_TAKEN.get(key) == OF_FLOWS and said(self._row.cells[key]):
                self._notes.left_out(self._row.places[key], "belongs to recipients; not imported", self._row.cells[key])

    def _report(self, key: str, text: str) -> None:
        self._notes.not_understood(self._row.places[key], text, self._row.cells[key])

    def _evidence(self, key: str, basis: Basis | None, about: Iterable[str] = ()) -> Entry:
        return self._draft.evidence(self._row.places[key], basis, about)

    def _speaks(self, key: str, about: str, basis: Basis | None) -> None:
        """From now on the file says this key; whatever said it before says it no longer."""
        speaks(self.entry, about, self._evidence(key, basis, [about]))

    def _put(self, key: str, values: list[Any]) -> None:
        """A list of the entry; an empty one is left out."""
        if values:
            self.entry[key] = values
        else:
            self.entry.pop(key, None)

    # Each column

    def _name(self, key: str) -> None:
        found = said(self._row.cells[key])
        if found is None:
            self._report(key, "an activity has a name; it stays as it was")
            return
        self.entry["name"] = self._draft.name(" ".join(found.text.split()), self._row.places[key])
        if self._row.before:
            self._speaks(key, "name", found.basis)

    def _purposes(self, key: str) -> None:
        parts = listed(self._row.cells[key])
        words = self._words("purposes", parts, self._row.places[key])
        if parts and not words:
            return
        self._put("purposes", list(words))
        if words:
            self._speaks(key, "purposes", next((basis for basis in words.values() if basis), None))

    def _words(self, section: str, parts: Iterable[Said], place: str) -> dict[str, Basis | None]:
        found: dict[str, Basis | None] = {}
        for part in parts:
            found |= dict.fromkeys(self._vocabulary.words(section, part.text, place), part.basis)
        return found

    def _grounds(self, key: str, section: str) -> None:
        now = self._found_grounds(self._row.cells[key], section, self._vocabulary, self._row.places[key])
        if not now and said(self._row.cells[key]):
            return
        before = self._found_grounds(self._row.before.get(key, ""), section, self._vocabulary.silent(), "")
        known = {each["id"]: each for each in self.entry.get(section, [])}
        self._put(
            section,
            [self._kept(known.get(each), {"id": each}, key, basis, before.get(each)) for each, basis in now.items()],
        )

    def _found_grounds(self, text: str, section: str, vocabulary: Vocabulary, place: str) -> dict[str, Basis | None]:
        known = {each["id"] for each in self.entry.get(section, [])}
        found: dict[str, Basis | None] = {}
        for line in lines(text):
            whole = vocabulary.find("legal_bases", line.text.rsplit(" (", 1)[0])
            for word in [whole] if whole else vocabulary.legal_bases(line.text, place):
                if word in known or is_condition(word) == (section == "special_conditions"):
                    found[word] = line.basis
                else:
                    vocabulary.report(place, "belongs in the other column of legal bases", line.text)
        return found

    def _kept(self, known: Entry | None, new: Entry, key: str, now: Basis | None, before: Basis | None) -> Entry:
        """What was there stays with its evidence, unless its mark was taken away: then somebody states it."""
        if known is not None and now == before:
            return known
        return (known or new) | {"evidence": [self._evidence(key, now)]}

    def _data(self, key: str) -> None:
        now = self._found_data(self._row.cells[key], self._vocabulary, self._row.places[key])
        if not now and said(self._row.cells[key]):
            return
        before = self._found_data(self._row.before.get(key, ""), self._vocabulary.silent(), "")
        known = {(each["subject"], each["category"]): each for each in self.entry.get("data", [])}
        order = [*(item for item in known if item in now), *(item for item in now if item not in known)]
        new = {item: {"subject": item[0], "category": item[1]} for item in order}
        self._put("data", [self._kept(known.get(item), new[item], key, now[item], before.get(item)) for item in order])

    def _found_data(self, text: str, vocabulary: Vocabulary, place: str) -> dict[Item, Basis | None]:
        """Each line names people, a colon, and the data of theirs."""
        found: dict[Item, Basis | None] = {}
        for line in lines(text):
            whose, colon, which = line.text.partition(":")
            people = said(whose)
            if not colon or people is None:
                vocabulary.report(place, "does not say whose data it is: people, a colon, and the data", line.text)
                continue
            subjects = vocabulary.words("subject_categories", people.text, place)
            parts = [part for each in _between_commas(which) if (part := said(each))]
            # A mark at the end of the line is that of its last word.
            parts[-1:] = [Said(part.text, part.basis or line.basis) for part in parts[-1:]]
            for part in parts:
                for category in vocabulary.words("data_categories", part.text, place):
                    found |= {(subject, category): part.basis or people.basis for subject in subjects}
        return found

    def _retention(self, key: str) -> None:
        stood = [line for line in self._row.before.get(key, "").splitlines() if said(line)]
        entries = self.entry.get("retention", [])
        known = [each for each in entries if each["kind"] != "not_stated"]
        if len(stood) != len(known) and stood:
            self._report(key, "cannot be held against what is recorded; change it in the document")
            return
        by_line = dict(zip(stood, known, strict=False))
        now = [line for line in self._row.cells[key].splitlines() if said(line)]
        silent = [each for each in entries if each not in known]
        self._put("retention", [by_line.get(line) or self._kept_for(key, line) for line in now] + silent)

    def _kept_for(self, key: str, line: str) -> Entry:
        found = said(line) or Said(line, None)
        what, colon, how_long = found.text.partition(":")
        if not colon:
            what, how_long = "The data of this activity", found.text
        made = retention(how_long.strip(), what.strip(), self._evidence(key, found.basis))
        return made or {"what": what.strip(), "kind": "criteria", "evidence": [self._evidence(key, found.basis)]}

    def _measures(self, key: str) -> None:
        known = {" ".join(each["text"].split()): each for each in self.entry.get("measures", [])}
        before = {found.text for found in lines(self._row.before.get(key, ""))}
        now = {" ".join(found.text.split()): found for found in lines(self._row.cells[key])}
        for text in sorted(before - now.keys() - known.keys()):
            self._report(key, f"no longer names what the controller does as a whole ({text}): change it there")
        kept = [each for text, each in known.items() if text in now]
        added = [
            {"text": self._draft.text(text, self._row.places[key]), "evidence": [self._evidence(key, found.basis)]}
            for text, found in now.items()
            if text not in known and text not in before
        ]
        self._put("measures", kept + added)

    def _day(self, key: str, name: str) -> None:
        found = said(self._row.cells[key])
        try:
            day = day_in(found.text, "") if found else None
        except Ambiguous as problem:
            self._report(key, str(problem))
            return
        if found and day is None:
            self._report(key, "is no day that can be read")
        elif day:
            self.entry[name] = day
            self._speaks(key, name, found.basis if found else None)
        else:
            self.entry.pop(name, None)


def speaks(entry: Entry, about: str, evidence: Entry) -> None:
    """From now on a piece of evidence alone says a key of an entry, beside what speaks for the whole of it."""
    kept = [_without(each, about) for each in entry.get("evidence", [])]
    entry["evidence"] = [each for each in kept if each] + [evidence]


def _without(evidence: Entry, about: str) -> Entry | None:
    named = [each for each in evidence.get("for", []) if each != about]
    if "for" not in evidence:
        return evidence
    return evidence | {"for": named} if named else None


def _between_commas(text: str) -> list[str]:
    """The parts of a list; a comma in brackets parts nothing."""
    parts, depth = [""], 0
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        if letter in ",;" and depth <= 0:
            parts.append("")
        else:
            parts[-1] += letter
    return parts
