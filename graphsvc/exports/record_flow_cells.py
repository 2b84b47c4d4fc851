"""Cells of the records of Art. 30 about recipients and transfers, in the words of a language (points d and e; c)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from graphsvc.answers.lines import Line, Passage
from graphsvc.exports.words import Texts
from graphsvc.model import (
    ACTING_FOR_OTHERS,
    UNKNOWN,
    Basis,
    ContractKind,
    Role,
    Status,
    basis_of,
    evidence_for,
    weakest,
)
from graphsvc.questions.handover import Handover

UNDER_CONTRACT = ACTING_FOR_OTHERS | {Role.UNKNOWN}
Cell = Any
"""A text, a day, a number; a gap is a text that says so."""


class Lacking(str):
    """The text of a cell in which something is missing that Art. 30 asks for."""


class FlowCells:
    """Makes cells about the flows of one handover in one language."""

    def __init__(self, handover: Handover, language: str) -> None:
        self.handover = handover
        self.texts = Texts(handover, language)

    def lacking(self, what: str = "not_recorded") -> Lacking:
        """A gap, with what is the matter."""
        return Lacking(self.texts.gettext("record.gap", what=self.texts.gettext(what)))

    def recipients(self, passages: Iterable[Passage], with_role: bool = False) -> str | None:
        """Services with whose they are, a line for each; None: nobody."""
        found: dict[str, None] = {}
        for passage in passages:
            name = self.texts.recipient(passage.service, passage.importer)
            if with_role:
                name = f"{name}: {self.texts.role(passage.flow.role)}"
            found[self.texts.marked(name, self.basis_of_flow(passage))] = None
        return "\n".join(found) or None

    @staticmethod
    def basis_of_flow(passage: Passage) -> Basis:
        """How directly it is said that data goes there."""
        return basis_of(evidence_for(passage.flow.evidence, "to"))

    def countries(self, lines: Iterable[Line]) -> str:
        """Where data is kept or read."""
        found: dict[str, list[Basis]] = {}
        for line in lines:
            found.setdefault(line.country, []).append(self._basis_of_place(line))
        names = {self.texts.words.country(code): weakest(bases) for code, bases in found.items() if code != UNKNOWN}
        said = "\n".join(self.texts.marked(name, names[name]) for name in sorted(names))
        if UNKNOWN in found or not found:
            return Lacking("\n".join(filter(None, [said, self.lacking("not_known")])))
        return said

    @staticmethod
    def _basis_of_place(line: Line) -> Basis:
        flow = line.passage.flow
        own = flow.evidence if line.country in flow.places else line.passage.importer.evidence
        return basis_of(evidence_for(own, "places" if line.country in flow.places else "established_in"))

    def third_countries(self, lines: list[Line]) -> str:
        """The third countries that data goes to; that there is none only when every place is known."""
        abroad = [line for line in lines if line.status is not Status.INSIDE]
        if abroad:
            return self.countries(abroad)
        return self.texts.gettext("record.none") if lines else self.lacking("record.no_recipient")

    def safeguards(self, lines: Iterable[Line]) -> str:
        """What each transfer stands on, with who receives it."""
        found: dict[tuple[str, str], dict[str, None]] = {}
        is_lacking = False
        for line in lines:
            if line.status is not Status.INSIDE:
                name = self.texts.recipient(line.passage.service, line.passage.importer)
                key = (self.texts.words.country(line.country), self.texts.footing(line))
                found.setdefault(key, {})[self.texts.marked(name, line.basis)] = None
                is_lacking = is_lacking or line.status in (Status.UNCOVERED, Status.LAPSED, Status.UNKNOWN)
        said = "\n".join(
            f"{country}: {footing} ({', '.join(names)})"
            for (country, footing), names in sorted(found.items(), key=lambda pair: pair[0])
        )
        if is_lacking:
            return Lacking(self.texts.gettext("record.gap", what=said))
        return said or self.texts.gettext("record.not_applicable")

    def contract(self, passage: Passage) -> str:
        """The contract behind a flow (Art. 28(3))."""
        flow = passage.flow
        if flow.contract is None:
            return self.lacking() if flow.role in UNDER_CONTRACT else self.texts.gettext("record.not_applicable")
        said = self.texts.gettext(f"cnil.contract.{flow.contract.kind}")
        parts = ", ".join(filter(None, (said, flow.contract.title, flow.contract.date)))
        basis = basis_of(flow.contract.evidence or evidence_for(flow.evidence, "contract"))
        marked = self.texts.marked(parts, basis)
        return Lacking(marked) if flow.contract.kind is ContractKind.NONE else marked
