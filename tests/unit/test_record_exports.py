"""The records of Art. 30(1) and 30(2): every point of the article, marks and gaps in words, real types, no formulas."""

from __future__ import annotations

import csv
import datetime
import io
import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openpyxl import Workbook, load_workbook

from graphsvc.answers.served import served, undetermined
from graphsvc.exports import record_controller, record_processor
from graphsvc.exports.registry import EXPORTS
from graphsvc.model import UNKNOWN, Shortfall
from graphsvc.questions.handover import Handover, HandoverQuestion
from graphsvc.translation import LANGUAGES, gettext
from tests.builders import activity, evidence, flow, network, party, service

ON = "2026-11-24"
HOSTILE = '=HYPERLINK("http://x")|<script>alert(1)</script>'
SCC = {"tool": "scc-2021-m2", "concluded": "2023-01-02", "transfer_impact_assessment": {"date": "2024-05-06"}}
KINDS = ("art30-1", "art30-2")
COLUMNS = {"art30-1": record_controller.COLUMNS, "art30-2": record_processor.COLUMNS}
ABOUT = ("on", "law", "revision")
INFERRED = [evidence(basis="inferred")]
FULL = {
    "purposes": ["newsletter", "payroll"],
    "legal_bases": [{"id": "consent"}, {"id": "contract", "evidence": INFERRED}],
    "retention": [
        {"what": "Addresses", "kind": "maximum", "period": "P26M", "evidence": [evidence()]},
        {"what": "Letters", "kind": "event", "from_event": "the end of the year", "evidence": INFERRED},
    ],
    "measures": [{"text": "Encryption at rest", "evidence": [evidence()]}],
    "valid_from": "2024-02-29",
}


def shop(*flows: dict[str, Any], **more: Any) -> Handover:
    """A shop with one activity whose mail goes to a mailer in the US, and two that say next to nothing."""
    name = more.pop("name", "Mail Inc.")
    data = more.pop("data", ["customer name", "customer email-address"])
    found = network(
        [
            flow("mail", "mailer", places=["US"], tools=[SCC], contract={"kind": "art28", "date": "2023-01-02"}),
            flow("mail", "bank", "independent_controller", places=["NL"], seat_access=False),
            flow("mailer", "hosting", "sub_processor", places=["DE"]),
            *flows,
        ],
        [
            activity("mail", "shop", data, **FULL | more),
            activity("dark", "shop"),
            activity("pay", "shop", [{"subject": "employee", "category": "salary", "evidence": INFERRED}]),
        ],
        [service("mailer", "mail-inc"), service("bank", "bank"), service("hosting", "rack"), service("odd", "odd")],
        [
            party("shop", "NL", officer={"appointed": False}, contact="The contact page"),
            party("mail-inc", "US") | {"name": name},
            *(party("bank", "NL"), party("rack", "DE"), party("odd", "US") | {"name": HOSTILE}),
        ],
        ON,
    )
    return Handover(HandoverQuestion(ON, "shop"), 7, found, found.party("shop"))


def agency(*flows: dict[str, Any], who: str = "mail-inc", **more: Any) -> Handover:
    """What a mailer does: for a shop, for a bakery through an agency, and by its own record for people unnamed."""
    found = network(
        [
            flow("news", "mailer", purpose="Newsletters", contract={"kind": "art28"}),
            flow("bread", "desk", places=["NL"]),
            flow("desk", "mailer", "sub_processor", places=["US"]),
            flow("mailer", "hosting", "sub_processor", places=["IN"], carries=["customer email-address"]),
            flow("lists", "hosting", places=["DE"], seat_access=False),
            *flows,
        ],
        [
            activity("news", "shop", ["customer name", "customer email-address"]),
            activity("bread", "bakery", ["customer contact-details"]),
            activity("lists", "mail-inc", ["subscriber name"], acts_as="processor", purposes=["newsletter"], **more),
            activity("own", "mail-inc", ["employee salary"]),
        ],
        [service("mailer", "mail-inc"), service("desk", "desk"), service("hosting", "rack")],
        [
            *(party("shop", "NL", contact="The contact page"), party("bakery", "NL"), party("desk", "NL")),
            party("mail-inc", "US", measures=[{"text": "Two factors", "evidence": [evidence()]}]),
            party("rack", "IN"),
        ],
        ON,
    )
    return Handover(HandoverQuestion(ON, who), 7, found, found.party(who))


def written(kind: str, word: str, found: Handover, language: str = "en") -> bytes:
    return EXPORTS[kind].formats[word].write(found, language)


def book(kind: str, found: Handover, language: str = "en") -> Workbook:
    return load_workbook(io.BytesIO(written(kind, "xlsx", found, language)))


def rows(kind: str, found: Handover, language: str = "en") -> list[dict[str, Any]]:
    heads, *lines = book(kind, found, language).worksheets[0].iter_rows()
    keys = [*COLUMNS[kind], *ABOUT]
    assert [cell.value for cell in heads] == [gettext(language, f"export.record.column.{key}") for key in keys]
    return [dict(zip(keys, (cell.value for cell in line), strict=True)) for line in lines]


def row(name: str, found: Handover, language: str = "en") -> dict[str, Any]:
    [one] = [each for each in rows("art30-1", found, language) if each["activity_id"] == name]
    return one


# Art. 30(1)


def test_a_controller_has_one_row_for_each_activity_and_each_point_of_the_article_has_a_column():
    found = row("mail", shop())
    assert [each["activity_id"] for each in rows("art30-1", shop())] == ["dark", "mail", "pay"]
    expected = {
        "controller": "shop",
        "controller_contact": "The contact page",
        "controller_representative": "not needed: established in the EEA",
        "controller_officer": "none appointed",
        "joint_controllers": "none recorded",
        "purposes": "Newsletter; Payroll",
        "legal_basis": "Consent (Article 6(1)(a))\nPerformance of a contract (Article 6(1)(b)) [inferred]",
        "subjects": "Customer",
        "data": "Customer: E-mail address, Name",
        "delicate": "none",
        "special_condition": "not applicable",
        "processors": "mailer (Mail Inc.)",
        "sub_processors": "hosting (rack)",
        "recipients": "bank: independent controller",
        "third_countries": "United States",
        "retention": "Addresses: at most 26 months\nLetters: the end of the year [inferred]",
        "measures": "Encryption at rest",
    }
    assert {key: found[key] for key in expected} == expected
    assert found["safeguards"].startswith("United States: appropriate safeguards (Art. 46): ")
    assert found["safeguards"].endswith("(mailer (Mail Inc.))")


def test_days_and_numbers_are_what_they_are_and_every_row_says_what_it_was_made_from():
    found = row("mail", shop())
    assert (found["number"], found["since"]) == (2, datetime.datetime(2024, 2, 29))
    assert (found["on"], found["law"], found["revision"]) == (datetime.datetime(2026, 11, 24), "seed", 7)


@pytest.mark.parametrize(("language", "gap"), [("en", "not recorded [gap]"), ("nl", "niet vastgelegd [leemte]")])
def test_what_is_not_recorded_is_no_empty_cell_but_a_gap_and_the_row_lists_it(language: str, gap: str):
    found = row("dark", shop(), language)
    mandatory = ("purposes", "legal_basis", "subjects", "data", "processors", "recipients", "retention", "measures")
    assert {key: found[key] for key in mandatory} == dict.fromkeys(mandatory, gap)
    heads = [gettext(language, f"export.record.column.{key}") for key in mandatory]
    assert all(head in found["gaps"].splitlines()[0] for head in heads)
    assert all(cell not in (None, "") for each in rows("art30-1", shop(), language) for cell in each.values())


def test_the_gaps_of_a_row_are_those_of_the_worklist_that_article_30_asks_for():
    body = json.loads(written("art30-1", "json", shop()))
    gaps = {item["id"]: {gap["kind"] for gap in item["gaps"]} for item in body["items"]}
    assert {Shortfall.PURPOSES_MISSING, Shortfall.DATA_MISSING, Shortfall.RECIPIENTS_MISSING} <= gaps["dark"]
    assert Shortfall.PURPOSES_MISSING not in gaps["mail"]
    sentences = row("dark", shop())["gaps"]
    assert all(gap["what"] in sentences for gap in body["items"][0]["gaps"] if "Art. 30(" in gap["article"])


def test_inferred_is_marked_at_the_word_it_is_about():
    assert row("pay", shop())["data"] == "Employee [inferred]: Salary"
    mixed = [{"subject": "customer", "category": "name", "evidence": INFERRED}, "customer email-address"]
    found = row("mail", shop(data=mixed))
    assert found["data"] == "Customer: E-mail address, Name [inferred]"


def test_a_place_that_nobody_told_us_is_a_gap_beside_the_countries_that_are_known():
    found = row("mail", shop(flow("mailer", "odd", "sub_processor")))
    assert found["third_countries"] == "United States\nnot known [gap]"
    assert found["safeguards"].endswith("[gap]")


def test_special_categories_ask_for_a_condition():
    found = row("mail", shop(data=["patient health-record"]))
    assert found["delicate"] != "none"
    assert found["special_condition"] == "not recorded [gap]"


def test_what_a_party_does_as_a_processor_is_no_row_of_its_record_as_a_controller():
    assert {each["activity_id"] for each in rows("art30-1", agency())} == {"news", "bread", "own"}


# Art. 30(2)


def test_a_processor_has_a_row_for_each_controller_and_category_also_as_sub_processor():
    found = {(each["served_id"], each["category_id"]): each for each in rows("art30-2", agency())}
    assert list(found) == [("bakery", "mailer"), ("shop", "mailer"), (UNKNOWN, "lists")]
    told = {
        key: (each["as_role"], each["through"], each["data"], each["category_purpose"]) for key, each in found.items()
    }
    assert told[("shop", "mailer")] == ("processor", "none", "Customer: E-mail address, Name", "Newsletters")
    assert told[("bakery", "mailer")][:2] == ("sub-processor", "desk")
    assert found[(UNKNOWN, "lists")]["served"] == "not named by any source [gap]"
    assert {each["measures_2"] for each in found.values()} == {"Two factors"}


def test_a_processor_records_where_it_passes_on_what_came_from_that_controller():
    found = {(each["served_id"], each["category_id"]): each for each in rows("art30-2", agency())}
    assert found[("shop", "mailer")]["third_countries_2"] == "India"
    assert found[("shop", "mailer")]["engaged"] == "hosting (rack): sub-processor"
    assert found[("shop", "mailer")]["safeguards"].endswith("[gap]")
    assert found[(UNKNOWN, "lists")]["third_countries_2"] == "none"
    [india] = [each for each in served(agency().network, "mail-inc") if each.controller.id == "shop"]
    assert {item.category for line in india.transfers for item in line.items} == {"email-address"}


def test_controllers_of_a_processors_record_are_those_that_it_names():
    found = rows("art30-2", agency(on_behalf_of=["shop", "bakery"]))
    assert [(each["served_id"], each["category_id"]) for each in found] == [
        *(("bakery", "lists"), ("bakery", "mailer"), ("shop", "lists"), ("shop", "mailer"))
    ]


def test_who_is_no_processor_has_no_row_and_the_file_says_that_this_proves_nothing():
    found = agency(flow("own", "hosting", "unknown"), who="bakery")
    assert rows("art30-2", found) == []
    about = [cell.value for line in book("art30-2", found).worksheets[3].iter_rows() for cell in line]
    assert gettext("en", "export.art30_2.empty") in about


def test_a_role_that_nobody_recorded_makes_no_row_and_is_not_passed_over():
    found = agency(flow("news", "hosting", "unknown", places=["IN"]), who="rack")
    assert [(each.id, service.id) for each, service in undetermined(found.network, "rack")] == [("shop", "hosting")]
    about = [str(cell.value) for line in book("art30-2", found).worksheets[3].iter_rows() for cell in line]
    assert "shop (hosting)" in about


def test_data_that_comes_back_to_the_party_makes_it_no_recipient_of_its_own():
    found = agency(flow("hosting", "mailer", "sub_processor", places=["US"]))
    assert {each["engaged"] for each in rows("art30-2", found) if each["served_id"] == "shop"} == {
        "hosting (rack): sub-processor"
    }


# Files


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_sheets_stay_readable_and_can_be_printed(kind: str, language: str):
    made = book(kind, shop() if kind == "art30-1" else agency(), language)
    seen = [page for page in made.worksheets if page.sheet_state == "visible"]
    assert len(seen) == 4
    for page in seen:
        assert page.freeze_panes is not None
        assert page.auto_filter.ref == page.dimensions
        assert (page.page_setup.orientation, page.print_title_rows) == ("landscape", "$1:$1")
        assert page.print_title_cols.startswith("$A:$")
        assert ON in page.oddFooter.left.text
        assert page.page_setup.fitToWidth * 300 > sum(each.width for each in page.column_dimensions.values())
        assert all(cell.alignment.wrap_text for line in page.iter_rows() for cell in line)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_no_cell_is_a_formula(kind: str, language: str):
    found = shop(flow("mail", "odd", places=["US"]), name=HOSTILE, purposes=[HOSTILE], measures=[{"text": HOSTILE}])
    if kind == "art30-2":
        odd = party("mail-inc", "US") | {"name": HOSTILE, "contact": "+31 or -1", "measures": [{"text": "@x"}]}
        plain = agency()
        changed = plain.network.parties | {"mail-inc": type(plain.network.parties["shop"]).from_body(odd)}
        found = Handover(plain.question, 7, plain.network.joined(plain.network), changed["mail-inc"])
        found.network.parties.update(changed)
    cells = [cell for page in book(kind, found, language) for line in page.iter_rows() for cell in line]
    assert any(HOSTILE in str(cell.value) for cell in cells)
    assert not any(cell.data_type == "f" or str(cell.value or "").startswith(("=", "+", "-", "@")) for cell in cells)
    text = written(kind, "csv", found, language).decode("utf-8-sig")
    for line in csv.reader(io.StringIO(text, newline=""), strict=True):
        assert not any(cell.startswith(("=", "+", "@", "-")) for cell in line)


@pytest.mark.parametrize("kind", KINDS)
def test_csv_holds_the_rows_of_the_first_sheet(kind: str):
    found = shop() if kind == "art30-1" else agency()
    text = written(kind, "csv", found, "nl").decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    sheet = rows(kind, found, "nl")
    assert len(lines) == len(sheet)
    for line, cells in zip(lines, sheet, strict=True):
        shown = [str(value.date() if isinstance(value, datetime.datetime) else value) for value in cells.values()]
        assert list(line.values()) == shown


@pytest.mark.parametrize("kind", KINDS)
def test_the_json_keeps_to_its_schema_and_says_the_same_as_the_sheet(kind: str):
    found = shop() if kind == "art30-1" else agency()
    body = json.loads(written(kind, "json", found, "nl"))
    schema = EXPORTS[kind].formats["json"].schema
    assert schema is not None
    Draft202012Validator(schema).validate(body)
    assert (body["on"], body["revision"], body["total"]) == (ON, 7, len(rows(kind, found)))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("word", ["xlsx", "csv", "json"])
def test_the_same_facts_give_the_same_bytes(kind: str, word: str):
    make = shop if kind == "art30-1" else agency
    assert written(kind, word, make()) == written(kind, word, make())


def test_a_long_list_says_in_the_sheet_where_the_rest_of_it_is_and_csv_has_all_of_it():
    more = [flow("mailer", f"service-{n:02}", "sub_processor") for n in range(40)]
    cell = row("mail", shop(*more))["sub_processors"].splitlines()
    assert (len(cell), cell[-1]) == (25, "and 17 more: see the sheet Recipients")
    text = written("art30-1", "csv", shop(*more)).decode("utf-8-sig")
    [line] = [each for each in csv.DictReader(io.StringIO(text, newline="")) if each["Id of the activity"] == "mail"]
    assert len(line["Sub-processors (d)"].splitlines()) == 41
    recipients = book("art30-1", shop(*more)).worksheets[1]
    assert sum(each[0].value == "mail" for each in recipients.iter_rows()) == 43
    assert row("mail", shop(*more))["safeguards"].endswith("[gap]")


def test_a_cell_that_would_be_too_long_for_a_spreadsheet_says_that_it_was_cut_off():
    found = shop(measures=[{"text": f"Measure {n} {'x' * 1900}", "evidence": [evidence()]} for n in range(20)])
    cell = row("mail", found)["measures"]
    assert (len(cell), cell[-1]) == (32_767, "…")
