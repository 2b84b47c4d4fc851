"""What in the register is called something like this?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graphsvc.graph.store import Store
from graphsvc.questions.common import Plain

KINDS = {
    "party": "Party",
    "service": "Service",
    "activity": "Activity",
    "data-category": "DataCategory",
    "subject-category": "SubjectCategory",
    "country": "Country",
    "claim": "Claim",
}
LOOKED_AT = 200
"""How many hits of a kind are looked at to find the best ones."""


@dataclass(frozen=True)
class SearchQuestion:
    """What is called something like this?

    Attributes:
        words: Words that id, name or alias have to hold.
        most: How many hits of each kind to show.
    """

    words: str
    most: int = 6


def ask_search(store: Store, question: SearchQuestion) -> Plain:
    """What has all of the words in its id, its name or an alias; of each kind the closest names first."""
    controllers = {found["id"] for found in store.controllers()}
    items = [hit for kind in KINDS for hit in _of_kind(store, kind, question, controllers)]
    return {"total": len(items), "items": items}


def _of_kind(store: Store, kind: str, question: SearchQuestion, controllers: set[str]) -> Iterator[Plain]:
    _, found = store.page(KINDS[kind], question.words, 0, LOOKED_AT)
    hits = sorted(found, key=lambda thing: _rank(thing, question.words.lower().strip()))
    for thing in hits[: question.most]:
        is_controller = kind == "party" and thing["id"] in controllers
        yield {
            "kind": "controller" if is_controller else kind,
            "id": thing["id"],
            "name": _name(thing),
            "names": thing["name"] if isinstance(thing.get("name"), dict) else {},
            "of": thing.get("provider") or thing.get("controller") or thing.get("party"),
        }


def _name(thing: dict[str, Any]) -> str:
    name = thing.get("name", thing.get("text", thing["id"]))
    return name["en"] if isinstance(name, dict) else name


def _rank(thing: dict[str, Any], words: str) -> tuple[int, int, str]:
    """The whole name first, then what begins with the words, then the shortest."""
    name = _name(thing).lower()
    if words in (name, thing["id"].lower()):
        return 0, 0, name
    begins = name.startswith(words) or thing["id"].lower().startswith(words)
    return 1 if begins else 2, len(name), name
