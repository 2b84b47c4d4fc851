"""Lists of sub-processors on web pages: tables, lists and parts that open, among all that stands around them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from graphsvc.errors import DocumentTooLarge, InvalidDocument
from graphsvc.imports.foreign.report import Kind
from tests.examples import share
from tests.imports.support import assert_said, entries, file, flows, import_, recipients, said
from tests.waiting import little_work

TABLE = "<table><tr><th>Vendor<th>Location<tr><td>Nimbus<td>IE</table>"


def page(body: str) -> str:
    return f"<!doctype html><title>Sub-processors</title>{body}"


def listed(body: str) -> set[tuple[str, tuple[str, ...]]]:
    """The sub-processors of a page that is called so, and where they are."""
    found = import_("html", page(body))
    return {(flow["to"].removesuffix("-services"), tuple(flow.get("places", ()))) for flow in found.body["flows"]}


def test_a_clean_page_with_tables_below_headings_and_a_list_is_one_list():
    found = import_("html", file("html/clean.html"))
    assert flows(found) == {
        ("paperboat-services", "harbour-cloud-services", ("NL", "DE")),
        ("paperboat-services", "quillmail-services", ("US",)),
        ("paperboat-services", "nimbus-desk-services", ("IE", "GB")),
        ("paperboat-services", "paperboat-gmbh-services", ("DE",)),
        ("paperboat-services", "paperboat-pty-ltd-services", ("AU",)),
    }
    assert found.body["document"]["version"] == "2024-03-03"
    assert recipients(found)["harbour-cloud-services"]["evidence"][0]["locator"] == "table 1, row 2: Harbour Cloud B.V."
    assert "Infrastructure" in recipients(found)["quillmail-services"]["note"]
    assert entries(found, "parties")["nimbus-desk"]["established_in"] == ["GB"]
    assert found.report.rows_read == found.report.rows_imported == 5
    assert found.report.of(Kind.NOT_UNDERSTOOD) == []
    assert_said(found, "line 10", "taken for a menu, header or footer of the site; not imported [Product Prices]")


def test_a_dirty_page_is_read_as_far_as_it_goes():
    found = import_("html", file("html/dirty.html"))
    assert flows(found) == {
        ("paperboat-services", "hafenwolke-services", ("DE",)),
        ("paperboat-services", "quillmail-services", ("US", "CA")),
        ("paperboat-services", "bruckenbau-and-sohne-services", ("AT",)),
        ("paperboat-services", "nimbus-services", ("IE",)),
        ("paperboat-services", "leuchtturm-services", ("unknown",)),
        ("paperboat-services", "driftwood-services", ("US",)),
        ("paperboat-services", "tidewater-services", ("US",)),
    }
    assert found.body["document"]["version"] == "2024-03-12"
    assert entries(found, "parties")["hafenwolke"]["established_in"] == ["DE"]
    assert recipients(found)["quillmail-services"]["purpose"] == "Rechenzentrum"
    for place, words in {
        "": "read as cp1252, as the page says [iso-8859-1]",
        "line 5": "taken for a banner about cookies; not imported",
        "line 18": "taken for the mark of a footnote; not imported [1]",
        "line 21": "not displayed as text; not imported [(öffnet in neuem Fenster)]",
        "line 22": "hidden on the page; not imported [Versteckt AG Test DE]",
        "line 33": "hidden until somebody opens it; read",
        "line 38": "a frame of another page is not read [https://lists.example/embed]",
        "table 1, row 2": "the place behind the name is taken for its seat: DE",
        "table 1, row 3": "a picture; what it stands for is taken [Quillmail]",
        "table 1, row 4": "taken for the heading of the rows below it, for their place [Österreich]",
        "table 1, row 6": "is struck out; not imported [Alte Segel KG]",
        "table 1, row 7": "taken for a note, a total or a footer",
        "table 2, row 3, column Land": "unknown [weltweit]",
        "list 1, item 2": "taken for a menu, since its items only lead to other pages; not imported [Impressum]",
        "list 3, item 2": "not imported [Wir prüfen Unterauftragsverarbeiter jedes Jahr.]",
    }.items():
        assert_said(found, place, words)
    assert_said(found, "", "not part of what a reader sees, not imported: 1 comment, 1 noscript, 1 template")


def test_a_hostile_page_becomes_plain_text_and_nothing_of_it_is_run_or_fetched():
    found = import_("html", file("html/hostile.html"))
    parties = entries(found, "parties")
    assert {"Evil", "Bell Inc", "../../etc/passwd", "Sail & Oar GmbH", "<img src=x onerror=alert(1)> Ltd"} <= {
        party["name"] for party in parties.values()
    }
    assert not any("javascript:" in str(part) or "root:" in str(part) for part in found.body.values())
    assert parties["deep-vendor"]["name"] == "Deep Vendor"
    for place, words in {
        "table 1, row 4, column 2": "control characters were taken out",
        "table 1, row 6": "names nobody",
        "table 1, row 7, column 4": "stands beyond the last header [more]",
    }.items():
        assert_said(found, place, words)


# Tables


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # Tags that are not closed, and cells outside of rows.
        ("<table><th>Vendor<th>Country<tr><td>Nimbus<td>IE<tr><td>Quill<td>US", {("nimbus", "IE"), ("quill", "US")}),
        # Cells over several rows say the same of each.
        (
            "<table><tr><th>Vendor<th>Country<tr><td>Nimbus<td rowspan=2>IE<tr><td>Quill</table>",
            {("nimbus", "IE"), ("quill", "IE")},
        ),
        # Headers of two rows, below a title.
        (
            "<table><thead><tr><th colspan=3>All<tr><th rowspan=2>Vendor<th colspan=2>Location<tr><th>Data<th>Staff"
            "</thead><tr><td>Nimbus<td>IE<td>IN</table>",
            {("nimbus", "IE IN")},
        ),
        # A row over all columns heads those below it.
        (
            "<table><tr><th>Vendor<th>Purpose<tr><th colspan=2>France<tr><td>Nimbus<td>CDN<tr><th colspan=2>US"
            "<tr><td>Quill<td>Mail</table>",
            {("nimbus", "FR"), ("quill", "US")},
        ),
        # Tables that lay out the page around one of data.
        (f"<table><tr><td><table><tr><td>{TABLE}<td>News</table><td>Menu</table>", {("nimbus", "IE")}),
        # Roles make a table of anything.
        (
            "<div role=grid><p role=row><b role=columnheader>Vendor</b><b role=columnheader>Country</b></p>"
            "<p role=row><i role=gridcell>Nimbus</i><i role=gridcell>IE</i></div>",
            {("nimbus", "IE")},
        ),
        # Divisions in rows and columns below words that are headers.
        (
            "<div><div><div>Vendor</div><div>Country</div></div><div><div><p>Nimbus</p></div><div>IE</div></div>"
            "<div><div>France</div></div><div><div>Quill</div><div></div></div></div>",
            {("nimbus", "IE"), ("quill", "FR")},
        ),
        (
            "<ul><li><span>Company</span><span>Location</span></li><li><span>Nimbus</span><span>IE</span></li></ul>",
            {("nimbus", "IE")},
        ),
        # Parts that open, each with its place.
        (
            "<details><summary>Ireland</summary><ul><li>Nimbus</ul></details><details><summary>Vendors in France"
            "</summary><ul><li>Quill</ul></details><h2>Vendors</h2><ul><li>Tern</ul>",
            {("nimbus", "IE"), ("quill", "FR"), ("tern", "")},
        ),
        # What a table is called belongs to that table alone.
        (
            "<table><caption>France</caption><tr><th>Vendor<th>Purpose<tr><td>Nimbus<td>CDN</table>"
            "<table><tr><th>Vendor<th>Purpose<tr><td>Quill<td>Mail</table>",
            {("nimbus", "FR"), ("quill", "")},
        ),
        ("<table><tr><th>Entity (Country)<th>Purpose<tr><td>Nimbus (Ireland)<td>CDN</table>", {("nimbus", "IE")}),
        ("<table><tr><th>Vendor<th>Country<tr><td>Nimbus<td>IE<br>FR<p>US</table>", {("nimbus", "IE FR US")}),
        (
            "<table><tr><th>Anbieter<th>Standort<tr><td><b>Nimbus</b><br><a href=x>privacy</a>"
            "<td>Dublin, Irland <span>EU</span></table>",
            {("nimbus", "IE EEA")},
        ),
        (
            "<table><tr><th>Vendor<th>Country<tr><td><b>Nimbus</b> \u2014 cache<td>IE<tr><td>None currently<td>US",
            {("nimbus", "IE")},
        ),
        ("<table><tr><th>Vendor<th>Country<tr><td hidden>1<td>Nimbus<td>IE</table>", {("nimbus", "IE")}),
        ("<table><tr><th>Vendor<th>Country<tr><td><svg><title>x</title></svg>N&#105;mbus<td>IE", {("nimbus", "IE")}),
        ("<dl><dt>Nimbus<dd>CDN<dd>Location: Ireland<dt>Quill<dd>US</dl>", {("nimbus", "IE"), ("quill", "US")}),
        ("<ul><li><h3>Nimbus</h3><p>CDN<p>Ireland</ul>", {("nimbus", "IE")}),
        # Headings that are names, where there is neither a table nor a list.
        (
            "<div><h3>Nimbus</h3><p>CDN</p><p><b>Location:</b> Ireland</div><div><h3>Quill</h3><p>Purpose: mail<br>"
            "Country: US</p></div><h3>Contact</h3><p>Write to us.",
            {("nimbus", "IE"), ("quill", "US")},
        ),
        # A page that does not say where its body begins.
        (f"<link rel=x><main><section>{TABLE}</section></main>", {("nimbus", "IE")}),
    ],
)
def test_a_table_or_list_is_read_as_it_is_displayed(body: str, expected: set[tuple[str, str]]):
    assert listed(body) == {(name, tuple(places.split())) for name, places in expected}


# Guesses


@pytest.mark.parametrize(
    ("body", "names"),
    [
        # Menus: links within the site, or all to one host; a list of links to many hosts is none.
        (f"{TABLE}<ul><li><a href=/jobs>Jobs</a><li><a href=blog>Blog</a></ul>", {"nimbus"}),
        (f"{TABLE}<ul>{'<li><a href=https://p.example/x>Jobs</a>' * 3}</ul>", {"nimbus"}),
        (
            "<ul><li><a href=https://n.example>Nimbus</a><li><a href=https://q.example>Quill</a></ul>",
            {"nimbus", "quill"},
        ),
        # What stands around the contents.
        (f"<nav><ul><li>Jobs</ul></nav>{TABLE}<footer><ul><li>Blog</ul></footer><aside>News</aside>", {"nimbus"}),
        (f"<aside><h1>Sub-processors</h1>{TABLE}</aside>", {"nimbus"}),
        (f"<article><header><ul><li>Quill</ul></header>{TABLE}</article>", {"nimbus", "quill"}),
        (f"{TABLE}<div role=dialog><ul><li>Accept</ul></div>", {"nimbus"}),
        # Cookies.
        (f"{TABLE}<div class='cookie-bar'><ul><li>Tracker</ul></div>", {"nimbus"}),
        (f"{TABLE}<table><tr><th>Name<th>Provider<th>Expiry<tr><td>_t<td>Tracker<td>1 year</table>", {"nimbus"}),
        (f"{TABLE}<h2>Cookies</h2><table><tr><th>Provider<th>Country<tr><td>Tracker<td>US</table>", {"nimbus"}),
        (f"<h2>Sub-processors for cookies</h2>{TABLE}", {"nimbus"}),
        # Sentences are no names.
        (
            f"{TABLE}<p>Our sub-processors must:<ul><li>keep all of the data they hold encrypted;"
            "<li>tell us of every breach within a day</ul>",
            {"nimbus"},
        ),
        # Beside a table, a list is one of sub-processors by its own heading or the words before it, or by a country's.
        (f"<h1>Sub-processors</h1>{TABLE}<h2>Your rights</h2><ul><li>Access<li>Erasure</ul>", {"nimbus"}),
        (f"<h1>Trust</h1>{TABLE}<h2>Affiliates</h2><h3>Germany</h3><ul><li>Quill GmbH</ul>", {"nimbus", "quill"}),
        ("<h1>Sub-processors</h1><h2>Mail</h2><ul><li>Quill</ul>", {"quill"}),
        # A heading with a day or an address below it is no name.
        (f"{TABLE}<h2>About</h2><p>Date: 3 May 2024", {"nimbus"}),
        ("<h2>Tern</h2><p>Location: IE<h2>About</h2><p>Date: 3 May 2024<h2>Us</h2><p>E-mail: a@b.example", {"tern"}),
        # Hidden, unless something opens it.
        (f"{TABLE}<ul style='display:none'><li>Quill</ul>", {"nimbus"}),
        (f"{TABLE}<a href='#eu'>EU</a><ul id=eu style='display : none'><li>Quill</ul>", {"nimbus", "quill"}),
        (f"{TABLE}<div role=tabpanel hidden><ul><li>Quill</ul></div>", {"nimbus", "quill"}),
    ],
)
def test_what_is_no_list_of_sub_processors_is_left_out(body: str, names: set[str]):
    assert {name for name, _ in listed(body)} == names


def test_a_table_of_staff_is_left_out_only_beside_one_that_says_what_it_is():
    staff = "<table><tr><th>Name<th>Role<tr><td>Tern<td>Pilot</table>"
    alone = import_("html", f"<title>Us</title>{staff}")
    assert recipients(alone).keys() == {"tern-services"}
    assert_said(alone, "table 1", "nothing says that this table names sub-processors; taken for that")
    beside = import_("html", f"<title>Us</title>{staff}{TABLE}")
    assert recipients(beside).keys() == {"nimbus-services"}
    assert_said(beside, "table 1", "a table of names, beside one that says that it names sub-processors; not imported")


@pytest.mark.parametrize(
    ("head", "letter", "written", "encoding"),
    [
        ("", "é", "utf-16", "utf-16"),
        ("", "é", "utf-8-sig", "utf-8-sig"),
        ("<meta charset=windows-1251>", "\u0436", "cp1251", "cp1251"),
        ("<meta http-equiv=content-type content='text/html; charset=Shift_JIS'>", "船", "cp932", "cp932"),
        # What is UTF-8 is no other encoding, whatever the page says.
        ("<meta charset=latin1>", "é", "utf-8", "utf-8"),
        # An encoding that there is not is told, and found out; utf-7 and the like are none for pages.
        ("<meta charset=hex>", "\u0416\u0430\u0436\u0434\u0430", "cp1251", "cp1251"),
        ("<meta charset=utf-7>", "é", "utf-8", "utf-8"),
        ("<meta charset=iso-2022-kr>", "\u0416\u0430\u0436\u0434\u0430", "cp1251", "cp1251"),
        ("<meta charset=x-user-defined>", "\u0416\u0430\u0436\u0434\u0430", "cp1251", "cp1251"),
    ],
)
def test_a_page_is_read_in_its_encoding(head: str, letter: str, written: str, encoding: str):
    found = import_("html", f"{head}{TABLE}<p>{letter}".encode(written))
    assert found.report.encoding == encoding
    assert recipients(found).keys() == {"nimbus-services"}
    assert letter in {remark.written for remark in found.report.remarks}


def test_how_a_page_was_sent_counts_for_more_than_what_it_says():
    content = f"<meta charset=windows-1252>{TABLE}<p>\u0416".encode("cp1251")
    found = import_("html", content, encoding="windows-1251")
    assert found.report.encoding == "cp1251"
    assert_said(found, "", "read as cp1251, as the server says [windows-1251]")
    assert import_("html", content).report.encoding == "cp1252"
    assert import_("csv", "Vendor\n\u0416\n".encode("cp1251"), encoding="cp1251").report.encoding == "cp1251"


# What is no such page


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "holds no HTML"),
        (b"%PDF-1.7\n%\xe2\xe3", "is a PDF document"),
        (b"PK\x03\x04xl/workbook.xml", "is an archive or an Office document"),
        (b"\x89PNG\r\n\x1a\n", "is a picture"),
        (b"<p>Nothing here.", "neither a table nor a list"),
        (b"<form><input type=Password></form><ul><li>Forgotten?<li>Help</ul>", "looks like a page to log in on"),
        (b"<meta http-equiv=Refresh content='0; url=/login'>", r"only leads on to another page \(0; url=/login\)"),
        (b"<div id=root></div><script src=app.js></script>", "scripts put in what it shows"),
        (b"<iframe src=https://lists.example/x></iframe>", "frames, which may hold it .https://lists.example/x"),
        (b"<p " + b" ".join(b"a%d" % number for number in range(2_000)) + b">", "has a tag with 2000 attributes"),
        (b"<b>" * 300_001, "has 300001 tags"),
    ],
)
def test_what_is_no_such_page_is_refused_in_words(content: bytes, words: str):
    with pytest.raises(InvalidDocument, match=words):
        import_("html", content)


def test_a_page_larger_than_pages_are_is_refused():
    with pytest.raises(DocumentTooLarge):
        import_("html", b"<!--" + b"x" * 33_554_432)


# Bounded time and memory


@pytest.mark.parametrize(
    ("more", "place", "words"),
    [
        ("<p>" + "x" * 10_000_000, "line 1", "has 10000000 characters of text"),
        ("<table><tr><td>" + "x" * 10_000_000 + "</table>", "table 2, row 1", "has a cell of 10000000 characters"),
        ("<div>" * 100_000, "line 1", "tags stand too deep in each other"),
        ("<ul><li>" * 100_000, "line 1", "tags stand too deep in each other"),
        ("<table><tr><td>" * 50_000, "line 1", "tags stand too deep in each other"),
        ("<p>" + "<b> </b>" * 20_000 + "end", "line 1", "text; not imported [end]"),
        ("<table><tr>" + "<td rowspan=0 colspan=1000>x" * 2 + "</table>", "table 2, row 1", "beyond column 300"),
        ("<p hidden>Quill" * 20_000, "line 1", "hidden on the page; not imported [Quill]"),
    ],
    ids=["line", "cell", "divisions", "lists", "tables", "empty", "spans", "hidden"],
)
def test_what_was_made_to_take_long_takes_little_and_is_told(more: str, place: str, words: str):
    with little_work(3):
        found = import_("html", page(TABLE + more))
    assert recipients(found).keys() >= {"nimbus-services"}
    assert_said(found, place, words)


def test_entities_do_not_grow():
    body = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]>" + page(TABLE) + "<p>&b;&a;"
    assert "&b;&a;" in {remark.written for remark in import_("html", body).report.remarks}


TAGS = ["<table>", "<tr>", "<td colspan=2>", "<th>Vendor", "</table>", "<ul>", "<li>", "</ul>", "<h2>", "</h2>", "<dl>"]
TAGS += [
    "<dt>",
    "<dd>",
    "<details>",
    "<summary>",
    "</details>",
    "<a href=x>",
    "</a>",
    "<img alt='A logo'>",
    "<p hidden>",
]
TAGS += [
    "Nimbus",
    " (Ireland)",
    ": mail",
    "<br>",
    "<nav>",
    "</nav>",
    "<div role=row>",
    "<!--",
    "-->",
    "&lt;",
    "<caption>",
]


@settings(max_examples=share(2))
@given(some.lists(some.sampled_from(TAGS), max_size=40).map("".join))
def test_any_mixture_of_tags_is_read_or_refused(body: str):
    try:
        found = import_("html", page(body))
    except InvalidDocument as error:
        assert error.faults
    else:
        assert found.report.rows_imported <= found.report.rows_read


@given(some.binary(max_size=300))
def test_any_bytes_are_a_list_or_refused_and_never_a_crash(content: bytes):
    for head in (b"", b"<h1>Sub-processors</h1><ul><li>", b"<table><tr><th>Vendor<tr><td>"):
        try:
            import_("html", head + content)
        except InvalidDocument as error:
            assert error.faults


def test_what_a_table_of_several_products_says_is_kept_apart_by_its_heading():
    found = import_("html", page(f"<h2>Kites</h2>{TABLE}<h2>Boats</h2>{TABLE.replace('IE', 'FR')}"))
    [flow] = found.body["flows"]
    assert flow["places"] == ["IE", "FR"]
    assert flow["note"] == "Under the heading Kites. Under the heading Boats."
    assert said(found, Kind.NOT_UNDERSTOOD) == set()
