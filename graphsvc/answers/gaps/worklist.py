"""`gaps`: what the register does not know or lacks, as a worklist, the heaviest first. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from graphsvc.answers.dossier import Dossier, dossiers
from graphsvc.answers.gaps.flows import gaps_of_flows
from graphsvc.answers.gaps.gap import Asker, Gap
from graphsvc.answers.gaps.records import gaps_of_records
from graphsvc.answers.gaps.sources import gaps_of_sources
from graphsvc.answers.marks import Marker
from graphsvc.answers.network import Network


def gaps(network: Network, max_age: str) -> list[Gap]:
    """Every gap of every controller in a network, the heaviest first.

    Args:
        network: What was fetched, with its papers.
        max_age: How old a source may be, as ISO 8601 writes it.
    """
    marker = Marker(network)
    return sorted(
        (gap for dossier in dossiers(network) for gap in _of_one(dossier, marker, max_age)), key=lambda gap: gap.rank
    )


def _of_one(dossier: Dossier, marker: Marker, max_age: str) -> Iterator[Gap]:
    asker = Asker(dossier, marker)
    yield from gaps_of_flows(asker)
    yield from gaps_of_records(asker)
    yield from gaps_of_sources(asker, max_age)
