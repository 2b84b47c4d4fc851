"""The transfer sheet: one line for each third-country transfer, along the steps of EDPB Recommendations 01/2020.

Steps 1 (know your transfers) and 2 (the tool relied on) are filled, 3 (law and practice of the country) is prepared, 4
and 5 (supplementary measures, procedural steps) are left to a person, 6 (evaluate again) is dated.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from graphsvc.answers import plain
from graphsvc.answers.lines import Line
from graphsvc.exports.assessment import Steps
from graphsvc.exports.kinds import Export, Format
from graphsvc.exports.words import Texts
from graphsvc.exports.workbook import Sheet, workbook
from graphsvc.model import UNKNOWN, Status
from graphsvc.questions.handover import Handover
from graphsvc.tabular import csv_lines
from graphsvc.translation import gettext, translate

SOURCE = "EDPB Recommendations 01/2020, version 2.0"
COLUMNS = (
    *("number", "controller", "activity", "exporter", "importer", "service", "role", "country", "country_code"),
    *("subjects", "data", "purpose", "chain", "depth", "onward", "condition"),
    *("tool", "status", "act", "reason", "covered_from", "basis"),
    *("assessment", "assessed_on", "groups", "law_and_practice"),
    *("measures", "steps_taken", "evaluate_by", "ends", "sources"),
)
"""The columns: who and where (step 1), tool (2), assessment (3), what a person fills (4, 5), dates (6)."""


def rows(handover: Handover, texts: Texts) -> Iterator[dict[str, Any]]:
    """A row for each transfer, and for each flow that may be one, in the words of a language."""
    for number, line in enumerate(handover.transfers, 1):
        yield {"number": number} | _known(line, texts) | _footing(line, texts) | _to_judge(line, texts)


def _known(line: Line, texts: Texts) -> dict[str, Any]:
    """Step 1."""
    passage = line.passage
    return {
        "controller": texts.party(passage.network.party(passage.activity.controller)),
        "activity": passage.activity.name,
        "exporter": texts.exporter(line),
        "importer": texts.party(passage.importer),
        "service": passage.service.name,
        "role": gettext(texts.language, f"role.{passage.flow.role}"),
        "country": texts.words.country(line.country),
        "country_code": None if line.country == UNKNOWN else line.country,
        "subjects": texts.subjects(line.items),
        "data": texts.categories(line.items),
        "purpose": passage.flow.purpose or texts.purposes(passage.activity) or texts.gettext("not_known"),
        "chain": texts.chain(line),
        "depth": len(line.chain),
        "onward": Steps(line).onward,
        "condition": passage.flow.condition,
    }


def _footing(line: Line, texts: Texts) -> dict[str, Any]:
    """Step 2."""
    found = Steps(line)
    return {
        "tool": texts.tools(line) or texts.gettext("none_named"),
        "status": texts.status(line),
        "act": texts.act(line) or texts.gettext("no_act"),
        "reason": texts.why(line),
        "covered_from": min((each.concluded for each, _ in found.named if each.concluded), default=None),
        "basis": gettext(texts.language, f"basis.{line.basis}"),
    }


def _to_judge(line: Line, texts: Texts) -> dict[str, Any]:
    """Steps 3 to 6."""
    found, passage = Steps(line), line.passage
    groups = [
        f"{group.name} ({', '.join(map(texts.words.country, group.established_in)) or texts.gettext('not_known')})"
        for group in passage.network.groups(passage.importer.id)
    ]
    ends = found.dates
    return {
        "assessment": texts.gettext(f"tia.{found.assessment}"),
        "assessed_on": found.assessed_on,
        "groups": "; ".join(groups),
        "law_and_practice": None,
        "measures": "; ".join(texts.marked(m.text, Texts.basis(m.evidence)) for m in passage.importer.measures) or None,
        "steps_taken": None,
        "evaluate_by": ends[0][0] if ends else None,
        "ends": "; ".join(f"{day}: {_what(what, texts)}" for day, what in ends) or texts.gettext("no_end"),
        "sources": texts.sources([line]),
    }


def _what(what: str, texts: Texts) -> str:
    return texts.gettext(f"ends.{what}") if what in ("contract", "flow") else translate(what, texts.language)


def _heads(texts: Texts) -> list[str]:
    return [texts.gettext(f"column.{column}") for column in COLUMNS]


def csv(handover: Handover, language: str) -> bytes:
    """The sheet as CSV (UTF-8 with a mark, so that a spreadsheet reads it as such), the day in every row."""
    texts = Texts(handover, language)
    about = {texts.gettext(f"column.{key}"): value for key, value in handover.made_from.items()}
    heads = _heads(texts)
    found = (
        dict(zip(heads, (texts.plain(row[key]) for key in COLUMNS), strict=True)) | about
        for row in rows(handover, texts)
    )
    return "\ufeff".encode() + "".join(csv_lines(found, [*heads, *about])).encode()


def xlsx(handover: Handover, language: str) -> bytes:
    """The sheet as a workbook, with a page that says what it was made from and what each step asks."""
    texts = Texts(handover, language)
    found = [[row[column] for column in COLUMNS] for row in rows(handover, texts)]
    name = texts.gettext("transfers.title", name=texts.party(handover.controller) if handover.controller else "")
    about = [[texts.gettext(f"column.{key}"), value] for key, value in handover.made_from.items()]
    counts = Counter(line.status for line in handover.transfers)
    about += [[gettext(language, f"status.{status}"), counts[status]] for status in Status if counts[status]]
    about += [[texts.gettext(f"step.{number}"), texts.gettext(f"step.{number}.how")] for number in range(1, 7)]
    about += [[texts.gettext("source"), SOURCE], [texts.gettext("marks"), texts.gettext("marks.how")]]
    sheets = [
        Sheet(texts.gettext("sheet.transfers"), _heads(texts), found, freeze=3),
        Sheet(texts.gettext("sheet.about"), [name, texts.gettext("value")], about),
    ]
    return workbook(sheets, name, handover.network.on, texts.made_from)


def as_json(handover: Handover, language: str) -> bytes:
    """The lines of the answer about transfers, each with the steps; values are English whatever the language."""
    counts = Counter(line.status for line in handover.transfers)
    body = {
        "export": "transfers",
        **handover.made_from,
        "controller": plain.party(handover.controller) if handover.controller else None,
        "activity": handover.question.activity,
        "steps_of": SOURCE,
        "total": len(handover.transfers),
        "by_status": {status.value: counts[status] for status in Status},
        "items": [plain.transfer(line) | {"steps": _steps(line)} for line in handover.transfers],
    }
    return json.dumps(body, ensure_ascii=False, indent=1).encode()


def _steps(line: Line) -> dict[str, Any]:
    found = Steps(line)
    return {
        "onward": found.onward,
        "tools": found.tools,
        "assessment": found.assessment,
        "assessed_on": found.assessed_on,
        "law_and_practice": None,
        "supplementary_measures": None,
        "procedural_steps": None,
        "evaluate_by": found.dates[0][0] if found.dates else None,
        "ends": [{"day": day, "what": what} for day, what in found.dates],
    }


SCHEMA = {
    "type": "object",
    "required": ["export", "on", "law", "revision", "controller", "steps_of", "total", "by_status", "items"],
    "properties": {
        "export": {"const": "transfers"},
        "on": {"type": "string", "format": "date"},
        "law": {"type": "string"},
        "revision": {"type": "integer"},
        "items": {"type": "array", "items": {"type": "object", "required": ["status", "basis", "chain", "steps"]}},
    },
}
TRANSFERS = Export(
    "transfers",
    "Every third-country transfer along the steps of EDPB Recommendations 01/2020.",
    {"xlsx": Format(xlsx), "csv": Format(csv), "json": Format(as_json, schema=SCHEMA)},
)
