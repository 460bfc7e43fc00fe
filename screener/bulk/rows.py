"""One row in, one row out: what is added to it, and how a row that can't be scored says why."""

from __future__ import annotations

from dataclasses import astuple, dataclass

from screener.errors import ScreenerError
from screener.records import Assessment, Evidence
from screener.screening import Screener
from screener.text import MAX_CHARACTERS

COLUMNS = (
    "screener_score",
    "screener_band",
    "screener_log_odds",
    "screener_language",
    "screener_offer",
    "screener_indicators",
    "screener_evidence",
    "screener_campaign",
    "screener_error",
    "screener_model",
)
STRONGEST = 3
"""Contributions whose words are quoted."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is added to a row, ready to write; `error` is empty where the row was scored."""

    score: str = ""
    band: str = ""
    log_odds: str = ""
    language: str = ""
    offer: str = ""
    indicators: str = ""
    evidence: str = ""
    campaign: str = ""
    error: str = ""
    model: str = ""

    def cells(self) -> tuple[str, ...]:
        """The values in the order of `COLUMNS`."""
        cells: tuple[str, ...] = astuple(self)
        return cells


def answer(screener: Screener, text: str, prevalence: float) -> Answer:
    """The answer to one text. Never raises: what goes wrong is told in `error`."""
    version = screener.model.version
    problem = _problem(text)
    if problem:
        return Answer(error=problem, model=version)
    try:
        return _told(screener.screen(text, prevalence))
    except ScreenerError as error:
        return Answer(error=str(error), model=version)
    except Exception as error:  # noqa: BLE001  # one row must not end a run of millions
        return Answer(error=f"could not be scored: {type(error).__name__}", model=version)


def _problem(text: str) -> str:
    if not text.strip():
        return "the text is empty"
    if len(text) > MAX_CHARACTERS:
        return f"the text has {len(text)} characters; at most {MAX_CHARACTERS} can be scored"
    if any("\ud800" <= character <= "\udfff" for character in text):
        return "the text is not valid UTF-8"
    return ""


def _told(assessment: Assessment) -> Answer:
    return Answer(
        score=f"{assessment.score:.6f}",
        band=assessment.band,
        log_odds=f"{assessment.log_odds:.6f}",
        language=assessment.language.tag,
        offer="true" if assessment.is_offer else "false",
        indicators=";".join(assessment.indicators),
        evidence=" | ".join(_quotes(assessment)),
        model=assessment.model.version,
    )


def _quotes(assessment: Assessment) -> list[str]:
    """The first words quoted for each of the strongest contributions that quote any."""
    quoted = [c.evidence for c in assessment.contributions if c.evidence and c.log_odds][:STRONGEST]
    return [_one_line(evidence[0]) for evidence in quoted]


def _one_line(evidence: Evidence) -> str:
    return " ".join(evidence.quote.split())
