"""What is documented exists, and what exists is documented."""

from __future__ import annotations

import ast
import re
from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from graphsvc.api.problems import HTTP_SLUGS, explained
from graphsvc.errors import GraphsvcError
from graphsvc.graph.queries import queries
from graphsvc.graph.store import Store
from graphsvc.imports.changes import KINDS
from graphsvc.imports.documents import read_document
from graphsvc.imports.schemas import SECTIONS, DocumentSchema
from graphsvc.imports.what_if import read_what_if
from graphsvc.service import load_seed
from graphsvc.settings import Settings
from tests.api.builders import counts, load
from tests.checkout import ROOT
from tests.engines.support import Engine, empty

DOCS = ROOT / "docs"
FOLDERS = (ROOT, *(ROOT / name for name in ("cypher", "bench", "tests")))
PAGES = sorted([*DOCS.rglob("*.md"), *(page for folder in FOLDERS for page in folder.glob("*.md"))])


def kinds(root: type[GraphsvcError] = GraphsvcError) -> set[type[GraphsvcError]]:
    return {root}.union(*(kinds(below) for below in root.__subclasses__()))


def test_every_type_of_problem_is_explained_and_the_other_way_round():
    assert {kind.slug for kind in kinds()} | set(HTTP_SLUGS.values()) == explained().keys()


def test_a_problem_has_one_title_wherever_it_is_told():
    ours = {kind.slug: kind.title for kind in kinds()}
    assert ours == {slug: title for slug, (title, _) in explained().items() if slug in ours}


def test_every_setting_is_explained_and_the_other_way_round():
    page = (DOCS / "settings.md").read_text()
    told = set(re.findall(r"GRAPHSVC_(?!TEST_|REQUIRE_)[A-Z_]+", page))
    assert told == {f"GRAPHSVC_{field.name.upper()}" for field in fields(Settings)}


def test_every_key_of_the_format_is_explained():
    page = (DOCS / "document-format.md").read_text()
    words = set(re.findall(r"[a-z_]+", page))
    for section in SECTIONS:
        assert f"`{section}`" in page
        schema = DocumentSchema().fields[section].inner.schema
        assert schema.fields.keys() <= words, section


# The queries


def literals() -> set[str]:
    """Every text in the code, with a star for what is filled in."""
    found = set()
    for file in (ROOT / "graphsvc").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                found.add("".join(part.value if isinstance(part, ast.Constant) else "*" for part in node.values))
    return found


def called() -> set[str]:
    """First words of the queries that the code names."""
    names = {name.split()[0] for name in queries()}
    found = {text.split()[0] for text in literals() if text and text.split()}
    return names & found


def test_every_query_that_exists_is_used():
    names = {name.split()[0] for name in queries()}
    assert names - called() == set()


def test_every_query_that_is_named_exists():
    heads = {name.split()[0] for name in queries()}
    tree = [ast.parse(file.read_text()) for file in (ROOT / "graphsvc").rglob("*.py")]
    takers = {"rows", "rows_by_id", "_each", "_bodies", "_by_ids", "_flows", "_run", "text"}
    for node in (node for one in tree for node in ast.walk(one) if isinstance(node, ast.Call)):
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name not in takers:
            continue
        for argument in node.args[:2]:
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                assert argument.value in queries(), argument.value
            elif isinstance(argument, ast.JoinedStr) and isinstance(argument.values[0], ast.Constant):
                assert argument.values[0].value.split()[0] in heads, ast.unparse(argument)


# The example


def test_the_example_of_the_format_loads_with_the_seed_vocabulary(embedded: Engine):
    page = (DOCS / "document-format.md").read_text()
    [example] = re.findall(r"```yaml\n(document:.*?)```", page, re.DOTALL)
    assert read_document(example.encode(), 10_000_000).faults == ()
    empty(embedded.bolt)
    store = Store(embedded.bolt)
    store.prepare()
    load_seed(store, Settings())
    outcome = load(embedded.bolt, example)
    assert counts(outcome)["added"] == sum(len(v) for k, v in yaml.safe_load(example).items() if k != "document")


# What-ifs


def test_every_kind_of_change_is_explained_with_an_example_that_can_be_read():
    page = (DOCS / "what-if.md").read_text()
    rows = re.findall(r"^\| (`[a-z_`, ]+`) \|", page, re.MULTILINE)
    assert {kind for row in rows for kind in re.findall(r"[a-z_]+", row)} >= KINDS.keys()
    whole, examples = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    for example in (whole, examples):
        assert read_what_if(example.encode(), 10_000).faults == ()
    assert {body["kind"] for body in yaml.safe_load(examples)["changes"]} == KINDS.keys()


# Links


def anchors(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path):
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text()):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), f"{page.name}: {target}"
        if anchor and file.suffix == ".md":
            assert anchor in anchors(file), f"{page.name}: {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_files_that_are_named_exist(page: Path):
    for name in re.findall(r"`((?:docs|graphsvc|cypher|seed_data|tests|bench)/[\w./-]+)`", page.read_text()):
        assert list(ROOT.glob(f"{name.rstrip('/')}*")), f"{page.name}: {name}"
