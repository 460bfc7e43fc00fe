"""The frozen records that travel through the house.

Every offset counts Unicode code points of the text as received; spans are half open, ``text[start:end]``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from screener.countries import COUNTRIES
from screener.errors import OfferError

Band = Literal["high", "elevated", "low", "insufficient", "not_an_offer"]
Direction = Literal["raises", "lowers", "gate"]
ContributionKind = Literal["indicator", "combination", "wording"]
Visa = Literal["work", "tourist", "on_arrival", "transit", "none", "unknown"]
TravelPaidBy = Literal["recruiter", "worker", "unknown"]
Period = Literal["hour", "day", "week", "month", "year", "once", "unknown"]
PlaceKind = Literal["country", "region", "city", "hub", "border", "airport"]
PlaceRole = Literal["recruiting", "promised", "transit", "workplace"]
ContactKind = Literal[
    "phone",
    "telegram",
    "whatsapp",
    "wechat",
    "line",
    "zalo",
    "messenger",
    "direct_message",
    "email_free",
    "email_corporate",
    "site",
    "address",
]
EmployerKind = Literal["employer", "agency", "scheme", "licence"]
ObfuscationKind = Literal[
    "zero_width", "bidi_control", "look_alike", "spaced_letters", "split_letters", "leet", "styled_letters"
]

DEFAULT_PREVALENCE = 0.05
MAX_ROUTE = 12
"""Countries of a route."""
_CHOICES: Mapping[str, tuple[str, ...]] = {"visa": get_args(Visa), "travel_paid_by": get_args(TravelPaidBy)}


@dataclass(frozen=True, slots=True)
class Offer:
    """An offer as told: its text and, where known, what was said of it elsewhere.

    Nothing here describes a person. Countries are ISO 3166-1 alpha-2 codes in capitals, `route` in the order travelled.
    Raises OfferError naming the field that is wrong and what it may hold.
    """

    text: str
    recruiting_country: str | None = None
    promised_destination: str | None = None
    route: tuple[str, ...] = ()
    visa: Visa = "unknown"
    travel_paid_by: TravelPaidBy = "unknown"
    employer: str | None = None
    channel: str | None = None

    def __post_init__(self) -> None:
        _check_text("text", self.text)
        for name in ("recruiting_country", "promised_destination"):
            if getattr(self, name) is not None:
                _check_country(name, getattr(self, name))
        if self.route != ():
            object.__setattr__(self, "route", _checked_route(self.route))
        for name, allowed in _CHOICES.items():
            if getattr(self, name) not in allowed:
                raise OfferError(f"{name} {getattr(self, name)!r} is unknown; give one of {', '.join(allowed)}")
        for name in ("employer", "channel"):
            if getattr(self, name) is not None:
                _check_text(name, getattr(self, name))
                if not any(map(str.isalnum, getattr(self, name))):
                    raise OfferError(f"{name} holds no letter or digit: give its name, or leave it out")


def _checked_route(route: object) -> tuple[str, ...]:
    if not isinstance(route, tuple | list) or len(route) > MAX_ROUTE:
        raise OfferError(f"route must be a list of at most {MAX_ROUTE} country codes in the order travelled")
    for stop in route:
        _check_country("route", stop)
    return tuple(route)


def _check_country(name: str, code: object) -> None:
    if not isinstance(code, str) or code not in COUNTRIES:
        raise OfferError(f"{name} {code!r} is no country code; give two capitals of ISO 3166-1, such as UG or AE")


def _check_text(name: str, value: object) -> None:
    if not isinstance(value, str):
        raise OfferError(f"{name} must be text, not {type(value).__name__}")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise OfferError(f"{name} holds a lone surrogate, which is no character: send valid Unicode") from None


@dataclass(frozen=True, slots=True)
class Language:
    """The language of an ad: a BCP 47 tag (``und`` when unsure) and the confidence in it, 0 to 1."""

    tag: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Obfuscation:
    """Letters disguised to evade a filter, and where they stand in the text as received."""

    kind: ObfuscationKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Pay:
    """A stated pay figure. `usd_month` is the upper figure in US dollars a month, None where it can't be told."""

    amount_min: float
    amount_max: float
    currency: str | None
    period: Period
    usd_month: float | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Place:
    """A place named in the text (or told beside it, then ``start == end == 0``), and its part in the journey."""

    id: str
    country: str
    kind: PlaceKind
    role: PlaceRole
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to reach the recruiter. `country` is that of a telephone number's prefix, where it has one."""

    kind: ContactKind
    start: int
    end: int
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Employer:
    """A proper name of an employer, agency or public scheme, or a licence number."""

    kind: EmployerKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What the text says, without judgement."""

    language: Language
    pays: tuple[Pay, ...] = ()
    places: tuple[Place, ...] = ()
    contacts: tuple[Contact, ...] = ()
    employers: tuple[Employer, ...] = ()
    obfuscations: tuple[Obfuscation, ...] = ()
    workplace: str | None = None
    """Country where the work is said to be."""
    recruiting: frozenset[str] = frozenset()
    """Countries the offer may be made in; several where the language alone tells."""
    pay_ratio: float | None = None
    """Best stated monthly pay divided by the usual monthly pay of that role where the job is, None if unknown."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of the text as received that show an indicator. `gloss` is English, empty for English words."""

    start: int
    end: int
    quote: str
    gloss: str = ""


@dataclass(frozen=True, slots=True)
class IloReference:
    """An ILO operational indicator (2009) the finding points toward: its code and level (strong, medium, weak)."""

    code: str
    level: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where an indicator's rationale is documented."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one finding adds to the log-odds, and why: an indicator, a company of them, or learned wording.

    An indicator that is found but weighs nothing (context) is listed with 0.0.
    """

    indicator: str
    kind: ContributionKind
    log_odds: float
    direction: Direction
    title: str
    rationale: str
    sources: tuple[Source, ...] = ()
    ilo: tuple[IloReference, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class ModelReference:
    """The model that gave an answer."""

    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """The explained answer to one offer.

    ``base_log_odds + sum(c.log_odds for c in contributions) == log_odds`` to 1e-9 and
    ``score == 1 / (1 + exp(-log_odds))``. The interval is 90 %, on the same scale as the score.
    """

    score: float
    band: Band
    log_odds: float
    base_log_odds: float
    prevalence: float
    interval: tuple[float, float]
    language: Language
    is_offer: bool
    contributions: tuple[Contribution, ...]
    facts: Facts
    questions: tuple[str, ...]
    missing: tuple[str, ...]
    model: ModelReference
    text: str = field(repr=False, default="")

    @property
    def evidence(self) -> Mapping[str, tuple[Evidence, ...]]:
        """Evidence by indicator, strongest contribution first."""
        return {c.indicator: c.evidence for c in self.contributions if c.evidence}

    @property
    def indicators(self) -> tuple[str, ...]:
        """Ids of the catalogue's indicators found, strongest first; combinations and learned wording left out."""
        return tuple(c.indicator for c in self.contributions if c.kind == "indicator")
