"""A name that does not exist is answered with those that may have been meant."""

from __future__ import annotations

import pytest

from graphsvc.nearest import did_you_mean
from graphsvc.told import said

CATEGORIES = ["email-opens", "email-address", "email-content", "emergency-contact", "name"]


@pytest.mark.parametrize(
    ("written", "hint", "dutch"),
    [
        ("emial-address", "; did you mean 'email-address'?", "; bedoelde u 'email-address'?"),
        (
            "email",
            "; did you mean 'email-address' or 'email-content' or 'email-opens'?",
            "; bedoelde u 'email-address' of 'email-content' of 'email-opens'?",
        ),
        ("names", "; did you mean 'name'?", "; bedoelde u 'name'?"),
        ("quite-something-else", "", ""),
        ("", "", ""),
    ],
)
def test_those_that_go_on_from_what_was_written_come_before_the_most_alike(written: str, hint: str, dutch: str):
    told = did_you_mean(written, CATEGORIES)
    assert (told, said(told, "nl")) == (hint, dutch)
