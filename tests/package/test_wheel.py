"""The package: what is in it, and that it works where there is no checkout."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen
from zipfile import ZipFile

import pytest

from tests.api.conftest import Service, environment, serving
from tests.checkout import ROOT

pytestmark = pytest.mark.timeout(1800)
NOT_OF_THE_TREE = shutil.ignore_patterns(
    ".git", ".venv", ".cache", ".*_cache", ".hypothesis", "__pycache__", "node_modules", "dist", "data", "artefacts"
)
QUESTION = {"controller": "connectis", "on": "2020-07-16", "country": "US"}
SCRIPT = "assets/stand-in.js"
"""Stands for the page that Vite builds, so that these tests need no Node.js."""


@pytest.fixture(scope="module", autouse=True)
def _alone() -> Iterator[None]:
    """Python finds the package where it is installed, and nowhere else."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTHONPATH", raising=False)
        yield


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout in which the page is not built."""
    return shutil.copytree(ROOT, tmp_path_factory.mktemp("plain") / "tree", ignore=NOT_OF_THE_TREE)


@pytest.fixture(scope="module")
def tree(plain: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout in which the page is built."""
    copy = shutil.copytree(plain, tmp_path_factory.mktemp("built") / "tree")
    page = copy / "web" / "dist"
    (page / "assets").mkdir(parents=True)
    (page / "manifest.json").write_text(json.dumps({"src/main.tsx": {"file": SCRIPT}}))
    (page / SCRIPT).write_text("// The page.\n")
    return copy


@pytest.fixture(scope="module")
def wheel(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of that copy."""
    folder = tmp_path_factory.mktemp("wheel")
    pip(sys.executable, "wheel", "--no-deps", "--wheel-dir", folder, ".", cwd=tree)
    return only(folder, "*.whl")


@pytest.fixture(scope="module")
def command(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The command of a fresh environment, into which that wheel and what it depends on are installed."""
    folder = tmp_path_factory.mktemp("fresh") / "venv"
    run(sys.executable, "-m", "venv", folder, cwd=folder.parent)
    pip(folder / "bin" / "python", "install", "-c", ROOT / "requirements.txt", wheel, cwd=folder.parent)
    yield folder / "bin" / "graphsvc"
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def service(command: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The installed service with the seed data, started in an empty folder."""
    nowhere, data = tmp_path_factory.mktemp("nowhere"), tmp_path_factory.mktemp("service") / "data"
    with serving(data, "--seed", program=[str(command)], folder=nowhere) as running:
        yield running


def run(*words: object, cwd: Path) -> str:
    """Run a command to its end and return what it said; a test fails when it does."""
    done = subprocess.run(
        [str(word) for word in words], cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode:
        pytest.fail(done.stdout)
    return done.stdout


def pip(python: Path | str, *words: object, cwd: Path) -> None:
    """Run pip; without a network a test is skipped (in CI: fails)."""
    try:
        run(python, "-m", "pip", "--disable-pip-version-check", *words, cwd=cwd)
    except pytest.fail.Exception as failure:
        if "NewConnectionError" in str(failure) and not os.environ.get("CI"):
            pytest.skip("packages cannot be had without a network")
        raise


def only(folder: Path, pattern: str) -> Path:
    """The one file of a folder with such a name."""
    (file,) = folder.glob(pattern)
    return file


def files(folder: Path, under: str) -> set[str]:
    """Every file of a folder, named as under another one; what Python compiled is left out."""
    found = (file for file in folder.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    return {f"{under}/{file.relative_to(folder).as_posix()}" for file in found}


def packed(wheel: Path) -> set[str]:
    """The files of a wheel but for those that tell about it."""
    with ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def expected(tree: Path) -> set[str]:
    """All that code imports or reads, without the page."""
    beside = (files(tree / name, f"graphsvc/_data/{name}") for name in ("cypher", "seed_data"))
    return files(tree / "graphsvc", "graphsvc").union(*beside) | {"graphsvc/_data/docs/problems.md"}


def test_a_wheel_holds_every_module_and_all_that_code_reads_and_nothing_else(wheel: Path, tree: Path):
    page = {f"graphsvc/_data/web/dist/{name}" for name in ("manifest.json", SCRIPT)}
    assert packed(wheel) == expected(tree) | page


def test_a_wheel_of_the_source_distribution_is_the_same(wheel: Path, tree: Path, tmp_path: Path):
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", tmp_path, cwd=tree)
    pip(sys.executable, "wheel", "--no-deps", "--wheel-dir", tmp_path, only(tmp_path, "*.tar.gz"), cwd=tmp_path)
    assert only(tmp_path, "*.whl").read_bytes() == wheel.read_bytes()


def test_a_wheel_without_the_page_can_be_built_and_that_is_said(plain: Path, tmp_path: Path):
    said = run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path, cwd=plain)
    assert "web/dist is not built: this wheel shows the plain page" in said
    assert packed(only(tmp_path, "*.whl")) == expected(plain)


def get(service: Service, path: str) -> bytes:
    with urlopen(f"http://127.0.0.1:{service.port}{path}") as response:
        return response.read()


def test_the_installed_service_answers_over_http_and_on_the_command_line(
    service: Service, command: Path, tmp_path: Path
):
    asked = [word for name, value in QUESTION.items() for word in (f"--{name}", value)]
    said = subprocess.run(
        [command, "ask", "transfers", *asked, "--format", "json"],
        **{"env": environment(service.data), "cwd": tmp_path, "capture_output": True, "check": True},
    ).stdout
    answer = json.loads(get(service, "/api/v1/transfers?" + "&".join(f"{n}={v}" for n, v in QUESTION.items())))
    assert json.loads(said)["items"] == answer["items"]
    assert "lapsed" in {line["status"] for line in answer["items"]}


def test_the_installed_service_shows_the_page_a_picture_and_what_problems_mean(service: Service):
    assert f'src="/{SCRIPT}"'.encode() in get(service, "/")
    assert get(service, f"/{SCRIPT}") == b"// The page.\n"
    assert b"<svg" in get(service, "/api/v1/picture.svg?controller=connectis")
    assert b"nearest id" in get(service, "/problems/not-found")


def test_the_installed_service_names_the_extra_that_an_export_needs(service: Service):
    with pytest.raises(HTTPError) as refusal:
        get(service, "/api/v1/exports/dpv?controller=connectis&format=ttl")
    assert "pip install 'graphsvc[exports]'" in json.load(refusal.value)["detail"]
