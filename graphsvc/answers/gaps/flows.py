"""What is not known, or not there, of the flows that a controller's data passes. Pure.

What concerns a recipient that the controller sends to itself is a gap of its own. Further down the chains the gaps of
one kind behind one sender come together: they are one question to one party.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from graphsvc.answers.dossier import Dossier
from graphsvc.answers.exposure.notify import LACKING, Paper, paper_of
from graphsvc.answers.gaps.gap import Asker, Detail, Gap, where, who_sends
from graphsvc.answers.lines import Line
from graphsvc.model import (
    ACTING_FOR_OTHERS,
    UNKNOWN,
    Capacity,
    Completeness,
    Flow,
    Role,
    Service,
    Shortfall,
    Status,
)

NO_CONTRACT = frozenset({Paper.NONE, Paper.NOT_IN_FORCE})


class Lack(NamedTuple):
    """That a line lacks something.

    Attributes:
        kind: What.
        about: What the gap is about.
        who: Who has to see to it.
        is_behind: Whether it lies further down the chains.
        detail: What to say beside.
    """

    kind: Shortfall
    about: str
    who: Capacity
    is_behind: bool
    detail: Detail | None = None


def _lack(
    kind: Shortfall, line: Line, detail: Detail | None = None, about: str | None = None, who: Capacity | None = None
) -> Lack:
    """What a line lacks: about the recipient, or further down the chains about who sends to it."""
    return Lack(kind, about or where(line), who or who_sends(line), line.passage.depth > 1, detail)


BY_COUNTRY = frozenset({Shortfall.SAFEGUARD_MISSING, Shortfall.ASSESSMENT_MISSING})
"""Gaps that are about the countries of their lines."""


def gaps_of_flows(asker: Asker) -> Iterator[Gap]:
    """Every gap in the flows of a dossier."""
    found: dict[Lack, list[Line]] = defaultdict(list)
    notice = _Notice(asker.dossier)
    for line in asker.dossier.lines:
        for lack in _lacks(line, notice):
            found[lack].append(line)
    for lack, lines in found.items():
        countries = tuple(sorted({line.country for line in lines}))
        more = {"countries": countries} if lack.kind in BY_COUNTRY else {}
        data = lines[0].passage.widening if lack.kind is Shortfall.WIDENING else None
        yield from asker.of_lines(lack.kind, lack.who, lack.about, lines, data=data, detail=lack.detail, **more)


def _lacks(line: Line, notice: _Notice) -> Iterator[Lack]:
    yield from _unknown(line)
    yield from _without_paper(line)
    yield from _without_footing(line)
    yield from _unannounced(line, notice)
    if line.passage.widening:
        yield _lack(Shortfall.WIDENING, line, about=line.passage.flow.id)


def _unknown(line: Line) -> Iterator[Lack]:
    """Who it is, where, in which role. An authority in an inquiry is no recipient to be named (Art. 4(9))."""
    passage = line.passage
    if passage.importer.id == UNKNOWN and passage.flow.role is not Role.AUTHORITY:
        yield _lack(Shortfall.RECIPIENT_UNNAMED, line)
    if line.country == UNKNOWN:
        yield _lack(Shortfall.PLACE_UNKNOWN, line)
    if passage.flow.role is Role.UNKNOWN:
        yield _lack(Shortfall.ROLE_UNKNOWN, line)


def _without_paper(line: Line) -> Iterator[Lack]:
    flow = line.passage.flow
    paper = paper_of(flow, line.passage.network.on)
    detail = Detail(f"paper_{paper}")
    if paper in LACKING and flow.role in ACTING_FOR_OTHERS:
        kind = Shortfall.CONTRACT_MISSING if paper in NO_CONTRACT else Shortfall.CONTRACT_NOT_RECORDED
        yield _lack(kind, line, detail)
    if paper in LACKING and flow.role is Role.JOINT_CONTROLLER:
        yield _lack(Shortfall.ARRANGEMENT_MISSING, line, detail)


def _without_footing(line: Line) -> Iterator[Lack]:
    if line.status in {Status.UNCOVERED, Status.LAPSED}:
        yield _lack(Shortfall.SAFEGUARD_MISSING, line)
    if line.assessment.transfer_impact_assessment is False:
        yield _lack(Shortfall.ASSESSMENT_MISSING, line)


def _unannounced(line: Line, notice: _Notice) -> Iterator[Lack]:
    """Sub-processors that nobody announced, and lists of them that are not whole: the sender's or provider's task."""
    passage = line.passage
    sender = passage.network.services.get(passage.flow.sender)
    is_silent = passage.flow.role is Role.SUB_PROCESSOR and passage.flow.announced is None
    if sender and is_silent and (detail := notice.lacking(sender)):
        yield _lack(Shortfall.SUB_PROCESSORS_UNANNOUNCED, line, detail, sender.id, Capacity.PROCESSOR)
    published = passage.service.sub_processors
    if published and published.complete is not Completeness.YES and passage.flow.role in ACTING_FOR_OTHERS:
        detail = Detail(f"list_{published.complete}")
        yield _lack(Shortfall.LIST_INCOMPLETE, line, detail, passage.service.id, Capacity.PROCESSOR)


class _Notice:
    """Whether new sub-processors of a service are announced: by a published list, and by a term of notice."""

    def __init__(self, dossier: Dossier) -> None:
        self._inflows: dict[str, list[Flow]] = defaultdict(list)
        for passage in dossier.passages:
            self._inflows[passage.flow.recipient].append(passage.flow)

    def lacking(self, service: Service) -> Detail | None:
        """What is missing for that; None: nothing."""
        published = service.sub_processors
        if published is None:
            return Detail("no_list")
        contracts = (flow.contract for flow in self._inflows.get(service.id, ()))
        has_notice = published.notice_days is not None or any(c and c.notice_days is not None for c in contracts)
        return None if has_notice else Detail("no_notice")
