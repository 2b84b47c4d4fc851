"""What tests of importers share: reading a file, what the register knows, and checks that hold for every import."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from graphsvc.imports.documents import read_document
from graphsvc.imports.foreign.importers import IMPORTERS
from graphsvc.imports.foreign.known import Register, Stated
from graphsvc.imports.foreign.report import Imported, Kind
from graphsvc.imports.foreign.settings import ImportSettings, WordMap
from graphsvc.imports.foreign.words import plain
from graphsvc.imports.references import duplicates

FILES = Path(__file__).parent / "files"
LIMIT = 200_000_000
Entry = dict[str, Any]


def file(name: str) -> bytes:
    """One of the files beside the tests."""
    return (FILES / name).read_bytes()


def knows(*entries: Entry, document: str = "others", words: dict[str, list[str]] | None = None) -> Register:
    """A register: parties have a name, services a provider; words by section, other names of one behind a slash."""
    stated = [Stated(document, "services" if "provider" in entry else "parties", entry) for entry in entries]
    vocabulary = {
        section: {plain(name): word.split("/")[0] for word in known for name in word.split("/")}
        for section, known in (words or {}).items()
    }
    tools = frozenset({"eu-us-dpf", "scc-2021-m3", "scc-2021-m2", "bcr-p"})
    return Register(tuple(stated), vocabulary, frozenset({"EEA"}), tools)


def import_(form: str, content: bytes | str, register: Register | None = None, **given: Any) -> Imported:
    """Import a file; the document has to pass the schema whatever the file was."""
    content = content.encode() if isinstance(content, str) else content
    words = WordMap(**given.pop("words", {}))
    publisher = {} if form in {"tilt", "fides"} else {"publisher": "Paperboat"}
    settings = ImportSettings(words=words, **({"file": f"a.{form}"} | publisher | given))
    found = IMPORTERS[form](content, settings.tidied(), register or knows())
    assert_sound(found)
    return found


def assert_sound(found: Imported) -> None:
    """Check what holds for every import: a document without faults, no id given twice, no row without a trace."""
    document = read_document(json.dumps(found.body).encode(), LIMIT)
    assert [str(fault) for fault in document.faults] == []
    assert list(duplicates(document)) == []
    report = found.report
    assert report.rows_imported <= report.rows_read
    assert report.document == found.body["document"]["id"]
    if report.rows_imported < report.rows_read:
        assert report.of(Kind.NOT_UNDERSTOOD, Kind.LEFT_OUT, Kind.GUESSED)


def entries(found: Imported, section: str) -> dict[str, Entry]:
    """The entries of a section by id."""
    return {entry["id"]: entry for entry in found.body.get(section, [])}


def flows(found: Imported) -> set[tuple[str, str, tuple[str, ...]]]:
    """Sender, recipient and places of each flow."""
    return {(flow["from"], flow["to"], tuple(flow.get("places", ()))) for flow in found.body.get("flows", [])}


def recipients(found: Imported) -> dict[str, Entry]:
    """The flows by the service they go to."""
    return {flow["to"]: flow for flow in found.body.get("flows", [])}


def said(found: Imported, *kinds: Kind) -> set[tuple[str, str]]:
    """Place and text of the remarks of some kinds; of all when none is named."""
    return {(remark.place, remark.text) for remark in found.report.of(*(kinds or Kind))}


def assert_said(found: Imported, place: str, words: str) -> None:
    """Check that a remark at a place holds some words."""
    texts = [f"{remark.text} [{remark.written}]" for remark in found.report.remarks if remark.place == place]
    assert any(words in text for text in texts), (place, words, texts or said(found))
