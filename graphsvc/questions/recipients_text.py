"""The text about recipients that can be pasted into an answer to an access request: facts alone, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graphsvc.answers.recipients import Recipient
from graphsvc.model import UNKNOWN, Basis, Party, Role
from graphsvc.questions.recipients_words import Words


def text(words: Words, controller: Party, found: list[Recipient], does_for_others: bool) -> str:
    """The text; a line for the recipients that differ in their name only.

    Args:
        words: Puts recipients into words.
        controller: Who answers the request.
        found: The recipients, the named ones first.
        does_for_others: Whether the controller also has activities that it does for others.
    """
    lines = [_opening(words, controller, bool(found)), *_lines(words, found), *_not_known(words, found)]
    if does_for_others:
        lines.append(words.gettext("for_others", controller=controller.name))
    return "\n".join(lines)


def _opening(words: Words, controller: Party, any_found: bool) -> str:
    key = "opening" if any_found else "opening_none"
    about = words.gettext("about_people", subject=words.subject(words.asked)) if words.asked else ""
    return words.gettext(key, controller=controller.name, on=words.network.on, about=about)


def _lines(words: Words, found: Iterable[Recipient]) -> Iterator[str]:
    alike: dict[str, list[str]] = {}
    for recipient in found:
        name = words.name(recipient)
        if recipient.named and recipient.party.legal_name not in (None, recipient.party.name):
            name = f"{name} ({recipient.party.legal_name})"
        alike.setdefault(_about(words, recipient), []).append(name)
    for about, names in alike.items():
        yield f"- {words.joined(names)}, {about}"


def _about(words: Words, recipient: Recipient) -> str:
    return " ".join(
        [
            f"{words.gettext(f'as.{recipient.role.value}')}{_through(words, recipient)}:",
            _data(words, recipient),
            words.gettext("places", places=words.places(recipient)),
            _purposes(words, recipient),
            *(words.gettext("condition", condition=condition.rstrip(".")) for condition in recipient.conditions),
        ]
    )


def _through(words: Words, recipient: Recipient) -> str:
    """By way of which services, on the shortest chain."""
    names = words.joined(words.network.services[service].name for service in recipient.through)
    if not names:
        return ""
    return words.gettext("through" if recipient.has_one_way else "through_among_others", names=names)


def _data(words: Words, recipient: Recipient) -> str:
    sure, may_be = words.data(recipient)
    parts = [sure, words.gettext("may_include", data=may_be) if may_be else ""]
    return "; ".join(filter(None, parts)) + "."


def _purposes(words: Words, recipient: Recipient) -> str:
    if not recipient.purposes:
        return words.gettext("no_purpose")
    purposes = words.joined(map(words.purpose, recipient.purposes))
    some_without = any(not activity.purposes for activity in recipient.activities)
    return words.gettext("purposes_in_part" if some_without else "purposes", purposes=purposes)


def _not_known(words: Words, found: list[Recipient]) -> Iterator[str]:
    """What the register does not know of them, and what it has on no direct word of a source."""
    counts = {
        "unnamed_count": sum(not recipient.named for recipient in found),
        "unplaced_count": sum(any(code == UNKNOWN for code, _ in recipient.places) for recipient in found),
        "role_count": sum(recipient.role is Role.UNKNOWN for recipient in found),
    }
    parts = [words.gettext(key, count=count) for key, count in counts.items() if count]
    if parts:
        yield words.gettext("not_known_of", parts="; ".join(parts))
    unsure = [recipient for recipient in found if recipient.basis in {Basis.INFERRED, Basis.ASSUMED}]
    if unsure and len(unsure) == len(found):
        yield words.gettext("unsure_all")
    elif unsure:
        names = [*dict.fromkeys(words.name(recipient) for recipient in unsure if recipient.named)]
        unnamed = sum(not recipient.named for recipient in unsure)
        names += [words.gettext("unnamed_among", count=unnamed)] if unnamed else []
        yield words.gettext("unsure", names=words.joined(names))
