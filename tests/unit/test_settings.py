"""Settings are read once, strictly, and never open the service to other machines."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphsvc.errors import SettingsError
from graphsvc.settings import Settings


def test_without_anything_said_the_defaults_hold() -> None:
    found = Settings.from_environment({"HOME": "/somewhere"})
    assert (found.data, found.host, found.port, found.bolt_uri) == (Path("data"), "127.0.0.1", 8000, "")


def test_each_setting_is_read_from_its_name() -> None:
    found = Settings.from_environment({"GRAPHSVC_PORT": "8123", "GRAPHSVC_DATA": "/x", "GRAPHSVC_HOST": "::1"})
    assert (found.port, found.data, found.host) == (8123, Path("/x"), "::1")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("GRAPHSVC_PROT", "8000", "no such setting: GRAPHSVC_PROT"),
        ("GRAPHSVC_PORT", "eighty", "a whole number was expected"),
        ("GRAPHSVC_PORT", "0", "a port is a number from 1 to 65535"),
        ("GRAPHSVC_PORT", "65536", "a port is a number from 1 to 65535"),
        ("GRAPHSVC_ANSWER_SECONDS", "0", "a question needs at least 1 second"),
        ("GRAPHSVC_ANSWER_SECONDS", "0.5", "a whole number was expected"),
        ("GRAPHSVC_HOST", "0.0.0.0", "there is no login|has no login yet"),
        ("GRAPHSVC_HOST", "192.0.2.1", "has no login yet"),
        ("GRAPHSVC_HOST", "example.org", "has no login yet"),
    ],
)
def test_what_cannot_be_used_is_refused_and_says_why(name: str, value: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        Settings.from_environment({name: value})
