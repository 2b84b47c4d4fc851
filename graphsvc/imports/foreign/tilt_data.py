"""The part `dataDisclosed` of a TILT document: each category of data is an activity with purposes and recipients."""

from __future__ import annotations

from collections.abc import Iterator

from graphsvc.imports.difference import Entry
from graphsvc.imports.foreign.activities import Activities
from graphsvc.imports.foreign.clean import shortened
from graphsvc.imports.foreign.draft import Draft, extend
from graphsvc.imports.foreign.known import Register
from graphsvc.imports.foreign.names import Written, written
from graphsvc.imports.foreign.node import Node
from graphsvc.imports.foreign.recipients import Recipients
from graphsvc.imports.foreign.report import Notes
from graphsvc.imports.foreign.retention import period_in, retention
from graphsvc.imports.foreign.statement import countries, flow_to, not_named
from graphsvc.model import UNKNOWN

PERSON = "may name or reach a person, so it is not taken over"


class Disclosed:
    """Reads the entries of `dataDisclosed`."""

    def __init__(self, node: Node, register: Register, recipients: Recipients, draft: Draft, notes: Notes) -> None:
        self._node = node
        self._register = register
        self._recipients = recipients
        self._draft = draft
        self._notes = notes
        self.flows: list[tuple[list[str], Entry]] = []
        """Countries of the recipient's seat, and the flow to it."""

    def entries(self) -> Iterator[Node]:
        """The entries that are mappings; others are reported."""
        for entry in self._node.items():
            if entry.is_mapping:
                entry["_id"].skip()
                yield entry
            elif entry:
                self._notes.lost(entry.place, "an entry about data was expected here", entry.value)

    def named(self) -> Iterator[Written]:
        """Every recipient with a name."""
        for entry in self.entries():
            for recipient in entry["recipients"].items():
                if who := self._who(recipient):
                    yield who

    def _who(self, recipient: Node) -> Written | None:
        node = recipient["name"] if recipient.is_mapping else recipient
        name = node.name() if recipient.is_mapping or isinstance(recipient.value, str) else ""
        return written(name, node.place) if name else None

    def add(self, entry: Node, activities: Activities, controller: str) -> bool:
        """Add the activity of an entry; whether it said anything."""
        node = entry["category"]
        category = node.text()
        if not category and not entry:
            self._notes.noted(entry.place, "is empty")
            return False
        number = int(entry.place.rpartition("/")[2]) + 1
        activity = activities.add(category or f"Data number {number}", controller, entry.place)
        categories = activities.words("data_categories", category, node.place) if category else []
        for sub in entry["subcategories"].items():
            categories += activities.words("data_categories", sub.text(), sub.place)
        activities.data(activity, [], list(dict.fromkeys(categories)), entry.place)
        self._grounds(entry, activity, activities)
        self._storage(entry, activity, category)
        for recipient in entry["recipients"].items():
            self._recipient(recipient, activity)
        return True

    def _grounds(self, entry: Node, activity: Entry, activities: Activities) -> None:
        for purpose in entry["purposes"].items():
            node = purpose["purpose"] if purpose.is_mapping else purpose
            if text := node.text():
                activities.purposes(activity, text, node.place)
        for basis in entry["legalBases"].items():
            node = basis["reference"] if basis.is_mapping else basis
            if text := node.text():
                activities.legal_bases(activity, text, node.place)
        for interest in entry["legitimateInterests"].items():
            if interest["exists"].flag():
                activities.legal_bases(activity, "Art. 6(1)(f)", interest.place)
                activities.note(activity, "Legitimate interest", interest["reasoning"].text(), interest.place)

    def _storage(self, entry: Node, activity: Entry, category: str) -> None:
        for storage in entry["storage"].items():
            at_most = storage["aggregationFunction"].text().casefold() == "max"
            for time in storage["temporal"].items():
                self._time(time, storage, activity, category, at_most)
            for key in ("purposeConditional", "legalBasisConditional"):
                for condition in storage[key].items():
                    self._kept(activity, condition.text(), category, condition.place, at_most)
            if not storage["temporal"]:
                self._kept(activity, storage["description"].text(), category, storage.place, at_most)

    def _time(self, time: Node, storage: Node, activity: Entry, category: str, at_most: bool) -> None:
        length = time["ttl"].text() if time.is_mapping else time.text()
        said = time["description"].text() if time.is_mapping else storage["description"].text()
        if length and not period_in(length):
            self._notes.not_understood(time.place, "is no length of time that can be read; kept as text", length)
        text = length if period_in(length) or not said else said
        kept = self._kept(activity, text, category, time.place, at_most)
        if kept and said:
            kept["from_event"] = shortened(said, 300)

    def _kept(self, activity: Entry, text: str, category: str, place: str, at_most: bool) -> Entry | None:
        kept = retention(text, category or "The data of this activity", self._draft.evidence(place), at_most)
        extend(activity, "retention", [kept] if kept else [])
        return kept

    def _recipient(self, recipient: Node, activity: Entry) -> None:
        who = self._who(recipient)
        kind = recipient["category"].text() if recipient.is_mapping else ""
        seats = countries(recipient["country"], self._register, self._notes) if recipient["country"] else []
        for key in ("representative", "address"):
            recipient[key].skip(PERSON)
        if who:
            self._named(who, kind, [code for code in seats if code != UNKNOWN], recipient, activity)
        elif kind:
            flow = not_named(self._recipients, self._draft, activity["id"], kind, recipient.place, seats)
            self.flows.append((seats, flow))
        elif recipient:
            self._notes.not_understood(recipient.place, "a recipient with neither a name nor a kind", recipient.value)

    def _named(self, who: Written, kind: str, seats: list[str], recipient: Node, activity: Entry) -> None:
        target = self._recipients.target(who, seats)
        flow = flow_to(self._recipients, activity["id"], target, "unknown", recipient.place)
        self._draft.join(flow, "purpose", kind, recipient.place)
        if division := recipient["division"].text():
            self._draft.join(flow, "note", f"Division, by the file: {division}.", recipient.place, " ")
        self.flows.append((seats, flow))
