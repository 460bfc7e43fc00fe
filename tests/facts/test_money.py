"""Pay is read as a native would read it, and nothing else is taken for pay."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.errors import DeclarationError
from screener.facts import cues, currencies, numerals
from screener.facts.currencies import load_currencies, resolve_bare, resolve_word, usd_a_month
from screener.facts.money import MAX_PAYS, countries_of_currency, read_pay
from screener.facts.numerals import load_numerals, read_digits, read_number
from screener.records import Pay
from screener.text import fold, normalise

CASES = tomllib.loads(Path(__file__).with_name("pay_cases.toml").read_text("utf-8"))
EIGHT = ("en", "zh-Hans", "zh-Hant", "id", "ms", "es", "fr", "de")
ALL = (*EIGHT, "vi", "th", "hi", "fil", "pt", "ru", "ar", "sw", "km", "lo", "my", "bn", "ne", "ur", "si", "ta", "am")
ALL = (*ALL, "kk", "tr", "ja", "ko")


def read(text: str, language: str = "en", *countries: str) -> tuple[Pay, ...]:
    return read_pay(normalise(text).views[0], language, frozenset(countries))


def told(pay: Pay) -> str:
    amounts = f"{pay.amount_min:g}" if pay.amount_min == pay.amount_max else f"{pay.amount_min:g}-{pay.amount_max:g}"
    return f"{amounts} {pay.currency} {pay.period}"


def written(expected: str) -> str:
    amounts, currency, period = expected.split()
    return f"{'-'.join(f'{float(part):g}' for part in amounts.split('-'))} {currency} {period}"


@pytest.mark.parametrize(
    ("language", "case"),
    [pytest.param(tag, case, id=f"{tag}-{place}") for tag, cases in CASES.items() for place, case in enumerate(cases)],
)
def test_pay_is_read(language, case):
    pays = read(case["text"], language, *case.get("in", ()))
    assert [told(pay) for pay in pays] == [written(expected) for expected in case["pays"]]


def test_every_language_has_cases():
    assert set(CASES) == set(ALL)
    for tag in ALL:
        assert len(CASES[tag]) >= (13 if tag in EIGHT else 5), tag
        assert any(not case["pays"] for case in CASES[tag]), f"{tag} has no case without pay"


def test_offsets_are_those_of_the_text_as_received():
    text = "ＶＡＣＡＮＣＹ\u200b: ﬁtters, ＵＳＤ 1,500 a month"
    (pay,) = read(text, "en")
    assert text[pay.start : pay.end] == "ＵＳＤ 1,500"


def test_the_range_and_its_currency_are_quoted_whole():
    text = "Salary USD 800 - 1,200 net"
    (pay,) = read(text)
    assert text[pay.start : pay.end] == "USD 800 - 1,200"


@pytest.mark.parametrize(
    ("text", "countries", "currency"),
    [
        ("$1,500 a month", ("SG", "KH"), "SGD"),
        ("$1,500 a month", ("KE", "KH"), "USD"),
        ("$1,500 a month", ("CO",), "USD"),
        ("$1,500,000 a month", ("CO",), "COP"),
        ("25,000 pesos", ("PH",), "PHP"),
        ("25,000 pesos", ("MX",), "MXN"),
        ("Rs 60,000 monthly", ("IN",), "INR"),
        ("Rs 60,000 monthly", ("NP",), "NPR"),
        ("3,000 dirhams", ("MA",), "MAD"),
        ("3,000 dirhams", (), "AED"),
        ("1,500 riyals", ("QA",), "QAR"),
        ("250 dinars", ("BH",), "BHD"),
        ("K 6,000 monthly", ("ZM",), "ZMW"),
        ("R 9,000 monthly", ("ZA",), "ZAR"),
    ],
)
def test_a_shared_word_is_settled_by_the_countries_of_the_ad(text, countries, currency):
    (pay,) = read(text, "en", *countries)
    assert pay.currency == currency


@pytest.mark.parametrize(
    ("language", "countries", "currency"),
    [("zh-Hans", (), "CNY"), ("zh-Hant", ("TW",), "TWD"), ("zh-Hant", ("HK",), "HKD"), ("zh-Hans", ("MY",), "MYR")],
)
def test_yuan_are_those_of_the_place(language, countries, currency):
    (pay,) = read("月薪9000元", language, *countries)
    assert pay.currency == currency


def test_unexplained_sums_beside_called_pay_are_left_out():
    assert [told(pay) for pay in read("Salary 900 USD, the 300 USD are for the flat")] == ["900 USD unknown"]


def test_a_bonus_has_no_monthly_worth():
    (pay,) = read("300 USD per head for friends you bring")
    assert pay.period == "once"
    assert pay.usd_month is None


def test_an_unknown_currency_has_no_monthly_worth():
    (pay,) = read("Salary 90000")
    assert (pay.currency, pay.usd_month) == (None, None)


@pytest.mark.parametrize(
    ("period", "monthly"), [("hour", 1730.0), ("day", 220.0), ("week", 43.3), ("month", 10.0), ("year", 10 / 12)]
)
def test_periods_come_to_a_month(period, monthly):
    assert usd_a_month(10.0, "USD", period) == pytest.approx(monthly)


def test_an_unstated_period_is_a_month_or_a_year():
    assert usd_a_month(1500.0, "USD", "unknown") == 1500.0
    assert usd_a_month(60_000.0, "GBP", "unknown") == pytest.approx(
        60_000 / load_currencies().units_per_usd["GBP"] / 12
    )
    assert usd_a_month(5.0, "USD", "unknown") is None
    assert usd_a_month(5.0, None, "month") is None
    assert usd_a_month(5.0, "USD", "once") is None


def test_a_word_of_told_countries_only_means_nothing_elsewhere():
    assert resolve_word("k", 5000.0, "month", "en", frozenset({"KE"})) is None
    assert resolve_word("k", 5000.0, "month", "en", frozenset({"ZM"})) == "ZMW"


def test_a_bare_amount_takes_the_believable_currency():
    assert resolve_bare(40_000.0, "month", "en", frozenset({"PH", "KH"})) == "PHP"
    assert resolve_bare(9.0, "month", "en", frozenset()) is None
    assert resolve_bare(1500.0, "once", "de", frozenset()) == "EUR"
    assert resolve_bare(3.0, "month", "th", frozenset()) is None
    assert resolve_bare(4500.0, "month", "zh-Hans", frozenset({"CN"}), frozenset({"CN", "MY", "SG"})) == "CNY"
    assert resolve_bare(40_000.0, "month", "ur", frozenset({"PK"}), frozenset({"IN", "PK"})) == "PKR"
    assert resolve_bare(10_000.0, "month", "ru", frozenset(), frozenset({"RU", "KZ", "TJ"})) == "RUB"


def test_the_word_for_dollars_never_means_pesos_and_the_sign_may():
    assert resolve_word("dólares", 2500.0, "month", "es", frozenset({"AE"})) == "USD"
    assert resolve_word("dólares", 15_000.0, "month", "es", frozenset({"MX"})) == "USD"
    assert resolve_word("$", 15_000.0, "month", "es", frozenset({"MX"})) == "MXN"
    assert resolve_word("$", 1500.0, "month", "ta", frozenset({"TH"})) == "USD"
    assert resolve_word("$", 2500.0, "month", "ta", frozenset({"SG"})) == "SGD"


def test_what_a_bed_costs_is_not_the_wage():
    pays = read_pay(normalise("RM1,900 + OT + elaun syif. Hostel RM80 sebulan").views[0], "ms")
    assert [pay.amount_max for pay in pays] == [1900.0]


def test_countries_of_a_currency():
    assert countries_of_currency("KES") == {"KE"}
    assert "KH" in countries_of_currency("USD")
    assert countries_of_currency("USDT") == frozenset()
    assert countries_of_currency("ZZZ") == frozenset()


@pytest.mark.parametrize(
    ("digits", "value"),
    [
        ("1,500.00", 1500), ("1.500,00", 1500), ("1 500", 1500), ("1'500", 1500), ("1,00,000", 100_000),
        ("0.350", 0.35), ("7,5", 7.5), ("2026", 2026), ("3.000.000", 3_000_000), ("1.25", 1.25),
    ],
)  # fmt: skip
def test_digits_of_every_manner(digits, value):
    assert read_digits(digits) == value


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("3千8", 3800), ("一万二", 12_000), ("万二", 12_000), ("两万五", 25_000), ("十二万", 120_000),
        ("三十五万", 350_000), ("一万五千", 15_000), ("六位数", 100_000),
        ("7tr5", 7_500_000), ("2k2", 2200), ("1 triệu rưỡi", 1_500_000),
        ("hai mươi triệu", 20_000_000), ("dua belas juta", 12_000_000), ("5 ratus ribu", 500_000),
        ("sejuta", 1_000_000),
        ("สองหมื่นห้า", 25_000), ("แปดหมื่น", 80_000), ("elfu hamsini", 50_000), ("laki 2", 200_000), ("သိန်း 20", 2_000_000),
        ("5 သိန်း", 500_000), ("डेढ़ लाख", 150_000), ("two hundred thousand", 200_000), ("mil quinientos", 1500),
        ("twenty five thousand", 25_000), ("250만", 2_500_000), ("2.8 lac", 280_000),
    ],
)  # fmt: skip
def test_numbers_in_words(words, value):
    assert read_number(fold(words)).value == value


def test_mil_is_a_million_in_english_and_a_thousand_elsewhere():
    assert read_number("2 mil", "en").value == 2_000_000
    assert read_number("2 mil", "es").value == 2000


def test_what_is_no_number_is_said():
    with pytest.raises(ValueError, match="is no number"):
        read_number("3 cats")


@pytest.mark.parametrize(
    "text",
    [
        "Flat 25, floor 3, gate 7, 12/8/2026, 8:30-17:00, 100% free, B2 visa, N4 level, 24/7",
        "WhatsApp 081x-xxxx-0000 or 138****0721 or wa.me/10000000000 or t.me/hr_5000",
        "Write to pay3000@mail.example, see firm.example/jobs/4500",
        "5km from town, 18k gold, 3kg bag, 2m tall, room 4b",
        "Loan of 3,000 USD cleared first",
        "Visa fee: 350 USD",
        "Jakarta needs 600 care workers + 150 nurses",
    ],
)
def test_nothing_here_is_pay(text):
    assert read(text, "en", "KE", "ID") == ()


def test_of_many_possible_countries_none_is_picked_for_its_money():
    (pay,) = read_pay(normalise("Salary 22k plus tips").views[0], "en", frozenset(), frozenset({"ZM", "GB", "IN"}))
    assert pay.currency != "ZMW"


def test_hostile_input_stays_small():
    assert len(read("USD 1,500 a month. " * 1000)) == MAX_PAYS
    assert read("1" * 20_000) == ()
    assert read("9 " * 10_000) == ()
    assert read("$" * 20_000) == ()
    assert read("万" * 20_000, "zh-Hans") is not None


def test_every_currency_has_a_rate_and_every_scale_a_value():
    currencies = load_currencies()
    assert set(currencies.units_per_usd) == set(currencies.countries)
    assert all(rate > 0 for rate in currencies.units_per_usd.values())
    assert all(value >= 10 for value in load_numerals().scales.values())
    assert set(currencies.home) == {*ALL, "und"}


def test_wrong_entries_are_named():
    with pytest.raises(DeclarationError, match="'usd' is claimed twice"):
        currencies._claim({"usd": [["USD"], []]}, ["EUR"], {"words": ["usd"]})
    with pytest.raises(DeclarationError, match="is empty once folded"):
        cues._put({}, "en", "pay", "\u200b", "")
    table = {"leading": {"words": []}, "local": {}, "currency": {}, "strong_in": {}}
    with pytest.raises(DeclarationError, match="both a unit and a scale"):
        numerals._check(table, {"k": 1e3}, {"k": 1.0})
    with pytest.raises(DeclarationError, match="are no scales"):
        numerals._check(table | {"currency": {"tr": "VND"}}, {"k": 1e3}, {})


pieces = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "USD",
            "$",
            "RM",
            "月薪",
            "gaji",
            "1,500",
            "7-15",
            "万",
            "k",
            "jt",
            " per month",
            "/h",
            "fee ",
            "\n",
            "３千",
            "-",
            "½",
        ]
    ),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(pieces, max_size=20).map("".join), st.sampled_from(ALL))
def test_any_text_is_read_within_its_bounds(text, language):
    for pay in read(text, language, "KE", "CN"):
        assert 0 <= pay.start < pay.end <= len(text)
        assert 0 < pay.amount_min <= pay.amount_max
        assert pay.usd_month is None or pay.usd_month > 0
        assert (pay.usd_month is None) if pay.period == "once" else True


def test_countries_its_language_is_spoken_in_do_not_make_the_dollar_theirs():
    english = frozenset({"SG", "KE", "UG", "PH", "AU"})
    (pay,) = read_pay(normalise("We pay $2,500 a month in Dubai").views[0], "en", frozenset({"AE"}), english)
    assert (pay.currency, pay.usd_month) == ("USD", 2500.0)
    (pay,) = read_pay(normalise("We pay $2,500 a month").views[0], "en", frozenset({"SG"}), english)
    assert pay.currency == "SGD"
    (pay,) = read_pay(normalise("Salary 30jt per bulan").views[0], "en", frozenset(), english)
    assert pay.currency == "IDR"


@pytest.mark.parametrize(
    "text", ["net monthly salary up to", "月薪 每個月 底薪", "per bulan + bonus", "الراتب الشهري", "", "aa"]
)
def test_the_first_texts_are_read_as_all_later_ones(text):
    table = cues._table()
    early, late = (cues._Words({}, table["pages"]) for _ in range(2))
    for _ in range(40):
        list(late.met("x"))
    found = sorted((start, end, word) for word, start, end in early.met(text))
    assert found == sorted((start, end, word) for word, start, end in late.met(text))
    assert bool(found) == (len(text) > 2)
