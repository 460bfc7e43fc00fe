"""Pay as an ad states it: amount, currency, period, and what it comes to in US dollars a month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import re2

from screener.facts.amounts import Amount, find_amounts
from screener.facts.cues import Cue, cue_after, cue_before
from screener.facts.currencies import (
    PLAUSIBLE,
    countries_of_currency,
    load_currencies,
    resolve_bare,
    resolve_word,
    usd_a_month,
)
from screener.facts.numerals import load_numerals
from screener.records import Pay, Period
from screener.text import View

__all__ = ["countries_of_currency", "read_pay"]

MAX_PAYS = 24
"""Pay figures kept of one text."""

_WINDOW = 40
_REACH = {"zh-Hans": 9, "zh-Hant": 9, "ja": 12, "th": 18, "lo": 18, "km": 20, "my": 20, "ko": 16}
_FAR = 26
"""Code points that may stand between a pay word and its amount, by language and elsewhere."""

_STATED, _MARKED, _GUESSED = 2, 1, 0

_CLAUSE_END = re2.compile(r"[\n!?。！？;；•|]|\. ")
_CLAUSE_STOP = re2.compile(r"[\n,，、。!！?？;；•|\d]|\. ")
_BARE_FLOOR = {"hour": 3.0, "day": 20.0, "week": 50.0, "month": 100.0, "year": 1000.0}
_IMPLICIT_MILLIONS = ("id", "vi")


@dataclass(frozen=True, slots=True)
class _Reading:
    """An amount found to be pay, how sure that is, and by what period."""

    amount: Amount
    certainty: int
    period: Period
    factor: float = 1.0


def read_pay(view: View, language: str, countries: frozenset[str] = frozenset()) -> tuple[Pay, ...]:
    """The pay figures an ad states, in text order; fees, ages, dates, telephones and the like are left out.

    Where some figures are called pay or have a period, unexplained sums beside them are not taken for pay.

    Args:
        view: a folded reading of the ad.
        language: its BCP 47 tag; words of every language are read, it only settles what is ambiguous.
        countries: ISO 3166 codes the ad is known to touch, to tell whose "$", "pesos", "Rs" or "元" is meant.

    Returns:
        At most `MAX_PAYS` records with offsets in the text as received. `currency` is None where nothing tells it;
        bonuses and head prices have the period ``once`` and no `usd_month`.
    """
    readings = list(_readings(view.plain, language))
    regular = [reading.certainty for reading in readings if reading.period != "once"]
    best = max(regular, default=_MARKED)
    pays: list[Pay] = []
    for reading in readings:
        if reading.certainty < best and reading.period != "once":
            continue
        pay = _pay(reading, view, language, countries)
        if pay is not None:
            pays.append(pay)
        if len(pays) >= MAX_PAYS:
            break
    return tuple(pays)


def _pay(reading: _Reading, view: View, language: str, countries: frozenset[str]) -> Pay | None:
    amount, period = reading.amount, reading.period
    high = amount.high * reading.factor
    currency = _currency(amount, high, period, language, countries)
    if amount.word and currency is None:
        return None
    if amount.loose and currency and not countries_of_currency(currency) & countries:
        return None
    usd = usd_a_month(high, currency, period)
    if reading.certainty == _GUESSED and (usd is None or not PLAUSIBLE[0] <= usd <= PLAUSIBLE[1]):
        return None
    start, end = view.span(amount.start, amount.end)
    return Pay(amount.low * reading.factor, high, currency, period, usd, start, end)


def _currency(amount: Amount, high: float, period: Period, language: str, countries: frozenset[str]) -> str | None:
    if amount.word:
        return resolve_word(_claimed(amount.word), high, period, language, countries)
    implied = load_numerals().currency.get(amount.scale)
    if implied and amount.strong:
        return implied
    return resolve_bare(high, period, language, countries)


def _claimed(word: str) -> str:
    """The declared word behind a currency word that carries an ending."""
    claims = load_currencies().claims
    while word not in claims:
        word = word[:-1]
    return word


def _readings(plain: str, language: str) -> Iterator[_Reading]:
    for amount in find_amounts(plain, language):
        if amount.bare and not amount.digits and amount.high < 100:
            continue
        before, after = _neighbours(plain, amount, language)
        reading = _read(plain, amount, before, after, language)
        if reading is not None:
            yield reading


def _neighbours(plain: str, amount: Amount, language: str) -> tuple[Cue | None, Cue | None]:
    """The cue that leads up to an amount and the one that follows it, within their clauses."""
    lead = plain[max(0, amount.start - _WINDOW) : amount.start]
    for match in _CLAUSE_END.finditer(lead.rstrip("\n ")):
        lead = lead[match.end() :] if len(lead) >= match.end() else lead
        break_again = _CLAUSE_END.search(lead.rstrip("\n "))
        if break_again is None:
            break
    follow = plain[amount.end : amount.end + _WINDOW]
    stop = _CLAUSE_STOP.search(follow)
    if stop:
        follow = follow[: stop.start()]
    return (cue_before(lead, language) if lead else None), (cue_after(follow, language) if follow.strip() else None)


def _read(plain: str, amount: Amount, before: Cue | None, after: Cue | None, language: str) -> _Reading | None:
    """Judge one amount by its neighbours; None where it is not pay."""
    reach = _REACH.get(language, _FAR)
    if before and (len(before.gap) > reach or any(c.isdigit() for c in before.gap)):
        before = None
    period_after = after if after and after.kind == "period" and len(after.gap) <= 16 else None
    if period_after and after and after.other and amount.bare and len(after.gap.strip()) == 0 and after.gap == " ":
        period_after = period_after if amount.high >= 100 else None
    if before and before.kind == "fee" and not ("," in before.gap and (period_after or after and after.kind == "pay")):
        return None
    if after and _closely(after) and after.kind == "fee" and not (before and before.kind in ("pay", "period")):
        return None
    if after and _closely(after) and after.kind == "count" and amount.word == "" and not _announced(before, amount):
        return None
    period = _period(before, after, period_after)
    if period == "once":
        return _Reading(amount, _MARKED, "once") if not amount.bare or amount.high >= 20 else None
    if amount.bare:
        return _bare(plain, amount, before, after, period, language)
    announced = period != "unknown" or (before and before.kind == "pay") or (after and after.kind == "pay")
    return _Reading(amount, _STATED if announced else _MARKED, period)


def _announced(before: Cue | None, amount: Amount) -> bool:
    return bool(before and before.kind in ("pay", "period") and (amount.strong or amount.high >= 100))


def _closely(cue: Cue) -> bool:
    return len(cue.gap.strip(" ()+/")) == 0


def _period(before: Cue | None, after: Cue | None, period_after: Cue | None) -> Period:
    """The period of an amount: what follows at once goes first, then what leads up to it."""
    if after and after.kind == "each" and len(after.gap) <= 4:
        return "once"
    if period_after and len(period_after.gap) <= 5:
        return period_after.period
    if before and before.kind in ("once", "each"):
        return "once" if period_after is None else period_after.period
    if before and before.kind == "period":
        return before.period
    return period_after.period if period_after else "unknown"


def _bare(
    plain: str, amount: Amount, before: Cue | None, after: Cue | None, period: Period, language: str
) -> _Reading | None:
    """Judge a number that nothing marks as money: a pay word, a period or its mere look may."""
    announced = before if before and before.kind in ("pay", "period") else None
    followed = after if after and after.kind in ("period", "pay") and _closely(after) else None
    if announced and len(announced.gap) <= 4 and amount.high < 100 and language in _IMPLICIT_MILLIONS and not followed:
        return _Reading(amount, _STATED, period, 1e6)
    if _is_year(plain, amount) and not (announced and len(announced.gap) <= 3):
        return None
    if (announced or followed) and amount.high >= _BARE_FLOOR.get(period, 100.0):
        return _Reading(amount, _STATED, period)
    return _Reading(amount, _GUESSED, "unknown") if _looks_like_pay(plain, amount, after) else None


def _is_year(plain: str, amount: Amount) -> bool:
    return amount.end - amount.start == 4 and 1950 <= amount.high <= 2040


def _looks_like_pay(plain: str, amount: Amount, after: Cue | None) -> bool:
    """Whether a lone number is round and stands by itself between marks of punctuation, as sums do."""
    if after and after.kind == "count" and _closely(after):
        return False
    if amount.high < 300 or amount.high % 50 or not amount.digits:
        return False
    following = plain[amount.end : amount.end + 1]
    return amount.grouped or not following or following in " ,，。.、；;\n+)!|/"
