"""What a party is known by: its names without legal forms, its numbers, its domains; equal marks find each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphsvc.imports.foreign.known import key_of
from graphsvc.imports.foreign.words import plain
from graphsvc.imports.identifiers import domains_of, identifiers_of
from graphsvc.model import Identifier

SHORTEST_NEAR = 5
"""Letters of a name whose spelling is compared; shorter ones are near to too much."""
ENDS = 3
"""Consonants at each end of a name by which near spellings find each other."""
NEAR_MARK = "near:"
"""How the mark of a spelling begins."""
_DROPPED = re.compile(r"[aeiouy]|(.)(?=\1)")
_DIGITS = re.compile(r"[0-9]")
_SPACE = re.compile(r"(?<![0-9]) | (?![0-9])")
"""A space that says nothing: not the one between two numbers, as 1 19 and 11 9 are different."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a party.

    Attributes:
        written: As a document writes it.
        bare: Its letters and digits in plain form, without the legal form; a space is only left between two numbers.
            Empty: nothing is left of it.
        form: Its legal form; empty: it has none.
    """

    written: str
    bare: str
    form: str

    @property
    def near(self) -> str:
        """What names that are spelled nearly alike have in common, mostly.

        Empty for a name that is too short to say, or has digits: what differs in those is something else.
        """
        if len(self.bare) < SHORTEST_NEAR or _DIGITS.search(self.bare):
            return ""
        left = _DROPPED.sub("", self.bare)
        return f"{left[:ENDS]}.{left[-ENDS:]}" if left else ""


@dataclass(frozen=True, slots=True)
class Described:
    """What there is to tell a party by.

    Attributes:
        id: Its id.
        name: What people call it.
        names: Every name of it, its id as one too; those of which nothing is left are left out.
        identifiers: Its numbers in registers.
        domains: Its web domains.
        seats: Countries of its seats.
        groups: Ids of the groups that it is or was part of.
    """

    id: str
    name: str
    names: tuple[Name, ...]
    identifiers: frozenset[Identifier] = frozenset()
    domains: frozenset[str] = frozenset()
    seats: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()

    @classmethod
    def of(cls, party: Mapping[str, Any]) -> Described:
        """What an entry of `parties` gives to tell the party by."""
        return cls(
            party["id"],
            party["name"],
            tuple(_names(party)),
            identifiers_of(party),
            domains_of(party),
            frozenset(party.get("established_in", ())),
            frozenset(group["party"] for group in party.get("part_of", ())),
        )

    def marks(self) -> frozenset[str]:
        """Texts that parties have in common that may be one."""
        return frozenset(mark for mark, _ in self.signs())

    def signs(self) -> Iterator[tuple[str, str]]:
        """The same, each with the bare name whose spelling it is about; empty: it is about no spelling."""
        for number in self.identifiers:
            yield f"{number.scheme}:{number.number}", ""
        for domain in self.domains:
            yield f"domain:{domain}", ""
        for name in self.names:
            yield f"name:{name.bare}", ""
            if name.near:
                yield f"{NEAR_MARK}{name.near}", name.bare


def _names(party: Mapping[str, Any]) -> Iterator[Name]:
    seen = set()
    legal = [party["legal_name"]] if "legal_name" in party else []
    for written in (party["name"], *legal, *party.get("aliases", ())):
        key = key_of(written)
        if key_of(f"x {written}").base == "x":
            # Nothing but a legal form: no name.
            continue
        name = Name(written, _SPACE.sub("", key.base), key.form)
        if name.bare and (name.bare, name.form) not in seen:
            seen.add((name.bare, name.form))
            yield name
    by_id = plain(party["id"]).replace(" ", "")
    if by_id and by_id not in {bare for bare, _ in seen}:
        yield Name(party["id"], by_id, "")
