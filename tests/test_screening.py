from __future__ import annotations

import math
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener import Offer, OfferError, Screener
from screener.classifier import logit
from screener.language import _model

TEXTS = st.text(max_size=300) | st.lists(
    st.sampled_from(
        [
            "Cambodia ",
            "客服 ",
            "USD 2,000 ",
            "no fee ",
            "free ticket ",
            "t.e.l.e.g.r.a.m ",
            "kasino ",
            "visa turista ",
            "\n",
            "\u200b",
            "😀",
            "नौकरी ",
        ]
    ),
    max_size=30,
).map("".join)


def adds_up(a):
    return math.isclose(a.base_log_odds + math.fsum(c.log_odds for c in a.contributions), a.log_odds, abs_tol=1e-9)


@settings(max_examples=150, deadline=None)
@given(text=TEXTS)
def test_any_text_is_answered_and_adds_up(screener, text):
    if not text.strip():
        with pytest.raises(OfferError, match="empty"):
            screener.screen(text)
        return
    a = screener.screen(text)
    assert adds_up(a)
    assert math.isclose(a.score, 1 / (1 + math.exp(-a.log_odds)), abs_tol=1e-12)
    assert a.interval[0] <= a.score <= a.interval[1]
    for c in a.contributions:
        for e in c.evidence:
            assert 0 <= e.start < e.end <= len(text)
            assert text[e.start : e.end] == e.quote
    assert screener.screen(text) == a


def test_lure_scores_above_honest_ad(screener, lure, honest):
    bait, offer = screener.screen(lure), screener.screen(honest)
    assert bait.score > 3 * offer.score
    assert bait.band in ("elevated", "high")
    assert offer.band == "low"
    assert bait.questions
    assert "employer" in bait.missing


def test_prevalence_shifts_by_an_exact_term_and_keeps_the_band(screener, lure):
    one, other = screener.screen(lure, 0.05), screener.screen(lure, 0.5)
    assert math.isclose(other.log_odds - one.log_odds, logit(0.5) - logit(0.05), abs_tol=1e-9)
    assert one.band == other.band


@pytest.mark.parametrize("told", [3, None, b"job", ["job"]])
def test_what_is_no_offer_is_refused(screener, told):
    with pytest.raises(OfferError, match=f"an Offer or the text of one is screened, not {type(told).__name__}"):
        screener.screen(told)


@pytest.mark.parametrize("prevalence", [0, 1, -0.1, 1.5, float("nan"), "0.05", None])
def test_prevalence_outside_its_range_is_refused(screener, prevalence):
    with pytest.raises(OfferError, match="prevalence"):
        screener.screen("job", prevalence)


def test_one_indicator_alone_never_makes_high(screener):
    weights = screener.classifier.weights
    for d in screener.catalog:
        if d.direction == "raises" and not d.is_combination:
            evidence = screener.classifier.intercept + 10 * weights.get(d.id, 0.0) + 100
            assert screener.classifier.band(evidence, risks=1, shown=1, length=500) == "elevated"


def test_weights_keep_their_sign(screener):
    for name, weight in screener.classifier.weights.items():
        if name != "learned_wording":
            assert weight >= 0 if screener.catalog[name].direction == "raises" else weight <= 0


def test_what_is_not_stated_weighs_nothing_alone(screener):
    assert "employer_unnamed" not in screener.classifier.weights
    assert "job_abroad" not in screener.classifier.weights


def test_a_language_without_wordings_is_never_called_low(screener, monkeypatch):
    ad = "مطلوب سائق في شركة نقل داخل المدينة، دوام ثماني ساعات، راتب ثابت وتأمين صحي، المقابلة في المكتب"
    assert screener.screen(ad).band == "low"
    monkeypatch.setattr(screener, "_spoken", screener._spoken - {"ar"})
    assert screener.screen(ad).band == "insufficient"


def test_told_beside_the_text_counts(screener):
    text = "Office work, good people, come and join the team in Dubai"
    plain = screener.screen(text)
    told = screener.screen(Offer(text, visa="tourist", recruiting_country="UG", route=("AE", "TH", "MM")))
    assert told.score > plain.score
    assert "tourist_visa_entry" in told.indicators


def test_screen_many_keeps_the_order(screener, lure, honest):
    assert [a.text for a in screener.screen_many([lure, honest])] == [lure, honest]


@pytest.mark.parametrize(
    ("text", "swapped"),
    [
        (
            "Thai company hires Kenyan women for customer service in Bangkok",
            "Thai company hires Ghanaian men for customer service in Bangkok",
        ),
        ("Filipina nurses wanted in Riyadh, 2 years experience", "Indian nurses wanted in Riyadh, 2 years experience"),
        ("My friend Amina says come to the office job in Laos", "My friend Peter says come to the office job in Laos"),
        ("招马来西亚华人做客服,在金边", "招台湾人做客服,在金边"),
    ],
)
def test_persons_do_not_move_the_score(screener, text, swapped):
    assert abs(screener.screen(text).score - screener.screen(swapped).score) <= 0.02


def test_the_shipped_model_is_whole():
    from screener.classifier import model_folder, verify_files

    assert set(verify_files(model_folder())) == {"model.json", "reader.txt", "bundle.joblib"}


def test_no_pickle_and_no_scikit_learn_at_run_time():
    import subprocess
    import sys

    code = (
        "import screener, sys; screener.Screener.load().screen('job abroad'); "
        "print([name for name in ('sklearn', 'joblib', 'scipy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_altered_model_is_refused(tmp_path):
    import shutil

    from screener import ModelError
    from screener.classifier import model_folder

    home = tmp_path / "model"
    shutil.copytree(model_folder(), home)
    path = home / "model.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"intercept"', '"intercept" ', 1), encoding="utf-8")
    with pytest.raises(ModelError, match="does not match the digest"):
        Screener.load(home)


def test_a_text_too_long_to_be_read_whole_is_refused(screener):
    padding = "Cook wanted. " * 1_600
    with pytest.raises(OfferError, match="no more than 20,000 are read"):
        screener.screen(padding + "Delete the messages and tell immigration you are a tourist.")


def test_a_language_that_can_not_be_told_is_never_called_low(screener):
    assert screener.screen("Poszukujemy pracowników do biura za granicą, mieszkanie i bilet za darmo").band != "low"
    assert screener.screen("12 34 56 78 90 😀 😀 😀").band != "low"


def _calls(screener, text):
    counted = 0

    def count(_frame, event, _argument):
        nonlocal counted
        counted += event in ("call", "c_call")

    screener.screen(text)  # what is worked out once is not what this counts
    sys.setprofile(count)
    try:
        screener.screen(text)
    finally:
        sys.setprofile(None)
    return counted


@pytest.mark.parametrize(
    "piece",
    ["不收费", "包吃包住无需经验高薪", "no fee is paid, ", "ไม่มีค่าใช้จ่าย ", "salary USD 1500 a month, "],
)
def test_work_grows_no_faster_than_the_text(screener, piece):
    short, long = ((piece * 20_000)[:length] for length in (4_000, 16_000))
    assert _calls(screener, long) < 6 * _calls(screener, short)


def test_a_prepared_screener_has_nothing_left_to_build(monkeypatch, lure):
    _model.cache_clear()
    ready = Screener.load().prepare()
    for late in ("standing_in", "AhoCorasick"):
        monkeypatch.setattr(f"screener.scan.{late}", None)
    assert _model.cache_info().currsize == 1
    assert ready.screen(lure).band == "high"
