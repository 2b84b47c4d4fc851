"""What graphsvc depends on: pyproject.toml says what fits, requirements*.txt pin it, the code imports no more."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions, requires

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.checkout import ROOT

DECLARED = tomllib.loads((ROOT / "pyproject.toml").read_text())
PROJECT = DECLARED["project"]
EXTRAS = PROJECT["optional-dependencies"]


def by_name(lines: list[str]) -> dict[str, Requirement]:
    requirements = map(Requirement, lines)
    return {canonicalize_name(each.name): each for each in requirements if each.name != PROJECT["name"]}


def pinned(file: str) -> dict[str, str]:
    lines = re.findall(r"^([\w-]+)==(\S+)$", (ROOT / file).read_text(), re.MULTILINE)
    return {canonicalize_name(name): version for name, version in lines}


@pytest.mark.parametrize(
    ("file", "declared"),
    [
        ("requirements.txt", PROJECT["dependencies"]),
        ("requirements-exports.txt", EXTRAS["exports"]),
        ("requirements-dev.txt", EXTRAS["dev"]),
    ],
    ids=["runtime", "exports", "dev"],
)
def test_what_is_declared_is_pinned_at_a_version_that_fits_and_the_other_way_round(file: str, declared: list[str]):
    fitting, pins = by_name(declared), pinned(file)
    assert fitting.keys() == pins.keys()
    unfit = {name for name, pin in pins.items() if not fitting[name].specifier.contains(pin, prereleases=True)}
    assert unfit == set()


def test_a_package_is_built_with_the_backend_that_the_tests_build_with():
    assert DECLARED["build-system"]["requires"] == [f"hatchling=={pinned('requirements-dev.txt')['hatchling']}"]


def imported() -> Iterator[str]:
    """Top-level names of the libraries that the code imports."""
    for file in (ROOT / "graphsvc").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Import):
                yield from (alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node.module.partition(".")[0]


def test_what_the_code_imports_is_declared_or_needed_by_what_is():
    declared = by_name(PROJECT["dependencies"] + EXTRAS["exports"]).keys()
    needed = {canonicalize_name(Requirement(line).name) for name in declared for line in requires(name) or ()}
    homes = packages_distributions()
    libraries = set(imported()) - sys.stdlib_module_names - {PROJECT["name"]}
    assert {name for name in libraries if canonicalize_name(homes[name][0]) not in declared | needed} == set()
