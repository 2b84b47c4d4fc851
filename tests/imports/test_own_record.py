"""Our own record of Art. 30(1) back in: nothing changed is nothing done, one cell changed is one change."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pycountry
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from graphsvc.errors import InvalidDocument
from graphsvc.exports.registry import EXPORTS
from graphsvc.graph.store import Store
from graphsvc.imports.foreign.known import Register
from graphsvc.imports.foreign.own_record import OwnRecord
from graphsvc.imports.foreign.own_sheet import COLUMNS, own_sheet
from graphsvc.imports.foreign.own_words import lines, listed, said
from graphsvc.imports.foreign.places import places_in
from graphsvc.imports.foreign.report import Notes
from graphsvc.imports.foreign.settings import ImportSettings
from graphsvc.intake import Taken, take_in
from graphsvc.model import Basis
from graphsvc.questions import Handover, HandoverQuestion, ask_handover
from graphsvc.register import Moved, load_and_tell
from graphsvc.translation import LANGUAGES, country_name
from tests.api.builders import (
    activity,
    bakery,
    document,
    everything,
    evidence,
    flow,
    load,
    party,
    vocabulary,
    word,
)
from tests.builders import network
from tests.engines.support import Engine, empty
from tests.imports.support import LIMIT

ON = "2022-06-01"
EMAIL = {"subject": "client", "category": "email"}
PHONE = {"subject": "client", "category": "phone", "evidence": evidence(basis="inferred")}
INFERRED = evidence(basis="inferred")
BILLING: dict[str, Any] = {
    "purposes": ["billing", "mailing"],
    "legal_bases": [{"id": "contract"}, {"id": "consent", "evidence": INFERRED}],
    "data": [EMAIL, PHONE, {"subject": "visitor", "category": "email"}],
    "retention": [
        {"what": "Invoices", "kind": "exact", "period": "P7Y", "evidence": evidence()},
        {"what": "Letters", "kind": "event", "from_event": "the end: of it", "evidence": INFERRED},
        {"what": "Rest", "kind": "not_stated", "evidence": evidence()},
    ],
    "measures": [{"text": "Locks; and keys", "evidence": evidence()}, {"text": "=Doors", "evidence": INFERRED}],
    "valid_from": "2020-01-02",
}
WORDS = document(
    "more-words",
    purposes=[word("mailing"), word("talk", name={"en": "Talk, chat and more", "nl": "Praten"})],
    legal_bases=[word("consent")],
)


@pytest.fixture
def store(engine: Engine) -> Store:
    """A register with a bakery whose two documents state an activity each."""
    empty(engine.bolt)
    store = Store(engine.bolt)
    store.prepare()
    measures = [{"text": "A fence", "evidence": evidence()}]
    known = bakery(
        parties=[party("bakery", established_in=["NL"], measures=measures), party("post", established_in=["US"])],
        activities=[activity("newsletter", "bakery", EMAIL), activity("bills", "bakery", **BILLING)],
        flows=[
            flow("newsletter-letters", "newsletter", "letters", places=["US"]),
            flow("bills-letters", "bills", "letters", role="unknown"),
        ],
    )
    extra = document("second", activities=[activity("visits", "bakery", purposes=["talk"])])
    load(engine.bolt, vocabulary(), WORDS, known, extra)
    return store


def exported(store: Store, language: str = "en") -> bytes:
    return EXPORTS["art30-1"].formats["xlsx"].write(ask_handover(store, HandoverQuestion(ON, "bakery")), language)


def edited(content: bytes, change: Callable[[Worksheet], object]) -> bytes:
    made = load_workbook(io.BytesIO(content))
    change(made.worksheets[0])
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def put(content: bytes, name: str, key: str, value: object) -> bytes:
    """The file with one cell changed: of the row of an activity, in a column."""

    def change(page: Worksheet) -> None:
        [row] = [n for n in range(2, page.max_row + 1) if page.cell(n, COLUMNS.index("activity_id") + 1).value == name]
        page.cell(row, COLUMNS.index(key) + 1).value = value

    return edited(content, change)


def take(store: Store, content: bytes, dry_run: bool = True) -> Taken:
    return take_in(store, "xlsx", [(content, ImportSettings(file="record.xlsx"))], LIMIT, dry_run)


def changed(taken: Taken) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """Section, what, id and keys of each change but the source that the file itself is."""
    return [
        (one.section, one.what, one.id, tuple(sorted({*one.before, *one.after} - {"evidence"})))
        for one in taken.changes
        if one.section != "sources"
    ]


def after(taken: Taken, name: str) -> dict[str, Any]:
    [one] = [one for one in taken.changes if one.id == name]
    return dict(one.after)


def texts(taken: Taken) -> str:
    return "\n".join(f"{remark.place}: {remark.text} [{remark.written}]" for remark in taken.reports[0].remarks)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_that_nobody_changed_changes_nothing(store: Store, language: str):
    before = everything(store.bolt)
    for dry_run in (True, False):
        taken = take(store, exported(store, language), dry_run)
        assert (taken.changes, taken.reports[0].remarks) == ((), ())
        assert taken.outcome.total("same") == 10
        assert [taken.outcome.total(what) for what in ("added", "changed", "removed")] == [0, 0, 0]
        assert (taken.reports[0].rows_read, taken.reports[0].rows_imported) == (3, 3)
    assert everything(store.bolt) == before


@pytest.mark.parametrize(
    ("key", "value", "field", "now"),
    [
        ("activity", "Bills and more", "name", "Bills and more"),
        ("purposes", "English mailing", "purposes", ["mailing"]),
        (
            "purposes",
            "English billing; English mailing; Talk, chat and more",
            "purposes",
            ["billing", "mailing", "talk"],
        ),
        ("since", datetime.date(2021, 3, 4), "valid_from", "2021-03-04"),
        ("until", "31 December 2023", "valid_until", "2023-12-31"),
    ],
)
def test_one_changed_cell_is_one_change_with_the_file_as_its_source(
    store: Store, key: str, value: object, field: str, now: object
):
    taken = take(store, put(exported(store), "bills", key, value))
    assert changed(taken) == [("activities", "changed", "bills", (field,))]
    found = after(taken, "bills")
    assert found[field] == now
    [own] = [each for each in found["evidence"] if each.get("for") == [field]]
    [source] = [one for one in taken.changes if one.section == "sources"]
    assert (own["source"], own["basis"]) == (source.id, "stated")
    assert "record.xlsx" in source.after["note"]


def test_what_stays_in_a_changed_cell_keeps_its_evidence_and_its_mark(store: Store):
    cell = "English client: English email, English phone [inferred]\nEnglish visitor: English email, English contact"
    taken = take(store, put(exported(store), "bills", "data", cell))
    found = after(taken, "bills")["data"]
    assert found[:3] == BILLING["data"]
    assert (found[3]["subject"], found[3]["category"]) == ("visitor", "contact")
    assert found[3]["evidence"][0]["locator"].startswith("sheet 'Processing activities', cell K")


def test_a_mark_that_somebody_takes_away_makes_the_fact_stated_and_one_that_is_added_makes_it_inferred(store: Store):
    cell = "English contract [assumed]\nEnglish consent"
    found = after(take(store, put(exported(store), "bills", "legal_basis", cell)), "bills")["legal_bases"]
    assert [(each["id"], each["evidence"][0]["basis"]) for each in found] == [
        ("contract", "assumed"),
        ("consent", "stated"),
    ]


def test_lines_of_time_limits_and_measures_are_changed_one_by_one(store: Store):
    retention = "Invoices: 7 years\nCopies: at most 30 days\nOld: P1Y, then a look [inferred]"
    found = after(take(store, put(exported(store), "bills", "retention", retention)), "bills")["retention"]
    assert found[0] == BILLING["retention"][0]
    assert [(each["what"], each["kind"], each.get("period")) for each in found[1:]] == [
        *(("Copies", "maximum", "P30D"), ("Old", "exact", "P1Y"), ("Rest", "not_stated", None)),
    ]
    assert found[2]["evidence"][0]["basis"] == "inferred"
    measures = "Locks; and keys\nA fence\nA dog"
    found = after(take(store, put(exported(store), "bills", "measures", measures)), "bills")["measures"]
    assert [each["text"] for each in found] == ["Locks; and keys", "A dog"]


@pytest.mark.parametrize("value", ["", "not recorded [gap]", "niet vastgelegd [leemte]", "unknown", "not applicable"])
@pytest.mark.parametrize("key", ["purposes", "legal_basis", "data", "retention", "since"])
def test_gaps_and_words_for_nothing_never_become_facts(store: Store, key: str, value: str):
    taken = take(store, put(exported(store), "bills", key, value))
    [(section, what, name, _)] = changed(taken)
    assert (section, what, name) == ("activities", "changed", "bills")
    field = {"legal_basis": "legal_bases", "since": "valid_from"}.get(key, key)
    assert after(taken, "bills").get(field, []) in ([], [BILLING["retention"][2]])


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("purposes", "World peace", "is no purpose that the register knows"),
        ("legal_basis", "Because", "is no legal basis"),
        ("data", "English email", "does not say whose data it is"),
        ("data", "Martians: English email", "is no data-subject category"),
        ("since", "some day", "is no day that can be read"),
        ("since", "03/04/2024", "two days|either|day"),
        ("activity", "", "an activity has a name"),
        ("subjects", "English visitor", "change it there"),
        ("third_countries", "Japan", "follows from the flows"),
        ("controller", "Somebody", "is said of the party"),
        ("controller_contact", "unknown", "is said of the party"),
        ("controller_officer", "appointed", "is said of the party"),
        ("gaps", "none", "is worked out"),
        ("recipients", "", "is no longer named"),
    ],
)
def test_what_is_not_understood_or_not_taken_is_said_and_changes_nothing(
    store: Store, key: str, value: str, words: str
):
    taken = take(store, put(exported(store), "bills", key, value))
    assert changed(taken) == []
    assert any(word in texts(taken) for word in words.split("|"))


def test_how_to_reach_the_controller_is_taken_by_the_document_that_states_it(store: Store):
    content = put(exported(store), "bills", "controller_contact", "By post, at the shop [inferred]")
    content = put(content, "bills", "controller_representative", "Name of post")
    taken = take(store, content, dry_run=False)
    assert changed(taken) == [("parties", "changed", "bakery", ("contact", "representative"))]
    assert after(taken, "bakery")["contact"] == "By post, at the shop"
    [contact] = [one for one in after(taken, "bakery")["evidence"] if one.get("for") == ["contact"]]
    assert (contact["basis"], "cell D" in contact["locator"]) == ("inferred", True)
    assert take(store, exported(store)).changes == ()
    assert "By post, at the shop" in str(ask_handover(store, HandoverQuestion(ON, "bakery")).network.parties["bakery"])


def test_rows_that_say_different_things_of_the_controller_are_told(store: Store):
    content = put(exported(store), "bills", "controller_contact", "By post")
    taken = take(store, put(content, "newsletter", "controller_contact", "By pigeon"))
    assert len(changed(taken)) == 1
    assert "of the same controller" in texts(taken)


def test_what_several_documents_say_of_the_controller_is_left_to_them(store: Store):
    load(store.bolt, document("second", parties=[party("bakery")], activities=[activity("visits", "bakery")]))
    taken = take(store, put(exported(store), "bills", "controller_contact", "By post"))
    assert (changed(taken), "is said of the party" in texts(taken)) == ([], True)


def test_a_measure_of_the_controller_that_is_struck_out_is_told(store: Store):
    taken = take(store, put(exported(store), "bills", "measures", "Locks; and keys\n'=Doors [inferred]"))
    assert changed(taken) == []
    assert "(A fence): change it there" in texts(taken)


def test_a_recipient_that_is_added_is_a_flow_and_one_that_is_known_is_that_one(store: Store):
    cell = "Name of letters (Name of post)\nStamps (Name of post)\nQuill B.V. [assumed]\nRoom (not named by any source)"
    taken = take(store, put(exported(store), "newsletter", "processors", cell))
    added = {
        (one.section, one.id): one.after for one in taken.changes if one.what == "added" and one.section != "sources"
    }
    flows = {one["to"]: one for (section, _), one in added.items() if section == "flows"}
    assert set(flows) == {"stamps", "quill-services", "room"}
    assert {(one["from"], one["role"]) for one in flows.values()} == {("newsletter", "processor")}
    assert flows["quill-services"]["evidence"][0]["basis"] == "assumed"
    assert added["services", "stamps"]["provider"] == "post"
    assert "provider" not in added["services", "room"]
    assert ("parties", "quill") in added
    assert (
        take(store, put(exported(store), "newsletter", "processors", cell), dry_run=False).outcome.total("removed") == 0
    )
    assert changed(take(store, exported(store))) == []


def test_a_row_that_is_added_is_a_new_activity_and_one_that_is_deleted_stays(store: Store):
    def change(page: Worksheet) -> None:
        values = {
            "activity": "Visits of inspectors",
            "purposes": "English billing",
            "data": "English visitor: English contact",
        }
        page.append([values.get(key) for key in COLUMNS])
        [row] = [
            n for n in range(2, page.max_row + 1) if page.cell(n, COLUMNS.index("activity_id") + 1).value == "bills"
        ]
        page.delete_rows(row)

    taken = take(store, edited(exported(store), change))
    [one] = [one for one in taken.changes if one.section == "activities"]
    assert (one.document, one.what, one.after["controller"]) == ("bakery-register", "added", "bakery")
    assert one.after["data"][0]["category"] == "contact"
    assert "its row was deleted, the activity stays" in texts(taken)


def test_activities_of_two_documents_are_changed_in_both(store: Store):
    content = put(put(exported(store), "visits", "purposes", "English billing"), "bills", "purposes", "English billing")
    taken = take(store, content, dry_run=False)
    assert set(taken.outcome.documents) == {"bakery-register", "second"}
    assert {(one.document, one.id) for one in taken.changes if one.section == "activities"} == {
        ("bakery-register", "bills"),
        ("second", "visits"),
    }
    assert changed(take(store, exported(store))) == []


def test_cells_that_were_changed_count_and_the_register_may_have_gone_on(store: Store):
    content = exported(store)
    take(store, put(content, "bills", "purposes", "English mailing"), dry_run=False)
    taken = take(store, put(content, "bills", "activity", "Bills, anew"))
    assert changed(taken) == [("activities", "changed", "bills", ("name",))]
    assert "only cells that were changed count" in texts(taken)


def test_into_an_empty_register_the_record_brings_its_facts(store: Store):
    content = exported(store)
    empty(store.bolt)
    store.prepare()
    load(store.bolt, vocabulary(), WORDS)
    taken = take(store, content, dry_run=False)
    assert taken.outcome.documents == ("record-name-of-bakery",)
    added = {one.id: one.after for one in taken.changes if one.section == "activities"}
    bills = added["bills"]
    assert (bills["controller"], bills["purposes"], bills["valid_from"]) == (
        "bakery",
        BILLING["purposes"],
        "2020-01-02",
    )
    items = {(each["subject"], each["category"]): each["evidence"][0]["basis"] for each in bills["data"]}
    assert items == {("client", "email"): "stated", ("client", "phone"): "inferred", ("visitor", "email"): "stated"}
    assert [each["period"] for each in bills["retention"] if "period" in each] == ["P7Y"]
    assert {each["text"] for each in bills["measures"]} == {"Locks; and keys", "=Doors", "A fence"}
    flows = {(one.after["from"], one.after["to"], one.after["role"]) for one in taken.changes if one.section == "flows"}
    assert flows == {("newsletter", "name-of-letters", "processor"), ("bills", "name-of-letters", "unknown")}
    places = {one.after["from"]: one.after["places"] for one in taken.changes if one.section == "flows"}
    assert places == {"newsletter": ["US"], "bills": ["US", "unknown"]}
    assert not [one for one in taken.changes if "recorded" in one.name or "gap" in one.name]
    assert changed(take(store, exported(store))) == []


@pytest.mark.parametrize("dirt", ["columns", "inserted", "language"])
def test_columns_may_be_moved_and_words_may_be_in_the_other_language(store: Store, dirt: str):
    def change(page: Worksheet) -> None:
        if dirt == "columns":
            page.delete_cols(COLUMNS.index("measures") + 1)
        else:
            page.insert_cols(2, 3)
            page["B1"] = "Our own column"

    if dirt == "language":
        taken = take(store, put(exported(store, "nl"), "bills", "purposes", "English mailing"))
        assert changed(taken) == [("activities", "changed", "bills", ("purposes",))]
        return
    taken = take(store, edited(exported(store), change))
    assert changed(taken) == []
    assert ("the column was deleted" in texts(taken)) == (dirt == "columns")


def test_formulas_and_markup_that_somebody_put_in_stay_text_or_are_told(store: Store):
    taken = take(store, put(exported(store), "bills", "activity", "=1+1"))
    assert "a formula; it is not worked out" in texts(taken)
    taken = take(store, put(exported(store), "bills", "measures", "<script>alert(1)</script>\u200b"))
    assert after(taken, "bills")["measures"] == [
        {"text": "<script>alert(1)</script>", "evidence": after(taken, "bills")["measures"][0]["evidence"]}
    ]


def test_a_hostile_file_that_looks_like_ours_is_refused_or_read_as_a_foreign_one(store: Store):
    content = exported(store)
    entity = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet>&e;</worksheet>'
    for part in (entity, b"<worksheet>" + b" " * 300_000_000, b"<" * 100):
        changed_parts = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(content)) as old,
            zipfile.ZipFile(changed_parts, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for name in old.namelist():
                new.writestr(name, part if name == "xl/worksheets/sheet5.xml" else old.read(name))
        with pytest.raises(InvalidDocument):
            take(store, changed_parts.getvalue())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Post [inferred]", ("Post", Basis.INFERRED)),
        ("Post (afgeleid)", ("Post", Basis.INFERRED)),
        ("Post [aangenomen]", ("Post", Basis.ASSUMED)),
        ("Post [B.V.]", ("Post [B.V.]", None)),
        ("'=Post", ("=Post", None)),
        ("'t Postkantoor", ("'t Postkantoor", None)),
        ("Verenigde Staten [leemte]", None),
        ("geen vastgelegd", None),
        ("onbekend [aangenomen]", None),
    ],
)
def test_a_text_is_told_from_its_mark(text: str, found: tuple[str, Basis | None] | None):
    assert said(text) == found


def test_a_mark_behind_a_list_is_that_of_all_of_it():
    assert [(each.text, each.basis) for each in listed("a; b [inferred]")] == [("a", "inferred"), ("b", "inferred")]
    assert [each.text for each in lines("a\nnot recorded [gap]\n\nb")] == ["a", "b"]


def without_hidden(content: bytes) -> bytes:
    return edited(content, lambda page: page.parent.remove(page.parent["graphsvc"]))


def as_csv(store: Store) -> bytes:
    return EXPORTS["art30-1"].formats["csv"].write(ask_handover(store, HandoverQuestion(ON, "bakery")), "nl")


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_file_without_its_hidden_sheet_changes_nothing_that_the_register_has(store: Store, form: str):
    content = without_hidden(exported(store)) if form == "xlsx" else as_csv(store)
    taken = take_in(store, form, [(content, ImportSettings(file=f"a.{form}"))], LIMIT)
    assert taken.changes == ()
    assert texts(taken).count("the register has this activity, and the file does not tell what was changed") == 3


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_file_without_its_hidden_sheet_brings_its_facts_to_who_has_none_of_them(store: Store, form: str):
    content = without_hidden(exported(store)) if form == "xlsx" else as_csv(store)
    empty(store.bolt)
    store.prepare()
    load(store.bolt, vocabulary(), WORDS)
    taken = take_in(store, form, [(content, ImportSettings(file=f"a.{form}"))], LIMIT)
    added = {one.id: one.after for one in taken.changes if one.section == "activities"}
    assert set(added) == {"newsletter", "bills", "visits"}
    assert {each["controller"] for each in added.values()} == {"name-of-bakery"}
    assert added["bills"]["purposes"] == BILLING["purposes"]
    assert not [one for one in taken.changes if "recorded" in one.name or "gap" in one.name or "leemte" in one.name]


BOOK = network(
    [{"id": "f", "from": "a", "to": "s", "role": "processor", "evidence": []}],
    [{"id": "a", "name": "A", "controller": "c", "evidence": []}],
    parties=[{"id": "c", "name": "C"}],
    on=ON,
)
OURS = EXPORTS["art30-1"].formats["xlsx"].write(Handover(HandoverQuestion(ON, "c"), 1, BOOK, BOOK.party("c")), "en")
with zipfile.ZipFile(io.BytesIO(OURS)) as _archive:
    PARTS = {name: _archive.read(name) for name in _archive.namelist() if name.endswith(".xml")}


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(some.data())
def test_any_broken_record_of_ours_is_read_or_refused_and_never_a_crash(data: some.DataObject):
    name = data.draw(some.sampled_from(sorted(PARTS)))
    start = data.draw(some.integers(0, len(PARTS[name]) - 1))
    length = data.draw(some.integers(1, 40))
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(OURS)) as old, zipfile.ZipFile(written, "w") as new:
        for part in old.namelist():
            text = old.read(part)
            new.writestr(part, text[:start] + text[start + length :] if part == name else text)
    notes = Notes("xlsx", "a.xlsx")
    try:
        sheet = own_sheet(written.getvalue(), "a.xlsx", notes)
    except InvalidDocument as error:
        assert error.faults
        return
    if sheet is not None:
        bodies = OwnRecord(sheet, {}, ImportSettings(file="a.xlsx"), Register(), OURS, notes).bodies()
        assert notes.rows_read == len(sheet.rows)
        assert all(body["document"]["id"] == key for key, body in bodies.items())


def test_two_people_who_change_one_document_at_once_both_get_what_they_wrote(store: Store):
    content = exported(store)
    files = {name: put(content, name, "activity", f"New {name}") for name in ("newsletter", "bills")}

    def write(name: str) -> Taken:
        return take_in(store, "xlsx", [(files[name], ImportSettings(file=f"{name}.xlsx"))], LIMIT)

    with ThreadPoolExecutor() as people:
        assert [taken.outcome.total("changed") for taken in people.map(write, files)] == [1, 1]
    assert {name: store.one("Activity", name)["name"] for name in files} == {name: f"New {name}" for name in files}


def test_what_was_made_from_a_register_that_changed_since_is_not_loaded(store: Store):
    before = store.state().revision
    load(store.bolt, document("third", parties=[party("newcomer")]))
    with pytest.raises(Moved):
        load_and_tell(store.bolt, [], before)
    assert store.state().revision == before + 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_country_is_read_by_the_name_that_a_record_of_ours_has(language: str):
    codes = [country.alpha_2 for country in pycountry.countries]
    assert {code: places_in(country_name(language, code)).for_flow for code in codes} == {
        code: [code] for code in codes
    }
