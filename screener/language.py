"""Tell the language of an ad: by its script where one script means one language, else by frequent words.

Ads are short, sloppy and mixed with English, so a text counts as written in its other language even where English words
are the majority. Language never decides which phrases are looked for; it decides how amounts and places are read.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from screener.declared import PACKAGE, declared, derived
from screener.errors import DeclarationError
from screener.languages import LANGUAGES
from screener.records import Language
from screener.text import Text, fold

_READ_CHARACTERS = 2_000
_READ_WORDS = 150
_MODEL_CHARACTERS = 400
_ENOUGH_ASCII = 100
_FEWEST_LETTERS = 3
_UNSURE = 0.5
_UNKNOWN = Language("und", 0.0)

_BY_CHARACTERS = {"zh-Hans", "zh-Hant", "ja"}
"""Languages told by characters that only one of them has, not by their words."""

_WEIGHTS = {"HAN": 2.5, "KANA": 2.0, "HANGUL": 2.0}
"""How many letters of an alphabet one character is worth."""

_LEAST_SHARE = 0.25
"""Share of letters from which another script outweighs Latin: ads in every language are full of English words."""

_ENGLISH_WEIGHT = 0.5
_LEAST_KANA = 0.1
_LETTER_WEIGHT = 0.5
_ENOUGH = 0.5
"""Score from which words decide: one English word, half a word of another language that a second one shares."""

_PUNCTUATION = ".,;:!?()[]{}\"'*/\\-+=<>|~#&%—…।۔؟،؛•·"
_MODEL_TAGS = {"tl": "fil"}


def identify(text: Text) -> Language:
    """Tell the language of a text.

    Args:
        text: as `screener.text.normalise` gives it.

    Returns:
        One of the declared tags and the confidence in it, or ``und`` where the text is too short or nothing tells.
    """
    plain = text.views[0].plain[:_READ_CHARACTERS]
    weights = _script_weights(plain)
    total = sum(weights.values())
    if total < _FEWEST_LETTERS:
        return _UNKNOWN
    script = _main_script(weights, total)
    if script in ("HAN", "KANA"):
        return _chinese_or_japanese(text.received[:_READ_CHARACTERS], weights, total)
    tags, others = _by_script().get(script, ((), ()))
    certainty = round(0.5 + 0.5 * weights[script] / total, 2)
    if len(tags) == 1:
        return Language(tags[0], certainty)
    if not tags:
        return _UNKNOWN
    scores = _scores(text.views[-1].plain[:_READ_CHARACTERS], (*tags, *others))
    found = _by_words(plain, script, scores, certainty)
    return found if found.tag in LANGUAGES or found.tag == "und" else Language("und", found.confidence)


def _scripts() -> dict[str, Any]:
    return declared(PACKAGE / "text" / "scripts.toml")


@cache
def _by_script() -> Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """The declared languages of each script, in the order that settles a tie, and the other languages told apart."""
    scripts = _scripts()
    told = {tag for tags in scripts["declared"].values() for tag in tags} | _BY_CHARACTERS
    if told != set(LANGUAGES):
        wrong = ", ".join(sorted(told ^ set(LANGUAGES)))
        raise DeclarationError(f"scripts.toml: {wrong} must stand under [declared] and in screener/languages alike.")
    return {
        script: (tuple(tags), tuple(scripts["others"].get(script, ()))) for script, tags in scripts["declared"].items()
    }


def _script_weights(plain: str) -> Counter[str]:
    """Add up the letters of each script."""
    if plain.isascii():
        return Counter({"LATIN": sum(map(str.isalpha, plain[:_ENOUGH_ASCII])) or sum(map(str.isalpha, plain))})
    weights: Counter[str] = Counter()
    for character, count in Counter(plain).items():
        script = _script(character)
        if script:
            weights[script] += count * _WEIGHTS.get(script, 1)  # type: ignore[assignment]
    return weights


@lru_cache(maxsize=8192)
def _script(character: str) -> str:
    """Name the script of a letter or mark, "" for anything else."""
    if unicodedata.category(character)[0] not in "LM":
        return ""
    name = unicodedata.name(character, "").partition(" ")[0]
    if name in ("HIRAGANA", "KATAKANA"):
        return "KANA"
    return "HAN" if name == "CJK" else name


def _main_script(weights: Mapping[str, float], total: float) -> str:
    """Choose the script an ad is written in; Latin only where no other has its share."""
    wide = weights.get("HAN", 0) + weights.get("KANA", 0)
    others = {script: weight for script, weight in weights.items() if script not in ("LATIN", "HAN", "KANA")}
    others["HAN"] = wide
    script = max(others, key=others.__getitem__)
    return script if others[script] >= _LEAST_SHARE * total else "LATIN"


def _chinese_or_japanese(received: str, weights: Mapping[str, float], total: float) -> Language:
    """Tell Japanese by its kana, and the two written forms of Chinese by characters that only one of them has."""
    han, kana = weights.get("HAN", 0), weights.get("KANA", 0)
    certainty = round(0.5 + 0.5 * (han + kana) / total, 2)
    peculiar = sum(map(received.count, LANGUAGES["ja"].letters))
    if kana > _LEAST_KANA * (han + kana) or peculiar > 1 or (kana and peculiar):
        return Language("ja", certainty)
    table = _han_forms()
    simplified = sum(received.count(c) for c in table["simplified_only"].intersection(received))
    traditional = sum(received.count(c) for c in table["traditional_only"].intersection(received))
    if simplified == traditional == 0:
        return Language("zh-Hans", _UNSURE)
    share = max(simplified, traditional) / (simplified + traditional)
    return Language("zh-Hant" if traditional > simplified else "zh-Hans", round(certainty * share, 2))


@cache
def _han_forms() -> dict[str, frozenset[str]]:
    table = declared(PACKAGE / "text" / "han.toml")
    return {key: frozenset(table[key]) - {"\n"} for key in ("simplified_only", "traditional_only")}


def _scores(plain: str, tags: Sequence[str]) -> dict[str, float]:
    """Add up the frequent words, word ends and peculiar letters of each language."""
    cues = _cues()
    scores = dict.fromkeys(tags, 0.0)
    words = plain.split(maxsplit=_READ_WORDS)[:_READ_WORDS]
    for word in words:
        known = cues["words"].get(word, ()) or cues["words"].get(word.strip(_PUNCTUATION), ())
        for tag in known:
            if tag in scores:
                scores[tag] += 1 / len(known)  # a word of several languages counts less for each
    if not plain.isascii():
        for tag in cues["ends"].keys() & scores:
            ends = tuple(cues["ends"][tag])
            scores[tag] += sum(word.strip(_PUNCTUATION).endswith(ends) for word in words)
        for letter in cues["letters"].keys() & set(plain):
            for tag in cues["letters"][letter]:
                if tag in scores:
                    scores[tag] += _LETTER_WEIGHT * plain.count(letter)
    if "en" in scores:
        scores["en"] *= _ENGLISH_WEIGHT
    return scores


@derived("languages/*.toml", "text/scripts.toml")
def _cues() -> dict[str, dict[str, list[str]]]:
    """What points to a language: the tags of each frequent word and letter, the frequent word ends of each tag."""
    words: dict[str, list[str]] = {}
    letters: dict[str, list[str]] = {}
    ends: dict[str, list[str]] = {}
    scripts = _scripts()
    for others in scripts["others"].values():
        for tag, listed in others.items():
            for word in dict.fromkeys(_folded(listed.split())):
                words.setdefault(word, []).append(tag)
    for tag, listed in scripts["letters"].items():
        for letter in dict.fromkeys(_folded(listed)):
            letters.setdefault(letter, []).append(tag)
    for tag, language in LANGUAGES.items():
        for word in dict.fromkeys(_folded(cue for cue in language.cues if cue[0] != "*")):
            words.setdefault(word, []).append(tag)
        for letter in dict.fromkeys(_folded(language.letters)):
            letters.setdefault(letter, []).append(tag)
        ends[tag] = _folded(cue[1:] for cue in language.cues if cue[0] == "*")
    return {"words": words, "letters": letters, "ends": {tag: found for tag, found in ends.items() if found}}


def _folded(entries: Iterable[str]) -> list[str]:
    """Fold many entries at once, which is much quicker than one by one."""
    return fold("\n".join(entries)).split()


def _by_words(plain: str, script: str, scores: dict[str, float], certainty: float) -> Language:
    """Choose among languages of one script, asking the model where no frequent word tells."""
    best = max(scores, key=scores.__getitem__)
    total = sum(scores.values())
    if total == 0 and script != "LATIN":
        return Language(best, round(certainty * _UNSURE, 2))
    if scores[best] >= _ENOUGH or script != "LATIN":
        evidence = scores[best] / (scores[best] + 1)  # three words are surer than one
        return Language(best, round(certainty * evidence * scores[best] / total, 2))
    tag, confidence = _asked_model(plain)
    return Language(tag if confidence >= _UNSURE else "und", round(_UNSURE * confidence, 2))


def _asked_model(plain: str) -> tuple[str, float]:
    """Ask py3langid, restricted to the languages written in Latin letters, about the words of a text."""
    words = " ".join(word for word in plain.split() if not any(c in word for c in "@/0123456789"))
    tag, confidence = _model().classify(words[:_MODEL_CHARACTERS])
    return _MODEL_TAGS.get(tag, tag), float(confidence)


@cache
def _model() -> Any:
    """Load the model on first need: it takes most of a second, and most ads never need it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - numpy alone takes 0.1 s

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    names = {tag: name for name, tag in _MODEL_TAGS.items()}
    latin = [tag for tag in _by_script()["LATIN"][0] if LANGUAGES[tag].script == "Latn"]
    model.set_languages([names.get(tag, tag) for tag in latin])
    return model
