"""From rows of cells to a document: a list of sub-processors, or a record of processing activities."""

from __future__ import annotations

from collections.abc import Sequence

from graphsvc.imports.foreign.clean import cannot_read, shown
from graphsvc.imports.foreign.columns import IGNORE, check_given, columns, known_fields
from graphsvc.imports.foreign.days import order_of
from graphsvc.imports.foreign.grid import Row, Table, cleaned, find_table
from graphsvc.imports.foreign.known import Register
from graphsvc.imports.foreign.listing import Listed, Reader, day_of_list
from graphsvc.imports.foreign.record import RecordDocument
from graphsvc.imports.foreign.report import Imported, Notes
from graphsvc.imports.foreign.settings import ImportSettings
from graphsvc.imports.foreign.sub_processors import ListDocument

MOST_ROWS = 200_000


def document_of(
    rows: Sequence[Row], settings: ImportSettings, register: Register, notes: Notes, content: bytes
) -> Imported:
    """The document of a table.

    Raises:
        InvalidDocument: no row looks like headers, the mapping names fields that do not exist, or there are too many
            rows.
    """
    check_given(settings.words, settings.kind)
    if len(rows) > MOST_ROWS:
        raise cannot_read(f"has {len(rows)} rows; {MOST_ROWS} are read at a time, split it", settings.file)
    filled = cleaned(rows, notes)
    table = find_table(filled, settings.words, settings.kind)
    if table is None:
        raise cannot_read(no_headers(filled, settings.kind), settings.file)
    say_columns(table, settings, notes)
    if table.kind == "record":
        order = settings.words.day_order
        date = (
            None if settings.date else day_of_list((row for row in table.above if len(row.filled) <= 2), notes, order)
        )
        body = RecordDocument(table, settings, register, notes).body(content, date)
        return Imported(body, notes.report(body["document"]["id"]))
    listed = list(Reader(table, settings.words, notes, register.countries).rows())
    return list_of(listed, (*table.above, *table.rows), settings, register, notes, content)


def list_of(
    listed: Sequence[Listed],
    around: Sequence[Row],
    settings: ImportSettings,
    register: Register,
    notes: Notes,
    content: bytes,
) -> Imported:
    """The document of what the rows of a list say; `around` are the rows that may give its day."""
    order = settings.words.day_order or order_of(cell for row in around for cell in row.cells)
    date = None if settings.date else day_of_list((row for row in around if len(row.filled) <= 2), notes, order)
    document = ListDocument(settings, register, notes, content)
    body = document.body(listed, date)
    return Imported(body, notes.report(body["document"]["id"]), document.service)


def no_headers(rows: Sequence[Row], kind: str) -> str:
    """What to say where no headers were found: what stands at the top, and how to say which column is which."""
    first = " | ".join(shown(cell) for cell in rows[0].cells) if rows else ""
    seen = f"the first row is: {shown(first)}" if first else "the file holds no rows"
    return f"no row looks like headers of a list ({seen}). Name the columns in a mapping; fields: " + ", ".join(
        known_fields(kind)
    )


def say_columns(table: Table, settings: ImportSettings, notes: Notes) -> None:
    """Put into the report what each column was taken for, and which ones are not used."""
    notes.columns = columns(table.headers, table.kind, settings.words)
    for column in notes.columns:
        filled = sum(1 for row in table.rows if column.place <= len(row.cells) and row.cells[column.place - 1].strip())
        name = f"column {column.place} ({shown(column.header)})" if column.header else f"column {column.place}"
        if column.field == IGNORE:
            notes.left_out(name, f"ignored, as the mapping says; {filled} cells")
        elif column.field == "url" and filled:
            notes.left_out(
                name, f"addresses of websites only tell whose names these are, by their domains; {filled} cells"
            )
        elif not column.field and filled:
            notes.not_understood(name, f"not used; {filled} cells hold something")
        elif column.confidence < 0.75 and not column.given and filled:
            notes.guessed(name, f"taken for {column.field}")
    for row in table.above:
        notes.left_out(row.place, "stands above the headers; not imported", " | ".join(filter(None, row.cells)))
