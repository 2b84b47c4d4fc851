"""The frame of exports: a library that is not there is named, with the command that installs it."""

from __future__ import annotations

import pytest

from graphsvc.errors import ExportNeeds, InvalidQuestion
from graphsvc.exports.kinds import OURS, Export, Format
from graphsvc.exports.registry import EXPORTS
from tests.checkout import ROOT


def nothing(*_: object) -> bytes:
    return b""


MADE_UP = Export("made-up", "Made up.", {"json": Format(nothing), "pdf": Format(nothing, ("no_such_library",))})


def test_a_library_that_is_not_installed_is_named_with_the_command_that_installs_it():
    with pytest.raises(ExportNeeds, match=r"no_such_library.*pip install 'graphsvc\[exports\]'"):
        MADE_UP.check("pdf", True)
    MADE_UP.check("json", True)


@pytest.mark.parametrize(("word", "about_one"), [("csv", True), ("json", False)])
def test_what_it_cannot_be_is_refused(word: str, about_one: bool):
    with pytest.raises(InvalidQuestion):
        MADE_UP.check(word, about_one)


def test_every_format_has_a_media_type_of_its_own_and_its_libraries_are_in_the_file():
    assert len({*OURS.values()}) == len(OURS)
    pinned = (ROOT / "requirements-exports.txt").read_text().lower().replace("-", "_")
    named = {"docx": "python_docx", "fpdf": "fpdf2"}
    for export in EXPORTS.values():
        for found in export.formats.values():
            assert all(named.get(module, module) in pinned for module in found.needs)
            assert not found.missing()
