"""How measurements are told: tables that read well in a terminal and in a README, and what is going on meanwhile."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console

progress = Console(stderr=True, highlight=False)


def say(engine: str, size: int, what: str) -> None:
    """Say what is being measured."""
    progress.print(f"{engine}, {size:,} flows: {what}")


def markdown(title: str, rows: Iterable[tuple[str, ...]]) -> str:
    """A table in Markdown; the first row is its head."""
    head, *below = rows
    widths = [max(map(len, column)) for column in zip(head, *below, strict=True)]
    lines = [head, tuple("-" * width for width in widths), *below]
    return f"\n{title}\n\n" + "".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |\n" for row in lines
    )


def time_of(seconds: float) -> str:
    """Seconds as people read them."""
    return f"{seconds * 1000:,.0f} ms" if seconds < 10 else f"{seconds:,.0f} s"
