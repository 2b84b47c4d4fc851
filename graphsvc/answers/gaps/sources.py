"""What the register itself rests on: facts that nobody said, and documents that are old or not dated. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from graphsvc.answers.gaps.gap import Asker, Detail, Gap, where, who_sends
from graphsvc.answers.lines import Line
from graphsvc.answers.periods import over_by
from graphsvc.model import Basis, Capacity, Day, Evidence, Shortfall, Source, SourceKind


def gaps_of_sources(asker: Asker, max_age: str) -> Iterator[Gap]:
    """Every gap in what a dossier rests on.

    Args:
        asker: Makes the gaps.
        max_age: How old a source may be, as ISO 8601 writes it.
    """
    yield from _assumed(asker)
    yield from _aged(asker, max_age)


def _assumed(asker: Asker) -> Iterator[Gap]:
    for activity in asker.dossier.activities:
        said = [*activity.evidence, *(evidence for _, found in activity.data_evidence for evidence in found)]
        if assumed := _only_assumed(said):
            about = {"activity": activity, "activities": (activity.id,), "things": len(assumed)}
            yield from asker.gap(
                Shortfall.RESTS_ON_ASSUMED, activity.capacity, activity.id, [assumed], activity.data, **about
            )
    found: dict[tuple[str, bool, Capacity], list[Line]] = defaultdict(list)
    for line in asker.dossier.lines:
        if _only_assumed(_said_of(line)):
            found[where(line), line.passage.depth > 1, who_sends(line)].append(line)
    for (about, _, who), lines in found.items():
        assumed = dict.fromkeys(evidence for line in lines for evidence in _only_assumed(_said_of(line)))
        yield from asker.of_lines(Shortfall.RESTS_ON_ASSUMED, who, about, lines, grounds=[tuple(assumed)])


def _only_assumed(said: list[Evidence]) -> tuple[Evidence, ...]:
    return tuple(evidence for evidence in said if evidence.basis is Basis.ASSUMED)


def _said_of(line: Line) -> list[Evidence]:
    passage = line.passage
    return [*passage.flow.evidence, *passage.service.evidence, *passage.importer.evidence]


def _aged(asker: Asker, max_age: str) -> Iterator[Gap]:
    """One gap for each document that is too old, or whose age nobody can tell."""
    network = asker.dossier.network
    resting: dict[str, set[Evidence]] = defaultdict(set)
    for evidence in _everything_said(asker):
        resting[evidence.source].add(evidence)
    for key, said in sorted(resting.items()):
        source = network.papers.sources.get(key)
        if source is None or source.kind is SourceKind.LAW:
            continue
        kind = _age(source, max_age, network.on)
        if kind:
            order = sorted(said, key=lambda evidence: (evidence.locator, evidence.basis))
            yield from asker.gap(
                kind, asker.capacity, key, [tuple(order)], source=source, detail=_seen(source), things=len(said)
            )


def _everything_said(asker: Asker) -> Iterator[Evidence]:
    """The evidence of everything that the dossier reaches, more than once where several reach it."""
    for activity in asker.dossier.activities:
        yield from activity.evidence
        for _, found in activity.data_evidence:
            yield from found
    for passage in asker.dossier.passages:
        yield from passage.flow.evidence
        yield from passage.service.evidence
        yield from passage.importer.evidence


def _age(source: Source, max_age: str, on: Day) -> Shortfall | None:
    """Whether a document is too old: by the day somebody read it for the register, else by its own day."""
    seen = source.read_on or source.date
    if seen is None:
        return Shortfall.SOURCE_UNDATED
    over = over_by(seen, max_age)
    return Shortfall.SOURCE_OLD if over is not None and over <= on else None


def _seen(source: Source) -> Detail:
    if source.read_on:
        return Detail("read_on", source.read_on)
    return Detail("dated", source.date) if source.date else Detail("undated")
