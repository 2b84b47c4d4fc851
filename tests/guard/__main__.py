"""`python -m tests.guard`: whether every answer about the frozen seed data is what it was, on both engines."""

from __future__ import annotations

import argparse
import signal
import sys
import time

from tests.engines.neo4j_server import CannotHaveNeo4j
from tests.guard.asking import Answered, ask_engine
from tests.guard.hashes import HASHES, record, recorded
from tests.guard.register import ENGINES
from tests.guard.report import differences, gone, told

MOST_SHOWN = 50


def main() -> int:
    """Compare or write down; 1 when something is different."""
    options = _options()
    # A process that is ended so takes those that it has started along.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    engines = ENGINES if options.engine == "both" else (options.engine,)
    try:
        answers = {engine: _asked(engine, options) for engine in engines}
    except CannotHaveNeo4j as reason:
        sys.stdout.write(f"{reason}; or choose --engine embedded\n")
        return 1
    if options.write:
        return _say(_written(answers, options.only))
    before = {name: each for name, each in recorded().items() if options.only in name}
    asked = {each.name for each in answers[engines[0]]}
    return _say([*differences(answers, before), *gone(asked, before)])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.guard", description=__doc__)
    parser.add_argument("--write", action="store_true", help="record the hashes anew")
    parser.add_argument("--engine", choices=[*ENGINES, "both"], default="both")
    parser.add_argument("--only", default="", metavar="WORD", help="only answers whose name holds the word")
    parser.add_argument("--processes", type=int, default=2, help="how many ask at once")
    return parser.parse_args()


def _asked(engine: str, options: argparse.Namespace) -> list[Answered]:
    start = time.monotonic()
    found = list(ask_engine(engine, options.only, options.processes))
    sys.stdout.write(f"{engine}: {len(found)} answers in {time.monotonic() - start:.0f} s\n")
    sys.stdout.flush()
    return found


def _written(answers: dict[str, list[Answered]], only: str) -> list[str]:
    """Write the hashes down, unless something is wrong; what that is."""
    first, *others = answers
    found = {each.name: each.hashes for each in answers[first]}
    wrong = list(differences({f"{engine}, not {first}": answers[engine] for engine in others}, found))
    wrong += [f"{told(each.name)}: is answered with a problem" for each in answers[first] if not each.is_answer]
    if not wrong:
        left = {name: each for name, each in recorded().items() if only not in name}
        record(left | found)
        sys.stdout.write(f"{HASHES}: {len(found)} answers recorded\n")
    return wrong


def _say(wrong: list[str]) -> int:
    for text in wrong[:MOST_SHOWN]:
        sys.stdout.write(f"{text}\n")
    if len(wrong) > MOST_SHOWN:
        sys.stdout.write(f"and {len(wrong) - MOST_SHOWN} more\n")
    sys.stdout.write(f"{len(wrong)} differences\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
