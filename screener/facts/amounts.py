"""Amounts of anything in a text: number, range, scale and the currency words beside them, without judging of what."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from typing import NamedTuple

import re2
from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from screener.facts.currencies import countries_of_currency, load_currencies
from screener.facts.numerals import DIGITS, Value, evaluate, load_numerals, read_number
from screener.facts.wordtable import WordTable, is_arabic_letter, is_spaced_letter, runs_on, starts_inside

MAX_AMOUNTS = 400
"""Numbers looked at in one text."""


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


class _Number(NamedTuple):
    start: int
    end: int
    value: Value


class _Tables(NamedTuple):
    before: WordTable
    after: WordTable
    leading: WordTable
    idle: WordTable
    counting: frozenset[str]
    scales: AhoCorasick
    scale_words: tuple[str, ...]


_DIGITS = re2.compile(DIGITS.encode())
_RANGE_GAP = 9
_PLACE_ENDS = "\n,.。、၊။;!)+"
_LINKS = ("de ", "d'")
"""What may stand between a number in scale words and its currency: "2 millones de pesos"."""


def find_amounts(plain: str, language: str, countries: frozenset[str] = frozenset()) -> Iterator[Amount]:
    """Every number of a folded text that could be an amount, in order; no codes, times, handles and telephones.

    Args:
        plain: a view's folded text.
        language: tag of the ad, for scale words that differ by language.
        countries: countries the ad is known to touch, for currencies of one letter ("R 900", "500 B").
    """
    waiting: Amount | None = None
    for number in _numbers(plain, language):
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


def _numbers(plain: str, language: str) -> Iterator[_Number]:
    """Numbers in digits and in words, by place, none over another."""
    in_words = _word_numbers(plain, language)
    following = next(in_words, None)
    done = 0
    for number in _digit_numbers(plain, language):
        while following is not None and following.start < number.start:
            if following.start >= done and (following.end <= number.start or following.end == number.end):
                yield following
                done = following.end
            following = next(in_words, None)
        if number.start >= done:
            yield number
            done = number.end
    while following is not None:
        if following.start >= done:
            yield following
            done = following.end
        following = next(in_words, None)


def _digit_numbers(plain: str, language: str) -> Iterator[_Number]:
    spans = list(_digit_spans(plain))
    place = 0
    while place < len(spans):
        start, end = spans[place]
        while place + 1 < len(spans) and _continues(plain, start, end, *spans[place + 1]):
            place += 1
            end = spans[place][1]
        place += 1
        yield _extended(plain, start, end, language)


def _digit_spans(plain: str) -> Iterator[tuple[int, int]]:
    """The numbers in digits, at most `MAX_AMOUNTS`; offsets are counted along, for the pattern reads bytes."""
    encoded = plain.encode()
    place = seen = 0
    for match in islice(_DIGITS.finditer(encoded), MAX_AMOUNTS):
        first, last = match.span()
        start = place + len(encoded[seen:first].decode())
        place, seen = start + last - first, last
        yield start, place


def _continues(plain: str, start: int, end: int, following: int, stop: int) -> bool:
    """Whether the next digits are further thousands: "14 000", "3 000 000", "1 500,00"."""
    head = plain[start:end].split(" ", 1)[0]
    if plain[end:following] != " " or len(head) > 3 or not head.isdigit() or head[0] == "0":
        return False
    thousands = plain[following:stop]
    return len(thousands) == 3 or (len(thousands) > 4 and thousands[3] in ".," and len(thousands) <= 6)


def _extended(plain: str, start: int, end: int, language: str) -> _Number:
    """A number in digits with the number words beside it."""
    numerals = load_numerals()
    tokens = [plain[start:end]]
    led = _tables().leading.before(plain, start - (plain[start - 1 : start] == " ")) if start else None
    if led:
        tokens.insert(0, led[0])
        start = led[1]
    else:
        head = numerals.words.before(plain, start) if start else None
        if head and head[0] in numerals.scales and _opens(plain, head[1]):
            tokens.insert(0, head[0])
            start = head[1]
    while len(tokens) < 8:
        gap = plain[end : end + 1] == " "
        found = numerals.words.at(plain, end + gap)
        if found and (found[0] in numerals.scales or (len(tokens) > 1 and not (gap and found[0] in numerals.units))):
            if gap and is_single_letter(found[0]) and not _stands_apart(plain, found[1]):
                break
            tokens.append(found[0])
            end = found[1]
        elif len(tokens) > 1 and not led and plain[end + gap : end + gap + 1].isdigit():
            rest, stop = _rest(plain, end + gap, tokens[-1], language)
            if gap and len(rest) == 1:
                break
            tokens += rest
            end = stop
            break
        else:
            break
    if len(tokens) > 1 and not led:
        end = _with_place(plain, end, tokens)
    return _Number(start, end, evaluate(tokens, language))


def _with_place(plain: str, end: int, tokens: list[str]) -> int:
    """Add what is said apart after a scale in a script without spaces, and tell where the number ends.

    A digit with a smaller scale ("၁ သိန်း ၆ သောင်း"), or a lone one that ends the clause ("เดือนละหมื่น 5").
    """
    numerals = load_numerals()
    start = end + (plain[end : end + 1] == " ")
    digit, scale = plain[start : start + 1], tokens[-1]
    if scale not in numerals.strong or is_spaced_letter(scale[0]) or not digit.isdigit():
        return end
    found = numerals.words.at(plain, start + 1 + (plain[start + 1 : start + 2] == " "))
    if found and numerals.scales.get(found[0], math.inf) < numerals.scales[scale]:
        tokens += [digit, found[0]]
        return found[1]
    following = plain[start + 1 : start + 2]
    if (following and following not in _PLACE_ENDS) or plain[start + 1 : start + 3].strip(".,").isdigit():
        return end
    tokens.append(digit)
    return start + 1


def _opens(plain: str, start: int) -> bool:
    """Whether a scale without a number before it opens an amount, as in "만2천" and "萬2"."""
    return plain[start] >= "\u2e80" and not plain[max(0, start - 1) : start].isalnum()


def _rest(plain: str, start: int, scale: str, language: str) -> tuple[list[str], int]:
    """The digits after a scale, with a smaller scale of their own ("2万5千", "7 triệu 500 nghìn"), and their end."""
    numerals = load_numerals()
    end = start
    while plain[end : end + 1].isdigit():
        end += 1
    digits = plain[start:end]
    gap = plain[end : end + 1] == " "
    found = numerals.words.at(plain, end + gap)
    if not found or found[0] not in numerals.scales or is_single_letter(found[0]):
        return [digits], end
    whole, part = (read_number(word, language).value for word in (scale, found[0]))
    return ([digits, found[0]], found[1]) if float(digits) * part < whole else ([digits], end)


def is_single_letter(word: str) -> bool:
    """Whether a word is one letter of a spaced script, too weak to stand away from its number."""
    return len(word) == 1 and (is_spaced_letter(word) or is_arabic_letter(word))


def _stands_apart(plain: str, end: int) -> bool:
    return not is_spaced_letter(plain[end : end + 1] or " ")


def _word_numbers(plain: str, language: str) -> Iterator[_Number]:
    """Numbers in words: units before a scale ("三万", "two thousand"), and whole amounts said in one word."""
    numerals, tables = load_numerals(), _tables()
    done = 0
    for index, start, stop in tables.scales.find_matches_as_indexes(plain)[:MAX_AMOUNTS]:
        end = stop
        if start < done or runs_on(plain, end):
            continue
        word = tables.scale_words[index]
        tokens, first = _units_before(plain, start)
        idle = tables.idle.at(plain, first)
        if idle and idle[1] >= stop:
            continue
        if start == first and starts_inside(plain, start):
            continue
        alone = not tokens
        tokens.append(word)
        while len(tokens) < 10:
            gap = plain[end : end + 1] in (" ", "-") and is_spaced_letter(plain[end - 1])
            found = numerals.words.at(plain, end + gap)
            if not found:
                break
            tokens.append(found[0])
            end = found[1]
        if alone and len(tokens) == 1 and word not in numerals.exact and not _names_currency(plain, end):
            continue
        end = _with_place(plain, end, tokens)
        yield _Number(first, end, evaluate(tokens, language))
        done = end


def _names_currency(plain: str, end: int) -> bool:
    """Whether a currency word follows: "mil euros"."""
    return plain[end : end + 1] == " " and _tables().after.at(plain, end + 1) is not None


def _units_before(plain: str, end: int) -> tuple[list[str], int]:
    """The units, tens and leading scales that stand right before `end`, and where they start."""
    numerals, tables = load_numerals(), _tables()
    tokens: list[str] = []
    while len(tokens) < 6:
        gap = 1 if end and plain[end - 1] in " -" else 0
        found = numerals.words.before(plain, end - gap) if end - gap > 0 else None
        if not found or found[0] not in tables.counting:
            break
        tokens.insert(0, found[0])
        end = found[1]
    return tokens, end


def _with_currency(plain: str, number: _Number, language: str, countries: frozenset[str], done: int) -> Amount:
    """Add the currency word before a number, unless it is the last amount's, which ends at `done`, or the one after."""
    tables = _tables()
    start, end, value = number.start, number.end, number.value
    word = ""
    stop = start
    while stop and start - stop < 2 and plain[stop - 1] in " :":
        stop -= 1
    faint = False
    found = tables.before.before(plain, stop) if stop else None
    if found and found[1] >= done and _holds(found[0], stop < start, value, countries):
        word, start = found
    elif found and found[1] >= done and stop == start and is_single_letter(found[0]):
        word, start = found
        faint = True
    else:
        begin = end
        while begin < len(plain) and begin - end < 2 and plain[begin] in " +":
            begin += 1
        after = tables.after.at(plain, begin)
        link = next((link for link in _LINKS if value.scale and plain.startswith(link, begin)), "")
        if link and not after:
            after = tables.after.at(plain, begin + len(link))
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
    claim = load_currencies().claims[word]
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


@cache
def _tables() -> _Tables:
    numerals, claims = load_numerals(), load_currencies().claims
    stems = [word for word, claim in claims.items() if claim.stem]
    scale_words = tuple(_tellable({*numerals.scales, *numerals.exact}))
    return _Tables(
        before=WordTable((word for word, claim in claims.items() if claim.before), stems),
        after=WordTable((word for word, claim in claims.items() if claim.after), stems),
        leading=WordTable(numerals.leading),
        idle=WordTable(numerals.idle),
        counting=frozenset(
            (*numerals.units, *numerals.teen, *(w for w, scale in numerals.scales.items() if scale == 10))
        ),
        scales=AhoCorasick(
            list(scale_words), implementation=Implementation.ContiguousNFA, matchkind=MatchKind.LeftmostLongest
        ),
        scale_words=scale_words,
    )


def _tellable(words: Iterable[str]) -> Iterator[str]:
    """Scale words that can end a number in words: no abbreviations, which only follow digits."""
    return (word for word in words if len(word) > 2 or not (is_arabic_letter(word[0]) or _is_short_latin(word)))


def _is_short_latin(word: str) -> bool:
    return is_spaced_letter(word[0]) and (len(word) == 1 or word.isascii())
