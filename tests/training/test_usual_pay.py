"""The table of usual pay: written from the published figures, never below a minimum wage, never falling with rank."""

from __future__ import annotations

import pytest

from training.usual_pay import (
    FOREIGNERS_SHARE,
    LIKE_SAUDI_ARABIA,
    TABLE,
    Country,
    _ordered,
    read_countries,
    rendered,
    usual_pay,
)

COUNTRIES = read_countries()
TABLES = usual_pay(COUNTRIES)


def country(code: str, **figures: object) -> Country:
    blank: dict[str, object] = {
        "gdp_usd": 3000.0,
        "gdp_local": 3000.0,
        "share": None,
        "mean_local": None,
        "groups": {},
        "minimum_wage": None,
    }
    return Country(code=code, **{**blank, **figures})  # type: ignore[arg-type]


def beside(*added: Country) -> dict[str, dict[str, tuple[float, ...]]]:
    return usual_pay([*COUNTRIES, *added])


def test_the_committed_table_is_written_from_the_figures():
    assert TABLE.read_text(encoding="utf-8") == rendered(TABLES, 2025)


def test_every_country_rests_on_one_thing():
    codes = [code for rows in TABLES.values() for code in rows]
    assert len(codes) == len(set(codes)) == len(COUNTRIES)


def test_surveyed_pay_is_the_share_of_gdp_blended_with_the_income_class():
    groups = dict.fromkeys(range(1, 10), 1.0)
    rows = beside(country("XA", share=1.2, groups=groups), country("XB", share=1.2))["survey"]
    assert rows["XA"][2] == pytest.approx((300.0 * rows["XB"][2]) ** 0.5)


def test_a_mean_told_in_money_of_the_country_is_exchanged():
    assert country("XA", gdp_local=6000.0, mean_local=600.0).mean == 300.0


def test_no_figure_lies_below_the_minimum_wage():
    low = beside(country("XA", share=1.0, groups={9: 0.3}, minimum_wage=200.0))["survey"]["XA"]
    assert min(low) == 200.0


def test_a_mean_below_the_minimum_wage_is_out_of_date():
    table = beside(country("XA", share=0.4, minimum_wage=200.0))
    assert "XA" not in table["survey"]
    assert table["minimum_wage"]["XA"][0] == 200.0


def test_without_a_survey_the_income_class_stands_in():
    rows = beside(country("XA", gdp_usd=4000.0), country("XB", gdp_usd=2000.0))["income_class"]
    assert rows["XA"] == pytest.approx([2 * figure for figure in rows["XB"]])


def test_gulf_states_follow_what_foreigners_earn_in_saudi_arabia():
    saudi = TABLES["saudi_arabia"]
    assert set(saudi) == {"SA", *LIKE_SAUDI_ARABIA}
    assert len(set(saudi.values())) == 1
    own = next(c for c in COUNTRIES if c.code == "SA")
    assert own.mean is not None
    assert saudi["AE"][0] == pytest.approx(own.mean * own.groups[9])
    assert saudi["AE"][4] == pytest.approx(own.mean * own.groups[2] * FOREIGNERS_SHARE)


def test_pooling_averages_what_falls_and_leaves_the_rest():
    assert _ordered([1.0, 3.0, 2.0, 1.0, 5.0, 6.0], 0.0) == (1.0, 2.5, 2.5, 1.0, 5.0, 6.0)
    assert _ordered([4.0, 3.0, 2.0, 1.0, 5.0, 6.0], 0.0) == (3.0, 3.0, 3.0, 3.0, 5.0, 6.0)
    assert _ordered([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 2.5) == (2.5, 2.5, 3.0, 4.0, 5.0, 6.0)
