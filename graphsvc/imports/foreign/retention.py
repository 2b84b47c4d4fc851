"""How long something is kept, from words: "7 years after the contract", "max. 30 Tage", P30D (GDPR Art. 13(2)(a))."""

from __future__ import annotations

import re

from graphsvc.imports.difference import Entry
from graphsvc.imports.foreign.clean import shortened
from graphsvc.imports.foreign.places import says_something
from graphsvc.imports.foreign.words import plain

ISO = re.compile(
    r"P(?=[0-9]|T)(?:[0-9]{1,6}Y)?(?:[0-9]{1,6}M)?(?:[0-9]{1,6}W)?(?:[0-9]{1,6}D)?"
    r"(?:T(?=[0-9])(?:[0-9]{1,6}H)?(?:[0-9]{1,6}M)?(?:[0-9]{1,6}S)?)?"
)
NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10,
    "een": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "tien": 10,
    "ein": 1, "eine": 1, "zwei": 2, "drei": 3, "funf": 5, "sechs": 6, "sieben": 7, "zehn": 10,
}  # fmt: skip
UNITS = (("da", "D"), ("tag", "D"), ("jour", "D"), ("we", "W"), ("wo", "W"), ("sem", "W"), ("mo", "M"), ("maan", "M"),
         ("ye", "Y"), ("ja", "Y"), ("an", "Y"))  # fmt: skip
"""How the words for lengths of time begin, in four languages."""
LENGTH = re.compile(
    r"\b([0-9]{1,5}|" + "|".join(NUMBERS) + r")\s+"
    r"(days?|dagen|dag|tagen?|jours?|weeks?|weken|wochen?|semaines?|months?|maanden|maand|monaten?|mois"
    r"|years?|jaren|jaar|jahren?|ans?)\b"
)
MOST = re.compile(
    r"\b(max|maximum|maximal|maximaal|at most|up to|no longer than|hochstens|bis zu|uiterlijk|ten hoogste)\b"
)
UNTIL = re.compile(
    r"\b(until|after|as long as|while|during|upon|bis|nach|solange|wahrend|tot|na|zolang|tijdens|gedurende)\b"
)


def retention(text: str, what: str, evidence: Entry, at_most: bool = False) -> Entry | None:
    """One entry of `retention`; None when the text says nothing.

    Args:
        text: What is said.
        what: What is kept.
        evidence: Where it is said.
        at_most: Whether something else says that it is a maximum.
    """
    if not says_something(text):
        return None
    words = plain(text)
    period = period_in(text)
    common = {"what": shortened(what, 2000), "evidence": [evidence]}
    said = {"from_event": shortened(" ".join(text.split()), 300)}
    if period:
        kind = "maximum" if at_most or MOST.search(words) else "exact"
        rest = said if words != plain(period) and not LENGTH.fullmatch(words) else {}
        return common | {"kind": kind, "period": period} | rest
    return common | {"kind": "event" if UNTIL.search(words) else "criteria"} | said


def period_in(text: str) -> str | None:
    """A length of time as ISO 8601 writes it; None when the text names none, or two different ones."""
    iso = [found[0] for found in ISO.finditer(text) if len(found[0]) > 2]
    words = [_period(number, unit) for number, unit in LENGTH.findall(plain(text))]
    found = set(iso or words)
    return found.pop() if len(found) == 1 else None


def _period(number: str, unit: str) -> str:
    letter = next(letter for start, letter in UNITS if unit.startswith(start))
    return f"P{NUMBERS.get(number) or int(number)}{letter}"
