"""Whether an adequacy decision covers a recipient (Art. 45 GDPR), as far as the register knows, and who says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum

from graphsvc.law.case import Case, Grounds
from graphsvc.law.certified import first_day_shown, shows
from graphsvc.law.reliance import since
from graphsvc.law.wording import sentences, the_day
from graphsvc.model import Certification, Covers, Day, Party, Reach, Regime, Tool, evidence_for, in_force
from graphsvc.translation import _


class Covered(Enum):
    """Whether an adequacy decision covers a recipient, as far as the register knows."""

    SHOWN = "shown"
    ASSERTED = "asserted"
    STALE = "stale"
    DATA_OPEN = "data_open"
    SECTOR_OPEN = "sector_open"
    PURPOSE_OPEN = "purpose_open"
    NOTHING_SAID = "nothing_said"
    ENDED = "ended"
    NOT_FOUND = "not_found"
    OTHER_DATA = "other_data"
    INELIGIBLE = "ineligible"
    EXCLUDED = "excluded"


PERHAPS = frozenset({Covered.ASSERTED, Covered.STALE, Covered.DATA_OPEN, Covered.SECTOR_OPEN, Covered.PURPOSE_OPEN})
"""Something speaks for coverage, and something is still to be looked up."""
LEFT_OR_NEVER_ON = frozenset({Covered.ENDED, Covered.NOT_FOUND, Covered.OTHER_DATA})


@dataclass(frozen=True, slots=True)
class Coverage:
    """Whether a decision covers a recipient, and how the register knows.

    Attributes:
        regime: The row of the decision.
        covered: The verdict.
        reason: What the verdict rests on, in a sentence; empty: on the row of the decision alone.
        grounds: Where the facts beyond the row of law are said.
    """

    regime: Regime
    covered: Covered
    reason: str = ""
    grounds: Grounds = ()


def coverage(case: Case, regime: Regime) -> Coverage:
    """Whether a decision covers the importer."""
    sector = case.sector
    of_sector: Grounds = (evidence_for(case.importer.evidence, "sector"),) if case.importer.sector else ()
    if sector in regime.purpose_sectors:
        return Coverage(regime, Covered.PURPOSE_OPEN, regime.purpose_note or "", of_sector)
    if sector in regime.excluded:
        return Coverage(regime, Covered.EXCLUDED, _left_out(case), of_sector)
    if regime.reach is Reach.EVERYONE:
        return Coverage(regime, Covered.SHOWN)
    if regime.reach is Reach.SECTORS:
        if sector is None:
            reason = _("What kind of organisation {name} is is not recorded.", name=case.importer.name)
            return Coverage(regime, Covered.SECTOR_OPEN, reason)
        if sector in regime.sectors:
            return Coverage(regime, Covered.SHOWN, "", of_sector)
        return Coverage(regime, Covered.EXCLUDED, _left_out(case), of_sector)
    found = _by_list(case, regime)
    if sector in regime.ineligible_sectors and not _is_seen(case, regime):
        return Coverage(regime, Covered.INELIGIBLE, regime.ineligible_note or "", of_sector)
    return found


def _left_out(case: Case) -> str:
    return _("The decision does not cover an organisation of the kind that {name} is.", name=case.importer.name)


def _is_seen(case: Case, regime: Regime) -> bool:
    """Whether a look at the list itself shows the importer there; nobody's word is enough for who can hardly be."""
    looks = (e for e in case.importer.certifications if e.tool == regime.listing and e.checked is not None)
    return any(shows(look, case.on) for look in looks)


@dataclass(frozen=True, slots=True)
class _Statement:
    """What one entry, or one flow, says of the importer and the list on the day.

    Attributes:
        covered: What it comes to.
        day: When it was said or seen; empty: not recorded, so that every other one is later.
        reason: It, in a sentence.
        grounds: Where it is said.
        by_days: It is an entry whose own days have the day in them.
    """

    covered: Covered
    day: Day
    reason: str
    grounds: Grounds
    by_days: bool = False


def _by_list(case: Case, regime: Regime) -> Coverage:
    """What is said of the importer and the list; a later word against it counts until a later one for it.

    A period that has ended counts for less than another one that shows the importer on the list now.
    """
    tool = case.law.tools.get(regime.listing or "")
    said = [] if tool is None else [*_of_flows(case, tool), *_of_party(case, tool)]
    said.sort(key=lambda each: (each.day, _BEST_FIRST.index(each.covered)))
    against = [each for each in said if each.covered in {Covered.ENDED, Covered.NOT_FOUND}]
    last = against[-1] if against else None
    speaking = [each for each in said if each not in against and _outlasts(each, last)]
    best = min(reversed(speaking), key=lambda each: _BEST_FIRST.index(each.covered), default=last)
    if best is None:
        reason = _("Nothing on record shows that {name} is on the list.", name=case.importer.name)
        return Coverage(regime, Covered.NOTHING_SAID, reason)
    return Coverage(regime, best.covered, best.reason, best.grounds)


_BEST_FIRST = tuple(Covered)


def _outlasts(statement: _Statement, against: _Statement | None) -> bool:
    if against is None or statement.day > against.day:
        return True
    return against.covered is Covered.ENDED and statement.by_days


def _of_flows(case: Case, tool: Tool) -> Iterator[_Statement]:
    """What the flow, and those beside it, say by naming the list."""
    for each in (case, *case.beside):
        for reliance in each.flow.tools:
            begins = since(reliance)
            if reliance.tool != tool.id or not in_force(case.on, begins, reliance.valid_until):
                continue
            day = begins or each.flow.valid_from or ""
            grounds: Grounds = (reliance.evidence or evidence_for(each.flow.evidence, "tools"),)
            if reliance.covered is False:
                reason = _("The source of this flow says that {name} is not on the list.", name=case.importer.name)
                yield _Statement(Covered.NOT_FOUND, day, reason, grounds)
            elif reliance.covered:
                reason = _("The source of this flow says that {name} is on the list.", name=case.importer.name)
                yield _for(case, tool, frozenset(), _Statement(Covered.SHOWN, day, reason, grounds))
            else:
                reason = _("The list is named; nobody looked whether {name} is on it.", name=case.importer.name)
                yield _Statement(Covered.ASSERTED, day, reason, grounds)


def _of_party(case: Case, tool: Tool) -> Iterator[_Statement]:
    """What the importer's entries say."""
    for entry in case.importer.certifications:
        if entry.tool == tool.id and (found := _of_entry(case.importer, entry, case.on)):
            covered, day, reason = found
            grounds: Grounds = (entry.evidence or evidence_for(case.importer.evidence, "certifications"),)
            statement = _Statement(covered, day, reason, grounds, covered is Covered.SHOWN)
            ended = covered in {Covered.ENDED, Covered.NOT_FOUND}
            yield statement if ended else _for(case, tool, entry.covers, statement)


def _of_entry(party: Party, entry: Certification, on: Day) -> tuple[Covered, Day, str] | None:
    """What an entry says on a day, when that was said or seen, and a sentence; None: it says nothing of that day."""
    name = party.name
    if not entry.found:
        day = entry.checked or entry.valid_from or ""
        if on < day:
            return None
        return Covered.NOT_FOUND, day, _("{name} was not found on the list on {day}.", name=name, day=the_day(day))
    if entry.valid_until is not None and entry.valid_until < on:
        day = entry.valid_until
        return Covered.ENDED, day, _("The certification of {name} ended on {day}.", name=name, day=the_day(day))
    if shows(entry, on):
        return Covered.SHOWN, entry.checked or entry.valid_from or "", _shown(name, entry)
    if entry.asserted is not None:
        said = entry.asserted
        begins = entry.valid_from or entry.concluded or said.day
        return None if begins and on < begins else (Covered.ASSERTED, said.day or begins or "", _asserted(name, entry))
    first = first_day_shown(entry)
    if first is None:
        return (
            Covered.ASSERTED,
            "",
            _("{name} is recorded as being on the list, without a day; nobody looked.", name=name),
        )
    if on < first:
        return None
    if entry.checked is not None:
        reason = _(
            "{name} was last seen on the list on {day}, more than a year before.", name=name, day=the_day(entry.checked)
        )
        return Covered.STALE, entry.checked, reason
    reason = _(
        "{name} was on the list from {day}, more than a year before; nothing is recorded since.",
        name=name,
        day=the_day(first),
    )
    return Covered.STALE, first, reason


def _shown(name: str, entry: Certification) -> str:
    if entry.checked is not None:
        return _("{name} was seen on the list on {day}.", name=name, day=the_day(entry.checked))
    first = the_day(first_day_shown(entry) or "")
    if entry.valid_until is None:
        return _("{name} is on the list since {day}.", name=name, day=first)
    until = the_day(entry.valid_until)
    return _("{name} is on the list from {day} up to and including {until}.", name=name, day=first, until=until)


def _asserted(name: str, entry: Certification) -> str:
    said = entry.asserted
    assert said is not None
    values = {"by": said.by, "company": said.company or name}
    day = said.day or entry.valid_from
    if day is None:
        return _("{by} says that {company} is on the list; nobody looked.", **values)
    return _("{by} says, as of {day}, that {company} is on the list; nobody looked.", day=the_day(day), **values)


def _for(case: Case, tool: Tool, covers: Iterable[Covers], statement: _Statement) -> _Statement:
    """A statement, held against the data that is assessed: some lists hold data of employees apart."""
    if not tool.hr_separate:
        return statement
    wanted = Covers.HR if case.employment else Covers.NON_HR
    named = frozenset(covers)
    if wanted in named or (not named and not case.employment):
        return statement
    covered = Covered.OTHER_DATA if named else Covered.DATA_OPEN
    if covered is Covered.DATA_OPEN and statement.covered is not Covered.SHOWN:
        covered = statement.covered
    reason = sentences(statement.reason, _of_data(case, tool, bool(named)), _doubted(case, tool))
    return replace(statement, covered=covered, reason=reason)


def _of_data(case: Case, tool: Tool, named: bool) -> str:
    article = tool.hr_article or tool.article
    if not named:
        return _(
            "Data of the employment relationship needs a certification that covers it ({article}); whether this one"
            " does is not recorded.",
            article=article,
        )
    if case.employment:
        return _("It does not cover data of the employment relationship ({article}).", article=article)
    return _("It covers data of the employment relationship only ({article}).", article=article)


def _doubted(case: Case, tool: Tool) -> str:
    """That it is disputed whether a recipient outside the group needs such a certification."""
    return "" if case.same_group or not case.employment else tool.doubt or ""
