"""Gaps as plain values, in English or Dutch where they are sentences for people."""

from __future__ import annotations

from graphsvc.answers import plain
from graphsvc.answers.gaps.gap import Gap
from graphsvc.answers.network import Network
from graphsvc.answers.plain import Plain
from graphsvc.model import Capacity, Shortfall, label
from graphsvc.translation import country_name, gettext, has_text

NAMED = 5
"""Recipients that a sentence names; the item lists all of them."""


def gap(network: Network, found: Gap, language: str, max_age: str) -> Plain:
    """One gap.

    Args:
        network: What it was found in.
        found: The gap.
        language: One of LANGUAGES.
        max_age: How old a source may be.
    """
    words = _words(network, found, language, max_age)
    return {
        "id": found.id,
        "kind": found.kind.value,
        "weight": found.weight,
        "what": gettext(language, _key(found), **words),
        "to_do": gettext(language, f"gaps.{found.kind}.to_do"),
        "why": _why(found, language),
        "article": found.requirement.article,
        "act": str(found.requirement.act),
        "who": "processor" if found.requirement.who is Capacity.PROCESSOR else "controller",
        "controller": plain.party(found.controller),
        "activity": found.activity and {"id": found.activity.id, "name": found.activity.name},
        "activities": list(found.activities),
        "onward": found.is_behind,
        "sender": found.sender or None,
        "recipients": [
            {"service": {"id": service.id, "name": service.name}, "party": plain.party(party)}
            for service, party in found.recipients
        ],
        "flows": list(found.flows),
        "countries": list(found.countries),
        "data": plain.data(found.data),
        "document": found.source.id if found.source else None,
        "chain": plain.steps(found.chain),
        "depth": len(found.chain),
        "basis": found.basis.value,
        "sources": [plain.evidence(item) for item in found.sources],
    }


def _key(found: Gap) -> str:
    """The sentence for the gap: another one further down the chains where there is one."""
    if found.kind is Shortfall.RESTS_ON_ASSUMED and found.activity:
        return "gaps.assumed_activity"
    onward = f"gaps.{found.kind}.onward"
    is_many = found.is_behind and len(found.recipients) > 1
    return onward if is_many and has_text(onward) else f"gaps.{found.kind}.what"


def _words(network: Network, found: Gap, language: str, max_age: str) -> dict[str, object]:
    """What the places in the sentence stand for."""
    names = [_name(recipient.service.name, recipient.party.name) for recipient in found.recipients]
    rest = [gettext(language, "word.more", count=len(names) - NAMED)] if len(names) > NAMED else []
    categories = sorted({label(network.vocabulary.categories, item.category, language) for item in found.data})
    return {
        "controller": found.controller.name,
        "activity": f'"{found.activity.name}"' if found.activity else "",
        "sender": _sender(found, language),
        "recipient": names[0] if names else "",
        "names": ", ".join(names[:NAMED] + rest),
        "count": found.things,
        "country": ", ".join(country_name(language, code) for code in found.countries),
        "data": ", ".join(categories),
        "detail": gettext(language, f"gaps.detail.{found.detail.key}", value=found.detail.value)
        if found.detail
        else "",
        "source": found.source.title if found.source else "",
        "age": max_age,
    }


def _sender(found: Gap, language: str) -> str:
    """Who sends; of a party that keeps the record of a processor too, on whose behalf."""
    for_clients = found.requirement.who is Capacity.PROCESSOR and not found.is_behind
    return gettext(language, "gaps.for_clients", name=found.sender) if for_clients else found.sender


def _name(service: str, party: str) -> str:
    return service if party == "unknown" or party in service else f"{service} ({party})"


def _why(found: Gap, language: str) -> str:
    """Why the gap weighs what it weighs."""
    why = gettext(language, f"gaps.{found.kind}.why")
    if not found.stakes:
        return why
    stakes = ", ".join(gettext(language, f"gaps.stake.{stake}") for stake in found.stakes)
    return f"{why} {gettext(language, 'gaps.raised', stakes=stakes)}"
