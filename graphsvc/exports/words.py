"""What is handed over in the words of a language, with what is inferred, assumed or unknown marked as such."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from graphsvc.answers.lines import Line
from graphsvc.answers.propagate import Items
from graphsvc.answers.screening import Answered
from graphsvc.exports.assessment import Steps
from graphsvc.model import UNKNOWN, Activity, Basis, Evidence, Party, Role, Service, basis_of, label
from graphsvc.questions.handover import Handover
from graphsvc.questions.recipients_words import Words
from graphsvc.translation import format_period, gettext, translate

_ARTICLE = re.compile(r"Article (\d+)\((\d+)\)(?:\((\w)\))?")
WEAK = frozenset({Basis.INFERRED, Basis.ASSUMED})


class Texts:
    """Tells one handover in one language."""

    def __init__(self, handover: Handover, language: str) -> None:
        self.handover = handover
        self.language = language
        self.words = Words(handover.network, language)

    def gettext(self, key: str, **values: Any) -> str:
        """A text of the catalogue, of those about exports."""
        return gettext(self.language, f"export.{key}", **values)

    @property
    def made_from(self) -> str:
        """The sentence that says what it was made from; it stands in every export for people."""
        return self.gettext("made_from", **self.handover.made_from)

    def marked(self, said: str, basis: Basis) -> str:
        """A text, marked when no source says it directly."""
        return f"{said} [{gettext(self.language, f'basis.{basis}')}]" if basis in WEAK else said

    def plain(self, value: Any) -> Any:
        """A value for a form without types: yes and no in words."""
        return self.gettext("yes" if value else "no") if isinstance(value, bool) else value

    @staticmethod
    def basis(evidence: tuple[Evidence, ...]) -> Basis:
        """How directly a fact is said."""
        return basis_of(evidence)

    def party(self, party: Party) -> str:
        """What a party is called; that nobody named it."""
        return party.name if party.id != UNKNOWN else self.gettext("nobody_named")

    def recipient(self, service: Service, party: Party) -> str:
        """A service and whose it is."""
        return service.name if party.name in service.name else f"{service.name} ({self.party(party)})"

    def exporter(self, line: Line) -> str:
        """Who sends, with the service that does."""
        passage = line.passage
        sending = self.handover.network.services.get(passage.flow.sender)
        return self.recipient(sending, passage.exporter) if sending else self.party(passage.exporter)

    def chain(self, line: Line) -> str:
        """A shortest chain, from the controller on."""
        network = self.handover.network
        names = [self.party(network.party(line.passage.activity.controller)), line.passage.activity.name]
        return " → ".join([*names, *(network.services[flow.recipient].name for flow in line.chain)])

    def subjects(self, items: Items) -> str:
        """Whose data."""
        return ", ".join(dict.fromkeys(self.words.subject(item.subject) for item in sorted(items)))

    def categories(self, items: Items) -> str:
        """Which data."""
        return ", ".join(sorted({self.words.category(item.category) for item in items}))

    def items(self, items: Items) -> str:
        """Which data of whom."""
        by_subject: dict[str, list[str]] = {}
        for item in sorted(items):
            by_subject.setdefault(self.words.subject(item.subject), []).append(self.words.category(item.category))
        return "; ".join(f"{subject}: {', '.join(found)}" for subject, found in by_subject.items())

    def purposes(self, activity: Activity) -> str:
        """What for."""
        return ", ".join(map(self.words.purpose, activity.purposes))

    def legal_bases(self, activity: Activity) -> list[str]:
        """The legal bases of Art. 6(1) and conditions of Art. 9(2), each with its article."""
        terms = self.handover.network.vocabulary.legal_bases
        grounds = [*activity.legal_bases, *activity.special_conditions]
        found = ((label(terms, ground.id, self.language), terms.get(ground.id)) for ground in grounds)
        return [f"{name} ({self.article(term.article)})" if term and term.article else name for name, term in found]

    def article(self, cited: str) -> str:
        """An article as it is cited in the language: `Article 6(1)(b)`, `art. 6 lid 1 onder b AVG`."""
        found = _ARTICLE.fullmatch(cited)
        if self.language != "nl" or found is None:
            return cited
        number, paragraph, point = found.groups()
        return f"art. {number} lid {paragraph}" + (f" onder {point}" if point else "") + " AVG"

    def retention(self, found: dict[str, Any]) -> str:
        """How long what is kept, from plain values."""
        period = found["period"] or self.gettext(f"retention.{found['kind']}")
        said = f"{found['what']}: {period}" + (f", {found['from_event']}" if found["from_event"] else "")
        return self.marked(said, Basis(found["basis"]))

    def period(self, period: str) -> str:
        """A length of time in words."""
        return format_period(self.language, period)

    def why(self, line: Line) -> str:
        """Why a footing is what it is."""
        return translate(line.assessment.reason, self.language)

    def act(self, line: Line) -> str | None:
        """The act or judgment that decided a footing; None: there is none."""
        return translate(line.assessment.act, self.language)

    def tools(self, line: Line) -> str:
        """The transfer tools that a flow names, with their articles; empty when it names none."""
        return "; ".join(translate(Steps(line).tools, self.language))

    def footing(self, line: Line) -> str:
        """What a transfer stands on, with the act; that nothing is known where nothing is."""
        tools = self.tools(line) or self.gettext("nothing")
        footing = self.gettext(f"statement.footing.{line.status}", act=self.act(line) or tools, tools=tools)
        condition = line.passage.flow.condition
        return footing + (f" {self.gettext('statement.condition', condition=condition)}" if condition else "")

    def reason(self, answer: Answered) -> str:
        """Why a criterion is answered so, with what points to it."""
        signs: dict[str, list[str]] = {}
        for sign in answer.signs:
            what = self.words.category(sign.item.category) if sign.item else self.words.purpose(sign.purpose or "")
            if sign.item and answer.criterion.signs and set(answer.criterion.signs.marks) == {"vulnerable"}:
                what = self.words.subject(sign.item.subject)
            signs.setdefault(sign.activity.name, []).append(self.marked(what, sign.basis))
        found = "; ".join(f"{name}: {', '.join(dict.fromkeys(what))}" for name, what in signs.items())
        also = self.words.joined(self.gettext(f"dpia.also.{each}") for each in answer.criterion.also)
        return self.gettext(f"dpia.reason.{answer.reason}", found=found, also=also)

    def status(self, line: Line) -> str:
        """A footing in a word."""
        return gettext(self.language, f"status.{line.status}")

    def role(self, role: Role) -> str:
        """What a recipient is."""
        return gettext(self.language, f"role.{role}")

    def basis_word(self, basis: Basis) -> str:
        """How directly something is said."""
        return gettext(self.language, f"basis.{basis}")

    def sources(self, lines: Iterable[Line]) -> str:
        """Where it is said."""
        return self.cited(evidence for line in lines for evidence in line.sources)

    def cited(self, evidence: Iterable[Evidence]) -> str:
        """Titles, places and how directly each says it, each once."""
        return "; ".join(
            f"{self.handover.title_of(each)}, {each.locator} ({self.basis_word(each.basis)})"
            for each in dict.fromkeys(evidence)
        )
