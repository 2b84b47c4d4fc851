"""The flow picture of what is handed over, drawn by graphviz: the same words, colours and shapes as the page."""

from __future__ import annotations

from graphsvc.answers.picture.levels import Picture, View
from graphsvc.exports.draw import draw
from graphsvc.exports.kinds import Export, Format
from graphsvc.exports.picture import dot
from graphsvc.graph.store import Store
from graphsvc.questions.handover import Handover, HandoverQuestion, ask_handover
from graphsvc.questions.picture import MOST, MOST_LINES, PictureAnswer, PictureQuestion, bounded

FEW_ON_PAPER = 30
"""Flows that can be read on a page of paper."""


def drawn(handover: Handover, language: str, form: str) -> bytes:
    """The picture.

    Args:
        handover: What is handed over.
        language: One of the languages of the catalogue.
        form: `svg`, `png` or `pdf`.

    Raises:
        PictureTooLarge: nobody could read it.
    """
    with bounded():
        picture = Picture(handover.network, View(), MOST_LINES)
    return draw(_text(handover, language, picture), form)


def small(handover: Handover, language: str) -> tuple[bytes, bytes]:
    """The picture for a page of paper, as PNG and SVG: the first level alone where more would be too small to read."""
    whole = Picture(handover.network, View())
    picture = whole if len(whole.flows) <= FEW_ON_PAPER else Picture(handover.network, View(depth=1))
    text = _text(handover, language, picture)
    return draw(text, "png"), draw(text, "svg")


def _text(handover: Handover, language: str, picture: Picture) -> str:
    question = PictureQuestion(handover.network.on, activity=handover.question.activity)
    return dot(PictureAnswer(question, picture).body() | {"revision": handover.revision}, language)


def svg(handover: Handover, language: str) -> bytes:
    """The picture as SVG."""
    return drawn(handover, language, "svg")


def png(handover: Handover, language: str) -> bytes:
    """The picture as PNG."""
    return drawn(handover, language, "png")


def pdf(handover: Handover, language: str) -> bytes:
    """The picture as PDF."""
    return drawn(handover, language, "pdf")


def _asked(store: Store, question: HandoverQuestion) -> Handover:
    """What is drawn, if it fits in one picture."""
    with bounded():
        return ask_handover(store, question, most=MOST)


PICTURE = Export(
    "picture",
    "The flows level by level, drawn.",
    {"svg": Format(svg), "png": Format(png), "pdf": Format(pdf)},
    whole=True,
    ask=_asked,
)
