"""An assessment in the words and measures of the page. Words a reader sees go through gettext."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from babel import Locale, UnknownLocaleError

from screener import rendering
from screener.indicators.declaration import Declaration
from screener.records import Assessment, Contribution, Pay
from screener.web.countries import country_names
from screener.web.highlight import Mark, Piece, Tone, cut
from screener.web.translation import _

# Below this a contribution rounds to 0.00: it was found and weighs nothing alone.
_NEGLIGIBLE = 0.005
_BAR_HALF = 100.0


@dataclass(frozen=True, slots=True)
class Reason:
    """One contribution as shown. `offset` and `width` place its bar on a scale of 200 with 0 in the middle."""

    number: int
    contribution: Contribution
    tone: Tone
    log_odds: str
    offset: float
    width: float
    false_positives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResultView:
    """Everything the result partial shows."""

    assessment: Assessment
    band_title: str
    band_meaning: str
    score: str | None
    frequency: str | None
    assumption: str
    sum_line: str
    pieces: tuple[Piece, ...]
    reasons: tuple[Reason, ...]
    facts: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    language_tag: str
    screened_at: str


def present(assessment: Assessment, catalog: Iterable[Declaration], now: datetime) -> ResultView:
    """The view of an assessment. `now` is printed on the record, in UTC."""
    reasons = _reasons(assessment.contributions, {entry.id: entry for entry in catalog})
    title, meaning = _band(assessment.band)
    judged = assessment.band in {"high", "elevated", "low"}
    low, high = assessment.interval
    contributed = sum(contribution.log_odds for contribution in assessment.contributions)
    tag = assessment.language.tag
    return ResultView(
        assessment=assessment,
        band_title=title,
        band_meaning=meaning,
        score=percent(assessment.score) if judged else None,
        frequency=_(
            "Of 100 ads with the same signs, about %(count)s would be lures "
            "(between %(low)s and %(high)s, 90%% interval).",
            count=_count(assessment.score),
            low=_count(low),
            high=_count(high),
        )
        if judged
        else None,
        assumption=_(
            "This assumes that %(share)s ads you screen are lures. "
            "Another share moves the percentage, never the level.",
            share=share(assessment.prevalence),
        ),
        sum_line=_(
            "Start %(base)s, all signs %(signs)s, together %(total)s (log-odds)",
            base=signed(assessment.base_log_odds),
            signs=signed(contributed),
            total=signed(assessment.log_odds),
        ),
        pieces=cut(assessment.text, _marks(reasons)),
        reasons=reasons,
        facts=_facts(assessment),
        missing=tuple(_missing_name(entry) for entry in assessment.missing),
        language_tag="" if tag == "und" else tag,
        screened_at=now.strftime("%Y-%m-%d %H:%M UTC"),
    )


def percent(value: float) -> str:
    """A probability as a percentage that never claims certainty, in the reader's language."""
    return rendering.percent(value, over=_("over 99.9%"), under=_("under 0.1%"))


def share(prevalence: float) -> str:
    """A prevalence as people say it: `5 in 100`, `1 in 1,000`."""
    if prevalence >= 0.01:
        return _("%(count)s in 100", count=f"{prevalence * 100:.3g}")
    return _("1 in %(count)s", count=f"{1 / prevalence:,.0f}")


def signed(value: float) -> str:
    """A log-odds figure with its sign, two decimals, and a true minus."""
    rounded = round(value, 2) + 0.0
    return f"{rounded:+.2f}".replace("-", "\N{MINUS SIGN}") if rounded else "0.00"


def _count(value: float) -> str:
    percentage = value * 100
    if percentage < 0.1:
        return _("fewer than 0.1")
    if percentage > 99.9:
        return _("more than 99.9")
    return f"{percentage:.1f}" if percentage < 1 or percentage > 99 else f"{percentage:.0f}"


def _band(band: str) -> tuple[str, str]:
    return {
        "high": (_("High"), _("Reads like a trafficking lure. Ask the questions below before the person travels.")),
        "elevated": (_("Elevated"), _("Several signs of a lure, not conclusive. Ask the questions below.")),
        "low": (_("Low"), _("Few signs of a lure in these words. Later private messages may change that.")),
        "insufficient": (_("Too little to judge"), _("The text says too little. The questions tell what to ask for.")),
        "not_an_offer": (
            _("Not a job offer"),
            _("No job is offered here: it reads like a warning, news or a question."),
        ),
    }[band]


def _reasons(contributions: tuple[Contribution, ...], catalog: Mapping[str, Declaration]) -> tuple[Reason, ...]:
    largest = max((abs(entry.log_odds) for entry in contributions), default=0.0)
    reasons = []
    for number, entry in enumerate(contributions, start=1):
        width = _BAR_HALF * abs(entry.log_odds) / largest if largest else 0.0
        declared = catalog.get(entry.indicator)
        reasons.append(
            Reason(
                number=number,
                contribution=entry,
                tone=_tone(entry),
                log_odds=signed(entry.log_odds),
                offset=round(_BAR_HALF - (width if entry.log_odds < 0 else 0), 2),
                width=round(width, 2),
                false_positives=tuple(declared.false_positives) if declared else (),
            )
        )
    return tuple(reasons)


def _tone(contribution: Contribution) -> Tone:
    if abs(contribution.log_odds) < _NEGLIGIBLE:
        return "context"
    return "raises" if contribution.log_odds > 0 else "lowers"


def _marks(reasons: tuple[Reason, ...]) -> Iterable[Mark]:
    for reason in reasons:
        for words in reason.contribution.evidence:
            yield Mark(words.start, words.end, reason.number, reason.tone, reason.contribution.title, words.gloss)


def _facts(assessment: Assessment) -> tuple[tuple[str, str], ...]:
    facts = assessment.facts
    rows = [(_("Language of the ad"), _language_name(assessment.language.tag))]
    if facts.pays:
        rows.append((_("Pay stated"), "; ".join(dict.fromkeys(_pay(pay) for pay in facts.pays[:4]))))
    if facts.pay_ratio is not None:
        rows.append((_("Against usual pay"), _("%(ratio)s times the usual pay", ratio=f"{facts.pay_ratio:.1f}")))
    if facts.places:
        names = country_names()
        countries = dict.fromkeys(names.get(place.country, place.country) for place in facts.places)
        rows.append((_("Countries named"), ", ".join(list(countries)[:8])))
    if facts.obfuscations:
        rows.append((_("Disguised letters"), _("%(count)s found", count=str(len(facts.obfuscations)))))
    return tuple(rows)


def _pay(pay: Pay) -> str:
    amounts = f"{pay.amount_min:,.0f}"
    if pay.amount_max != pay.amount_min:
        amounts += f"\N{EN DASH}{pay.amount_max:,.0f}"
    period = {
        "hour": _("an hour"),
        "day": _("a day"),
        "week": _("a week"),
        "month": _("a month"),
        "year": _("a year"),
        "once": _("once"),
    }.get(pay.period, "")
    dollars = ""
    if pay.usd_month is not None and (pay.currency != "USD" or pay.period != "month"):
        dollars = _("(about USD %(amount)s a month)", amount=f"{pay.usd_month:,.0f}")
    return " ".join(part for part in (pay.currency or "", amounts, period, dollars) if part)


def _language_name(tag: str) -> str:
    if tag == "und":
        return _("not sure")
    try:
        return Locale.parse(tag, sep="-").get_display_name("en") or tag
    except (UnknownLocaleError, ValueError):
        return tag


def _missing_name(entry: str) -> str:
    names = {
        "employer": _("who the employer is"),
        "contract": _("a contract before departure"),
        "pay": _("the pay"),
        "workplace": _("where the work is"),
        "destination": _("where the work is"),
        "duties": _("what the work is"),
        "visa": _("which visa or permit"),
        "office": _("an office, site or company mail that can be checked"),
    }
    return names.get(entry, entry.replace("_", " "))
