"""What a corpus must keep: form, pairs, quotes, no near-duplicates, no shallow cue that gives the label away.

Each check answers lines that name file, row and what is wrong; an empty answer means that it holds.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from screener.facts.employer import read_employers
from screener.facts.gazetteer import HUB_COUNTRIES
from screener.indicators.catalog import Catalog, shipped
from screener.text import normalise
from training.datasets import CorpusRow
from training.splits import folds, groups, near_duplicates, shingles, word_shingles

CHANNELS = frozenset(
    {
        "facebook",
        "telegram",
        "whatsapp",
        "line",
        "wechat",
        "zalo",
        "tiktok",
        "job_board",
        "sms",
        "private_chat",
        "poster",
    }
)
SCENARIOS = frozenset(
    {
        "scam_office", "gambling", "crypto", "casino_hotel", "trades", "domestic_care", "hostess", "seafarer",
        "farm_factory", "education", "it", "military", "domestic_bait", "transit", "fee", "debt", "friend_referral",
        "lover", "marriage", "other",
    }
)  # fmt: skip
WITHOUT_QUOTE = frozenset(
    {
        "employer_unnamed", "employer_unverifiable", "job_abroad", "hub_country_destination", "chat_only_contact",
        "obfuscated_text", "role_vague",
    }
)  # fmt: skip
"""Indicators that an absence, a fact or the whole text shows."""
CONTEXT = frozenset(
    {
        "job_abroad", "hub_country_destination", "employer_unnamed", "chat_only_contact", "lodging_provided",
        "travel_paid", "no_experience_needed", "age_gender_looks", "personal_recruiter",
    }
)  # fmt: skip
"""Risk indicators that honest ads carry as often: a subtle lure is counted without them."""
SUBTLE = 3
SHALLOW_AUC = 0.60
TELLING = 60
"""Character 6-grams of a text kept apart that are more than a title."""
_COUNTRY = re.compile(r"[A-Z]{2}")
_PHONE = re.compile(r"(?<!\w)\+?\d[\d ().-]{8,}\d(?!\w)")
_RESERVED = re.compile(r"555[ .-]?01\d\d|7700[ .-]?900|0{4,}|(\d)\1{4,}|x{2,}|\*{2,}|12345", re.IGNORECASE)
_MAIL = re.compile(r"([\w.+-]+)@([\w-]+(?:\.[\w-]+)+)")
_FREE_MAIL = re.compile(
    r"(?:gmail|yahoo|hotmail|outlook|qq|163|126|mail|yandex|proton|protonmail|gmx|web|ymail|live)\."
)
_EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")
_HANDLE = re.compile(r"@\w|t\.me|wa\.me|whats|telegram|微信|line id|\bwa\b", re.IGNORECASE)


def form(rows: Sequence[CorpusRow], catalog: Catalog, tag: str) -> Iterator[str]:
    """Ids, labels, pairs, canonical indicators, quotes, countries, channels and scenarios."""
    known = {d.id for d in catalog if not d.is_combination}
    pairs: dict[str, list[str]] = defaultdict(list)
    for count in (c for c in Counter(row.id for row in rows).items() if c[1] > 1):
        yield f"{tag}: {count[0]}: id stands {count[1]} times"
    for row in rows:
        where = f"{tag}: {row.id}"
        if row.lang != tag:
            yield f"{where}: lang is {row.lang!r}"
        if row.label not in ("lure", "genuine", "non_offer") or not row.text.strip():
            yield f"{where}: label {row.label!r} or text is wrong"
        if (row.pair is None) != (row.label == "non_offer"):
            yield f"{where}: lures and genuine ads have a pair, non-offers have none"
        if row.label == "non_offer" and row.indicators != {"not_an_offer"}:
            yield f"{where}: a non-offer carries not_an_offer and nothing else"
        yield from (f"{where}: unknown indicator {name!r}" for name in sorted(row.indicators - known))
        yield from _quotes(row, where)
        yield from _fields(row, where)
        yield from _drawn(row, where)
        if row.pair:
            pairs[row.pair].append(row.label)
    for pair, labels in pairs.items():
        if sorted(labels) != ["genuine", "lure"]:
            yield f"{tag}: {pair}: a pair is one lure and one genuine ad, not {labels}"


def _quotes(row: CorpusRow, where: str) -> Iterator[str]:
    for name, quotes in row.evidence.items():
        if name not in row.indicators:
            yield f"{where}: quotes for {name}, which is not among its indicators"
        yield from (f"{where}: {name}: quote {quote!r} is not in the text" for quote in quotes if quote not in row.text)
    for name in sorted(row.indicators - WITHOUT_QUOTE):
        if not row.evidence.get(name):
            yield f"{where}: {name}: no words are quoted for it"


def _fields(row: CorpusRow, where: str) -> Iterator[str]:
    for name in ("recruiting_country", "destination_country"):
        value = getattr(row, name)
        if value is not None and not _COUNTRY.fullmatch(value):
            yield f"{where}: {name} {value!r} is no ISO 3166 code"
    if row.channel is not None and row.channel not in CHANNELS:
        yield f"{where}: unknown channel {row.channel!r}"
    if row.scenario is not None and row.scenario not in SCENARIOS:
        yield f"{where}: unknown scenario {row.scenario!r}"


def _drawn(row: CorpusRow, where: str) -> Iterator[str]:
    """What follows from the other fields of a row: a workplace in a hub country, a subtle lure."""
    if row.label == "non_offer":
        return
    in_hub_country = row.destination_country in HUB_COUNTRIES and "destination_vague" not in row.indicators
    if in_hub_country != ("hub_country_destination" in row.indicators):
        told = "lacks" if in_hub_country else "carries"
        yield f"{where}: destination {row.destination_country}, but it {told} hub_country_destination"
    if row.subtle != is_subtle(row):
        yield f"{where}: subtle is {row.subtle}; a subtle lure has at most {SUBTLE} risks beside context"


def is_subtle(row: CorpusRow) -> bool:
    """A lure of at most `SUBTLE` risk indicators besides those that only give context."""
    return row.label == "lure" and len((row.indicators & shipped().labels("raises")) - CONTEXT) <= SUBTLE


def contacts(rows: Sequence[CorpusRow]) -> Iterator[str]:
    """Telephone numbers and boxes of free mail must be masked or reserved, other mail stands under `.example`."""
    for row in rows:
        for match in _PHONE.finditer(row.text):
            if sum(c.isdigit() for c in match.group()) >= 10 and not _RESERVED.search(match.group()):
                yield f"{row.lang}: {row.id}: telephone number {match.group()!r} is neither masked nor reserved"
        for match in _MAIL.finditer(row.text):
            box, host = match.group(1).lower(), match.group(2).lower()
            if not host.endswith(".example") and not (_FREE_MAIL.match(host) and "xxx" in box):
                yield f"{row.lang}: {row.id}: mail {match.group()!r} is neither masked (jobs.xxxx@) nor under .example"


def duplicates(rows: Sequence[CorpusRow]) -> Iterator[str]:
    """Rows that share more than half of their character 6-grams or word 4-grams, or one template.

    A template is what is left when digits and names are masked: of it, too, no two rows share more than half.

    The two rows of a pair are alike in layout on purpose: masked, they are not held against each other.
    """
    texts = [row.text for row in rows]
    for one, other in sorted({*near_duplicates(texts), *near_duplicates(texts, pieces=word_shingles)}):
        yield f"{rows[one].lang}: {rows[one].id} and {rows[other].id} are near-duplicates"
    for one, other in near_duplicates([_masked(row.text) for row in rows]):
        if rows[one].pair != rows[other].pair or rows[one].pair is None:
            yield f"{rows[one].lang}: {rows[one].id} and {rows[other].id} are one template"


def _masked(text: str) -> str:
    """Digits as 0, capitalised words as X: what is left is the template."""
    return re.sub(r"\w+", lambda m: "X" if m.group()[0].isupper() else m.group(), re.sub(r"\d+", "0", text))


def leaks(rows: Sequence[CorpusRow], others: Sequence[str]) -> Iterator[str]:
    """Rows equal or near to a text that must stay outside the corpus.

    Of a text of a few words, such as a bare job title, it says nothing that a row holds them: there the row itself must
    consist of them for the most part.
    """
    texts = [row.text for row in rows]
    for one, other in near_duplicates([*texts, *others]):
        if one < len(texts) <= other:
            own, apart = shingles(texts[one]), shingles(others[other - len(texts)])
            if len(apart) >= TELLING or len(own & apart) > len(own) / 2:
                yield f"{rows[one].lang}: {rows[one].id} is near to a text kept for measurement"


def shallow_cues(rows: Sequence[CorpusRow]) -> NDArray[np.float64]:
    """Digits, handle, emoji, length, company-like name, punctuation, line breaks, two-stage layout; (rows, 8)."""
    return np.array(
        [
            [
                bool(re.search(r"\d", row.text)),
                bool(_HANDLE.search(row.text)),
                bool(_EMOJI.search(row.text)),
                np.log(len(row.text)),
                bool(read_employers(normalise(row.text))),
                np.log1p(len(re.findall(r"[!?.,:;–—…]", row.text))),
                np.log1p(row.text.count("\n")),
                row.two_stage,
            ]
            for row in rows
        ],
        dtype=np.float64,
    )


def shallow_auc(rows: Sequence[CorpusRow]) -> float:
    """ROC-AUC of a logistic regression on shallow cues alone, lure against genuine, pairs never parted."""
    offers = [row for row in rows if row.label != "non_offer"]
    y = np.array([row.label == "lure" for row in offers])
    model = make_pipeline(StandardScaler(), LogisticRegression())
    splits = folds([row.lang for row in offers], groups(offers))
    probabilities = cross_val_predict(model, shallow_cues(offers), y, cv=splits, method="predict_proba")[:, 1]
    return float(roc_auc_score(y, probabilities))
