"""What an export is: a kind, the formats it can be had in, and for each format who writes it and what that needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any

from graphsvc.errors import ExportNeeds, Fault, InvalidQuestion
from graphsvc.graph.store import Store
from graphsvc.questions.handover import Handover, HandoverQuestion, ask_handover
from graphsvc.tabular import begun

MEDIA_TYPES = {
    "md": "text/markdown",
    "html": "text/html",
    "pdf": "application/pdf",
    "svg": "image/svg+xml",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "yaml": "application/yaml",
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "graphml": "application/graphml+xml",
    "gexf": "application/gexf+xml",
    "cyjs": "application/vnd.cytoscape+json",
}
"""The media type of each word of `format` that is not one of the questions'; a file of it ends in the word."""
OURS = {"json": "application/json", "csv": "text/csv", "text": "text/plain"} | MEDIA_TYPES
"""The media types of all words that an export may use."""
Ask = Callable[[Store, HandoverQuestion], Handover]
"""Gathers what an export is made from."""
Write = Callable[[Handover, str], bytes]
"""Writes an export: from what there is to hand over, in one of the languages of the catalogue."""


@dataclass(frozen=True)
class Written:
    """An export as it is written.

    Attributes:
        name: What a file of it is called after.
        parts: Its bytes, part by part; may be made while they are read.
    """

    name: str
    parts: Iterable[bytes]


Stream = Callable[[Handover, str], Iterator[bytes]]
"""Writes an export part by part."""
Copy = Callable[[Store, HandoverQuestion], Written]
"""Writes an export straight from the register, where nothing has to be answered."""


@dataclass(frozen=True)
class Format:
    """One form of an export.

    Attributes:
        write: Writes it; None: it is streamed, or a copy.
        needs: Modules of the extra `exports` that it cannot do without.
        schema: JSON Schema of what it writes; None: it writes no JSON, or JSON that others describe.
        copy: Writes it straight from the register.
        stream: Writes it part by part: it may be of everything.
    """

    write: Write | None = None
    needs: tuple[str, ...] = ()
    schema: Mapping[str, Any] | None = None
    copy: Copy | None = None
    stream: Stream | None = None

    def missing(self) -> list[str]:
        """The modules that are not installed."""
        return [module for module in self.needs if find_spec(module) is None]


@dataclass(frozen=True)
class Export:
    """One kind of export.

    Attributes:
        kind: The word in addresses and on the command line.
        about: What it is, in a sentence.
        formats: By word of `format`; the first one is what one gets without a wish.
        whole: It can be had of the whole register; else it is about a controller or an activity.
        ask: Gathers what it is made from.
    """

    kind: str
    about: str
    formats: Mapping[str, Format] = field(default_factory=dict)
    whole: bool = False
    ask: Ask = ask_handover

    @property
    def media_types(self) -> tuple[str, ...]:
        """The media types that it can be had in, the first one by default."""
        return tuple(OURS[word] for word in self.formats)

    def word_of(self, media_type: str) -> str:
        """The word of `format` for one of its media types."""
        return next(word for word in self.formats if OURS[word] == media_type)

    def written(self, store: Store, question: HandoverQuestion, word: str, language: str) -> Written:
        """Gather what it is made from, and write it in one of its forms.

        Raises:
            NotFound: the question names something that is not in the register.
        """
        chosen = self.formats[word]
        if chosen.copy:
            return chosen.copy(store, question)
        handover = self.ask(store, question)
        if chosen.stream:
            return Written(handover.name, begun(chosen.stream(handover, language), store.deadline.lift))
        return Written(handover.name, [chosen.write(handover, language)])

    def check(self, word: str, about_one: bool) -> None:
        """Refuse what cannot be made, before anything is fetched.

        Args:
            word: A word of `format`.
            about_one: Whether a controller or an activity is named.

        Raises:
            InvalidQuestion: there is no such format, or a controller has to be named.
            ExportNeeds: what writes it is not installed.
        """
        if word not in self.formats:
            _refuse("format", f"{self.kind} can be had as {', '.join(self.formats)}, not as {word}")
        if not self.whole and not about_one:
            _refuse("controller", f"{self.kind} is about one controller or one activity: name it")
        if missing := self.formats[word].missing():
            raise ExportNeeds(
                f"{self.kind} as {word} needs {', '.join(missing)}, which is not installed: "
                "pip install 'graphsvc[exports]'"
            )


def _refuse(parameter: str, message: str) -> None:
    raise InvalidQuestion(f"{parameter}: {message}", (Fault(parameter, message),))
