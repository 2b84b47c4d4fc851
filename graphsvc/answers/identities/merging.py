"""`merged`: a network as it is when parties that are one count as one. Pure; what was said of each stays beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import TypeVar

from graphsvc.answers.identities.decided import Identities
from graphsvc.answers.network import Network, Papers
from graphsvc.model import Activity, Claim, Party, Service, Use

T = TypeVar("T")


def merged(network: Network, identities: Identities) -> Network:
    """The network in which every id of parties that are one is the id of the one that stays.

    Args:
        network: As the documents say it, with all parties that those in it are one with.
        identities: Which parties are one.
    """
    if not identities:
        return network
    one = identities.one
    activities = (_activity(activity, one) for activity in network.activities)
    return replace(
        network,
        identities=identities,
        activities=tuple(sorted(activities, key=lambda activity: (activity.controller, activity.id))),
        services={key: _service(service, one) for key, service in network.services.items()},
        parties=_parties(network.parties, identities),
        papers=_papers(network.papers, one),
        uses=tuple(_use(use, one) for use in network.uses),
    )


def joined(parties: Sequence[Party], identities: Identities) -> Party:
    """Parties that are one, as one: the name of the first, and what all of them have.

    Where each may say one thing only, the first that says something counts.
    """
    first = parties[0]
    names = dict.fromkeys(chain.from_iterable((each.name, *each.aliases) for each in parties))
    return Party(
        id=identities.one(first.id),
        name=first.name,
        established_in=_distinct(each.established_in for each in parties),
        sector=_first(each.sector for each in parties),
        parents=_parents(parties, identities.one),
        certifications=_distinct(each.certifications for each in parties),
        legal_name=_first(each.legal_name for each in parties),
        aliases=tuple(name for name in names if name != first.name),
        contact=_first(each.contact for each in parties),
        representative=_first(each.representative for each in parties),
        officer=_first(each.officer for each in parties),
        measures=_distinct(each.measures for each in parties),
        retention=_distinct(each.retention for each in parties),
        financial=_first(each.financial for each in parties),
        evidence=_distinct(each.evidence for each in parties),
        members=tuple(parties),
        identities=identities.joining(first.id),
    )


def _parties(parties: Mapping[str, Party], identities: Identities) -> dict[str, Party]:
    found: dict[str, Party] = {}
    for key, party in parties.items():
        one = identities.one(key)
        if one in identities.members:
            known = [parties[each] for each in identities.members[one] if each in parties]
            found.setdefault(one, joined(known, identities))
        else:
            found[key] = _with_parents(party, identities.one)
    return found


def _with_parents(party: Party, one: Callable[[str], str]) -> Party:
    parents = _parents([party], one)
    return party if parents == party.parents else replace(party, parents=parents)


def _parents(parties: Sequence[Party], one: Callable[[str], str]) -> tuple:
    """The groups that parties are part of, but for what they are one with themselves."""
    own = one(parties[0].id)
    found = ((one(group), since, until) for each in parties for group, since, until in each.parents)
    return tuple(dict.fromkeys(parent for parent in found if parent[0] != own))


def _activity(activity: Activity, one: Callable[[str], str]) -> Activity:
    controller, clients = one(activity.controller), tuple(dict.fromkeys(map(one, activity.on_behalf_of)))
    if (controller, clients) == (activity.controller, activity.on_behalf_of):
        return activity
    return replace(activity, controller=controller, on_behalf_of=clients)


def _service(service: Service, one: Callable[[str], str]) -> Service:
    provider = one(service.provider)
    return service if provider == service.provider else replace(service, provider=provider)


def _use(use: Use, one: Callable[[str], str]) -> Use:
    by = one(use.by)
    return use if by == use.by else replace(use, by=by)


def _papers(papers: Papers, one: Callable[[str], str]) -> Papers:
    claims = {key: _claim(claim, one) for key, claim in papers.claims.items()}
    remarks = {key: replace(remark, party=one(remark.party)) for key, remark in papers.remarks.items()}
    return replace(papers, claims=claims, remarks=remarks)


def _claim(claim: Claim, one: Callable[[str], str]) -> Claim:
    check = claim.check and replace(claim.check, parties=tuple(dict.fromkeys(map(one, claim.check.parties))))
    return replace(claim, party=one(claim.party), check=check)


def _distinct(found: Iterable[Iterable[T]]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(found)))


def _first(found: Iterable[T | None]) -> T | None:
    return next((each for each in found if each is not None), None)
