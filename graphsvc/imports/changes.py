"""The kinds of change that a what-if may hold: what each is written like, and the value it stands for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from graphsvc.imports.fields import LONGEST_ID, Country, Day, Flag, Reference, Strict, Text
from graphsvc.model.changes import (
    AddTool,
    BuyParty,
    CertifyParty,
    Change,
    Drop,
    EndDecision,
    Move,
    MoveSeat,
    NewDecision,
    NewGroup,
    NewService,
    Replace,
    Target,
    TargetKind,
    WithdrawTool,
)
from graphsvc.nearest import did_you_mean

Body = Mapping[str, Any]
SECTIONS = {TargetKind.FLOW: "flows", TargetKind.SERVICE: "services", TargetKind.PARTY: "parties"}


class ChangeSchema(Strict):
    """What every change may say."""

    class Meta(Strict.Meta):
        include = {  # noqa: RUF012
            "from": Day(metadata={"description": "First day on which it holds; the day asked about when left out."})
        }


class NewServiceSchema(Strict):
    """A service that is not in the register."""

    name = Text(longest=200, required=True)
    provider = Text(
        longest=200,
        required=True,
        metadata={"description": "Name of the party that provides it, or the id of one that is in the register."},
    )
    country = Country(
        required=True,
        metadata={"description": "Where it keeps and reads the data; a provider not in the register sits there."},
    )


class NewGroupSchema(Strict):
    """A group of companies that is not in the register."""

    name = Text(longest=200, required=True)
    country = Country(required=True, metadata={"description": "Where it has its seat."})


class InsteadSchema(ChangeSchema):
    """One of two: something by its id, or something that is not in the register."""

    @validates_schema(skip_on_field_errors=False)
    def _one_of_two(self, entry: Body, **_: object) -> None:
        if ("by" in entry) == ("new" in entry):
            raise ValidationError("give either `by` (an id) or `new` (what is not in the register)", "by")


class ReplaceSchema(InsteadSchema):
    """What takes over from something else."""

    by = Reference("services", metadata={"description": "Id of a service in the register; its own chain counts."})
    new = fields.Nested(NewServiceSchema)
    country = Country(
        metadata={"description": "With `by`: where it would keep and read the data; unknown when left out."}
    )

    @validates_schema(skip_on_field_errors=False)
    def _fits(self, entry: Body, **_: object) -> None:
        if "new" in entry and "country" in entry:
            raise ValidationError("belongs to `by`; `new` has a country of its own", "country")
        if "by" in entry and entry["by"] == entry.get("service"):
            raise ValidationError("is the service that is to be replaced", "by")


class AddToolSchema(ChangeSchema):
    """A tool that is put in place for a flow, a service or a party."""

    flow = Reference("flows")
    service = Reference("services", metadata={"description": "For every flow to this service."})
    party = Reference("parties", metadata={"description": "For every flow to services of this party."})

    @validates_schema(skip_on_field_errors=False)
    def _one_target(self, entry: Body, **_: object) -> None:
        if sum(kind.value in entry for kind in TargetKind) != 1:
            raise ValidationError("give one of `flow`, `service` and `party`")


def _name(what: str) -> fields.String:
    return fields.String(required=True, validate=validate.Length(min=1, max=LONGEST_ID), metadata={"description": what})


def _tool() -> fields.String:
    return _name("Id of a transfer tool, or what the ids of several begin with: `scc-2021` is every module.")


@dataclass(frozen=True)
class Kind:
    """One kind of change.

    Attributes:
        about: One sentence on what it supposes.
        schema: What it is written like.
        make: Makes the change from what was written.
    """

    about: str
    schema: type[Schema]
    make: Callable[[Body], Change]


def _kind(
    name: str,
    about: str,
    make: Callable[[Body], Change],
    base: type[Schema] = ChangeSchema,
    **own: fields.Field,
) -> tuple[str, Kind]:
    word = fields.String(required=True, validate=validate.Equal(name))
    meta = type("Meta", (base.Meta,), {"description": about, "include": {}})
    title = "".join(part.capitalize() for part in name.split("_"))
    return name, Kind(about, type(f"{title}Schema", (base,), {"kind": word, **own, "Meta": meta}), make)


def _for_each_target(
    verb: str, about: Mapping[TargetKind, str], make: Callable[[Body, Target], Change], **options: Any
) -> dict[str, Kind]:
    """A kind for flows, one for services and one for parties."""

    def of(kind: TargetKind) -> tuple[str, Kind]:
        return _kind(
            f"{verb}_{kind.value}",
            about[kind],
            lambda body: make(body, Target(kind, body[kind.value])),
            **{kind.value: Reference(SECTIONS[kind], required=True), **options},
        )

    return dict(map(of, TargetKind))


def _instead(body: Body) -> str | NewService:
    return NewService(**body["new"]) if "new" in body else body["by"]


def _add_tool(body: Body) -> AddTool:
    kind = next(kind for kind in TargetKind if kind.value in body)
    assessed = body.get("transfer_impact_assessment", False)
    return AddTool(Target(kind, body[kind.value]), body["tool"], assessed, since=body.get("from"))


_SEAT = Flag(
    metadata={"description": "False: the recipient's seat has no access to the data; as it was when left out."}
)
KINDS: dict[str, Kind] = dict(
    [
        _kind(
            "end_decision",
            "A decision is annulled or lapses: every row of law that rests on it ends, the list it made included.",
            lambda body: EndDecision(body["decision"], since=body.get("from")),
            decision=_name(
                "Id of a regime (us-dpf) or a tool (eu-us-dpf), a CELEX number (32023D1795), or a country (GB)."
            ),
        ),
        _kind(
            "new_decision",
            "A country becomes adequate for all recipients there.",
            lambda body: NewDecision(body["country"], since=body.get("from")),
            country=Country(required=True),
        ),
        _kind(
            "withdraw_tool",
            "A transfer tool can no longer be relied on.",
            lambda body: WithdrawTool(body["tool"], since=body.get("from")),
            tool=_tool(),
        ),
        _kind(
            "add_tool",
            "A transfer tool is put in place, such as standard contractual clauses that are signed.",
            _add_tool,
            AddToolSchema,
            tool=_tool(),
            transfer_impact_assessment=Flag(metadata={"description": "Whether one is recorded with it; false."}),
        ),
        _kind(
            "certify_party",
            "There is dated evidence that a party is on the list of a decision.",
            lambda body: CertifyParty(body["party"], body["tool"], since=body.get("from")),
            party=Reference("parties", required=True),
            tool=_name("Id of the list, like eu-us-dpf."),
        ),
        *_for_each_target(
            "drop",
            {
                TargetKind.FLOW: "A flow is given up, and what is reached only through it.",
                TargetKind.SERVICE: "A service is dropped: every flow to it, and what is reached only through it.",
                TargetKind.PARTY: "A party is dropped: all of its services, and what is reached only through them.",
            },
            lambda body, target: Drop(target, since=body.get("from")),
        ).items(),
        *_for_each_target(
            "replace",
            {
                TargetKind.FLOW: "A flow goes to another service.",
                TargetKind.SERVICE: "Every flow to a service goes to another one.",
                TargetKind.PARTY: "Every flow to the services of a party goes to a service of somebody else.",
            },
            lambda body, target: Replace(target, _instead(body), body.get("country"), since=body.get("from")),
            base=ReplaceSchema,
        ).items(),
        *_for_each_target(
            "move",
            {
                TargetKind.FLOW: "The data of a flow is kept and read in one country.",
                TargetKind.SERVICE: "The data of a service is kept and read in one country.",
                TargetKind.PARTY: "The data of all services of a party is kept and read in one country.",
            },
            lambda body, target: Move(target, body["to"], body.get("seat_access"), since=body.get("from")),
            to=Country(required=True),
            seat_access=_SEAT,
        ).items(),
        _kind(
            "move_seat",
            "A party moves its seat.",
            lambda body: MoveSeat(body["party"], body["to"], since=body.get("from")),
            party=Reference("parties", required=True),
            to=Country(required=True),
        ),
        _kind(
            "buy_party",
            "A party becomes part of a group: no transfer, but the group's authorities may demand access.",
            lambda body: BuyParty(
                body["party"], NewGroup(**body["new"]) if "new" in body else body["by"], since=body.get("from")
            ),
            InsteadSchema,
            party=Reference("parties", required=True),
            by=Reference("parties", metadata={"description": "Id of the group, when it is in the register."}),
            new=fields.Nested(NewGroupSchema),
        ),
    ]
)


class ChangeField(fields.Field):
    """A change; its `kind` says what else it holds."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Change:
        if not isinstance(value, dict):
            raise ValidationError("a mapping (key: value) was expected here")
        if "kind" not in value:
            raise ValidationError({"kind": [f"is missing; it is one of: {', '.join(KINDS)}"]})
        kind = KINDS.get(value["kind"]) if isinstance(value["kind"], str) else None
        if kind is None:
            hint = did_you_mean(str(value["kind"]), KINDS)
            raise ValidationError({"kind": [f"is not one of: {', '.join(KINDS)}{hint}"]})
        return kind.make(kind.schema().load(value))
