"""Numbers as ads write them: digits with any separators, scale words, and numbers in words of many languages."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import re2

from screener.errors import DeclarationError
from screener.text import fold

DIGITS = r"(?:\d{1,3}(?:[.,'’ ]\d{3})+(?:[.,]\d{1,2})?|\d{1,2}(?:,\d{2})+,\d{3}|\d+(?:[.,]\d{1,3})?)"
"""A number in digits, in the manner of any country: 1,500.00 · 1.500,00 · 1 500 · 1'500 · 1,00,000."""


@dataclass(frozen=True, slots=True)
class Numerals:
    """The words of numerals.toml, folded, and the patterns made of them."""

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
    number: str
    range_mark: str
    tokens: Any


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
    plain = digits.replace(" ", "").replace("'", "").replace("’", "")
    last = max(plain.rfind("."), plain.rfind(","))
    if last < 0:
        return float(plain)
    mark, decimals = plain[last], len(plain) - last - 1
    whole = plain[:last].replace(".", "").replace(",", "")
    repeated = plain.count(mark) > 1
    if decimals == 3 and (repeated or (plain[0] != "0" and len(whole) <= 3) or len(whole) > 3):
        return float(whole + plain[last + 1 :])
    if repeated:
        return float(plain.replace(mark, ""))
    return float(f"{whole}.{plain[last + 1 :]}")


def read_number(words: str, language: str = "") -> Value:
    """Read one number as written, in digits, words or both.

    A scale multiplies what stands before it; what follows it is added, a lone digit as the next decimal place.

    >>> [read_number(n).value for n in ("3千8", "7tr5", "1.5万", "一万二", "สองหมื่นห้า", "two hundred thousand")]
    [3800.0, 7500000.0, 15000.0, 12000.0, 25000.0, 200000.0]
    """
    numerals = load_numerals()
    exact = numerals.exact.get(words)
    if exact is not None:
        return Value(exact, words)
    total = section = 0.0
    current: float | None = None
    last, scale_word, has_digits, grouped = 0.0, "", False, False
    waiting = 1.0
    for match in numerals.tokens.finditer(words):
        token = match.group()
        if token[0].isdigit():
            current, has_digits = read_digits(token) * waiting, True
            grouped = len(token) > 4 and not token.isdigit()
            last, waiting = (waiting, 1.0) if waiting > 1 else (last, 1.0)
        elif token in numerals.half:
            section += last / 2
        elif token in numerals.teen:
            current = (current or 0) + 10
        elif token in numerals.units:
            current = _with_unit(current, numerals.units[token]) * waiting
            waiting = 1.0
        else:
            scale = numerals.local.get(token, {}).get(language, numerals.scales[token])
            scale_word = token
            if current is None and not section and token in numerals.leading and not last:
                waiting = scale
                continue
            if current is None and section and scale > last:
                section *= scale
            elif scale >= 1e4:
                total, section = total + (section + (current if current is not None else float(not section))) * scale, 0.0
            else:
                section += (1.0 if current is None else current) * scale
            current, last = None, scale
    if current is not None:
        adds_place = last >= 100 and 0 < current < 10 and waiting == 1.0 and current == int(current)
        section += current * last / 10 if adds_place and scale_word not in numerals.leading else current
    if waiting > 1:
        section += waiting
    return Value(total + section, scale_word, has_digits, grouped)


def _with_unit(current: float | None, unit: float) -> float:
    return current + unit if current is not None and current >= 10 > unit else unit


@cache
def load_numerals() -> Numerals:
    """The numerals of every language; DeclarationError names the entry that is wrong."""
    table = tomllib.loads(resources.files("screener.facts").joinpath("data", "numerals.toml").read_text("utf-8"))
    scales = {fold(w): float(v) for key in ("strong", "weak", "yearly") for w, v in table[key].items()}
    units = {fold(w): float(v) for w, v in table["units"].items()}
    clash = set(scales) & set(units)
    if clash:
        raise DeclarationError(f"numerals.toml: {sorted(clash)} are both a unit and a scale; keep one.")
    leading = _folded(table["leading"]["words"])
    unknown = leading - set(scales)
    if unknown:
        raise DeclarationError(f"numerals.toml, leading: {sorted(unknown)} are no scales; declare them first.")
    half, teen = _folded(table["half"]["words"]), _folded(table["teen"]["words"])
    exact = {fold(w): float(v) for w, v in table["exact"].items()}
    scale, unit = alternatives(scales), alternatives(units)
    tens = alternatives(word for word, value in scales.items() if value == 10)
    before, more = alternatives(leading), alternatives((*half, *teen))
    number = (
        rf"(?:{DIGITS}(?: ?{scale})*(?:\d{{1,3}}|{unit}| ?{more})?"
        rf"|(?:(?:{unit}|{tens})[ -]?)+(?:{more} )?{scale}(?:[ -]?(?:{unit}|{scale}|{more}))*\d?"
        rf"|{before} ?(?:{DIGITS}|(?:{unit} ?)+)"
        rf"|{alternatives(exact)}(?:{unit}|\d)?)"
    )
    symbols = [w for w in map(fold, table["range"]["words"]) if not _is_spaced(w)]
    words = [w for w in map(fold, table["range"]["words"]) if _is_spaced(w)]
    return Numerals(
        scales=scales,
        strong=frozenset(map(fold, table["strong"])),
        strong_in={tag: _folded(words) for tag, words in table["strong_in"].items()},
        leading=leading,
        local={fold(w): by_language for w, by_language in table["local"].items()},
        currency={fold(w): code for w, code in table["currency"].items()},
        yearly=frozenset(map(fold, table["yearly"])),
        exact=exact,
        units=units,
        half=half,
        teen=teen,
        number=number,
        range_mark=rf"(?: ?{alternatives(symbols)} ?| {alternatives(words)} )",
        tokens=pattern(rf"{DIGITS}|{alternatives((*scales, *units, *half, *teen))}"),
    )


def alternatives(words: Iterable[str]) -> str:
    """A re2 group of literal words, longest first."""
    return "(?:" + "|".join(re2.escape(word) for word in sorted(set(words), key=len, reverse=True)) + ")"


def pattern(expression: str) -> Any:
    """Compile for the leftmost longest match, so that the order of words does not matter."""
    options = re2.Options()
    options.longest_match = True
    options.max_mem = 64 << 20
    return re2.compile(expression, options)


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(fold, words))


def _is_spaced(word: str) -> bool:
    return word[0].isalpha() and (word[0] < "\u0e00" or "\u1200" <= word[0] < "\u1780")
