"""TILT documents (Transparency Information Language): a privacy statement as JSON becomes a controller's register.

Real files break their schema, so nothing is taken for granted: what can be read is read, the rest is reported.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from graphsvc.imports.difference import Entry
from graphsvc.imports.foreign.activities import Activities
from graphsvc.imports.foreign.clean import cannot_read, shortened
from graphsvc.imports.foreign.days import Ambiguous, day_in
from graphsvc.imports.foreign.draft import extend
from graphsvc.imports.foreign.known import Register, key_of
from graphsvc.imports.foreign.names import Written, written
from graphsvc.imports.foreign.node import Node
from graphsvc.imports.foreign.recipients import Recipients
from graphsvc.imports.foreign.report import Imported, Notes
from graphsvc.imports.foreign.settings import ImportSettings
from graphsvc.imports.foreign.statement import closed, countries, draft_about, opened
from graphsvc.imports.foreign.tilt_data import Disclosed
from graphsvc.imports.foreign.tilt_transfers import Transfers
from graphsvc.imports.foreign.vocabulary import Vocabulary
from graphsvc.model import UNKNOWN, Day

RIGHTS = {
    "rightToInformation": ("information",),
    "accessAndDataPortability": ("access", "portability"),
    "rightToRectificationOrDeletion": ("rectification", "erasure"),
    "rightToDataPortability": ("portability",),
    "rightToWithdrawConsent": ("withdraw_consent",),
    "rightToComplain": ("complaint",),
}
"""The rights of data subjects (GDPR Art. 13(2)(b) to (d)) by the keys they have in TILT."""
PERSON = "may name or reach a person, so it is not taken over"
LONGEST_HOW = 500


def read_tilt(content: bytes, settings: ImportSettings, register: Register) -> Imported:
    """A TILT document as a document of ours.

    Raises:
        InvalidDocument: it is no JSON, or nothing in it looks like TILT.
    """
    parts = ("controller", "dataDisclosed")
    root, notes = opened("tilt", content, settings, _parsed, "TILT document", parts)
    return closed(root, notes, _Tilt(root, settings, register, notes).body(content))


def _parsed(text: str, file: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise cannot_read(f"is not JSON: {error.msg}", file, line=error.lineno) from None
    except ValueError as error:
        raise cannot_read(f"is not JSON: {error}", file) from None
    except RecursionError:
        raise cannot_read("is nested too deep", file) from None


class _Tilt:
    """Makes the document of one TILT file."""

    def __init__(self, root: Node, settings: ImportSettings, register: Register, notes: Notes) -> None:
        self._root = root
        self._settings = settings
        self._register = register
        self._notes = notes

    def body(self, content: bytes) -> Entry:
        """The document."""
        controller = self._controller()
        who = controller.name
        self._draft = draft_about(who, "Privacy statement", self._with_address(), self._notes, content, self._date())
        recipients = Recipients(self._register, self._settings, self._draft, self._notes)
        activities = Activities(self._draft, Vocabulary(self._register, self._notes), self._notes)
        disclosed = Disclosed(self._root["dataDisclosed"], self._register, recipients, self._draft, self._notes)
        recipients.learn(disclosed.named(), [controller])
        party = recipients.stated(controller, self._seats())
        for entry in disclosed.entries():
            self._notes.rows_read += 1
            self._notes.rows_imported += disclosed.add(entry, activities, party.id)
        Transfers(self._root["thirdCountryTransfers"], self._register, recipients, self._draft, self._notes).add(
            disclosed, activities, party.id
        )
        self._about(party.id)
        return self._draft.body()

    def _controller(self) -> Written:
        node, meta = self._root["controller"], self._root["meta"]
        if not node.is_mapping and node:
            node = Node({"name": node.value}, "/controller", self._notes)
        short = meta["name"].name()
        name = node["name"].name() or short or self._settings.publisher
        if not name:
            raise cannot_read("names no controller; say with `publisher` whose statement it is", self._settings.file)
        others = [short] if short and key_of(short).base != key_of(name).base else []
        return written(name, "/controller/name", others)

    def _seats(self) -> list[str]:
        node = self._root["controller"]
        found = countries(node["country"], self._register, self._notes) if node["country"] else []
        if not found and node["address"]:
            found = countries(node["address"], self._register, Notes("", ""))
            if found not in ([], [UNKNOWN]):
                self._notes.guessed(node["address"].place, f"the country is taken from the address: {', '.join(found)}")
        return [code for code in found if code != UNKNOWN]

    def _date(self) -> Day | None:
        meta = self._root["meta"]
        for key in ("modified", "created"):
            try:
                day = day_in(meta[key].text())
            except Ambiguous as problem:
                self._notes.not_understood(meta[key].place, str(problem))
                continue
            if day:
                return self._settings.date or day
        return self._settings.date

    def _with_address(self) -> ImportSettings:
        meta = self._root["meta"]
        for key in ("_id", "_hash", "version"):
            meta[key].skip()
        if meta["status"].text().casefold() == "inactive":
            self._notes.guessed(meta["status"].place, "the file says that it is no longer in force")
        if meta["language"].text():
            self._notes.noted(meta["language"].place, "the language of the statement", meta["language"].text())
        return replace(self._settings, url=self._settings.url or meta["url"].text())

    # The controller: officer, rights, automated decisions

    def _about(self, party: str) -> None:
        entry = self._draft.entry("parties", party, "/controller")
        node, officer = self._root["controller"], self._root["dataProtectionOfficer"]
        for key in ("representative", "address"):
            node[key].skip(PERSON)
        if division := node["division"].text():
            self._draft.join(entry, "note", f"Division, by the file: {division}.", node.place, " ")
        if officer:
            entry["officer"] = {"appointed": True, "evidence": [self._draft.evidence(officer.place)]}
            officer.skip("that there is an officer is taken over; name and addresses may be those of a person")
        for key, rights in RIGHTS.items():
            self._right(entry, self._root[key], rights)
        self._decisions(entry)

    def _right(self, entry: Entry, node: Node, rights: tuple[str, ...]) -> None:
        authority = node["supervisoryAuthority"]["name"].text()
        how = node["url"].text() or authority or node["description"].text()
        available = node["available"].flag()
        for key in ("email", "phone"):
            node[key].skip(PERSON)
        node["supervisoryAuthority"].skip()
        if available is False:
            self._notes.left_out(node.place, "says that this right is not given; only rights that are given are kept")
        elif available:
            said = {"how": shortened(how, LONGEST_HOW)} if how else {}
            evidence = [self._draft.evidence(node.place)]
            extend(entry, "rights", ({"right": right, **said, "evidence": evidence} for right in rights))

    def _decisions(self, entry: Entry) -> None:
        node = self._root["automatedDecisionMaking"]
        if node["inUse"].flag():
            logic = node["logicInvolved"].text()
            said = f"Automated decisions are in use, by the file{': ' if logic else ''}{logic}".rstrip(".")
            self._draft.join(entry, "note", f"{said}.", node.place, " ")
