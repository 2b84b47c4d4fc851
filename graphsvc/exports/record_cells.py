"""Cells of the records of Art. 30 in the words of a language; what is not recorded is a gap that says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graphsvc.answers.marks import Marker, any_mark
from graphsvc.answers.propagate import Items
from graphsvc.exports.record_flow_cells import Cell, FlowCells, Lacking
from graphsvc.model import (
    UNKNOWN,
    Activity,
    Basis,
    DataItem,
    Evidence,
    LegalGround,
    Measure,
    Party,
    Retention,
    RetentionKind,
    basis_of,
    evidence_for,
    label,
    weakest,
)
from graphsvc.questions.handover import Handover


class Cells(FlowCells):
    """Makes cells of one handover in one language."""

    def __init__(self, handover: Handover, language: str) -> None:
        super().__init__(handover, language)
        self._marker = Marker(handover.network)

    def said(self, text: str | None, evidence: tuple[Evidence, ...], key: str) -> str:
        """What an entry says, marked when no source says it directly; a gap when it says nothing."""
        return self.texts.marked(text, basis_of(evidence_for(evidence, key))) if text else self.lacking()

    # Who (points a)

    def party(self, party: Party, prefix: str) -> dict[str, Cell]:
        """Name, contact, representative and officer of a party, by column."""
        if party.id == UNKNOWN:
            unknown = self.lacking("not_known")
            return {prefix: self.lacking("nobody_named")} | {f"{prefix}_{key}": unknown for key in WHO}
        return {
            prefix: self.said(party.legal_name or party.name, party.evidence, "name"),
            f"{prefix}_contact": self.said(party.contact, party.evidence, "contact"),
            f"{prefix}_representative": self._representative(party),
            f"{prefix}_officer": self._officer(party),
        }

    def _representative(self, party: Party) -> str:
        network, seats = self.handover.network, party.established_in
        if party.representative or not seats:
            return self.said(party.representative, party.evidence, "representative")
        inside = any(network.law.is_inside(code, network.on) for code in seats)
        return self.texts.gettext("record.not_needed_inside") if inside else self.lacking()

    def _officer(self, party: Party) -> str:
        if party.officer is None:
            return self.lacking()
        return self.said(self.texts.gettext(f"dpia.officer.{party.officer}"), party.evidence, "officer")

    # What, of whom, what for (points b and c)

    def purposes(self, activity: Activity) -> str:
        """What for."""
        return self.said(
            "; ".join(map(self.texts.words.purpose, activity.purposes)) or None, activity.evidence, "purposes"
        )

    def grounds(self, activity: Activity, key: str) -> str | None:
        """Legal bases (Art. 6(1)) or conditions (Art. 9(2)), each with its article; None: there is none."""
        found: tuple[LegalGround, ...] = getattr(activity, key)
        return "\n".join(self._ground(each, activity, key) for each in found) or None

    def _ground(self, ground: LegalGround, activity: Activity, key: str) -> str:
        terms = self.handover.network.vocabulary.legal_bases
        name, term = label(terms, ground.id, self.texts.language), terms.get(ground.id)
        said = f"{name} ({self.texts.article(term.article)})" if term and term.article else name
        return self.texts.marked(said, basis_of(ground.evidence or evidence_for(activity.evidence, key)))

    def subjects(self, items: Items) -> str:
        """Whose data."""
        return (
            "; ".join(dict.fromkeys(self.texts.words.subject(item.subject) for item in sorted(items))) or self.lacking()
        )

    def data(self, items: Items, activity: Activity | None = None) -> str:
        """Which data of whom, a line for each kind of people; marked when the activity is given."""
        by_subject: dict[str, list[tuple[str, Basis]]] = {}
        for item in sorted(items):
            basis = basis_of(activity.evidence_of(item)) if activity else Basis.STATED
            by_subject.setdefault(self.texts.words.subject(item.subject), []).append(
                (self.texts.words.category(item.category), basis)
            )
        return "\n".join(self._of(subject, found) for subject, found in by_subject.items()) or self.lacking()

    def _of(self, subject: str, found: list[tuple[str, Basis]]) -> str:
        """The mark stands at the people when all that is said of them is as weak, else at each word."""
        bases = {basis for _, basis in found}
        if len(bases) == 1:
            return f"{self.texts.marked(subject, bases.pop())}: {', '.join(name for name, _ in found)}"
        return f"{subject}: {', '.join(self.texts.marked(name, basis) for name, basis in found)}"

    def is_special(self, item: DataItem) -> bool:
        """Whether a data item is of a special category for certain, so that Art. 9(2) asks for a condition."""
        return self._marker(item).special is True

    def delicate(self, items: Items) -> str:
        """Special categories (Art. 9) and data on convictions (Art. 10) among the data."""
        if not items:
            return self.lacking("not_known")
        marks = {item: self._marker(item) for item in sorted(items)}
        found = {
            self.texts.words.category(item.category): None
            for item, mark in marks.items()
            if mark.special or mark.criminal
        }
        if found:
            return "; ".join(found)
        may_be = any_mark(mark for each in marks.values() for mark in (each.special, each.criminal)) is None
        return self.texts.gettext("record.may_be" if may_be else "record.none")

    # How long, how guarded (points f and g)

    def retention(self, activity: Activity) -> str:
        """How long what is kept."""
        known = [each for each in activity.retention if each.kind is not RetentionKind.NOT_STATED]
        return "\n".join(self._kept(each, activity) for each in known) or self.lacking()

    def _kept(self, kept: Retention, activity: Activity) -> str:
        period = self.texts.period(kept.period) if kept.period else None
        if period and kept.kind is RetentionKind.MAXIMUM:
            period = self.texts.gettext("record.at_most", period=period)
        said = ", ".join(filter(None, (period, kept.from_event))) or self.texts.gettext(f"retention.{kept.kind}")
        return self.texts.marked(
            f"{kept.what}: {said}", basis_of(kept.evidence or evidence_for(activity.evidence, "retention"))
        )

    def measures(self, *owners: Activity | Party) -> str:
        """Security measures in a few words."""
        found: dict[str, None] = {}
        for measure in (each for owner in owners for each in owner.measures):
            found[self._measure(measure)] = None
        return "\n".join(found) or self.lacking()

    def _measure(self, measure: Measure) -> str:
        return self.texts.marked(measure.text, basis_of(measure.evidence))

    @staticmethod
    def joined(texts: Iterable[str]) -> str:
        """Texts below each other; a gap when one of them is."""
        found = list(texts)
        said = "\n".join(found)
        return Lacking(said) if any(isinstance(each, Lacking) for each in found) else said

    # Where it is said

    def sources(self, evidence: Iterable[Evidence]) -> str:
        """Titles and places, each once."""
        return self.texts.cited(dict.fromkeys(evidence))

    def basis(self, facts: Iterable[tuple[Evidence, ...]]) -> str:
        """How directly the weakest fact of a row is said."""
        return self.texts.basis_word(weakest(map(basis_of, facts)))


WHO = ("contact", "representative", "officer")


def facts_of(activity: Activity) -> Iterator[tuple[Evidence, ...]]:
    """The evidence of each fact that an activity itself states."""
    yield evidence_for(activity.evidence, "name")
    yield from (evidence_for(activity.evidence, "purposes"),) if activity.purposes else ()
    yield from (activity.evidence_of(item) for item in sorted(activity.data))
    for key in ("legal_bases", "special_conditions", "retention"):
        yield from (each.evidence or evidence_for(activity.evidence, key) for each in getattr(activity, key))
    yield from (each.evidence for each in activity.measures)
