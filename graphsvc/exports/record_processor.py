"""The record of a processor (GDPR Art. 30(2)(a) to (d)): one row for each controller and category of processing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from graphsvc.answers.gaps.gap import Gap
from graphsvc.answers.gaps.worklist import gaps
from graphsvc.answers.served import Served, served, undetermined
from graphsvc.exports import record_plain, record_schema
from graphsvc.exports.kinds import Export, Format
from graphsvc.exports.record_book import Book, with_gaps
from graphsvc.exports.record_cells import Cells, facts_of
from graphsvc.exports.record_flow_cells import Cell
from graphsvc.model import UNKNOWN_PARTY, Capacity, Evidence, Role, evidence_for
from graphsvc.questions.gaps import MAX_AGE
from graphsvc.questions.handover import Handover
from graphsvc.questions.served import ask_served

COLUMNS = (
    *("number", "served", "served_contact", "served_representative", "served_officer"),
    *("category", "category_purpose", "as_role", "through", "served_activities", "subjects", "data"),
    *("processor", "processor_contact", "processor_representative", "processor_officer"),
    *("places", "third_countries_2", "safeguards", "engaged", "measures_2", "contract"),
    *("since", "basis", "sources", "gaps", "category_id", "served_id"),
)
"""The points of Art. 30(2) in their order, with what the templates of authorities ask for beside them."""


class Performed:
    """The record of one party as a processor."""

    def __init__(self, handover: Handover, language: str) -> None:
        self.handover = handover
        self.cells = Cells(handover, language)
        self.party = handover.controller or UNKNOWN_PARTY
        only = handover.question.activity
        self.served = [
            each
            for each in served(handover.network, self.party.id)
            if only is None or only in {activity.id for activity in each.activities}
        ]
        # Those whom it serves have worklists of their own.
        own = [each for each in handover.activities(Capacity.PROCESSOR) if each.controller == self.party.id]
        alone = replace(handover.network, activities=tuple(own))
        self.gaps = [gap for gap in gaps(alone, MAX_AGE) if gap.controller.id == self.party.id]

    def gaps_of(self, found: Served) -> list[Gap]:
        """What the worklist says of an activity of its own record."""
        return [gap for gap in self.gaps if found.activity and found.activity.id in gap.activities]

    def rows(self) -> Iterator[dict[str, Cell]]:
        """A row for each controller and category."""
        for number, found in enumerate(self.served, 1):
            row = {"number": number} | self.cells.party(found.controller, "served") | self._what(found)
            row |= self.cells.party(self.party, "processor") | self._where(found) | self._rest(found)
            ids = {"category_id": found.key, "served_id": found.controller.id}
            yield with_gaps(row, self.cells, self.gaps_of(found)) | ids

    def _what(self, found: Served) -> dict[str, Cell]:
        """Point b, with the data that each template has."""
        cells, texts = self.cells, self.cells.texts
        roles = sorted({passage.flow.role for passage in found.passages}) or [Role.PROCESSOR]
        return {
            "category": found.name,
            "category_purpose": self._purpose(found),
            "as_role": texts.words.joined(map(texts.role, roles)),
            "through": "; ".join(map(texts.party, found.through)) or texts.gettext("record.none"),
            "served_activities": "\n".join(each.name for each in found.activities if found.service)
            or texts.gettext("not_recorded"),
            "subjects": cells.subjects(found.items),
            "data": cells.data(found.items, found.activity),
        }

    def _purpose(self, found: Served) -> str:
        if found.activity:
            return self.cells.purposes(found.activity)
        said = [passage.flow.purpose for passage in found.passages if passage.flow.purpose]
        own = [found.service.purpose] if found.service and found.service.purpose else []
        return "; ".join(dict.fromkeys([*own, *said])) or self.cells.lacking()

    def _where(self, found: Served) -> dict[str, Cell]:
        """Point c."""
        cells, texts = self.cells, self.cells.texts
        onward = [*found.onward]
        engaged = {line.passage.flow.id: line.passage for line in onward}.values()
        none = texts.gettext("record.none_recorded")
        return {
            "places": cells.countries(found.arriving) if found.service else texts.gettext("not_recorded"),
            "third_countries_2": cells.third_countries(onward) if onward else none,
            "safeguards": cells.safeguards(onward),
            "engaged": cells.recipients(engaged, True) or none,
        }

    def _rest(self, found: Served) -> dict[str, Cell]:
        """Point d, the contract, since when, and where all of it is said."""
        cells = self.cells
        facts = [*self._facts(found)]
        contracts = dict.fromkeys(cells.contract(passage) for passage in found.passages)
        starts = [passage.flow.valid_from for passage in found.passages] or [
            found.activity and found.activity.valid_from
        ]
        known = [day for day in starts if day]
        return {
            "measures_2": cells.measures(*([found.activity] if found.activity else []), self.party),
            "contract": cells.joined(contracts) or cells.lacking(),
            "since": min(known) if known and len(known) == len(starts) else cells.texts.gettext("not_recorded"),
            "basis": cells.basis(facts),
            "sources": cells.sources(each for fact in facts for each in fact),
        }

    @staticmethod
    def _facts(found: Served) -> Iterator[tuple[Evidence, ...]]:
        if found.activity:
            yield from facts_of(found.activity)
        for line in found.arriving:
            yield from line.holding
            yield evidence_for(line.passage.flow.evidence, "role")


def book(handover: Handover, language: str) -> Book:
    """The record, ready to be written."""
    found = Performed(handover, language)
    texts = found.cells.texts
    name = texts.party(found.party)
    open_roles = ", ".join(
        f"{texts.party(party)} ({service.name})" for party, service in undetermined(handover.network, found.party.id)
    )
    return Book(
        found.cells,
        "art30_2",
        name,
        COLUMNS,
        tuple(found.rows()),
        tuple((f"{texts.party(each.controller)}: {each.name}", each.key, each.onward) for each in found.served),
        tuple(found.gaps),
        ((texts.gettext("record.role_open"), open_roles or texts.gettext("record.none")),),
    )


def xlsx(handover: Handover, language: str) -> bytes:
    """The record as a workbook."""
    return book(handover, language).xlsx()


def csv(handover: Handover, language: str) -> bytes:
    """The record as CSV."""
    return book(handover, language).csv()


def as_json(handover: Handover, language: str) -> bytes:
    """The record as plain values; sentences in the language, values in English."""
    found = Performed(handover, language)
    items = [record_plain.category(found.cells, each, found.gaps_of(each)) for each in found.served]
    body = record_plain.head(found.cells, "art30-2", found.party, items)
    return json.dumps(body, ensure_ascii=False, indent=1).encode()


ART30_2 = Export(
    "art30-2",
    "The record of a processor (Art. 30(2)): the controller named is the party whose record as a processor it is; "
    "one row for each controller that it serves and category of processing.",
    {"xlsx": Format(xlsx), "csv": Format(csv), "json": Format(as_json, schema=record_schema.PROCESSOR)},
    ask=ask_served,
)
