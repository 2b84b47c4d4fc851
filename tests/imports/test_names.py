"""Names in foreign lists: resolved by what is recorded of parties (numbers, domains, decisions), else by nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from graphsvc.imports.foreign.known import Register
from graphsvc.imports.foreign.report import Kind
from tests.imports.support import entries, import_, knows, said

LEI, OTHER_LEI = "213800KUD8LAJWSQ9D15", "724500A93Z8V1MJK5349"
HARBOUR = {
    "id": "harbour",
    "name": "Harbour Cloud",
    "domains": ["www.harbour.example"],
    "identifiers": [{"scheme": "lei", "number": LEI}],
}


def resolved(text: str, *known: dict[str, Any], ones: dict[str, str] | None = None) -> list[tuple[str, str]]:
    register: Register = replace(knows(*known), ones=ones or {})
    found = import_("csv", text, register)
    return [(name.party, name.how) for name in found.report.names if name.written not in {"Paperboat"}]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("Sea Storage,,", ("sea-storage", "new")),
        (f"Sea Storage,{LEI},", ("harbour", "number")),
        (f"Sea Storage,{LEI.lower()},", ("harbour", "number")),
        (f"Harbour Cloud,{OTHER_LEI},", ("harbour-cloud", "new")),
        ("Sea Storage,,https://www.harbour.example/privacy?x=1", ("harbour", "domain")),
        ("Sea Storage,,HARBOUR.example", ("harbour", "domain")),
        ("Sea Storage,,https://elsewhere.example/harbour.example", ("sea-storage", "new")),
        ("Sea Storage,,see their page", ("sea-storage", "new")),
        (f"Sea Storage,{OTHER_LEI},https://harbour.example", ("sea-storage", "new")),
        ("Harbour Cloud,,https://elsewhere.example", ("harbour", "name")),
    ],
)
def test_a_number_or_a_domain_that_is_recorded_tells_whose_name_it_is(cells: str, expected: tuple[str, str]):
    assert resolved(f"Vendor,LEI,Website\n{cells}\n", HARBOUR) == [expected]


def test_a_name_of_several_parties_is_told_by_the_domain_or_by_a_decision_else_reported():
    other = {"id": "harbour-nl", "name": "Harbour Cloud", "domains": ["harbour.nl"]}
    assert resolved("Vendor,Website\nHarbour Cloud,harbour.nl\n", HARBOUR, other) == [("harbour-nl", "domain")]
    assert resolved("Vendor\nHarbour Cloud\n", HARBOUR, other) == [("harbour-cloud", "new")]
    one = {"harbour": "harbour-nl", "harbour-nl": "harbour-nl"}
    assert resolved("Vendor\nHarbour Cloud\n", HARBOUR, other, ones=one) == [("harbour-nl", "name")]


def test_a_domain_of_several_parties_tells_nothing_and_says_so():
    register = knows(HARBOUR, {"id": "dock", "name": "Dock", "domains": ["harbour.example"]})
    found = import_("csv", "Vendor,Website\nSea Storage,harbour.example\n", register)
    assert "sea-storage" in entries(found, "parties")
    assert any("may be any of dock, harbour" in text for _, text in said(found, Kind.GUESSED))


def test_numbers_that_check_are_imported_and_others_stay_in_words():
    found = import_("csv", f"Vendor,Company number\nSea Storage,{LEI}\nQuillmail,12-34\n")
    assert entries(found, "parties")["sea-storage"]["identifiers"] == [{"scheme": "lei", "number": LEI}]
    assert "identifiers" not in entries(found, "parties")["quillmail"]
    [flow] = [flow for flow in found.body["flows"] if flow["to"] == "quillmail-services"]
    assert "Number, by the list: 12-34." in flow["note"]


def test_eight_digits_are_a_kvk_number_only_where_the_list_says_so():
    found = import_("csv", "Vendor,KvK\nSea Storage,12345678\n")
    assert entries(found, "parties")["sea-storage"]["identifiers"] == [{"scheme": "kvk", "number": "12345678"}]
    found = import_("csv", "Vendor,Company number\nSea Storage,12345678\n")
    assert "identifiers" not in entries(found, "parties")["sea-storage"]


def test_a_list_that_gives_one_name_two_leis_is_imported_with_the_first_and_says_so():
    found = import_("csv", f"Vendor,LEI\nSea Storage,{LEI}\nsea storage,{OTHER_LEI}\n")
    assert entries(found, "parties")["sea-storage"]["identifiers"] == [{"scheme": "lei", "number": LEI}]
    assert any("another one is not imported" in text for _, text in said(found, Kind.NOT_UNDERSTOOD))
