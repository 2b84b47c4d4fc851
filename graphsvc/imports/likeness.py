"""Why two parties may be one: by their numbers, domains, names and spellings."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz import fuzz

from graphsvc.imports.marks import Described, Name
from graphsvc.model import ONE_EACH, LikeKind, Likeness, Scheme, Sureness
from graphsvc.translation import _

NEAR = 88
"""Likeness of two spellings, of 100, from which it is a reason."""
TITLES = {
    Scheme.LEI: "LEI",
    Scheme.KVK: _("KvK number"),
    Scheme.EU_VAT: _("VAT number"),
    Scheme.EUID: "EUID",
}


def likenesses(one: Described, other: Described) -> list[Likeness]:
    """Why two parties may be one, the most telling first; empty: nothing says so, or their numbers say that not."""
    if _different_numbers(one, other):
        return []
    found = [_same_number(each.scheme, each.number) for each in sorted(one.identifiers & other.identifiers)]
    if not _of_one_group(one, other):
        found += [_same_domain(domain) for domain in sorted(one.domains & other.domains)]
        found += _by_name(one, other)
    return sorted(found, key=lambda reason: [*Sureness].index(reason.sure))


def _different_numbers(one: Described, other: Described) -> bool:
    for scheme in ONE_EACH:
        mine, theirs = ({each.number for each in side.identifiers if each.scheme is scheme} for side in (one, other))
        if mine and theirs and not mine & theirs:
            return True
    return False


def _of_one_group(one: Described, other: Described) -> bool:
    """Whether one is part of the other, so that somebody told them apart already."""
    return one.id in other.groups or other.id in one.groups


def _same_number(scheme: Scheme, number: str) -> Likeness:
    text = _("Both have the {scheme} {number}.", scheme=TITLES[scheme], number=number)
    return Likeness(LikeKind.IDENTIFIER, Sureness.HIGH, text)


def _same_domain(domain: str) -> Likeness:
    return Likeness(LikeKind.DOMAIN, Sureness.MEDIUM, _("Both use the domain {domain}.", domain=domain))


def _by_name(one: Described, other: Described) -> Iterator[Likeness]:
    """At most one reason: a name that is the same, else the two names that are spelled most alike."""
    same = [(mine, theirs) for mine in one.names for theirs in other.names if mine.bare == theirs.bare]
    if same:
        yield _same_name(one, other, *min(same, key=_forms_differ))
        return
    near = [(score, mine, theirs) for mine in one.names for theirs in other.names if (score := _near(mine, theirs))]
    if near:
        score, mine, theirs = max(near, key=lambda each: each[0])
        text = _('Spelled nearly alike: "{one}" and "{other}".', one=mine.written, other=theirs.written)
        yield Likeness(LikeKind.SPELLING, Sureness.LOW, text, score)


def _same_name(one: Described, other: Described, mine: Name, theirs: Name) -> Likeness:
    names = {"one": mine.written, "other": theirs.written}
    if _forms_differ((mine, theirs)):
        text = _(
            'The same name with different legal forms: "{one}" and "{other}"; perhaps two companies of one group.',
            **names,
        )
        return Likeness(LikeKind.NAME, Sureness.LOW, text)
    if one.seats and other.seats and not one.seats & other.seats:
        text = _('The same name, though in different countries: "{one}" and "{other}".', **names)
        return Likeness(LikeKind.NAME, Sureness.LOW, text)
    text = _('The same name, but for signs and legal form: "{one}" and "{other}".', **names)
    return Likeness(LikeKind.NAME, Sureness.MEDIUM, text)


def _forms_differ(names: tuple[Name, Name]) -> bool:
    mine, theirs = names
    return bool(mine.form and theirs.form and mine.form != theirs.form)


def _near(mine: Name, theirs: Name) -> int:
    """How near two spellings are; 0: not near enough, or apart by a number."""
    return nearness(mine.bare, theirs.bare) if mine.near and mine.near == theirs.near else 0


def nearness(bare: str, other: str) -> int:
    """How near two bare names are, from NEAR to 100; 0: less near than that."""
    return round(fuzz.ratio(bare, other, score_cutoff=NEAR))
