"""Writes the table of usual pay from published earnings, GDP per person and minimum wages.

Run as ``python -m training.usual_pay`` after a change to ``usual_pay.csv``; the table it writes is committed. The CSV
holds the figures as published, one row a country: GDP per person in US dollars and in its own currency, the mean
earnings of employees as a share of GDP per person or as a sum a month, the mean of each ISCO-08 major group (1-9) as a
share of that mean, and the statutory minimum wage a month in its own currency with its year. What a country's row
lacks is left empty.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from sklearn.isotonic import isotonic_regression

FIGURES = Path(__file__).with_name("usual_pay.csv")
TABLE = Path(__file__).parent.parent / "screener" / "facts" / "data" / "usual_pay.toml"

TIERS: Mapping[str, tuple[int, ...]] = {
    "elementary": (9,),
    "service": (5,),
    "clerical": (4,),
    "skilled_trade": (7, 8),
    "professional": (2,),
    "manager": (1,),
}
"""The kinds of work and the ISCO-08 major groups they stand for."""

INCOME_CLASSES = (1_135.0, 4_495.0, 13_935.0)
"""Upper bounds, in US dollars a person, of low, lower middle and upper middle income (World Bank, for 2024)."""

LIKE_SAUDI_ARABIA = ("AE", "BH", "KW", "OM", "QA")
"""Gulf states whose earnings are not surveyed, or mix what few citizens and most migrants are paid."""

FOREIGNERS_SHARE = 2731 / 3971
"""What foreigners earned in Saudi Arabia on average, over what all earned (General Authority for Statistics, 2017)."""

MIXED = ("service", "clerical", "professional", "manager")
"""Kinds of work in which Saudi citizens weigh; the rest is done by foreigners."""

_HEADER = """# Usual pay a month by country and kind of work, in US dollars of {year}, for full time, to two figures.
# Written by `python -m training.usual_pay` from training/usual_pay.csv; do not edit by hand.
#
# Order of the figures: elementary, service, clerical, skilled_trade, professional, manager.
#   elementary     cleaners, farm and factory hands, packers, helpers           (ISCO-08 group 9)
#   service        care, kitchen, waiting, sales, security, riders   (group 5)
#   clerical       customer service, data entry, reception, call centre        (group 4)
#   skilled_trade  building, metal and electrical trades, drivers, operators   (groups 7 and 8)
#   professional   nurses, teachers, engineers, programmers, accountants       (group 2)
#   manager        managers and heads                                          (group 1)
#
# [survey]         mean earnings of employees in the country's latest survey since 2012, as a share of GDP per person of
#                  the survey's year, times GDP per person of {year}. Means of single groups are noisy in small surveys:
#                  each is set midway (geometric) between the country's own and that of its income class, and where a
#                  higher group comes out below a lower one the two are pooled. Kyrgyzstan: the mean its office tells.
# [income_class]   countries without such a survey: the shares of their income class.
# [minimum_wage]   countries without either, or whose surveyed mean lies below today's statutory minimum wage: the
#                  minimum wage for elementary work, the rest by the proportions of the income class.
# [saudi_arabia]   Gulf states where foreigners do most of the work: Saudi Arabia's figures, those of the groups with
#                  many citizens times what foreigners earn there of the mean (2017).
# In [survey] and [income_class] no figure lies below the statutory minimum wage.
# They place an offer on a scale of "usual", "twice", "five times"; they are no statistics of their own.
as_of = "{year}"
sources = [
  "ILOSTAT, average monthly earnings of employees by sex and occupation, EAR_EMTA_SEX_OCU_CUR_NB (https://ilostat.ilo.org/topics/wages/)",
  "ILOSTAT, monthly minimum wage, EAR_INEE_NOC_NB, 2024 or 2026 (https://ilostat.ilo.org/topics/wages/)",
  "World Bank, GDP per person, NY.GDP.PCAP.CD and NY.GDP.PCAP.CN (https://data.worldbank.org/indicator/NY.GDP.PCAP.CD)",
  "General Authority for Statistics of Saudi Arabia, average monthly wage of Saudis and others, 2017",
  "Ministry of Labor of Taiwan, basic wage from January 2026",
  "National Statistical Committee of the Kyrgyz Republic, mean wage of 2025 (44,400 som)",
  "earnings and GDP as gathered in https://github.com/di258294-lang/-1- (life/src/data.js), 2026",
  "minimum wages as gathered in https://github.com/gabyro23/globeing (docs/data/minimum_wage.csv), 2026",
]
tiers = ["elementary", "service", "clerical", "skilled_trade", "professional", "manager"]

# An ad that names no known role is held to this kind of work.
unnamed_role = "clerical"
"""


@dataclass(frozen=True, slots=True)
class Country:
    """One row of the CSV; None where nothing is published."""

    code: str
    gdp_usd: float | None
    gdp_local: float | None
    share: float | None
    mean_local: float | None
    groups: Mapping[int, float]
    minimum_wage: float | None

    @property
    def mean(self) -> float | None:
        """Mean earnings a month in US dollars."""
        if self.mean_local and self.gdp_usd and self.gdp_local:
            return self.mean_local * self.gdp_usd / self.gdp_local
        return self.share * self.gdp_usd / 12 if self.share and self.gdp_usd else None

    @property
    def floor(self) -> float:
        """The minimum wage a month in US dollars; 0 where there is none."""
        if not (self.minimum_wage and self.gdp_usd and self.gdp_local):
            return self.minimum_wage or 0.0
        return self.minimum_wage * self.gdp_usd / self.gdp_local

    @property
    def income_class(self) -> int:
        """0 (low) to 3 (high)."""
        return sum((self.gdp_usd or 1e9) > bound for bound in INCOME_CLASSES)


def read_countries(path: Path = FIGURES) -> tuple[Country, ...]:
    """The rows of the CSV, in its order."""
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(_country(row) for row in csv.DictReader(line for line in lines if not line.startswith("#")))


def _country(row: Mapping[str, str]) -> Country:
    def number(key: str) -> float | None:
        return float(row[key]) if row[key] else None

    groups = {group: float(row[f"isco{group}"]) for group in range(1, 10) if row[f"isco{group}"]}
    return Country(
        row["country"],
        number("gdp_usd"),
        number("gdp_local"),
        number("share"),
        number("mean_local"),
        groups,
        number("minimum_wage"),
    )


def usual_pay(countries: Sequence[Country]) -> dict[str, dict[str, tuple[float, ...]]]:
    """The figures of each country, US dollars a month in the order of TIERS, by what they rest on and by country."""
    shares, proportions = _class_shares(countries), _class_proportions(countries)
    table: dict[str, dict[str, tuple[float, ...]]] = {
        basis: {} for basis in ("survey", "income_class", "minimum_wage", "saudi_arabia")
    }
    for country in countries:
        by_class = proportions[country.income_class]
        if country.code in LIKE_SAUDI_ARABIA:
            continue
        if country.mean and country.mean >= country.floor:
            own = [_proportion(country.groups, tier) for tier in TIERS]
            blended = [(a * b) ** 0.5 if a else b for a, b in zip(own, by_class, strict=True)]
            figures = [country.mean * proportion for proportion in blended]
            basis = "survey"
        elif country.gdp_usd and not country.mean:
            mean = shares[country.income_class] * country.gdp_usd / 12
            figures = [mean * proportion for proportion in by_class]
            basis = "income_class"
        else:
            figures = [country.floor * proportion / by_class[0] for proportion in by_class]
            basis = "minimum_wage"
        table[basis][country.code] = _ordered(figures, country.floor)
    table["survey"].pop("SA", None)
    saudi = next(country for country in countries if country.code == "SA")
    table["saudi_arabia"] = dict.fromkeys(sorted(("SA", *LIKE_SAUDI_ARABIA)), _foreigners(saudi, proportions[3]))
    return table


def _foreigners(saudi: Country, by_class: Sequence[float]) -> tuple[float, ...]:
    if not saudi.mean:
        raise ValueError("usual_pay.csv: Saudi Arabia needs gdp_usd and share; the Gulf states rest on them.")
    figures = []
    for tier, proportion in zip(TIERS, by_class, strict=True):
        own = _proportion(saudi.groups, tier) or proportion
        figures.append(saudi.mean * own * (FOREIGNERS_SHARE if tier in MIXED else 1.0))
    return _ordered(figures, 0.0)


def _class_shares(countries: Iterable[Country]) -> tuple[float, ...]:
    surveyed = [country for country in countries if country.share]
    return tuple(median(c.share for c in surveyed if c.share and c.income_class == place) for place in range(4))


def _class_proportions(countries: Iterable[Country]) -> tuple[tuple[float, ...], ...]:
    surveyed = [country for country in countries if country.share]
    return tuple(
        tuple(
            median(p for c in surveyed if c.income_class == place and (p := _proportion(c.groups, tier)))
            for tier in TIERS
        )
        for place in range(4)
    )


def _proportion(groups: Mapping[int, float], tier: str) -> float | None:
    known = [groups[group] for group in TIERS[tier] if group in groups]
    return sum(known) / len(known) if known else None


def _ordered(figures: Sequence[float], floor: float) -> tuple[float, ...]:
    """At least the floor, and no higher group below a lower one; skilled trades stand beside the clerical work."""
    elementary, service, clerical, trade, professional, manager = (max(figure, floor) for figure in figures)
    elementary, service, clerical, professional, manager = map(
        float, isotonic_regression([elementary, service, clerical, professional, manager])
    )
    return elementary, service, clerical, max(trade, elementary), professional, manager


def rendered(table: Mapping[str, Mapping[str, Sequence[float]]], year: int) -> str:
    """The TOML of the table."""
    lines = [_HEADER.format(year=year)]
    for basis, rows in table.items():
        lines.append(f"[month.{basis}]")
        lines += [f"{code} = [{', '.join(map(_two_figures, rows[code]))}]" for code in sorted(rows)]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _two_figures(figure: float) -> str:
    return f"{float(f'{figure:.2g}'):.0f}"


def main() -> None:
    """Write the table."""
    TABLE.write_text(rendered(usual_pay(read_countries()), 2025), encoding="utf-8")


if __name__ == "__main__":
    main()
