"""`python -m tests.deep [PART ...]`: runs parts one after the other, all of them when none is named.

What each came to is printed, and written into bench/deep.md with the day and the commit.
"""

from __future__ import annotations

import datetime
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tests.checkout import ROOT
from tests.deep.parts import PARTS, Part

PAGE = ROOT / "bench" / "deep.md"
COLUMNS = ("part", "day", "commit", "minutes", "outcome", "figures")
HEAD = f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}\n"
PATIENCE = 60
"""Seconds that what a part has started gets to end by itself when its time is over."""


@dataclass(frozen=True)
class Ran:
    """What a part came to."""

    minutes: float
    outcome: str
    figures: dict[str, object]


def run(part: Part) -> Ran:
    """Run the tests of a part within its time."""
    seed = random.SystemRandom().randrange(2**32)
    with tempfile.TemporaryDirectory(prefix="graphsvc-deep-") as name:
        figures, report = Path(name) / "figures.json", Path(name) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-rs", f"--hypothesis-seed={seed}", f"--junitxml={report}"]
        command += [f"--timeout={part.minutes * 60}", *part.arguments]
        began = time.monotonic()
        # A session of its own, so that its end is the end of all that it has started.
        with subprocess.Popen(
            command, cwd=ROOT, env=os.environ | {"DEEP_FIGURES": str(figures)}, start_new_session=True
        ) as process:
            in_time = _ends_within(process, part.minutes * 60)
        counted, outcome = _counted(report)
        if not in_time:
            outcome = f"not done in {part.minutes} minutes"
        elif process.returncode and outcome == "passed":
            outcome = f"exit code {process.returncode}"
        told = json.loads(figures.read_text()) if figures.exists() else {}
        if "hypothesis" in part.arguments:
            told["seed"] = seed
        return Ran((time.monotonic() - began) / 60, outcome, counted | told)


def _ends_within(process: subprocess.Popen[bytes], seconds: float) -> bool:
    try:
        process.wait(seconds)
        return True
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
    return False


def _counted(report: Path) -> tuple[dict[str, object], str]:
    """How many tests there were, and what they came to."""
    if not report.exists():
        return {}, "no report"
    [suite] = ElementTree.parse(report).getroot().iter("testsuite")
    tests, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
    failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
    missing = {str(each.get("message")) for each in suite.iter("skipped")}
    counted: dict[str, object] = {"tests": tests - skipped}
    if missing:
        counted["left out"] = "; ".join(sorted(missing))
    return counted, f"{failed} failed" if failed else "passed" if tests > skipped else "nothing run"


def commit() -> str:
    """The commit that is measured, with a mark when files differ from it."""
    said = [_git("rev-parse", "--short", "HEAD"), _git("status", "--porcelain", "--", ".", ":!bench/deep.md")]
    return said[0] + (" and changes" if said[1] else "") if said[0] else "unknown"


def _git(*words: str) -> str:
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()


def row(name: str, ran: Ran) -> str:
    """A line of the table."""
    figures = ", ".join(f"{word}: {value}" for word, value in ran.figures.items()).replace("|", "/")
    day = datetime.datetime.now(datetime.UTC).date().isoformat()
    return f"| {' | '.join((name, day, commit(), f'{ran.minutes:.1f}', ran.outcome, figures))} |"


def recorded(page: str, name: str, line: str) -> str:
    """The page with another line about a part, in the order of the parts."""
    before, table = page.split(HEAD)
    lines = {each.split("|")[1].strip(): each for each in table.splitlines() if each.startswith("|")} | {name: line}
    return before + HEAD + "".join(lines[each] + "\n" for each in PARTS if each in lines)


def main(names: list[str]) -> int:
    """Run parts; 1 when one did not pass, 2 when there is no such part."""
    if unknown := [name for name in names if name not in PARTS]:
        sys.stderr.write(f"no such part: {', '.join(unknown)}; there are {', '.join(PARTS)}\n")
        return 2
    status = 0
    for name in names or PARTS:
        sys.stdout.write(f"\n{name}: {PARTS[name].says} (at most {PARTS[name].minutes} minutes)\n")
        sys.stdout.flush()
        ran = run(PARTS[name])
        line = row(name, ran)
        sys.stdout.write(f"{line}\n")
        PAGE.write_text(recorded(PAGE.read_text(encoding="utf-8"), name, line), encoding="utf-8")
        status = status if ran.outcome == "passed" else 1
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
