"""The register in its own document format: a bundle of everything, or a document of what is reached."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import yaml

from graphsvc.exports.kinds import Written
from graphsvc.graph.store import Store
from graphsvc.graph.wish import Wish
from graphsvc.imports import bundle
from graphsvc.questions.handover import HandoverQuestion, wish_of
from graphsvc.tabular import begun
from graphsvc.text import digest

Frame = Callable[[Mapping[str, Any], int, bundle.Texts], Iterator[bytes]]


class _Dumper(yaml.CSafeDumper):
    """Writes no anchors: the format refuses them."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write everything out."""
        return True


def as_yaml(store: Store, question: HandoverQuestion) -> Written:
    """YAML: a bundle, or one document."""
    return _written(store, question, bundle.as_yaml, _in_yaml)


def as_json(store: Store, question: HandoverQuestion) -> Written:
    """JSON: a bundle, or one document."""
    return _written(store, question, bundle.as_json, _in_json)


def _written(
    store: Store, question: HandoverQuestion, frame: Frame, dump: Callable[[dict[str, Any]], Iterator[bytes]]
) -> Written:
    if question.controller or question.activity:
        wish = wish_of(store, question)
        return Written(question.name, dump(_extract(store, question, wish)))
    state, found = store.all_documents()
    about = {"on": question.on, "law": state.law, "revision": state.revision}
    texts = ((row["id"], store.text_of(row["id"], row["revisions"]).encode()) for row in found)
    # What has begun goes on, as its reader sees: a large register takes longer than an answer may take to begin.
    return Written(question.name, begun(frame(about, len(found), texts), store.deadline.lift))


def _extract(store: Store, question: HandoverQuestion, wish: Wish) -> dict[str, Any]:
    """One document of everything that is reached on the day."""
    taken = store.extract(wish)
    title = f"{question.activity or question.controller} on {question.on}, of law table {taken.state.law}"
    head = {
        "id": _slug(question),
        "title": f"Extract for {title} and register revision {taken.state.revision}",
        "version": f"{question.on}/{taken.state.revision}",
    }
    return {"document": head, **taken.sections}


def _slug(question: HandoverQuestion) -> str:
    """An id of the document: what it is about, shortened so that it stays an id."""
    about = question.activity or question.controller or ""
    return f"extract-{about}" if len(about) <= 100 else f"extract-{digest(about)[:16]}"


def _in_yaml(body: dict[str, Any]) -> Iterator[bytes]:
    for key, value in body.items():
        options = {"allow_unicode": True, "sort_keys": False, "width": 120}
        yield yaml.dump({key: value}, Dumper=_Dumper, **options).encode()


def _in_json(body: dict[str, Any]) -> Iterator[bytes]:
    yield json.dumps(body, ensure_ascii=False, indent=1).encode() + b"\n"
