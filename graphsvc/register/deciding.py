"""The use cases that decide who is who: a decision becomes a document of its own, which can be removed again."""

from __future__ import annotations

import json
from dataclasses import dataclass

from graphsvc.errors import InvalidQuestion, NotFound
from graphsvc.graph.store import Store
from graphsvc.imports.documents import read_document
from graphsvc.imports.fields import LONGEST_ID
from graphsvc.model import Basis, Identity, Sameness
from graphsvc.register import Outcome, load, remove
from graphsvc.text import digest

OWN_SOURCE = {
    "id": "decisions-on-who-is-who",
    "title": "Decisions on who is who, taken in this register",
    "publisher": "Whoever keeps this register",
}
LIMIT = 100_000


@dataclass(frozen=True)
class Decision:
    """What somebody decides about two parties.

    Attributes:
        party: Id of the one; of two that are the same, whose id and name stay.
        other: Id of the other one.
        verdict: Whether they are the same.
        reason: Why, in words.
        source: Id of a source that says so; None: the decision itself is the source.
        locator: The place there.
        basis: How directly it says so.
    """

    party: str
    other: str
    verdict: Sameness
    reason: str
    source: str | None = None
    locator: str = "the decision"
    basis: Basis = Basis.INFERRED

    @property
    def document(self) -> str:
        """Id of the document that it becomes, whichever of the two comes first."""
        return document_of(self.party, self.other)

    def text(self) -> str:
        """The document that it becomes."""
        word = "is" if self.verdict is Sameness.SAME else "is not"
        evidence = {"source": self.source or OWN_SOURCE["id"], "locator": self.locator, "basis": self.basis.value}
        entry = {"id": self.document, "party": self.party, "other": self.other, "verdict": self.verdict.value}
        body = {
            "document": {"id": self.document, "title": f"Decision: {self.other} {word} {self.party}"},
            **({} if self.source else {"sources": [OWN_SOURCE]}),
            "identities": [entry | {"reason": self.reason, "evidence": [evidence]}],
        }
        return json.dumps(body, ensure_ascii=False, indent=1)


def document_of(one: str, other: str) -> str:
    """Id of the document that holds what was decided about two parties by `decide`."""
    first, second = sorted((one, other))
    key = f"decision.{first}.{second}"
    return key if len(key) <= LONGEST_ID else f"decision.{digest(f'{first} {second}')[:20]}"


def decide(store: Store, decision: Decision) -> Outcome:
    """Write a decision down; an earlier one about the same two parties is replaced, and kept as a version.

    Raises:
        InvalidDocument: a party or the source is not there, or another decision or a number speaks against it.
    """
    return load(store.bolt, [read_document(decision.text().encode(), LIMIT)])


def take_back(store: Store, one: str, other: str) -> Outcome:
    """Take back what `decide` wrote about two parties; its versions stay.

    Raises:
        NotFound: nothing was decided about them.
        InvalidQuestion: other documents say so; it names them.
    """
    about = [(identity, document) for identity, document in store.decisions() if {one, other} == _pair(identity)]
    own = document_of(one, other)
    if own in {document for _, document in about}:
        return remove(store.bolt, own)
    if about:
        said = ", ".join(f"{document!r} ({identity.id})" for identity, document in about)
        raise InvalidQuestion(
            f"that {one!r} and {other!r} are {about[0][0].verdict.value} is said by the document {said}: "
            "load a version of it without that, or remove it"
        )
    identities = store.identities()
    joining = ", ".join(identity.id for identity in identities.joining(one))
    through = (
        f"; they are one through other decisions: {joining}" if identities.one(one) == identities.one(other) else ""
    )
    raise NotFound(f"nothing was decided about {one!r} and {other!r}{through}")


def _pair(identity: Identity) -> set[str]:
    return {identity.party, identity.other}
