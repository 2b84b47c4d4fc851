"""The parts of `make deep`: each has tests, a bound and a place on the page of figures."""

from __future__ import annotations

from tests.checkout import ROOT
from tests.deep.__main__ import HEAD, Ran, recorded, row
from tests.deep.parts import PARTS

PAGE = ROOT / "bench" / "deep.md"


def test_every_file_of_tests_belongs_to_a_part_and_every_part_has_tests():
    named = {word for part in PARTS.values() for word in part.arguments if word.startswith("tests")}
    assert {ROOT / word for word in named} == {*(ROOT / "tests" / "deep").glob("test_*.py"), ROOT / "tests"}


def test_the_page_has_figures_of_parts_that_there_are():
    told = [line.split("|")[1].strip() for line in PAGE.read_text().partition(HEAD)[2].splitlines()]
    assert told == [name for name in PARTS if name in told]


def test_a_part_that_is_run_again_takes_the_place_of_what_it_came_to_before():
    page = "Above.\n\n" + HEAD
    lines = {name: row(name, Ran(1.25, "passed", {"tests": 3, "a | b": "c"})) for name in ("soak", "kills")}
    page = recorded(recorded(page, "soak", lines["soak"]), "kills", lines["kills"])
    assert page.splitlines()[-2:] == [lines["kills"], lines["soak"]]
    assert "tests: 3, a / b: c" in lines["soak"]
    again = row("kills", Ran(2, "1 failed", {}))
    assert recorded(page, "kills", again).splitlines()[-2:] == [again, lines["soak"]]
