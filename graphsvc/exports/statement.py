"""The paragraph of a privacy statement about recipients and transfers (Art. 13(1)(e) and (f)), from facts alone."""

from __future__ import annotations

from collections.abc import Iterator

from graphsvc.answers.recipients import Recipient, recipients
from graphsvc.exports.as_text import html, markdown, plain_text
from graphsvc.exports.blocks import Block, Bullets, Heading, Paragraph, Text
from graphsvc.exports.kinds import Export, Format
from graphsvc.exports.words import WEAK, Texts
from graphsvc.model import UNKNOWN, Role, Status
from graphsvc.questions.handover import Handover

ON_PAPER = frozenset({Status.SAFEGUARDED, Status.DEROGATION})
"""Footings of which Art. 13(1)(f) asks to say where a copy can be had."""


def statement(handover: Handover, language: str) -> Text:
    """The text; what is not known is said as not known."""
    texts = Texts(handover, language)
    found = recipients(handover.network)
    name = texts.party(handover.controller) if handover.controller else ""
    blocks = [*_recipients(texts, found), *_transfers(texts, found), *_closing(texts, found)]
    return Text(texts.gettext("statement.title", name=name), language, tuple(blocks), handover.network.on)


def _recipients(texts: Texts, found: list[Recipient]) -> Iterator[Block]:
    """Art. 13(1)(e)."""
    yield Heading(texts.gettext("statement.recipients"))
    if not found:
        yield Paragraph(texts.gettext("statement.no_recipients"))
        return
    yield Paragraph(texts.gettext("statement.recipients.opening"))
    named = [(role, [each for each in found if each.role is role and each.named]) for role in Role]
    items = [(texts.gettext(f"statement.role.{role}"), _names(texts, each)) for role, each in named if each]
    if unnamed := [service.name for each in found if not each.named for service in each.services]:
        items.append((texts.gettext("statement.unnamed"), ", ".join(dict.fromkeys(unnamed))))
    yield Bullets(items)


def _names(texts: Texts, found: list[Recipient]) -> str:
    weakest = {each.party.name: each.basis for each in sorted(found, key=lambda each: each.basis in WEAK)}
    return ", ".join(texts.marked(name, basis) for name, basis in sorted(weakest.items(), key=lambda p: p[0].lower()))


def _transfers(texts: Texts, found: list[Recipient]) -> Iterator[Block]:
    """Art. 13(1)(f): for each country and footing who is there."""
    yield Heading(texts.gettext("statement.transfers"))
    by_place: dict[tuple[str, str], list[str]] = {}
    unknown: list[str] = []
    for recipient in found:
        for country, line in recipient.places:
            name = texts.marked(texts.words.name(recipient), line.basis)
            if country == UNKNOWN:
                unknown.append(texts.words.name(recipient))
            elif line.status is not Status.INSIDE:
                key = (texts.words.country(country), texts.footing(line))
                by_place.setdefault(key, []).append(name)
    if by_place:
        yield Paragraph(texts.gettext("statement.transfers.opening"))
        yield Bullets([(c, f"{_list(texts, names)}: {footing}") for (c, footing), names in sorted(by_place.items())])
        if any(line.status in ON_PAPER for recipient in found for _, line in recipient.places):
            yield Paragraph(texts.gettext("statement.copy"))
    elif not unknown:
        yield Paragraph(texts.gettext("statement.no_transfers" if found else "statement.no_recipients"))
    if unknown:
        yield Paragraph(texts.gettext("statement.place_unknown", names=_list(texts, unknown)))


def _list(texts: Texts, names: list[str]) -> str:
    return texts.words.joined(sorted(dict.fromkeys(names), key=str.lower))


def _closing(texts: Texts, found: list[Recipient]) -> Iterator[Block]:
    if any(each.basis in WEAK for each in found):
        yield Paragraph(texts.gettext("statement.weak"), note=True)
    yield Paragraph(texts.made_from, note=True)


def text(handover: Handover, language: str) -> bytes:
    """The paragraph as text to paste."""
    return plain_text(statement(handover, language))


def as_markdown(handover: Handover, language: str) -> bytes:
    """The paragraph as Markdown."""
    return markdown(statement(handover, language))


def as_html(handover: Handover, language: str) -> bytes:
    """The paragraph as a page."""
    return html(statement(handover, language))


STATEMENT = Export(
    "statement",
    "Recipients and transfers as a privacy statement has to tell them (Art. 13(1)(e) and (f)), in English or Dutch.",
    {"text": Format(text), "md": Format(as_markdown), "html": Format(as_html)},
)
