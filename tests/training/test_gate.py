from __future__ import annotations

import math

import numpy as np
import pytest

from training.gate import THRESHOLD, FittedGate, fit_gate

OFFER, NO_OFFER = frozenset(), frozenset({"not_an_offer"})


@pytest.fixture
def gate():
    return fit_gate(*corpus(), ordinary())


def corpus():
    """Findings, wording values and truth: offers below, non-offers above."""
    random = np.random.default_rng(0)
    found = [OFFER] * 60 + [NO_OFFER] * 20 + [OFFER] * 10
    wording = np.concatenate([random.normal(-1.0, 0.3, 60), random.normal(1.0, 0.3, 30)])
    return found, wording, np.array([False] * 60 + [True] * 30)


def ordinary(times=1):
    return [(frozenset({"urgency"}), float(w)) for w in np.random.default_rng(1).normal(-0.5, 0.3, 100)] * times


def test_probability_is_that_of_the_log_odds():
    gate = FittedGate(-1.0, {"not_an_offer": 2.0}, 3.0)
    assert gate.probability(OFFER, 0.0) == pytest.approx(1 / (1 + math.e))
    assert gate.probability(NO_OFFER, 0.0) == pytest.approx(1 / (1 + math.exp(-1)))
    assert gate.probability(frozenset({"urgency"}), 1.0) == pytest.approx(1 / (1 + math.exp(-2)))


def test_texts_that_offer_nothing_are_told_from_offers(gate):
    found, wording, is_non_offer = corpus()
    closed = [gate.probability(f, w) >= THRESHOLD for f, w in zip(found, wording, strict=True)]
    assert np.mean(np.array(closed) == is_non_offer) > 0.95
    assert np.mean([gate.probability(f, w) >= THRESHOLD for f, w in ordinary()]) < 0.05


def test_both_signs_speak_against_an_offer(gate):
    assert gate.wording > 0
    assert set(gate.weights) == {"not_an_offer"}
    assert gate.weights["not_an_offer"] > 0
    assert gate.probability(NO_OFFER, 0.0) > gate.probability(OFFER, 0.0)
    assert gate.probability(OFFER, 1.0) > gate.probability(OFFER, 0.0)


def test_a_sign_that_would_speak_for_an_offer_weighs_nothing():
    found, wording, is_non_offer = corpus()
    gate = fit_gate(found, -wording, is_non_offer, [(ids, -w) for ids, w in ordinary()])
    assert gate.wording == pytest.approx(0, abs=1e-9)


def test_more_ordinary_ads_of_the_same_kind_do_not_shift_the_gate(gate):
    more = fit_gate(*corpus(), ordinary(5))
    assert more.intercept / more.wording == pytest.approx(gate.intercept / gate.wording, abs=0.1)


def test_the_same_data_give_the_same_gate(gate):
    assert fit_gate(*corpus(), ordinary()) == gate
