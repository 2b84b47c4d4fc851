"""What do controllers say in public, and what do the facts say of it on a day?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from graphsvc.answers.claims import plain as plain_claims
from graphsvc.answers.claims.findings import Finding, findings
from graphsvc.answers.network import EVERYBODY, Scope
from graphsvc.graph.store import Store
from graphsvc.graph.wish import Wish
from graphsvc.model import Day, Severity, Verdict
from graphsvc.questions.common import Plain, SpooledAnswer, check
from graphsvc.questions.parts import Networks, Parts
from graphsvc.spool import Spool

RANK = 5
"""Parts of the rank of a finding."""


@dataclass(frozen=True)
class ClaimsQuestion:
    """What do controllers say in public, and what do the facts say of it?

    Attributes:
        on: The day.
        controllers: Ids of controllers; empty: all.
        verdict: Only these verdicts; empty: all.
        words: Words that id or text have to hold, whatever their case; empty: none.
    """

    on: Day
    controllers: tuple[str, ...] = ()
    verdict: tuple[Verdict, ...] = ()
    words: str = ""

    def wants(self, finding: Finding) -> bool:
        """Whether a finding belongs to the answer."""
        said = f"{finding.id} {finding.text}".lower()
        return finding.verdict in (self.verdict or Verdict) and all(word in said for word in self.words.lower().split())


@dataclass
class Found:
    """Findings in their order, and how many there are."""

    spool: Spool = field(default_factory=lambda: Spool(RANK))
    verdicts: Counter[Verdict] = field(default_factory=Counter)
    severities: Counter[Severity | None] = field(default_factory=Counter)

    def add(self, finding: Finding) -> None:
        """Count a finding and put it where it belongs."""
        self.verdicts[finding.verdict] += 1
        self.severities[finding.severity] += 1
        self.spool.add(finding.rank, plain_claims.finding(finding))


@dataclass(frozen=True)
class Claims(SpooledAnswer):
    """The answer about claims."""

    question: ClaimsQuestion
    networks: Networks
    columns = (
        *("severity", "verdict", "kind", "controller", "controller_id", "id", "rule", "text", "reason", "article"),
        *("act", "claims", "against", "unknown", "remarks", "documents", "basis", "sources"),
    )

    @cached_property
    def found(self) -> Found:
        """Every finding, the gravest first."""
        return self.networks.read(self._found)

    def _found(self) -> Found:
        found = Found()
        for finding in self.findings():
            found.add(finding)
        return found

    def findings(self) -> Iterator[Finding]:
        """Every finding as it is made, some controllers' after others'."""
        for network in self.networks:
            yield from filter(self.question.wants, findings(network))

    def head(self) -> Plain:
        """The day, the law, and how many findings there are by verdict and by severity."""
        verdicts, severities = self.found.verdicts, self.found.severities
        return {
            "on": self.question.on,
            "law": self.networks.law,
            "by_verdict": {verdict.value: verdicts[verdict] for verdict in Verdict},
            "by_severity": {severity.value: severities[severity] for severity in Severity},
        }

    @property
    def spool(self) -> Spool:
        """Every finding, the gravest first."""
        return self.found.spool


def ask_claims(store: Store, question: ClaimsQuestion, scope: Scope = EVERYBODY) -> Claims:
    """Answer a question about claims, within what the asker may see.

    Raises:
        NotFound: the question names a controller that is not in the register.
    """
    check(store, {"Party": question.controllers})
    narrowed = scope.narrowed_to(question.controllers or None)
    return Claims(question, Parts(store, (Wish(question.on, narrowed, papers=True),)))
