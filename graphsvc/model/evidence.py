"""Where a fact comes from, and how directly it is said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from graphsvc.model.words import Basis

_STRENGTH = {basis: place for place, basis in enumerate(Basis)}


def weakest(bases: Iterable[Basis]) -> Basis:
    """The basis of a conclusion: that of its weakest step. Of no step at all: assumed."""
    return max(bases, key=_STRENGTH.__getitem__, default=Basis.ASSUMED)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a fact comes from.

    Attributes:
        source: Id of the source.
        locator: Place in the source, such as "section 5.II".
        basis: How directly the source says it.
        about: Keys of the entry that this is about; empty: all of it.
    """

    source: str
    locator: str
    basis: Basis
    about: frozenset[str] = frozenset()

    @classmethod
    def from_body(cls, body: dict) -> Evidence:
        """Read one entry of an `evidence` list."""
        return cls(body["source"], body["locator"], Basis(body["basis"]), frozenset(body.get("for", ())))


def evidence_for(evidence: tuple[Evidence, ...], key: str) -> tuple[Evidence, ...]:
    """The evidence about one key of an entry: what names it, else what is about the whole entry."""
    named = tuple(item for item in evidence if key in item.about)
    return named or tuple(item for item in evidence if not item.about)


def basis_of(evidence: tuple[Evidence, ...]) -> Basis:
    """The basis of one fact: that of its strongest evidence; without any, assumed."""
    return min((item.basis for item in evidence), key=_STRENGTH.__getitem__, default=Basis.ASSUMED)


def read_evidence(body: dict) -> tuple[Evidence, ...]:
    """Read the `evidence` list of an entry."""
    return tuple(map(Evidence.from_body, body.get("evidence", ())))


def supposing(evidence: tuple[Evidence, ...], supposed: Evidence, *keys: str) -> tuple[Evidence, ...]:
    """The evidence of an entry of which some keys are supposed: for these, the supposition takes the place of it."""
    named = frozenset(keys)
    kept = (item if not item.about else replace(item, about=item.about - named) for item in evidence)
    still = tuple(new for new, old in zip(kept, evidence, strict=True) if new.about or not old.about)
    return (*still, replace(supposed, about=named))
