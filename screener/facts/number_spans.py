"""Where numbers stand in a text and what they are worth, in digits, in words or both."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple

import re2
from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from screener.facts.currencies import load_currencies
from screener.facts.numerals import DIGITS, Value, evaluate, load_numerals, read_number
from screener.facts.wordtable import (
    WordTable,
    is_arabic_letter,
    is_single_letter,
    is_spaced_letter,
    runs_on,
    starts_inside,
)

MAX_NUMBERS = 400
"""Numbers looked at in one text."""

_DIGITS = re2.compile(DIGITS.encode())
_PLACE_ENDS = "\n,.。、၊။;!)+"


class Number(NamedTuple):
    """A number and where it stands in the plain text."""

    start: int
    end: int
    value: Value


class _Tables(NamedTuple):
    leading: WordTable
    idle: WordTable
    counting: frozenset[str]
    scales: AhoCorasick
    scale_words: tuple[str, ...]


def find_numbers(plain: str, language: str) -> Iterator[Number]:
    """Every number of a folded text, in digits or words, by place, none over another.

    Args:
        plain: a view's folded text.
        language: tag of the ad, for scale words that differ by language.
    """
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


def _digit_numbers(plain: str, language: str) -> Iterator[Number]:
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
    """The numbers in digits, at most `MAX_NUMBERS`; offsets are counted along, for the pattern reads bytes."""
    encoded = plain.encode()
    place = seen = 0
    for match in islice(_DIGITS.finditer(encoded), MAX_NUMBERS):
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
    if not thousands[:3].isdigit():
        return False
    return len(thousands) == 3 or (len(thousands) > 4 and thousands[3] in ".," and len(thousands) <= 6)


def _extended(plain: str, start: int, end: int, language: str) -> Number:
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
    return Number(start, end, evaluate(tokens, language))


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


def _stands_apart(plain: str, end: int) -> bool:
    return not is_spaced_letter(plain[end : end + 1] or " ")


def _word_numbers(plain: str, language: str) -> Iterator[Number]:
    """Numbers in words: units before a scale ("三万", "two thousand"), and whole amounts said in one word."""
    numerals, tables = load_numerals(), _tables()
    done = 0
    for index, start, stop in tables.scales.find_matches_as_indexes(plain)[:MAX_NUMBERS]:
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
        yield Number(first, end, evaluate(tokens, language))
        done = end


def _names_currency(plain: str, end: int) -> bool:
    """Whether a currency word follows: "mil euros"."""
    return plain[end : end + 1] == " " and load_currencies().after.at(plain, end + 1) is not None


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


@cache
def _tables() -> _Tables:
    numerals = load_numerals()
    scale_words = tuple(_tellable({*numerals.scales, *numerals.exact}))
    return _Tables(
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
