"""A bundle: every document of a register in one file, each text whole, as YAML or as JSON; `graphsvc load` takes it.

As YAML it is a stream of documents; the line before each says how many bytes it has, so that its text comes back byte
for byte. As JSON it is one object with the texts in it. Both are written and read a document at a time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any, BinaryIO

from graphsvc.errors import Fault, InvalidDocument
from graphsvc.text import digest

MARK = b"# graphsvc bundle 1"
"""How a bundle in YAML begins."""
_LINE = re.compile(rb"--- # graphsvc document ([a-z0-9.-]+) bytes=(\d{1,12}) sha256=([0-9a-f]{64})\n")
_COUNT = re.compile(rb"# documents: (\d{1,9})\n")
_JSON = re.compile(rb'\s*\{\s*"bundle"\s*:\s*"graphsvc 1"')
_LONGEST_LINE = 1_000
_BYTES_TO_KNOW = 200
Texts = Iterable[tuple[str, bytes]]
"""Documents by id, each with its text in UTF-8."""


def as_yaml(about: Mapping[str, Any], total: int, texts: Texts) -> Iterator[bytes]:
    """A bundle as a stream of YAML documents.

    Args:
        about: What it was made from, in a few words each.
        total: How many documents there are.
        texts: The documents.
    """
    told = ", ".join(f"{key}: {value}" for key, value in about.items())
    yield MARK + b": a register as it was loaded; `graphsvc load` takes it. Not to be edited: take it apart first.\n"
    yield f"# {told}\n# documents: {total}\n".encode()
    for key, content in texts:
        yield f"--- # graphsvc document {key} bytes={len(content)} sha256={digest(content)}\n".encode()
        yield content
        if not content.endswith(b"\n"):
            yield b"\n"


def as_json(about: Mapping[str, Any], total: int, texts: Texts) -> Iterator[bytes]:
    """A bundle as one JSON object; the texts are in `documents`."""
    head = json.dumps({"bundle": "graphsvc 1", **about, "total": total}, ensure_ascii=False)
    yield f'{head[:-1]}, "documents": ['.encode()
    between = "\n"
    for key, content in texts:
        row = {"id": key, "sha256": digest(content), "text": content.decode()}
        yield f"{between}{json.dumps(row, ensure_ascii=False)}".encode()
        between = ",\n"
    yield b"\n]}\n"


def contents(stream: BinaryIO, file: str | None = None) -> Iterator[tuple[str | None, bytes]]:
    """The documents in a file: those of a bundle one by one, else the file itself.

    Args:
        stream: The file, open to read bytes.
        file: Its name.

    Returns:
        For each document what to call it in faults, and its text.

    Raises:
        InvalidDocument: a bundle that is not whole, or was changed.
    """
    beginning = stream.read(_BYTES_TO_KNOW)
    stream.seek(0)
    if beginning.startswith(MARK):
        return _from_yaml(stream, file)
    if _JSON.match(beginning):
        return _from_json(stream.read(), file)
    return iter([(file, stream.read())])


def contents_of(content: bytes, file: str | None = None) -> Iterator[tuple[str | None, bytes]]:
    """The documents in bytes; as `contents` does."""
    return contents(BytesIO(content), file)


def _from_yaml(stream: BinaryIO, file: str | None) -> Iterator[tuple[str | None, bytes]]:
    promised, found = None, 0
    while line := stream.readline(_LONGEST_LINE):
        if count := _COUNT.fullmatch(line):
            promised = int(count[1])
        elif head := _LINE.fullmatch(line):
            key, content = head[1].decode(), stream.read(int(head[2]))
            _compare(key, content, head[3].decode(), file)
            found += 1
            yield _called(file, key), content
        elif line.strip() and not line.startswith(b"#"):
            raise _refused(f"something stands between the documents of the bundle: {line[:40]!r}", file)
    if found != promised:
        raise _refused(f"the bundle has {found} documents; it says that it has {promised}", file)


def _from_json(content: bytes, file: str | None) -> Iterator[tuple[str | None, bytes]]:
    try:
        body = json.loads(content)
        rows = [(row["id"], row["sha256"], row["text"].encode()) for row in body["documents"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise _refused("the bundle is not the JSON that was written, or not whole", file) from None
    if len(rows) != body.get("total"):
        raise _refused(f"the bundle has {len(rows)} documents; it says that it has {body.get('total')}", file)
    for key, hashed, text in rows:
        _compare(key, text, hashed, file)
        yield _called(file, key), text


def _compare(key: str, content: bytes, hashed: str, file: str | None) -> None:
    if digest(content) != hashed:
        raise _refused(f"the text of {key!r} is not what was put into the bundle; change documents outside of it", file)


def _called(file: str | None, key: str) -> str:
    return f"{file}#{key}" if file else key


def _refused(message: str, file: str | None) -> InvalidDocument:
    fault = Fault("", message, file)
    return InvalidDocument(str(fault), (fault,))
