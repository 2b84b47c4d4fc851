"""Who are the recipients of a person's data, by name, in the words of that person's language (Art. 15(1)(c))?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from graphsvc.answers import plain
from graphsvc.answers.network import EVERYBODY, Network, Scope
from graphsvc.answers.recipients import Recipient, recipients
from graphsvc.errors import Fault, InvalidQuestion
from graphsvc.graph.store import Store
from graphsvc.model import Activity, Capacity, Day, Party
from graphsvc.questions.common import Answer, Plain, check
from graphsvc.questions.recipients_text import text
from graphsvc.questions.recipients_words import Words
from graphsvc.translation import LANGUAGES


@dataclass(frozen=True)
class RecipientsQuestion:
    """Who are the recipients of the data of a controller?

    Attributes:
        on: The day.
        controller: Id of the controller.
        subject: Only data that is, or may be, of people of this category.
        lang: The language of the words, one of LANGUAGES.
    """

    on: Day
    controller: str
    subject: str | None = None
    lang: str = "en"


@dataclass(frozen=True)
class Recipients(Answer):
    """The answer about recipients.

    Attributes:
        question: The question.
        network: What the controller's activities reach.
        controller: The controller.
    """

    question: RecipientsQuestion
    network: Network
    controller: Party
    columns = (
        *("on", "controller", "controller_id", "named", "name", "legal_name", "party_id", "services", "description"),
        *("role_in_words", "data_in_words", "may_include", "places_in_words", "third_country", "purposes_in_words"),
        *("activities", "through", "chain", "depth", "conditions", "status", "acts", "basis", "sources"),
    )

    @cached_property
    def found(self) -> list[Recipient]:
        """Every recipient, the named ones first."""
        return recipients(self.network, self.question.subject)

    @cached_property
    def words(self) -> Words:
        """Puts recipients into words."""
        return Words(self.network, self.question.lang, self.question.subject)

    @property
    def left_out(self) -> list[Activity]:
        """The activities that the controller does for others, who answer for them."""
        return [activity for activity in self.network.activities if activity.capacity is Capacity.PROCESSOR]

    def head(self) -> Plain:
        """The day, the law, the controller, whom it is about, and the text to paste into an answer."""
        subject = self.question.subject
        return {
            "on": self.question.on,
            "law": self.network.law.version,
            "lang": self.question.lang,
            "controller": plain.party(self.controller),
            "subject": {"id": subject, "name": self.words.subject(subject)} if subject else None,
            "named": sum(recipient.named for recipient in self.found),
            "unnamed": sum(not recipient.named for recipient in self.found),
            "left_out": [plain.thing(activity) for activity in self.left_out],
            "reason": self._reason(),
            "text": text(self.words, self.controller, self.found, bool(self.left_out)),
        }

    def rows(self) -> Iterator[Plain]:
        """Every recipient as plain values."""
        return map(self.words.recipient, self.found)

    def table(self) -> Iterator[Plain]:
        """Every recipient as a row of a table, in words."""
        about = {"on": self.question.on, "controller": plain.party(self.controller)}
        return (about | self.words.row(recipient) for recipient in self.found)

    def body(self, skip: int = 0, most: int | None = None) -> Plain:
        """The head, how many recipients there are, and some of them; only those are made plain."""
        shown = islice(self.found, skip, None if most is None else skip + most)
        return self.head() | {"total": len(self.found), "items": list(map(self.words.recipient, shown))}

    def _reason(self) -> str | None:
        """Why there is no recipient; None: there is one."""
        if self.found:
            return None
        if len(self.left_out) == len(self.network.activities):
            return "The register knows no activity of its own that this party answers for on this day."
        return "No flow that is valid on this day brings this data to anybody."


def ask_recipients(store: Store, question: RecipientsQuestion, scope: Scope = EVERYBODY) -> Recipients:
    """Answer a question about recipients, within what the asker may see.

    Raises:
        InvalidQuestion: there are no words in this language.
        NotFound: the question names something that is not in the register.
    """
    if question.lang not in LANGUAGES:
        message = f"is one of {', '.join(LANGUAGES)}"
        raise InvalidQuestion(f"lang: {message}", (Fault("lang", message),))
    check(store, {"Party": [question.controller], "SubjectCategory": [question.subject]})
    network = store.network(question.on, scope.narrowed_to([question.controller]))
    return Recipients(question, network, store.party(question.controller))
