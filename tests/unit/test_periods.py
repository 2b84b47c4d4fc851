"""Lengths of time are compared honestly: what depends on the calendar has no answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.answers.periods import compare, over_by


@pytest.mark.parametrize(
    ("one", "other", "longer"),
    [
        ("P26M", "P2Y2M", 0),
        ("P7D", "P1W", 0),
        ("PT24H", "P1D", 0),
        ("P0D", "PT0S", 0),
        ("P10D", "P26M", -1),
        ("P1M", "P32D", -1),
        ("P2Y", "P700D", 1),
        ("P1M", "P30D", None),
        ("P12M", "P365D", None),
        ("P100Y", "P36524D", None),
        ("P999999Y", "P1D", None),
    ],
)
def test_which_of_two_is_longer(one: str, other: str, longer: int | None):
    assert compare(one, other) == longer


months, days = st.integers(0, 60), st.integers(0, 2000)


@given(st.tuples(months, days), st.tuples(months, days))
def test_turned_around_the_answer_turns_around(first: tuple[int, int], second: tuple[int, int]):
    one, other = ("P{}M{}D".format(*numbers) for numbers in (first, second))
    there, back = compare(one, other), compare(other, one)
    assert back is None if there is None else back == -there


def test_when_a_length_of_time_is_over():
    assert over_by("2024-02-29", "P1Y") == "2025-02-28"
    assert over_by("2024-11-24", "P2Y") == "2026-11-24"
    assert over_by("2024-11-24", "P9999Y") is None
