"""What documents about a whole controller share: the controller's party, recipients with and without a name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from graphsvc.imports.difference import Entry
from graphsvc.imports.foreign.clean import cannot_read, decoded
from graphsvc.imports.foreign.draft import Draft, extend
from graphsvc.imports.foreign.known import Register, key_of
from graphsvc.imports.foreign.names import slug
from graphsvc.imports.foreign.node import Node
from graphsvc.imports.foreign.places import places_in
from graphsvc.imports.foreign.recipients import Recipients, Target
from graphsvc.imports.foreign.report import Imported, Notes
from graphsvc.imports.foreign.settings import ImportSettings
from graphsvc.model import UNKNOWN, Basis, Day


def opened(
    form: str,
    content: bytes,
    settings: ImportSettings,
    parsed: Callable[[str, str], Any],
    name: str,
    parts: Sequence[str],
) -> tuple[Node, Notes]:
    """The root of a document that is one mapping, and where to say what was not understood.

    Args:
        form: Name of the format.
        content: The bytes of the file.
        settings: What whoever imports says.
        parsed: Makes values of a text; it is told the name of the file too.
        name: What such a document is called.
        parts: Keys of which it has at least one.

    Raises:
        InvalidDocument: the text cannot be parsed, or the document is none of this kind.
    """
    text, encoding = decoded(content)
    notes = Notes(form, settings.file, encoding)
    value = parsed(text.removeprefix("\ufeff"), settings.file)
    if not isinstance(value, dict):
        raise cannot_read(f"is no {name}: that is a mapping with {_ticked(parts, 'or')}", settings.file)
    root = Node(value, "", notes)
    if not any(root[part] for part in parts):
        raise cannot_read(f"is no {name}: it has neither {_ticked(parts, 'nor')}", settings.file)
    return root, notes


def _ticked(parts: Iterable[str], between: str) -> str:
    return f" {between} ".join(f"`{part}`" for part in parts)


def closed(root: Node, notes: Notes, body: Entry) -> Imported:
    """The document that was made, with what nobody looked at reported."""
    root.say_unread()
    return Imported(body, notes.report(body["document"]["id"]))


def draft_about(
    who: str, title: str, settings: ImportSettings, notes: Notes, content: bytes, date: Day | None
) -> Draft:
    """A document in the making about a controller, who says it unless somebody else publishes it."""
    key = slug(f"{notes.format} {key_of(who).base}", 60)
    return Draft(key, f"{title} of {who}", settings, notes, content, date, settings.publisher or who, Basis.STATED)


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
