"""Recipients in the words of a language: labels of the vocabulary, names of countries, texts of the catalogue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from graphsvc.answers import plain
from graphsvc.answers.lines import Line
from graphsvc.answers.network import Network
from graphsvc.answers.recipients import Match, Recipient, is_third_country, match
from graphsvc.model import UNKNOWN, DataItem, label
from graphsvc.questions.common import Plain
from graphsvc.translation import country_name, format_list, gettext


@dataclass(frozen=True)
class Words:
    """Puts recipients into the words of one language.

    Attributes:
        network: What was fetched.
        lang: The language.
        asked: The category of people asked about; None: anybody.
    """

    network: Network
    lang: str
    asked: str | None = None

    def gettext(self, key: str, **values: Any) -> str:
        """A text of the catalogue."""
        return gettext(self.lang, f"recipients.{key}", **values)

    def subject(self, subject: str) -> str:
        """What a category of people is called."""
        return (
            self.gettext("anybody")
            if subject == UNKNOWN
            else label(self.network.vocabulary.subjects, subject, self.lang)
        )

    def category(self, category: str) -> str:
        """What a category of data is called."""
        if category == UNKNOWN:
            return self.gettext("any_data")
        return label(self.network.vocabulary.categories, category, self.lang)

    def purpose(self, purpose: str) -> str:
        """What a purpose is called."""
        return label(self.network.vocabulary.purposes, purpose, self.lang)

    def country(self, code: str) -> str:
        """What a country is called."""
        special = {"EEA": "somewhere_in_the_eea", UNKNOWN: "place_unknown"}
        return self.gettext(special[code]) if code in special else country_name(self.lang, code)

    def match(self, item: DataItem) -> Match:
        """How an item stands to the people asked about."""
        return match(self.network.order, self.asked, item.subject) or Match.UNKNOWN

    def joined(self, words: Iterable[str]) -> str:
        """Words as a list that is read out: `a, b and c`."""
        return format_list(self.lang, words)

    def name(self, recipient: Recipient) -> str:
        """What a recipient is called, or that nobody named it."""
        if recipient.named:
            return recipient.party.name
        return self.gettext("unnamed", service=recipient.services[0].name)

    def recipient(self, recipient: Recipient) -> Plain:
        """One recipient as plain values."""
        items = sorted(recipient.items)
        party = recipient.party
        return {
            "named": recipient.named,
            "party": plain.party(party),
            "name": self.name(recipient),
            "legal_name": party.legal_name if recipient.named else None,
            "services": [plain.thing(service) for service in recipient.services],
            "description": None if recipient.named else recipient.services[0].purpose,
            "role": recipient.role.value,
            "role_in_words": gettext(self.lang, f"role.{recipient.role.value}"),
            "data": [self._item(item) for item in items],
            "countries": [self._place(code, line) for code, line in recipient.places],
            "third_country": self.third_country(recipient),
            "activities": [plain.thing(activity) for activity in recipient.activities],
            "purposes": [{"id": each, "name": self.purpose(each)} for each in recipient.purposes],
            "depth": recipient.depth,
            "chain": plain.chain(recipient.shortest),
            "through": [plain.thing(self.network.services[service]) for service in recipient.through],
            "conditions": recipient.conditions,
            "status": recipient.status.value,
            "basis": recipient.basis.value,
            "basis_in_words": gettext(self.lang, f"basis.{recipient.basis.value}"),
            "sources": [plain.evidence(item) for item in recipient.sources],
        }

    def row(self, recipient: Recipient) -> Plain:
        """One recipient as a row of a table, in words."""
        sure, may_be = self.data(recipient)
        return self.recipient(recipient) | {
            "party_id": recipient.party.id if recipient.named else None,
            "data_in_words": sure,
            "may_include": may_be,
            "places_in_words": self.places(recipient),
            "third_country": {True: self.gettext("yes"), None: self.gettext("not_known"), False: self.gettext("no")}[
                self.third_country(recipient)
            ],
            "purposes_in_words": self.joined(map(self.purpose, recipient.purposes)),
            "through": [self.network.services[service].name for service in recipient.through],
            "acts": list(dict.fromkeys(line.assessment.act for _, line in recipient.places if line.assessment.act)),
        }

    def third_country(self, recipient: Recipient) -> bool | None:
        """Whether it is, keeps or reads the data in a third country; None: nobody can tell."""
        found = {is_third_country(self.network, code) for code, _ in recipient.places}
        return True if True in found else None if None in found else False

    def data(self, recipient: Recipient) -> tuple[str, str]:
        """The data in words: what is of the people asked about, and what may be."""
        sure = [item for item in recipient.items if self.match(item) is Match.SAME]
        return self._items(sure, self.asked is not None), self._items(recipient.items - set(sure), False)

    def places(self, recipient: Recipient) -> str:
        """The countries in words, each with its footing; what is not known comes last."""
        known = [f"{self.country(code)} ({self.footing(line)})" for code, line in recipient.places if code != UNKNOWN]
        unknown = [self.country(code) for code, _ in recipient.places if code == UNKNOWN]
        return self.joined(known + unknown)

    def footing(self, line: Line) -> str:
        """A footing in words."""
        return self.gettext(f"footing.{line.status.value}")

    def _items(self, items: Iterable[DataItem], bare: bool) -> str:
        """Data items by category of people: `Client: name, e-mail address; Visitor: IP address`."""
        by_subject: dict[str, list[str]] = {}
        for item in sorted(items):
            by_subject.setdefault(item.subject, []).append(self.category(item.category))
        parts = ((self.subject(subject), ", ".join(found)) for subject, found in by_subject.items())
        return "; ".join(found if bare else f"{who}: {found}" for who, found in parts)

    def _item(self, item: DataItem) -> Plain:
        return {
            "subject": item.subject,
            "category": item.category,
            "subject_in_words": self.subject(item.subject),
            "category_in_words": self.category(item.category),
            "match": self.match(item).value,
        }

    def _place(self, code: str, line: Line) -> Plain:
        return {
            "code": code,
            "name": self.country(code),
            "third_country": is_third_country(self.network, code),
            "status": line.status.value,
            "footing": self.footing(line),
            "act": line.assessment.act,
        }
