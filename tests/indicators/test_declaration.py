"""A wrong declaration is refused with a message that names the file, the key and the entry."""

from __future__ import annotations

import pytest
import tomli_w

from screener.errors import DeclarationError
from screener.indicators.catalog import Catalog, shipped
from screener.indicators.declaration import Pair, Phrase, read_declaration, read_pair
from screener.records import IloReference, Source

LANGUAGES = frozenset({"de", "en", "zh-Hans"})
GOOD = {
    "title": "Ticket paid",
    "rationale": "Whoever pays the ticket may ask for it back.",
    "question": "Who pays for the ticket?",
    "direction": "raises",
    "false_positives": ["seasonal work"],
    "sources": [{"title": "A report", "url": "https://report.example"}],
    "ilo": [{"code": "DR6", "level": "medium"}],
    "detectors": [{"kind": "phrase"}, {"kind": "pair"}],
    "lexicon": {"en": {"free ticket": ""}, "de": {"*ticket frei": "ticket free"}},
    "pairs": {"en": {"boss|agent + pays": ""}, "de": {"chef > zahlt": "the boss pays"}},
    "guards": {"en": {"free ticket office": ""}, "de": {"ticket freitag": ""}},
}


def written(folder, name="ticket", **changes):
    """A declaration with some keys changed, or left out where they are None."""
    data = {key: value for key, value in {**GOOD, **changes}.items() if value is not None}
    path = folder / f"{name}.toml"
    path.write_text(tomli_w.dumps(data), encoding="utf-8")
    return path


def complaint(folder, **changes):
    """What is said of a wrong declaration when the catalogue is read."""
    written(folder, **changes)
    with pytest.raises(DeclarationError) as caught:
        Catalog.load(folder)
    return str(caught.value)


def combination(**parts):
    return [{"kind": "combination", **parts}]


def test_everything_declared_is_read(tmp_path):
    declared = read_declaration(written(tmp_path, scored=False, negatable=False, negated_as="other"), LANGUAGES)
    assert declared.id == "ticket"
    assert (declared.title, declared.question, declared.direction) == (GOOD["title"], GOOD["question"], "raises")
    assert declared.sources == (Source("A report", "https://report.example"),)
    assert declared.ilo == (IloReference("DR6", "medium"),)
    assert declared.false_positives == ("seasonal work",)
    assert [detector.kind for detector in declared.detectors] == ["phrase", "pair"]
    assert (declared.scored, declared.negatable, declared.negated_as) == (False, False, "other")
    assert Phrase("*ticket frei", "de", "ticket free") in declared.phrases
    assert Pair((("boss", "agent"), ("pays",)), ordered=False, language="en", gloss="") in declared.pairs
    assert Pair((("chef",), ("zahlt",)), ordered=True, language="de", gloss="the boss pays") in declared.pairs
    assert {guard.phrase for guard in declared.guards} == {"free ticket office", "ticket freitag"}
    assert declared.wordings == {"de": (1, 1), "en": (1, 1)}
    assert not declared.is_combination


def test_what_may_be_left_out(tmp_path):
    left_out = dict.fromkeys(("sources", "ilo", "lexicon", "pairs", "guards"))
    declared = read_declaration(written(tmp_path, direction="lowers", **left_out), LANGUAGES)
    assert (declared.scored, declared.negatable, declared.negated_as) == (True, True, None)
    assert not declared.phrases + declared.guards
    assert not declared.pairs


@pytest.mark.parametrize("content", [b"title = ", b"title = 'a'\ntitle = 'b'", b"\xff = 1", b"title"])
def test_no_toml(tmp_path, content):
    path = tmp_path / "ticket.toml"
    path.write_bytes(content)
    with pytest.raises(DeclarationError, match=r"^ticket\.toml: is not TOML in UTF-8"):
        read_declaration(path, LANGUAGES)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"weight": 2.0}, ["weight", "unknown key", "rationale"]),
        ({"title": None}, ["title"]),
        ({"title": " "}, ["title"]),
        ({"title": 3}, ["title"]),
        ({"rationale": None}, ["rationale"]),
        ({"rationale": ["why"]}, ["rationale"]),
        ({"question": None}, ["question"]),
        ({"question": None, "direction": "lowers"}, ["question"]),
        ({"question": " ", "direction": "gate"}, ["question"]),
        ({"question": True}, ["question"]),
        ({"direction": None}, ["direction"]),
        ({"direction": "up"}, ["direction", "'up'", "raises, lowers, gate"]),
        ({"scored": "no"}, ["scored", "true or false"]),
        ({"negatable": 0}, ["negatable", "true or false"]),
        ({"negated_as": 3}, ["negated_as"]),
        ({"false_positives": None}, ["false_positives"]),
        ({"false_positives": []}, ["false_positives", "at least one"]),
        ({"false_positives": "none"}, ["false_positives"]),
        ({"false_positives": ["a", 3]}, ["false_positives"]),
        ({"sources": {"title": "a", "url": "b"}}, ["sources", "list"]),
        ({"sources": ["https://report.example"]}, ["sources", "'https://report.example'", "title, url"]),
        ({"sources": [{"title": "a"}]}, ["sources", "{'title': 'a'}", "title, url"]),
        ({"sources": [{"title": "a", "url": 3}]}, ["sources", "3"]),
        ({"ilo": [{"code": "DR6"}]}, ["ilo", "DR6", "code, level"]),
        ({"ilo": [{"code": "DR6", "level": "weak", "note": "x"}]}, ["ilo", "note"]),
        ({"detectors": None}, ["detectors", "at least one"]),
        ({"detectors": []}, ["detectors", "at least one"]),
        ({"detectors": {"kind": "phrase"}}, ["detectors", "list"]),
        ({"detectors": ["phrase"]}, ["detectors", "'phrase'", "kind"]),
        ({"detectors": [{"kind": "regex"}]}, ["detectors", "regex", "phrase, pair, fact, absence, combination, code"]),
        ({"detectors": [{"fact": "visa"}]}, ["detectors", "visa", "kind"]),
        ({"detectors": [{"kind": ["phrase"]}]}, ["detectors", "['phrase']"]),
        ({"detectors": [{"kind": "phrase", "all": ["a"]}]}, ["detectors", "phrase takes no all"]),
        ({"detectors": [{"kind": "absence", "of": "employers", "at_least": 2}]}, ["detectors", "takes no at_least"]),
        ({"detectors": [{"kind": "fact", "of": "pays"}]}, ["detectors", "takes no of"]),
        ({"lexicon": {"xx": {"free ticket": ""}}}, ["lexicon.xx", "unknown language"]),
        ({"pairs": {"english": {"a + b": ""}}}, ["pairs.english", "unknown language"]),
        ({"guards": {"EN": {"a": ""}}}, ["guards.EN", "unknown language"]),
        ({"lexicon": {"en": ["free ticket"]}}, ["lexicon.en", "table"]),
        ({"lexicon": {"en": {"free ticket": 1}}}, ["lexicon.en", "'free ticket'"]),
        ({"lexicon": {"en": {"free": {"ticket": ""}}}}, ["lexicon.en", "'free'"]),
        ({"lexicon": {"en": {"": ""}}}, ["lexicon.en", "''"]),
        ({"lexicon": {"en": {"* *": ""}}}, ["lexicon.en", "'* *'"]),
        ({"lexicon": {"de": {"ticket frei": ""}}}, ["lexicon.de", "'ticket frei'", "gloss"]),
        ({"pairs": {"de": {"chef + zahlt": " "}}}, ["pairs.de", "'chef + zahlt'", "gloss"]),
        ({"pairs": {"en": {"boss pays": ""}}}, ["pairs.en", "'boss pays'", "two groups"]),
        ({"pairs": {"en": {"boss + ": ""}}}, ["pairs.en", "'boss + '", "two groups"]),
        ({"pairs": {"en": {"boss + *|*": ""}}}, ["pairs.en", "'boss + *|*'", "two groups"]),
        ({"pairs": {"en": {"a + b > c": ""}}}, ["pairs.en", "'a + b > c'", "mixes + and >"]),
    ],
)
def test_wrong_entries(tmp_path, changes, named):
    said = complaint(tmp_path, **changes)
    assert all(part in said for part in ("ticket.toml", *named)), said


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"lexicon": "free ticket"}, ["lexicon"]),
        ({"pairs": ["a + b"]}, ["pairs"]),
        ({"detectors": [{"kind": "fact", "fact": "pay_ratio", "at_least": "two"}]}, ["detectors", "at_least", "two"]),
        ({"detectors": [{"kind": "fact", "fact": "visa", "values": 3}]}, ["detectors", "values", "3"]),
        ({"detectors": combination(all="secrecy")}, ["detectors", "all", "secrecy"]),
        ({"detectors": combination(any=[["secrecy"]])}, ["detectors", "any", "secrecy"]),
        ({"detectors": combination()}, ["detectors", "combination"]),
        ({"detectors": [{"kind": "fact"}]}, ["detectors", "fact"]),
        ({"detectors": [{"kind": "fact", "fact": "wage_gap"}]}, ["detectors", "wage_gap"]),
        ({"detectors": [{"kind": "absence", "of": "wages"}]}, ["detectors", "wages"]),
        ({"detectors": [{"kind": "code", "code": "unheard_of"}]}, ["detectors", "unheard_of"]),
        ({"negated_as": "no_ticket"}, ["negated_as", "no_ticket"]),
    ],
)
def test_wrong_parts_of_a_detector_are_refused_before_anything_is_read(tmp_path, changes, named):
    said = complaint(tmp_path, **changes)
    assert all(part in said for part in ("ticket.toml", *named)), said


@pytest.mark.parametrize("side", ["all", "any", "also", "none"])
def test_a_combination_names_declared_indicators_that_are_none_themselves(tmp_path, side):
    written(tmp_path, name="company", detectors=combination(**{"any": ["ticket"]} | {side: ["ticket", "ghost"]}))
    written(tmp_path)
    with pytest.raises(DeclarationError, match=r"company\.toml: .*'ghost'"):
        Catalog.load(tmp_path)
    written(tmp_path, name="ghost", detectors=combination(any=["ticket"]))
    with pytest.raises(DeclarationError, match=r"company\.toml: detectors: 'ghost' is itself a combination"):
        Catalog.load(tmp_path)


def test_a_folder_without_declarations(tmp_path):
    with pytest.raises(DeclarationError, match="holds no indicator declarations"):
        Catalog.load(tmp_path)


def test_a_catalogue_is_in_the_order_of_its_ids(tmp_path):
    for name in ("zebra", "apple", "mango"):
        written(tmp_path, name=name)
    catalog = Catalog.load(tmp_path)
    assert [d.id for d in catalog] == ["apple", "mango", "zebra"]
    assert len(catalog) == 3
    assert catalog["mango"].id == "mango"


def test_pairs_are_read_from_their_wording():
    assert read_pair("x.toml", "a| b |c + d", "en", "").groups == (("a", "b", "c"), ("d",))
    assert read_pair("x.toml", "a > b > c", "en", "").groups == (("a",), ("b",), ("c",))
    assert read_pair("x.toml", "*visum + arbeit*", "de", "g").groups == (("*visum",), ("arbeit*",))


@pytest.mark.parametrize("declared", list(shipped()), ids=lambda d: d.id)
def test_every_shipped_declaration_teaches(declared):
    assert declared.sources
    assert declared.rationale.endswith(".")
    assert all(source.url.startswith("https://") for source in declared.sources)
    assert all(reference.level in ("strong", "medium", "weak", "indicator") for reference in declared.ilo)
    assert declared.question.endswith("?")
