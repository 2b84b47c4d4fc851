"""Claims about data, purposes and retention against the facts. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graphsvc.answers.claims.facts import Fact, about_activity, recipients
from graphsvc.answers.claims.matter import Matter, Outcome, recipient
from graphsvc.answers.lines import Line
from graphsvc.answers.periods import compare
from graphsvc.answers.propagate import Items
from graphsvc.model import Activity, Retention, RetentionKind, Role, evidence_for
from graphsvc.translation import _, pgettext

RETENTION = {
    RetentionKind.EXACT: pgettext("retention", "exact"),
    RetentionKind.MAXIMUM: pgettext("retention", "maximum"),
    RetentionKind.EVENT: pgettext("retention", "event"),
    RetentionKind.CRITERIA: pgettext("retention", "criteria"),
    RetentionKind.NOT_STATED: pgettext("retention", "not stated"),
}
OWN_PURPOSES = frozenset({Role.INDEPENDENT_CONTROLLER})
"""Who decides about purposes itself (Art. 4(7))."""
PERHAPS_OWN_PURPOSES = frozenset({Role.JOINT_CONTROLLER, Role.UNKNOWN})


def no_data(matter: Matter) -> Outcome:
    """Some categories are not used; when the claim names recipients: do not reach them."""
    if matter.check.services or matter.check.parties:
        return _not_sent(matter)
    used = [(activity, _items_in(matter, activity)) for activity in matter.activities]
    against = [_uses(activity, items) for activity, items in used if items]
    unknown = [
        about_activity(activity, _not_in_full(activity), [activity.evidence])
        for activity, items in used
        if not items and _may_use(matter, activity)
    ]
    return Outcome(tuple(against), tuple(unknown))


def _not_sent(matter: Matter) -> Outcome:
    named = [line for line in matter.lines if matter.names(line)]
    against = [line for line in named if matter.categories_in(matter.check.categories, line)]
    return Outcome(recipients(against, lambda line: _gets(matter, line)))


def no_tracking(matter: Matter) -> Outcome:
    """Some purposes are not pursued and some categories are not used: by the controller, nor by recipients."""
    against = [fact for activity in matter.activities for fact in _tracking(matter, activity)]
    told = {key for fact in against for key in fact.activities}
    holding = [line for line in matter.lines if matter.categories_in(matter.check.categories, line)]
    open_ones = [activity for activity in matter.activities if activity.id not in told]
    unknown = [fact for activity in open_ones for fact in _perhaps_tracking(matter, activity)]
    return Outcome(
        (*against, *recipients(holding, lambda line: _gets(matter, line))),
        (*unknown, *(_own_purposes(matter, OWN_PURPOSES | PERHAPS_OWN_PURPOSES) if matter.check.purposes else ())),
    )


def _tracking(matter: Matter, activity: Activity) -> Iterator[Fact]:
    purposes = _purposes_in(matter, activity)
    if purposes:
        reason = _has_purpose(activity, purposes)
        yield about_activity(activity, reason, [evidence_for(activity.evidence, "purposes")])
    if items := _items_in(matter, activity):
        yield _uses(activity, items)


def _perhaps_tracking(matter: Matter, activity: Activity) -> Iterator[Fact]:
    if matter.check.purposes and not activity.purposes:
        yield about_activity(activity, _without_purpose(activity), [activity.evidence])
    if matter.check.categories and _may_use(matter, activity):
        yield about_activity(activity, _not_in_full(activity), [activity.evidence])


def only_purposes(matter: Matter) -> Outcome:
    """Data serves some purposes only; who is a controller of its own has purposes of its own (Art. 4(7))."""
    against = [fact for activity in matter.activities for fact in _other_purposes(matter, activity)]
    unknown = [
        about_activity(activity, _without_purpose(activity), [activity.evidence])
        for activity in matter.activities
        if not activity.purposes
    ]
    return Outcome(
        (*against, *_own_purposes(matter, OWN_PURPOSES)), (*unknown, *_own_purposes(matter, PERHAPS_OWN_PURPOSES))
    )


def _other_purposes(matter: Matter, activity: Activity) -> Iterator[Fact]:
    others = [purpose for purpose in activity.purposes if purpose not in _purposes_in(matter, activity)]
    if others:
        reason = _has_purpose(activity, others)
        yield about_activity(activity, reason, [evidence_for(activity.evidence, "purposes")])


def _own_purposes(matter: Matter, roles: frozenset[Role]) -> tuple[Fact, ...]:
    """Recipients in some roles, whose own purposes are not recorded in the words of the vocabulary."""
    return recipients((line for line in matter.lines if line.passage.flow.role in roles), _has_its_own)


def _has_its_own(line: Line) -> str:
    if line.passage.flow.role is Role.INDEPENDENT_CONTROLLER:
        return _(
            "{recipient} is a controller of its own, so it decides itself what for (Art. 4(7) GDPR).",
            recipient=recipient(line),
        )
    return _("{recipient}: whether it uses the data for itself is not recorded.", recipient=recipient(line))


def retention(matter: Matter) -> Outcome:
    """Data is kept for a length of time: a recorded one that is longer, or exact and other, speaks against it."""
    against, unknown = [], []
    for activity in matter.activities:
        if not activity.retention:
            reason = _("{activity}: how long its data is kept is not recorded.", activity=activity.name)
            unknown.append(about_activity(activity, reason, [activity.evidence]))
        for row, longer in _held_against(matter.check.period, activity.retention):
            target = unknown if longer is None else against
            target.append(_kept(activity, row, longer, matter.check.period))
    return Outcome(tuple(against), tuple(unknown))


def _held_against(period: str | None, rows: Iterable[Retention]) -> Iterator[tuple[Retention, bool | None]]:
    """The rows that do not agree: longer, or shorter; None: that cannot be told.

    A shorter one says nothing next to one that agrees: it is about something else that the activity keeps.
    """
    found = [(row, _compared(period, row)) for row in rows]
    agrees = any(known == 0 for _, known in found)
    for row, known in found:
        if known is None:
            yield row, None
        elif known > 0 or (known < 0 and row.kind is RetentionKind.EXACT and not agrees):
            yield row, known > 0


def _compared(period: str | None, row: Retention) -> int | None:
    has_length = row.kind in {RetentionKind.EXACT, RetentionKind.MAXIMUM} and row.period
    return compare(row.period, period) if has_length and period else None


def _kept(activity: Activity, row: Retention, longer: bool | None, period: str | None) -> Fact:
    words = {"activity": activity.name, "what": row.what, "period": period}
    if longer is None:
        length = row.period or RETENTION[row.kind]
        reason = _("{activity}: {what}: {length}, which cannot be compared with {period}.", length=length, **words)
    elif longer:
        reason = _("{activity}: {what}: {length}, which is longer than {period}.", length=row.period, **words)
    else:
        reason = _("{activity}: {what}: {length}, which is shorter than {period}.", length=row.period, **words)
    return about_activity(activity, reason, [row.evidence])


def _purposes_in(matter: Matter, activity: Activity) -> list[str]:
    """Which of an activity's purposes are among those that the claim names, narrower ones included."""
    includes, named = matter.network.order.includes_purpose, matter.check.purposes
    return [purpose for purpose in activity.purposes if any(includes(broad, purpose) for broad in named)]


def _items_in(matter: Matter, activity: Activity) -> Items:
    """Which of an activity's data falls under the categories that the claim names."""
    includes, named = matter.network.order.includes_category, matter.check.categories
    return frozenset(item for item in activity.data if any(includes(broad, item.category) for broad in named))


def _may_use(matter: Matter, activity: Activity) -> bool:
    """Whether an activity may use such data: nobody told us its data, or a word for it is broader."""
    includes, named = matter.network.order.includes_category, matter.check.categories
    broader = any(includes(item.category, narrow) for item in activity.data for narrow in named)
    return not activity.data or broader


def _uses(activity: Activity, items: Items) -> Fact:
    words = ", ".join(sorted({item.category for item in items}))
    reason = _("{activity} uses {data}.", activity=activity.name, data=words)
    return about_activity(activity, reason, [activity.evidence_of(item) for item in sorted(items)], items)


def _gets(matter: Matter, line: Line) -> str:
    data = ", ".join(matter.categories_in(matter.check.categories, line))
    return _("{recipient} receives {data}.", recipient=recipient(line), data=data)


def _not_in_full(activity: Activity) -> str:
    return _("{activity}: which data it uses is not known in full.", activity=activity.name)


def _has_purpose(activity: Activity, purposes: list[str]) -> str:
    return _("{activity} has the purpose {purposes}.", activity=activity.name, purposes=", ".join(purposes))


def _without_purpose(activity: Activity) -> str:
    return _("{activity}: its purpose is not recorded.", activity=activity.name)
