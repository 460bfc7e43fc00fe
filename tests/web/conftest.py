"""A screener made by hand, so that the web edge is tested without a model."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from screener.errors import OfferError
from screener.indicators.declaration import Declaration
from screener.records import (
    DEFAULT_PREVALENCE,
    Assessment,
    Band,
    Contribution,
    Direction,
    Evidence,
    Facts,
    IloReference,
    Language,
    ModelReference,
    Obfuscation,
    Offer,
    Pay,
    Place,
    Source,
)
from screener.web import create_app

BASE = -2.5
MODEL = ModelReference("hand-made", "ab" * 32)
SOURCE = Source("INTERPOL, Operation Storm Makers II", "https://www.interpol.int/")


def declared(id: str, title: str, direction: Direction) -> Declaration:
    """An indicator's declaration, without what finds it."""
    return Declaration(
        id=id,
        title=title,
        rationale="Documented in operations against scam compounds.",
        question="Who applied for the visa, and what does it allow?",
        direction=direction,
        sources=(SOURCE,),
        ilo=(IloReference("DR6", "medium"),),
        false_positives=("visa runs by freelancers",),
        detectors=(),
    )


WORDS: tuple[tuple[Declaration, float, dict[str, str]], ...] = (
    (
        declared("tourist_visa_entry", "Told to enter as a tourist in order to work", "raises"),
        2.6,
        {"tourist visa": "", "旅游签证": "tourist visa", "تأشيرة سياحية": "tourist visa"},
    ),
    (
        declared("role_scam_typical", "A role typical of scam compounds", "raises"),
        1.4,
        {"customer service": "", "客服": "customer service", "خدمة العملاء": "customer service"},
    ),
    (
        declared("travel_paid", "Travel paid by the recruiter", "raises"),
        0.5,
        {"free ticket": "", "包机票": "ticket included", "service in Thailand": "overlaps on purpose"},
    ),
    (
        declared("no_fee_stated", "Employer pays; no placement fee", "lowers"),
        -0.7,
        {"no fee": "", "free ticket": "", "بدون رسوم": "without fees"},
    ),
    (declared("job_abroad", "A job in another country", "raises"), 0.0, {"Thailand": "", "泰国": "Thailand"}),
)


class HandMadeScreener:
    """Finds a few words; enough to show everything a page can show."""

    catalog = tuple(entry for entry, _, _ in WORDS)
    model = MODEL
    card = "# Card\n\nMade by hand."
    manifest: Mapping[str, Any] = MappingProxyType({"version": "hand-made"})

    def __init__(self) -> None:
        self.offers: list[Offer] = []

    def screen(self, offer: str | Offer, prevalence: float = DEFAULT_PREVALENCE) -> Assessment:
        offer = Offer(offer) if isinstance(offer, str) else offer
        self.offers.append(offer)
        text = offer.text
        if "REFUSE" in text:
            raise OfferError("channel 'REFUSE' is unknown: leave it out")
        if "BREAK" in text:
            raise RuntimeError(f"a secret: {text}")
        listed = tuple(
            sorted(filter(None, (_found(text, *row) for row in WORDS)), key=lambda entry: -abs(entry.log_odds))
        )
        base = BASE + math.log(prevalence / (1 - prevalence)) - math.log(0.05 / 0.95)
        log_odds = base + math.fsum(entry.log_odds for entry in listed)
        return Assessment(
            score=_logistic(log_odds),
            band=_band(text, log_odds),
            log_odds=log_odds,
            base_log_odds=base,
            prevalence=prevalence,
            interval=(_logistic(log_odds - 0.8), _logistic(log_odds + 0.8)),
            language=_language(text),
            is_offer="WARNING" not in text,
            contributions=listed,
            facts=Facts(
                language=_language(text),
                pays=(Pay(1500, 2000, "USD", "week", 8660, 0, 4),),
                places=(Place("TH", "TH", "country", "promised", 0, 0),),
                obfuscations=(Obfuscation("zero_width", 0, 1),),
                pay_ratio=3.2,
            ),
            questions=("Who applied for the visa, and what does it allow?", "What is the employer's registered name?"),
            missing=("employer", "contract", "work_hours"),
            model=MODEL,
            text=text,
        )


def _found(text: str, entry: Declaration, weight: float, words: dict[str, str]) -> Contribution | None:
    lowered = text.lower() if text.isascii() else text
    evidence = tuple(
        Evidence(start, start + len(word), text[start : start + len(word)], gloss)
        for word, gloss in words.items()
        if (start := (lowered.find(word.lower() if text.isascii() else word))) >= 0
    )
    if not evidence:
        return None
    return Contribution(
        indicator=entry.id,
        kind="indicator",
        log_odds=weight,
        direction=entry.direction,
        title=entry.title,
        rationale=entry.rationale,
        sources=entry.sources,
        ilo=entry.ilo,
        evidence=evidence,
    )


def _language(text: str) -> Language:
    if any("\u0600" <= character <= "\u06ff" for character in text):
        return Language("ar", 0.97)
    return Language("zh-Hans", 0.98) if any("\u4e00" <= c <= "\u9fff" for c in text) else Language("en", 0.99)


def _band(text: str, log_odds: float) -> Band:
    if "WARNING" in text:
        return "not_an_offer"
    if len(text) < 8:
        return "insufficient"
    return "high" if log_odds > 1 else "elevated" if log_odds > -1 else "low"


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value))


@pytest.fixture
def screener() -> HandMadeScreener:
    return HandMadeScreener()


@pytest.fixture
def app(screener: HandMadeScreener) -> APIFlask:
    return create_app({"TESTING": True}, screener)


@pytest.fixture
def client(app: APIFlask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(autouse=True)
def log() -> Iterator[list[dict[str, Any]]]:
    """The log lines of a test; no test writes them to the terminal."""
    import structlog

    with structlog.testing.capture_logs() as lines:
        yield lines  # type: ignore[misc]
