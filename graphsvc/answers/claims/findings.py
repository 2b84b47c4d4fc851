"""`findings`: every claim with its verdict, what is silently wrong, what readers noticed; the gravest first. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from graphsvc.answers.claims.checks import check
from graphsvc.answers.claims.facts import Fact
from graphsvc.answers.claims.matter import Outcome
from graphsvc.answers.claims.silent import Silence, silences
from graphsvc.answers.dossier import Dossier, dossiers
from graphsvc.answers.marks import Marker
from graphsvc.answers.network import Network
from graphsvc.model import (
    Basis,
    Capacity,
    Check,
    Claim,
    ClaimKind,
    Evidence,
    Party,
    Remark,
    Severity,
    Shortfall,
    Status,
    Verdict,
    basis_of,
    evidence_for,
    weakest,
)
from graphsvc.translation import _, joined, ngettext


class FindingKind(StrEnum):
    """How something was found."""

    CLAIM = "claim"
    SILENT = "silent"
    REMARK = "remark"


@dataclass(frozen=True)
class Finding:
    """One line of the answer.

    Attributes:
        kind: How it was found.
        id: Id of the claim or the remark; of a silence: controller, rule and what it is about.
        controller: Whose documents it is about.
        verdict: What the facts say.
        severity: How much is at stake; None: nothing, as the claim holds.
        rule: The kind of check or of silence; None: no machine can judge it.
        text: What is claimed, noticed or missing.
        reason: Why the verdict.
        article: The article of the GDPR it rests on; None: none is recorded.
        act: The act behind that article.
        check: The checkable form of a claim.
        claims: Ids of the claims concerned.
        against: Facts against it.
        unknown: What would decide it and is not known.
        remarks: What readers noticed about the claim.
        documents: Ids of the controller's own documents.
        sources: Where the claim is made, or the place that is silent; of a remark: the places on both sides.
        basis: How directly it is said: by the claim and the best-founded fact against it.
    """

    kind: FindingKind
    id: str
    controller: Party
    verdict: Verdict
    severity: Severity | None
    rule: str | None
    text: str
    reason: str
    article: str | None = None
    act: str | None = None
    check: Check | None = None
    claims: tuple[str, ...] = ()
    against: tuple[Fact, ...] = ()
    unknown: tuple[Fact, ...] = ()
    remarks: tuple[Remark, ...] = ()
    documents: tuple[str, ...] = field(default=())
    sources: tuple[Evidence, ...] = ()
    basis: Basis = Basis.ASSUMED

    @property
    def rank(self) -> tuple[int, int, str, int, str]:
        """Its place in the answer: what is gravest, then what is surest."""
        grave = _GRAVEST.index(self.severity) if self.severity else len(_GRAVEST)
        kind = tuple(FindingKind).index(self.kind)
        return grave, tuple(Verdict).index(self.verdict), self.controller.id, kind, self.id


_GRAVEST = tuple(Severity)
STAKES: dict[ClaimKind, Severity] = {
    ClaimKind.NO_THIRD_COUNTRY: Severity.HIGH,
    ClaimKind.ONLY_COUNTRIES: Severity.HIGH,
    ClaimKind.RELIES_ON: Severity.HIGH,
    ClaimKind.LAWFUL_TRANSFERS: Severity.HIGH,
    ClaimKind.NO_TRACKING: Severity.HIGH,
    ClaimKind.NO_RECIPIENT: Severity.HIGH,
    ClaimKind.ONLY_RECIPIENTS: Severity.MEDIUM,
    ClaimKind.ONLY_PURPOSES: Severity.MEDIUM,
    ClaimKind.NO_DATA: Severity.MEDIUM,
    ClaimKind.RETENTION: Severity.MEDIUM,
    ClaimKind.THIRD_COUNTRY: Severity.LOW,
}
"""What is at stake when a claim is not true: protection abroad, being followed, or a recipient that was ruled out is
grave; more recipients, data, purposes or time than told are less so; a wrong word about a country least."""


def findings(network: Network) -> list[Finding]:
    """Everything about the documents of every controller in a network, the gravest first.

    Args:
        network: What was fetched, with its papers.
    """
    marker = Marker(network)
    found = (finding for dossier in dossiers(network) for finding in _of_one(dossier, marker))
    return sorted(found, key=lambda finding: finding.rank)


def _of_one(dossier: Dossier, marker: Marker) -> Iterator[Finding]:
    for claim in dossier.claims:
        yield _of_claim(dossier, claim, marker)
    for silence in silences(dossier):
        yield _of_silence(dossier, silence)
    for remark in dossier.remarks:
        yield _of_remark(dossier, remark)


def _of_claim(dossier: Dossier, claim: Claim, marker: Marker) -> Finding:
    remarks = tuple(remark for remark in dossier.remarks if claim.id in remark.claims)
    outcome = check(dossier, claim) if claim.check else Outcome()
    verdict = _verdict(claim, outcome)
    network = dossier.network
    asked = network.law.requirement(Shortfall.UNTRUE_CLAIM, Capacity.CONTROLLER, network.on)
    return Finding(
        FindingKind.CLAIM,
        claim.id,
        dossier.controller,
        verdict,
        _severity(claim, verdict, outcome, remarks, marker),
        claim.check.kind if claim.check else None,
        claim.text,
        _reason(verdict, outcome, remarks),
        asked and asked.article,
        asked and str(asked.act),
        claim.check,
        (claim.id,),
        outcome.against,
        outcome.unknown,
        remarks,
        tuple(sorted(dossier.documents)),
        claim.evidence,
        _basis(claim, outcome),
    )


def _verdict(claim: Claim, outcome: Outcome) -> Verdict:
    if claim.check is None:
        return Verdict.NOT_CHECKABLE
    if outcome.against:
        return Verdict.CONTRADICTED
    return Verdict.CANNOT_TELL if outcome.unknown or outcome.note else Verdict.HOLDS


def _severity(
    claim: Claim, verdict: Verdict, outcome: Outcome, remarks: Iterable[Remark], marker: Marker
) -> Severity | None:
    """What is at stake; a reader who finds more in a claim that is not proven right is believed."""
    if verdict is Verdict.HOLDS:
        return None
    by_reader = [remark.severity for remark in remarks]
    stake = _stake(claim, outcome, marker) if claim.check else Severity.LOW
    return min([_milder(stake) if verdict is Verdict.CANNOT_TELL else stake, *by_reader], key=_GRAVEST.index)


def _stake(claim: Claim, outcome: Outcome, marker: Marker) -> Severity:
    """One more with delicate data against it; of a claim about places one less when all of them are in the EEA."""
    stake = STAKES[claim.check.kind]
    inside = all(fact.status is Status.INSIDE for fact in (*outcome.against, *outcome.unknown))
    if claim.check.kind is ClaimKind.ONLY_COUNTRIES and inside:
        stake = _milder(stake)
    delicate = any(True in marker(item) for fact in outcome.against for item in fact.data)
    return _graver(stake) if delicate else stake


def _graver(severity: Severity) -> Severity:
    return _GRAVEST[max(_GRAVEST.index(severity) - 1, 0)]


def _milder(severity: Severity) -> Severity:
    return _GRAVEST[min(_GRAVEST.index(severity) + 1, len(_GRAVEST) - 1)]


def _reason(verdict: Verdict, outcome: Outcome, remarks: tuple[Remark, ...]) -> str:
    if verdict is Verdict.CONTRADICTED:
        return _with_first(_against(len(outcome.against)), outcome.against)
    if verdict is Verdict.CANNOT_TELL:
        return outcome.note or _with_first(_open(len(outcome.unknown)), outcome.unknown)
    if verdict is Verdict.NOT_CHECKABLE:
        if remarks:
            return _("No machine can judge it; readers noticed something.")
        return _("No machine can judge it.")
    return _("Nothing that the register knows of this day speaks against it, and what would decide is known.")


def _against(count: int) -> str:
    return ngettext("{count} fact is against it.", "{count} facts are against it.", count)


def _open(count: int) -> str:
    return ngettext(
        "{count} fact is not known that would decide.", "{count} facts are not known that would decide.", count
    )


def _with_first(counted: str, facts: tuple[Fact, ...]) -> str:
    return joined(" ", (counted, facts[0].reason))


def _basis(claim: Claim, outcome: Outcome) -> Basis:
    """One fact against a claim is enough, so the best-founded one counts."""
    of_claim = basis_of(evidence_for(claim.evidence, "check"))
    if not outcome.against:
        return of_claim
    return weakest([of_claim, min((fact.basis for fact in outcome.against), key=tuple(Basis).index)])


def _of_silence(dossier: Dossier, silence: Silence) -> Finding:
    requirement = silence.requirement
    by_weight = (
        Severity.HIGH if requirement.weight >= 4 else Severity.MEDIUM if requirement.weight > 1 else Severity.LOW
    )
    return Finding(
        FindingKind.SILENT,
        f"{dossier.controller.id}.{requirement.kind}.{silence.about}",
        dossier.controller,
        Verdict.CONTRADICTED,
        _milder(by_weight) if silence.is_mild else by_weight,
        requirement.kind,
        silence.text,
        _("{article} has asked for it since {day}.", article=requirement.article, day=requirement.valid_from),
        requirement.article,
        str(requirement.act),
        claims=silence.claims,
        against=silence.facts,
        documents=tuple(sorted(dossier.documents)),
        sources=silence.sources,
        basis=min((fact.basis for fact in silence.facts), key=tuple(Basis).index),
    )


def _of_remark(dossier: Dossier, remark: Remark) -> Finding:
    return Finding(
        FindingKind.REMARK,
        remark.id,
        dossier.controller,
        Verdict.NOT_CHECKABLE,
        remark.severity,
        None,
        remark.text,
        _("A reader noticed it; no machine judged it."),
        claims=remark.claims,
        documents=tuple(sorted(dossier.documents)),
        sources=remark.evidence,
        basis=basis_of(remark.evidence),
    )
