"""An assessment as plain data for JSON, and an offer from plain data. One shape for every way in and out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from screener.countries import COUNTRIES
from screener.errors import OfferError
from screener.indicators.declaration import Declaration
from screener.records import Assessment, Contribution, Facts, Offer

_COUNTRIES = frozenset({"recruiting_country", "promised_destination"})


def new_id() -> str:
    """An id for one answer, unlike any other; it tells nothing of the ad."""
    import uuid  # asked for only where an answer is sent

    return uuid.uuid4().hex


def percent(probability: float, *, over: str = "over 99.9%", under: str = "under 0.1%") -> str:
    """A probability as a percentage that never claims certainty; `over` and `under` are said at the ends."""
    if probability > 0.999:
        return over
    if probability < 0.001:
        return under
    return f"{probability:.1%}" if probability < 0.01 or probability > 0.99 else f"{probability:.0%}"


def assessment_to_dict(assessment: Assessment, id: str | None = None) -> dict[str, Any]:
    """The JSON shape of an assessment. Offsets count code points of the text as received."""
    return {
        **({"id": id} if id is not None else {}),
        "score": assessment.score,
        "band": assessment.band,
        "log_odds": assessment.log_odds,
        "base_log_odds": assessment.base_log_odds,
        "prevalence": assessment.prevalence,
        "interval": list(assessment.interval),
        "language": asdict(assessment.language),
        "is_offer": assessment.is_offer,
        "contributions": [_contribution(contribution) for contribution in assessment.contributions],
        "facts": _facts(assessment.facts),
        "questions": list(assessment.questions),
        "missing": list(assessment.missing),
        "model": asdict(assessment.model),
    }


def offer_from_dict(data: Mapping[str, Any]) -> Offer:
    """An offer from plain data; country codes may be small. Raises OfferError naming the key and what to give."""
    known = {field.name for field in fields(Offer)}
    for key in data:
        if key not in known:
            raise OfferError(f"unknown key {key!r}; known are {', '.join(sorted(known))}")
    values = {key: value for key, value in data.items() if value is not None}
    if "text" not in values:
        raise OfferError("text is missing: give the words of the ad")
    for key in _COUNTRIES & values.keys():
        values[key] = _capitals(values[key])
    if isinstance(values.get("route"), list | tuple):
        values["route"] = tuple(_capitals(stop) for stop in values["route"])
    return Offer(**values)


def _capitals(code: Any) -> Any:
    """A country code in capitals; anything else as it came, so that it is named as it was given."""
    return code.upper() if isinstance(code, str) and code.upper() in COUNTRIES else code


def declaration_to_dict(declaration: Declaration) -> dict[str, Any]:
    """An indicator of the catalogue as plain data: text for the reader, without its wordings."""
    return {
        "id": declaration.id,
        "title": declaration.title,
        "rationale": declaration.rationale,
        "question": declaration.question,
        "direction": declaration.direction,
        "kind": "combination" if declaration.is_combination else "indicator",
        "scored": declaration.scored,
        "sources": [f"{source.title} <{source.url}>" for source in declaration.sources],
        "ilo": [asdict(reference) for reference in declaration.ilo],
        "false_positives": list(declaration.false_positives),
        "languages": list(declaration.wordings),
    }


def _contribution(contribution: Contribution) -> dict[str, Any]:
    data = asdict(contribution)
    data["sources"] = [f"{source.title} <{source.url}>" for source in contribution.sources]
    data["evidence"] = [asdict(evidence) for evidence in contribution.evidence]
    return data


def _facts(facts: Facts) -> dict[str, Any]:
    """Facts without the language, which stands beside them; `pay` is the best paid of `pays`."""
    best = max(facts.pays, key=lambda pay: pay.usd_month or 0.0, default=None)
    return {
        "pay": asdict(best) if best else None,
        "pays": [asdict(pay) for pay in facts.pays],
        "places": [asdict(place) for place in facts.places],
        "contacts": [asdict(contact) for contact in facts.contacts],
        "employers": [asdict(employer) for employer in facts.employers],
        "obfuscations": [asdict(obfuscation) for obfuscation in facts.obfuscations],
        "workplace": facts.workplace,
        "recruiting": sorted(facts.recruiting),
        "pay_ratio": facts.pay_ratio,
    }
