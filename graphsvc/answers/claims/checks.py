"""`check`: holds a claim against the facts, by the function for its kind. Pure."""

from __future__ import annotations

from collections.abc import Callable

from graphsvc.answers.claims.matter import NOTHING_THAT_DAY, Matter, Outcome
from graphsvc.answers.claims.places import (
    lawful_transfers,
    no_third_country,
    only_countries,
    relies_on,
    third_country,
)
from graphsvc.answers.claims.recipients import no_recipient, only_recipients
from graphsvc.answers.claims.use import no_data, no_tracking, only_purposes, retention
from graphsvc.answers.dossier import Dossier
from graphsvc.model import Claim, ClaimKind

CHECKS: dict[ClaimKind, Callable[[Matter], Outcome]] = {
    ClaimKind.NO_THIRD_COUNTRY: no_third_country,
    ClaimKind.ONLY_COUNTRIES: only_countries,
    ClaimKind.NO_RECIPIENT: no_recipient,
    ClaimKind.ONLY_RECIPIENTS: only_recipients,
    ClaimKind.RELIES_ON: relies_on,
    ClaimKind.NO_TRACKING: no_tracking,
    ClaimKind.NO_DATA: no_data,
    ClaimKind.RETENTION: retention,
    ClaimKind.ONLY_PURPOSES: only_purposes,
    ClaimKind.THIRD_COUNTRY: third_country,
    ClaimKind.LAWFUL_TRANSFERS: lawful_transfers,
}
OF_THE_LAW_ALONE = frozenset({ClaimKind.THIRD_COUNTRY, ClaimKind.RELIES_ON})
"""Claims that can be wrong whatever the controller does."""


def check(dossier: Dossier, claim: Claim) -> Outcome:
    """Hold a claim that has a checkable form against the facts.

    Args:
        dossier: What is known of who says it.
        claim: The claim.

    Returns:
        What speaks against it, and what would decide it and is not known.
    """
    matter = Matter(dossier, claim)
    if not matter.activities and claim.check.kind not in OF_THE_LAW_ALONE:
        return Outcome(note=NOTHING_THAT_DAY)
    return CHECKS[claim.check.kind](matter)
