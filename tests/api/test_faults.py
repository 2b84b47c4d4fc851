"""What is wrong with a document, each fault with its path, its line and what was expected. No database needed."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from graphsvc.errors import DocumentTooLarge, InvalidDocument
from graphsvc.imports.documents import read_document
from graphsvc.imports.json_schema import json_schema
from graphsvc.imports.text import DEEPEST, parse
from graphsvc.service import seed_files
from tests.api.builders import (
    LIMIT,
    activity,
    bakery,
    document,
    evidence,
    flow,
    party,
    service,
    source,
    vocabulary,
    word,
)
from tests.waiting import little_work

HEAD = "document: {id: d, title: T}\n"


def refused(text: str | bytes) -> tuple[str, int | None, str]:
    """Path, line and message of the one reason why a text is not read at all."""
    content = text.encode() if isinstance(text, str) else text
    with pytest.raises(InvalidDocument) as error:
        read_document(content, LIMIT, "file.yaml")
    [fault] = error.value.faults
    assert fault.file == "file.yaml"
    return fault.path, fault.line, fault.message


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", None, "a mapping that begins with 'document:'"),
        ("# only a remark\n", None, "a mapping that begins with 'document:'"),
        ("hello", None, "a mapping that begins with 'document:'"),
        ("- document: x", None, "a mapping that begins with 'document:'"),
        ("[]", None, "a mapping that begins with 'document:'"),
        ("document: 'Grö".encode() + b"\xdfe'", 1, "byte 15 is not UTF-8; save the file as UTF-8"),
        (HEAD.encode("utf-16"), 1, "is not UTF-8"),
        (b"a: b\nc: \xff", 2, "is not UTF-8"),
        ("document:\n\tid: a\n", 2, "is not YAML"),
        ("document: {id: a\n", None, "is not YAML"),
        ("%YAML 9.0\n---\na: b\n", 1, "is not YAML"),
        (f"{HEAD}---\n{HEAD}", 2, "holds more than one YAML document"),
        (f"{HEAD}note: &a [x]\nmore: *a\n", 2, "anchors and aliases"),
        ("a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n", 1, "anchors and aliases"),
        (f"{HEAD}<<: *x\n", 2, "anchors and aliases"),
        (f"{HEAD}x: !!python/object/apply:os.system [ls]\n", 2, "tags (!)"),
        (f"{HEAD}x: !!binary aGk=\n", 2, "tags (!)"),
        (f"{HEAD}x: !!int abc\n", 2, "tags (!)"),
        (f"{HEAD}x: !!timestamp x\n", 2, "tags (!)"),
        (f"{HEAD}? [a, b]\n: c\n", 2, "a key is a word"),
        (f"{HEAD}document: {{}}\n", 2, "key 'document' is given twice"),
        ("document:\n  id: a\n  id: b\n", 3, "key 'id' is given twice"),
        ('{"document": {"id": "a", "id": "b"}}', None, "key 'id' is given twice"),
        ('{"document": NaN}', None, "NaN is not a JSON value"),
        ('{"document": -Infinity}', None, "-Infinity is not a JSON value"),
        ('{"document": {}} more', 1, "is not JSON: Extra data"),
        ('{"document":\n\n {,}}', 3, "is not JSON"),
        ('{"a": ' + "1" * 5000 + "}", None, "is not JSON"),
        ("document: {id: a, title: 'x\0y'}", 1, "control character U+0000"),
        ("a: b\ndocument: {id: a, title: 'x\x1b[31my'}", 2, "control character U+001B"),
        ('document: {id: a, title: "x\\0y"}', None, "/document/title holds the control character U+0000"),
        ('{"document": {"title": "x\\u0007"}}', None, "/document/title holds the control character U+0007"),
        ('{"document": {"title": "x\\ud800"}}', None, "/document/title holds the control character U+D800"),
        ('{"document": {"a\\u0000": "x"}}', None, "a key of /document holds the control character U+0000"),
        ("[" * 100_000, None, f"is nested more than {DEEPEST} levels deep"),
        ('{"a":' * 100_000, None, f"is nested more than {DEEPEST} levels deep"),
        ("a: " + "[" * 100_000, 1, f"is nested more than {DEEPEST} levels deep"),
        ("- " * 100_000 + "a", 1, f"is nested more than {DEEPEST} levels deep"),
        ("".join(" " * n + "a:\n" for n in range(2000)), DEEPEST + 1, f"is nested more than {DEEPEST} levels deep"),
        ('{"a": ' + "[" * 60 + "]" * 60 + "}", None, f"is nested more than {DEEPEST} levels deep"),
    ],
    ids=range(40),
)
def test_a_text_that_is_no_document_is_refused_with_its_line(text: str | bytes, line: int | None, words: str):
    _, found, message = refused(text)
    assert words in message
    if line is not None:
        assert found == line


def told(content: Any) -> set[tuple[str, str]]:
    """Path and message of every fault of a document that could be read."""
    text = content if isinstance(content, str) else json.dumps(content)
    return {(fault.path, fault.message) for fault in read_document(text.encode(), LIMIT).faults}


def one(section: str, entry: dict[str, Any], **changed: Any) -> dict[str, Any]:
    return document("d", **{section: [entry | changed]})


FLOW = flow("f", "a", "s", {"subject": "client", "category": "email"}, places=["NL"])
SINGLE_FAULTS = [
    (one("parties", party("p"), colour="red"), "/parties/0/colour", "there is no such key here"),
    (one("parties", party("p"), **{"a/b~c": 1}), "/parties/0/a~1b~0c", "there is no such key here"),
    (one("parties", party("p"), established_in=["NL", "uk"]), "/parties/0/established_in/1", "did you mean 'GB'?"),
    (one("parties", party("p"), established_in=["nl"]), "/parties/0/established_in/0", "did you mean 'NL'?"),
    (one("parties", party("p"), established_in=["Norway"]), "/parties/0/established_in/0", "did you mean 'NO'?"),
    (one("parties", party("p"), established_in=["unknown"]), "/parties/0/established_in/0", "ISO 3166-1"),
    (one("parties", party("p"), established_in="NL"), "/parties/0/established_in", "a list was expected here"),
    (one("parties", party("p"), established_in={"NL": 1}), "/parties/0/established_in", "a list was expected here"),
    (one("parties", party("p"), name=7), "/parties/0/name", "a text was expected here"),
    (one("parties", party("p"), name=""), "/parties/0/name", "Length"),
    (one("parties", party("p"), name=None), "/parties/0/name", "is empty; leave the key out"),
    (one("parties", party("p"), name="x" * 10_000_000), "/parties/0/name", "Length"),
    (one("parties", party("p"), evidence=[]), "/parties/0/evidence", "a fact needs a source"),
    (one("parties", party("p"), evidence=evidence(basis="guessed")), "/parties/0/evidence/0/basis", "stated"),
    (one("parties", party("p"), sector="baking"), "/parties/0/sector", "commercial"),
    (one("parties", party("p"), officer={"appointed": "yes"}), "/parties/0/officer/appointed", "true or false"),
    (one("parties", party("p"), officer={"appointed": 1}), "/parties/0/officer/appointed", "true or false"),
    (one("parties", party("P")), "/parties/0/id", "small letters"),
    (one("parties", party("../../etc/passwd")), "/parties/0/id", "small letters"),
    (one("parties", party("a/b")), "/parties/0/id", "small letters"),
    (one("parties", party("a b")), "/parties/0/id", "small letters"),
    (one("parties", party("a..b")), "/parties/0/id", "small letters"),
    (one("parties", party("-a")), "/parties/0/id", "small letters"),
    (one("parties", party("a\n")), "/parties/0/id", "small letters"),
    (one("parties", party("ä")), "/parties/0/id", "small letters"),
    (one("parties", party("x" * 121)), "/parties/0/id", "at most 120"),
    (one("parties", party("")), "/parties/0/id", "small letters"),
    (one("sources", source("s"), date="2024-02-30"), "/sources/0/date", "has to exist"),
    (one("sources", source("s"), date="24-02-2024"), "/sources/0/date", "2018-05-25"),
    (one("sources", source("s"), date="20240224"), "/sources/0/date", "2018-05-25"),
    (one("sources", source("s"), date="2024-W08-6"), "/sources/0/date", "2018-05-25"),
    (one("sources", source("s"), date="2024-02-24T00:00:00"), "/sources/0/date", "2018-05-25"),
    (one("sources", source("s"), date="٢٠٢٤-٠٢-٢٤"), "/sources/0/date", "2018-05-25"),
    (one("sources", source("s"), version=1.10), "/sources/0/version", "in quotes"),
    (one("flows", FLOW, role="friend"), "/flows/0/role", "processor"),
    (one("flows", FLOW, carries=[]), "/flows/0/carries", "leave it out, or list items"),
    (one("flows", FLOW, places=["UK "]), "/flows/0/places/0", "did you mean 'GB'?"),
    (one("flows", FLOW, places=["eer"]), "/flows/0/places/0", "did you mean 'EEA'?"),
    (one("flows", FLOW, seat_access="no"), "/flows/0/seat_access", "true or false was expected here"),
    (one("flows", FLOW, valid_from="2024-02-01", valid_until="2024-01-31"), "/flows/0/valid_until", "before it begins"),
    (
        one("flows", FLOW, contract={"kind": "none", "notice_days": "30"}),
        "/flows/0/contract/notice_days",
        "whole number",
    ),
    (
        one("flows", FLOW, contract={"kind": "none", "notice_days": 1.5}),
        "/flows/0/contract/notice_days",
        "whole number",
    ),
    (
        one("flows", FLOW, contract={"kind": "none", "notice_days": True}),
        "/flows/0/contract/notice_days",
        "whole number",
    ),
    (one("flows", FLOW, contract="yes"), "/flows/0/contract", "a mapping (key: value) was expected here"),
    (
        one("flows", FLOW, tools=[{"tool": "t", "valid_from": "2024-02-01", "valid_until": "2023-01-01"}]),
        "/flows/0/tools/0/valid_until",
        "before it begins",
    ),
    (
        one(
            "services",
            service("s"),
            retention=[
                {"what": "x", "kind": "not_stated", "valid_from": "2024-02-01", "valid_until": "2024-01-31"}
                | {"evidence": evidence()}
            ],
        ),
        "/services/0/retention/0/valid_until",
        "before it begins",
    ),
    (
        one("activities", activity("a", "p"), retention=[{"what": "x", "kind": "exact", "evidence": evidence()}]),
        "/activities/0/retention/0/period",
        "has a period",
    ),
    (
        one(
            "activities",
            activity("a", "p"),
            retention=[{"what": "x", "kind": "exact", "period": "5 years", "evidence": evidence()}],
        ),
        "/activities/0/retention/0/period",
        "ISO 8601",
    ),
    (one("data_categories", word("c"), special="yes"), "/data_categories/0/special", "true or false"),
    (one("data_categories", word("c"), name={"en": "x"}), "/data_categories/0/name/nl", "is missing"),
    (document("d", parties={"p": party("p")}), "/parties", "a list was expected here"),
    (document("d", parties={}), "/parties", "a list was expected here"),
    (document("d", parties=None), "/parties", "is empty"),
    (document("d", parties=["p"]), "/parties/0", "a mapping (key: value) was expected here"),
    (document("d", partys=[]), "/partys", "there is no such key here"),
    ({"sources": []}, "/document", "is missing"),
    ({"document": []}, "/document", "a mapping (key: value) was expected here"),
    (document("d") | {"document": {"id": "schema", "title": "T"}}, "/document/id", "'schema' cannot be"),
]


@pytest.mark.parametrize(("content", "path", "words"), SINGLE_FAULTS, ids=range(len(SINGLE_FAULTS)))
def test_a_single_fault_is_told_with_its_path(content: dict, path: str, words: str):
    [(found, message)] = told(content)
    assert found == path
    assert words in message
    assert len(message) < 300


BEYOND_A_JSON_SCHEMA = ("before it begins", "has a period", "'schema' cannot be", "2018-05-25", "has to exist")
"""An order between two keys, a word that is taken, and days: a JSON Schema takes a format as a remark."""
# Python's patterns let a line end through at the end of a text; those of JSON Schema do not.
FOR_A_JSON_SCHEMA = [
    content
    for content, path, words in SINGLE_FAULTS
    if words not in BEYOND_A_JSON_SCHEMA and "a\\n" not in json.dumps(content)
]


@pytest.mark.parametrize("content", FOR_A_JSON_SCHEMA, ids=range(len(FOR_A_JSON_SCHEMA)))
def test_the_json_schema_refuses_it_too(content: dict):
    assert not Draft202012Validator(json_schema()).is_valid(json.loads(json.dumps(content)))


def test_every_fault_is_told_at_once_in_the_order_of_the_document():
    parties = [party(f"p{n}") for n in range(12)]
    for number in (2, 10):
        del parties[number]["name"]
    content = document("d", parties=parties, flows=[FLOW | {"role": "x", "places": ["UKR", "nl"]}], what=1)
    found = [fault.path for fault in read_document(json.dumps(content).encode(), LIMIT).faults]
    assert found.index("/parties/2/name") < found.index("/parties/10/name")
    assert set(found) == {"/parties/2/name", "/parties/10/name", "/flows/0/role", "/flows/0/places/1", "/what"}


LINES = """document:
  id: d
  title: T
parties:
  - id: p
    name: P
    established_in:
      - NL
      - uk
    evidence: [{source: s, locator: l, basis: stated}]
  - id: q
    colour: red
    evidence: [{source: s, locator: l, basis: guessed}]
"""


@pytest.mark.parametrize(
    "text", [LINES, "\ufeff" + LINES, LINES.replace("\n", "\r\n")], ids=["plain", "mark", "windows"]
)
def test_a_fault_has_the_line_it_is_on(text: str):
    faults = read_document(text.encode(), LIMIT, "people.yaml").faults
    assert {(fault.path, fault.line) for fault in faults} == {
        ("/parties/0/established_in/1", 9),
        ("/parties/1/name", 11),
        ("/parties/1/colour", 12),
        ("/parties/1/evidence/0/basis", 13),
    }
    assert str(faults[0]).startswith("people.yaml:9 /parties/0/established_in/1 a country is")


def test_json_has_lines_too():
    text = json.dumps(document("d", parties=[party("p"), party("Q")]), indent=2)
    [fault] = read_document(text.encode(), LIMIT).faults
    assert '"id": "Q"' in text.splitlines()[fault.line - 1]


@pytest.mark.parametrize(
    "text", ['{"document": {"id": "Q", "title": "\\ud83d\\ude00"}}', '{\t"document": {"id": "Q", "title": "a\\/b"}}']
)
def test_json_that_is_no_yaml_has_its_faults_all_the_same(text: str):
    assert [fault.path for fault in read_document(text.encode(), LIMIT).faults] == ["/document/id"]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("NO", "NO"),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("2018-05-25", "2018-05-25"),
        ("1.10", 1.1),
        ("'1.10'", "1.10"),
        ("12", 12),
        ("010", "010"),
        ("1e3", "1e3"),
        ("0x1F", "0x1F"),
        ("12:30:45", "12:30:45"),
        ("1_000", "1_000"),
        (".nan", ".nan"),
        ("true", True),
        ("'true'", "true"),
        ("~", None),
        ("", None),
        ("'' ", ""),
        ("|\n  x\n  y\n", "x\ny\n"),
        ("1" * 5000, "1" * 5000),
        ("=", "="),
        ("<<", "<<"),
    ],
)
def test_yaml_is_read_without_surprises(written: str, value: object):
    assert parse(f"document: {written}".encode(), LIMIT) == {"document": value}


def test_norway_is_no():
    assert (
        told(
            "document: {id: d, title: T}\nparties:\n- {id: p, name: P, established_in: [NO], "
            "evidence: [{source: s, locator: l, basis: stated}]}\n"
        )
        == set()
    )


def test_a_document_over_the_limit_is_refused_before_it_is_read():
    with pytest.raises(DocumentTooLarge, match="has 11 bytes; 10 are allowed"):
        parse(b"[" * 11, 10)
    parse(b"a: bcdefgh", 10)


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "parties:\n" + "- {}\n" * 3_000,
        HEAD + "".join(f"k{n}: x\n" for n in range(20_000)),
        HEAD + "parties: [" + "x," * 20_000 + "]",
        '{"a":"' + "\\u0041" * 300_000 + '"}',
        "{" + ",".join(f'"k{n}": 1' for n in range(20_000)) + ',"k1": 2}',
    ],
    ids=["entries", "keys", "list", "escapes", "twice"],
)
def test_many_faults_are_told_in_a_time_that_follows_their_number(text: str):
    with little_work(1), suppress(InvalidDocument):
        assert read_document(text.encode(), LIMIT).faults


@pytest.mark.parametrize("file", seed_files(), ids=lambda file: file.stem)
def test_the_json_schema_accepts_the_seed_data(file):
    data = parse(file.read_bytes(), LIMIT)
    assert not list(Draft202012Validator(json_schema()).iter_errors(data))


def test_the_json_schema_is_one_and_accepts_what_the_builders_make():
    Draft202012Validator.check_schema(json_schema())
    for content in (vocabulary(), bakery(), one("services", service("s"))):
        assert Draft202012Validator(json_schema()).is_valid(content)
        assert told(content) == set()
