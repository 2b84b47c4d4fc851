"""The datasets of a Fides manifest: how long their data is kept, and data that no declaration names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graphsvc.imports.difference import Entry
from graphsvc.imports.foreign.draft import Draft, extend
from graphsvc.imports.foreign.fides_words import FidesWords
from graphsvc.imports.foreign.node import Node
from graphsvc.imports.foreign.report import Notes
from graphsvc.imports.foreign.retention import retention

SKIPPED = ("id", "organization_fides_key", "meta", "fides_meta", "fidesops_meta", "data_qualifier", "data_qualifiers",
           "tags", "description", "data_type", "primary_key", "length")  # fmt: skip
DEEPEST = 30


class Datasets:
    """Reads datasets when an activity refers to them."""

    def __init__(self, node: Node, draft: Draft, words: FidesWords, notes: Notes) -> None:
        self._draft = draft
        self._words = words
        self._notes = notes
        self._used: set[str] = set()
        self._datasets = {entry["fides_key"].text(): entry for entry in node.items() if entry.is_mapping}

    def use(self, references: Iterable[Node], activity: Entry, categories: Iterable[str]) -> None:
        """What the datasets that an activity uses add to it."""
        for reference in references:
            dataset = self._datasets.get(reference.text())
            if dataset is None:
                self._notes.not_understood(reference.place, "the dataset is not in this file", reference.text())
                continue
            self._used.add(reference.text())
            self._retention(dataset, activity)
            self._say_other_data(dataset, activity, set(categories))
            dataset["third_country_transfers"].skip("does not say who receives data there")

    def _retention(self, dataset: Node, activity: Entry) -> None:
        for node in (dataset, *self._parts(dataset)):
            what = f"Dataset {dataset['name'].text() or dataset['fides_key'].text()}"
            if node is not dataset:
                what = f"{what}, {node['name'].text()}"
            kept = retention(node["retention"].text(), what, self._draft.evidence(node["retention"].place))
            extend(activity, "retention", [kept] if kept else [])

    def _say_other_data(self, dataset: Node, activity: Entry, categories: set[str]) -> None:
        for node in (dataset, *self._parts(dataset)):
            held = self._words.words("data_categories", node["data_categories"].items())
            for word in held:
                if word not in categories:
                    text = f"holds {word}, which the declaration {activity['name']!r} does not name; not taken over"
                    self._notes.not_understood(node["data_categories"].place, text, node["name"].text())

    def _parts(self, dataset: Node) -> Iterator[Node]:
        """Collections, their fields, and fields inside fields."""
        level = [*dataset["collections"].items()]
        for key in SKIPPED:
            dataset[key].skip()
        for _ in range(DEEPEST):
            for node in level:
                for key in SKIPPED:
                    node[key].skip()
            yield from level
            level = [inner for node in level for inner in node["fields"].items() if inner.is_mapping]
            if not level:
                return

    def say_unused(self) -> None:
        """Datasets that nothing refers to."""
        for key, dataset in self._datasets.items():
            if key not in self._used:
                self._notes.left_out(dataset.place, "no system refers to this dataset; not imported", key)
                for part in dataset.value:
                    dataset[part].skip()
