"""The words that data, subjects, purposes and legal bases are told in, with their labels and marks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from graphsvc.model.words import MayBe


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the vocabulary.

    Attributes:
        id: Slug.
        names: Label by language (`en`, `nl`).
        broader: Ids of the words right above it.
        dpv: Its W3C DPV identifier; None: it has none.
        article: The article of the GDPR it stands for; None: none.
        special: Whether it is a special category of data (Art. 9(1)).
        criminal: Whether it is data on convictions and offences (Art. 10).
        vulnerable: Whether it stands for vulnerable data subjects (WP 248 rev.01).
        employment: Whether it stands for people in the employment relationship, past, present or applied for.
        may_be: What it may turn out to hold, where it may hold anything (back-ups, disks, e-mail).
    """

    id: str
    names: Mapping[str, str]
    broader: tuple[str, ...] = ()
    dpv: str | None = None
    article: str | None = None
    special: bool = False
    criminal: bool = False
    vulnerable: bool = False
    employment: bool = False
    may_be: frozenset[MayBe] = frozenset()

    @classmethod
    def from_body(cls, body: dict) -> Term:
        """Read one entry of a section of the vocabulary."""
        return cls(
            id=body["id"],
            names=body["name"],
            broader=tuple(body.get("broader", ())),
            dpv=body.get("dpv"),
            article=body.get("article"),
            special=body.get("special", False),
            criminal=body.get("criminal", False),
            vulnerable=body.get("vulnerable", False),
            employment=body.get("employment", False),
            may_be=frozenset(map(MayBe, body.get("may_be", ()))),
        )


Terms = Mapping[str, Term]


@dataclass(frozen=True)
class Vocabulary:
    """All words, by kind and id."""

    categories: Terms = field(default_factory=dict)
    subjects: Terms = field(default_factory=dict)
    purposes: Terms = field(default_factory=dict)
    legal_bases: Terms = field(default_factory=dict)


def label(terms: Terms, term: str, language: str = "en") -> str:
    """What people call a word; a word that is not in the vocabulary (such as `unknown`) is its own label."""
    found = terms.get(term)
    return found.names.get(language, term) if found else term
