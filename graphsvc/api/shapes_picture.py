"""The shapes of what the explorer asks for: the picture, the overview and the search."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from graphsvc.api.answers import DataItemShape, EvidenceShape, PlacedThing, Step, Thing
from graphsvc.imports.fields import Word
from graphsvc.model import Basis, Role, Status


class PlaceShape(Schema):
    """The footing of a flow towards one country."""

    country = fields.String(required=True)
    status = Word(Status, required=True)
    reason = fields.String(required=True)
    act = fields.String(required=True, allow_none=True)
    transfer_impact_assessment = fields.Boolean(required=True, allow_none=True)


class ReliedTool(Thing):
    """A transfer tool that a flow relies on, with the days on which both hold."""

    article = fields.String(required=True)
    act = fields.String(required=True)
    concluded = fields.String(required=True, allow_none=True)
    valid_from = fields.String(required=True, allow_none=True)
    valid_until = fields.String(required=True, allow_none=True)
    ended_by = fields.String(required=True, allow_none=True)


class ContractShape(Schema):
    """The contract behind a flow."""

    kind = fields.String(required=True)
    title = fields.String(required=True, allow_none=True)
    date = fields.String(required=True, allow_none=True)
    notice_days = fields.Integer(required=True, allow_none=True)
    objection_days = fields.Integer(required=True, allow_none=True)


class DrawnFlow(Schema):
    """One flow of a picture."""

    class Meta:
        include = {"from": fields.Nested(Thing, required=True)}  # noqa: RUF012

    flow = fields.String(required=True)
    to = fields.Nested(Thing, required=True)
    exporter = fields.Nested(Thing, required=True)
    importer = fields.Nested(Thing, required=True)
    role = Word(Role, required=True)
    status = Word(Status, required=True, metadata={"description": "The worst footing over countries and activities."})
    countries = fields.List(
        fields.String(), required=True, metadata={"description": "Where the recipient keeps or reads the data."}
    )
    places = fields.List(
        fields.Nested(PlaceShape),
        required=True,
        metadata={"description": "Its footing for each third country, the worst one first; else for each country."},
    )
    controllers = fields.List(fields.Nested(Thing), required=True)
    activities = fields.List(fields.Nested(Thing), required=True)
    data = fields.List(fields.Nested(DataItemShape), required=True)
    chain = fields.List(fields.Nested(Step), required=True)
    depth = fields.Integer(required=True)
    purpose = fields.String(required=True, allow_none=True)
    condition = fields.String(required=True, allow_none=True)
    contract = fields.Nested(ContractShape, required=True, allow_none=True)
    tools = fields.List(fields.Nested(ReliedTool), required=True)
    valid_from = fields.String(required=True, allow_none=True)
    valid_until = fields.String(required=True, allow_none=True)
    own_processing = fields.Boolean(required=True)
    widening = fields.List(fields.Nested(DataItemShape), required=True)
    parents_outside = fields.List(fields.Nested(PlacedThing), required=True)
    basis = Word(Basis, required=True)
    sources = fields.List(fields.Nested(EvidenceShape), required=True)


class NodeShape(Schema):
    """What the flows of a picture connect."""

    id = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(["controller", "activity", "service"]))
    name = fields.String(required=True)
    column = fields.Integer(required=True, metadata={"description": "0 controllers, 1 activities, then services."})
    party = fields.Nested(Thing, required=True)
    unnamed = fields.Boolean(required=True, metadata={"description": "Nobody told us which party it is."})
    countries = fields.List(fields.String(), required=True)
    status = Word(Status, required=True, allow_none=True)
    sends = fields.Integer(required=True, metadata={"description": "How many flows it sends data on."})
    hidden = fields.Integer(required=True, metadata={"description": "How many of these are not shown."})
    parents_outside = fields.List(fields.Nested(PlacedThing), required=True)


class LevelShape(Schema):
    """How much there is at one depth, shown or not."""

    depth = fields.Integer(required=True)
    flows = fields.Integer(required=True)
    services = fields.Integer(required=True)


class PictureShape(Schema):
    """The answer of `/picture`."""

    on = fields.Date(required=True)
    law = fields.String(required=True)
    depth = fields.Integer(required=True, metadata={"description": "How many levels are shown."})
    levels = fields.List(fields.Nested(LevelShape), required=True)
    by_status = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    nodes = fields.List(fields.Nested(NodeShape), required=True)
    ways = fields.List(
        fields.Nested(DrawnFlow), required=True, metadata={"description": "Flows that only lead to those asked for."}
    )
    total = fields.Integer(required=True)
    items = fields.List(fields.Nested(DrawnFlow), required=True)


class StandingShape(Schema):
    """Where one controller stands."""

    controller = fields.Nested(Thing, required=True)
    activities = fields.Integer(required=True)
    recipients = fields.Integer(required=True)
    unnamed = fields.Integer(required=True, metadata={"description": "Recipients that nobody's name stands behind."})
    flows = fields.Integer(required=True)
    by_status = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


class OverviewShape(Schema):
    """The answer of `/overview`."""

    on = fields.Date(required=True)
    law = fields.String(required=True)
    total = fields.Integer(required=True)
    items = fields.List(fields.Nested(StandingShape), required=True)


class HitShape(Schema):
    """Something that a search found."""

    kind = fields.String(required=True)
    id = fields.String(required=True)
    name = fields.String(required=True)
    names = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    of = fields.String(
        required=True, allow_none=True, metadata={"description": "Id of its provider, its controller or who claims it."}
    )


class SearchShape(Schema):
    """The answer of `/search`."""

    total = fields.Integer(required=True)
    items = fields.List(fields.Nested(HitShape), required=True)
