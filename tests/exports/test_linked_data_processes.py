"""Linked data in processes of their own: the same bytes wherever it is made, and a service that starts without it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from graphsvc.exports.kinds import Format
from graphsvc.exports.registry import EXPORTS
from tests.checkout import ROOT
from tests.unit.test_dpv_export import FORMS, everybody, written


@pytest.mark.parametrize("word", FORMS)
def test_the_bytes_are_the_same_in_another_process_and_language(word: str):
    script = (
        "import sys; from tests.unit.test_dpv_export import everybody, written; "
        f"sys.stdout.buffer.write(written(everybody(), {word!r}, 'nl'))"
    )
    for seed_of_hashes in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed_of_hashes}
        done = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, check=True, cwd=ROOT, env=environment
        )
        assert done.stdout == written(everybody(), word)


def test_it_says_what_is_missing_where_rdflib_is_not_installed():
    assert EXPORTS["dpv"].formats["ttl"].needs == ("rdflib",)
    assert Format(lambda *_: b"", needs=("rdflib", "no_such_library")).missing() == ["no_such_library"]
    script = (
        "import sys; sys.modules['rdflib'] = None; from graphsvc import create_app; "
        "from graphsvc.settings import Settings; create_app(Settings(), None); print('started')"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "started"
