"""What hangs on whom as plain values: one row for each party, and what stands above the rows."""

from __future__ import annotations

from collections.abc import Mapping

from graphsvc.answers.concentration.cycles import Cycle
from graphsvc.answers.concentration.replacement import Replaced, Replacement
from graphsvc.answers.concentration.stands import Concentration, Land, Stand
from graphsvc.answers.plain import Plain, evidence
from graphsvc.model import Status

DIGITS = 4
"""Of a share."""


def stand(found: Concentration, one: Stand) -> Plain:
    """One party and what hangs on it."""
    loss = found.loss(one)
    return {
        "party": one.party,
        "services": _services(one.services),
        "countries": sorted(one.countries),
        "controllers": len(one.controllers),
        "activities": one.activities,
        "pairs": one.pairs,
        "share": round(found.share(one.pairs), DIGITS),
        "special": _marked(found, one, True),
        "may_be_special": _marked(found, one, None),
        "depth": one.depth,
        "lost_activities": loss.activities,
        "lost_services": sorted(loss.services),
        "lost_pairs": loss.pairs,
        "exposed_controllers": one.controllers,
        "exposed_subjects": sorted({item.subject for item in one.items}),
        "exposed_categories": sorted({item.category for item in one.items}),
        **found.worst[one.id],
    }


def _marked(found: Concentration, one: Stand, mark: bool | None) -> list[str]:
    """The data categories that are special (Art. 9(1)), or with None those that may be."""
    return sorted({item.category for item in one.items if found.marks(item).special is mark})


def country(found: Concentration, code: str, land: Land) -> Plain:
    """One country and what is kept or read there."""
    return {
        "country": code,
        "controllers": land.controllers,
        "parties": len(land.parties),
        "pairs": land.pairs,
        "share": round(found.share(land.pairs), DIGITS),
        "by_status": by_status(land.by_status),
        **found.worst_there[code],
    }


def by_status(counts: Mapping[Status, int]) -> dict[str, int]:
    """Counts by footing, the worst first."""
    return {status.value: counts[status] for status in Status}


def cycle(found: Concentration, one: Cycle) -> Plain:
    """Services that pass data round."""
    owners = {stand.id: stand for stand in map(found.owner, one.services)}
    names = {service: found.owner(service).services[service] for service in one.services}
    return {
        "parties": [owners[key].party for key in sorted(owners)],
        "services": _services(names),
        "flows": [{"flow": step.flow, "from": step.sender, "to": step.recipient} for step in one.flows],
        "controllers": list(one.controllers),
        "chain": list(one.chain),
        "basis": one.basis.value,
        "sources": [evidence(item) for item in one.sources],
    }


def replacement(concentration: Concentration, found: Replacement, transfers: int) -> Plain:
    """Whom to replace so that no transfer is left.

    Args:
        concentration: What hangs on whom.
        found: Whom to replace.
        transfers: How many lines are transfers before.
    """
    return {
        "parties": [_replaced(concentration.stands[one.what.party], one) for one in found.parties],
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


def _replaced(stand: Stand, one: Replaced) -> Plain:
    services = {one.what.service: stand.services[one.what.service]} if one.what.service else stand.services
    return {"party": stand.party, "services": _services(services), "proof": one.proof}


def _services(names: Mapping[str, str]) -> list[Plain]:
    return [{"id": key, "name": names[key]} for key in sorted(names)]
