"""Reading the declaration of an indicator: one TOML file, checked entry by entry.

The file name is the id. What a file may hold::

    title, rationale, question          text for the reader
    direction                           raises | lowers | gate
    sources, ilo, false_positives       where it is documented, what it points toward, what honest ads look alike
    detectors                           any of the closed set of kinds below
    scored = false                      found and shown, but weighs nothing alone (context, or merely not stated)
    negated_as = "no_fee_stated"        a negated wording shows this indicator instead
    [lexicon.de] "phrase" = "gloss"     words that show it; `*` at an end lifts the word boundary there
    [pairs.de] "a|b + c|d" = "gloss"    words that show it together, in one sentence; `>` instead of `+` keeps the order
    [guards.de] "phrase" = "gloss"      words that keep a wording overlapping them silent
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, cast, get_args

from screener.declared import declared
from screener.errors import DeclarationError
from screener.records import Direction, IloReference, Source

DetectorKind = Literal["phrase", "pair", "fact", "absence", "combination", "code"]

_KEYS = {
    "title", "rationale", "question", "direction", "sources", "ilo", "false_positives", "detectors", "scored",
    "negated_as", "negatable", "lexicon", "pairs", "guards",
}  # fmt: skip
_DETECTOR_KEYS: Mapping[str, frozenset[str]] = {
    "phrase": frozenset(),
    "pair": frozenset(),
    "fact": frozenset({"fact", "at_least", "values", "none"}),
    "absence": frozenset({"of"}),
    "combination": frozenset({"all", "any", "also", "none", "at_least"}),
    "code": frozenset({"code"}),
}
_NAMED_BY: Mapping[str, str] = {"fact": "fact", "absence": "of", "code": "code"}
"""The key that names what a detector of a kind reads."""


@dataclass(frozen=True, slots=True)
class Detector:
    """One way an indicator is found. Which fields matter depends on the kind; see `screener.indicators.detectors`."""

    kind: DetectorKind
    name: str = ""
    at_least: float = 0.0
    values: frozenset[str] = frozenset()
    all: frozenset[str] = frozenset()
    any: frozenset[str] = frozenset()
    also: frozenset[str] = frozenset()
    none: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Phrase:
    """A declared phrase as written (with its stars), its language and its English gloss."""

    phrase: str
    language: str
    gloss: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Groups of alternative words that show an indicator where one of each stands in the same sentence."""

    groups: tuple[tuple[str, ...], ...]
    ordered: bool
    language: str
    gloss: str


@dataclass(frozen=True, slots=True)
class Declaration:
    """An indicator as declared."""

    id: str
    title: str
    rationale: str
    question: str
    direction: Direction
    sources: tuple[Source, ...]
    ilo: tuple[IloReference, ...]
    false_positives: tuple[str, ...]
    detectors: tuple[Detector, ...]
    scored: bool = True
    negatable: bool = True
    negated_as: str | None = None
    phrases: tuple[Phrase, ...] = ()
    pairs: tuple[Pair, ...] = ()
    guards: tuple[Phrase, ...] = ()
    wordings: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Numbers of phrases and of pairs by language; kept where the wordings themselves are compiled away."""

    @property
    def is_combination(self) -> bool:
        """Whether it stands for a company of other indicators."""
        return any(detector.kind == "combination" for detector in self.detectors)


def read_declaration(path: Path, languages: frozenset[str]) -> Declaration:
    """The declaration in a file; `languages` are the tags a lexicon may use. Raises DeclarationError."""
    reader = _Reader(path.name, declared(path))
    reader.only(_KEYS)
    direction = reader.text("direction")
    if direction not in get_args(Direction):
        raise reader.wrong("direction", f"{direction!r} is none of {', '.join(get_args(Direction))}")
    phrases = tuple(Phrase(*entry) for entry in reader.wordings("lexicon", languages))
    pairs = tuple(read_pair(path.name, *entry) for entry in reader.wordings("pairs", languages))
    return Declaration(
        id=path.stem,
        title=reader.text("title"),
        rationale=reader.text("rationale"),
        question=reader.text("question"),
        direction=direction,  # type: ignore[arg-type]  # checked above
        sources=tuple(Source(**entry) for entry in reader.tables("sources", {"title", "url"})),
        ilo=tuple(IloReference(**entry) for entry in reader.tables("ilo", {"code", "level"})),
        false_positives=reader.texts("false_positives"),
        detectors=tuple(reader.detectors()),
        scored=reader.flag("scored", default=True),
        negatable=reader.flag("negatable", default=True),
        negated_as=reader.text("negated_as", required=False) or None,
        phrases=phrases,
        pairs=pairs,
        guards=tuple(Phrase(*entry) for entry in reader.wordings("guards", languages)),
        wordings={
            tag: (sum(p.language == tag for p in phrases), sum(p.language == tag for p in pairs))
            for tag in sorted({p.language for p in phrases} | {p.language for p in pairs})
        },
    )


class _Reader:
    """Takes typed values out of a parsed file; every complaint names file, key and entry."""

    def __init__(self, name: str, data: dict[str, Any]) -> None:
        self.name, self.data = name, data

    def wrong(self, key: str, what: str) -> DeclarationError:
        return DeclarationError(f"{self.name}: {key}: {what}")

    def only(self, known: set[str]) -> None:
        for key in self.data:
            if key not in known:
                raise self.wrong(key, f"unknown key; known are {', '.join(sorted(known))}")

    def text(self, key: str, *, required: bool = True) -> str:
        value = self.data.get(key, "")
        if not isinstance(value, str) or (required and not value.strip()):
            raise self.wrong(key, "must be a text that is not empty")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.data.get(key)
        if not isinstance(value, list) or not value or not all(isinstance(entry, str) and entry for entry in value):
            raise self.wrong(key, "must be a list of texts with at least one entry")
        return tuple(value)

    def flag(self, key: str, *, default: bool) -> bool:
        value = self.data.get(key, default)
        if not isinstance(value, bool):
            raise self.wrong(key, "must be true or false")
        return value

    def tables(self, key: str, fields: set[str]) -> list[dict[str, str]]:
        value = self.data.get(key, [])
        if not isinstance(value, list):
            raise self.wrong(key, "must be a list of tables")
        for entry in value:
            if (
                not isinstance(entry, dict)
                or set(entry) != fields
                or not all(isinstance(v, str) for v in entry.values())
            ):
                raise self.wrong(key, f"entry {entry!r} must have exactly the texts {', '.join(sorted(fields))}")
        return value

    def detectors(self) -> Iterator[Detector]:
        value = self.data.get("detectors")
        if not isinstance(value, list) or not value:
            raise self.wrong("detectors", "must be a list with at least one detector")
        for entry in value:
            kind = entry.get("kind") if isinstance(entry, dict) else None
            if not isinstance(kind, str) or kind not in _DETECTOR_KEYS:
                raise self.wrong("detectors", f"entry {entry!r}: kind must be one of {', '.join(_DETECTOR_KEYS)}")
            extra = set(entry) - {"kind"} - _DETECTOR_KEYS[kind]
            if extra:
                raise self.wrong("detectors", f"entry {entry!r}: {kind} takes no {', '.join(sorted(extra))}")
            yield self._detector(cast(DetectorKind, kind), entry)

    def _detector(self, kind: DetectorKind, entry: Mapping[str, Any]) -> Detector:
        sets = {}
        for name in ("values", "all", "any", "also", "none"):
            ids = entry.get(name, [])
            if not isinstance(ids, list) or not all(isinstance(entry, str) for entry in ids):
                raise self.wrong("detectors", f"entry {entry!r}: {name} must be a list of texts")
            sets[name] = frozenset(ids)
        at_least = entry.get("at_least", 0.0)
        if isinstance(at_least, bool) or not isinstance(at_least, int | float):
            raise self.wrong("detectors", f"entry {entry!r}: at_least must be a number")
        if kind == "combination" and not sets["all"] | sets["any"]:
            raise self.wrong("detectors", f"entry {entry!r}: a combination needs all or any")
        named = _NAMED_BY.get(kind)
        name = entry.get(named, "") if named else ""
        if named and (not isinstance(name, str) or not name):
            raise self.wrong("detectors", f"entry {entry!r}: {kind} needs {named}, the name of what it reads")
        return Detector(kind=kind, name=name, at_least=float(at_least), **sets)

    def wordings(self, key: str, languages: frozenset[str]) -> Iterator[tuple[str, str, str]]:
        """Phrase, language and gloss of every entry of a `[key.<tag>]` table."""
        tables = self.data.get(key, {})
        if not isinstance(tables, dict):
            raise self.wrong(key, "must be tables by language tag")
        for language, table in tables.items():
            if language not in languages:
                raise self.wrong(f"{key}.{language}", "unknown language tag")
            if not isinstance(table, dict):
                raise self.wrong(f"{key}.{language}", "must be a table of phrase = gloss")
            for phrase, gloss in table.items():
                if not phrase.strip("* ") or not isinstance(gloss, str):
                    raise self.wrong(f"{key}.{language}", f"entry {phrase!r} must be a phrase with a text as gloss")
                if key != "guards" and language != "en" and not gloss.strip():
                    raise self.wrong(f"{key}.{language}", f"entry {phrase!r} needs an English gloss")
                yield phrase, language, gloss


def read_pair(name: str, wording: str, language: str, gloss: str) -> Pair:
    """A pair from its wording, `a|b + c|d` or, in order, `a|b > c|d`. Raises DeclarationError naming `name`."""
    ordered = " > " in wording
    if ordered and " + " in wording:
        raise DeclarationError(f"{name}: pairs.{language}: entry {wording!r} mixes + and >")
    parts = wording.split(" > " if ordered else " + ")
    groups = tuple(tuple(word.strip() for word in part.split("|") if word.strip("* ")) for part in parts)
    if len(groups) < 2 or not all(groups):
        raise DeclarationError(
            f"{name}: pairs.{language}: entry {wording!r} needs two groups of words, joined by ' + '"
        )
    return Pair(groups, ordered, language, gloss)
