"""Ids that a what-if names and nothing has, each with its place and the nearest id there is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial

from graphsvc.errors import Fault
from graphsvc.graph.store import Store
from graphsvc.imports.what_if import Origin
from graphsvc.law.supposed import decision_names, decision_rows, tools_named
from graphsvc.model import ToolKind
from graphsvc.model.changes import Change, Named, named
from graphsvc.questions.common import not_there


def unknown_ids(
    store: Store, controllers: Iterable[str], changes: Iterable[Change | None], origin: Origin
) -> Iterator[Fault]:
    """A fault for every id that nothing has.

    Args:
        controllers: Ids of controllers.
        changes: The changes in their order; None for one that could not be read.
        origin: Where they are written.
    """
    missing = cache(partial(_missing, store))
    for controller in controllers:
        if problem := missing(Named("controller", "Party", controller)):
            yield origin.fault("/controller", problem)
    for place, change in enumerate(changes):
        for found in named(change) if change else ():
            if problem := missing(found):
                yield origin.fault(f"/changes/{place}/{found.key}", problem)


def _missing(store: Store, found: Named) -> str | None:
    if found.label in _OF_LAW:
        return _OF_LAW[found.label](store, found.id)
    if store.exists(found.label, found.id):
        return None
    return not_there(found.label, found.id, store.near(found.label, found.id))


def _missing_decision(store: Store, key: str) -> str | None:
    law = store.law()
    if decision_rows(law, key):
        return None
    return not_there("Decision", key, decision_names(law))


def _missing_tool(store: Store, key: str) -> str | None:
    law = store.law()
    return None if tools_named(law, key) else not_there("TransferTool", key, law.tools)


def _missing_list(store: Store, key: str) -> str | None:
    lists = [tool.id for tool in store.law().tools.values() if tool.kind is ToolKind.ADEQUACY_LIST]
    if key in lists:
        return None
    return f"{not_there('list of a decision', key, lists)}; there are {', '.join(sorted(lists))}"


_OF_LAW: dict[str, Callable[[Store, str], str | None]] = {
    "Decision": _missing_decision,
    "Tool": _missing_tool,
    "List": _missing_list,
}
