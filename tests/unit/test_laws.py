"""The laws of every register, over many registers laid into memory: the answers alone, without an engine."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.asking import InMemory
from tests.builders import Entry
from tests.examples import share
from tests.laws import LAWS, Law
from tests.registers import days, registers


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
@settings(max_examples=share(0.5), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(registers(), days, st.data())
def test_of_every_register_it_holds_that(law: Law, body: Entry, on: str, data: st.DataObject) -> None:
    law(InMemory, body, on, data)
