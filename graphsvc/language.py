"""English and Dutch: the catalogue of words for people, and the names of countries."""

from __future__ import annotations

import gettext
import json
from functools import cache
from pathlib import Path
from typing import Any

import pycountry

LANGUAGES = ("en", "nl")
CATALOGUE = Path(__file__).parent / "catalogue"


def say(language: str, key: str, **values: Any) -> str:
    """A text of the catalogue in a language.

    Args:
        language: One of LANGUAGES.
        key: Key of the text, such as `status.lapsed`.
        values: What its places in braces stand for.

    Raises:
        KeyError: there is no such text; tests keep the catalogues alike.
    """
    found = catalogue(language)[key]
    return found.format(**values) if values else found


@cache
def catalogue(language: str) -> dict[str, str]:
    """Every text in a language, by key."""
    return read(CATALOGUE / f"{language}.json")


def read(file: Path) -> dict[str, str]:
    """A file of the catalogue."""
    return json.loads(file.read_text(encoding="utf-8"))


def country_name(language: str, code: str) -> str:
    """What a country is called; a code that ISO 3166-1 does not have (`EEA`, `unknown`) is its own name, in words."""
    if code == "unknown":
        return say(language, "word.unknown")
    found = pycountry.countries.get(alpha_2=code)
    if found is None:
        return code
    name = getattr(found, "common_name", found.name)
    return _countries(language).gettext(name)


@cache
def _countries(language: str) -> gettext.NullTranslations:
    return gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[language], fallback=True)
