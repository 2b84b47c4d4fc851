"""What a file is taken for: by what it holds, as what it was sent, by its name."""

from __future__ import annotations

import pytest

from graphsvc.errors import InvalidDocument
from graphsvc.imports.foreign.kinds import Guess, kind_of
from tests.imports.support import file

CSV = "Vendor,Purpose\nNimbus,CDN\n"
TABLE = "| Vendor | Purpose |\n|---|---|\n| Nimbus | CDN |\n"
LIST = "# Vendors\n\n- Nimbus\n"


@pytest.mark.parametrize(
    ("content", "name", "media_type", "expected"),
    [
        ("<!DOCTYPE html><p>x", "", "", "html by content"),
        ("<!DOCTYPE html><p>x", "list.csv", "text/csv", "html by content"),
        ("\ufeff\n <!-- saved from a browser -->\n<HTML>", "page.md", "", "html by content"),
        ('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">', "", "", "html by content"),
        ("<table><tr><th>Vendor", "", "", "html by content"),
        ("<html>".encode("utf-16"), "", "", "html by content"),
        (b"PK\x03\x04", "list.csv", "", "xlsx by content"),
        (CSV, "", "", "csv by content"),
        (CSV, "list.txt", "", "csv by content"),
        (CSV, "list.CSV", "", "csv by name"),
        (CSV, "list.md", "", "markdown by name"),
        (CSV, "list.md", "text/csv", "csv by type"),
        (CSV, "list.md", "text/plain", "markdown by name"),
        ("Vendor\nNimbus\n", "list.csv", "", "csv by name"),
        (TABLE, "", "", "markdown by content"),
        (TABLE, "list.csv", "text/csv", "markdown by content"),
        (LIST, "", "", "markdown by content"),
        ("# made on Monday\n" + CSV, "list.csv", "", "csv by name"),
        ("Our vendors: Nimbus", "page.html", "", "html by name"),
        ("Our vendors: Nimbus", "page", "text/html", "html by type"),
    ],
)
def test_what_is_in_a_file_tells_more_than_how_it_was_sent_and_that_more_than_its_name(
    content: str | bytes, name: str, media_type: str, expected: str
):
    found = kind_of(content.encode() if isinstance(content, str) else content, name, media_type)
    assert f"{found.format} by {found.how}" == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        *((f"csv/{name}.csv", "csv") for name in ("clean", "companies", "cp1252", "dirty", "hostile", "utf16")),
        *((f"markdown/{name}.md", "markdown") for name in ("clean", "dirty", "hostile")),
        *((f"html/{name}.html", "html") for name in ("clean", "dirty", "hostile")),
    ],
)
def test_every_file_of_the_tests_is_what_it_is_without_its_name_too(name: str, expected: str):
    assert kind_of(file(name)).format == kind_of(file(name), name).format == expected


@pytest.mark.parametrize(
    ("content", "given", "words"),
    [
        (b"%PDF-1.7", "", "is a PDF document"),
        (b"\xff\xd8\xff\xe0", "html", "is a picture"),
        (b"\x1f\x8b\x08", "csv", "is packed"),
        (b"From: <Saved by Blink>\nSnapshot-Content-Location: x", "html", "is a web archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xlsx", "is an old Office document"),
        (b"<!doctype html>", "csv", "is html by its content, not csv as was said"),
        (b"PK\x03\x04", "csv", "is xlsx by its content, not csv as was said"),
        (b"Nimbus", "", "looks like none of csv, markdown, html and xlsx"),
        (b"", "", "looks like none of"),
    ],
)
def test_what_no_importer_of_lists_reads_is_refused_in_words(content: bytes, given: str, words: str):
    with pytest.raises(InvalidDocument, match=words):
        kind_of(content, given=given)


def test_what_is_given_counts_where_content_may_be_either():
    assert kind_of(TABLE.encode(), "list.md", "text/markdown", "csv") == Guess("csv", "given")
