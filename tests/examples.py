"""How many examples are tried by chance: few, and the same ones each time, at every landing; many new ones in deep.

`few` is for `make check` and `make test`, `many` for `make fuzz`, which prints the seed that its examples come from. A
machine of any speed has all the time it wants.
"""

from __future__ import annotations

from hypothesis import settings

FEW, MANY = "few", "many"


def declare() -> None:
    """Make both known to hypothesis, and few the usual."""
    settings.register_profile(FEW, deadline=None, derandomize=True, database=None, max_examples=30)
    settings.register_profile(MANY, deadline=None, max_examples=600, print_blob=True)
    settings.load_profile(FEW)


def share(of_it: float) -> int:
    """Examples of a test that is so many times as cheap to try as others; below 1 of one that is dearer."""
    return max(1, round(settings().max_examples * of_it))
