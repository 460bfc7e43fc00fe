"""Amounts of anything in a text: number, range, scale and the currency words beside them. What they are of is not judged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from screener.facts.currencies import load_currencies
from screener.facts.numerals import Value, alternatives, load_numerals, pattern, read_number

MAX_AMOUNTS = 400
"""Numbers looked at in one text."""

_SINGLE_SPACED = "rnpkqbud"
"""One-letter currencies that must stand at the number without a space unless a country that uses them is known."""


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount as written. Offsets are those of the plain text; `word` is the currency word, folded, or empty."""

    start: int
    end: int
    low: float
    high: float
    word: str
    scale: str
    strong: bool
    digits: bool
    grouped: bool
    loose: bool

    @property
    def bare(self) -> bool:
        """Whether neither a currency nor a telling scale word says that this is money."""
        return not self.word and not self.strong


@dataclass(frozen=True, slots=True)
class _Parts:
    low: float
    high: float
    word: str
    value: Value
    end: int
    currency_first: bool
    loose: bool


def find_amounts(plain: str, language: str) -> Iterator[Amount]:
    """Every number of a folded text that could be an amount, in order. Codes, times, handles and telephones are left out.

    Args:
        plain: a view's folded text.
        language: tag of the ad, for scale words that differ by language.
    """
    numerals = load_numerals()
    strong = numerals.strong | numerals.strong_in.get(language, frozenset()) | numerals.yearly
    for count, match in enumerate(_patterns()[0].finditer(plain)):
        if count >= MAX_AMOUNTS:
            return
        start, end = match.span()
        start, end, stuck = _trimmed(plain, start, end)
        if start >= end:
            continue
        parts = _parts(plain[start:end], language)
        if parts is None or parts.high <= 0:
            continue
        end = start + parts.end
        is_strong = parts.value.scale in strong
        if _is_code(plain, start, end, marked=bool(parts.word) or is_strong, currency_first=parts.currency_first):
            continue
        if stuck and not parts.word:
            continue
        yield Amount(
            start, end, parts.low, parts.high, parts.word, parts.value.scale, is_strong,
            parts.value.digits, parts.value.grouped, parts.loose,
        )  # fmt: skip


def _trimmed(plain: str, start: int, end: int) -> tuple[int, int, bool]:
    """Drop currency or scale letters that are part of a longer word; tell whether letters are stuck to the number."""
    if start and _spaced_letter(plain[start]) and _spaced_letter(plain[start - 1]):
        while start < end and not plain[start].isdigit():
            start += 1
    stuck = False
    while start < end < len(plain) and _spaced_letter(plain[end]) and _spaced_letter(plain[end - 1]):
        while end > start and _spaced_letter(plain[end - 1]):
            end -= 1
        stuck = plain[end - 1].isdigit()
        while end > start and plain[end - 1] in " -/":
            end -= 1
            stuck = False
        break
    return start, end, stuck


def _spaced_letter(character: str) -> bool:
    """Whether it is a letter of a script that puts spaces between words."""
    return character.isalpha() and (character < "\u0e00" or "\u1200" <= character < "\u1780")


def _is_code(plain: str, start: int, end: int, *, marked: bool, currency_first: bool) -> bool:
    """Whether the number belongs to a handle, address, telephone, time, date or code."""
    before = plain[start - 1] if start else " "
    after = plain[end] if end < len(plain) else " "
    first = plain[start]
    if not currency_first and (before.isdigit() or before in "_@#" or (_spaced_letter(before) and first.isdigit())):
        return True
    if before in "./-" and _in_address(plain, start):
        return True
    if marked:
        return False
    if first == "0" and plain[start + 1 : start + 2].isdigit():
        return True
    beyond = plain[end + 1] if end + 1 < len(plain) else " "
    earlier = plain[start - 2] if start > 1 else " "
    if before == "+" or (before in "/:.,-*x" and (earlier.isdigit() or earlier in "x*/")):
        return True
    return after in "_*%°" or (after in "/:-x." and (beyond.isdigit() or beyond in "x*")) or (after == "x" != beyond)


def _in_address(plain: str, start: int) -> bool:
    """Whether the unbroken string before `start` is an e-mail, handle or web address."""
    token = plain[max(0, start - 60) : start].rsplit(None, 1)[-1:]
    return bool(token) and ("@" in token[0] or "//" in token[0] or "www." in token[0] or ".me/" in token[0])


@lru_cache(maxsize=4096)
def _parts(written: str, language: str) -> _Parts | None:
    """Read one written amount; None where it is none after all."""
    match = _patterns()[1].fullmatch(written)
    if match is None:
        return None
    first, low_text, first_after, second, high_text, second_after = match.groups()
    word = first or first_after or second or second_after or ""
    low = read_number(low_text, language)
    loose = len(word) == 1 and word in _SINGLE_SPACED and _has_gap(written, word, bool(first))
    if not high_text:
        return _Parts(low.value, low.value, word, low, len(written), bool(first), loose)
    high = read_number(high_text, language)
    low, high = _shared_scale(low, high, language)
    if high.value < low.value:
        end = match.end(3) if first_after else match.end(2)
        return _Parts(low.value, low.value, first or first_after or "", low, end, bool(first), loose)
    value = high if high.scale else low
    return _Parts(low.value, high.value, word, value, len(written), bool(first), loose)


def _has_gap(written: str, word: str, leads: bool) -> bool:
    return written.startswith(word + " ") if leads else written.endswith(" " + word)


def _shared_scale(low: Value, high: Value, language: str) -> tuple[Value, Value]:
    """Give a scale said once to both ends of a range: "7-15jt", "elfu 30-40"."""
    if high.scale and not low.scale:
        factor = read_number(high.scale, language).value
        if low.value <= high.value / factor:
            return Value(low.value * factor, high.scale, low.digits), high
    elif low.scale and not high.scale:
        factor = read_number(low.scale, language).value
        if low.value / factor <= high.value < low.value:
            return low, Value(high.value * factor, low.scale, high.digits)
    return low, high


@cache
def _patterns() -> tuple[Any, Any]:
    """The pattern that finds a written amount, and the one that takes it apart."""
    numerals, claims = load_numerals(), load_currencies().claims
    before = _currency_words({word: claim.stem for word, claim in claims.items() if claim.before})
    after = _currency_words({word: claim.stem for word, claim in claims.items() if claim.after})
    number, mark = numerals.number, numerals.range_mark
    found = rf"(?:{before}[ :]{{0,2}})?{number}(?: ?{after})?(?:{mark}(?:{before} ?)?{number}(?: ?{after})?)?"
    parts = (
        rf"(?:({before})[ :]{{0,2}})?({number})(?: ?({after}))?"
        rf"(?:{mark}(?:({before}) ?)?({number})(?: ?({after}))?)?"
    )
    return pattern(found), pattern(parts)


def _currency_words(words: dict[str, bool]) -> str:
    stems = alternatives([word for word, stem in words.items() if stem])
    return rf"(?:{alternatives([word for word, stem in words.items() if not stem])}|{stems}[\p{{L}}\p{{M}}]*)"
