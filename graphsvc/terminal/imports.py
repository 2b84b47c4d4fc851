"""What an import did or would do, as a person reads it: counts, what changes, what was not understood, and names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from graphsvc.imports.foreign.report import Kind, Report
from graphsvc.intake import Change, Taken
from graphsvc.terminal.identities import proposal_lines

MOST_LINES = 40
TITLES = {
    Kind.NOT_UNDERSTOOD: "Not understood",
    Kind.GUESSED: "Guessed: check these",
    Kind.LEFT_OUT: "Left out",
    Kind.NOTED: "To know",
}


def import_lines(taken: Taken) -> Iterator[str]:
    """The lines of the answer; long lists are cut, which a line says."""
    would = "would be " if taken.dry_run else ""
    for what, counts in taken.outcome.counts.items():
        parts = ", ".join(f"{number} {section.replace('_', ' ')}" for section, number in counts.items())
        yield f"{would}{what:8} {taken.outcome.total(what):6}" + (f"  ({parts})" if parts else "")
    yield from proposal_lines(taken.outcome)
    yield from _cut("Changes", [_change(change) for change in taken.changes if change.section != "sources"])
    for report in taken.reports:
        yield from _report(report)
    if taken.dry_run:
        yield ""
        yield "Nothing was written: leave --dry-run out to import."


def _change(change: Change) -> str:
    keys = [key for key in (*change.before, *change.after) if key != "evidence"]
    differs = f": {', '.join(dict.fromkeys(keys))}" if change.what == "changed" and keys else ""
    what = change.name if change.section == "flows" else f"{change.id} ({change.name})"
    known = ", which other documents name too" if change.elsewhere else ""
    return f"{change.what:8} {change.section:10} {what}{known}{differs}"


def _report(report: Report) -> Iterator[str]:
    yield ""
    read = f"{report.rows_imported} of {report.rows_read} rows imported, read as {report.encoding}"
    yield f"{report.file or report.format}: document {report.document}; {read}"
    used = [f"{column.header or column.place} = {column.field or '(not used)'}" for column in report.columns]
    yield from _cut("Columns", used)
    for kind, title in TITLES.items():
        yield from _cut(title, [_line(r.place, r.text, r.written) for r in report.of(kind)])
    yield from _cut(
        "Names taken for a party of the register",
        [
            _line(n.place, f"{n.written} is {n.party} ({n.name}), by its {n.how}")
            for n in report.names
            if n.how != "new"
        ],
    )
    yield from _cut(
        "New names that are near a party of the register; nothing was merged, a mapping can say so",
        [_line(s.place, f"{s.written}: perhaps {s.party} ({s.name}, {s.score} of 100)") for s in report.suggestions],
    )


def _line(place: str, text: str, written: str = "") -> str:
    return f"{place + ': ' if place else ''}{text}" + (f" [{written}]" if written else "")


def _cut(title: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield f"{title} ({len(lines)})"
        yield from _indented(islice(lines, MOST_LINES))
        if len(lines) > MOST_LINES:
            yield f"  and {len(lines) - MOST_LINES} more (--format json shows all)"


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)
