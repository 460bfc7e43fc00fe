"""From what the scan and the facts hold to the indicators found: the closed set of detector kinds.

`phrase` and `pair` read the scan, `fact` and `absence` the facts, `code` what needs both, `combination` the company of
the indicators found by the others. A wording is silent where a guard overlaps it or a negator of its language stands
just before it (or just after it, in languages that negate there).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import NamedTuple

from screener.indicators.catalog import Catalog
from screener.indicators.declaration import Declaration, Detector, Pair
from screener.indicators.facts import read_fact
from screener.indicators.hits import Found, Hit
from screener.languages import LANGUAGES
from screener.records import Facts, Offer
from screener.scan import Match, Matches, is_unspaced, is_word_character, whole_words
from screener.text import Text, View

_SENTENCE_BREAK = re.compile(r"[\n!?;。！？；।॥።။။៕؟۔…]|\.(?=\s|$)")
_CLAUSE_BREAK = re.compile(r"[,、:،፣၊]")
"""What a negator does not reach across, beside the end of the sentence."""
_READS_FACTS = ("fact", "absence", "code")
"""Kinds of detectors that are asked one by one."""
_MAX_HITS = 12
"""Hits of one word, or of one indicator, that are looked at; more say nothing new."""


_Span = tuple[int, int, str]
"""Start, end, and what is said of it."""


class _Spans:
    """Spans of a view, asked for those near a place: a text full of them must not be walked for each."""

    def __init__(self, spans: Iterable[_Span]) -> None:
        self._spans = sorted(spans)
        self._longest = max((end - start for start, end, _ in self._spans), default=0)

    def near(self, low: int, high: int) -> Iterator[_Span]:
        """The spans that lie in part between two places, or touch one of them."""
        for at in range(bisect_left(self._spans, (low - self._longest, 0, "")), len(self._spans)):
            span = self._spans[at]
            if span[0] > high:
                return
            if span[1] >= low:
                yield span

    def overlap(self, start: int, end: int) -> bool:
        """Whether one lies in part between two places."""
        return any(s < end and start < e for s, e, _ in self.near(start, end))


class _Line(NamedTuple):
    """One view's matches, ready to be asked about neighbours."""

    view: View
    language: str
    """Of the whole text: its negators count for wordings borrowed from other languages too."""
    breaks: Sequence[int]
    negators: Mapping[str, _Spans]
    """By language, with their side."""
    guards: Mapping[str, _Spans]
    """By indicator."""

    def is_one_sentence(self, start: int, end: int) -> bool:
        return bisect_left(self.breaks, start) == bisect_left(self.breaks, end)

    def is_guarded(self, indicator: str, start: int, end: int) -> bool:
        return indicator in self.guards and self.guards[indicator].overlap(start, end)

    def is_negated(self, language: str, start: int, end: int, own: Sequence[tuple[int, int]]) -> bool:
        """Whether a negator of the wording's or the text's language stands close by, in the same clause.

        A wording that holds a negator itself means what it says.
        """
        reach = max(2, LANGUAGES[language].window // 4)
        negated = False
        tags = (language,) if language == self.language else (language, self.language)
        known = [self.negators[tag] for tag in tags if tag in self.negators]
        for s, e, side in (negator for spans in known for negator in spans.near(start - reach, end + reach)):
            if any(own_start <= s and e <= own_end for own_start, own_end in own):
                return False
            if start <= s and e <= end:
                negated = negated or self._is_beside(own, s, e)
            elif side == "before" and 0 <= start - e <= reach:
                negated = negated or (self._is_one_clause(e, start) and not self._is_parted(e, start))
            elif side == "after" and 0 <= s - end <= reach:
                negated = negated or (self._is_one_clause(end, s) and not self._denies_what_follows(end, s, e))
        return negated

    def holds_negator(self, own: Sequence[tuple[int, int]]) -> bool:
        """Whether a negator of any language stands within one of the words of a wording."""
        near = (span for start, end in own for spans in self.negators.values() for span in spans.near(start, end))
        return any(start <= s and e <= end for s, e, _ in near for start, end in own)

    def _is_beside(self, own: Sequence[tuple[int, int]], start: int, end: int) -> bool:
        """Whether a negator between the words stands in one clause with the word before or after it."""
        before = max((e for _, e in own if e <= start), default=start)
        after = min((s for s, _ in own if s >= end), default=end)
        return self._is_one_clause(before, start) or self._is_one_clause(end, after)

    def _denies_what_follows(self, end: int, start: int, stop: int) -> bool:
        """Whether a negator behind a space runs on into other words, in a script without spaces: "包吃住 不要经验"."""
        plain = self.view.plain
        return " " in plain[end:start] and plain[stop : stop + 1].isalpha() and not is_word_character(plain[start])

    def _is_parted(self, start: int, end: int) -> bool:
        """Whether other words and a space stand between, in a script without spaces: "不用经验 押金三千"."""
        between, space, _ = self.view.plain[start:end].rpartition(" ")
        return bool(space and between) and is_unspaced(between[-1])

    def _is_one_clause(self, start: int, end: int) -> bool:
        return self.is_one_sentence(start, end) and not _CLAUSE_BREAK.search(self.view.plain, start, end)


class _Said(NamedTuple):
    """A wording found: its indicator, its language, its gloss and the spans of its words in the view."""

    declaration: Declaration
    language: str
    gloss: str
    spans: tuple[tuple[int, int], ...]

    @property
    def start(self) -> int:
        return self.spans[0][0]

    @property
    def end(self) -> int:
        return max(span[1] for span in self.spans)


class _TermUses(NamedTuple):
    """Where a term stands: numbers of the pairs, and of their groups from 0 on."""

    uses: Sequence[tuple[int, int]]
    first: frozenset[int]
    """Pairs it is a word of the first group of."""
    second: frozenset[int]
    """Pairs it is a word of the second group of."""


class _TermPairs(dict[int, _TermUses]):
    """The uses of a term by its number, worked out when it is first met."""

    def __init__(self, pairs_of: Sequence[Sequence[tuple[int, int]]]) -> None:
        super().__init__()
        self._pairs_of = pairs_of

    def __missing__(self, term: int) -> _TermUses:
        uses = self._pairs_of[term]
        first, second = (frozenset(number for number, group in uses if group == at) for at in (0, 1))
        self[term] = result = _TermUses(uses, first, second)
        return result


class _Plan(NamedTuple):
    """What of a catalogue is asked of every offer."""

    term_pairs: _TermPairs
    others: Sequence[tuple[str, Detector]]
    """Indicators and those of their detectors that read facts."""
    combinations: Sequence[Declaration]


@lru_cache(maxsize=8)
def _plan(catalog: Catalog) -> _Plan:
    return _Plan(
        _TermPairs(catalog.pairs_of),
        [(d.id, detector) for d in catalog for detector in d.detectors if detector.kind in _READS_FACTS],
        [d for d in catalog if d.is_combination],
    )


def detect(catalog: Catalog, text: Text, matches: Sequence[Matches], facts: Facts, offer: Offer) -> Found:
    """Indicators found, each with the words that show it (none for what no words carry), in received offsets.

    `matches` holds one scan for each view of the text, in order.
    """
    found: dict[str, dict[Hit, None]] = {}
    disguised = False
    for number, (view, rooms) in enumerate(zip(text.views, matches, strict=True)):
        before = set(found)
        _read_wordings(catalog, view, rooms, facts.language.tag, found)
        disguised = disguised or (number > 0 and set(found) > before)
    plan = _plan(catalog)
    for indicator, detector in plan.others:
        hits = _detect_other(detector, facts, offer, disguised=disguised, is_offer="not_an_offer" not in found)
        if hits is not None:
            found.setdefault(indicator, {}).update(dict.fromkeys(hits))
    combined = {d.id: hits for d in plan.combinations if (hits := _combine(d, found)) is not None}
    return {name: _in_order(hits) for name, hits in found.items()} | combined


def _read_wordings(
    catalog: Catalog, view: View, rooms: Matches, language: str, found: dict[str, dict[Hit, None]]
) -> None:
    if "phrase" not in rooms and "term" not in rooms:
        return
    breaks = [match.start() for match in _SENTENCE_BREAK.finditer(view.plain)]
    negators = _by_key((tag, (start, end, side)) for (tag, side), start, end in rooms.get("negator", ()))
    guards = _by_key((indicator, (start, end, "")) for indicator, start, end in rooms.get("guard", ()))
    line = _Line(view, language, breaks, negators, guards)
    said = [
        _Said(catalog[indicator], tag, gloss, ((start, end),))
        for (indicator, tag, gloss), start, end in rooms.get("phrase", ())
    ]
    said += [
        _Said(catalog[indicator], pair.language, pair.gloss, spans)
        for indicator, pair, spans in _pairs(catalog, rooms.get("term", ()), line)
    ]
    said = [wording for wording in said if not line.is_guarded(wording.declaration.id, wording.start, wording.end)]
    denied = [
        wording.declaration.negatable and line.is_negated(wording.language, wording.start, wording.end, wording.spans)
        for wording in said
    ]
    # "no registration fee is charged": what is denied as "registration fee" is not said as "fee is" either.
    others = _by_key(
        (wording.declaration.id, (wording.start, wording.end, ""))
        for wording, is_denied in zip(said, denied, strict=True)
        if is_denied and wording.declaration.negated_as is not None
    )
    for wording, is_denied in zip(said, denied, strict=True):
        over = wording.declaration.id in others and others[wording.declaration.id].overlap(wording.start, wording.end)
        _add(wording, line, found, is_denied=is_denied or (over and not line.holds_negator(wording.spans)))


def _by_key(spans: Iterable[tuple[str, _Span]]) -> dict[str, _Spans]:
    listed: dict[str, list[_Span]] = {}
    for key, span in spans:
        listed.setdefault(key, []).append(span)
    return {key: _Spans(each) for key, each in listed.items()}


def _add(wording: _Said, line: _Line, found: dict[str, dict[Hit, None]], *, is_denied: bool) -> None:
    declaration, gloss = wording.declaration, wording.gloss
    target: str | None = declaration.id
    if is_denied and declaration.negatable:
        target = declaration.negated_as
        gloss = f"no: {gloss}" if gloss else ""
    if target is not None:
        hits = found.setdefault(target, {})
        if len(hits) < _MAX_HITS:
            hits[Hit(*line.view.span(*whole_words(line.view.plain, wording.start, wording.end)), gloss)] = None


def _pairs(
    catalog: Catalog, terms: Sequence[Match], line: _Line
) -> Iterable[tuple[str, Pair, tuple[tuple[int, int], ...]]]:
    """Every pair whose groups stand together, with the spans of its words in reading order."""
    term_pairs = _plan(catalog).term_pairs
    met = {term: term_pairs[term] for term, _, _ in terms}
    whole = frozenset().union(*[term.first for term in met.values()])
    whole &= frozenset().union(*[term.second for term in met.values()])
    uses = {term: [use for use in told.uses if use[0] in whole] for term, told in met.items()}
    stands: defaultdict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for term, start, end in terms:
        for use in uses[term]:
            stands[use].append((start, end))
    for number in dict.fromkeys([number for number, _ in stands]):
        indicator, pair = catalog.pairs[number]
        groups = [stands.get((number, group), ())[:_MAX_HITS] for group in range(len(pair.groups))]
        if all(groups):
            for first in groups[0]:
                company = _company(first, groups, pair, line)
                if company:
                    yield indicator, pair, company


def _company(
    first: tuple[int, int], groups: Sequence[Sequence[tuple[int, int]]], pair: Pair, line: _Line
) -> tuple[tuple[int, int], ...] | None:
    """The nearest word of every other group to `first`, or None where one is too far or in another sentence."""
    chosen = [first]
    low, high = first
    for group in groups[1:]:
        nearest, best = LANGUAGES[pair.language].window + 1, None
        for span in group:
            start, end = span
            if pair.ordered and start < chosen[-1][1]:
                continue
            # Spans that overlap have a distance below 0 to each other.
            gap = min([start - e if start >= e else s - end for s, e in chosen])
            if 0 <= gap < nearest and line.is_one_sentence(min(low, start), max(high, end)):
                nearest, best = gap, span
        if best is None:
            return None
        chosen.append(best)
        low, high = min(low, best[0]), max(high, best[1])
    return tuple(sorted(chosen))


def _detect_other(
    detector: Detector, facts: Facts, offer: Offer, *, disguised: bool, is_offer: bool
) -> tuple[Hit, ...] | None:
    """Hits of a detector that reads facts, or None where it does not fire."""
    if detector.kind == "fact":
        return read_fact(detector, facts, offer)
    if detector.kind == "absence":
        return () if is_offer and not getattr(facts, detector.name) and not offer.employer else None
    if detector.kind == "code" and detector.name == "found_only_undisguised":
        return () if disguised else None
    return None


def _combine(declaration: Declaration, found: dict[str, dict[Hit, None]]) -> tuple[Hit, ...] | None:
    parts = company(declaration, found.keys())
    return None if parts is None else _in_order({hit: None for part in sorted(parts) for hit in found[part]})


def company(declaration: Declaration, found: AbstractSet[str]) -> AbstractSet[str] | None:
    """The parts of a combination that were found, None where it does not hold.

    It holds with all of `all`, one of `any`, one of `also`, none of `none`.
    """
    for detector in declaration.detectors:
        parts = (detector.all | detector.any | detector.also) & found
        if (
            detector.all <= found
            and (not detector.any or detector.any & found)
            and (not detector.also or detector.also & found)
            and not detector.none & found
            and len(parts) >= detector.at_least
        ):
            return parts
    return None


def _in_order(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Hits in reading order; one that another of the same indicator covers is left out."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if not kept or hit.end > kept[-1].end:
            kept.append(hit)
    return tuple(kept)
