"""Jars that tests need, from Maven Central: each by its version, and no download page is needed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

FETCH_WITHIN = 900
"""Seconds."""
Artifact = tuple[str, str, str]
"""Group, name and version."""

POM = """<project><modelVersion>4.0.0</modelVersion><groupId>x</groupId><artifactId>x</artifactId><version>1</version>
<dependencies>{dependencies}</dependencies></project>
"""
DEPENDENCY = "<dependency><groupId>{}</groupId><artifactId>{}</artifactId><version>{}</version>{}</dependency>"
ALONE = "<exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions>"


class CannotFetch(Exception):
    """Why jars cannot be had here, and how to get them, in one line."""


def library(home: Path, artifacts: Iterable[Artifact], alone: bool = False) -> Path:
    """The folder with the jars of artifacts, fetched if they are not there yet.

    Args:
        home: Where they are kept.
        artifacts: What is wanted.
        alone: Without what these depend on.

    Raises:
        CannotFetch: there is no Maven, or it cannot fetch them.
    """
    # Only a fetch that came to its end leaves this file behind; a folder of jars alone may be half of one.
    complete = home / "complete"
    if not complete.exists():
        home.mkdir(parents=True, exist_ok=True)
        _fetch(home, artifacts, ALONE if alone else "")
        complete.touch()
    return home / "lib"


def _fetch(home: Path, artifacts: Iterable[Artifact], without: str) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise CannotFetch(f"{home.name} is fetched with Maven, which is not here: apt-get install maven")
    dependencies = "".join(DEPENDENCY.format(*artifact, without) for artifact in artifacts)
    (home / "pom.xml").write_text(POM.format(dependencies=dependencies))
    part = Path(tempfile.mkdtemp(prefix="lib.part-", dir=home))
    try:
        command = [maven, "-B", "-q", "dependency:copy-dependencies", f"-DoutputDirectory={part}"]
        done = subprocess.run(
            [*command, "-DincludeScope=runtime"],
            cwd=home,
            capture_output=True,
            text=True,
            timeout=FETCH_WITHIN,
            check=False,
        )
        if done.returncode:
            reason = next(iter((done.stdout + done.stderr).splitlines()), "no reason given")
            raise CannotFetch(f"Maven cannot fetch {home.name} from Maven Central: {reason}")
        shutil.rmtree(home / "lib", ignore_errors=True)
        part.rename(home / "lib")
    finally:
        shutil.rmtree(part, ignore_errors=True)
