"""Each check speaks up about one bad row, and says nothing of good ones."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from screener.indicators.catalog import shipped
from training import corpus_check
from training.datasets import CorpusRow, parse_row, read_rows

LURE = CorpusRow(
    id="en-1-lure",
    pair="en-1",
    label="lure",
    lang="en",
    text="Typist for Laos, free ticket, tell nobody. Telegram only.",
    indicators=frozenset({"travel_paid", "secrecy", "employer_unnamed", "hub_country_destination"}),
    evidence={"travel_paid": ("free ticket",), "secrecy": ("tell nobody",)},
    recruiting_country="KE",
    destination_country="LA",
    channel="telegram",
    scenario="scam_office",
    subtle=True,
)
GENUINE = replace(
    LURE, id="en-1-genuine", label="genuine", text="Copper Kettle in Vientiane wants a baker; permit by us.",
    indicators=frozenset({"named_employer", "hub_country_destination"}), subtle=False,
    evidence={"named_employer": ("Copper Kettle",)}, channel="job_board",
)  # fmt: skip
NO_OFFER = {"not_an_offer": ("Police warn",)}
WARNING = CorpusRow("en-2", None, "non_offer", "en", "Police warn of offers in Laos.", frozenset(NO_OFFER), NO_OFFER)
GOOD = [LURE, GENUINE, WARNING]


def form(*rows, tag="en"):
    return list(corpus_check.form(rows, shipped(), tag))


def test_good_rows_are_passed():
    assert form(*GOOD) == []
    assert list(corpus_check.contacts(GOOD)) == []
    assert list(corpus_check.duplicates(GOOD)) == []
    assert list(corpus_check.leaks(GOOD, ["A wholly different ad for a cook in Doha, kept for measurement"])) == []


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"lang": "de"}, ["lang is 'de'"]),
        ({"label": "scam"}, ["label 'scam'"]),
        ({"text": "  "}, ["text is wrong"]),
        ({"pair": None}, ["have a pair"]),
        ({"indicators": LURE.indicators | {"greed"}}, ["unknown indicator 'greed'"]),
        ({"indicators": LURE.indicators | {"covert_route"}}, ["unknown indicator 'covert_route'"]),
        ({"evidence": {"secrecy": ("Tell nobody",)}}, ["secrecy: quote 'Tell nobody' is not in the text"]),
        ({"evidence": {"urgency": ("only",)}}, ["quotes for urgency, which is not among its indicators"]),
        ({"recruiting_country": "Kenya"}, ["recruiting_country 'Kenya' is no ISO 3166 code"]),
        ({"destination_country": "la"}, ["destination_country 'la' is no ISO 3166 code"]),
        ({"channel": "pigeon"}, ["unknown channel 'pigeon'"]),
        ({"scenario": "heist"}, ["unknown scenario 'heist'"]),
    ],
)
def test_a_bad_row_is_named(changes, named):
    lines = form(replace(LURE, **changes), GENUINE, WARNING)
    assert any(line.startswith("en: en-1-lure: ") and all(part in line for part in named) for line in lines), lines


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        ([LURE, LURE, GENUINE], "en-1-lure: id stands 2 times"),
        ([LURE], "en-1: a pair is one lure and one genuine ad"),
        ([LURE, replace(GENUINE, label="lure")], "en-1: a pair is one lure and one genuine ad"),
        ([replace(WARNING, pair="en-2")], "en-2: lures and genuine ads have a pair"),
        ([replace(WARNING, indicators=frozenset())], "en-2: a non-offer carries not_an_offer"),
    ],
)
def test_bad_company_is_named(rows, named):
    assert any(named in line for line in form(*rows))


def test_a_label_without_a_quote_is_named():
    (line,) = form(replace(LURE, evidence={"secrecy": ("tell nobody",)}), GENUINE)
    assert line == "en: en-1-lure: travel_paid: no words are quoted for it"


def test_what_follows_from_other_fields_is_held_to():
    (line,) = form(replace(LURE, destination_country="PL"), GENUINE)
    assert line == "en: en-1-lure: destination PL, but it carries hub_country_destination"
    (line,) = form(replace(LURE, indicators=LURE.indicators - {"hub_country_destination"}), GENUINE)
    assert line == "en: en-1-lure: destination LA, but it lacks hub_country_destination"
    (line,) = form(replace(LURE, subtle=False), GENUINE)
    assert line.startswith("en: en-1-lure: subtle is False")
    (line,) = form(LURE, replace(GENUINE, subtle=True))
    assert line.startswith("en: en-1-genuine: subtle is True")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("call +44 20 8946 1837 now", "'+44 20 8946 1837'"),
        ("call 0812-3489-7612", "0812-3489-7612"),
        ("write to boss@kettle-jobs.com", "'boss@kettle-jobs.com'"),
        ("write to boss@Kettle.Example.org", "'boss@Kettle.Example.org'"),
    ],
)
def test_contacts_that_may_be_somebodys(text, named):
    (line,) = corpus_check.contacts([replace(LURE, text=text)])
    assert line.startswith("en: en-1-lure: ")
    assert named in line


@pytest.mark.parametrize(
    "text",
    [
        "call +1 202 555 0143", "call 07700 900231", "call 0812-0000-0000", "call +62 812 xxxx xxxx",
        "call 0812****7612",
        "pay 1,500 to 2,000 USD", "from 2024-05-01", "hr@kettle.example", "HR@KETTLE.EXAMPLE", "kettle.xxxx@gmail.com",
    ],
)  # fmt: skip
def test_invented_contacts_are_passed(text):
    assert list(corpus_check.contacts([replace(LURE, text=text)])) == []


LONG = (
    "Typist wanted for an office by the river in Laos, room and meals are free, ask for Lee on the chat before Friday"
)


def test_near_duplicates():
    rows = [
        replace(LURE, id="one", pair="a", text=LONG),
        replace(LURE, id="two", pair="b", text=LONG.replace("Friday", "Monday")),
    ]
    lines = list(corpus_check.duplicates(rows))
    assert "en: one and two are near-duplicates" in lines
    assert (
        list(corpus_check.duplicates([rows[0], replace(GENUINE, text="Nurse with licence for a clinic in Doha")])) == []
    )


def test_rows_of_the_same_words_are_near_duplicates():
    text = "zwei Köche, drei Helfer, vier Fahrer für Rostock, Mai bis Ende September, Zimmer vorhanden"
    other = "ZWEI KÖCHE! DREI HELFER! VIER FAHRER! Für: Rostock; Mai - bis - Ende - September: Zimmer vorhanden"
    rows = [replace(LURE, id="one", pair="a", text=text), replace(LURE, id="two", pair="b", text=other)]
    assert "en: one and two are near-duplicates" in list(corpus_check.duplicates(rows))


def test_one_template_with_other_names_and_numbers():
    def filled(number, names):
        text = "Hotel {} in {} seeks Cook {}, Call {} or {}, Room {}, Pay {}"
        return replace(LURE, id=f"t{number}", pair=f"p{number}", text=text.format(*names))

    rows = [
        filled(1, ["Almadena", "Sepahijala", "Bartholomew", "Zebediah", "Quillfeather", "Xanthippe", 1500]),
        filled(2, ["Vorontsovka", "Kuopio", "Ingeborg", "Wolfgang", "Thessaloniki", "Pemberton", 2900]),
    ]
    assert list(corpus_check.duplicates(rows)) == ["en: t1 and t2 are one template"]
    assert list(corpus_check.duplicates([rows[0], replace(rows[1], pair="p1")])) == []


def test_texts_kept_for_measurement_are_told():
    (line,) = corpus_check.leaks([replace(LURE, text=LONG), GENUINE], ["another text", f"{LONG}!"])
    assert line == "en: en-1-lure is near to a text kept for measurement"


def test_a_title_kept_for_measurement_is_no_leak():
    row = replace(LURE, text=LONG)
    assert list(corpus_check.leaks([row], ["Typist wanted"])) == []
    assert list(corpus_check.leaks([replace(LURE, text="Typist wanted!")], ["Typist wanted"]))
    assert list(corpus_check.leaks([replace(LURE, text=f"{LONG}. {LONG[::-1]}")], [LONG]))


def test_texts_outside_the_corpus_are_not_held_against_each_other():
    assert list(corpus_check.leaks([LURE], [LONG, LONG])) == []


def test_shallow_cues_are_read():
    cues = corpus_check.shallow_cues(
        [replace(LURE, text="😀 2 jobs!\n@kettle", two_stage=True), replace(LURE, text="jobs")]
    )
    assert cues.shape == (2, 8)
    assert cues[0].tolist() == pytest.approx([1, 1, 1, np.log(17), 0, np.log(2), np.log(2), 1])
    assert cues[1].tolist() == pytest.approx([0, 0, 0, np.log(4), 0, 0, 0, 0])


def many(lure_end, genuine_end):
    """Fifty pairs of unlike texts that differ in their endings."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    rows = []
    for n in range(50):
        body = "".join(letters[(n * k * k + 7 * k + n) % 26] for k in range(60))
        rows.append(replace(LURE, id=f"{n}l", pair=str(n), text=body + lure_end))
        rows.append(replace(GENUINE, id=f"{n}g", pair=str(n), text=body[::-1] + genuine_end))
    return rows


def test_a_cue_that_gives_the_label_away_is_measured():
    assert corpus_check.shallow_auc(many(" 900 😀!!!", " wanted")) > 0.95
    assert corpus_check.shallow_auc(many(" wanted", " wanted")) < 0.75


def test_rows_are_read_from_a_file(tmp_path):
    path = tmp_path / "en.jsonl"
    path.write_text(
        '{"id": "1", "pair": "p", "label": "lure", "lang": "en", "text": "job", "indicators": ["secrecy"],'
        ' "evidence": {"secrecy": ["job"]}, "subtle": true}\n',
        encoding="utf-8",
    )
    (row,) = read_rows(path)
    assert (row.id, row.indicators, row.evidence, row.subtle) == ("1", {"secrecy"}, {"secrecy": ("job",)}, True)


@pytest.mark.parametrize("line", ["no json", '{"id": "1"}', '{"id": "1", "indicators": [], "mood": "good"}', "[]", "5"])
def test_a_line_that_is_no_row_is_named(tmp_path, line):
    good = '{"id":"1","pair":null,"label":"non_offer","lang":"en","text":"x","indicators":[]}'
    path = tmp_path / "en.jsonl"
    path.write_text(f"{good}\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"^en\.jsonl:2: "):
        list(read_rows(path))


def test_an_unknown_key_of_a_row():
    with pytest.raises(TypeError, match="mood"):
        parse_row({"id": "1", "indicators": [], "mood": "good"})
