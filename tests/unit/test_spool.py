"""Rows are put in order outside of memory, and come back as they were."""

from __future__ import annotations

import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.cli.ask.common import json_pieces
from graphsvc.spool import Spool

RANKS = st.tuples(st.integers(-9, 9), st.text(st.characters(exclude_categories=["Cs"]), max_size=3))


@given(st.lists(RANKS, max_size=30), st.integers(0, 12), st.one_of(st.none(), st.integers(0, 12)))
def test_rows_come_as_python_sorts_their_ranks_those_added_first_first(
    ranks: list[tuple[int, str]], skip: int, most: int | None
) -> None:
    spool = Spool(2)
    for number, rank in enumerate(ranks):
        spool.add(rank, {"rank": list(rank), "number": number})
    expected = sorted(enumerate(ranks), key=lambda pair: pair[1])[skip : None if most is None else skip + most]
    assert [(row["number"], tuple(row["rank"])) for row in spool.rows(skip, most)] == expected
    assert len(spool) == len(ranks)


def test_a_row_comes_back_as_it_was() -> None:
    row = {"name": "Zoë 🦊", "none": None, "yes": True, "items": [{"id": "a"}, []], "number": 2**53}
    spool = Spool(1)
    spool.add((1,), row)
    assert list(spool.rows()) == [row]


def test_two_readers_of_one_spool_do_not_disturb_each_other() -> None:
    spool = Spool(1)
    for number in range(500):
        spool.add((number,), {"number": number})
    one, other = spool.rows(), spool.rows(100)
    assert [next(one)["number"], next(other)["number"], next(one)["number"]] == [0, 100, 1]


@pytest.mark.parametrize("number", [0, 1, 3])
def test_an_answer_that_is_printed_piece_by_piece_is_printed_like_one_that_is_whole(number: int) -> None:
    body, items = {"on": "2024-06-01", "total": number}, [{"text": "two\nlines", "of": [{}, []]}] * number
    whole = json.dumps(body | {"items": items}, indent=2, ensure_ascii=False) + "\n"
    assert "".join(json_pieces(body | {"items": iter(items)})) == whole
    assert "".join(json_pieces(body)) == json.dumps(body, indent=2) + "\n"
    deeper = {"holdings": {"gained": items, "lost": []}, "none": {}}
    expected = json.dumps(deeper, indent=2, ensure_ascii=False) + "\n"
    assert "".join(json_pieces(deeper | {"holdings": {"gained": iter(items), "lost": iter([])}})) == expected


def test_rows_are_not_kept_in_memory() -> None:
    spool = Spool(1)
    tracemalloc.start()
    for number in range(10_000):
        spool.add((number,), {"text": "x" * 1_000, "number": number})
    assert sum(row["number"] for row in spool.rows()) == 49_995_000
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 1_000_000, "the rows are ten million letters"
