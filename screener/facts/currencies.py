"""Which currency an ad means by a word, a sign or a bare amount, and what an amount is worth in US dollars a month."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from screener.declared import PACKAGE, declared, derived
from screener.errors import DeclarationError
from screener.facts.wordtable import WordTable
from screener.records import Period
from screener.text import fold_all

PLAUSIBLE = (120.0, 15_000.0)
"""US dollars a month between which a reading of an ambiguous currency is believed."""

_LOCAL = (30.0, 15_000.0)
_FOREIGN = (150.0, 6_000.0)
"""The same for a bare amount read in the currency of a country the ad touches, and in US dollars."""

MONTHLY: Mapping[Period, float] = {
    "hour": 173.0, "day": 22.0, "week": 4.33, "month": 1.0, "year": 1 / 12, "unknown": 1.0,
}  # fmt: skip
"""What turns pay by a period into pay a month: 173 hours, 22 days, 4.33 weeks, 12 months a year."""

_ORDINARY = 900.0
_BY_THE_YEAR = ("EUR", "GBP", "CHF", "AUD", "CAD", "NZD")


@dataclass(frozen=True, slots=True)
class Claim:
    """The currencies a word may mean, most likely first, and how strict the choice is.

    `told_only`: means nothing unless a country that uses one is known. `local_first`: a local currency of a country
    named in the ad goes before the first one.
    """

    currencies: tuple[str, ...]
    told_only: bool = False
    local_first: bool = False


@dataclass(frozen=True, slots=True)
class Currencies:
    """The currency words, the countries of each currency, what bare amounts mean, and the exchange rates.

    `before` and `after` find the words, folded, that may stand before and after their number.
    """

    before: WordTable
    after: WordTable
    countries: Mapping[str, frozenset[str]]
    of_country: Mapping[str, str]
    home: Mapping[str, tuple[str, ...]]
    of_many_countries: frozenset[str]
    units_per_usd: Mapping[str, float]


def countries_of_currency(code: str) -> frozenset[str]:
    """The countries where people are paid in a currency, as ISO 3166 codes; none for crypto or an unknown code."""
    return load_currencies().countries.get(code, frozenset())


def usd_a_month(amount: float, currency: str | None, period: Period) -> float | None:
    """An amount in US dollars a month; None for a one-off, an unknown currency or a period that can't be told.

    An unstated period is read as a month, or as a year where a month's pay would be beyond belief and a year's is not.
    """
    rate = load_currencies().units_per_usd.get(currency or "")
    if rate is None or period == "once":
        return None
    usd = amount / rate * MONTHLY[period]
    if period != "unknown":
        return usd
    if usd > PLAUSIBLE[1] and currency in (*_BY_THE_YEAR, "USD", "INR"):
        usd /= 12
    return usd if 40.0 <= usd <= 4 * PLAUSIBLE[1] else None


@cache
def claim_of(word: str) -> Claim:
    """What a folded currency word may mean; KeyError where it is none."""
    currencies, rules = _claims()[word]
    return Claim(tuple(currencies), "told_only" in rules, "local_first" in rules)


def is_local_first(word: str) -> bool:
    """Whether a currency word is the dollar of many countries, each its own where it is known to be that country's."""
    return claim_of(word).local_first


def resolve_word(word: str, amount: float, period: Period, language: str, countries: frozenset[str]) -> str | None:
    """The currency meant by a currency word beside an amount, None where it means nothing here.

    Args:
        word: a folded currency word.
        amount: the greatest amount beside it.
        period: of the pay.
        language: tag of the ad.
        countries: countries the ad is known to touch.
    """
    currencies = load_currencies()
    claim = claim_of(word)
    told = [code for code in claim.currencies if currencies.countries[code] & countries]
    if claim.told_only:
        return told[0] if told else None
    if len(claim.currencies) == 1:
        return claim.currencies[0]
    homes = currencies.home.get(language, ())
    if claim.local_first and language not in currencies.of_many_countries:
        homes = homes[:1]  # dollars are those of a neighbour only where the ad touches it
    home = [code for code in homes if code in claim.currencies]
    if claim.local_first:
        told.sort(key=lambda code: code == claim.currencies[0])
    for code in told:
        if _within(amount, code, period, PLAUSIBLE if claim.local_first else _LOCAL):
            return code
    ranked = (*home, *claim.currencies)
    return next((code for code in ranked if _within(amount, code, period, PLAUSIBLE)), (*told, *ranked)[0])


def resolve_bare(
    amount: float,
    period: Period,
    language: str,
    known: frozenset[str],
    possible: frozenset[str] = frozenset(),
    *,
    foreign: bool = True,
) -> str | None:
    """The currency meant by an amount that names none, None where nothing tells it.

    The language's own currency, that of a country the ad itself touches before that of one it may recruit in, the first
    one of the language where it is believable at all; else a currency of a country the ad touches, the one nearest to
    an ordinary wage first, else, where `foreign` allows it, US dollars. None where no reading is believable.

    Args:
        amount: the greatest amount.
        period: of the pay.
        language: tag of the ad.
        known: countries the ad is known to touch.
        possible: those it may recruit in besides. Of the many of a language such as English one always has a currency
            that makes the amount look like pay, so there they tell nothing.
        foreign: whether US dollars may be meant where no other currency is believable.
    """
    currencies = load_currencies()
    of_many = language in currencies.of_many_countries
    countries = known if of_many else known | possible
    home = currencies.home.get(language, ())
    local = [currencies.of_country[c] for c in sorted(countries) if c in currencies.of_country]
    at_home = [code for code in home if currencies.countries[code] & countries]
    if not at_home and not (of_many and countries):
        at_home = list(home[:1])
    told = [code for code in home if currencies.countries[code] & known]
    groups: tuple[tuple[list[str], tuple[float, float]], ...] = (
        (told, PLAUSIBLE),
        (at_home[:1], _LOCAL),
        (at_home, PLAUSIBLE),
        (local, PLAUSIBLE),
        ([*at_home, *local], _LOCAL),
        (["USD"] if foreign and (countries or home) else [], _FOREIGN),
    )
    for group, limits in groups:
        believed = [code for code in group if _within(amount, code, period, limits)]
        if believed:
            return min(believed, key=lambda code: _strangeness(amount, code, period))
    return None


def _within(amount: float, code: str, period: Period, limits: tuple[float, float]) -> bool:
    if period == "once":
        return True
    usd = amount / load_currencies().units_per_usd[code] * MONTHLY[period]
    return limits[0] <= usd <= limits[1] or (code in _BY_THE_YEAR and limits[0] <= usd / 12 <= limits[1])


def _strangeness(amount: float, code: str, period: Period) -> float:
    usd = usd_a_month(amount, code, period)
    return abs(math.log(usd / _ORDINARY)) if usd else math.inf


@cache
def load_currencies() -> Currencies:
    """The currency tables; DeclarationError names the entry that is wrong."""
    table = _load("currencies.toml")
    rates: dict[str, float] = _load("exchange_rates.toml")["units_per_usd"]
    codes: dict[str, Any] = table["currency"]
    missing = set(codes) ^ set(rates)
    if missing:
        raise DeclarationError(f"exchange_rates.toml: {sorted(missing)} must stand in currencies.toml and here alike.")
    claims = _claims()
    stems = [word for word, (_, rules) in claims.items() if "stem" in rules]
    return Currencies(
        before=WordTable((word for word, (_, rules) in claims.items() if "only_after" not in rules), stems),
        after=WordTable((word for word, (_, rules) in claims.items() if "only_before" not in rules), stems),
        countries={code: frozenset(entry["countries"]) for code, entry in codes.items()},
        of_country={country: code for code, entry in reversed(codes.items()) for country in entry["countries"]},
        home={language: tuple(known) for language, known in table["home"].items()},
        of_many_countries=frozenset(table["of_many_countries"]),
        units_per_usd=rates,
    )


@derived("facts/data/currencies.toml")
def _claims() -> dict[str, list[list[str]]]:
    """By folded word: the currencies it may mean, and what holds for it: `stem`, `only_before` its number ..."""
    table = _load("currencies.toml")
    codes: dict[str, Any] = table["currency"]
    claims: dict[str, list[list[str]]] = {}
    for code, entry in codes.items():
        _claim(claims, [code], entry)
    for entry in table["shared"]:
        unknown = set(entry["currencies"]) - set(codes)
        if unknown:
            raise DeclarationError(f"currencies.toml, shared: no such currency {sorted(unknown)}; declare it.")
        _claim(claims, entry["currencies"], entry)
    return claims


def _claim(claims: dict[str, list[list[str]]], currencies: list[str], entry: Mapping[str, Any]) -> None:
    for side in ("words", "before", "after"):
        words: list[str] = entry.get(side, [])
        for word, folded in zip(words, fold_all(word.rstrip("*") for word in words), strict=True):
            if folded in claims and claims[folded][0] != currencies:
                raise DeclarationError(f"currencies.toml: {word!r} is claimed twice; keep one or share it.")
            rules = [rule for rule in ("told_only", "local_first") if entry.get(rule)]
            rules += ["stem"] * word.endswith("*") + [f"only_{side}"] * (side != "words")
            claims[folded] = [currencies, rules]


def _load(name: str) -> dict[str, Any]:
    return declared(PACKAGE / "facts" / "data" / name)
