"""Which party a name in a file stands for: the same name in plain form, else a new party. Nothing near is merged."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain, count, pairwise

import networkx
from rapidfuzz import fuzz, process
from slugify import slugify

from graphsvc.imports.fields import LONGEST_ID
from graphsvc.imports.foreign.known import Directory, Key, Thing, key_of
from graphsvc.imports.foreign.report import Notes, Resolved, Suggestion
from graphsvc.imports.foreign.words import plain
from graphsvc.model import Identifier
from graphsvc.text import digest

BRACKETS = re.compile(r"^(?P<before>[^()]*?)\s+\((?P<inside>[^()]*)\)\s*(?P<behind>[^()]*)$")
FORMERLY = re.compile(
    r"^(?:formerly|previously|formally|fka|f/k/a|dba|d/b/a|aka|a/k/a|also known as|trading as|t/a|voorheen|vormals)"
    r"(?: known as)?[:\s]+(?P<other>.+)$",
    re.IGNORECASE,
)
INLINE = re.compile(
    r"^(?P<name>.+?),?\s+(?:d/b/a|dba|f/k/a|fka|formerly(?: known as)?|trading as|t/a|doing business as)"
    r"\s+(?P<other>.+)$",
    re.IGNORECASE,
)
GROUP = re.compile(r"^(?P<name>.+?),\s+(?P<group>an? \S.*? company|part of \S.*|member of \S.*)$", re.IGNORECASE)
FOOTNOTE = re.compile(r"(?:\s*\[\^?[0-9a-z]{1,2}\]|[*\u2020\u2021\u00b9\u00b2\u00b3]+)+$")
NEAR = 84
"""Likeness, of 100, from which a name is suggested."""
SUGGESTED = 3
MOST_COMPARED = 500
"""New names that are compared with the register; a list of a hundred thousand would take minutes."""


@dataclass(frozen=True)
class Written:
    """A name as it stands in a file, taken apart.

    Attributes:
        name: The name itself.
        others: Other names it gives (in brackets, behind "formerly").
        product: What stands in brackets and is no other name.
        place: Where it stands.
        domains: Web domains that the file gives beside it.
        numbers: Numbers in registers that the file gives beside it.
    """

    name: str
    others: tuple[str, ...] = ()
    product: str = ""
    place: str = ""
    domains: tuple[str, ...] = ()
    numbers: tuple[Identifier, ...] = ()

    @property
    def every_name(self) -> tuple[str, ...]:
        """The name and the other ones."""
        return (self.name, *self.others)


def written(text: str, place: str, others: Iterable[str] = ()) -> Written:
    """Take a name apart: "Amazon Web Services (AWS)*" is a name and another one."""
    text = FOOTNOTE.sub("", text).strip(" ,;") or text
    given = tuple(other for other in others if other and other != text)
    if found := INLINE.match(text):
        return Written(found["name"], (*given, found["other"]), "", place)
    if found := GROUP.match(text):
        return Written(found["name"], given, found["group"], place)
    found = BRACKETS.match(text)
    if not found or not found["before"]:
        return Written(text, given, "", place)
    name = " ".join(filter(None, (found["before"], found["behind"])))
    inside = found["inside"].strip()
    if key_of(f"x {inside}").base == "x":
        return Written(f"{name} {inside}", given, "", place)
    if key_of(inside).form:
        return Written(name, (*given, inside), "", place)
    if other := FORMERLY.match(inside):
        return Written(name, (*given, other["other"]), "", place)
    if _initials(name) == plain(inside).replace(" ", "") != "":
        return Written(name, (*given, inside), "", place)
    return Written(name, given, inside, place)


def _initials(name: str) -> str:
    return "".join(word[0] for word in key_of(name).base.split())


def slug(text: str, longest: int = LONGEST_ID) -> str:
    """An id made of a text; a long one ends in a part of its hash, so that it stays one of a kind."""
    made = slugify(text) or f"x-{digest(text)[:10]}"
    return made if len(made) <= longest else f"{made[: longest - 11].rstrip('-')}-{digest(text)[:10]}"


@dataclass(frozen=True)
class Found:
    """The party that a name stands for."""

    id: str
    name: str
    known: Thing | None


class Names:
    """The names of one file. All of them are learnt first: which of them are one party does not hang on their order."""

    def __init__(self, directory: Directory, given: Mapping[str, str], notes: Notes) -> None:
        self._directory = directory
        self._given = {plain(name): party for name, party in given.items()}
        self._notes = notes
        self._found: dict[Key, Found] = {}
        self._taken: set[str] = set(directory.parties)

    def learn(self, names: Iterable[Written]) -> None:
        """Find out the party of each name."""
        names = list(names)
        keys = {name: key_of(name) for one in names for name in one.every_name}
        same = networkx.Graph()
        same.add_nodes_from(keys.values())
        same.add_edges_from(pair for keys_of_base in _by_base(keys.values()) for pair in pairwise(keys_of_base))
        same.add_edges_from((keys[one.name], keys[other]) for one in names for other in one.others)
        by_key: dict[Key, list[Written]] = defaultdict(list)
        for one in names:
            by_key[keys[one.name]].append(one)
        for group in sorted(networkx.connected_components(same), key=min):
            self._settle(group, [one for key in sorted(group) for one in by_key[key]])
        self._suggest(names)

    def of(self, name: Written) -> Found:
        """The party of a name that was learnt."""
        return self._found[key_of(name.name)]

    def _settle(self, group: set[Key], names: list[Written]) -> None:
        party, how = self._known(group, names)
        found = Found(party.id, party.name, party) if party else self._new(names)
        for key in group:
            self._found[key] = found
        for one in {one.name: one for one in names}.values():
            self._notes.names.append(Resolved(one.name, one.place, found.id, found.name, how or "new"))

    def _known(self, group: set[Key], names: list[Written]) -> tuple[Thing | None, str]:
        given = {self._given[plain(name)] for one in names for name in one.every_name if plain(name) in self._given}
        if given:
            party = sorted(given)[0]
            return self._directory.parties.get(party) or Thing(party, names[0].name, frozenset()), "given"
        numbers = {number for one in names for number in one.numbers}
        if found := self._only(self._directory.parties_numbered(numbers), names):
            return found, "number"
        called = {
            thing.id: thing
            for key in group
            for thing in self._directory.parties_called(key)
            if not _speaks_against(thing, group) and not thing.has_another(numbers)
        }
        if len(called) != 1:
            there = self._directory.parties_at(domain for one in names for domain in one.domains)
            there = {key: thing for key, thing in there.items() if not thing.has_another(numbers)}
            if found := self._only({key: there[key] for key in there.keys() & (called or there).keys()}, names):
                return found, "domain"
        if one := self._directory.one_of(called.values()):
            called = {one.id: one}
        if len(called) > 1:
            exact = {key: thing for key, thing in called.items() if thing.keys & group}
            called = exact if len(exact) == 1 else self._unclear(names, called)
        party = next(iter(called.values()), None)
        return party, (_how(party, group) if party else "")

    def _only(self, found: Mapping[str, Thing], names: list[Written]) -> Thing | None:
        """The one party among some; several that are no one party are reported, and are none."""
        one = self._directory.one_of(found.values())
        if found and one is None:
            self._unclear(names, found)
        return one

    def _unclear(self, names: list[Written], called: Mapping[str, Thing]) -> dict[str, Thing]:
        text = f"may be any of {', '.join(sorted(called))}; taken as a party of its own, say which with `names`"
        self._notes.guessed(names[0].place, text, names[0].name)
        return {}

    def _new(self, names: list[Written]) -> Found:
        longest = max((one.name for one in names), key=lambda name: (len(name), name))
        base, form = key_of(longest)
        party = slug(base)
        endings = chain([form] * bool(form), map(str, count(2)))
        while party in self._taken:
            party = slug(f"{base} {next(endings)}")
        self._taken.add(party)
        return Found(party, longest, None)

    def _suggest(self, names: list[Written]) -> None:
        new = {key_of(one.name).base: one for one in names if self.of(one).known is None}
        known = self._directory.party_names
        for base, one in list(new.items())[:MOST_COMPARED]:
            alike = process.extract(base, known.keys(), scorer=fuzz.WRatio, score_cutoff=NEAR, limit=SUGGESTED)
            for near, score, _ in alike:
                thing = known[near][0][1]
                self._notes.suggestions.append(Suggestion(one.name, one.place, thing.id, thing.name, round(score)))
        if new and known and len(new) > MOST_COMPARED:
            text = f"only the first {MOST_COMPARED} of {len(new)} new names were compared with those in the register"
            self._notes.noted("", text)


def _by_base(keys: Iterable[Key]) -> Iterable[list[Key]]:
    """Keys with the same base, unless they have different legal forms."""
    found: dict[str, set[Key]] = defaultdict(set)
    for key in keys:
        found[key.base].add(key)
    return (sorted(same) for same in found.values() if len({key.form for key in same if key.form}) <= 1)


def _speaks_against(party: Thing, group: set[Key]) -> bool:
    """Whether a name of the group has another legal form than the party has under that name."""
    forms = {known.base: known.form for known in party.keys if known.form}
    return any(key.form and forms.get(key.base, key.form) != key.form for key in group)


def _how(party: Thing, group: set[Key]) -> str:
    bases = {key.base for key in group}
    if key_of(party.name).base in bases:
        return "name"
    return "id" if plain(party.id) in bases and not party.keys & (group - {Key(plain(party.id), "")}) else "alias"
