"""Our own record of Art. 30(1) read back: the documents that state its activities, with the cells that were changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

from graphsvc.imports.foreign.draft import Draft
from graphsvc.imports.foreign.known import Register
from graphsvc.imports.foreign.names import slug
from graphsvc.imports.foreign.own_entry import OwnEntry
from graphsvc.imports.foreign.own_party import OwnParty
from graphsvc.imports.foreign.own_recipients import OwnRecipients
from graphsvc.imports.foreign.own_sheet import OwnRow, OwnSheet
from graphsvc.imports.foreign.own_words import said
from graphsvc.imports.foreign.record import record_id
from graphsvc.imports.foreign.report import Notes
from graphsvc.imports.foreign.settings import ImportSettings
from graphsvc.imports.foreign.vocabulary import Vocabulary
from graphsvc.model import Basis
from graphsvc.text import digest

Body = dict[str, Any]


class OwnRecord:
    """Applies a record of ours to the documents that state its activities.

    Args:
        sheet: The record.
        stored: The documents that state its activities, by id, as they are loaded now.
        settings: What whoever imports says.
        register: What the register knows.
        content: The bytes of the file.
        notes: What the report will say.
    """

    def __init__(
        self,
        sheet: OwnSheet,
        stored: Mapping[str, Body],
        settings: ImportSettings,
        register: Register,
        content: bytes,
        notes: Notes,
    ) -> None:
        self._sheet = sheet
        self._name = sheet.name or settings.publisher or _first_controller(sheet)
        self._stored = stored
        self._bodies: dict[str, Body] = deepcopy(dict(stored))
        self._notes = notes
        title, own = f"Processing activities of {self._name}", document_id(sheet, settings)
        source = slug(f"{own}-{digest(content)[:8]}")
        who = (content, settings.date, self._name, Basis.STATED, source)
        self._draft = Draft(own, title, settings, notes, *who)
        self._vocabulary = Vocabulary(register, notes)
        self._recipients = OwnRecipients(register, settings, self._draft, notes)
        self._controller = sheet.controller or self._recipients.party_called(self._name)
        self._where = {
            entry["id"]: (document, entry)
            for document, body in self._bodies.items()
            for entry in body.get("activities", [])
        }
        known = [self._where[row.activity][0] for row in sheet.rows if row.activity in self._where]
        self._home = known[0] if known else own
        """The document that new activities go into."""
        self._details: dict[str, list[Mapping[str, str]]] = {}
        for each in sheet.recipients:
            self._details.setdefault(each["belongs_to_id"], []).append(each)

    def bodies(self) -> dict[str, Body]:
        """The documents as they are to be, by id; those in which nothing changes as they are."""
        self._tell_what_is_gone()
        placed = [each for row in self._sheet.rows for each in self._placed(row)]
        self._recipients.learn(row for row, _ in placed)
        party = OwnParty(self._controller, self._bodies, self._draft, self._notes)
        for row, entry in placed:
            keys = party.rest(row, row.changed if row.before else [*row.cells])
            OwnEntry(entry, row, self._draft, self._vocabulary, self._notes).apply(keys)
            details = () if row.before else self._details.get(row.activity, ())
            self._recipients.flows(entry["id"], row, details)
        self._take_over(self._draft.body())
        return self._bodies

    def _tell_what_is_gone(self) -> None:
        for activity in self._sheet.gone:
            text = "its row was deleted, the activity stays: give it a last day, or remove it from its document"
            self._notes.left_out("", text, activity)
        for heading in self._sheet.lost:
            self._notes.noted("", "the column was deleted; nothing of it is changed", heading)

    def _placed(self, row: OwnRow) -> Iterator[tuple[OwnRow, Body]]:
        """A row with the entry that it is about; a new one where the register has none."""
        self._notes.rows_read += 1
        if row.activity in self._where and not self._sheet.is_kept:
            text = "the register has this activity, and the file does not tell what was changed in it"
            self._notes.left_out(row.place, text, row.activity)
        elif row.activity in self._where:
            self._notes.rows_imported += 1
            yield row, self._where[row.activity][1]
        elif name := said(row.cells["activity"]):
            self._notes.rows_imported += 1
            yield replace(row, before={}), self._fresh(row, name.text)
        else:
            self._notes.lost(row.place, "names no activity", " | ".join(filter(None, row.cells.values())))

    def _fresh(self, row: OwnRow, name: str) -> Body:
        """A new activity, in the document of the other ones; else in one of its own."""
        key = base = row.activity or slug(f"{self._draft.id}-{slug(name, 60)}", 110)
        number = 1
        while key in self._where:
            number += 1
            key = f"{base}-{number}"
        entry: Body = {"id": key, "name": self._draft.name(name, row.place), "controller": self._controller}
        entry["evidence"] = [self._draft.evidence(row.place)]
        document = self._document(self._home)
        document.setdefault("activities", []).append(entry)
        self._where[key] = (self._home, entry)
        if self._recipients.is_new(self._controller):
            controller = {"id": self._controller, "name": self._draft.name(self._name, row.place)}
            _add(document, "parties", controller | {"evidence": [self._draft.evidence(row.place)]})
        return entry

    def _document(self, key: str) -> Body:
        header = {"id": key, "title": f"Processing activities of {self._name}"}
        return self._bodies.setdefault(key, {"document": header})

    def _take_over(self, made: Body) -> None:
        """Put new flows, with the services and parties that they need, where their activities are; and the source."""
        services, parties = ({each["id"]: each for each in made.get(key, ())} for key in ("services", "parties"))
        for flow in made.get("flows", ()):
            document = self._bodies[self._where[flow["from"]][0]]
            _add(document, "flows", flow)
            if service := services.get(flow["to"]):
                _add(document, "services", service)
                if party := parties.get(service.get("provider")):
                    _add(document, "parties", party)
        for key, body in self._bodies.items():
            if body != self._stored.get(key):
                _add(body, "sources", made["sources"][0])


def document_id(sheet: OwnSheet, settings: ImportSettings) -> str:
    """Id of the document for activities that no document states yet."""
    return record_id(sheet.name or settings.publisher or _first_controller(sheet))


def _first_controller(sheet: OwnSheet) -> str:
    named = (found.text for row in sheet.rows if (found := said(row.cells.get("controller", ""))))
    return next(named, "nobody named")


def _add(document: Body, section: str, entry: Body) -> None:
    """Add an entry that the document has not yet."""
    found = document.setdefault(section, [])
    if entry["id"] not in {each["id"] for each in found}:
        found.append(entry)
