"""Lists of sub-processors in CSV: clean, dirty, hostile, in any encoding."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from graphsvc.errors import InvalidDocument
from graphsvc.imports.foreign.csv_file import separator_of
from graphsvc.imports.foreign.report import Kind
from tests.examples import share
from tests.imports.support import assert_said, entries, file, flows, import_, knows, recipients, said
from tests.waiting import little_work

HARBOUR = {"id": "harbour", "name": "Harbour Cloud", "aliases": ["HC"]}


def test_a_clean_list_needs_its_file_and_the_publishers_name_and_nothing_is_unclear():
    found = import_("csv", file("csv/clean.csv"))
    assert flows(found) == {
        ("paperboat-services", "harbour-cloud-services", ("NL",)),
        ("paperboat-services", "quillmail-services", ("US", "IE")),
        ("paperboat-services", "brightfoot-metrics-services", ("DE",)),
    }
    flow = recipients(found)["quillmail-services"]
    assert (flow["role"], flow["purpose"], flow["valid_from"]) == (
        "sub_processor",
        "Transactional e-mail",
        "2023-06-01",
    )
    assert entries(found, "parties")["quillmail"]["established_in"] == ["US"]
    assert found.report.rows_read == found.report.rows_imported == 3
    assert found.report.of(Kind.NOT_UNDERSTOOD, Kind.GUESSED, Kind.LEFT_OUT) == []


def test_every_fact_says_the_file_the_line_and_that_it_comes_from_a_public_list():
    found = import_("csv", file("csv/clean.csv"), file="list.csv", date="2024-03-01", url="https://paperboat.example/l")
    [source] = found.body["sources"]
    assert (source["publisher"], source["date"], source["url"]) == (
        "Paperboat",
        "2024-03-01",
        "https://paperboat.example/l",
    )
    assert "list.csv" in source["note"]
    assert recipients(found)["quillmail-services"]["evidence"] == [
        {"source": source["id"], "locator": "line 3: Quillmail, Inc.", "basis": "public_list"}
    ]
    assert entries(found, "services")["paperboat-services"]["sub_processor_list"] == {
        "date": "2024-03-01",
        "url": "https://paperboat.example/l",
        "complete": "yes",
    }


def test_a_dirty_list_is_read_as_far_as_it_goes_and_the_rest_is_told_with_its_place():
    found = import_("csv", file("csv/dirty.csv"), knows(HARBOUR))
    assert flows(found) == {
        ("paperboat-services", "harbour-services", ("NL", "DE")),
        ("paperboat-services", "quillmail-services", ("GB", "US")),
        ("paperboat-services", "nimbus-services", ("unknown",)),
    }
    assert found.body["document"]["version"] == "2024-03-03"
    harbour = recipients(found)["harbour-services"]
    assert (harbour["purpose"], harbour["valid_from"]) == ("Hosting en back-up; Archief", "2022-01-25")
    assert "Cirrus Hosting" in entries(found, "parties")["nimbus"]["aliases"]
    assert recipients(found)["quillmail-services"]["valid_from"] == "2023-04-03"
    for place, words in {
        "line 5, column Contactpersoon": "may name a person",
        "line 9, column Locatie": "names no country; the place is unknown [Wereldwijd]",
        "line 9, column Vestigingsland": "no country that is known [Atlantis]",
        "line 9, column Ingangsdatum": "no day that can be read [31/02/2024]",
        "line 9, column 8": "",
        "line 10": "names nobody",
        "line 11": "a note, a total or a footer",
        "line 12": "a note, a total or a footer",
    }.items():
        if words:
            assert_said(found, place, words)


def test_variants_of_a_name_are_one_party_and_become_its_aliases():
    found = import_("csv", "Vendor,Purpose\nHC,Backup\nHarbour Cloud B.V.,Hosting\nhobour cloud,CDN\n", knows(HARBOUR))
    assert entries(found, "parties").keys() == {"paperboat", "harbour", "hobour-cloud"}
    assert entries(found, "parties")["harbour"]["name"] == "Harbour Cloud"
    assert entries(found, "parties")["harbour"]["aliases"] == ["HC", "Harbour Cloud B.V."]
    names = {(name.written, name.party, name.how) for name in found.report.names}
    assert names >= {("HC", "harbour", "alias"), ("Harbour Cloud B.V.", "harbour", "name")}
    [near] = found.report.suggestions
    assert (near.written, near.party, near.place) == ("hobour cloud", "harbour", "line 4")


def test_two_legal_forms_behind_one_name_are_two_organisations_until_somebody_says_otherwise():
    known = knows({"id": "nimbus", "name": "Nimbus", "legal_name": "Nimbus, Inc."})
    apart = import_("csv", "Vendor,Purpose\nNimbus Ltd,CDN\n", known)
    assert entries(apart, "parties").keys() == {"paperboat", "nimbus-ltd"}
    assert [near.party for near in apart.report.suggestions] == ["nimbus"]
    told = import_("csv", "Vendor,Purpose\nNimbus Ltd,CDN\n", known, words={"names": {"Nimbus Ltd": "nimbus"}})
    assert entries(told, "parties").keys() == {"paperboat", "nimbus"}


def test_the_order_of_the_rows_does_not_change_who_is_who():
    rows = ["AWS,Backup", '"Amazon Web Services, Inc. (AWS)",Hosting', "amazon web services,CDN", "Nimbus,Forms"]
    forwards = import_("csv", "\n".join(["Vendor,Purpose", *rows]))
    backwards = import_("csv", "\n".join(["Vendor,Purpose", *reversed(rows)]))
    assert flows(forwards) == flows(backwards)
    assert entries(forwards, "parties").keys() == {"paperboat", "amazon-web-services", "nimbus"}


@pytest.mark.parametrize(
    ("name", "encoding", "names"),
    [
        ("csv/cp1252.csv", "cp1252", {"Müller & Söhne GmbH", "Café Lumière SARL", "Grünwald AG"}),
        ("csv/utf16.csv", "utf-16", {"Harbour Cloud", "Αθήνα Data"}),
    ],
)
def test_an_encoding_that_the_file_does_not_say_is_found_out_and_told(name: str, encoding: str, names: set[str]):
    found = import_("csv", file(name))
    assert found.report.encoding == encoding
    assert {party["name"] for party in found.body["parties"]} == names | {"Paperboat"}
    assert any(f"read as {encoding}" in remark.text for remark in found.report.remarks)


def test_a_list_of_several_companies_gives_each_of_them_its_own_service():
    found = import_("csv", file("csv/companies.csv"), publisher="A collector of lists")
    assert flows(found) == {
        ("paperboat-services", "harbour-cloud-services", ("US", "DE")),
        ("paperboat-services", "quillmail-services", ("GB",)),
        ("tidewater-services", "harbour-cloud-services", ("EEA",)),
        ("tidewater-services", "paperboat-services", ("US",)),
    }


def test_a_product_in_a_name_is_the_service_that_the_register_has():
    known = knows(HARBOUR, {"id": "harbour-files", "name": "Harbour Files", "provider": "harbour"})
    by_product = import_("csv", "Vendor,Purpose\nHarbour Files,Storage\n", known)
    assert recipients(by_product).keys() == {"harbour-files"}
    by_party = import_("csv", "Vendor,Purpose\nHarbour Cloud,Storage\n", known)
    [flow] = by_party.body["flows"]
    assert flow["to"] == "harbour-files"
    assert {"inferred"} == {piece["basis"] for piece in flow["evidence"] if piece.get("for") == ["to"]}


@pytest.mark.parametrize(
    ("cell", "name", "aliases", "words"),
    [
        ("Mailer (The Letter Group LLC)", "Mailer", ["The Letter Group LLC"], ""),
        ("Nimbus Inc., a Tidewater company", "Nimbus Inc.", [], "a Tidewater company"),
        ('"Nimbus SARL\n38 Avenue, L-1855, Luxembourg"', "Nimbus SARL", [], "38 Avenue"),
        ('"Harbour\nCloud"', "Harbour Cloud", [], ""),
        ("Atlas (maps)", "Atlas", [], "maps"),
        ("Quill formerly Feather", "Quill", ["Feather"], ""),
    ],
)
def test_what_stands_with_a_name_is_another_name_or_stays_in_words(
    cell: str, name: str, aliases: list[str], words: str
):
    cell = cell if cell.startswith('"') else f'"{cell}"'
    found = import_("csv", f"Vendor,Purpose,Transfer mechanism\n{cell},x,n/a\n")
    [party] = [party for party in found.body["parties"] if party["id"] != "paperboat"]
    assert (party["name"], party.get("aliases", [])) == (name, aliases)
    assert words in found.body["flows"][0].get("note", "")
    assert found.report.of(Kind.NOT_UNDERSTOOD) == []


def test_a_day_that_can_be_two_is_told_and_not_guessed_unless_the_column_decides():
    rows = "Vendor,Purpose,Date added\nNimbus,CDN,03/04/2024\n"
    unclear = import_("csv", rows)
    assert "valid_from" not in recipients(unclear)["nimbus-services"]
    assert_said(unclear, "line 2, column Date added", "can be two days")
    assert (
        recipients(import_("csv", rows + "Quill,E-mail,25/04/2024\n"))["nimbus-services"]["valid_from"] == "2024-04-03"
    )
    assert (
        recipients(import_("csv", rows + "Quill,E-mail,04/25/2024\n"))["nimbus-services"]["valid_from"] == "2024-03-04"
    )
    told = import_("csv", rows, words={"day_order": "day"})
    assert recipients(told)["nimbus-services"]["valid_from"] == "2024-04-03"


def test_a_mapping_names_columns_whose_headers_say_nothing():
    text = "a,b,c,d\nNimbus,CDN,US,secret\n"
    with pytest.raises(InvalidDocument, match="Name the columns in a mapping"):
        import_("csv", text)
    columns = {"a": "sub_processor", "b": "purpose", "3": "places", "d": "ignore"}
    found = import_("csv", text, words={"columns": columns, "header": 1}, kind="list")
    assert flows(found) == {("paperboat-services", "nimbus-services", ("US",))}
    assert_said(found, "column 4 (d)", "ignored, as the mapping says")
    assert all(column.given for column in found.report.columns)


def test_a_mapping_to_a_field_that_does_not_exist_names_those_that_do():
    with pytest.raises(InvalidDocument, match=r"'vendor' is no field; known: .*sub_processor"):
        import_("csv", "a\nb\n", words={"columns": {"a": "vendor"}}, kind="list")


def test_columns_that_are_not_used_and_data_types_are_told_or_kept_in_words():
    text = "Vendor,Data types,Colour,Transfer mechanism\nNimbus,Names and e-mail,blue,SCCs (module 3)\nQuill,,,SCC\n"
    found = import_("csv", text)
    assert_said(found, "column 3 (Colour)", "not used; 1 cells")
    nimbus = recipients(found)["nimbus-services"]
    assert "Names and e-mail" in nimbus["note"]
    assert "carries" not in nimbus
    assert nimbus["tools"] == [{"tool": "scc-2021-m3"}]
    assert "tools" not in recipients(found)["quill-services"]
    assert_said(found, "line 3, column Transfer mechanism", "which one")


# Hostile files


def test_a_hostile_list_becomes_plain_text_and_what_is_no_text_is_taken_out():
    found = import_("csv", file("csv/hostile.csv"), file="../../etc/passwd/..\\evil\x07.csv")
    names = {party["name"] for party in found.body["parties"]}
    assert "<img src=x onerror=alert(1)>" in names
    assert '=HYPERLINK("http://evil.example","x")' in names
    assert "../../etc/passwd" in names
    assert "Evilgnp.exe Ltd" in names
    assert "Bell and nul Inc" in names
    assert all(len(name) <= 200 for name in names)
    assert all("/" not in party["id"] and "<" not in party["id"] for party in found.body["parties"])
    assert found.report.file == "evil.csv"
    assert_said(found, "line 5, column 1", "control characters were taken out")
    assert_said(found, "line 7", "cut off after 200 characters")
    assert_said(found, "line 8", "names nobody")
    assert_said(found, "lines 9 to 309", "a quotation mark is not closed; not imported")


def test_a_line_of_ten_megabytes_is_told_and_the_lines_around_it_are_read():
    text = "Vendor,Purpose\nNimbus,CDN\n" + "x" * 10_000_000 + "\nQuill,E-mail\n"
    with little_work(2):
        found = import_("csv", text)
    assert recipients(found).keys() == {"nimbus-services", "quill-services"}
    assert_said(found, "line 3", "not imported")


def test_a_line_of_a_million_cells_is_told():
    found = import_("csv", "Vendor,Purpose\nNimbus,CDN\n" + "," * 1_000_000 + "x\n")
    assert_said(found, "line 3", "1000001 cells")


def many_rows(rows: int) -> str:
    """A list in which each company has five rows."""
    return "Vendor,Purpose,Location\n" + "".join(f"Company {n % (rows // 5)},Hosting,US\n" for n in range(rows))


def test_thousands_of_rows_are_read():
    """tests/deep/test_large.py reads a hundred thousand."""
    assert import_("csv", many_rows(3_000)).report.rows_imported == 3_000


@pytest.mark.parametrize("content", [b"", b"\n\n\n", b"\x00" * 100, b"\xff\xfe", b"a sentence\n", b"%PDF-1.7 \x80"])
def test_a_file_that_is_no_list_is_refused_in_words(content: bytes):
    with pytest.raises(InvalidDocument) as error:
        import_("csv", content)
    assert error.value.faults


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("Vendor;Purpose\nNimbus;Hosting, CDN, mail\nQuill;a, b\n", ";"),
        ("sep=|\nVendor|Purpose\n", "|"),
        ("Vendor\tPurpose\nA, B\tC\n", "\t"),
        ("Vendor,Purpose\n", ","),
        ("Vendor\nNimbus\n", ","),
    ],
)
def test_the_separator_is_the_one_that_makes_even_rows(text: str, separator: str):
    assert separator_of(text) == separator


@settings(max_examples=share(2))
@given(some.binary(max_size=400) | some.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_are_a_list_or_refused_and_never_a_crash(content: bytes):
    for head in (b"", b"Vendor,Purpose,Location,Date added\n"):
        try:
            import_("csv", head + content)
        except InvalidDocument as error:
            assert error.faults


CELLS = some.text(some.characters(exclude_categories=["Cs"], exclude_characters='"\x00'), max_size=20)


@given(some.lists(some.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=8))
def test_every_row_is_imported_or_told(rows: list[tuple[str, str, str]]):
    text = "Vendor,Purpose,Location\n" + "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)
    found = import_("csv", text)
    untold = found.report.rows_read - found.report.rows_imported
    told = {
        place for place, _ in said(found, Kind.NOT_UNDERSTOOD, Kind.LEFT_OUT, Kind.GUESSED) if "column" not in place
    }
    assert untold <= len(told)
    assert len(found.body.get("flows", [])) <= found.report.rows_imported
