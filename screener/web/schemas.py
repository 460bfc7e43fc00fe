"""The shapes of requests and answers: what is accepted, and what OpenAPI tells of it.

Requests are strict: no unknown key, no silent conversion. Nothing here describes a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema

from screener.records import DEFAULT_PREVALENCE, MAX_ROUTE, Band, ContributionKind, Direction, Offer, TravelPaidBy, Visa
from screener.text import MAX_CHARACTERS
from screener.web.countries import country_names, is_country

MAX_TEXT_CHARACTERS = MAX_CHARACTERS
MAX_BATCH_ITEMS = 500


def _filled(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty: send the words of the ad")
    return text


def _country(code: str) -> str:
    if not is_country(code):
        raise ValueError("is not an ISO 3166-1 alpha-2 country code in capitals: write for example UG")
    return code


def _not_stored(store: bool) -> bool:
    if store:
        raise ValueError("storing is not offered in this build: leave it out or send false")
    return store


AdText = Annotated[
    str,
    Field(
        min_length=1,
        max_length=MAX_TEXT_CHARACTERS,
        description="The ad as received, in any language.",
        json_schema_extra={"pattern": "\\S"},
    ),
    AfterValidator(_filled),
]
Country = Annotated[
    str,
    AfterValidator(_country),
    WithJsonSchema({"$ref": "#/components/schemas/Country"}),
]
COUNTRY_SCHEMA: Mapping[str, Any] = {
    "type": "string",
    "description": "ISO 3166-1 alpha-2 code in capitals.",
    "enum": sorted(country_names()),
    "examples": ["UG"],
}
Prevalence = Annotated[
    float,
    Field(gt=0, lt=1, allow_inf_nan=False, description="Share of lures assumed among the ads screened."),
]
Store = Annotated[
    bool,
    Field(description="Storing is not offered in this build: only false is accepted."),
    AfterValidator(_not_stored),
]
Locale = Annotated[
    str,
    Field(
        max_length=35,
        pattern="^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
        description="BCP 47 tag of the reader's language. Answers are in English so far; Content-Language tells.",
    ),
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class OfferDetails(_Strict):
    """What is told of the offer beside its text. Everything is optional; nothing describes a person."""

    recruiting_country: Country | None = Field(default=None, description="Where the ad recruits.")
    promised_destination: Country | None = Field(default=None, description="Where the job is said to be.")
    route: list[Country] = Field(
        default_factory=list, max_length=MAX_ROUTE, description="Countries in the order travelled."
    )
    visa: Visa = "unknown"
    travel_paid_by: TravelPaidBy = "unknown"
    employer: str | None = Field(
        default=None, min_length=1, max_length=200, description="Employer as named by the recruiter."
    )
    channel: str | None = Field(default=None, min_length=1, max_length=60, description="Where the ad was seen.")

    def to_offer(self, text: str) -> Offer:
        """The record the screener reads."""
        return Offer(text=text, **{**self.model_dump(), "route": tuple(self.route)})


_NO_DETAILS = OfferDetails()


class ScreeningRequest(_Strict):
    """One ad to screen."""

    text: AdText
    offer: OfferDetails | None = None
    prevalence: Prevalence | None = DEFAULT_PREVALENCE
    locale: Locale = "en"
    store: Store = False

    def to_offer(self) -> Offer:
        """The record the screener reads."""
        return (self.offer or _NO_DETAILS).to_offer(self.text)


class BatchItem(_Strict):
    """One ad of a batch. Without an id, the position in the batch (from 0) names it."""

    id: str | None = Field(default=None, min_length=1, max_length=200)
    text: AdText
    offer: OfferDetails | None = None
    prevalence: Prevalence | None = Field(default=None, description="For this item, where it differs from the batch.")

    def to_offer(self) -> Offer:
        """The record the screener reads."""
        return (self.offer or _NO_DETAILS).to_offer(self.text)


class BatchRequest(_Strict):
    """Up to 500 ads. Items are checked one by one, so that a bad one does not spoil the rest."""

    items: Annotated[
        list[Any],
        Field(min_length=1, max_length=MAX_BATCH_ITEMS),
        WithJsonSchema(
            {
                "type": "array",
                "minItems": 1,
                "maxItems": MAX_BATCH_ITEMS,
                "items": {"$ref": "#/components/schemas/BatchItem"},
            }
        ),
    ]
    prevalence: Prevalence | None = DEFAULT_PREVALENCE
    locale: Locale = "en"
    store: Store = False


class _Answer(BaseModel):
    model_config = ConfigDict(extra="allow")


class EvidenceAnswer(_Answer):
    """Words of the ad; offsets count Unicode code points of the text as received, `end` is exclusive."""

    start: int
    end: int
    quote: str
    gloss: str = Field(description="English, empty for English words.")


class IloAnswer(_Answer):
    """An ILO operational indicator of trafficking (2009) the finding points toward."""

    code: str
    level: str


class ContributionAnswer(_Answer):
    """What one indicator adds to the log-odds, and why."""

    indicator: str
    kind: ContributionKind
    log_odds: float
    direction: Direction
    title: str
    rationale: str
    sources: list[str] = Field(description="Title and address, `title <https://…>`.")
    ilo: list[IloAnswer]
    evidence: list[EvidenceAnswer]


class LanguageAnswer(_Answer):
    """A BCP 47 tag, `und` where unsure."""

    tag: str
    confidence: float


class ModelName(_Answer):
    """The model that answered."""

    version: str
    sha256: str


class AssessmentAnswer(_Answer):
    """`base_log_odds` and the contributions add up to `log_odds`; `score` is 1 / (1 + exp(-log_odds))."""

    id: str
    score: float = Field(ge=0, le=1)
    band: Band
    log_odds: float
    base_log_odds: float
    prevalence: float
    interval: tuple[float, float] = Field(description="90 %, on the scale of the score.")
    language: LanguageAnswer
    is_offer: bool
    contributions: list[ContributionAnswer]
    facts: dict[str, Any] = Field(description="What the ad says of pay, places, contacts and employers.")
    questions: list[str]
    missing: list[str]
    model: ModelName


class FieldErrorAnswer(BaseModel):
    """What is wrong with one field."""

    pointer: str = Field(description="JSON pointer as URI fragment.", examples=["#/offer/visa"])
    detail: str


class ProblemAnswer(_Answer):
    """Problem details of RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    request_id: str | None = None
    errors: list[FieldErrorAnswer] | None = None


class BatchErrorAnswer(BaseModel):
    """The result of an item that could not be screened."""

    id: str
    error: ProblemAnswer


class BatchAnswer(_Answer):
    """One result an item, in the order of the items."""

    results: list[AssessmentAnswer | BatchErrorAnswer]


class IndicatorAnswer(_Answer):
    """An indicator of the catalogue."""

    id: str
    title: str
    rationale: str
    direction: Direction
    kind: ContributionKind
    scored: bool = Field(description="Whether it weighs alone; if not, it is context.")
    question: str = Field(description="What to ask when it is found.")
    sources: list[str] = Field(description="Title and address, `title <https://…>`.")
    ilo: list[IloAnswer]
    false_positives: list[str] = Field(description="Honest ads that show it too.")
    languages: list[str] = Field(description="BCP 47 tags of the languages it has wordings in.")


class CatalogAnswer(_Answer):
    """All indicators."""

    indicators: list[IndicatorAnswer]


class ModelAnswer(_Answer):
    """The model and its card."""

    version: str
    sha256: str
    card: str = Field(description="The model card, in Markdown.")
    manifest: dict[str, Any]


class HealthAnswer(_Answer):
    """State of the service."""

    status: Literal["live", "ready"]
    model: str | None = None


REQUESTS: tuple[type[BaseModel], ...] = (ScreeningRequest, BatchRequest, BatchItem)
ANSWERS: tuple[type[BaseModel], ...] = (
    AssessmentAnswer,
    BatchAnswer,
    IndicatorAnswer,
    CatalogAnswer,
    ModelAnswer,
    HealthAnswer,
    ProblemAnswer,
)
