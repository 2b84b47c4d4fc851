"""A claim in front of the facts that it is about, and what the facts come to. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from graphsvc.answers.claims.facts import Fact
from graphsvc.answers.dossier import Dossier
from graphsvc.answers.lines import Line
from graphsvc.answers.network import Network
from graphsvc.model import UNKNOWN, Activity, Check, Claim, Party, Role, Service, Status
from graphsvc.translation import _, joined, pgettext


class Outcome(NamedTuple):
    """What the facts come to.

    Attributes:
        against: What speaks against the claim.
        unknown: What would decide it and is not known.
        note: Why nothing can be told at all; None: something can.
    """

    against: tuple[Fact, ...] = ()
    unknown: tuple[Fact, ...] = ()
    note: str | None = None


@dataclass(frozen=True)
class Matter:
    """A claim in front of the facts that it is about.

    Attributes:
        dossier: What is known of who says it.
        claim: The claim; it has a checkable form.
    """

    dossier: Dossier
    claim: Claim

    @property
    def check(self) -> Check:
        """The checkable form."""
        return self.claim.check

    @property
    def network(self) -> Network:
        """What was fetched."""
        return self.dossier.network

    @cached_property
    def activities(self) -> tuple[Activity, ...]:
        """The activities that the claim is about; all of them when it names none."""
        named = self.check.activities
        return tuple(activity for activity in self.dossier.activities if not named or activity.id in named)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Where the data of these activities goes, a line for each flow and country."""
        within = {activity.id for activity in self.activities}
        return tuple(line for line in self.dossier.lines if line.passage.activity.id in within)

    @cached_property
    def disclosures(self) -> tuple[Line, ...]:
        """Those lines that are the controller's own: to recipients that it sends data to itself."""
        return tuple(line for line in self.lines if line.passage.depth == 1 and self.dossier.is_recipient(line.passage))

    def names(self, line: Line) -> bool:
        """Whether the claim names the recipient, as a service or as a party."""
        return line.passage.service.id in self.check.services or line.passage.importer.id in self.check.parties

    def categories_in(self, categories: tuple[str, ...], line: Line) -> list[str]:
        """Which of the data that passes falls under some categories."""
        order = self.network.order
        passing = sorted({item.category for item in line.items} - {UNKNOWN})
        return [found for found in passing if any(order.includes_category(broad, found) for broad in categories)]


STATUS = {
    Status.UNCOVERED: pgettext("status", "uncovered"),
    Status.LAPSED: pgettext("status", "lapsed"),
    Status.UNKNOWN: pgettext("status", "unknown"),
    Status.DEROGATION: pgettext("status", "derogation"),
    Status.ADEQUATE_IF_COVERED: pgettext("status", "adequate if covered"),
    Status.SAFEGUARDED: pgettext("status", "safeguarded"),
    Status.ADEQUATE: pgettext("status", "adequate"),
    Status.INSIDE: pgettext("status", "inside"),
}
"""What a footing is called within a sentence."""
ROLE = {
    Role.PROCESSOR: pgettext("role", "processor"),
    Role.SUB_PROCESSOR: pgettext("role", "sub processor"),
    Role.JOINT_CONTROLLER: pgettext("role", "joint controller"),
    Role.INDEPENDENT_CONTROLLER: pgettext("role", "independent controller"),
    Role.AUTHORITY: pgettext("role", "authority"),
    Role.UNKNOWN: pgettext("role", "unknown"),
}
"""What a recipient is called within a sentence."""
NOTHING_THAT_DAY = _("No activity that it is about takes place on this day, as far as the register knows.")


def recipient(line: Line) -> str:
    """A recipient in words: the service and, where that is known and not said by its name, whose it is."""
    return told_recipient(line.passage.service, line.passage.importer)


def told_recipient(service: Service, importer: Party) -> str:
    """A service in words and, where that is known and not said by its name, whose it is."""
    is_told = importer.id == UNKNOWN or importer.name in service.name
    return service.name if is_told else f"{service.name} ({importer.name})"


def with_reason(line: Line) -> str:
    """A recipient and why it has its footing."""
    return joined(": ", (recipient(line), line.assessment.reason))
