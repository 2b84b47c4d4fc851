"""What every question shares: the day it is, ids that have to exist, and the shape of an answer."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from graphsvc.errors import NotFound
from graphsvc.graph.store import Store
from graphsvc.imports.countries import meant
from graphsvc.model import UNKNOWN
from graphsvc.nearest import did_you_mean
from graphsvc.spool import Spool
from graphsvc.translation import _

Plain = dict[str, Any]


class Answer(ABC):
    """What HTTP, the command line and the exports show of an answer.

    Attributes:
        columns: The columns of its rows as a table; a column `x_id` holds the id of the thing in `x`.
    """

    columns: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def head(self) -> Plain:
        """Everything but the rows, the day (`on`) and the version of the law table (`law`) first."""

    @abstractmethod
    def rows(self) -> Iterator[Plain]:
        """Every row as plain values, in a stable order."""

    def table(self) -> Iterator[Plain]:
        """The rows as a table shows them: the same, unless a column looks inside a value."""
        return self.rows()

    def body(self, skip: int = 0, most: int | None = None) -> Plain:
        """The head, how many rows there are (`total`), and some of them (`items`).

        Args:
            skip: How many rows to pass over.
            most: How many to show; None: all that are left.
        """
        total, items = 0, []
        for total, row in enumerate(self.rows(), start=1):
            if total > skip and (most is None or total <= skip + most):
                items.append(row)
        return self.head() | {"total": total, "items": items}

    def whole(self) -> Plain:
        """The body with everything; in place of a long list stands what reads it from outside of memory."""
        spool = Spool()
        for row in self.rows():
            spool.add((), row)
        return self.head() | {"total": len(spool), "items": spool.rows()}


class SpooledAnswer(Answer):
    """An answer whose rows are all put in order before the first of them is shown."""

    @property
    @abstractmethod
    def spool(self) -> Spool:
        """Every row, in order."""

    def rows(self) -> Iterator[Plain]:
        """Every row as plain values."""
        return self.spool.rows()

    def body(self, skip: int = 0, most: int | None = None) -> Plain:
        """The head, how many rows there are, and some of them."""
        return self.head() | {"total": len(self.spool), "items": list(self.spool.rows(skip, most))}

    def whole(self) -> Plain:
        """The head, how many rows there are, and every one."""
        return self.head() | {"total": len(self.spool), "items": self.rows()}


def read_out(body: Plain) -> Plain:
    """A body with its lists in memory."""
    return {
        key: read_out(value) if isinstance(value, dict) else list(value) if isinstance(value, Iterator) else value
        for key, value in body.items()
    }


UNKNOWN_THINGS = frozenset({("Party", UNKNOWN), ("Country", UNKNOWN)})
"""What can be asked about though nothing in the register has the id: whom and where nobody told us."""


def check(store: Store, named: Mapping[str, Iterable[str | None]]) -> None:
    """Refuse ids that nothing has, before anything is fetched.

    Args:
        named: By label of the nodes, the ids that a question names; None is passed over.

    Raises:
        NotFound: names the first one, and the nearest id there is.
    """
    for label, ids in named.items():
        for key in dict.fromkeys(ids):
            if key is not None and (label, key) not in UNKNOWN_THINGS:
                require(store, label, key)


def require(store: Store, label: str, key: str) -> None:
    """Refuse an id that nothing of a kind has.

    Raises:
        NotFound: names the id and the nearest one there is.
    """
    if not store.exists(label, key):
        raise NotFound(not_there(label, key, store.near(label, key)))


def not_there(label: str, key: str, near: Iterable[str]) -> str:
    """What to say of an id that nothing has."""
    hint = did_you_mean(key, near)
    if label == "Country":
        hint = meant(key) or hint
    what = _WORDS.get(label, label.lower())
    return _("there is no {what} {name} in the register{hint}", what=what, name=repr(key), hint=hint)


_WORDS = {
    "Party": _("party"),
    "Service": _("service"),
    "Activity": _("activity"),
    "Flow": _("flow"),
    "Country": _("country"),
    "Document": _("document"),
    "Source": _("source"),
    "Claim": _("claim"),
    "Decision": _("decision"),
    "DataCategory": _("data category"),
    "SubjectCategory": _("data-subject category"),
    "TransferTool": _("transfer tool"),
    "LegalBasis": _("legal basis"),
}
