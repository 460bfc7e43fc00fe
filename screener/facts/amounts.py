"""Amounts of anything in a text: number, range, scale and the currency words beside them, without judging of what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from screener.facts.currencies import claim_of, countries_of_currency, load_currencies
from screener.facts.number_spans import Number, find_numbers
from screener.facts.numerals import Value, load_numerals, read_number
from screener.facts.wordtable import is_single_letter, is_spaced_letter

_RANGE_GAP = 9
_LINKS = ("de ", "d'")
"""What may stand between a number in scale words and its currency: "2 millones de pesos"."""


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount as written, low to high. Offsets are those of the plain text.

    `word` is the currency word beside it, as declared, or empty. `strong` tells that its scale word alone
    says money, `faint` that its currency is one letter before a small number: "R30" is money only by the hour or piece.
    """

    start: int
    end: int
    low: float
    high: float
    word: str = ""
    scale: str = ""
    strong: bool = False
    digits: bool = False
    grouped: bool = False
    faint: bool = False

    @property
    def bare(self) -> bool:
        """Whether neither a currency nor a telling scale word says that this is money."""
        return not self.word and not self.strong


def find_amounts(plain: str, language: str, countries: frozenset[str] = frozenset()) -> Iterator[Amount]:
    """Every number of a folded text that could be an amount, in order; no codes, times, handles and telephones.

    Args:
        plain: a view's folded text.
        language: tag of the ad, for scale words that differ by language.
        countries: countries the ad is known to touch, for currencies of one letter ("R 900", "500 B").
    """
    waiting: Amount | None = None
    for number in find_numbers(plain, language):
        amount = _with_currency(plain, number, language, countries, waiting.end if waiting else 0)
        if waiting is not None:
            joined = _joined(plain, waiting, amount, language)
            if joined is not None:
                waiting = joined
                continue
            if not _is_code(plain, waiting):
                yield waiting
        waiting = amount
    if waiting is not None and not _is_code(plain, waiting):
        yield waiting


@cache
def _strong(language: str) -> frozenset[str]:
    """The scale words that alone say money in an ad of a language."""
    numerals = load_numerals()
    return numerals.strong | numerals.strong_in.get(language, frozenset()) | numerals.yearly


@cache
def _home(language: str) -> frozenset[str]:
    """The countries of the currencies an ad of a language means by a bare amount."""
    return frozenset().union(*map(countries_of_currency, load_currencies().home.get(language, ())))


def _with_currency(plain: str, number: Number, language: str, countries: frozenset[str], done: int) -> Amount:
    """Add the currency word before a number, unless it is the last amount's, which ends at `done`, or the one after."""
    currencies = load_currencies()
    start, end, value = number.start, number.end, number.value
    word = ""
    stop = start
    while stop and start - stop < 2 and plain[stop - 1] in " :":
        stop -= 1
    faint = False
    found = currencies.before.before(plain, stop) if stop else None
    if found and found[1] >= done and _holds(found[0], stop < start, value, countries):
        word, start = found
    elif found and found[1] >= done and stop == start and is_single_letter(found[0]):
        word, start = found
        faint = True
    else:
        begin = end
        while begin < len(plain) and begin - end < 2 and plain[begin] in " +":
            begin += 1
        after = currencies.after.at(plain, begin)
        link = next((link for link in _LINKS if value.scale and plain.startswith(link, begin)), "")
        if link and not after:
            after = currencies.after.at(plain, begin + len(link))
        if after and _ends(plain, after[1]) and _holds(after[0], begin > end, value, countries or _home(language)):
            word, end = after
    strong = value.scale in _strong(language)
    return Amount(start, end, value.value, value.value, word, value.scale, strong, value.digits, value.grouped, faint)


def _ends(plain: str, end: int) -> bool:
    """Whether a currency word that ends here is whole: not "p3sos", "e.u.r.o"."""
    if end >= len(plain) or not is_spaced_letter(plain[end - 1]):
        return True
    return not (plain[end].isdigit() or (plain[end] in ".-*'" and is_spaced_letter(plain[end + 1 : end + 2] or " ")))


def _holds(word: str, apart: bool, value: Value, countries: frozenset[str]) -> bool:
    """Whether a currency word may stand so: a letter or dash needs some sum, a letter apart a known country's money."""
    if not is_single_letter(word) and word[0] not in ".,":
        return True
    if value.value < 100:
        return False
    claim = claim_of(word)
    told = any(countries_of_currency(code) & countries for code in claim.currencies)
    return told or not apart or not any(map(countries_of_currency, claim.currencies))


def _joined(plain: str, low: Amount, high: Amount, language: str) -> Amount | None:
    """Both ends of a range in one amount; a scale said once counts for both: "7-15jt". None where it is no range.

    Two amounts of falling scales are one sum: "2 lakh 50 hazar".
    """
    gap = plain[low.end : high.start]
    if gap == " " and low.scale and high.scale and not low.word and low.low == low.high:
        scale = read_number(low.scale, language).value
        if read_number(high.scale, language).value < scale > high.high:
            return replace(high, start=low.start, low=low.low + high.low, high=low.high + high.high)
    if len(gap) > _RANGE_GAP or low.high > low.low or "\n" in gap or gap.strip() not in load_numerals().ranges:
        return None
    if gap.strip().isalpha() and is_spaced_letter(gap.strip()[0]) and not (gap[0] == gap[-1] == " "):
        return None
    least, most = low.low, high.high
    if high.scale and not low.scale:
        factor = read_number(high.scale, language).value or 1.0
        least *= factor if least <= most / factor else 1.0
    elif low.scale and not high.scale:
        factor = read_number(low.scale, language).value or 1.0
        most *= factor if least / factor <= most < least else 1.0
    if most < least:
        return None
    scaled = high if high.scale else low
    return replace(
        low, end=high.end, low=least, high=most, word=low.word or high.word,
        scale=scaled.scale, strong=low.strong or high.strong,
    )  # fmt: skip


def _is_code(plain: str, amount: Amount) -> bool:
    """Whether the number belongs to a handle, address, telephone, time, date or code, or is nought."""
    start, end = amount.start, amount.end
    before = plain[start - 1] if start else " "
    after = plain[end] if end < len(plain) else " "
    if plain[start].isdigit() and (before in "_@#第" or is_spaced_letter(before)):
        return True
    if before in "./-" and _in_address(plain, start):
        return True
    if is_spaced_letter(after) and plain[end - 1].isdigit() and (not amount.word or amount.high < 100):
        return True
    return amount.high <= 0 or (amount.bare and _is_part(plain, start, end, before, after))


def _is_part(plain: str, start: int, end: int, before: str, after: str) -> bool:
    """Whether a number without a currency is a piece of a longer one: a telephone, date, time, version or size."""
    if plain[start] == "0" and plain[start + 1 : start + 2].isdigit():
        return True
    beyond = plain[end + 1] if end + 1 < len(plain) else " "
    if after == " " and beyond == "%":
        return True
    earlier = plain[start - 2] if start > 1 else " "
    if before == "+" or (before in "/:.,-*x" and (earlier.isdigit() or earlier in "x*/")):
        return True
    return after in "_*%°x" or (after in "/:-." and (beyond.isdigit() or beyond in "x*"))


def _in_address(plain: str, start: int) -> bool:
    """Whether the unbroken string before `start` is an e-mail, handle or web address."""
    token = plain[max(0, start - 60) : start].rsplit(None, 1)[-1:]
    return bool(token) and any(mark in token[0] for mark in ("@", "//", "www.", ".me/"))
