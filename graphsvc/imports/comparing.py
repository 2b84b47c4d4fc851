"""Holds parties against each other that have a mark in common: who may be one, for a person to decide on.

Only who has a mark in common is compared, so the cost follows from the parties and not from their pairs. What that
takes is kept outside of memory, and so are the proposals. Nothing is merged here.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, groupby, islice
from operator import itemgetter

from graphsvc.imports.likeness import TITLES, likenesses, nearness
from graphsvc.imports.marks import NEAR_MARK, Described
from graphsvc.model import LikeKind, Proposal, Scheme, TooCommon
from graphsvc.spool import Spool, temporary
from graphsvc.translation import LazyString, _

MOST_SHARED = 50
"""Parties that may have a mark in common and still be held against each other; more of them is no sign of one."""
MOST_NEAR = 500
"""The same for the mark of a spelling: of those only names that are nearly alike are looked at any further."""
RANKED_BY = 4
AT_ONCE = 200
"""Parties that are taken at once."""
Decided = Callable[[str, str], bool]
OnStep = Callable[[], None]


def most_of(mark: str) -> int:
    """How many parties may have a mark in common and still be held against each other."""
    return MOST_NEAR if mark.startswith(NEAR_MARK) else MOST_SHARED


@dataclass(frozen=True)
class Found:
    """Who may be one.

    Attributes:
        spool: The proposals, the most likely first.
        common: What too many have in common to be compared for it, the commonest first.
    """

    spool: Spool
    common: tuple[TooCommon, ...]

    def __len__(self) -> int:
        return len(self.spool)

    def proposals(self, most: int | None = None) -> Iterator[Proposal]:
        """The proposals, the most likely first; only so many."""
        return self.spool.rows(0, most)


class Comparing:
    """Takes parties, then says who may be one."""

    def __init__(self, decided: Decided) -> None:
        """Prepare.

        Args:
            decided: Whether somebody has said of two ids that they are one, or are not.
        """
        self._decided = decided
        self._common: dict[str, int] = {}
        self._rows = temporary()
        self._rows.execute("CREATE TABLE parties (number INTEGER PRIMARY KEY, party)")
        self._rows.execute("CREATE TABLE marks (mark, bare, number, asked)")
        self._rows.execute("CREATE TABLE pairs (one, other, PRIMARY KEY (one, other)) WITHOUT ROWID")
        self._added = 0

    def __len__(self) -> int:
        return self._added

    def marks(self) -> frozenset[str]:
        """The marks of those that were added."""
        return frozenset(mark for (mark,) in self._rows.execute("SELECT DISTINCT mark FROM marks"))

    def leave_out(self, common: Mapping[str, int]) -> None:
        """Compare nobody for marks that too many others have; so many of them each."""
        self._common.update(common)

    def add(self, parties: Iterable[Described], asked: bool = True, on_step: OnStep = lambda: None) -> None:
        """Take some parties, each once.

        Args:
            parties: They.
            asked: Whether they are whom it is about: a proposal is about one of these at least.
            on_step: Called again and again; may raise to end the work, and those that were added by then stay.
        """
        rest = enumerate(parties, start=self._added + 1)
        while batch := list(islice(rest, AT_ONCE)):
            on_step()
            self._added = batch[-1][0]
            kept = [(number, pickle.dumps(party, pickle.HIGHEST_PROTOCOL)) for number, party in batch]
            self._rows.executemany("INSERT INTO parties VALUES (?, ?)", kept)
            marks = [(mark, bare, number, asked) for number, party in batch for mark, bare in party.signs()]
            self._rows.executemany("INSERT INTO marks VALUES (?, ?, ?, ?)", marks)

    def found(self, on_step: OnStep = lambda: None) -> Found:
        """Who may be one of those that were added.

        Args:
            on_step: Called again and again; may raise to end the work, which can be begun again.
        """
        self._pair(on_step)
        spool = Spool(RANKED_BY)
        for proposal in self._proposals(on_step):
            spool.add(proposal.rank, proposal)
        common = (_too_common(mark, parties) for mark, parties in self._common.items())
        return Found(spool, tuple(sorted(common, key=_rank)))

    def _pair(self, on_step: OnStep) -> None:
        """Put down the pairs that have a mark in common, each once."""
        found = self._rows.execute("SELECT mark, bare, number, asked FROM marks ORDER BY mark, number, bare")
        for mark, group in groupby(found, key=itemgetter(0)):
            members = [(bare, number, asked) for _, bare, number, asked in group]
            on_step()
            if self._is_too_common(mark, len({number for _, number, _ in members})):
                continue
            pairs = _near(members) if mark.startswith(NEAR_MARK) else combinations(members, 2)
            rows = [(one[1], other[1]) for one, other in pairs if one[1] != other[1] and (one[2] or other[2])]
            self._rows.executemany("INSERT OR IGNORE INTO pairs VALUES (?, ?)", rows)

    def _is_too_common(self, mark: str, here: int) -> bool:
        if mark in self._common or here > most_of(mark):
            self._common[mark] = max(here, self._common.get(mark, 0))
        return mark in self._common

    def _proposals(self, on_step: OnStep) -> Iterator[Proposal]:
        for pair in self._rows.execute("SELECT one, other FROM pairs ORDER BY one, other"):
            on_step()
            one, other = sorted(map(self._party, pair), key=lambda party: party.id)
            if not self._decided(one.id, other.id) and (reasons := likenesses(one, other)):
                yield Proposal(one.id, one.name, other.id, other.name, tuple(reasons))

    def _party(self, number: int) -> Described:
        [(party,)] = self._rows.execute("SELECT party FROM parties WHERE number = ?", (number,))
        return pickle.loads(party)


Member = tuple[str, int, bool]


def _near(members: list[Member]) -> Iterator[tuple[Member, Member]]:
    """Those whose names are spelled nearly alike."""
    for one, other in combinations(members, 2):
        if nearness(one[0], other[0]):
            yield one, other


KINDS = {"domain": LikeKind.DOMAIN, "name": LikeKind.NAME, "near": LikeKind.SPELLING}


def _too_common(mark: str, parties: int) -> TooCommon:
    prefix, value = mark.split(":", 1)
    shown = value.replace(".", "\N{HORIZONTAL ELLIPSIS}") if prefix == "near" else value
    text = _(
        "{parties} parties have {what} in common, too many to tell anybody by: they were not compared for it.",
        parties=parties,
        what=_what(prefix, shown),
    )
    return TooCommon(KINDS.get(prefix, LikeKind.IDENTIFIER), mark, shown, parties, text)


def _what(prefix: str, value: str) -> LazyString:
    if prefix == "domain":
        return _("the domain {domain}", domain=value)
    if prefix == "name":
        return _('the name "{name}"', name=value)
    if prefix == "near":
        return _("the spelling {spelling}", spelling=value)
    return _("the {scheme} {number}", scheme=TITLES[Scheme(prefix)], number=value)


def _rank(common: TooCommon) -> tuple[int, str, str]:
    return -common.parties, common.kind, common.mark
