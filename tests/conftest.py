from __future__ import annotations

import pytest

from screener import Screener

LURE = "Customer service job in Sihanoukville, USD 2,000 a month, free ticket and room, no experience, Telegram only"
HONEST = (
    "Harbour Lane Hotel, 12 Quay Road, Doha needs two cooks with 2 years' experience and a food safety certificate. "
    "Work visa before travel, interview with the chef, contract signed before departure, careers@harbourlane.example"
)


@pytest.fixture(scope="session")
def screener():
    return Screener.load()


@pytest.fixture
def lure():
    return LURE


@pytest.fixture
def honest():
    return HONEST
