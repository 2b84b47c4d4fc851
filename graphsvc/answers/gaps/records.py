"""What a record of Art. 30 lacks, and what an activity lacks to be lawful (Art. 5, 6, 9, 10). Pure."""

from __future__ import annotations

from collections.abc import Iterator

from graphsvc.answers.gaps.gap import Asker, Gap
from graphsvc.answers.propagate import Items
from graphsvc.model import Activity, Capacity, RetentionKind, Shortfall, evidence_for

ART_10 = "Article 10"


def gaps_of_records(asker: Asker) -> Iterator[Gap]:
    """Every gap in the record of a dossier's party: of the party, then activity by activity."""
    if asker.dossier.activities:
        yield from _of_party(asker)
    for activity in asker.dossier.activities:
        for kind, data in _lacks(asker, activity):
            about = {"activity": activity, "activities": (activity.id,)}
            grounds = [evidence_for(activity.evidence, "name")]
            yield from asker.gap(kind, activity.capacity, activity.id, grounds, data, **about)


def _of_party(asker: Asker) -> Iterator[Gap]:
    network, party = asker.dossier.network, asker.dossier.controller
    lacks = {
        Shortfall.CONTACT_MISSING: party.contact is None,
        Shortfall.REPRESENTATIVE_MISSING: _needs_representative(asker) and party.representative is None,
        Shortfall.OFFICER_NOT_RECORDED: party.officer is None,
    }
    seats = {"countries": party.established_in} if party.established_in else {}
    for kind, is_lacking in lacks.items():
        if is_lacking:
            activities = tuple(activity.id for activity in network.activities if activity.controller == party.id)
            yield from asker.gap(kind, asker.capacity, party.id, [party.evidence], activities=activities, **seats)


def _needs_representative(asker: Asker) -> bool:
    """Whether every seat is outside the EEA (Art. 27(1)); that such a party comes under the GDPR is taken as given."""
    network, seats = asker.dossier.network, asker.dossier.controller.established_in
    return bool(seats) and not any(network.law.is_inside(code, network.on) for code in seats)


def _lacks(asker: Asker, activity: Activity) -> Iterator[tuple[Shortfall, Items]]:
    """What an activity lacks, with the data that this concerns."""
    kinds = {
        Shortfall.PURPOSES_MISSING: not activity.purposes,
        Shortfall.MEASURES_MISSING: not (activity.measures or asker.dossier.controller.measures),
        Shortfall.CONTROLLERS_MISSING: activity.capacity is Capacity.PROCESSOR and not activity.on_behalf_of,
        Shortfall.LEGAL_BASIS_MISSING: not activity.legal_bases,
        Shortfall.RETENTION_MISSING: all(row.kind is RetentionKind.NOT_STATED for row in activity.retention),
        Shortfall.DATA_MISSING: not activity.data,
        Shortfall.RECIPIENTS_MISSING: not asker.dossier.network.flows.get(activity.id),
    }
    yield from ((kind, activity.data) for kind, is_lacking in kinds.items() if is_lacking)
    yield from _without_condition(asker, activity)


def _without_condition(asker: Asker, activity: Activity) -> Iterator[tuple[Shortfall, Items]]:
    special, criminal = (asker.marked(activity.data, mark) for mark in ("special", "criminal"))
    if special and not activity.special_conditions:
        yield Shortfall.SPECIAL_CONDITION_MISSING, special
    words = asker.dossier.network.vocabulary.legal_bases
    grounds = (words.get(ground.id) for ground in (*activity.legal_bases, *activity.special_conditions))
    if criminal and not any(word and (word.article or "").startswith(ART_10) for word in grounds):
        yield Shortfall.CRIMINAL_GROUND_MISSING, criminal
