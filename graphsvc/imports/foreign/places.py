"""Which countries a cell means: codes, names in six languages, regions of clouds, several in one cell."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

import pycountry
from babel import Locale

from graphsvc.imports.foreign.data import table
from graphsvc.imports.foreign.words import plain
from graphsvc.model import UNKNOWN
from graphsvc.translation import LANGUAGES as OURS
from graphsvc.translation import country_name

LANGUAGES = ("en", "nl", "de", "fr", "es", "it")
BETWEEN = re.compile(r"[,;:/|\n•·+]|\s[-\u2013\u2014]\s")
WEAKLY_BETWEEN = re.compile(r"\s&\s|\band\b|\bor\b|\ben\b|\bund\b|\bet\b", re.IGNORECASE)
"""What parts pieces too, but stands within names as well: Bosnia and Herzegovina."""
BRACKETS = re.compile(r"^(.*?)[(\[]([^()\[\]]*)[)\]](.*)$", re.DOTALL)
CLOUD = re.compile(r"\b[a-z]{2,8}-?[a-z]*(?:-[a-z]+)*-?[0-9]?\b")
FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
FIRST_INDICATOR = 0x1F1E6
WORDS = re.compile(r"[^\W_]+")
LONGEST_NAME = 5
"""Words of the longest name of a place that is looked for among other words."""
LONGEST = 2_000
SMALL_WORDS = frozenset(
    ["no", "in", "is", "it", "at", "be", "to", "so", "me", "my", "as", "am", "by", "na", "do", "la"]
)
"""Words that are codes of countries only in capitals."""
UNITED_STATES, GEORGIA = "US", "GE"


@dataclass
class Places:
    """What a cell says of where.

    Attributes:
        codes: Country codes, each once, in the order of the cell.
        unknown: Pieces that name a place without naming a country ("Worldwide").
        rest: Pieces that were not understood.
    """

    codes: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)

    def add(self, other: Places) -> None:
        """Take in what another piece says."""
        self.codes += [code for code in other.codes if code not in self.codes]
        self.unknown += other.unknown
        self.rest += other.rest

    @property
    def for_flow(self) -> list[str]:
        """Codes for the `places` of a flow: with `unknown` where a part of them is not known."""
        return self.codes + [UNKNOWN] * bool(self.unknown or (self.rest and not self.codes))


def places_in(text: str) -> Places:
    """What a cell says of where."""
    text = FLAG.sub(_code_of_flag, text)
    found = Places()
    if not says_something(text):
        return found
    whole = _one(text[:LONGEST], text)
    if whole.codes or whole.unknown:
        return whole
    for piece, last in _pieces(text[:LONGEST]):
        found.add(_one(piece, text, last))
    return _with_states(found) if UNITED_STATES in found.codes else found


def _with_states(found: Places) -> Places:
    """The same where the United States are named: what may be one of their states is no other country."""
    found.rest = [piece for piece in found.rest if plain(piece) not in _states()]
    if GEORGIA in found.codes:
        found.codes.remove(GEORGIA)
        found.rest.append("Georgia")
    return found


def says_something(text: str) -> bool:
    """Whether a cell holds more than a word for nothing."""
    return bool(text.strip()) and text.strip().casefold() not in table("places")["nothing"]


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """The pieces of a cell, each with the piece before it; what stands in brackets comes before what is around it."""
    last = ""
    for part in _without_brackets(text):
        for piece in _parted(part):
            if piece.strip(" .:*"):
                yield piece.strip(" .:*"), last
                last = piece.strip()


def _parted(text: str) -> Iterator[str]:
    for piece in BETWEEN.split(text):
        if _looked_up(plain(piece)):
            yield piece
        else:
            yield from WEAKLY_BETWEEN.split(piece)


def _without_brackets(text: str) -> Iterator[str]:
    found = BRACKETS.match(text)
    if not found:
        yield text
        return
    before, inside, behind = found.groups()
    # "EU (Germany, Ireland)" names the countries; "Germany (Frankfurt)" only a town.
    codes = [code for piece in _parted(inside) for code in _one(piece.strip(), text).codes]
    region = _one(BETWEEN.split(before)[-1].strip(), text).codes
    if codes and region and region[0] in set(table("places")["regions"].values()):
        head = BETWEEN.split(before)[:-1]
        yield from (*head, inside, *_without_brackets(behind))
    elif region and not codes:
        yield from (before, *_without_brackets(behind))
    else:
        yield from (before, inside, *_without_brackets(behind))


def places_named(text: str) -> list[str]:
    """Codes of the places that stand among other words, as in "Sub-processors in Germany"."""
    words = WORDS.findall(FLAG.sub(_code_of_flag, text))
    found: list[str] = []
    start = 0
    while start < len(words):
        length, code = next(_longest_name(words[start : start + LONGEST_NAME], words), (1, None))
        found += [code] if code and code not in found else []
        start += length
    return found


def _several(piece: str) -> list[str]:
    """The codes of places that stand beside each other with nothing between them ("Ireland EU"), and nothing else."""
    words = [word for word in WORDS.findall(piece) if plain(word) not in table("places")["around"]]
    found: list[str] = []
    while words:
        length, code = next(_longest_name(words[:LONGEST_NAME], words), (0, ""))
        if not length:
            return []
        found += [code] if code not in found else []
        words = words[length:]
    return found


def _longest_name(words: list[str], among: list[str]) -> Iterator[tuple[int, str]]:
    for length in range(len(words), 0, -1):
        text = " ".join(words[:length])
        code = _code_among(text, among) if len(text) <= 3 else _looked_up(plain(text))
        if code:
            yield length, code


def _code_among(word: str, among: list[str]) -> str | None:
    """The country of a code among other words; "AI" there is no Anguilla, and "IN" between capitals no India."""
    is_shouted = len(among) > 1 and not any(sign.islower() for other in among for sign in other)
    if is_shouted and word not in table("places")["among_capitals"]:
        return None
    return None if len(among) > 1 and word in table("places")["abbreviations"] else _codes().get(word)


def _code_of_flag(flag: re.Match[str]) -> str:
    """The letters that a flag is made of: two regional indicators."""
    return " " + "".join(chr(ord(sign) - FIRST_INDICATOR + ord("A")) for sign in flag[0]) + " "


@lru_cache(maxsize=65_536)
def _looked_up(words: str) -> str | None:
    return _names().get(words)


def _one(piece: str, whole: str, before: str = "") -> Places:
    """What one piece of a cell says."""
    words = plain(piece)
    if code := _by_code(piece.strip(), whole, before):
        return Places([code])
    if not words or words in table("places")["around"]:
        return Places()
    if words in table("places")["nowhere"]:
        return Places(unknown=[piece])
    if code := _looked_up(words) or _cloud(piece) or _looked_up(_bare(words)):
        return Places([code])
    if len(words) > 3 and words in _states() and words != "georgia":
        return Places([UNITED_STATES])
    if several := _several(piece):
        return Places(several)
    return Places(rest=[piece])


def _bare(words: str) -> str:
    """The words without those that say nothing of where, and without numbers of houses and postal codes."""
    around = table("places")["around"]
    return " ".join(word for word in words.split() if word not in around and len(word) > 1 and word.isalpha())


def _by_code(piece: str, whole: str, before: str) -> str | None:
    """A code in capitals, or a whole cell in small letters; not the state of a town in the United States."""
    letters = piece.replace(".", "")
    if not 2 <= len(letters) <= 3 or not letters.isascii() or not letters.isalpha():
        return None
    if letters != letters.upper() and (whole.strip() != piece or letters.lower() in SMALL_WORDS):
        return None
    if len(letters) == 2 and _may_be_state(letters.upper(), before):
        return None
    return _codes().get(letters.upper())


def _may_be_state(code: str, before: str) -> bool:
    """Whether two letters behind a town are likely a state: "Wilmington, DE" is not in Germany."""
    is_town = bool(before) and _looked_up(plain(before)) is None and before.upper() not in _codes()
    return is_town and pycountry.subdivisions.get(code=f"US-{code}") is not None


def _cloud(piece: str) -> str | None:
    clouds = table("places")["clouds"]
    for region in CLOUD.findall(piece.casefold()):
        for known in (region, region.rpartition("-")[0]):
            if known in clouds:
                return clouds[known]
    return None


@cache
def _codes() -> dict[str, str]:
    codes = {country.alpha_2: country.alpha_2 for country in pycountry.countries}
    codes |= {country.alpha_3: country.alpha_2 for country in pycountry.countries}
    short = table("places")["countries"] | table("places")["regions"]
    return codes | {word.upper(): code for word, code in short.items() if len(word) <= 3}


@cache
def _names() -> dict[str, str]:
    """Every name of a country, as CLDR has it, which is what we write ourselves, and as ISO 3166-1 has it."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        common = Locale(language).territories
        known = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[language], fallback=True)
        for country in pycountry.countries:
            found |= {plain(name): country.alpha_2 for name in (common[country.alpha_2], known.gettext(country.name))}
    for country in pycountry.countries:
        names = [country.name, getattr(country, "common_name", ""), getattr(country, "official_name", "")]
        names += [country_name(language, country.alpha_2) for language in OURS]
        found |= {plain(name): country.alpha_2 for name in names if name}
    longer = {words: code for words, code in table("places")["countries"].items() if len(words) > 3}
    return found | longer | {words: code for words, code in table("places")["regions"].items() if len(words) > 3}


@cache
def _states() -> frozenset[str]:
    """Names and codes of the states of the United States."""
    states = pycountry.subdivisions.get(country_code=UNITED_STATES)
    return frozenset(plain(word) for state in states for word in (state.name, state.code[3:]))
