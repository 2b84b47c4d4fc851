"""What is there to hand over about what a party does for others (GDPR Art. 30(2))?"""

from __future__ import annotations

from graphsvc.answers.network import EVERYBODY, Scope
from graphsvc.graph.store import Store
from graphsvc.graph.wish import Wish
from graphsvc.model import UNKNOWN
from graphsvc.questions.common import check
from graphsvc.questions.handover import Handover, HandoverQuestion


def ask_served(store: Store, question: HandoverQuestion, scope: Scope = EVERYBODY) -> Handover:
    """Gather whatever reaches the services of a party, where it goes from there, and the party's own activities.

    The controller that the question names is the party whose record as a processor is made; without one it is who
    answers for the activity.

    Raises:
        NotFound: the question names something that is not in the register.
    """
    check(store, {"Party": [question.controller], "Activity": [question.activity]})
    party = question.controller or (
        store.one("Activity", question.activity)["controller"] if question.activity else UNKNOWN
    )
    services = {service.id for service in store.services_of(party)}
    named = frozenset({party}) - {UNKNOWN}
    revision, network = store.revised_around(Wish(question.on, scope, papers=True, parties=named), services)
    return Handover(question, revision, network, network.party(party))
