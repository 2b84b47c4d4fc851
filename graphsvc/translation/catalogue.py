"""The message catalogues in `graphsvc/locale/`: one `.po` file for each language, read when the first text is needed.

Texts of the page and of exports have symbolic ids (`status.lapsed`), and `en.po` says what they are in English. A
sentence of the code is its own id, so `en.po` does not have it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from gettext import c2py
from pathlib import Path
from typing import Any

LOCALE = Path(__file__).parent.parent / "locale"
SOURCE = "en"
"""The language that sentences are written in."""
LANGUAGES = (SOURCE, *sorted(file.stem for file in LOCALE.glob("*.po") if file.stem != SOURCE))


@dataclass(frozen=True)
class Catalogue:
    """The texts in one language.

    Attributes:
        messages: Each text by its context and its id; those with plural forms have one text for each form.
        plural: Which form a number takes, by the header of the `.po` file.
    """

    messages: Mapping[tuple[str | None, str], str | tuple[str, ...]]
    plural: Callable[[int], int]

    def get(self, msgid: str, count: int | None = None, context: str | None = None) -> str | None:
        """A text, in the form for a number where it has forms; None: it is not translated."""
        found = self.messages.get((context, msgid))
        return found if found is None or isinstance(found, str) else found[self.plural(1 if count is None else count)]


@cache
def catalogue(language: str) -> Catalogue:
    """The catalogue of a language."""
    return read(LOCALE / f"{language}.po")


def read(file: Path) -> Catalogue:
    """Read a `.po` file; what is marked as fuzzy is not translated."""
    from babel.messages.pofile import read_po  # 30 ms that a command in English alone does not need

    with file.open("rb") as content:
        found = read_po(content)
    messages = {
        (each.context, each.id if isinstance(each.id, str) else each.id[0]): each.string
        for each in found
        if each.id and each.string and not each.fuzzy
    }
    return Catalogue(messages, c2py(found.plural_expr))


def gettext(language: str, msgid: str, /, **values: Any) -> str:
    """A text with a symbolic id in a language; where nobody has translated it, in English.

    Args:
        language: One of LANGUAGES.
        msgid: Id of the text, such as `status.lapsed`.
        values: What its places in braces stand for; `count` chooses the form of a text that has plural forms.

    Raises:
        KeyError: there is no such text.

    Examples:
        >>> gettext("nl", "word.more", count=3)
        'nog 3'
    """
    count = values.get("count")
    text = catalogue(language).get(msgid, count)
    if text is None:
        text = catalogue(SOURCE).get(msgid, count)
        if text is None:
            raise KeyError(msgid)
    return text.format(**values) if values else text


def has_text(msgid: str) -> bool:
    """Whether there is a text with a symbolic id."""
    return (None, msgid) in catalogue(SOURCE).messages
