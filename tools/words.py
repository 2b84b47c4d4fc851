"""The words of graphsvc: finds those that are to be translated, and writes the catalogues and the page's own copies.

python -m tools.words            brings `graphsvc/locale/*.po` up to date and says what is not translated
python -m tools.words page FOLDER    writes what the page says, as JSON, into a folder
"""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import yaml
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from graphsvc.translation.catalogue import LANGUAGES, LOCALE, SOURCE, read
from graphsvc.translation.cldr import articles_of, locale_of
from graphsvc.translation.lazy import NAMED

ROOT = Path(__file__).parent.parent
KEYWORDS = {"_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
"""The functions whose sentences are translated, with which of their arguments those are."""
LAW = "law"
"""The context of names of acts, tools, events and duties."""
ROWS_OF_LAW = ("regimes", "tools", "events", "duties", "requirements")
WITHIN_ROWS = ("exceptions", "details")
HEADER = """\
# What graphsvc says in {name}. `make words` brings this file up to date; docs/translating.md says how.
msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: {plural}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""

Key = tuple[str | None, str | tuple[str, ...]]
"""The context of a message and its id; an id with plural forms has the plural beside it."""


@cache
def sentences() -> tuple[Key, ...]:
    """Every sentence that the code marks for translation."""
    found = extract_from_dir(ROOT / "graphsvc", [("**.py", "python")], keywords=KEYWORDS)
    return tuple(dict.fromkeys((context, msgid) for _file, _line, msgid, _comments, context in found))


@cache
def names_of_law() -> tuple[Key, ...]:
    """Every name of an act, a tool, an event and a duty in the seed data, with scopes, clocks and conditions."""
    return tuple(dict.fromkeys((LAW, name) for name in _names_of_law()))


def _names_of_law() -> Iterator[str]:
    for file in sorted((ROOT / "seed_data" / "law").glob("*.yaml")):
        body = yaml.safe_load(file.read_text(encoding="utf-8"))
        rows = [row for key in ROWS_OF_LAW for row in body.get(key, ())]
        rows += [inner for row in rows for key in WITHIN_ROWS for inner in row.get(key, ())]
        for row in rows:
            names = {row[key]["title"] for key in ("act", "ended_by") if key in row}
            names |= {row[key] for key in NAMED if key in row}
            if row.get("kind") == "unsettled" or "of" in row:
                names.add(row["note"])
            yield from sorted(names - {"all"})


def catalog(language: str, folder: Path = LOCALE) -> Catalog:
    """The catalogue of a language as translators see it."""
    with (folder / f"{language}.po").open("rb") as file:
        return read_po(file)


def texts(folder: Path = LOCALE) -> Iterator[Key]:
    """Every text with a symbolic id; `en.po` is where they are."""
    return ((each.context, each.id) for each in catalog(SOURCE, folder) if each.id)


def wanted(folder: Path = LOCALE) -> dict[Key, None]:
    """Everything that a language has to have, but English, which has its texts only."""
    return dict.fromkeys((*texts(folder), *sentences(), *names_of_law()))


def untranslated(language: str, folder: Path = LOCALE) -> list[Key]:
    """What a language lacks."""
    has = {(m.context, m.id) for m in catalog(language, folder) if m.id and _is_done(m.string) and not m.fuzzy}
    return [key for key in (texts(folder) if language == SOURCE else wanted(folder)) if key not in has]


def unused(language: str, folder: Path = LOCALE) -> list[Key]:
    """What a language has and nothing asks for."""
    known = wanted(folder)
    if language == SOURCE:
        return [key for key in texts(folder) if not _is_shown(key)]
    return [
        key for message in catalog(language, folder) if (key := (message.context, message.id))[1] and key not in known
    ]


def _is_done(string: str | tuple[str, ...]) -> bool:
    return all(string) if isinstance(string, tuple) else bool(string)


def update(language: str, folder: Path = LOCALE) -> None:
    """Write a catalogue anew: with every message that it has to have, and those that nothing asks for as obsolete."""
    found = catalog(language, folder)
    if language != SOURCE:
        template = Catalog()
        for context, msgid in wanted(folder):
            template.add(msgid, context=context)
        found.update(template, no_fuzzy_matching=True)
    (folder / f"{language}.po").write_bytes(written(found, language))


def written(found: Catalog, language: str) -> bytes:
    """A catalogue as a file: sorted and without the places in the code, so that two changes seldom meet in a line."""
    file = BytesIO()
    write_po(file, found, width=110, omit_header=True, no_location=True, sort_output=True)
    name = locale_of(language).english_name
    header = HEADER.format(name=name, language=language, plural=found.plural_forms)
    return header.encode() + file.getvalue().rstrip() + b"\n"


def page(language: str) -> dict[str, Any]:
    """What the page says in a language: texts by id; those with plural forms by the category that CLDR has for each."""
    kept = shown_by_the_page()
    shown = _by_category(SOURCE) | _by_category(language)
    return {
        "locale": str(locale_of(language)).replace("_", "-"),
        "texts": {key: shown[key] for key in sorted(shown) if kept.fullmatch(key)},
        "articles": articles_of(language),
    }


def _by_category(language: str) -> dict[str, str | dict[str, str]]:
    """The texts with symbolic ids that a language has."""
    found, rule = read(LOCALE / f"{language}.po"), locale_of(language).plural_form
    category = {found.plural(number): rule(number) for number in range(200, -1, -1)}
    return {
        msgid: text if isinstance(text, str) else {category[form]: each for form, each in enumerate(text)}
        for (context, msgid), text in found.messages.items()
        if context is None and _IS_SYMBOLIC.fullmatch(msgid)
    }


_IS_SYMBOLIC = re.compile(r"[a-z_]+(\.[\w-]+)+")
"""An id of a text, and not a sentence that is its own."""
_IN_THE_PAGE = re.compile(r"""["'`]([a-z_]+\.[\w.-]*)(["'`]|\$\{)""")
_BY_KIND = ("status", "role", "basis")
"""Lists of words that the page shows by `word(kind, value)`."""
_WITHIN = ("", "export.", "recipients.")
"""What the ids of texts begin with that are asked for by the rest."""


@cache
def shown_by_the_page() -> re.Pattern[str]:
    """Which texts the page may show: their ids stand in its code, or what they begin with does."""
    known = {rf"{kind}\..+" for kind in _BY_KIND}
    for file in sorted((ROOT / "web" / "src").rglob("*.ts*")):
        for begin, end in _IN_THE_PAGE.findall(file.read_text(encoding="utf-8")):
            known.add(re.escape(begin) + (".+" if end == "${" or begin.endswith(".") else r"(\..+)?"))
    return re.compile("|".join(sorted(known)))


@cache
def _shown_by_the_service() -> tuple[frozenset[str], re.Pattern[str]]:
    """The ids of texts that its code asks for, and the patterns of those that are put together."""
    whole, patterns = set(), set()
    for file in sorted((ROOT / "graphsvc").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
            if isinstance(node, ast.JoinedStr):
                parts = [re.escape(each.value) if isinstance(each, ast.Constant) else ".+" for each in node.values]
                patterns.add("".join(parts))
    for file in sorted((ROOT / "graphsvc").rglob("*.html")):
        whole.update(begin for begin, _end in _IN_THE_PAGE.findall(file.read_text(encoding="utf-8")))
    patterns -= {".+", *(re.escape(begin) + ".+" for begin in _WITHIN)}
    return frozenset(whole), re.compile("|".join(sorted(each for each in patterns if _IS_ID.fullmatch(each))))


_IS_ID = re.compile(r"(?=.*[a-z]{2})[a-z_]*(\.\+|\\\.|[a-z_0-9])*")
"""A pattern of ids, and not of just anything."""


def _is_shown(key: Key) -> bool:
    """Whether anything shows a text with a symbolic id."""
    whole, patterns = _shown_by_the_service()
    ids = [str(key[1]).removeprefix(begin) for begin in _WITHIN]
    return bool(shown_by_the_page().fullmatch(ids[0])) or any(each in whole or patterns.fullmatch(each) for each in ids)


def main(arguments: list[str]) -> int:
    """Run one of the two."""
    if arguments[:1] == ["page"]:
        for language in LANGUAGES:
            file = Path(arguments[1]) / f"words.{language}.json"
            file.write_text(json.dumps(page(language), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        return 0
    lacking = [(language, key) for language in LANGUAGES for key in _updated(language)]
    for language, (context, msgid) in lacking:
        print(f"{language}: not translated: {msgid}" + (f" [{context}]" if context else ""))
    return 1 if lacking else 0


def _updated(language: str) -> Iterable[Key]:
    update(language)
    return untranslated(language)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
