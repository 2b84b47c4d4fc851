"""What graphsvc says to people, in every language: texts of the catalogues, and names, days and lists by CLDR.

A sentence of the code is written in English and is lazy: `_("{recipient} receives data.", recipient=name)` is a plain
English text that `translate(value, language)` puts into another language. `docs/translating.md` shows each way.
"""

from graphsvc.translation.catalogue import LANGUAGES, LOCALE, catalogue, gettext, has_text
from graphsvc.translation.cldr import (
    capitalised,
    country_name,
    country_with_article,
    format_day,
    format_list,
    format_number,
    format_period,
)
from graphsvc.translation.lazy import (
    LazyString,
    _,
    given,
    joined,
    law_name,
    listed,
    ngettext,
    pgettext,
    translate,
    translate_law,
    translate_rows,
)

__all__ = [
    "LANGUAGES",
    "LOCALE",
    "LazyString",
    "_",
    "capitalised",
    "catalogue",
    "country_name",
    "country_with_article",
    "format_day",
    "format_list",
    "format_number",
    "format_period",
    "gettext",
    "given",
    "has_text",
    "joined",
    "law_name",
    "listed",
    "ngettext",
    "pgettext",
    "translate",
    "translate_law",
    "translate_rows",
]
