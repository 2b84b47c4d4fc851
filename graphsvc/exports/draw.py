"""Draws graphviz texts in a process of their own: the engine is not made for threads, and may take too long."""

from __future__ import annotations

import re
import subprocess
import sys

from graphsvc.errors import PictureTooLarge

LONGEST = 20
"""Seconds after which drawing is given up."""
_WHEN = re.compile(rb"(/CreationDate \(D:)\d{14}")
"""A PDF says when it was made: no two would be the same. As long as before, so that its table of places holds."""


def draw(text: str, form: str) -> bytes:
    """A graphviz text as a picture; the same text gives the same bytes.

    Args:
        text: What to draw.
        form: `svg`, `png` or `pdf`.

    Raises:
        PictureTooLarge: drawing it takes too long.
    """
    try:
        done = subprocess.run(
            # -P: what lies in the folder that the service was started in is no module of ours.
            [sys.executable, "-P", "-m", "graphsvc.exports.draw", form],
            input=text.encode(),
            capture_output=True,
            timeout=LONGEST,
            check=True,
        )
    except subprocess.TimeoutExpired:
        raise PictureTooLarge(f"drawing this picture takes more than {LONGEST} seconds: ask for fewer levels") from None
    return _WHEN.sub(rb"\g<1>19700101000000", done.stdout) if form == "pdf" else done.stdout


def _draw_here(form: str) -> None:
    from pygraphviz import AGraph

    graph = AGraph(string=sys.stdin.buffer.read().decode())
    sys.stdout.buffer.write(graph.draw(format=form, prog="dot"))


if __name__ == "__main__":
    _draw_here(sys.argv[1])
