"""What documents about a whole controller share: the controller's party, recipients with and without a name."""

from __future__ import annotations

from collections.abc import Iterable

from graphsvc.imports.difference import Entry
from graphsvc.imports.foreign.draft import Draft, extend
from graphsvc.imports.foreign.known import Register
from graphsvc.imports.foreign.names import slug
from graphsvc.imports.foreign.node import Node
from graphsvc.imports.foreign.places import places_in
from graphsvc.imports.foreign.recipients import Recipients, Target
from graphsvc.imports.foreign.report import Notes
from graphsvc.model import UNKNOWN


def countries(node: Node, register: Register, notes: Notes) -> list[str]:
    """The countries that a text names; pieces that are none are reported."""
    text = node.text()
    found = places_in(text)
    for piece in found.unknown:
        notes.not_understood(node.place, "names no country; the place is unknown", piece)
    for piece in found.rest:
        notes.not_understood(node.place, "is no country that is known", piece)
    codes = []
    for code in found.for_flow:
        if len(code) > 2 and code != UNKNOWN and code not in register.countries:
            notes.not_understood(node.place, f"the register has no place {code}; load the law table first", code)
            code = UNKNOWN
        codes.append(code)
    return list(dict.fromkeys(codes))


def not_named(
    recipients: Recipients, draft: Draft, sender: str, kind: str, place: str, codes: Iterable[str] = ()
) -> Entry:
    """A flow to a recipient of whom only the kind is said (GDPR Art. 13(1)(e) allows that)."""
    key = f"{draft.id}-recipients-{slug(kind, 50)}"
    target = recipients.unnamed(key, draft.name(f"{kind} (not named)", place), place)
    return flow_to(recipients, sender, target, "unknown", place, codes)


def flow_to(
    recipients: Recipients, sender: str, target: Target, role: str, place: str, codes: Iterable[str] = ()
) -> Entry:
    """A flow from an activity to a target."""
    flow = recipients.flow(f"{sender}-to-{target.id}", sender, target, role, place)
    extend(flow, "places", codes)
    return flow
