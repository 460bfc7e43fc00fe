"""Each shipped combination holds in one company of indicators, and not in another that lacks one part."""

from __future__ import annotations

import pytest

from screener.indicators.catalog import shipped
from screener.reading import Reader
from screener.records import Offer

CASES = [
    (
        "all_paid_nothing_asked",
        "Job in Dubai for Kenyans, free air ticket, no experience needed.",
        "Job in Dubai for Kenyans, free air ticket, three years' experience and a nursing diploma required.",
    ),
    (
        "bound_by_debt_or_papers",
        "The debt is deducted from your salary and passports are kept by the company.",
        "On this voyage passports are kept by the company.",
    ),
    (
        "checkable_offer",
        "Cooks wanted. Work permit arranged before travel, signed contract before departure.",
        "Cooks wanted. Signed contract before departure.",
    ),
    (
        "covert_route",
        "You fly on a tourist visa. Tell immigration that you are on holiday.",
        "You fly on a tourist visa.",
    ),
    (
        "fee_for_unclear_job",
        "Typist wanted. Pay a deposit of 200 dollars first to reserve your place.",
        "Typist wanted by Northgate Logistics Ltd. Pay a deposit of 200 dollars first to reserve your place.",
    ),
    (
        "friend_brings_to_office",
        "My cousin already works there and can get you in: office job in Cambodia for Kenyans.",
        "My cousin already works there and can get you in: office job in Cambodia for Kenyans, work permit arranged.",
    ),
    (
        "high_pay_office_abroad",
        "Kenyans wanted for customer service in Dubai, USD 5,000 a month.",
        "Kenyans wanted for customer service in Dubai, USD 500 a month.",
    ),
    (
        "office_role_at_hub",
        "Online chat operator in Sihanoukville.",
        "Online chat operator in Nairobi.",
    ),
    (
        "unnamed_office_abroad",
        "Kenyans wanted for online customer service in Dubai.",
        "Kenyans wanted for online customer service in Dubai by Falcon Crest Trading LLC.",
    ),
    (
        "vague_role_at_hub",
        "Easy work in Myawaddy, earn big money fast.",
        "Easy work in Nairobi, earn big money fast.",
    ),
]


@pytest.fixture(scope="module")
def reader():
    return Reader.of(shipped())


def test_every_combination_has_its_cases():
    assert [name for name, _, _ in CASES] == [d.id for d in shipped() if d.is_combination]


@pytest.mark.parametrize(("combination", "text", "miss"), CASES, ids=[case[0] for case in CASES])
def test_combination(reader, combination, text, miss):
    found, missed = reader.read(Offer(text)).row.found, reader.read(Offer(miss)).row.found
    assert combination in found, sorted(found)
    assert combination not in missed, sorted(missed)


@pytest.mark.parametrize(("combination", "text"), [case[:2] for case in CASES], ids=[case[0] for case in CASES])
def test_the_words_of_a_combination_are_those_of_its_parts(reader, combination, text):
    found = reader.read(Offer(text)).row.found
    parts = found.keys() & set().union(*(d.all | d.any | d.also for d in shipped()[combination].detectors))
    of_parts = {hit for part in parts for hit in found[part]}
    assert set(found[combination]) <= of_parts
    assert bool(found[combination]) == bool(of_parts)


@pytest.mark.parametrize(
    ("text", "is_sign"),
    [
        ("Customer service representative in Makati, Manila, for Filipinos living in the city. Walk in daily.", False),
        ("Kenyans! Customer service representative needed in Manila, Philippines. We fly you out.", True),
        ("Customer service representative in Sihanoukville, locals welcome.", True),
    ],
)
def test_an_office_role_is_a_sign_abroad_or_in_a_named_hub(reader, text, is_sign):
    assert ("office_role_at_hub" in reader.read(Offer(text)).row.found) is is_sign


def test_a_named_registration_fee_is_no_licence(reader):
    found = reader.read(
        Offer("Typist wanted. Pay a registration fee of 200 dollars first to reserve your place.")
    ).row.found
    assert "licensed_agency" not in found
    assert "fee_for_unclear_job" in found
