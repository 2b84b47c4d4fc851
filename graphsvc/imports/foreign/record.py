"""A record of processing activities in a table (GDPR Art. 30(1)): one row, one activity with its recipients."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graphsvc.imports.difference import Entry
from graphsvc.imports.foreign.activities import Activities, words_of
from graphsvc.imports.foreign.draft import Draft, extend
from graphsvc.imports.foreign.grid import Row, Table, is_note
from graphsvc.imports.foreign.known import Register, key_of
from graphsvc.imports.foreign.listing import Reader
from graphsvc.imports.foreign.names import Written, slug, written
from graphsvc.imports.foreign.own_words import said
from graphsvc.imports.foreign.places import says_something
from graphsvc.imports.foreign.recipients import Recipients, Target
from graphsvc.imports.foreign.report import Notes
from graphsvc.imports.foreign.retention import retention
from graphsvc.imports.foreign.settings import ImportSettings
from graphsvc.imports.foreign.tools import tools_in
from graphsvc.imports.foreign.vocabulary import Vocabulary
from graphsvc.imports.foreign.words import plain
from graphsvc.model import Basis, Day

ROLES = {"processors": "processor", "joint_controller": "joint_controller", "recipients": "unknown"}
SEVERAL = re.compile(r"[;\n\u2022]|,(?![^(]*\))")


def record_id(publisher: str) -> str:
    """Id of the document of somebody's record: the next edition of it has the same one."""
    return slug(f"record {key_of(publisher).base}", 60)


def named(text: str) -> Iterator[str]:
    """The names of a cell; a legal form behind a comma belongs to the name before it."""
    last = ""
    for part in SEVERAL.split(text):
        part = part.strip(" -*")
        if last and key_of(f"x {part}").form and len(part.split()) == 1:
            last = f"{last}, {part}"
            continue
        if last:
            yield last
        last = part if says_something(part) else ""
    if last:
        yield last


class RecordDocument:
    """Makes the document of one record."""

    def __init__(self, table: Table, settings: ImportSettings, register: Register, notes: Notes) -> None:
        self._table = table
        self._settings = settings
        self._register = register
        self._notes = notes
        self._reader = Reader(table, settings.words, notes, register.countries)
        self._vocabulary = Vocabulary(register, notes)
        self._marked: dict[Written, Basis] = {}

    def body(self, content: bytes, date: Day | None) -> Entry:
        """The document."""
        who = self._settings.publisher
        date = self._settings.date or date
        self._draft = Draft(
            record_id(who),
            f"Processing activities of {who}",
            self._settings,
            self._notes,
            content,
            date,
            who,
            Basis.STATED,
        )
        self._activities = Activities(self._draft, self._vocabulary, self._notes)
        self._recipients = Recipients(self._register, self._settings, self._draft, self._notes)
        rows = [row for row in self._table.rows if self._says_an_activity(row)]
        publisher = written(who, "")
        controllers = {row: self._named(row, "controller")[:1] or [publisher] for row in rows}
        others = [
            name for row in rows for field in ROLES for name in self._named(row, field) if self._is_name(field, name)
        ]
        self._recipients.learn(others, [publisher, *(names[0] for names in controllers.values())])
        for row in rows:
            self._activity(row, self._recipients.stated(controllers[row][0]).id)
            self._notes.rows_imported += 1
        return self._draft.body()

    def _says_an_activity(self, row: Row) -> bool:
        self._notes.rows_read += 1
        name = self._name(row)
        if not plain(name):
            self._notes.lost(row.place, "names neither an activity nor a purpose", " | ".join(filter(None, row.cells)))
            return False
        if is_note(row, name, len(self._table.headers)):
            self._notes.left_out(row.place, "taken for a note, a total or a footer; not imported", name)
            return False
        return True

    def _name(self, row: Row) -> str:
        cells = self._table.cells(row, "activity") or self._table.cells(row, "purpose")
        return " ".join(cells[0][0].split()) if cells else ""

    def _named(self, row: Row, field: str) -> list[Written]:
        found = ((name, place) for text, place in self._table.cells(row, field) for name in named(text))
        return [who for name, place in found if (who := self._written(name, place))]

    def _written(self, name: str, place: str) -> Written | None:
        """A name without its mark; None when it says that nobody is known, which names nobody."""
        found = said(name)
        if found is None:
            self._notes.left_out(place, "says that nobody is known, or nobody is there; not imported", name)
            return None
        who = written(self._reader.name(found.text, place), place)
        if found.basis:
            self._marked[who] = found.basis
        return who

    def _is_name(self, field: str, who: Written) -> bool:
        """Whether a recipient is somebody; "accountants" is a category (Art. 30(1)(d)) and names nobody."""
        return field != "recipients" or bool(key_of(who.name).form) or self._recipients.is_known(who)

    def _activity(self, row: Row, controller: str) -> None:
        activity = self._activities.add(self._name(row), controller, row.place)
        self._words(activity, row)
        for text, place in self._table.cells(row, "retention"):
            kept = retention(text, "The data of this activity", self._draft.evidence(place))
            extend(activity, "retention", [kept] if kept else [])
        for text, place in self._table.cells(row, "measures"):
            parts = [part.strip() for part in re.split(r"[;\n]", text) if says_something(part)]
            evidence = [self._draft.evidence(place)]
            extend(activity, "measures", ({"text": self._draft.text(p, place), "evidence": evidence} for p in parts))
        for text, place in self._table.cells(row, "note"):
            self._activities.note(activity, "Note", text, place)
        start, end = (self._reader.day(row, field) for field in ("since", "until"))
        self._activities.days(activity, start, end, row.place)
        self._people(row, controller)
        self._reader.say_extra_cells(row)
        self._flows(activity, row)

    def _words(self, activity: Entry, row: Row) -> None:
        for text, place in self._table.cells(row, "purpose"):
            self._activities.purposes(activity, text, place)
        for field in ("legal_basis", "special_condition"):
            for text, place in self._table.cells(row, field):
                self._activities.legal_bases(activity, text, place)
        subjects, categories = (
            words_of(self._vocabulary.words(section, text, place) for text, place in self._table.cells(row, field))
            for field, section in (("subjects", "subject_categories"), ("data", "data_categories"))
        )
        self._activities.data(activity, subjects, categories, row.place)
        for field, words in (("subjects", "Data subjects, by the file"), ("data", "Data, by the file")):
            for text, place in self._table.cells(row, field):
                self._activities.note(activity, words, text, place)

    def _people(self, row: Row, controller: str) -> None:
        """That there is a data protection officer (Art. 37); no names or addresses of persons."""
        for _, place in self._table.cells(row, "officer"):
            self._draft.entry("parties", controller, place)["officer"] = {"appointed": True}
            self._notes.left_out(place, "that there is an officer is taken over, not who, since that may be a person")
        for _, place in self._table.cells(row, "contact"):
            self._notes.left_out(place, "contact details may name a person, so they are not taken over")

    # Recipients

    def _flows(self, activity: Entry, row: Row) -> None:
        made = [
            self._marked_flow(self._flow(activity, self._target(activity, field, who), role, who.place), who)
            for field, role in ROLES.items()
            for who in self._named(row, field)
        ]
        places = self._reader.places(row, "third_countries")
        tools = self._table.cells(row, "tool")
        if not places and not tools:
            return
        if len(made) != 1:
            made = [self._somebody_abroad(activity, row, len(made))] if places else made
        for flow in made:
            extend(flow, "places", places)
            self._tools(flow, tools)

    def _target(self, activity: Entry, field: str, who: Written) -> Target:
        if self._is_name(field, who):
            return self._recipients.target(who)
        self._notes.guessed(who.place, "taken for a kind of recipient that is not named", who.name)
        key = f"{self._draft.id}-recipients-{slug(who.name, 50)}"
        return self._recipients.unnamed(key, f"{who.name} (not named)", who.place)

    def _flow(self, activity: Entry, target: Target, role: str, place: str) -> Entry:
        key = f"{activity['id']}-to-{target.id}"
        return self._recipients.flow(key, activity["id"], target, role, place)

    def _marked_flow(self, flow: Entry, who: Written) -> Entry:
        """A flow to somebody whose name is marked as inferred or assumed is just that."""
        if basis := self._marked.get(who):
            flow["evidence"] = [self._draft.evidence(who.place, basis)]
        return flow

    def _somebody_abroad(self, activity: Entry, row: Row, recipients: int) -> Entry:
        """The recipient in third countries, where the row does not say which of its recipients that is."""
        text = "the row does not say which of its recipients is in these countries; taken as one that is not named"
        self._notes.guessed(row.place, text if recipients else "names third countries and no recipient there")
        target = self._recipients.unnamed(
            f"{self._draft.id}-recipients-abroad", "Recipients in third countries (not named)", row.place
        )
        return self._flow(activity, target, "unknown", row.place)

    def _tools(self, flow: Entry, cells: Sequence[tuple[str, str]]) -> None:
        for text, place in cells:
            tools = tools_in(text, place, self._register.tools, self._notes)
            extend(flow, "tools", ({"tool": tool} for tool in tools))
            if says_something(text):
                self._draft.join(flow, "note", f"Safeguards, by the file: {' '.join(text.split())}.", place, " ")
