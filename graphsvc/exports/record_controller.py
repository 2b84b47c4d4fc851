"""The record of a controller (GDPR Art. 30(1)(a) to (g)): one row for each processing activity."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from graphsvc.answers.gaps.gap import Gap
from graphsvc.answers.gaps.worklist import gaps
from graphsvc.answers.lines import Line
from graphsvc.exports import record_plain, record_schema
from graphsvc.exports.kinds import Export, Format
from graphsvc.exports.record_book import Book, with_gaps
from graphsvc.exports.record_cells import Cells, facts_of
from graphsvc.exports.record_flow_cells import Cell
from graphsvc.imports.foreign.own_sheet import COLUMNS
from graphsvc.model import Activity, Capacity, Role
from graphsvc.questions.gaps import MAX_AGE
from graphsvc.questions.handover import Handover

OTHERS = (Role.INDEPENDENT_CONTROLLER, Role.AUTHORITY, Role.UNKNOWN)


class Recorded:
    """The record of one controller."""

    def __init__(self, handover: Handover, language: str) -> None:
        self.handover = handover
        self.cells = Cells(handover, language)
        self.activities = handover.activities(Capacity.CONTROLLER)
        self.gaps = [*gaps(handover.network, MAX_AGE)]
        self._lines: dict[str, list[Line]] = {}
        for line in handover.lines:
            self._lines.setdefault(line.passage.activity.id, []).append(line)

    def lines(self, activity: Activity) -> tuple[Line, ...]:
        """Where the data of an activity goes."""
        return tuple(self._lines.get(activity.id, ()))

    def gaps_of(self, activity: Activity) -> list[Gap]:
        """What the worklist says of an activity, and of its controller."""
        return [gap for gap in self.gaps if activity.id in gap.activities]

    def rows(self) -> Iterator[dict[str, Cell]]:
        """A row for each activity."""
        for number, activity in enumerate(self.activities, 1):
            row = {"number": number, "activity": activity.name}
            row |= self._who(activity) | self._what(activity) | self._where(activity) | self._rest(activity)
            yield with_gaps(row, self.cells, self.gaps_of(activity)) | {"activity_id": activity.id}

    def _who(self, activity: Activity) -> dict[str, Cell]:
        """Point a."""
        passages = {line.passage.flow.id: line.passage for line in self.lines(activity)}.values()
        joint = [passage for passage in passages if passage.flow.role is Role.JOINT_CONTROLLER]
        return self.cells.party(self.handover.network.party(activity.controller), "controller") | {
            "joint_controllers": self.cells.recipients(joint) or self.cells.texts.gettext("record.none_recorded")
        }

    def _what(self, activity: Activity) -> dict[str, Cell]:
        """Points b and c, with the legal basis that each template has."""
        cells = self.cells
        delicate = [item for item in activity.data if cells.is_special(item)]
        condition = cells.grounds(activity, "special_conditions")
        return {
            "purposes": cells.purposes(activity),
            "legal_basis": cells.grounds(activity, "legal_bases") or cells.lacking(),
            "subjects": cells.subjects(activity.data),
            "data": cells.data(activity.data, activity),
            "delicate": cells.delicate(activity.data),
            "special_condition": condition
            or (cells.lacking() if delicate else cells.texts.gettext("record.not_applicable")),
        }

    def _where(self, activity: Activity) -> dict[str, Cell]:
        """Points d and e."""
        cells, lines = self.cells, [*self.lines(activity)]
        passages = [*{line.passage.flow.id: line.passage for line in lines}.values()]
        none = cells.texts.gettext("record.none_recorded") if passages else cells.lacking()

        def of(*roles: Role) -> str:
            found = (passage for passage in passages if passage.flow.role in roles)
            return cells.recipients(found, len(roles) > 1) or none

        return {
            "processors": of(Role.PROCESSOR),
            "sub_processors": of(Role.SUB_PROCESSOR),
            "recipients": of(*OTHERS),
            "third_countries": cells.third_countries(lines),
            "safeguards": cells.safeguards(lines),
        }

    def _rest(self, activity: Activity) -> dict[str, Cell]:
        """Points f and g, since when, and where all of it is said."""
        cells = self.cells
        facts = [*facts_of(activity)]
        return {
            "retention": cells.retention(activity),
            "measures": cells.measures(activity, self.handover.network.party(activity.controller)),
            "since": activity.valid_from or cells.texts.gettext("not_recorded"),
            "until": activity.valid_until or cells.texts.gettext("record.no_end"),
            "basis": cells.basis(facts),
            "sources": cells.sources(each for fact in facts for each in fact),
        }


def book(handover: Handover, language: str) -> Book:
    """The record, ready to be written."""
    found = Recorded(handover, language)
    shown = {activity.id for activity in found.activities}
    return Book(
        found.cells,
        "art30_1",
        found.cells.texts.party(handover.controller) if handover.controller else "",
        COLUMNS,
        tuple(found.rows()),
        tuple((activity.name, activity.id, found.lines(activity)) for activity in found.activities),
        tuple(gap for gap in found.gaps if shown & {*gap.activities}),
    )


def xlsx(handover: Handover, language: str) -> bytes:
    """The record as a workbook."""
    return book(handover, language).xlsx()


def csv(handover: Handover, language: str) -> bytes:
    """The record as CSV."""
    return book(handover, language).csv()


def as_json(handover: Handover, language: str) -> bytes:
    """The record as plain values; sentences in the language, values in English."""
    found = Recorded(handover, language)
    items: list[dict[str, Any]] = [
        record_plain.activity(found.cells, activity, found.lines(activity), found.gaps_of(activity))
        for activity in found.activities
    ]
    body = record_plain.head(found.cells, "art30-1", handover.controller, items)
    return json.dumps(body, ensure_ascii=False, indent=1).encode()


ART30_1 = Export(
    "art30-1",
    "The record of processing activities of a controller (Art. 30(1)), one row for each activity.",
    {"xlsx": Format(xlsx), "csv": Format(csv), "json": Format(as_json, schema=record_schema.CONTROLLER)},
)
