"""What a role usually pays where the job is, and how many times that an ad promises."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, NamedTuple, cast, get_args

from screener.declared import PACKAGE, declared
from screener.errors import DeclarationError
from screener.facts.currencies import countries_of_currency
from screener.records import Pay

Tier = Literal["elementary", "service", "clerical", "skilled_trade", "professional", "manager"]
Mode = Literal["word", "stem", "substring"]


@dataclass(frozen=True, slots=True)
class RoleWord:
    """A word for a role, as declared, the kind of work it stands for and how it is matched in its language."""

    phrase: str
    tier: Tier
    language: str
    mode: Mode


class _Norms(NamedTuple):
    tiers: Mapping[str, int]
    month: Mapping[str, tuple[float, ...]]
    unnamed_role: str


def pay_ratio(
    pays: Iterable[Pay], role_tiers: Sequence[str], workplace: str | None, recruiting: frozenset[str]
) -> float | None:
    """The best stated monthly pay over the usual pay of the role, at the workplace or at home, whichever is higher.

    Where no workplace is known, foreign money tells it: "28 CAD an hour" is of Canada.

    Args:
        pays: what `read_pay` found; bonuses and figures of unknown worth are passed over.
        role_tiers: kinds of work the ad names, in text order; the first counts, none stands for office work.
        workplace: ISO 3166 code of the country of the job, None if unknown.
        recruiting: countries the ad may recruit in.

    Returns:
        The ratio, 1.0 being usual pay; None where there is no pay figure or no norm to hold it to.

    Raises:
        KeyError: a role tier that does not exist.
    """
    best = max((pay for pay in pays if pay.usd_month), key=lambda pay: pay.usd_month or 0.0, default=None)
    if best is None:
        return None
    workplaces = frozenset((workplace,)) if workplace else _abroad(best.currency, recruiting)
    usual = usual_pay(role_tiers, workplaces, recruiting)
    return best.usd_month / usual if best.usd_month and usual else None


def usual_pay(role_tiers: Sequence[str], workplaces: frozenset[str], recruiting: frozenset[str]) -> float | None:
    """The usual pay an offer is held to, in US dollars a month; None where no country is known.

    It is the higher of the workplace's and the recruits' home, the middle one where several are possible: a German
    posted to Manila for a German wage is nothing unusual.
    """
    norms = _norms()
    place = norms.tiers[role_tiers[0] if role_tiers else norms.unnamed_role]
    known = []
    for countries in (workplaces, recruiting):
        figures = sorted(norms.month[country][place] for country in countries if country in norms.month)
        if figures:
            known.append(figures[(len(figures) - 1) // 2])
    return max(known, default=None)


def _abroad(currency: str | None, recruiting: frozenset[str]) -> frozenset[str]:
    """The countries of a currency that is not that of home; none for the dollar, which is offered everywhere."""
    countries = countries_of_currency(currency) if currency and currency != "USD" else frozenset()
    return frozenset() if countries & recruiting else countries


def role_words() -> tuple[RoleWord, ...]:
    """Every word for a role in every language, for the one scan."""
    table = _load("roles.toml")
    boundary: dict[str, list[str]] = table.pop("boundary")
    words = []
    for tier, languages in table.items():
        if tier not in get_args(Tier):
            raise DeclarationError(f"roles.toml: no such kind of work {tier!r}; use one of {get_args(Tier)}.")
        for language, phrases in languages.items():
            for phrase in phrases:
                mode: Mode = "stem" if phrase.endswith("*") or language in boundary["stem"] else "word"
                if language in boundary["substring"] and not phrase.isascii():
                    mode = "substring"
                words.append(RoleWord(phrase.rstrip("*"), cast(Tier, tier), language, mode))
    return tuple(words)


@cache
def _norms() -> _Norms:
    """The table of usual pay; DeclarationError names the entry that is wrong."""
    table = _load("usual_pay.toml")
    tiers = table["tiers"]
    if tuple(tiers) != get_args(Tier):
        raise DeclarationError(f"usual_pay.toml, tiers: {tiers} must be {list(get_args(Tier))}.")
    month: dict[str, Sequence[float]] = {}
    for basis, rows in table["month"].items():
        twice = sorted(set(month) & set(rows))
        if twice:
            raise DeclarationError(f"usual_pay.toml, {basis}: {twice} stand in another table too; keep one.")
        month.update(rows)
    for country, figures in month.items():
        if len(figures) != len(tiers) or min(figures) <= 0:
            raise DeclarationError(f"usual_pay.toml, {country}: give {len(tiers)} figures above 0, one for each kind.")
    return _Norms(
        tiers={tier: place for place, tier in enumerate(tiers)},
        month={country: tuple(map(float, figures)) for country, figures in month.items()},
        unnamed_role=table["unnamed_role"],
    )


def _load(name: str) -> dict[str, Any]:
    return declared(PACKAGE / "facts" / "data" / name)
