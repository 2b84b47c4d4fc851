"""The shape of the answer about concentration; `graphsvc/answers/concentration/plain.py` makes the values."""

from __future__ import annotations

from marshmallow import Schema, fields

from graphsvc.api.answers import EvidenceShape, Step, Thing
from graphsvc.imports.fields import Word
from graphsvc.model import Basis, Status


def _number(description: str) -> fields.Integer:
    return fields.Integer(required=True, metadata={"description": description})


def _words(description: str) -> fields.List:
    return fields.List(fields.String(), required=True, metadata={"description": description})


PAIRS = "Pairs of a controller and a data item"
SHARE = "Of all pairs of a controller and a data item that any recipient has, from 0 to 1."


class ProvedWay(Schema):
    """A chain with what it rests on."""

    chain = fields.List(fields.Nested(Step), required=True)
    basis = Word(Basis, required=True, metadata={"description": "How directly the weakest step is said."})
    sources = fields.List(fields.Nested(EvidenceShape), required=True)


class ProvedLine(ProvedWay):
    """A line of the transfers by which something can be checked."""

    status = Word(Status, required=True)
    controller = fields.Nested(Thing, required=True)
    activity = fields.Nested(Thing, required=True)
    country = fields.String(required=True)
    reason = fields.String(required=True)
    act = fields.String(required=True, allow_none=True)


class PartyStand(ProvedLine):
    """One party and what hangs on it; its proof is the line with the worst footing, the nearest of those."""

    party = fields.Nested(
        Thing, required=True, metadata={"description": "`unknown`: every recipient that nobody has named."}
    )
    services = fields.List(fields.Nested(Thing), required=True)
    countries = _words("Where it keeps or reads data; `unknown` among them when nobody told us.")
    controllers = _number("How many controllers' data it has.")
    activities = _number("From how many activities.")
    pairs = _number(f"{PAIRS} that it has; the rows are in this order.")
    share = fields.Float(required=True, metadata={"description": SHARE})
    special = _words("Special categories of data among them (Art. 9), by their own mark or that of a broader word.")
    may_be_special = _words("Categories too broad to tell, or not known.")
    depth = _number("Length of the shortest chain to it, counted in flows.")
    lost_activities = _words("Activities that lose all their recipients when it falls away.")
    lost_services = _words("Services of others that some activity's data reaches only through it.")
    lost_pairs = _number("Pairs of an activity and such a service.")
    exposed_controllers = _words("Whose data a breach there exposes.")
    exposed_subjects = _words("Categories of people whose data a breach there exposes.")
    exposed_categories = _words("Data categories that a breach there exposes.")


class CountryStand(ProvedLine):
    """One country and what is kept or read there; its proof is the line with the worst footing."""

    controllers = _number("How many controllers' data is there.")
    parties = _number("How many parties have it there; those that nobody has named count as one.")
    pairs = _number(f"{PAIRS} that are there.")
    share = fields.Float(required=True, metadata={"description": SHARE})
    by_status = fields.Dict(
        keys=fields.String(),
        values=fields.Integer(),
        required=True,
        metadata={"description": "Pairs of an activity and a flow that reach it, by footing."},
    )


class SinglePoints(Schema):
    """The few parties on which most hangs; recipients that nobody has named are no one party, so not among them."""

    loss = fields.List(fields.Nested(PartyStand), required=True, metadata={"description": "Whose loss cuts most off."})
    breach = fields.List(
        fields.Nested(PartyStand), required=True, metadata={"description": "Whose breach exposes most data."}
    )


class Circle(ProvedWay):
    """Services that pass data round in a circle; its chain is a shortest one that leads there."""

    parties = fields.List(fields.Nested(Thing), required=True)
    services = fields.List(fields.Nested(Thing), required=True)
    flows = fields.List(fields.Nested(Step), required=True)
    controllers = _words("Whose data passes one of the flows.")


class FurthestChain(ProvedLine):
    """The shortest chain to the recipient of a controller's data that is furthest away."""

    party = fields.Nested(Thing, required=True)
    service = fields.Nested(Thing, required=True)
    depth = _number("Length of the chain, counted in flows.")


class ReplacedParty(Schema):
    """A party to replace, with all its services."""

    party = fields.Nested(
        Thing, required=True, metadata={"description": "`unknown`: the one service is replaced, nobody named whose."}
    )
    services = fields.List(fields.Nested(Thing), required=True)
    proof = fields.Nested(
        ProvedLine,
        required=True,
        allow_none=True,
        metadata={"description": "A transfer behind it, on a chain without another one of them if there is such."},
    )


class Replacement(Schema):
    """The smallest set of parties to replace so that no third-country transfer is left."""

    parties = fields.List(fields.Nested(ReplacedParty), required=True)
    size = fields.Integer(required=True)
    exact = fields.Boolean(required=True, metadata={"description": "Fewer cannot do. False: `size` is a bound."})
    lower_bound = _number("Fewer than this cannot do.")
    why = fields.String(required=True)
    transfers = _number("Lines that are transfers now, on a footing that is not accepted.")
    left = _number("Those that are left then: they lead to services of the controllers themselves.")
    unknown_left = _number("Lines that are left then and of which nobody can say whether they are transfers.")
    accepted = fields.List(
        Word(Status), required=True, metadata={"description": "Footings on which a transfer may stay."}
    )


class ConcentrationAnswerShape(Schema):
    """The answer of `/concentration`."""

    on = fields.Date(required=True)
    law = fields.String(required=True)
    pairs = _number(f"{PAIRS} that any recipient has.")
    by_status = fields.Dict(
        keys=fields.String(), values=fields.Integer(), required=True, metadata={"description": "Lines by footing."}
    )
    countries = fields.List(fields.Nested(CountryStand), required=True)
    single_points = fields.Nested(SinglePoints, required=True)
    cycles_total = _number("How many circles there are; `cycles` shows the largest.")
    cycles = fields.List(fields.Nested(Circle), required=True)
    longest_chains = fields.List(fields.Nested(FurthestChain), required=True)
    replacement = fields.Nested(Replacement, required=True)
    total = fields.Integer(required=True)
    items = fields.List(fields.Nested(PartyStand), required=True)
