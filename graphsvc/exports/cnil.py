"""The file that the CNIL's PIA tool imports: prefilled where the register knows, absent where a person has to judge.

The tool shows answers as HTML without looking at it, so every string is escaped here. docs/exports.md says which
questions are filled; the format is that of the tool's own files (its sections 1.1 to 3.2, questions by number).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from markupsafe import Markup, escape

from graphsvc.answers.lines import Line
from graphsvc.exports.assessment import Steps
from graphsvc.exports.dpia import dpia
from graphsvc.exports.kinds import Export, Format
from graphsvc.exports.words import Texts
from graphsvc.model import UNKNOWN, Basis, Contract, ContractKind, Flow, Status, basis_of, evidence_for
from graphsvc.questions.handover import Handover
from graphsvc.translation import gettext

Plain = dict[str, Any]
DOING = 0
EMPTY = (
    *("dpo_status", "dpo_opinion", "dpos_names", "people_names", "concerned_people_opinion"),
    *("concerned_people_status", "concerned_people_searched_opinion", "concerned_people_searched_content"),
    *("rejection_reason", "applied_adjustments", "structure_id", "structure_name", "structure_sector_name"),
    "structure_data",
)
"""What only people can say: null."""


class Writer:
    """Writes one file."""

    def __init__(self, handover: Handover, language: str) -> None:
        self.handover = handover
        self.texts = Texts(handover, language)
        self.body = dpia(handover, language)
        moment = f"{handover.network.on}T00:00:00.000Z"
        self.made = {"created_at": moment, "updated_at": moment}

    def file(self) -> Plain:
        """The five keys that the tool reads."""
        measures = list(self._measures())
        titles = [measure["title"] for measure in measures]
        texts = [(number, str(text)) for number, make in TEXTS.items() if (text := make(self))]
        lists = [(number, found) for number, found in ((322, self.threats()), (323, self.sources_of_risk())) if found]
        lists += [(324, titles)] if titles else []
        answers = [(number, {"text": text, "gauge": None, "list": []}) for number, text in texts]
        answers += [(number, {"text": None, "gauge": None, "list": found}) for number, found in lists]
        return {
            "pia": self._pia(),
            "answers": [
                {"id": place, "pia_id": 1, "reference_to": number, "data": data} | self.made
                for place, (number, data) in enumerate(answers, 1)
            ],
            "measures": measures,
            "evaluations": [],
            "comments": [
                {"id": place, "pia_id": 1, "reference_to": number, "for_measure": False, "description": said}
                | self.made
                for place, (number, said) in enumerate(self._comments(dict(answers)), 1)
            ],
        }

    def _pia(self) -> Plain:
        parts = (self.handover.activity and self.handover.activity.name, self.texts.party(self.handover.controller))
        someone = str(escape(self.texts.gettext("cnil.to_be_named")))
        return {
            "id": 1,
            "status": DOING,
            "name": str(escape(" - ".join(filter(None, parts)))),
            "category": "",
            "author_name": someone,
            "evaluator_name": someone,
            "validator_name": someone,
            **dict.fromkeys(EMPTY),
            "is_example": 0,
            "is_archive": 0,
            "progress": 0,
            **self.made,
        }

    def _measures(self) -> Iterator[Plain]:
        """Each recorded measure under a title of its own."""
        seen: set[str] = set()
        for each in self.body["measures"]:
            said = self.texts.marked(f"{each['of']['name']}: {each['text']}", Basis(each["basis"]))
            if said not in seen:
                seen.add(said)
                content = str(_paragraph(said))
                place = {"id": len(seen), "pia_id": 1, "placeholder": ""}
                yield place | {"title": str(escape(said)), "content": content} | self.made

    def _comments(self, answered: dict[int, Plain]) -> Iterator[tuple[int, str]]:
        """What it was made from, at the first answer; what to check, at the two that matter most."""
        yield min(answered, default=111), str(escape(f"{self.texts.made_from} {self.texts.gettext('marks.how')}"))
        for number in (226, 227):
            if number in answered:
                yield number, str(escape(self.texts.gettext(f"cnil.check.{number}")))

    # Text answers, by question

    def processing(self) -> Markup:
        """111: which processing."""
        return _list(
            (each.name, self.texts.purposes(each) or self.texts.gettext("not_recorded"))
            for each in self.handover.network.activities
        ) + _paragraph(self.texts.made_from)

    def responsibilities(self) -> Markup:
        """112: who is responsible, who processes for whom."""
        first = [(self.texts.gettext("column.controller"), self.texts.party(self.handover.controller))]
        return _list(
            [
                *first,
                *(
                    (
                        gettext(self.texts.language, f"role.{held.role}"),
                        self._held(held.service, held.party, held.basis),
                    )
                    for held in self.handover.holdings
                ),
            ]
        )

    def _held(self, service: Any, party: Any, basis: Basis) -> str:
        return self.texts.marked(self.texts.recipient(service, party), basis)

    def data(self) -> Markup:
        """121: which data of whom, and how long it is kept."""
        found = self.body["description"]["activities"]
        kept = self.texts.gettext("dpia.retention").lower()
        return _list(
            (activity.name, f"{self.texts.items(activity.data)} - {kept}: {self._kept(plain)}")
            for activity, plain in zip(self.handover.network.activities, found, strict=True)
            if activity.data
        )

    def _kept(self, activity: Plain) -> str:
        return "; ".join(map(self.texts.retention, activity["retention"])) or self.texts.gettext("not_recorded")

    def life_cycle(self) -> Markup:
        """122: the chains that the data takes."""
        return _list(("", self.texts.marked(self.texts.chain(h.shortest), h.basis)) for h in self.handover.holdings)

    def assets(self) -> Markup:
        """123: the services that the data is on."""
        services = {held.service.id: held for held in self.handover.holdings}
        return _list(("", self.texts.recipient(held.service, held.party)) for _, held in sorted(services.items()))

    def purposes(self) -> Markup:
        """211: the purposes."""
        return _list((a.name, self.texts.purposes(a)) for a in self.handover.network.activities if a.purposes)

    def legal_bases(self) -> Markup:
        """212: the legal bases."""
        found = ((a.name, "; ".join(self.texts.legal_bases(a))) for a in self.handover.network.activities)
        return _list((name, said) for name, said in found if said)

    def retention(self) -> Markup:
        """215: how long data is kept."""
        found = self.body["description"]["activities"]
        return _list((each["name"], self._kept(each)) for each in found if each["retention"])

    def information(self) -> Markup:
        """221: the controller's own documents."""
        sources = self.handover.network.papers.sources
        ids = sorted({key for dossier in self.handover.dossiers for key in dossier.documents} & sources.keys())
        return _list(("", " - ".join(filter(None, (sources[i].title, sources[i].date, sources[i].url)))) for i in ids)

    def contracts(self) -> Markup:
        """226: the contract behind each flow (Art. 28), the nearest flows first."""
        passages = {passage.flow.id: passage for passage in self.handover.passages}
        return _list(
            (self.texts.recipient(passage.service, passage.importer), self._contract(passage.flow))
            for passage in sorted(passages.values(), key=lambda each: (each.depth, each.flow.id))
        )

    def _contract(self, flow: Flow) -> str:
        contract = flow.contract
        if contract is None:
            return self.texts.gettext("cnil.no_contract")
        said = self.texts.gettext(f"cnil.contract.{contract.kind}")
        parts = (said, contract.title, contract.date, self._notice(contract))
        basis = basis_of(contract.evidence or evidence_for(flow.evidence, "contract"))
        return self.texts.marked(", ".join(filter(None, parts)), basis)

    def _notice(self, contract: Contract) -> str | None:
        if contract.kind is ContractKind.NONE or contract.notice_days is None:
            return None
        return self.texts.gettext("cnil.notice", days=contract.notice_days)

    def transfers(self) -> Markup:
        """227: each third country, what the transfers there stand on, and the state of the assessment."""
        found: dict[tuple[str, str], set[str]] = {}
        for line in self.handover.transfers:
            key = (self.texts.words.country(line.country), self._footing(line))
            name = self.texts.recipient(line.passage.service, line.passage.importer)
            found.setdefault(key, set()).add(self.texts.marked(name, line.basis))
        if not found:
            return _paragraph(self.texts.gettext("statement.no_transfers")) if self.handover.lines else Markup()
        return _list(
            (country, f"{said}: {', '.join(sorted(names))}") for (country, said), names in sorted(found.items())
        )

    def _footing(self, line: Line) -> str:
        steps = Steps(line)
        said = f"{self.texts.status(line)} ({self.texts.act(line) or self.texts.gettext('no_act')})"
        assessment = f"{self.texts.gettext('dpia.tia').lower()}: {self.texts.gettext(f'tia.{steps.assessment}')}"
        return "; ".join(filter(None, [said, self.texts.tools(line), assessment]))

    # Lists, by question

    def threats(self) -> list[str]:
        """322: what the flows make possible, without a judgment how likely it is."""
        outside = sorted({line.country for line in self.handover.transfers} - {UNKNOWN})
        found = [
            self.texts.gettext("cnil.threat.authorities", country=self.texts.words.country(code)) for code in outside
        ]
        if any(line.status in (Status.UNCOVERED, Status.LAPSED) for line in self.handover.transfers):
            found.append(self.texts.gettext("cnil.threat.no_footing"))
        if any(held.party.id == UNKNOWN for held in self.handover.holdings):
            found.append(self.texts.gettext("cnil.threat.unnamed"))
        return [str(escape(each)) for each in found]

    def sources_of_risk(self) -> list[str]:
        """323: recipients outside the EEA, and those that nobody named or placed."""
        lines = {line.passage.service.id: line for line in reversed(self.handover.transfers)}
        names = {self.texts.recipient(line.passage.service, line.passage.importer) for line in lines.values()}
        return [str(escape(self.texts.gettext("cnil.source", name=name))) for name in sorted(names)]


def _paragraph(said: str) -> Markup:
    return Markup("<p>{}</p>").format(said)


def _list(items: Iterable[tuple[str, str]]) -> Markup:
    """A list, each item once with strong words before it; nothing when there is no item."""
    lines = [
        Markup("<li><strong>{}:</strong> {}</li>").format(strong, said)
        if strong
        else Markup("<li>{}</li>").format(said)
        for strong, said in dict.fromkeys(items)
    ]
    return Markup("<ul>{}</ul>").format(Markup("").join(lines)) if lines else Markup()


TEXTS: dict[int, Callable[[Writer], Markup]] = {
    111: Writer.processing,
    112: Writer.responsibilities,
    121: Writer.data,
    122: Writer.life_cycle,
    123: Writer.assets,
    211: Writer.purposes,
    212: Writer.legal_bases,
    215: Writer.retention,
    221: Writer.information,
    226: Writer.contracts,
    227: Writer.transfers,
}
"""Questions that a text answers; those about necessity, rights, risks and opinions are for people."""


def as_json(handover: Handover, language: str) -> bytes:
    """The file."""
    return json.dumps(Writer(handover, language).file(), ensure_ascii=False, indent=1).encode()


_ANSWER = {
    "type": "object",
    "required": ["reference_to", "data", "created_at", "updated_at"],
    "properties": {
        "reference_to": {"type": "integer"},
        "data": {
            "type": "object",
            "required": ["text", "gauge", "list"],
            "additionalProperties": False,
            "properties": {
                "text": {"type": ["string", "null"]},
                "gauge": {"type": "null"},
                "list": {"type": "array", "items": {"type": "string"}},
            },
        },
    },
}
SCHEMA = {
    "type": "object",
    "required": ["pia", "answers", "measures", "evaluations", "comments"],
    "additionalProperties": False,
    "properties": {
        "pia": {"type": "object"},
        "answers": {"type": "array", "items": _ANSWER},
        "measures": {"type": "array", "items": {"type": "object", "required": ["id", "title", "content"]}},
        "evaluations": {"type": "array", "maxItems": 0},
        "comments": {"type": "array", "items": {"type": "object", "required": ["reference_to", "description"]}},
    },
}
CNIL_PIA = Export(
    "cnil-pia",
    "The file that the CNIL's PIA tool imports, prefilled where the register knows.",
    {"json": Format(as_json, schema=SCHEMA)},
)
