"""Pay is held to the usual pay of its role, at the better paid end of the journey."""

from __future__ import annotations

from collections import Counter

import pytest

from screener.facts.pay_norms import pay_ratio, role_words, usual_pay
from screener.records import Pay

TAGS = {
    *("en", "zh-Hans", "zh-Hant", "ms", "id", "vi", "th", "hi", "fil", "es", "pt", "fr", "de", "ru", "ar", "sw", "km"),
    *("lo", "my", "bn", "ne", "ur", "si", "ta", "am", "kk", "tr", "ja", "ko"),
}
TIERS = ("elementary", "service", "clerical", "skilled_trade", "professional", "manager")


def pay(usd_month: float | None) -> Pay:
    return Pay(1.0, 1.0, "USD", "month" if usd_month else "once", usd_month, 0, 1)


def test_the_best_figure_counts():
    pays = [pay(500.0), pay(None), pay(1500.0)]
    usual = usual_pay(("clerical",), frozenset({"KE"}), frozenset())
    assert usual is not None
    assert pay_ratio(pays, ("clerical",), "KE", frozenset()) == pytest.approx(1500.0 / usual)


def test_home_counts_where_it_pays_better():
    at_home = usual_pay(("clerical",), frozenset({"SG"}), frozenset())
    assert usual_pay(("clerical",), frozenset({"KH"}), frozenset({"SG"})) == at_home
    assert usual_pay(("clerical",), frozenset({"SG"}), frozenset({"UG"})) == at_home


def test_of_several_possible_homes_the_middle_one_counts():
    homes = frozenset({"UG", "MY", "GB"})
    assert usual_pay((), frozenset({"KH"}), homes) == usual_pay((), frozenset({"MY"}), frozenset())


def test_the_first_role_counts_and_none_stands_for_office_work():
    manager, cleaner = (
        usual_pay(("manager",), frozenset({"DE"}), frozenset()),
        usual_pay(("elementary",), frozenset({"DE"}), frozenset()),
    )
    assert manager is not None
    assert cleaner is not None
    assert manager > cleaner
    assert usual_pay(("elementary", "manager"), frozenset({"DE"}), frozenset()) == cleaner
    assert usual_pay((), frozenset({"DE"}), frozenset()) == usual_pay(("clerical",), frozenset({"DE"}), frozenset())


def test_without_pay_or_country_there_is_no_ratio():
    assert pay_ratio([], (), "KE", frozenset()) is None
    assert pay_ratio([pay(None)], (), "KE", frozenset()) is None
    assert pay_ratio([pay(900.0)], (), None, frozenset()) is None
    assert pay_ratio([pay(900.0)], (), "XX", frozenset({"XX"})) is None


def test_foreign_money_tells_the_workplace_where_no_place_does():
    hourly = Pay(28.0, 28.0, "CAD", "hour", 3400.0, 0, 6)
    in_canada = usual_pay(("service",), frozenset({"CA"}), frozenset({"TH"}))
    assert in_canada is not None
    assert pay_ratio([hourly], ("service",), None, frozenset({"TH"})) == pytest.approx(3400.0 / in_canada)
    at_home = usual_pay(("service",), frozenset(), frozenset({"TH"}))
    assert at_home is not None
    assert pay_ratio([pay(3400.0)], ("service",), None, frozenset({"TH"})) == pytest.approx(3400.0 / at_home)


def test_an_unknown_kind_of_work_is_an_error():
    with pytest.raises(KeyError):
        pay_ratio([pay(900.0)], ("wizard",), "KE", frozenset())


@pytest.mark.parametrize("country", ["KE", "KH", "MM", "LA", "CN", "TW", "AE", "IN", "BR", "DE", "US", "ZA", "PH"])
def test_usual_pay_rises_from_elementary_work_to_management(country):
    figures = [usual_pay((tier,), frozenset({country}), frozenset()) for tier in TIERS]
    assert all(figures)
    elementary, service, clerical, _, professional, manager = figures
    assert elementary <= service <= clerical <= professional <= manager
    assert elementary < manager


def test_role_words_cover_every_language_and_kind():
    words = role_words()
    assert {word.language for word in words} == TAGS
    assert {word.tier for word in words} == set(TIERS)
    for tag in TAGS:
        assert {word.tier for word in words if word.language == tag} == set(TIERS), tag
    assert all(word.phrase and "*" not in word.phrase and word.mode in ("word", "stem", "substring") for word in words)


def test_no_role_word_stands_twice_in_a_language():
    twice = [key for key, times in Counter((word.phrase, word.language) for word in role_words()).items() if times > 1]
    assert twice == []
