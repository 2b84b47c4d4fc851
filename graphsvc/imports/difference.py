"""What a new version of a document changes, and what several documents say together. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphsvc.imports.documents import SHARED
from graphsvc.imports.entry import Entry
from graphsvc.imports.schemas import SECTIONS
from graphsvc.text import canonical

Said = dict[str, Any]
"""What one document says of a thing, as plain values."""


@dataclass(frozen=True)
class Difference:
    """What changes in one section between two versions of a document.

    Attributes:
        added: Entries that are new.
        changed: Entries that say something else than before, as they are now.
        replaced: The entries that were changed, as they were.
        removed: Entries that are said no longer, as they were.
        same: How many entries stay as they were.
    """

    added: list[Entry] = field(default_factory=list)
    changed: list[Entry] = field(default_factory=list)
    replaced: list[Entry] = field(default_factory=list)
    removed: list[Entry] = field(default_factory=list)
    same: int = 0

    @property
    def written(self) -> list[Entry]:
        """The entries that have to be written."""
        return self.added + self.changed

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Difference]:
    """Hold two versions of a document against each other, section by section.

    Args:
        before: Body of the version loaded now, its entries kept as text; empty when there is none.
        after: Body of the new version; empty when the document goes.
    """
    return {section: _difference(before.get(section, []), after.get(section, [])) for section in SECTIONS}


def _difference(before: list[Entry], after: list[Entry]) -> Difference:
    old = {entry.id: entry for entry in before}
    new = {entry.id: entry for entry in after}
    added = [entry for key, entry in new.items() if key not in old]
    changed = [entry for key, entry in new.items() if key in old and entry.text != old[key].text]
    replaced = [old[entry.id] for entry in changed]
    removed = [entry for key, entry in old.items() if key not in new]
    return Difference(added, changed, replaced, removed, len(new) - len(added) - len(changed))


Plans = Mapping[str, Mapping[str, Difference]]
"""By document and section, what a load changes."""


def with_moves(plans: Plans) -> dict[str, dict[str, Difference]]:
    """The same plans, where an entry that one document drops and another one takes over is changed, not removed."""
    if not any(difference.removed for plan in plans.values() for difference in plan.values()):
        return {document: dict(plan) for document, plan in plans.items()}
    gone: dict[str, dict[str, Entry]] = {section: {} for section in SECTIONS}
    taken: dict[str, set[str]] = {section: set() for section in SECTIONS}
    for plan in plans.values():
        for section, difference in plan.items():
            gone[section] |= {entry.id: entry for entry in difference.removed}
            taken[section] |= {entry.id for entry in difference.added}
    return {
        document: {
            section: difference if section in SHARED else _with_moves(difference, gone[section], taken[section])
            for section, difference in plan.items()
        }
        for document, plan in plans.items()
    }


def _with_moves(difference: Difference, gone: Mapping[str, Entry], taken: set[str]) -> Difference:
    moved = [entry for entry in difference.added if entry.id in gone]
    if not moved and not any(entry.id in taken for entry in difference.removed):
        return difference
    return Difference(
        added=[entry for entry in difference.added if entry.id not in gone],
        changed=difference.changed + moved,
        replaced=difference.replaced + [gone[entry.id] for entry in moved],
        removed=[entry for entry in difference.removed if entry.id not in taken],
        same=difference.same,
    )


@dataclass(frozen=True)
class Conflict:
    """Two documents that give different values for one key of one thing."""

    key: str
    first: str
    second: str
    values: tuple[object, object]


def together(statements: Mapping[str, Said]) -> tuple[Said, list[Conflict]]:
    """What several documents say of one thing: lists are joined, single values have to agree.

    Args:
        statements: By document id, what the document says. Read in the order of the ids.

    Returns:
        The joined entry, and the keys on which two documents differ.
    """
    joined: Said = {}
    said_by: dict[str, str] = {}
    conflicts: list[Conflict] = []
    for document, entry in sorted(statements.items()):
        for key, value in entry.items():
            if key not in joined:
                joined[key], said_by[key] = value, document
            elif isinstance(value, list):
                joined[key] = [*joined[key], *_new(joined[key], value)]
            elif key == "note":
                joined[key] = joined[key] if value in joined[key] else f"{joined[key]} {value}"
            elif joined[key] != value:
                conflicts.append(Conflict(key, said_by[key], document, (joined[key], value)))
    return joined, conflicts


def _new(known: list[Any], more: list[Any]) -> Iterator[Any]:
    seen = {canonical(value) for value in known}
    return (value for value in more if canonical(value) not in seen)
