"""Which of the names that exist somebody may have meant who wrote one that does not."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from graphsvc.translation import _, listed

MOST = 3
"""Names that a hint offers where several begin with what was written."""


def did_you_mean(written: str, names: Iterable[str]) -> str:
    """A hint to add to a message, such as `; did you mean 'email-address'?`; empty where no name is near.

    Args:
        written: The name that nothing has.
        names: Those that exist.
    """
    return offer(_near(written, sorted(names)))


def offer(names: Iterable[str]) -> str:
    """The same hint for names that are known to be meant."""
    quoted = list(map(repr, names))
    return _("; did you mean {name}?", name=listed(quoted, "or")) if quoted else ""


def _near(written: str, names: list[str]) -> list[str]:
    """Those that go on where the written name ends, as `email` is how others begin; else the one that is most alike."""
    longer = [name for name in names if name.startswith(f"{written}-")]
    return longer[:MOST] or difflib.get_close_matches(written, names, n=1)
