"""Figures in words."""

from __future__ import annotations

import pytest
from apiflask import APIFlask

from screener.web.countries import country_names, find_country, is_country
from screener.web.presentation import percent, share, signed


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.93, "93%"),
        (0.5, "50%"),
        (0.995, "99.5%"),
        (0.99999, "over 99.9%"),
        (0.004, "0.4%"),
        (0.0001, "under 0.1%"),
    ],
)
def test_a_percentage_never_claims_certainty(app: APIFlask, value: float, words: str) -> None:
    with app.test_request_context():
        assert percent(value) == words


@pytest.mark.parametrize(("value", "words"), [(0.05, "5 in 100"), (0.5, "50 in 100"), (0.001, "1 in 1,000")])
def test_a_share_as_people_say_it(app: APIFlask, value: float, words: str) -> None:
    with app.test_request_context():
        assert share(value) == words


@pytest.mark.parametrize(("value", "words"), [(1.3, "+1.30"), (-0.705, "−0.70"), (0.001, "0.00"), (-0.001, "0.00")])
def test_a_signed_figure(value: float, words: str) -> None:
    assert signed(value) == words


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("TH", "TH"), ("th", "TH"), (" Thailand ", "TH"), ("UAE", "AE"), ("UK", "GB"), ("burma", "MM"),
        ("Myanmar", "MM"), ("Hong Kong", "HK"), ("macau", "MO"),
        ("Atlantis", None), ("", None), ("EU", None), ("ZZ", None),
    ],
)  # fmt: skip
def test_typed_countries(typed: str, code: str | None) -> None:
    assert find_country(typed) == code


def test_country_codes() -> None:
    assert len(country_names()) == 250
    assert is_country("XK")
    assert not is_country("ug")
    assert not is_country("XX")
