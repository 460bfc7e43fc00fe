"""Pay as an ad states it: amount, currency, period, and what it comes to in US dollars a month."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from screener.facts.amounts import Amount, find_amounts
from screener.facts.cues import Cue, cue_after, cue_before
from screener.facts.currencies import (
    PLAUSIBLE,
    countries_of_currency,
    is_local_first,
    resolve_bare,
    resolve_word,
    usd_a_month,
)
from screener.facts.numerals import load_numerals
from screener.languages import is_unspaced, pay_reach
from screener.records import Pay, Period
from screener.text import View

__all__ = ["countries_of_currency", "read_pay"]

MAX_PAYS = 24
"""Pay figures kept of one text."""

_WINDOW = 40
_AGES = ((16.0, 30.0), (30.0, 60.0))
"""Between which a band of ages starts, and between which it ends."""

_BONUS_REACH = 8
"""The same between a bonus and a small number without any mark of money."""

_COST = 5
"""How many times a sum a month a wage beside it has to be, for the sum to be what something costs."""

_STATED, _MARKED, _GUESSED, _DOUBTED = 2, 1, 0, -1

_LONGEST = 100
"""Hours, days and weeks are told by smaller numbers than this: "60 hours a week"."""

_MANY = 1000
"""A bare number right after what is counted, "wateja 60", is no count from here on."""

_ONE_WORD = 10
"""Letters of a word that may stand between a number and what is counted."""

_COMMAS = ",،፣၊"
_CLAUSE_ENDS = "\n!?。။។;•|।۔؟።"
_CLAUSE_STOPS = frozenset(_CLAUSE_ENDS + _COMMAS + "、0123456789")
_BARE_FLOOR = {"hour": 3.0, "day": 20.0, "week": 50.0, "month": 100.0, "year": 1000.0}


class _Countries(NamedTuple):
    """The countries an ad is known to touch, and those with the ones it may recruit in."""

    known: frozenset[str]
    possible: frozenset[str]


class _Reading(NamedTuple):
    """An amount found to be pay, how sure that is, and by what period."""

    amount: Amount
    certainty: int
    period: Period
    factor: float = 1.0


def read_pay(
    view: View, language: str, countries: frozenset[str] = frozenset(), possible: frozenset[str] = frozenset()
) -> tuple[Pay, ...]:
    """The pay figures an ad states, in text order; fees, ages, dates, telephones and the like are left out.

    Where some figures are called pay or have a period, unexplained sums beside them are not taken for pay.

    Args:
        view: a folded reading of the ad.
        language: its BCP 47 tag; words of every language are read, it only settles what is ambiguous.
        countries: ISO 3166 codes the ad is known to touch, to tell whose "$", "pesos", "Rs" or "元" is meant.
        possible: countries it may recruit in besides, as its language is spoken there; they do not make "$" theirs.

    Returns:
        At most `MAX_PAYS` records with offsets in the text as received. `currency` is None where nothing tells it;
        bonuses and head prices have the period ``once`` and no `usd_month`.
    """
    spoken = _Countries(countries, countries | possible)
    judged: list[tuple[int, Pay]] = []
    for reading in _readings(view.plain, language, spoken.possible):
        pay = _pay(reading, view, language, spoken)
        if pay is not None:
            odd = reading.certainty == _MARKED and _is_odd(pay) and any(not _is_odd(other) for _, other in judged)
            judged.append((_DOUBTED if odd else reading.certainty, pay))
    marked = max((pay.usd_month or 0.0 for certainty, pay in judged if certainty == _MARKED), default=0.0)
    judged = [(_DOUBTED if _is_cost(pay, marked) else certainty, pay) for certainty, pay in judged]
    best = max((certainty for certainty, pay in judged if pay.period != "once"), default=_DOUBTED)
    return tuple(pay for certainty, pay in judged if certainty >= best or pay.period == "once")[:MAX_PAYS]


def _is_cost(pay: Pay, marked: float) -> bool:
    """Whether a sum a month is the price of a bed or a parking place beside a wage whose period is left unsaid."""
    usd = pay.usd_month
    return usd is not None and usd < PLAUSIBLE[0] <= marked and usd * _COST <= marked


def _is_odd(pay: Pay) -> bool:
    """Whether a sum of no stated period can be no month's pay: the price of a meal, a taxi, a paper."""
    return pay.period == "unknown" and pay.currency is not None and pay.usd_month is None


def _pay(reading: _Reading, view: View, language: str, countries: _Countries) -> Pay | None:
    amount, period = reading.amount, reading.period
    high = amount.high * reading.factor
    currency = _currency(reading, high, language, countries)
    if amount.word and currency is None:
        return None
    usd = usd_a_month(high, currency, period)
    if reading.certainty == _GUESSED and (usd is None or not PLAUSIBLE[0] <= usd <= PLAUSIBLE[1]):
        return None
    start, end = view.span(amount.start, amount.end)
    return Pay(amount.low * reading.factor, high, currency, period, usd, start, end)


def _currency(reading: _Reading, high: float, language: str, countries: _Countries) -> str | None:
    amount = reading.amount
    if amount.word:
        known = countries.known if is_local_first(amount.word) else countries.possible
        return resolve_word(amount.word, high, reading.period, language, known)
    implied = load_numerals().currency.get(amount.scale)
    if implied and amount.strong:
        return implied
    return resolve_bare(
        high, reading.period, language, countries.known, countries.possible, foreign=reading.certainty != _GUESSED
    )


def _readings(plain: str, language: str, countries: frozenset[str]) -> Iterator[_Reading]:
    for amount in find_amounts(plain, language, countries):
        if amount.bare and amount.high < _least(amount, language):
            continue
        before, after = _neighbours(plain, amount, language)
        reading = _read(plain, amount, before, after, language)
        if reading is not None:
            yield reading


def _neighbours(plain: str, amount: Amount, language: str) -> tuple[Cue | None, Cue | None]:
    """The cue that leads up to an amount and the one that follows it, within their clauses."""
    lead = plain[max(0, amount.start - _WINDOW) : amount.start]
    follow = plain[amount.end : amount.end + _WINDOW]
    follow = follow[: _clause_end(follow)]
    heading = lead.rstrip("\n ")
    before = _led(heading if heading.endswith(":") else lead, _CLAUSE_ENDS, language)
    if before is None and heading.endswith(":"):
        before = _led(lead, _CLAUSE_ENDS[1:], language)
    return before, cue_after(follow, language) if follow.strip() else None


def _led(lead: str, ends: str, language: str) -> Cue | None:
    """The cue in the last clause of `lead`. After a colon, the line above may hold it ("Wage?", "Jo: 900")."""
    clause = lead[_clause_start(lead, ends) :]
    return cue_before(clause, language) if clause.strip() else None


def _clause_start(lead: str, ends: str) -> int:
    """Where the last clause of the text before an amount starts."""
    start = max(lead.rfind(mark) for mark in ends) + 1
    stop = lead.rfind(". ")
    return max(start, stop + 2) if stop >= 4 and all(map(_is_letter, lead[stop - 4 : stop])) else start


def _is_letter(character: str) -> bool:
    """Whether it is a letter or a mark on one, as the vowels of Indic scripts are."""
    return character.isalpha() or unicodedata.category(character)[0] == "M"


def _clause_end(follow: str) -> int:
    for place, character in enumerate(follow):
        if character in _CLAUSE_STOPS or (character == "." and follow[place + 1 : place + 2] in ("", " ")):
            return place
    return len(follow)


def _read(plain: str, amount: Amount, before: Cue | None, after: Cue | None, language: str) -> _Reading | None:
    """Judge one amount by its neighbours; None where it is not pay."""
    if before and not (_reaches(before, language) and (_is_large(amount) or _reaches_number(before))):
        before = None
    announced = before if before and before.kind in ("pay", "period") else None
    if _is_other(amount, before, after, announced, language) or (amount.faint and not _is_small_rate(after)):
        return None
    if amount.scale in load_numerals().yearly:
        return _Reading(amount, _STATED, "year")
    lasting = _lasts(amount, after)
    if lasting:
        if before and before.kind in ("once", "each"):
            return None
        after = None
        announced = announced if announced and len(announced.gap) <= 4 else None
    period = _period(before, after)
    if period == "once":
        return _Reading(amount, _MARKED, "once") if not lasting and (amount.high >= 20 or not amount.bare) else None
    if amount.bare:
        unsaid = 1.0 if lasting or not announced else _unsaid(amount, announced, period, language)
        return _bare(plain, amount, announced, after, period, unsaid)
    stated = period != "unknown" or announced or (after and after.kind == "pay")
    return _Reading(amount, _STATED if stated else _MARKED, period)


def _is_small_rate(after: Cue | None) -> bool:
    """Whether a small amount is one of money by what follows: the hour, the day or the piece."""
    return bool(after and (after.kind == "each" or after.period in ("hour", "day")) and _follows(after))


def _is_other(amount: Amount, before: Cue | None, after: Cue | None, announced: Cue | None, language: str) -> bool:
    """Whether the amount is ages, counted people or days, hours of a day or week, or something the recruit pays."""
    if _is_age_band(amount, announced) or _is_counted(amount, after, announced, language):
        return True
    if before and before.kind == "count":
        return amount.bare and amount.high < _MANY
    if announced and announced.kind == "period" and amount.high < _LONGEST and _lasts(amount, after):
        return True
    if before and before.kind in ("fee", "leave"):
        return not (after and after.kind == "each" and _touches(after))
    told = announced is not None and announced.kind == "pay" and len(announced.gap) <= 4
    return bool(after and after.kind == "fee" and _touches(after) and not told)


def _is_age_band(amount: Amount, announced: Cue | None) -> bool:
    if not amount.bare or amount.low >= amount.high or (announced and len(announced.gap) <= 4):
        return False
    youngest, oldest = _AGES
    return youngest[0] <= amount.low <= youngest[1] and oldest[0] <= amount.high <= oldest[1]


def _is_counted(amount: Amount, after: Cue | None, announced: Cue | None, language: str) -> bool:
    """Whether a word of what is counted follows, and nothing says that the amount is money all the same."""
    if not (after and after.kind == "count") or not _touches_count(amount, after, announced):
        return False
    named = amount.high >= 10 if amount.word else amount.strong and announced and amount.high >= 100
    return not named and not (after.gap and is_unspaced(language) and _is_sum(amount, announced))


def _touches_count(amount: Amount, after: Cue, announced: Cue | None) -> bool:
    """Whether the counted stand right behind the number, or behind one more word: "600 care workers"."""
    between = after.gap.strip()
    return not between or (amount.bare and not announced and len(between) <= _ONE_WORD and between.isalpha())


def _is_sum(amount: Amount, announced: Cue | None) -> bool:
    """Whether a number is one of money where the word after it stands apart and may begin another phrase."""
    return amount.strong or (announced is not None and announced.kind == "pay" and amount.high >= 1000)


def _reaches(before: Cue, language: str) -> bool:
    """Whether a cue still speaks of the amount after it: near, no other number between, no comma after a fee.

    Leaving early reaches over a comma and a term: "quits within 12 months, 5,000".
    """
    if len(before.gap) > pay_reach(language):
        return False
    digits = sum(character.isdigit() for character in before.gap)
    if before.kind == "leave":
        return digits <= 2
    return not digits and (before.kind != "fee" or not any(comma in before.gap for comma in _COMMAS))


def _is_large(amount: Amount) -> bool:
    return not amount.bare or amount.high >= 1000


def _reaches_number(before: Cue) -> bool:
    """Whether a bonus or piece rate said before a small number that nothing marks as money may still mean it."""
    return before.kind not in ("once", "each") or ("," not in before.gap and len(before.gap) <= _BONUS_REACH)


def _lasts(amount: Amount, after: Cue | None) -> bool:
    """Whether a period after a bare number makes it a duration."""
    return bool(after and after.kind == "period" and amount.bare and not _is_rate(amount, after))


def _is_rate(amount: Amount, after: Cue) -> bool:
    """Whether a period after a bare number makes it a rate, as in "900 a month", and no duration, as in "8 hours"."""
    if "/" in after.gap or (amount.high >= _LONGEST and after.period != "hour"):
        return True
    return after.rate and (after.period == "hour" or not after.lasting)


def _touches(cue: Cue) -> bool:
    return not cue.gap.strip(" ()/")


def _period(before: Cue | None, after: Cue | None) -> Period:
    """The period of an amount: a rate right after it goes first, then what leads up to it, then what else follows."""
    if after and after.kind == "each" and len(after.gap) <= 4 and "+" not in after.gap and after.gap.isascii():
        return "once"
    follows = after if after and after.kind == "period" and "+" not in after.gap else None
    if follows and (_touches(follows) if not follows.rate else len(follows.gap) <= 16):
        direct = "/" in follows.gap or not follows.gap or (follows.rate and len(follows.gap) <= 5)
        if direct or before is None or before.kind in ("pay", "fee", "count"):
            return follows.period
    if before and before.kind in ("once", "each"):
        return "once"
    return before.period if before and before.kind == "period" else "unknown"


def _bare(
    plain: str, amount: Amount, announced: Cue | None, after: Cue | None, period: Period, unsaid: float
) -> _Reading | None:
    """Judge a number that nothing marks as money: a pay word, a period or its mere look may.

    `unsaid` is the scale a number announced like this is meant in, where nothing follows it.
    """
    followed = bool(after and after.kind in ("period", "pay") and _follows(after))
    if unsaid > 1 and not (followed and after and after.kind == "period"):
        return _Reading(amount, _STATED, period, unsaid)
    if _is_year(amount) and not (announced and len(announced.gap) <= 3):
        return None
    if (announced or followed) and amount.high >= _BARE_FLOOR.get(period, 100.0):
        return _Reading(amount, _STATED, period)
    return _Reading(amount, _GUESSED, "unknown") if _looks_like_pay(plain, amount) else None


def _follows(after: Cue) -> bool:
    return _touches(after) or (after.rate and len(after.gap) < 5)


def _least(amount: Amount, language: str) -> float:
    """The smallest number that may be pay without any mark of money."""
    unsaid = load_numerals().unsaid.get(language)
    if unsaid is not None:
        return unsaid.least
    return 10.0 if amount.digits else 100.0


def _unsaid(amount: Amount, announced: Cue, period: Period, language: str) -> float:
    """The scale a language leaves unsaid: "gaji 5" is five million, "월 350" is 3.5 million; 1 where it leaves none."""
    unsaid = load_numerals().unsaid.get(language)
    if unsaid is None or announced.kind not in unsaid.after or len(announced.gap) > 4:
        return 1.0
    low, high = unsaid.limits(period)
    return unsaid.scale if low <= amount.high < high else 1.0


def _is_year(amount: Amount) -> bool:
    return amount.end - amount.start == 4 and 1950 <= amount.high <= 2040


def _looks_like_pay(plain: str, amount: Amount) -> bool:
    """Whether a lone number is round and stands by itself between marks of punctuation, as sums do."""
    if amount.high < 300 or amount.high % 50 or not amount.digits or amount.scale:
        return False
    beside = plain[max(0, amount.start - 2) : amount.start] + plain[amount.end : amount.end + 2]
    if any(character.isdigit() for character in beside):
        return False
    following = plain[amount.end : amount.end + 1]
    return amount.grouped or not following or following in " ,，。.、；;\n+)!|/"
