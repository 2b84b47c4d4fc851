"""Lists of sub-processors in Markdown: tables, lists, headings that name countries, hostile pages."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from graphsvc.errors import InvalidDocument
from graphsvc.imports.foreign.places import places_named
from graphsvc.imports.foreign.report import Kind
from tests.examples import share
from tests.imports.support import assert_said, entries, file, flows, import_, recipients, said
from tests.waiting import little_work


def test_a_clean_page_with_tables_below_headings_is_one_list():
    found = import_("markdown", file("markdown/clean.md"))
    assert flows(found) == {
        ("paperboat-services", "harbour-cloud-services", ("NL", "DE")),
        ("paperboat-services", "quillmail-services", ("US",)),
        ("paperboat-services", "nimbus-desk-services", ("IE", "GB")),
    }
    assert found.body["document"]["version"] == "2024-03-03"
    assert "Infrastructure" in recipients(found)["quillmail-services"]["note"]
    assert entries(found, "parties")["nimbus-desk"]["established_in"] == ["GB"]
    assert found.report.rows_read == found.report.rows_imported == 3
    assert found.report.of(Kind.NOT_UNDERSTOOD) == []


def test_a_dirty_page_is_read_as_far_as_it_goes():
    found = import_("markdown", file("markdown/dirty.md"))
    assert flows(found) == {
        ("paperboat-services", "harbour-cloud-services", ("DE",)),
        ("paperboat-services", "brightfoot-metrics-services", ("DE",)),
        ("paperboat-services", "quillmail-services", ("US",)),
        ("paperboat-services", "flag-of-nowhere-services", ()),
        ("paperboat-services", "nimbus-services", ("unknown",)),
        ("paperboat-services", "tidewater-services", ("IE",)),
        ("paperboat-services", "driftwood-services", ("IE",)),
        ("paperboat-services", "amazon-web-services-services", ("DE",)),
    }
    assert found.body["document"]["version"] == "2024-03-12"
    assert recipients(found)["nimbus-services"]["purpose"] == "CDN"
    for place, words in {
        "line 1": "front matter",
        "line 7": "not imported [We tell customers",
        "line 11": "the place is that of the heading: DE",
        "line 13": "struck out",
        "line 19, column Location": "unknown [Worldwide]",
        "line 24": "says only a name",
        "line 28": "no column of sub-processors [Feature | Since]",
        "line 32": "HTML is not read",
        "line 36": "a note, a total or a footer",
    }.items():
        assert_said(found, place, words)


def test_a_hostile_page_becomes_plain_text_and_what_is_not_read_is_told():
    found = import_("markdown", file("markdown/hostile.md"))
    names = {party["name"] for party in found.body["parties"]}
    assert {"Bell Inc", "A | B Ltd", "../../etc/passwd"} <= names
    assert not any("<img" in str(entry) for entry in found.body["parties"])
    for place, words in {
        "line 5": "markup was taken out [<img src=x onerror=alert(1)>]",
        "line 8, column 1": "control characters",
        "line 9": "names nobody",
        "line 10, column 4": "beyond the last header [ too".replace("[ ", "["),
        "line 12": "not read",
        "lines 23 to 73": "not read",
        "line 79": "has 30000 characters",
    }.items():
        assert_said(found, place, words)


@pytest.mark.parametrize(
    ("item", "name", "purpose", "places"),
    [
        ("**Harbour Cloud**: hosting, Germany", "Harbour Cloud", "hosting", ("DE",)),
        ("**Harbour Cloud** (Germany): hosting", "Harbour Cloud", "hosting", ("DE",)),
        ("[Quillmail](https://q.example), Inc. - e-mail - US", "Quillmail, Inc.", "e-mail", ("US",)),
        ("Nimbus, Inc., support, Ireland", "Nimbus, Inc.", "support", ("IE",)),
        ("Nimbus (United Kingdom)", "Nimbus", None, ("GB",)),
        ("**AWS** (Amazon Web Services EMEA SARL): hosting", "AWS", "hosting", ()),
        (
            "Hetzner Online GmbH, Gunzenhausen, Germany - servers",
            "Hetzner Online GmbH",
            "servers; Gunzenhausen",
            ("DE",),
        ),
        ("Tidewater | logs | EU", "Tidewater", "logs", ("EEA",)),
        ("Driftwood — Purpose: forms; Location: NL and BE", "Driftwood", "forms", ("NL", "BE")),
        ("Sail & Oar GmbH 🇦🇹 \u2013 maps", "Sail & Oar GmbH 🇦🇹", "maps", ()),
    ],
)
def test_an_item_of_a_list_is_taken_apart(item: str, name: str, purpose: str | None, places: tuple[str, ...]):
    found = import_("markdown", f"# Sub-processors\n\n- {item}\n")
    [flow] = found.body["flows"]
    assert name in {party["name"] for party in found.body["parties"]}
    assert (flow.get("purpose"), tuple(flow.get("places", ()))) == (purpose, places)


def test_a_list_that_no_heading_calls_so_is_taken_only_where_there_is_nothing_else():
    alone = import_("markdown", "- Nimbus - CDN\n- Quill - mail\n")
    assert len(alone.body["flows"]) == 2
    assert any("no heading says" in text for _, text in said(alone, Kind.GUESSED))
    beside = import_("markdown", "| Vendor | Purpose |\n|---|---|\n| Nimbus | CDN |\n\n- Quill - mail\n")
    assert recipients(beside).keys() == {"nimbus-services"}
    assert_said(beside, "line 5", "does not name sub-processors; not imported [Quill - mail]")


@pytest.mark.parametrize(
    ("heading", "codes"),
    [
        ("Sub-processors in Germany", ["DE"]),
        ("EU sub-processors", ["EEA"]),
        ("United States and Canada", ["US", "CA"]),
        ("Contact us", []),
        ("Third-party sub-processors", []),
        ("🇳🇱 Nederland", ["NL"]),
        ("AI platforms", []),
        ("IT support in NL and BE", ["NL", "BE"]),
        ("IT", ["IT"]),
        ("WHO WE ARE IN THE EU AND THE USA", ["EEA", "US"]),
    ],
)
def test_a_heading_names_a_country_among_other_words(heading: str, codes: list[str]):
    assert places_named(heading) == codes


def test_several_tables_with_other_columns_are_read_each_by_its_own():
    page = (
        "| Vendor | Location |\n|---|---|\n| Nimbus | IE |\n\n"
        "| Purpose | Company | Country |\n|---|---|---|\n| mail | Quill | US |\n"
    )
    found = import_("markdown", page)
    assert flows(found) == {
        ("paperboat-services", "nimbus-services", ("IE",)),
        ("paperboat-services", "quill-services", ("US",)),
    }


@pytest.mark.parametrize("content", [b"", b"Only a sentence.\n", b"\x00\xff", b"| a | b |\n|---|---|\n| 1 | 2 |\n"])
def test_a_page_without_a_list_is_refused_in_words(content: bytes):
    with pytest.raises(InvalidDocument, match="neither a table nor a list"):
        import_("markdown", content)


def long_page(rows: int) -> str:
    """A page with a table of many rows, twice as many lines of text and a line of ten megabytes."""
    table = "| Vendor | Purpose | Location |\n|---|---|---|\n"
    table += "".join(f"| Company {n % (rows // 40)} | Hosting | US |\n" for n in range(rows))
    return "# Sub-processors\n\n" + "x" * 10_000_000 + f"\n\n{table}\n" + "text\n\n" * (2 * rows)


def test_a_line_of_ten_megabytes_and_thousands_of_lines_are_read():
    """tests/deep/test_large.py reads tens of thousands."""
    with little_work(5):
        found = import_("markdown", long_page(800))
    assert found.report.rows_imported == 800
    assert_said(found, "line 3", "has 10000000 characters")


@settings(max_examples=share(2))
@given(some.binary(max_size=300) | some.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_are_a_list_or_refused_and_never_a_crash(content: bytes):
    for head in (b"", b"# Sub-processors\n\n- ", b"| Vendor | Location |\n|---|---|\n| "):
        try:
            import_("markdown", head + content)
        except InvalidDocument as error:
            assert error.faults


MARKS = some.text(some.sampled_from("ab \n*_[]()<>`#-|:~!\\&1."), max_size=60)


@settings(max_examples=share(2))
@given(MARKS)
def test_any_mixture_of_marks_is_read_or_told(text: str):
    try:
        found = import_("markdown", f"# Sub-processors\n\n- Nimbus\n\n{text}\n")
    except InvalidDocument as error:
        assert error.faults
    else:
        assert found.report.rows_imported <= found.report.rows_read
