"""Until when a controller may object to a new sub-processor (Art. 28(2)), as far as contract and list say. Pure.

The days are those of the contract towards the controller, each that it does not record those of the list that the
engaging service publishes. Nothing is filled in: when one of them is not recorded, the last day is not known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from graphsvc.answers.changes.causes import Edition
from graphsvc.answers.lines import Line
from graphsvc.answers.network import Network
from graphsvc.model import Day, Evidence, Flow, Service, days_after, evidence_for


class Announced(StrEnum):
    """What tells the day of an announcement."""

    RECORDED = "recorded"
    LIST = "list"
    FIRST_DAY_LESS_NOTICE = "first_day_less_notice"
    VERSION = "version"


class Missing(StrEnum):
    """Why the last day is not known."""

    OBJECTION_DAYS = "objection_days"
    ANNOUNCEMENT = "announcement"


@dataclass(frozen=True, slots=True)
class Days:
    """A number of days, and where it is recorded.

    Attributes:
        days: The number.
        where: `contract` or `list`.
        of: Id of the flow whose contract it is, or of the service whose list.
        evidence: Where it is said.
    """

    days: int
    where: str
    of: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """The time in which one may object to a sub-processor.

    Attributes:
        engaged_by: Id of the service that engages it.
        object_to: Id of the service whose provider hears the objection: the controller's own processor, or, when only
            the list of a processor further down records the days, that one.
        direct: Whether it is the controller that may object there; else a processor in between, which has to pass the
            announcement on.
        notice: Days in advance that it is announced; None: not recorded.
        objection: Days after the announcement in which one may object; None: not recorded.
        announced: The day it was announced; None: not known.
        told_by: What tells that day.
        evidence: Where the days are said.
    """

    engaged_by: str
    object_to: str
    direct: bool
    notice: Days | None
    objection: Days | None
    announced: Day | None
    told_by: Announced | None
    evidence: tuple[Evidence, ...] = ()

    @property
    def last_day(self) -> Day | None:
        """The last day on which one may object; None: not known."""
        if self.announced is None or self.objection is None:
            return None
        return days_after(self.announced, self.objection.days)

    @property
    def missing(self) -> tuple[Missing, ...]:
        """Why the last day is not known; empty when it is."""
        found = ((Missing.OBJECTION_DAYS, self.objection), (Missing.ANNOUNCEMENT, self.announced))
        return tuple(what for what, value in found if value is None)


class Announcement(NamedTuple):
    """A day of announcement, what tells it, and where that is said."""

    day: Day | None
    told_by: Announced | None
    evidence: tuple[Evidence, ...]


def window(line: Line, fresh: bool = True, edition: Edition | None = None, earlier: Network | None = None) -> Window:
    """The time in which a controller may object to the last recipient of a chain.

    Args:
        line: A chain of two flows or more that ends in a sub-processor.
        fresh: Whether the last flow is new; else it says something new.
        edition: The versions of a document, when those are held against each other.
        earlier: The network before, to see whether the list is dated anew.
    """
    first, last = line.chain[0], line.chain[-1]
    service = line.passage.network.services[last.sender]
    notice, objection = (_days(line, service, key) for key in ("notice_days", "objection_days"))
    known = earlier.services.get(service.id) if earlier else None
    listed = service if _tells(last, service, edition, known) else None
    told = next(_announcements(last if fresh else None, listed, notice, edition), Announcement(None, None, ()))
    direct = len(line.chain) == 2 or (objection is not None and objection.where == "contract")
    said = [*(notice.evidence if notice else ()), *(objection.evidence if objection else ()), *told.evidence]
    return Window(
        engaged_by=service.id,
        object_to=first.recipient if direct else service.id,
        direct=direct,
        notice=notice,
        objection=objection,
        announced=told.day,
        told_by=told.told_by,
        evidence=tuple(dict.fromkeys(said)),
    )


def _announcements(
    flow: Flow | None, listed: Service | None, notice: Days | None, edition: Edition | None
) -> Iterator[Announcement]:
    """What may tell the day of the announcement, the best first."""
    if flow and flow.announced:
        yield Announcement(flow.announced, Announced.RECORDED, evidence_for(flow.evidence, "announced"))
    if listed and listed.sub_processors:
        said = evidence_for(listed.evidence, "sub_processor_list")
        yield Announcement(listed.sub_processors.date, Announced.LIST, said)
    if flow and flow.valid_from and notice:
        day = days_after(flow.valid_from, -notice.days)
        yield Announcement(day, Announced.FIRST_DAY_LESS_NOTICE, evidence_for(flow.evidence, "valid_from"))
    if edition:
        yield Announcement(edition.day, Announced.VERSION, ())


def _tells(flow: Flow, service: Service, edition: Edition | None, known: Service | None) -> bool:
    """Whether the day of a list is that of the announcement: it is dated anew, or before the first day of the flow."""
    dated = service.sub_processors.date if service.sub_processors else None
    if dated is None:
        return False
    if edition:
        return known is None or known.sub_processors is None or known.sub_processors.date != dated
    return flow.valid_from is not None and dated <= flow.valid_from


def _days(line: Line, engaging: Service, key: str) -> Days | None:
    """A number of days, from the contract towards the controller, else from the list of the engaging service."""
    first, on = line.chain[0], line.passage.network.on
    contract = first.contract
    if contract and contract.holds(on):
        number = getattr(contract, key)
        if number is not None:
            return Days(number, "contract", first.id, contract.evidence or evidence_for(first.evidence, "contract"))
    number = getattr(engaging.sub_processors, key) if engaging.sub_processors else None
    if number is None:
        return None
    return Days(number, "list", engaging.id, evidence_for(engaging.evidence, "sub_processor_list"))
