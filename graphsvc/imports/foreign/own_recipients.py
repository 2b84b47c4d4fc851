"""Recipients that somebody wrote into a record of ours: new flows of its activities (GDPR Art. 30(1)(d))."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from graphsvc.imports.foreign.draft import Draft
from graphsvc.imports.foreign.known import Register, key_of
from graphsvc.imports.foreign.names import Written, slug, written
from graphsvc.imports.foreign.own_sheet import OwnRow
from graphsvc.imports.foreign.own_words import Said, lines, said
from graphsvc.imports.foreign.places import places_in
from graphsvc.imports.foreign.recipients import Recipients, Target
from graphsvc.imports.foreign.report import Notes
from graphsvc.imports.foreign.settings import ImportSettings
from graphsvc.imports.foreign.words import plain
from graphsvc.model import UNKNOWN, Basis, Role, weakest
from graphsvc.translation import LANGUAGES, gettext

ROLE_OF = {"processors": Role.PROCESSOR, "joint_controllers": Role.JOINT_CONTROLLER, "recipients": Role.UNKNOWN}
"""Columns of recipients, with the role of those behind whose names stands none."""


class Named(NamedTuple):
    """A recipient as a cell names it.

    Attributes:
        service: The service before the brackets; empty where the cell names somebody without them.
        who: The party in the brackets, or whoever is named without them; None: nobody named the party.
        role: What it is.
        basis: What the mark behind it says; None: there is none.
        place: Where it stands.
    """

    service: str
    who: Written | None
    role: Role
    basis: Basis | None
    place: str


class OwnRecipients:
    """Makes flows of the recipients that cells name and did not name before."""

    def __init__(self, register: Register, settings: ImportSettings, draft: Draft, notes: Notes) -> None:
        self._recipients = Recipients(register, settings, draft, notes)
        self._draft = draft
        self._notes = notes

    def is_new(self, party: str) -> bool:
        """Whether no other document names a party."""
        return party not in self._recipients.directory.parties

    def party_called(self, name: str) -> str:
        """Id of the only party of that name; a new one where there is none."""
        found = self._recipients.directory.parties_called(key_of(name))
        return found[0].id if len(found) == 1 else slug(key_of(name).base)

    def learn(self, rows: Iterable[OwnRow]) -> None:
        """Find out who each name is. Called once."""
        named = [each for row in rows for each in _new(row)]
        parties = [each.who for each in named if each.who and each.service and not self._known(each)]
        self._recipients.learn([each.who for each in named if each.who and not each.service], parties)

    def flows(self, activity: str, row: OwnRow, details: Iterable[Mapping[str, str]] = ()) -> None:
        """The flows of a row; who is no longer named is reported.

        Args:
            activity: Id of the activity.
            row: The row.
            details: Rows of the sheet with recipients that belong to it.
        """
        known = {plain(each["recipient"]): each for each in details if each["depth"] == "1"}
        for each in _new(row):
            target = self._target(each)
            flow = self._recipients.flow(f"{activity}-to-{target.id}", activity, target, each.role, each.place)
            if each.basis:
                flow["evidence"] = [self._draft.evidence(each.place, each.basis)]
            if found := known.get(plain(each.service or (each.who.name if each.who else ""))):
                self._detailed(flow, found, each.place)
        for key in filter(row.cells.__contains__, ROLE_OF):
            now = {found.text for found in lines(row.cells[key])}
            for found in lines(row.before.get(key, "")):
                if found.text not in now:
                    text = "is no longer named, the flow stays: give it a last day, or remove it from its document"
                    self._notes.not_understood(row.places[key], text, found.text)

    def _detailed(self, flow: dict[str, Any], found: Mapping[str, str], place: str) -> None:
        """What the sheet with recipients says of a flow: what for, and where the data is kept or read."""
        if purpose := said(found["recipient_purpose"]):
            flow["purpose"] = self._draft.text(purpose.text, place)
        bases, places = [], []
        for line in found["recipient_places"].splitlines():
            if each := said(line):
                codes = ["EEA"] if plain(each.text) in _eea() else places_in(each.text).for_flow
                places += [code for code in codes if code not in places]
                bases += [each.basis] if each.basis else []
            elif line.strip():
                places.append(UNKNOWN)
        if places:
            flow["places"] = places
        if bases:
            flow["evidence"].append(self._draft.evidence(place, weakest(bases), ["places"]))

    def _known(self, each: Named) -> str | None:
        """Id of the only service of the register that is called so."""
        found = self._recipients.directory.services_called(key_of(each.service))
        return found[0].id if len(found) == 1 else None

    def _target(self, each: Named) -> Target:
        if not each.service and each.who:
            return self._recipients.target(each.who)
        if known := self._known(each):
            return Target(known, each.service, "")
        key = slug(each.service)
        if each.who is None:
            return self._recipients.unnamed(key, each.service, each.place)
        party = self._recipients.stated(each.who)
        self._draft.service(key, each.service, party.id, each.place)
        return Target(key, each.service, party.id)


@cache
def _eea() -> frozenset[str]:
    return frozenset(plain(gettext(language, "recipients.somewhere_in_the_eea")) for language in LANGUAGES)


def _new(row: OwnRow) -> Iterator[Named]:
    """The recipients that a row names and did not name before."""
    for key in filter(row.cells.__contains__, ROLE_OF):
        before = {found.text for found in lines(row.before.get(key, ""))}
        for found in lines(row.cells[key]):
            if found.text not in before:
                yield _named(found, key, row.places[key])


def _named(found: Said, key: str, place: str) -> Named:
    text, role = _with_role(found.text) if key == "recipients" else (found.text, ROLE_OF[key])
    service, opening, inside = text.removesuffix(")").partition(" (")
    party = said(inside)
    who = written(text, place)
    # "Amazon Web Services (AWS)" and "Post (B.V.)" are names of one party.
    is_one = (
        not opening
        or not text.endswith(")")
        or (who.others == (inside,) and plain(inside).replace(" ", "") == _initials(service))
    )
    if is_one or key_of(f"x {inside}").base == "x":
        return Named("", who, role, found.basis, place)
    return Named(service, written(party.text, place) if party else None, role, found.basis, place)


def _initials(name: str) -> str:
    return "".join(word[0] for word in key_of(name).base.split())


def _with_role(text: str) -> tuple[str, Role]:
    """A name, and the role behind its last colon; no word for a role: unknown."""
    name, colon, word = text.rpartition(":")
    roles = {plain(gettext(language, f"role.{role}")): role for language in LANGUAGES for role in Role}
    return (name.strip(), roles[plain(word)]) if colon and plain(word) in roles else (text, Role.UNKNOWN)
