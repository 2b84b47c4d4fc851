"""Documents that are handed over, as somebody sees them: opened by LibreOffice, each page drawn and looked at."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from graphsvc.exports.registry import EXPORTS
from graphsvc.translation import LANGUAGES
from tests.checkout import ROOT
from tests.deep.conftest import Figures
from tests.unit.test_dpv_export import CONTROLLERS, of_seed
from tests.waiting import LONG

FOLDER = ROOT / "artefacts" / "pages"
"""Where the pictures are kept that a person may look at."""
OFFICE = ("docx", "xlsx")
MADE = [(kind, word) for kind in EXPORTS for word in EXPORTS[kind].formats if word in (*OFFICE, "pdf")]
DOTS = 50 / 72


def as_pdf(file: Path) -> Path:
    """What LibreOffice prints of a file."""
    if file.suffix == ".pdf":
        return file
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("there is no LibreOffice here: apt-get install libreoffice-writer-nogui libreoffice-calc-nogui")
    own = f"-env:UserInstallation={(file.parent / 'profile').as_uri()}"
    command = [program, own, "--headless", "--convert-to", "pdf", "--outdir", str(file.parent / "printed"), str(file)]
    subprocess.run(command, capture_output=True, check=True, timeout=LONG)
    return file.parent / "printed" / f"{file.stem}.pdf"


def drawn(file: Path, name: str) -> int:
    """Draw every page; how many there are. None of them may be empty."""
    with PdfDocument(file) as document:
        for number, page in enumerate(document, 1):
            picture = page.render(scale=DOTS).to_pil().convert("L")
            darkest, lightest = picture.getextrema()
            assert darkest < 128 < lightest, f"{name}: page {number} is empty"
            picture.save(FOLDER / f"{name}-{number:02}.png")
        return len(document)


@pytest.mark.parametrize("controller", CONTROLLERS)
@pytest.mark.parametrize(("kind", "word"), MADE)
def test_every_page_has_something_on_it(kind: str, word: str, controller: str, tmp_path: Path, figures: Figures):
    FOLDER.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        file = tmp_path / f"{kind}-{controller}-{language}.{word}"
        file.write_bytes(EXPORTS[kind].formats[word].write(of_seed(controller), language))
        pages = drawn(as_pdf(file), f"{file.stem}-{word}")
        assert pages
        figures[f"pages of {kind} ({word})"] = int(str(figures.get(f"pages of {kind} ({word})", 0))) + pages
