"""Office files: valid by the schemas of ECMA-376, and as high as what stands in their rows."""

from __future__ import annotations

import io
from pathlib import Path
from zipfile import ZipFile

from openpyxl import load_workbook

from graphsvc.exports.registry import EXPORTS
from graphsvc.exports.workbook import Sheet, workbook
from graphsvc.questions.handover import Handover
from graphsvc.translation import LANGUAGES
from tests.exports.outside import office_parts, wanted
from tests.unit.test_dpia_export import handover as assessed
from tests.unit.test_record_exports import agency, shop

FILES = (("art30-1", "xlsx"), ("art30-2", "xlsx"), ("transfers", "xlsx"), ("dpia", "docx"))


def found(kind: str) -> Handover:
    if kind == "dpia":
        return assessed(["patient health-record"])
    return agency() if kind == "art30-2" else shop()


def files(folder: Path) -> list[Path]:
    made = []
    for kind, word in FILES:
        for language in LANGUAGES:
            made.append(folder / f"{kind}-{language}.{word}")
            made[-1].write_bytes(EXPORTS[kind].formats[word].write(found(kind), language))
    return made


def spoilt(path: Path) -> Path:
    """A copy of a workbook with a fault in its sheets."""
    copy = path.with_name("spoilt.xlsx")
    with ZipFile(path) as before, ZipFile(copy, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(b"<sheetData>", b"<sheetData colour='red'>"))
    return copy


def test_office_files_are_valid_by_the_schemas_of_their_standard(tmp_path: Path):
    made = files(tmp_path)
    told = wanted(lambda: office_parts(*made, spoilt(made[0])))
    kinds = {kind for _, _, kind in told}
    assert kinds >= {"workbook", "worksheet", "styleSheet", "document", "styles", "numbering", "settings"}
    faults = [line for line in told if line[2].startswith("fault")]
    assert {file for file, *_ in faults} == {"spoilt.xlsx"}
    assert all("colour" in fault for *_, fault in faults)
    assert {file for file, *_ in told} == {path.name for path in made} | {"spoilt.xlsx"}


def heights(*rows: list[str]) -> list[float | None]:
    page = load_workbook(io.BytesIO(workbook([Sheet("One", ["head"], rows)], "title", "2026-11-24"))).active
    return [page.row_dimensions[row].height for row in range(2, len(rows) + 2)]


def test_a_row_is_as_high_as_the_lines_of_its_highest_cell():
    assert heights(["one line"], ["a\nb\nc"], ["a\n" * 200]) == [None, 3 * 15, 409]
    [wide] = heights(["word " * 30])
    assert 3 * 15 <= wide <= 5 * 15


def test_a_column_with_long_texts_is_broader_so_that_its_rows_need_not_be_so_high():
    def width(text: str) -> float:
        page = load_workbook(io.BytesIO(workbook([Sheet("One", ["head"], [[text]])], "title", "2026-11-24"))).active
        return page.column_dimensions["A"].width

    assert [width(text) for text in ("word", "word " * 20, "word\n" * 50, "word " * 100)] == [10, 60, 10, 120]
