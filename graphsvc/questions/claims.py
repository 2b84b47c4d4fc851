"""What do controllers say in public, and what do the facts say of it on a day?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from graphsvc.answers import plain_claims
from graphsvc.answers.claims import Finding, findings
from graphsvc.answers.network import EVERYBODY, Network, Scope
from graphsvc.graph.store import Store
from graphsvc.model import Day, Severity, Verdict
from graphsvc.questions.common import Answer, Plain, check


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


@dataclass(frozen=True)
class Claims(Answer):
    """The answer about claims."""

    question: ClaimsQuestion
    network: Network
    columns = (
        *("severity", "verdict", "kind", "controller", "controller_id", "id", "rule", "text", "reason", "article"),
        *("act", "claims", "against", "unknown", "remarks", "documents", "basis", "sources"),
    )

    @cached_property
    def findings(self) -> list[Finding]:
        """Every finding, the gravest first."""
        return [finding for finding in findings(self.network) if self.question.wants(finding)]

    def head(self) -> Plain:
        """The day, the law, and how many findings there are by verdict and by severity."""
        verdicts = Counter(finding.verdict for finding in self.findings)
        severities = Counter(finding.severity for finding in self.findings)
        return {
            "on": self.question.on,
            "law": self.network.law.version,
            "by_verdict": {verdict.value: verdicts[verdict] for verdict in Verdict},
            "by_severity": {severity.value: severities[severity] for severity in Severity},
        }

    def rows(self) -> Iterator[Plain]:
        """Every finding as plain values."""
        return map(plain_claims.finding, self.findings)

    def body(self, skip: int = 0, most: int | None = None) -> Plain:
        """The head, how many findings there are, and some of them; only those are made plain."""
        shown = islice(self.findings, skip, None if most is None else skip + most)
        return self.head() | {"total": len(self.findings), "items": list(map(plain_claims.finding, shown))}


def ask_claims(store: Store, question: ClaimsQuestion, scope: Scope = EVERYBODY) -> Claims:
    """Answer a question about claims, within what the asker may see.

    Raises:
        NotFound: the question names a controller that is not in the register.
    """
    check(store, {"Party": question.controllers})
    narrowed = scope.narrowed_to(question.controllers or None)
    return Claims(question, store.network(question.on, narrowed, papers=True))
