"""Keys of the Fides taxonomy as words of our vocabulary; own keys of a manifest are taken for their parents."""

from __future__ import annotations

from collections.abc import Iterator

from graphsvc.imports.foreign.data import table
from graphsvc.imports.foreign.node import Node
from graphsvc.imports.foreign.report import Notes
from graphsvc.imports.foreign.vocabulary import Vocabulary

SECTIONS = {"data_categories": "data_categories", "data_uses": "purposes", "data_subjects": "subject_categories"}
OWN = {"data_categories": "data_category", "data_uses": "data_use", "data_subjects": "data_subject"}
"""Where a manifest adds keys of its own."""
MOST_STEPS = 20


class FidesWords:
    """Finds our words for keys of Fides."""

    def __init__(self, root: Node, vocabulary: Vocabulary, notes: Notes) -> None:
        self._vocabulary = vocabulary
        self._notes = notes
        self._parents = {
            kind: {
                entry["fides_key"].text(): entry["parent_key"].text() for entry in root[key].items() if entry.is_mapping
            }
            for kind, key in OWN.items()
        }

    def words(self, kind: str, nodes: Iterator[Node]) -> list[str]:
        """Our words for keys, each once; what has none is reported."""
        found = [word for node in nodes for word in [self.word(kind, node)] if word]
        return list(dict.fromkeys(found))

    def word(self, kind: str, node: Node) -> str | None:
        """Our word for one key."""
        key = node.text()
        if not key:
            return None
        known = table("fides")[kind]
        for step, candidate in enumerate(self._upwards(kind, key)):
            if candidate not in known:
                continue
            word = known[candidate]
            if word is None:
                self._notes.left_out(node.place, "data of the system, not of a person", key)
                return None
            if self._vocabulary.has(SECTIONS[kind], word):
                if step:
                    self._notes.guessed(node.place, f"taken for its parent {candidate}", key)
                return word
        self._notes.not_understood(node.place, "is no key that has a word in the register", key)
        return None

    def _upwards(self, kind: str, key: str) -> Iterator[str]:
        """A key and its parents, the nearest first."""
        for _ in range(MOST_STEPS):
            yield key
            parent = self._parents[kind].get(key) or key.rpartition(".")[0]
            if not parent or parent == key:
                return
            key = parent


def _parents(node: Node) -> dict[str, str]:
    """Keys that a manifest adds, with their parents."""
    return {entry["fides_key"].text(): entry["parent_key"].text() for entry in node.items() if entry.is_mapping}
