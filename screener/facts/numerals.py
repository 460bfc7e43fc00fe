"""Numbers as ads write them: digits with any separators, scale words, and numbers in words of many languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from screener.declared import PACKAGE, declared
from screener.errors import DeclarationError
from screener.facts.wordtable import WordTable
from screener.text import fold_all

_Value = TypeVar("_Value")

DIGITS = r"\d{1,3}(?:[.,']\d{3})+(?:[.,]\d{1,2})?|\d{1,2}(?:,\d{2})+,\d{3}|\d+(?:[.,]\d{1,3})?"
"""A number in digits, in the manner of any country but for spaces: 1,500.00 · 1.500,00 · 1'500 · 1,00,000."""


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A scale that a language leaves unsaid in pay: after which kinds of cue, and between which written numbers."""

    scale: float
    after: frozenset[str]
    by_period: Mapping[str, tuple[float, float]]

    @property
    def least(self) -> float:
        """The smallest written number that can be pay."""
        return min(low for low, _ in self.by_period.values())

    def limits(self, period: str) -> tuple[float, float]:
        """From, up to, for pay by this period; nothing lies between where the scale is never left unsaid for it."""
        return self.by_period.get("any") or self.by_period.get(period, (0.0, 0.0))


@dataclass(frozen=True, slots=True)
class Numerals:
    """The words of numerals.toml, folded. `words` finds any of them but exact amounts."""

    scales: Mapping[str, float]
    strong: frozenset[str]
    strong_in: Mapping[str, frozenset[str]]
    leading: frozenset[str]
    local: Mapping[str, Mapping[str, float]]
    currency: Mapping[str, str]
    yearly: frozenset[str]
    exact: Mapping[str, float]
    units: Mapping[str, float]
    half: frozenset[str]
    teen: frozenset[str]
    ranges: frozenset[str]
    idle: frozenset[str]
    words: WordTable
    unsaid: Mapping[str, Unsaid]


@dataclass(frozen=True, slots=True)
class Value:
    """A number that was read. `scale` is the last scale word in it, empty where there is none."""

    value: float
    scale: str = ""
    digits: bool = False
    grouped: bool = False


def read_digits(digits: str) -> float:
    """Read digits with separators: the last separator is decimal unless three digits follow it.

    >>> [read_digits(n) for n in ("1.500,00", "1,500", "1 500", "1,00,000", "7,5", "0.350", "14'000")]
    [1500.0, 1500.0, 1500.0, 100000.0, 7.5, 0.35, 14000.0]
    """
    plain = digits.replace(" ", "").replace("'", "")
    last = max(plain.rfind("."), plain.rfind(","))
    if last < 0:
        return float(plain)
    mark, decimals = plain[last], len(plain) - last - 1
    whole = plain[:last].replace(".", "").replace(",", "")
    repeated = plain.count(mark) > 1
    if repeated or (decimals == 3 and not (plain[0] == "0" and len(whole) == 1)):
        return float(whole + plain[last + 1 :])
    return float(f"{whole}.{plain[last + 1 :]}")


def read_number(words: str, language: str = "") -> Value:
    """Read one number in folded words, digits or both; ValueError where something else stands in it.

    >>> [read_number(n).value for n in ("3千8", "7tr5", "1.5万", "一万二", "สองหมื่นห้า", "two hundred thousand")]
    [3800.0, 7500000.0, 15000.0, 12000.0, 25000.0, 200000.0]
    """
    numerals = load_numerals()
    if words in numerals.exact:
        return evaluate([words], language)
    tokens: list[str] = []
    place = 0
    while place < len(words):
        found = numerals.words.at(words, place)
        if found:
            tokens.append(found[0])
            place = found[1]
        elif words[place].isdigit():
            start = place
            while place < len(words) and (words[place].isdigit() or words[place] in ".,'"):
                place += 1
            tokens.append(words[start:place])
        elif words[place] in " -":
            place += 1
        else:
            raise ValueError(f"{words!r} is no number: {words[place:]!r} is neither digits nor a number word.")
    return evaluate(tokens, language)


def evaluate(tokens: Sequence[str], language: str = "") -> Value:
    """The value of digits and number words in a row.

    A scale multiplies what stands before it; what follows it is added, a lone digit as the next decimal place.
    """
    first = tokens[0]
    if len(tokens) == 1 and first[0].isdigit():
        return Value(read_digits(first), digits=True, grouped=len(first) > 4 and not first.isdigit())
    reckoning = _Reckoning(language)
    for token in tokens:
        reckoning.add(token)
    digits = any(token[0].isdigit() for token in tokens)
    return Value(reckoning.sum(), reckoning.scale_word, digits)


class _Reckoning:
    """A number under way: what is complete, the section below ten thousand, and the digit that awaits its scale."""

    __slots__ = ("_current", "_language", "_last", "_numerals", "_section", "_total", "_waiting", "scale_word")

    def __init__(self, language: str) -> None:
        self._numerals = load_numerals()
        self._language = language
        self._total = self._section = self._last = 0.0
        self._current: float | None = None
        self._waiting = 1.0
        self.scale_word = ""

    def add(self, token: str) -> None:
        """Take the next word; KeyError where it is no number word."""
        numerals = self._numerals
        if token in numerals.exact and token not in numerals.scales:
            self._section += numerals.exact[token]
            self._last, self.scale_word = numerals.exact[token], token
        elif token[0].isdigit():
            self._current = read_digits(token) * self._waiting
            self._end_leading()
        elif token in numerals.half:
            self._section += self._last / 2
        elif token in numerals.teen:
            self._current = (self._current or 0.0) + 10
        elif token in numerals.units:
            self._add_unit(numerals.units[token])
        else:
            self._add_scale(token)

    def _add_unit(self, unit: float) -> None:
        tens = self._current if self._current is not None and self._current >= 10 > unit else 0.0
        self._current = (tens + unit) * self._waiting
        self._end_leading()

    def _end_leading(self) -> None:
        """A scale said before its number is used up; a half that follows is half of it."""
        if self._waiting > 1:
            self._last, self._waiting = max(self._last, self._waiting), 1.0

    def _add_scale(self, token: str) -> None:
        numerals = self._numerals
        scale = numerals.local.get(token, {}).get(self._language, numerals.scales[token])
        self.scale_word = token
        if token in numerals.leading and not (self._current or self._section or self._total or self._last):
            self._waiting = scale
            return
        current = self._current
        if current is None and self._section and scale > self._last:
            self._section *= scale
        elif scale >= 1e4:
            self._total += (self._section + (current if current is not None else float(not self._section))) * scale
            self._section = 0.0
        else:
            self._section += (1.0 if current is None else current) * scale
        self._current, self._last = None, scale

    def sum(self) -> float:
        """The number so far."""
        rest = self._current or 0.0
        is_place = self._last >= 100 and 0 < rest < 10 and rest.is_integer()
        if is_place:
            rest *= self._last / 10
        return self._total + self._section + rest + (self._waiting if self._waiting > 1 else 0.0)


@cache
def load_numerals() -> Numerals:
    """The numerals of every language; DeclarationError names the entry that is wrong."""
    table = declared(PACKAGE / "facts" / "data" / "numerals.toml")
    written = {w: float(v) for key in ("strong", "weak", "yearly") for w, v in table[key].items()}
    scales, units = _keyed(written), _keyed({w: float(v) for w, v in table["units"].items()})
    _check(table, scales, units)
    half, teen = _folded(table["half"]["words"]), _folded(table["teen"]["words"])
    return Numerals(
        scales=scales,
        strong=_folded(table["strong"]),
        strong_in={tag: _folded(words) for tag, words in table["strong_in"].items()},
        leading=_folded(table["leading"]["words"]),
        local=_keyed(table["local"]),
        currency=_keyed(table["currency"]),
        yearly=_folded(table["yearly"]),
        exact=_keyed({w: float(v) for w, v in table["exact"].items()}),
        units=units,
        half=half,
        teen=teen,
        ranges=_folded(table["range"]["words"]),
        idle=_folded(table["idle"]["words"]),
        words=WordTable({*scales, *units, *half, *teen}),
        unsaid={language: _unsaid(entry) for language, entry in table["unsaid"].items()},
    )


def _unsaid(entry: Mapping[str, Any]) -> Unsaid:
    limits = {key: value for key, value in entry.items() if key not in ("scale", "after")}
    by_period = {period: (float(low), float(high)) for period, (low, high) in limits.items()}
    return Unsaid(float(entry["scale"]), frozenset(entry["after"]), by_period)


def _check(table: Mapping[str, Any], scales: Mapping[str, float], units: Mapping[str, float]) -> None:
    clash = set(scales) & set(units)
    if clash:
        raise DeclarationError(f"numerals.toml: {sorted(clash)} are both a unit and a scale; keep one.")
    mentioned = {
        "leading": table["leading"]["words"],
        "local": table["local"],
        "currency": table["currency"],
        "strong_in": [word for words in table["strong_in"].values() for word in words],
    }
    for key, mention in mentioned.items():
        unknown = _folded(mention) - set(scales)
        if unknown:
            raise DeclarationError(f"numerals.toml, {key}: {sorted(unknown)} are no scales; declare them first.")


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold_all(words))


def _keyed(by_word: Mapping[str, _Value]) -> dict[str, _Value]:
    """The same values by the folded words."""
    return dict(zip(fold_all(by_word), by_word.values(), strict=True))
