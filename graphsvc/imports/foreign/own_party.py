"""What our own record says of its controller (GDPR Art. 30(1)(a)), applied to the document that states it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from graphsvc.imports.foreign.draft import Draft
from graphsvc.imports.foreign.own_entry import speaks
from graphsvc.imports.foreign.own_sheet import OwnRow
from graphsvc.imports.foreign.own_words import said
from graphsvc.imports.foreign.report import Notes

FIELDS = {"controller_contact": "contact", "controller_representative": "representative"}
"""Columns whose words are a field of the party; its name and officer are more than a cell can say."""


class OwnParty:
    """Applies cells about the controller, which every row repeats.

    Args:
        party: Id of the controller.
        bodies: The documents that state its activities; they are changed.
        draft: Gives evidence in the file.
        notes: Where to say what is not taken.
    """

    def __init__(self, party: str, bodies: Mapping[str, dict[str, Any]], draft: Draft, notes: Notes) -> None:
        stated = [each for body in bodies.values() for each in body.get("parties", ()) if each["id"] == party]
        # With none, or several that may say different things, a cell does not tell which one it is to change.
        self._entry = stated[0] if len(stated) == 1 else None
        self._draft = draft
        self._notes = notes
        self._taken: dict[str, str] = {}

    def rest(self, row: OwnRow, keys: Iterable[str]) -> list[str]:
        """Take over what a row says of the controller; the keys of the cells that are left."""
        return [key for key in keys if key not in FIELDS or not row.before or not self._is_taken(row, key)]

    def _is_taken(self, row: OwnRow, key: str) -> bool:
        found, name, place = said(row.cells[key]), FIELDS[key], row.places[key]
        if self._entry is None or found is None:
            return False
        text = self._draft.text(" ".join(found.text.split()), place)
        if name not in self._taken:
            self._taken[name] = self._entry[name] = text
            speaks(self._entry, name, self._draft.evidence(place, found.basis, [name]))
        elif self._taken[name] != text:
            self._notes.not_understood(place, f"another row says {self._taken[name]!r} of the same controller", text)
        return True
