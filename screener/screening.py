"""class Screener: composes the stages; holds no rule knowledge."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from functools import cached_property
from math import fsum
from pathlib import Path
from typing import Any

from screener.archive import unpack
from screener.classifier import (
    Z_90,
    Classifier,
    load_classifier,
    logistic,
    logit,
    model_folder,
    read_manifest,
    read_verified,
)
from screener.compiled import load_reader
from screener.errors import DeclarationError, ModelError, OfferError
from screener.explain import contributions, missing, questions
from screener.features import feature_names
from screener.reading import Reader, Reading
from screener.records import DEFAULT_PREVALENCE, Assessment, Band, ModelReference, Offer
from screener.text import MAX_CHARACTERS

_FIRST_TEXTS = (
    "Cook wanted: USD 1,500 a month in Bangkok, Lakeshore Hotel Ltd, licence no 123/2024, jobs@lakeshore.example",
    "zxcvb qwrtp lkjhg fdsaq mnbvx",
)
"""Texts for which every table is read, and, as no word of any language is in the second, the language model."""


class Screener:
    """Screens offers with one model. Immutable and safe to share between threads."""

    def __init__(self, reader: Reader, classifier: Classifier, folder: Path | None = None) -> None:
        catalog = reader.catalog
        unknown = sorted(set(classifier.weights) - set(feature_names(catalog)))
        if unknown:
            raise ModelError(f"the model weighs undeclared indicators ({', '.join(unknown)}): fit it again")
        self.catalog = catalog
        self.reader = reader
        self.classifier = classifier
        self.folder = folder
        self._spoken = frozenset(catalog.languages)

    @classmethod
    def load(cls, folder: Path | str | None = None) -> Screener:
        """The shipped model, or the one in a folder. Raises ModelError where it is missing or altered."""
        home = Path(folder) if folder is not None else model_folder()
        classifier = load_classifier(home)
        try:
            reader = load_reader(unpack(read_verified(home, "reader.txt")), classifier.patterns)
        except DeclarationError as error:
            raise ModelError(f"{home / 'reader.txt'} is of other code ({error}): fit the model again") from error
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(f"{home / 'reader.txt'}: can't be read: {error!r}; fit the model again") from error
        return cls(reader, classifier, home)

    def prepare(self) -> Screener:
        """Build now what is otherwise built when first needed: a service must not let a client wait for it."""
        self.reader.scanner.prepare()
        for text in _FIRST_TEXTS:
            self.screen(text)
        gc.freeze()  # all this stays as long as the process, and is shared by the processes forked from it
        return self

    @property
    def model(self) -> ModelReference:
        """Version and digest of the model."""
        return self.classifier.reference

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """Digests, versions, data and metrics of the model, as written when it was fitted."""
        return read_manifest(self.folder) if self.folder else {}

    @cached_property
    def card(self) -> str:
        """The model card, in Markdown."""
        return (self.folder / "card.md").read_text(encoding="utf-8") if self.folder else ""

    def screen(self, offer: Offer | str, prevalence: float = DEFAULT_PREVALENCE) -> Assessment:
        """The explained answer to one offer. `prevalence` is the share of lures among what is screened, 0 < p < 1.

        Raises OfferError for a prevalence outside that range, an empty or too long text, and what is neither offer nor
        text.
        """
        if isinstance(offer, str):
            offer = Offer(text=offer)
        if not isinstance(offer, Offer):
            raise OfferError(f"an Offer or the text of one is screened, not {type(offer).__name__}")
        if not isinstance(prevalence, int | float) or not 0 < prevalence < 1:
            raise OfferError(f"prevalence {prevalence!r} is not between 0 and 1: give the share of lures, such as 0.05")
        if not offer.text.strip():
            raise OfferError("the text is empty: give the words of the ad")
        if len(offer.text) > MAX_CHARACTERS:
            # What is not read must not be answered for: an ad padded beyond the limit would be called low.
            raise OfferError(
                f"the text has {len(offer.text):,} characters, and no more than {MAX_CHARACTERS:,} are read: "
                "screen the ad itself, or its parts one by one"
            )
        reading = self.reader.read(offer)
        row, model = reading.row, self.classifier
        terms = model.terms(row)
        no_offer = model.no_offer_probability(row)
        gate = model.no_offer_term(no_offer)
        listed = contributions(self.catalog, row, terms, gate, offer.text)
        base = model.intercept + logit(prevalence)
        evidence = model.intercept + fsum(terms.values())
        log_odds = base + fsum(c.log_odds for c in listed)
        spread = Z_90 * model.standard_error(row)
        absent = missing(reading.facts, row, told_employer=bool(offer.employer))
        is_offer = no_offer < model.gate.threshold
        return Assessment(
            score=logistic(log_odds),
            band=self._band(evidence, reading) if is_offer else "not_an_offer",
            log_odds=log_odds,
            base_log_odds=base,
            prevalence=prevalence,
            interval=(logistic(log_odds - spread), logistic(log_odds + spread)),
            language=reading.language,
            is_offer=is_offer,
            contributions=listed,
            facts=reading.facts,
            questions=questions(self.catalog, listed, absent) if is_offer else (),
            missing=absent if is_offer else (),
            model=model.reference,
            text=offer.text,
        )

    def screen_many(
        self, offers: Iterable[Offer | str], prevalence: float = DEFAULT_PREVALENCE
    ) -> Iterator[Assessment]:
        """The answers, one by one, in order."""
        return (self.screen(offer, prevalence) for offer in offers)

    def _band(self, evidence: float, reading: Reading) -> Band:
        """The band of an offer.

        Only what is stated counts toward `high` and sufficiency: neither context, absences nor combinations do. In a
        language without declared wordings, or where it can't be told, little was read: too little to call an ad `low`.
        """
        stated = [d for d in map(self.catalog.__getitem__, reading.row.found) if d.scored and not d.is_combination]
        risks = sum(d.direction == "raises" for d in stated)
        band = self.classifier.band(evidence, risks=risks, shown=len(stated), length=len(reading.text.received))
        return "insufficient" if band == "low" and reading.language.tag not in self._spoken else band
