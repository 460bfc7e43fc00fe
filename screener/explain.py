"""From a row and its terms to contributions, questions and what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from screener.features import LEARNED_WORDING, Row
from screener.indicators.catalog import Catalog
from screener.indicators.hits import Hit
from screener.records import Contribution, ContributionKind, Direction, Evidence, Facts, Source
from screener.scan import whole_words

MAX_WORDING_EVIDENCE = 5
MAX_QUESTIONS = 6
_TELLING_LETTERS = 4

_WORDING_TITLE = "Wording learned from examples"
_WORDING_RATIONALE = (
    "Words that lures use more often than honest ads alike in all else (or less often, where it lowers), learned from "
    "written contrast pairs. Heavily shrunk: it can tip a balance, not decide."
)
_WORDING_SOURCES: tuple[Source, ...] = ()

_MISSING_QUESTIONS: Mapping[str, str] = {
    "employer": "Who is the employer, and where is it registered?",
    "pay": "What is the pay, in which currency and for what period?",
    "workplace": "In which country and town is the work?",
    "visa": "Which visa or permit will the worker hold before travelling?",
    "contract": "Is there a signed contract before travel?",
    "duties": "What will the person do on an ordinary day?",
    "office": "What is the recruiter's office address and landline?",
}


def contributions(
    catalog: Catalog, row: Row, terms: Mapping[str, float], gate_term: float, text: str
) -> tuple[Contribution, ...]:
    """Everything found, strongest first; their log-odds add up to the evidence."""
    listed: list[Contribution] = []
    for name, hits in row.found.items():
        declaration = catalog[name]
        kind: ContributionKind = "combination" if declaration.is_combination else "indicator"
        added = gate_term if declaration.direction == "gate" else terms.get(name, 0.0)
        listed.append(
            Contribution(
                indicator=name,
                kind=kind,
                log_odds=added,
                direction=declaration.direction,
                title=declaration.title,
                rationale=declaration.rationale,
                sources=declaration.sources,
                ilo=declaration.ilo,
                evidence=_evidence(hits, text),
            )
        )
    if gate_term and "not_an_offer" not in row.found:
        listed.append(_gate(catalog, row, gate_term, text))
    wording = terms.get(LEARNED_WORDING, 0.0)
    if wording:
        listed.append(_wording(row, wording, text))
    return tuple(sorted(listed, key=lambda c: (-abs(c.log_odds), c.indicator)))


def missing(facts: Facts, row: Row, *, told_employer: bool) -> tuple[str, ...]:
    """What the text does not say. Not stated is not the same as bad: this asks, it does not score."""
    found = row.found.keys()
    absent = {
        "employer": not facts.employers and not told_employer,
        "pay": not facts.pays,
        "workplace": not facts.workplace,
        "duties": "duties_specific" not in found,
        "contract": not found & {"formal_process", "contract_on_arrival"},
        "visa": "job_abroad" in found and not found & {"work_permit_named", "tourist_visa_entry", "visa_handled"},
        "office": not any(c.kind in ("address", "site", "email_corporate") for c in facts.contacts),
    }
    return tuple(name for name, is_absent in absent.items() if is_absent)


def questions(catalog: Catalog, listed: Sequence[Contribution], absent: Sequence[str]) -> tuple[str, ...]:
    """What to ask next: first what the strongest findings ask, then what is missing."""
    asked = [catalog[c.indicator].question for c in listed if c.kind != "wording" and c.direction == "raises"]
    asked += [_MISSING_QUESTIONS[name] for name in absent]
    return tuple(dict.fromkeys(asked))[:MAX_QUESTIONS]


def _is_telling(phrase: str) -> bool:
    """Whether a wording tells a reader something: little words count, but are not worth quoting."""
    return len(phrase) >= (_TELLING_LETTERS if phrase.isascii() else 2)


def _evidence(hits: Sequence[Hit], text: str) -> tuple[Evidence, ...]:
    return tuple(Evidence(hit.start, hit.end, text[hit.start : hit.end], hit.gloss) for hit in hits)


def _gate(catalog: Catalog, row: Row, added: float, text: str) -> Contribution:
    """The gate closed by learned wording alone."""
    declaration = catalog["not_an_offer"]
    strongest = sorted(row.wording, key=lambda hit: -hit.pattern.non_offer)[:MAX_WORDING_EVIDENCE]
    spans = {whole_words(text, hit.start, hit.end) for hit in strongest if hit.pattern.non_offer > 0}
    evidence = _evidence([Hit(*span) for span in sorted(spans)], text)
    return Contribution(
        "not_an_offer", "indicator", added, "gate", declaration.title, declaration.rationale,
        declaration.sources, declaration.ilo, evidence,
    )  # fmt: skip


def _wording(row: Row, added: float, text: str) -> Contribution:
    direction: Direction = "raises" if added > 0 else "lowers"
    sign = 1 if added > 0 else -1
    told = [hit for hit in row.wording if _is_telling(hit.pattern.phrase)] or row.wording
    strongest = sorted(told, key=lambda hit: -sign * hit.pattern.lure)[:MAX_WORDING_EVIDENCE]
    spans = {(hit.start, hit.end) for hit in strongest if sign * hit.pattern.lure > 0}
    hits = [Hit(*span) for span in sorted({whole_words(text, start, end) for start, end in spans})]
    return Contribution(
        LEARNED_WORDING, "wording", added, direction, _WORDING_TITLE, _WORDING_RATIONALE, _WORDING_SOURCES, (),
        _evidence(hits, text),
    )  # fmt: skip
