"""`graphsvc export` writes a file, never over another one unless told to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import run

ON = "2026-11-24"


@pytest.fixture(scope="module")
def seeded(shared: Path) -> Path:
    """A folder with the seed data."""
    assert run(shared, "seed").returncode == 0
    return shared


def test_an_export_is_written_to_a_file_in_the_form_that_its_name_asks_for(seeded: Path, tmp_path: Path):
    file = tmp_path / "flows.png"
    words = ("export", "picture", "--controller", "perfony", "--on", ON, "--output", file)
    assert run(seeded, *words).returncode == 0
    assert file.read_bytes().startswith(b"\x89PNG")
    file.write_bytes(b"mine")
    refused = run(seeded, *words)
    assert refused.returncode == 2
    assert "--force" in refused.stderr
    assert file.read_bytes() == b"mine"
    assert run(seeded, *words, "--force").returncode == 0
    assert file.read_bytes().startswith(b"\x89PNG")


def test_an_export_goes_to_standard_output_without_a_file(seeded: Path):
    found = run(seeded, "export", "picture", "--controller", "perfony", "--on", ON, "--output", "-", "--lang", "nl")
    assert found.returncode == 0
    assert "Registerrevisie" in found.stdout


def test_a_form_that_an_export_does_not_have_is_refused(seeded: Path):
    refused = run(seeded, "export", "picture", "--controller", "perfony", "--format", "csv")
    assert refused.returncode == 1
    assert "svg, png, pdf" in refused.stderr
