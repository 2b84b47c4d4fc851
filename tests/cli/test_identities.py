"""Who is who on the command line: proposals after a load, the list, merging and taking it back."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.builders import document, party
from tests.api.conftest import Service, serving
from tests.cli.conftest import run


@pytest.fixture(scope="module")
def running(shared: Path) -> Iterator[Service]:
    """A service, so that each command has an engine at once."""
    with serving(shared) as service:
        yield service


def test_merging_and_taking_it_back(running: Service, tmp_path: Path):
    data = running.data
    file = tmp_path / "people.json"
    file.write_text(
        json.dumps(document("people", parties=[party("post", name="Post B.V."), party("post-nl", name="POST")]))
    )
    loaded = run(data, "load", file)
    assert "May be one (1)" in loaded.stdout
    assert "medium  post (Post B.V.), post-nl (POST)" in loaded.stdout
    listed = run(data, "identities", "--format", "json")
    assert json.loads(listed.stdout)["by_kind"] == {"proposal": 1, "same": 0, "different": 0}
    merged = run(data, "merge", "post", "post-nl", "--reason", "Same number")
    assert merged.returncode == 0, merged.stderr
    assert "document decision.post.post-nl" in merged.stdout
    [row] = csv.DictReader(io.StringIO(run(data, "identities", "--format", "csv").stdout))
    assert (row["kind"], row["stays"], row["reasons"]) == ("same", "post", "Same number")
    shown = run(data, "identities").stdout
    assert "Who is who" in shown and "Nothing to decide on." in shown
    assert "1 identities" in run(data, "unmerge", "post-nl", "post").stdout
    apart = run(data, "merge", "post", "post-nl", "--different", "--reason", "Two companies")
    assert apart.returncode == 0
    assert "1 to decide on" not in run(data, "identities").stdout


def test_what_cannot_be_merged_is_one_line(running: Service):
    refused = run(running.data, "merge", "nobody", "else", "--reason", "x")
    assert refused.returncode == 1
    assert "error: there is no party 'nobody' in the register" in refused.stderr
    assert run(running.data, "merge", "a", "b").returncode == 2
