"""The answers of one day are what they were, on the embedded engine; `make guard` asks for all, on both."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from graphsvc.graph.store import Store
from tests.engines.support import Engine, empty
from tests.guard import register
from tests.guard.asked import cases
from tests.guard.asking import ask
from tests.guard.hashes import HASHES, SHORT, STEP, hashed, recorded
from tests.guard.report import differences
from tests.guard.texts import json_lines

DAY = "2020-07-16"
OF_OTHERS = re.compile(r"lang=nl|format=svg|controller=(?!connectis)|2026-|2018-")


@pytest.fixture(scope="module")
def client(embedded: Engine) -> Iterator[FlaskClient]:
    empty(embedded.bolt)
    register.fill(embedded.bolt)
    with register.clock_stopped():
        yield register.client(Store(embedded.bolt))


def test_everything_that_can_be_asked_has_a_hash_and_the_other_way_round(client: FlaskClient):
    assert {case.name for case in cases(client)} == recorded().keys()


def test_the_answers_of_a_day_are_what_they_were(client: FlaskClient):
    wanted = [case for case in cases(client) if not OF_OTHERS.search(case.name)]
    assert any(DAY in case.name for case in wanted)
    assert "\n".join(differences({"embedded": ask(wanted, client)}, recorded())) == ""


def test_hashes_are_one_answer_a_line_in_order():
    names = [line.split("\t")[0] for line in HASHES.read_text().splitlines()]
    assert names == sorted(set(names))


@pytest.mark.parametrize(("length", "step"), [(SHORT, 1), (SHORT + 1, STEP)])
@pytest.mark.parametrize("number", [0, STEP - 1, STEP, 5 * STEP, SHORT - 1])
def test_the_place_of_a_difference_is_known_without_the_old_text(length: int, step: int, number: int):
    lines = [f"line {each}" for each in range(length)]
    first, last = hashed("\n".join(lines)).place("\n".join([*lines[:number], "other", *lines[number + 1 :]]))
    assert first <= number + 1 <= last
    assert last - first == step - 1


@pytest.mark.parametrize("length", [SHORT - 1, SHORT, SHORT + STEP - 1])
def test_lines_that_are_added_at_the_end_are_behind_the_last(length: int):
    first, last = hashed("\n".join(["same"] * length)).place("\n".join(["same"] * (length + 1)))
    assert first <= length + 1 <= last


def test_json_is_laid_out_in_lines_whatever_the_order_of_its_keys():
    assert list(json_lines({"b": [{"y": 1, "x": [2]}, {"z": None}], "a": "é"})) == [
        "{",
        ' "a": "é"',
        ' "b": [',
        "  {",
        '   "x": [2]',
        '   "y": 1',
        "  }",
        '  {"z": null}',
        " ]",
        "}",
    ]
