"""The part `thirdCountryTransfers` of a TILT document (GDPR Art. 13(1)(f)): countries and guarantees, without names."""

from __future__ import annotations

from graphsvc.imports.difference import Entry
from graphsvc.imports.foreign.activities import Activities
from graphsvc.imports.foreign.draft import Draft, extend
from graphsvc.imports.foreign.known import Register
from graphsvc.imports.foreign.node import Node
from graphsvc.imports.foreign.recipients import Recipients
from graphsvc.imports.foreign.report import Notes
from graphsvc.imports.foreign.statement import countries, not_named
from graphsvc.imports.foreign.tilt_data import Disclosed
from graphsvc.imports.foreign.tools import tools_in

GUARANTEES = {
    "adequacyDecision": "adequacy decision",
    "appropriateGuarantees": "appropriate safeguards",
    "presenceOfEnforceableRightsAndEffectiveRemedies": "enforceable rights and effective remedies",
    "standardDataProtectionClause": "standard data protection clauses",
}


class Transfers:
    """Reads the entries of `thirdCountryTransfers`."""

    def __init__(self, node: Node, register: Register, recipients: Recipients, draft: Draft, notes: Notes) -> None:
        self._node = node
        self._register = register
        self._recipients = recipients
        self._draft = draft
        self._notes = notes

    def add(self, disclosed: Disclosed, activities: Activities, controller: str) -> None:
        """Add each transfer to the flows whose recipient has its seat there, else to one that is not named."""
        abroad: Entry | None = None
        for entry in self._node.items():
            node = entry["country"] if entry.is_mapping else entry
            codes = countries(node, self._register, self._notes)
            if not codes:
                if entry:
                    self._notes.lost(entry.place, "a transfer that names no country")
                continue
            flows = [flow for seats, flow in disclosed.flows if set(seats) & set(codes)]
            if not flows:
                name = "Transfers to third countries (data not named)"
                abroad = abroad or activities.add(name, controller, self._node.place)
                kind = f"Recipients in {', '.join(codes)}"
                flows = [not_named(self._recipients, self._draft, abroad["id"], kind, entry.place, codes)]
                self._notes.guessed(entry.place, "no recipient is named in this country; taken as one not named")
            self._guarantees(entry, flows)

    def _guarantees(self, entry: Node, flows: list[Entry]) -> None:
        given = []
        for key, words in GUARANTEES.items():
            node = entry[key]
            if node["available"].flag():
                said = node["description"].text()
                given.append((words, said, node))
        for words, said, node in given:
            tools = tools_in(said, node["description"].place, self._register.tools, self._notes) if said else []
            if not tools and not said:
                self._notes.not_understood(
                    node.place, "says which kind of guarantee there is, not which one; kept as text"
                )
            for flow in flows:
                extend(flow, "tools", ({"tool": tool} for tool in tools))
                text = f"By the file, {words}{': ' if said else ''}{said}".rstrip(".")
                self._draft.join(flow, "note", f"{text}.", node.place, " ")
