"""Which parties may be one, and why: proposals for a person to decide on. Nothing is merged here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import combinations

from rapidfuzz import fuzz

from graphsvc.imports.marks import Described, Name
from graphsvc.model import ONE_EACH, LikeKind, Likeness, Proposal, Scheme, Sureness

NEAR = 88
"""Likeness of two spellings, of 100, from which it is a reason."""
MOST_SHARED = 50
"""Parties that may have a mark in common and still be held against each other; more of them is no sign of one."""
TITLES = {Scheme.LEI: "LEI", Scheme.KVK: "KvK number", Scheme.EU_VAT: "VAT number", Scheme.EUID: "EUID"}
Decided = Callable[[str, str], bool]


def proposals(
    parties: Iterable[Described],
    decided: Decided,
    touched: Collection[str] | None = None,
    on_pair: Callable[[], None] = lambda: None,
) -> list[Proposal]:
    """Pairs that may be one, the most likely first.

    Args:
        parties: Whom to hold against each other.
        decided: Whether somebody has said of two ids that they are one, or are not.
        touched: Only pairs with one of these; None: all pairs.
        on_pair: Called for each pair that is looked at; may raise to end the work.
    """
    known = {party.id: party for party in parties}
    found = []
    for one, other in _pairs(known, touched):
        on_pair()
        if not decided(one, other) and (reasons := likenesses(known[one], known[other])):
            found.append(Proposal(one, known[one].name, other, known[other].name, tuple(reasons)))
    return sorted(found, key=lambda proposal: proposal.rank)


def _pairs(known: Mapping[str, Described], touched: Collection[str] | None) -> list[tuple[str, str]]:
    """Pairs that have a mark in common, each once."""
    sharing: dict[str, list[str]] = defaultdict(list)
    for key in sorted(known):
        for mark in known[key].marks():
            sharing[mark].append(key)
    pairs: set[tuple[str, str]] = set()
    for ids in sharing.values():
        if 1 < len(ids) <= MOST_SHARED:
            pairs.update(
                pair for pair in combinations(ids, 2) if touched is None or pair[0] in touched or pair[1] in touched
            )
    return sorted(pairs)


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
    return Likeness(LikeKind.IDENTIFIER, Sureness.HIGH, f"Both have the {TITLES[scheme]} {number}.")


def _same_domain(domain: str) -> Likeness:
    return Likeness(LikeKind.DOMAIN, Sureness.MEDIUM, f"Both use the domain {domain}.")


def _by_name(one: Described, other: Described) -> Iterator[Likeness]:
    """At most one reason: a name that is the same, else the two names that are spelled most alike."""
    same = [(mine, theirs) for mine in one.names for theirs in other.names if mine.bare == theirs.bare]
    if same:
        yield _same_name(one, other, *min(same, key=_forms_differ))
        return
    near = [(score, mine, theirs) for mine in one.names for theirs in other.names if (score := _near(mine, theirs))]
    if near:
        score, mine, theirs = max(near, key=lambda each: each[0])
        text = f'Spelled nearly alike: "{mine.written}" and "{theirs.written}".'
        yield Likeness(LikeKind.SPELLING, Sureness.LOW, text, score)


def _same_name(one: Described, other: Described, mine: Name, theirs: Name) -> Likeness:
    called = f'"{mine.written}" and "{theirs.written}"'
    if _forms_differ((mine, theirs)):
        text = f"The same name with different legal forms: {called}; perhaps two companies of one group."
        return Likeness(LikeKind.NAME, Sureness.LOW, text)
    if one.seats and other.seats and not one.seats & other.seats:
        return Likeness(LikeKind.NAME, Sureness.LOW, f"The same name, though in different countries: {called}.")
    return Likeness(LikeKind.NAME, Sureness.MEDIUM, f"The same name, but for signs and legal form: {called}.")


def _forms_differ(names: tuple[Name, Name]) -> bool:
    mine, theirs = names
    return bool(mine.form and theirs.form and mine.form != theirs.form)


def _near(mine: Name, theirs: Name) -> int:
    """How near two spellings are; 0: not near enough, or apart by a number."""
    if not mine.near or mine.near != theirs.near:
        return 0
    return round(fuzz.ratio(mine.bare, theirs.bare, score_cutoff=NEAR))
