"""A name that does not exist is answered with those that may have been meant."""

from __future__ import annotations

import pytest

from graphsvc.imports.countries import aliases, meant
from graphsvc.nearest import did_you_mean
from graphsvc.translation import translate
from tests.builders import seed

CATEGORIES = ["email-opens", "email-address", "email-content", "emergency-contact", "name"]


@pytest.mark.parametrize(
    ("written", "hint", "dutch"),
    [
        ("emial-address", "; did you mean 'email-address'?", "; bedoelde u 'email-address'?"),
        (
            "email",
            "; did you mean 'email-address', 'email-content' or 'email-opens'?",
            "; bedoelde u 'email-address', 'email-content' of 'email-opens'?",
        ),
        ("names", "; did you mean 'name'?", "; bedoelde u 'name'?"),
        ("quite-something-else", "", ""),
        ("", "", ""),
    ],
)
def test_those_that_go_on_from_what_was_written_come_before_the_most_alike(written: str, hint: str, dutch: str):
    told = did_you_mean(written, CATEGORIES)
    assert (told, translate(told, "nl")) == (hint, dutch)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("EER", "EEA"),
        ("EWR", "EEA"),
        ("XI", "GB"),
        ("UK", "GB"),
        ("uk ", "GB"),
        ("IC", "ES"),
        ("EA", "ES"),
        ("FX", "FR"),
        ("EL", "GR"),
        ("nl", "NL"),
        ("Germany", "DE"),
    ],
)
def test_other_codes_and_names_of_a_place_lead_to_its_code(written: str, code: str):
    assert meant(written) == f"; did you mean '{code}'?"


def test_every_alias_in_the_law_tables_leads_to_its_place():
    rows = [row for row in seed("countries") if "aliases" in row]
    assert {alias: row["id"] for row in rows for alias in row["aliases"]} == aliases()


@pytest.mark.parametrize("written", ["NL", "QQ", "", "x" * 100])
def test_where_nothing_can_be_told_there_is_no_hint(written: str):
    assert meant(written) == ""
