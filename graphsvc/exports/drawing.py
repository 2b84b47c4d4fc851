"""The flow picture of what is handed over, drawn by graphviz: the same words, colours and shapes as the page."""

from __future__ import annotations

from graphsvc.answers.picture import Picture, View
from graphsvc.exports.draw import draw
from graphsvc.exports.kinds import Export, Format
from graphsvc.exports.picture import dot
from graphsvc.questions.handover import Handover
from graphsvc.questions.picture import PictureAnswer, PictureQuestion


def drawn(handover: Handover, language: str, form: str) -> bytes:
    """The picture.

    Args:
        handover: What is handed over.
        language: One of the languages of the catalogue.
        form: `svg`, `png` or `pdf`.

    Raises:
        PictureTooLarge: nobody could read it.
    """
    question = PictureQuestion(handover.network.on, activity=handover.question.activity)
    answer = PictureAnswer(question, Picture(handover.network, View()))
    return draw(dot(answer.body() | {"revision": handover.revision}, language), form)


def svg(handover: Handover, language: str) -> bytes:
    """The picture as SVG."""
    return drawn(handover, language, "svg")


def png(handover: Handover, language: str) -> bytes:
    """The picture as PNG."""
    return drawn(handover, language, "png")


def pdf(handover: Handover, language: str) -> bytes:
    """The picture as PDF."""
    return drawn(handover, language, "pdf")


PICTURE = Export(
    "picture",
    "The flows level by level, drawn.",
    {"svg": Format(svg), "png": Format(png), "pdf": Format(pdf)},
    whole=True,
)
