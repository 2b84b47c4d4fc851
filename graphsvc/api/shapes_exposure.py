"""The shape of the answer about exposure; `graphsvc/answers/exposure/plain.py` makes the values."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from graphsvc.answers.exposure.notify import Paper
from graphsvc.api.answers import DataItemShape, EvidenceShape, Step, Thing
from graphsvc.imports.fields import Word
from graphsvc.model import Basis, ContractKind, DutyTowards, Role, Status

MAY_BE = "true, false, or null: it may be, the word is too broad or not known to tell"


class ActivityInCapacity(Thing):
    """An activity, and as what its party acts in it."""

    acts_as = fields.String(required=True, validate=validate.OneOf(["controller", "processor"]))


class MarkedData(Schema):
    """Special category, convictions and offences, vulnerable people."""

    special = fields.Boolean(required=True, allow_none=True, metadata={"description": f"Art. 9: {MAY_BE}."})
    criminal = fields.Boolean(required=True, allow_none=True, metadata={"description": f"Art. 10: {MAY_BE}."})
    vulnerable = fields.Boolean(required=True, allow_none=True, metadata={"description": f"The people: {MAY_BE}."})


class MarkedItem(DataItemShape, MarkedData):
    """A data item with its marks."""


class AtStake(Schema):
    """How many data items of each kind: what the order of the answer is made of."""

    special = fields.Integer(required=True)
    may_be_special = fields.Integer(required=True)
    criminal = fields.Integer(required=True)
    vulnerable = fields.Integer(required=True)
    items = fields.Integer(required=True)
    subjects = fields.Integer(required=True)


class InflowLine(Schema):
    """A flow that brings the data, with its shortest chain."""

    activity = fields.Nested(ActivityInCapacity, required=True)
    service = fields.Nested(Thing, required=True)
    role = Word(Role, required=True)
    data = fields.List(fields.Nested(DataItemShape), required=True)
    countries = fields.List(fields.String(), required=True)
    chain = fields.List(fields.Nested(Step), required=True)
    depth = fields.Integer(required=True)
    status = Word(Status, required=True)
    condition = fields.String(required=True, allow_none=True)
    basis = Word(Basis, required=True)
    sources = fields.List(fields.Nested(EvidenceShape), required=True)


class HopContract(Schema):
    """A contract."""

    kind = Word(ContractKind, required=True)
    title = fields.String(required=True, allow_none=True)
    date = fields.Date(required=True, allow_none=True)


class DutyToTell(Schema):
    """A duty to tell of a breach, as its row of law says it."""

    id = fields.String(required=True)
    article = fields.String(required=True)
    name = fields.String(required=True)
    within = fields.String(
        required=True, allow_none=True, metadata={"description": "ISO 8601; null: without undue delay."}
    )
    clock = fields.String(required=True, metadata={"description": "From when the time runs."})
    condition = fields.String(required=True, allow_none=True)
    act = fields.String(required=True)


class WhomToTell(Schema):
    """Whom to call: a party, or (without an id) the authority, the people concerned, clients not on record."""

    id = fields.String(required=True, allow_none=True)
    name = fields.String(required=True)


class CallHop(Schema):
    """Who has to call whom, and the contract between them."""

    who = fields.Nested(Thing, required=True)
    who_service = fields.Nested(Thing, required=True, allow_none=True)
    whom = fields.Nested(WhomToTell, required=True)
    whom_service = fields.Nested(Thing, required=True, allow_none=True)
    role = Word(Role, required=True, allow_none=True, metadata={"description": "What the caller is in these flows."})
    flows = fields.List(fields.String(), required=True)
    contract = fields.Nested(
        HopContract, required=True, allow_none=True, metadata={"description": "null: none is recorded."}
    )
    contract_state = Word(Paper, required=True)
    contract_note = fields.String(required=True, allow_none=True)


class CallToMake(CallHop):
    """One call."""

    step = fields.Integer(required=True, metadata={"description": "1: made by whoever had the breach."})
    towards = Word(DutyTowards, required=True)
    duty = fields.Nested(DutyToTell, required=True, allow_none=True, metadata={"description": "null: none that day."})
    by_when = fields.String(required=True, allow_none=True)
    why = fields.String(required=True, allow_none=True, metadata={"description": "What to know of this call."})
    basis = Word(Basis, required=True)
    sources = fields.List(fields.Nested(EvidenceShape), required=True)


class ExposedLine(MarkedData):
    """What of one controller is exposed."""

    controller = fields.Nested(Thing, required=True)
    stake = fields.Nested(AtStake, required=True)
    services = fields.List(fields.Nested(Thing), required=True)
    roles = fields.List(Word(Role), required=True)
    data = fields.List(fields.Nested(MarkedItem), required=True)
    countries = fields.List(fields.String(), required=True)
    activities = fields.List(fields.Nested(ActivityInCapacity), required=True)
    chains = fields.List(fields.Nested(InflowLine), required=True)
    depth = fields.Integer(required=True, metadata={"description": "Length of the shortest chain."})
    status = Word(Status, required=True)
    basis = Word(Basis, required=True, metadata={"description": "How directly the weakest step is said."})
    sources = fields.List(fields.Nested(EvidenceShape), required=True)
    notify = fields.List(fields.Nested(CallToMake), required=True)
    without_contract = fields.List(fields.Nested(CallHop), required=True)


class UnnamedRecipient(Schema):
    """A recipient that nobody named."""

    service = fields.Nested(Thing, required=True)
    purpose = fields.String(required=True, allow_none=True)
    role = Word(Role, required=True)
    countries = fields.List(fields.String(), required=True)
    chain = fields.List(fields.Nested(Step), required=True)
    depth = fields.Integer(required=True)
    basis = Word(Basis, required=True)
    sources = fields.List(fields.Nested(EvidenceShape), required=True)


class MayBeExposed(Schema):
    """A controller with recipients that nobody named and that may be the party."""

    controller = fields.Nested(Thing, required=True)
    listed = fields.Boolean(required=True, metadata={"description": "Whether it is among the items as well."})
    count = fields.Integer(required=True, metadata={"description": "How many services."})
    recipients = fields.List(fields.Nested(UnnamedRecipient), required=True)


class ExposureAnswer(Schema):
    """The answer of `/exposure`."""

    on = fields.Date(required=True)
    law = fields.String(required=True, metadata={"description": "Version of the law table."})
    party = fields.Nested(Thing, required=True)
    services = fields.List(fields.Nested(Thing), required=True)
    reason = fields.String(required=True, allow_none=True, metadata={"description": "Why there are no items."})
    own_activities = fields.List(
        fields.Nested(ActivityInCapacity),
        required=True,
        metadata={"description": "What the party answers for itself; not among the items."},
    )
    may_be_exposed_total = fields.Integer(required=True)
    may_be_exposed = fields.List(fields.Nested(MayBeExposed), required=True)
    total = fields.Integer(required=True)
    items = fields.List(fields.Nested(ExposedLine), required=True)
