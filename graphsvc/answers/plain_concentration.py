"""What hangs on whom as plain values: one row for each party, and what stands above the rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graphsvc.answers.concentration import Concentration, Land, Stand
from graphsvc.answers.cycles import Cycle
from graphsvc.answers.lines import Line
from graphsvc.answers.network import Network
from graphsvc.answers.plain import Plain, chain, evidence, party, thing
from graphsvc.answers.replacement import Replaced, Replacement
from graphsvc.model import Status

DIGITS = 4
"""Of a share."""


def stand(network: Network, found: Concentration, one: Stand) -> Plain:
    """One party and what hangs on it."""
    loss = found.loss(one)
    return {
        "party": party(one.party),
        "services": _services(network, one.services),
        "countries": sorted(one.countries),
        "controllers": len(one.controllers),
        "activities": len(one.activities),
        "pairs": len(one.held),
        "share": round(found.share(len(one.held)), DIGITS),
        "special": _marked(found, one, True),
        "may_be_special": _marked(found, one, None),
        "depth": one.depth,
        "lost_activities": loss.activities,
        "lost_services": sorted(loss.services),
        "lost_pairs": loss.pairs,
        "exposed_controllers": sorted(one.controllers),
        "exposed_subjects": sorted({item.subject for item in one.items}),
        "exposed_categories": sorted({item.category for item in one.items}),
        **proof(one.worst),
    }


def _marked(found: Concentration, one: Stand, mark: bool | None) -> list[str]:
    """The data categories that are special (Art. 9(1)), or with None those that may be."""
    return sorted({item.category for item in one.items if found.marks(item).special is mark})


def country(found: Concentration, code: str, land: Land) -> Plain:
    """One country and what is kept or read there."""
    return {
        "country": code,
        "controllers": len(land.controllers),
        "parties": len(land.parties),
        "pairs": len(land.held),
        "share": round(found.share(len(land.held)), DIGITS),
        "by_status": by_status(land.by_status),
        **proof(land.worst),
    }


def by_status(counts: Mapping[Status, int]) -> dict[str, int]:
    """Counts by footing, the worst first."""
    return {status.value: counts[status] for status in Status}


def cycle(network: Network, found: Cycle) -> Plain:
    """Services that pass data round."""
    parties = {network.provider(service).id for service in found.services}
    return {
        "parties": [party(network.party(one)) for one in sorted(parties)],
        "services": _services(network, found.services),
        "flows": [{"flow": flow.id, "from": flow.sender, "to": flow.recipient} for flow in found.flows],
        "controllers": list(found.controllers),
        "chain": chain(found.nearest),
        "basis": found.basis.value,
        "sources": [evidence(item) for item in found.sources],
    }


def furthest(line: Line) -> Plain:
    """The shortest chain to the recipient of a controller's data that is furthest away."""
    return {
        "party": party(line.passage.importer),
        "service": thing(line.passage.service),
        "depth": len(line.chain),
        **proof(line),
    }


def replacement(network: Network, found: Replacement, transfers: int) -> Plain:
    """Whom to replace so that no transfer is left.

    Args:
        transfers: How many lines are transfers before.
    """
    return {
        "parties": [_replaced(network, one) for one in found.parties],
        "size": len(found.parties),
        "exact": found.exact,
        "lower_bound": found.lower_bound,
        "why": why(found, transfers),
        "transfers": transfers,
        "left": found.left,
        "unknown_left": found.unknown_left,
    }


def why(found: Replacement, transfers: int) -> str:
    """Why it is these and no fewer, in a few sentences."""
    size = len(found.parties)
    parts = []
    if not transfers:
        parts.append("No line is known to be a transfer that has to end.")
    if size:
        parts.append(
            f"Tried: without these, {transfers - found.left} of {transfers} transfers are gone. {_least(found)}"
        )
    if found.left:
        parts.append(f"{found.left} transfers pass nobody but the controllers themselves, who cannot be replaced.")
    return " ".join(parts)


def _least(found: Replacement) -> str:
    if not found.exact:
        return f"Fewer may do, but not fewer than {found.lower_bound}: the search for fewer was stopped on the way."
    if found.apart == len(found.parties) > 1:
        return f"Fewer cannot do: there are {found.apart} chains of which no two share a party that can be replaced."
    return "Fewer cannot do: no smaller set has a party on each chain that was found."


def proof(line: Line) -> Plain:
    """A line by which something can be checked."""
    activity, footing = line.passage.activity, line.assessment
    return {
        "status": line.status.value,
        "controller": party(line.passage.network.party(activity.controller)),
        "activity": thing(activity),
        "country": line.country,
        "reason": footing.reason,
        "act": footing.act,
        "chain": chain(line),
        "basis": line.basis.value,
        "sources": [evidence(item) for item in line.sources],
    }


def _replaced(network: Network, one: Replaced) -> Plain:
    return {
        "party": party(network.party(one.what.party)),
        "services": _services(network, one.services),
        "proof": proof(one.proof) if one.proof else None,
    }


def _services(network: Network, ids: Iterable[str]) -> list[Plain]:
    return [thing(network.services[key]) for key in sorted(ids)]
