from __future__ import annotations

import tomllib

import pytest
import tomli_w

from screener.errors import DeclarationError
from screener.indicators.catalog import FOLDER, Catalog, shipped
from screener.indicators.declaration import read_declaration
from screener.languages import LANGUAGES
from screener.reading import Reader
from training import lexicon_sheet
from training.lexicon_sheet import GoldenCase, Score

SHEET = {
    "lexicon": {"secrecy": {"sag es niemandem": "tell nobody"}},
    "pairs": {"secrecy": {"kein|keine > wort|silbe": "not a word"}},
    "guards": {"secrecy": {"sag es niemandem weiter außer": "tell only"}},
    "golden": {
        "secrecy": [
            {"text": "Wichtig: sag es niemandem!", "hits": ["sag es niemandem"]},
            {"text": "Sag es allen.", "hits": []},
            {"text": "Über Gehalt kein einziges Wort", "found": True},
        ]
    },
}


def sheet_file(folder, content, name="de.toml"):
    path = folder / name
    path.write_text(content if isinstance(content, str) else tomli_w.dumps(content), encoding="utf-8")
    return path


@pytest.fixture
def home(tmp_path):
    """Copies of a few declarations, and an empty folder for golden cases."""
    indicators, golden = tmp_path / "indicators", tmp_path / "golden"
    indicators.mkdir()
    for name in ("secrecy", "urgency", "travel_paid"):
        (indicators / f"{name}.toml").write_bytes((FOLDER / f"{name}.toml").read_bytes())
    return indicators, golden


def tables(path):
    return tomllib.loads(path.read_text(encoding="utf-8"))


def test_a_sheet_taken_in_comes_back_when_exported(home):
    lexicon_sheet.take_in(SHEET, "de", *home)
    assert tomllib.loads(lexicon_sheet.export("de", *home)) == SHEET


def test_taking_in_leaves_all_else_as_it_was(home):
    indicators, _ = home
    before = {path.stem: tables(path) for path in indicators.glob("*.toml")}
    lexicon_sheet.take_in(SHEET, "de", *home)
    after = {path.stem: tables(path) for path in indicators.glob("*.toml")}
    for name, old in before.items():
        for section in lexicon_sheet.SECTIONS:
            others = {tag: table for tag, table in old.pop(section, {}).items() if tag != "de"}
            new = after[name].pop(section, {})
            assert new.pop("de", {}) == SHEET[section].get(name, {})
            assert new == others
        assert after[name] == old


def test_taking_in_what_was_exported_changes_nothing(home):
    indicators, golden = home
    lexicon_sheet.take_in(SHEET, "de", *home)
    before = {path.name: tables(path) for folder in home for path in folder.glob("*.toml")}
    for tag in ("de", "en", "zh-Hans"):
        lexicon_sheet.take_in(tomllib.loads(lexicon_sheet.export(tag, *home)), tag, *home)
    assert {path.name: tables(path) for folder in (indicators, golden) for path in folder.glob("*.toml")} == before


def test_golden_cases_of_other_languages_stay(home):
    lexicon_sheet.take_in(SHEET, "de", *home)
    lexicon_sheet.take_in({"golden": {"secrecy": [{"text": "tell nobody", "hits": []}]}}, "en", *home)
    golden = tables(home[1] / "secrecy.toml")
    assert set(golden) == {"de", "en"}
    assert golden["de"] == SHEET["golden"]["secrecy"]


def test_what_was_taken_in_is_a_sound_declaration(home):
    lexicon_sheet.take_in(SHEET, "de", *home)
    declared = read_declaration(home[0] / "secrecy.toml", frozenset(LANGUAGES))
    assert declared.wordings["de"] == (1, 1)


def test_a_sheet_is_read(tmp_path):
    assert lexicon_sheet.read_sheet(sheet_file(tmp_path, SHEET)) == SHEET


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("lexicon = ", "not valid TOML"),
        ({"words": {}}, "unknown section 'words'"),
        ({"lexicon": {"secrecy": {}, "whispers": {}}}, r"lexicon\.whispers: no such indicator"),
        ({"golden": {"whispers": []}}, r"golden\.whispers: no such indicator"),
    ],
)
def test_a_wrong_sheet_is_refused(tmp_path, content, named):
    with pytest.raises(DeclarationError, match=rf"^de\.toml: {named}"):
        lexicon_sheet.read_sheet(sheet_file(tmp_path, content))


def test_a_sheet_replaces_the_wordings_of_its_language_only(home):
    catalog = Catalog.load(home[0])
    changed = lexicon_sheet.with_sheet(catalog, SHEET, "de")
    assert [p.phrase for p in changed["secrecy"].phrases if p.language == "de"] == ["sag es niemandem"]
    assert [g.phrase for g in changed["secrecy"].guards if g.language == "de"] == ["sag es niemandem weiter außer"]
    assert not [p for p in changed["urgency"].phrases if p.language == "de"]
    for d in catalog:
        assert [p for p in changed[d.id].phrases if p.language != "de"] == [p for p in d.phrases if p.language != "de"]


def test_a_wrong_pair_names_its_indicator(home):
    with pytest.raises(DeclarationError, match=r"secrecy.*'kein wort'"):
        lexicon_sheet.with_sheet(Catalog.load(home[0]), {"pairs": {"secrecy": {"kein wort": "x"}}}, "de")


def test_golden_cases_and_their_failures(home):
    reader = Reader.of(lexicon_sheet.with_sheet(Catalog.load(home[0]), SHEET, "de"))
    cases = lexicon_sheet.golden_cases(SHEET["golden"], "de")
    assert [case.found for case in cases] == [True, False, True]
    assert lexicon_sheet.failures(reader, cases) == []
    wrong = [
        GoldenCase("secrecy", "de", "Sag es allen.", found=True, hits=("Sag es",)),
        GoldenCase("secrecy", "de", "Sag es niemandem!", found=False, hits=()),
        GoldenCase("secrecy", "de", "Sag es niemandem!", found=True, hits=("niemandem!",)),
    ]
    lines = lexicon_sheet.failures(reader, wrong)
    assert len(lines) == 3
    assert all(line.startswith("de secrecy: wanted") for line in lines)
    assert "got silence" in lines[0]
    assert "wanted silence" in lines[1]


def test_agreement():
    pairs = [
        (frozenset({"a"}), frozenset({"a", "b"})),
        (frozenset({"a", "b"}), frozenset()),
        (frozenset({"c"}), frozenset({"c"})),
    ]
    assert lexicon_sheet.agreement(pairs, ["a", "b"]) == {"a": Score(1, 1, 0), "b": Score(0, 1, 1)}
    assert (Score(1, 3, 0).precision, Score(1, 0, 3).recall) == (0.25, 0.25)
    assert (Score(0, 0, 0).precision, Score(0, 0, 0).recall) == (1.0, 1.0)


def test_agreement_counts_right_wrong_and_missed():
    seen, nothing = frozenset({"secrecy"}), frozenset()
    found = [(seen, seen), (seen, nothing), (nothing, seen)]
    scores = lexicon_sheet.agreement(found, ["secrecy", "urgency"])
    assert scores["secrecy"] == Score(1, 1, 1)
    assert (scores["secrecy"].precision, scores["secrecy"].recall) == (0.5, 0.5)
    assert scores["urgency"] == Score(0, 0, 0)


def test_every_declared_language_can_be_exported():
    sheet = tomllib.loads(lexicon_sheet.export("en"))
    assert set(sheet) == {*lexicon_sheet.SECTIONS, "golden"}
    assert set(sheet["lexicon"]) <= {d.id for d in shipped()}


def test_an_empty_sheet_removes_nothing(tmp_path):
    with pytest.raises(DeclarationError, match="holds no wordings of de"):
        lexicon_sheet.take_in({}, "de", tmp_path, tmp_path)
