"""What the register knows already, as importers need it: who is called what, which words and places there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple, TypeVar

from graphsvc.imports.difference import Entry
from graphsvc.imports.foreign.data import table
from graphsvc.imports.foreign.words import plain
from graphsvc.imports.identifiers import domains_of, identifiers_of
from graphsvc.model import ONE_EACH, Identifier

LONGEST_FORM = 4
"""Words of the longest legal form: GmbH and Co KG."""
Words = Mapping[str, Mapping[str, str]]
"""By section of the vocabulary: ids by the plain form of what people call them."""


class Stated(NamedTuple):
    """What one document says of a party or a service."""

    document: str
    section: str
    entry: Entry


class Key(NamedTuple):
    """A name of an organisation in plain form, without its legal form; and that form, empty where it has none."""

    base: str
    form: str


class Thing(NamedTuple):
    """A party or a service: what the register calls it, and where its seat or whose it is."""

    id: str
    name: str
    keys: frozenset[Key]
    seats: frozenset[str] = frozenset()
    provider: str = ""
    has_list: bool = False
    domains: frozenset[str] = frozenset()
    numbers: frozenset[Identifier] = frozenset()

    def has_another(self, numbers: Iterable[Identifier]) -> bool:
        """Whether it has another number in a register that gives one to each: then it is somebody else."""
        schemes = {each.scheme for each in numbers if each.scheme in ONE_EACH}
        return any(own.scheme in schemes and own not in {*numbers} for own in self.numbers)


@dataclass(frozen=True)
class Register:
    """What the register knows.

    Attributes:
        stated: What each document says of parties and services.
        words: The vocabulary.
        countries: Codes that may be used besides those of ISO 3166-1.
        tools: Ids of transfer tools.
        flows: (sender, recipient, document) of flows between services.
        ones: For ids of parties that were decided to be one: the id that stays.
    """

    stated: tuple[Stated, ...] = ()
    words: Words = field(default_factory=dict)
    countries: frozenset[str] = frozenset()
    tools: frozenset[str] = frozenset()
    flows: tuple[tuple[str, str, str], ...] = ()
    ones: Mapping[str, str] = field(default_factory=dict)

    def without(self, document: str) -> Directory:
        """Parties and services as all other documents have them.

        What an earlier edition of the same document said is no knowledge: else importing a file again would
        not be the same as importing it.
        """
        others = [stated for stated in self.stated if stated.document != document]
        return Directory(_things(others, "parties"), _things(others, "services"), self.ones)


class Directory:
    """Parties and services by their names."""

    def __init__(
        self, parties: Mapping[str, Thing], services: Mapping[str, Thing], ones: Mapping[str, str] | None = None
    ) -> None:
        self._ones = ones or {}
        self._by_domain = _by(parties.values(), lambda thing: thing.domains)
        self._by_number = _by(parties.values(), lambda thing: thing.numbers)
        self.parties = parties
        self.services = services
        self._parties = _by_base(parties.values())
        self._services = _by_base(services.values())
        self.by_provider: dict[str, list[Thing]] = defaultdict(list)
        for service in services.values():
            self.by_provider[service.provider].append(service)

    @property
    def party_names(self) -> Mapping[str, list[tuple[Key, Thing]]]:
        """Parties by the plain form of their names."""
        return self._parties

    def parties_called(self, key: Key) -> list[Thing]:
        """Parties with this name; a legal form counts when both have one."""
        return _called(self._parties, key)

    def parties_at(self, domains: Iterable[str]) -> dict[str, Thing]:
        """Parties by id that use one of some web domains."""
        return {thing.id: thing for domain in domains for thing in self._by_domain.get(domain, ())}

    def parties_numbered(self, numbers: Iterable[Identifier]) -> dict[str, Thing]:
        """Parties by id that have one of some numbers in registers."""
        return {thing.id: thing for number in numbers for thing in self._by_number.get(number, ())}

    def one_of(self, found: Iterable[Thing]) -> Thing | None:
        """The one party that some are, as was decided: the one that stays where it is among them; else None."""
        known = {thing.id: thing for thing in found}
        ones = {self._ones.get(key, key) for key in known}
        return known.get(*ones, known[min(known)]) if len(ones) == 1 else None

    def services_called(self, key: Key) -> list[Thing]:
        """Services with this name."""
        return _called(self._services, key)


T = TypeVar("T")


def _by(things: Iterable[Thing], marks: Callable[[Thing], Iterable[T]]) -> dict[T, list[Thing]]:
    found: dict[T, list[Thing]] = defaultdict(list)
    for thing in things:
        for mark in marks(thing):
            found[mark].append(thing)
    return dict(found)


def _called(names: Mapping[str, list[tuple[Key, Thing]]], key: Key) -> list[Thing]:
    found = {thing.id: thing for known, thing in names.get(key.base, ()) if agree(known, key)}
    return list(found.values())


def agree(one: Key, other: Key) -> bool:
    """Whether two names are the same: equal, and not with two different legal forms."""
    return one.base == other.base and (one.form == other.form or not one.form or not other.form)


@lru_cache(maxsize=65_536)
def key_of(name: str) -> Key:
    """A name without its legal form, and that form."""
    words = plain(name).removeprefix("the ").split()
    for length in range(min(LONGEST_FORM, len(words) - 1), 0, -1):
        if form := _forms().get(" ".join(words[-length:])):
            return Key(" ".join(words[:-length]).removesuffix(" and"), form)
    return Key(" ".join(words), "")


@cache
def _forms() -> dict[str, str]:
    """Legal forms by their spellings."""
    return {spelling: form for form, spellings in table("legal-forms").items() for spelling in spellings}


def _things(stated: Iterable[Stated], section: str) -> dict[str, Thing]:
    entries: dict[str, list[Entry]] = defaultdict(list)
    for one in stated:
        if one.section == section:
            entries[one.entry["id"]].append(one.entry)
    return {key: _thing(key, said) for key, said in sorted(entries.items())}


def _thing(key: str, said: list[Entry]) -> Thing:
    names = {name for entry in said for name in _names(entry)}
    seats = frozenset(code for entry in said for code in entry.get("established_in", ()))
    provider = next((entry["provider"] for entry in said if "provider" in entry), "")
    has_list = any("sub_processor_list" in entry for entry in said)
    domains = frozenset(domain for entry in said for domain in domains_of(entry))
    numbers = frozenset(number for entry in said for number in identifiers_of(entry))
    return Thing(key, said[0]["name"], _keys(key, names), seats, provider, has_list, domains, numbers)


def _keys(key: str, names: set[str]) -> frozenset[Key]:
    """The names of a thing; a legal form that is known counts: "Post" with the legal name Post N.V. is no Post Ltd."""
    keys = {key_of(name) for name in names}
    if plain(key) not in {known.base for known in keys}:
        keys.add(Key(plain(key), ""))
    with_form = {known.base for known in keys if known.form}
    return frozenset(known for known in keys if known.form or known.base not in with_form)


def _names(entry: Entry) -> list[str]:
    return [entry["name"], *([entry["legal_name"]] if "legal_name" in entry else []), *entry.get("aliases", ())]


def _by_base(things: Iterable[Thing]) -> dict[str, list[tuple[Key, Thing]]]:
    found: dict[str, list[tuple[Key, Thing]]] = defaultdict(list)
    for thing in things:
        for key in sorted(thing.keys):
            found[key.base].append((key, thing))
    return dict(found)
