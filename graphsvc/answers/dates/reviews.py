"""When sources, transfer impact assessments and contracts are to be looked at again. Pure.

EDPB Recommendations 01/2020, step 6, ask for a new look "at appropriate intervals"; no law sets a number of days, so
whoever asks gives one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from graphsvc.answers.dates.day_ahead import ART_28, STEP_SIX, Ahead, DateKind
from graphsvc.answers.dates.facts import said_of
from graphsvc.answers.lines import Line
from graphsvc.answers.network import Network
from graphsvc.answers.pieces import Piece
from graphsvc.model import ContractKind, Day, Evidence, Status, days_after, evidence_for


def reviews(piece: Piece, review_days: int) -> Iterator[Ahead]:
    """Every review that is due some day, also those that were due before."""
    yield from _of_sources(piece, review_days)
    yield from _of_papers(piece, review_days)


def _of_sources(piece: Piece, review_days: int) -> Iterator[Ahead]:
    """The sources that transfers rest on: some days after somebody read them last, else after their own day."""
    network = piece.side.network
    for key, (lines, evidence) in sorted(sources_of_transfers(piece).items()):
        day = day_of(network, key)
        if day:
            due = days_after(day, review_days)
            yield Ahead(DateKind.SOURCE_REVIEW, due, key, tuple(lines), STEP_SIX, evidence=tuple(evidence))


def sources_of_transfers(piece: Piece) -> dict[str, tuple[list[Line], list[Evidence]]]:
    """By source the transfers that rest on it and the places in it; sources of the law table are left out."""
    network = piece.side.network
    found: dict[str, tuple[list[Line], list[Evidence]]] = defaultdict(lambda: ([], []))
    for passage in piece.passages:
        line = piece.side.line(passage)
        for said in line.sources if line.status is not Status.INSIDE else ():
            if said.source not in network.law.sources:
                lines, evidence = found[said.source]
                lines += [line] if line not in lines else []
                evidence += [said] if said not in evidence else []
    return dict(found)


def day_of(network: Network, source: str) -> Day | None:
    """The day on which a source was last read, else its own; None: nobody knows."""
    found = network.papers.sources.get(source)
    return max(filter(None, (found.read_on, found.date)), default=None) if found else None


def _of_papers(piece: Piece, review_days: int) -> Iterator[Ahead]:
    """Transfer impact assessments and processing contracts, some days after their day."""
    for passage in piece.passages:
        line, flow = piece.side.line(passage), passage.flow
        for reliance in flow.tools:
            if reliance.assessed:
                day = days_after(reliance.assessed, review_days)
                said = {"evidence": said_of(reliance, flow), "tool": reliance.tool}
                yield Ahead(DateKind.ASSESSMENT_REVIEW, day, f"{flow.id} {reliance.tool}", (line,), STEP_SIX, **said)
        contract = flow.contract
        if contract and contract.kind is ContractKind.ART_28 and contract.date:
            day = days_after(contract.date, review_days)
            said = contract.evidence or evidence_for(flow.evidence, "contract")
            yield Ahead(DateKind.CONTRACT_REVIEW, day, flow.id, (line,), ART_28, evidence=said)
