"""What each kind of detector finds, by small catalogues."""

from __future__ import annotations

from itertools import product

import pytest
import tomli_w

from screener.indicators.catalog import Catalog
from screener.indicators.facts import FACTS
from screener.languages import LANGUAGES
from screener.reading import Reader
from screener.records import Offer
from screener.scan import Scanner

COMMON = {"title": "T", "rationale": "R.", "question": "Q?", "direction": "raises", "false_positives": ["some"]}


def catalog_in(folder, indicators):
    """The catalogue of indicators given by id: what is special about each."""
    for name, changes in indicators.items():
        kinds = [{"kind": "phrase"}, {"kind": "pair"}]
        content = tomli_w.dumps({**COMMON, "detectors": kinds, **changes})
        (folder / f"{name}.toml").write_text(content, encoding="utf-8")
    return Catalog.load(folder)


@pytest.fixture
def reader_of(tmp_path):
    """Makes the reader of a small catalogue; it knows no place names, which take time to gather."""

    def make(**indicators):
        catalog = catalog_in(tmp_path, indicators)
        return Reader(catalog, Scanner.of(catalog.entries()))

    return make


def quotes(reader, text, indicator="it"):
    """The words found, or None where the indicator is silent."""
    offer = text if isinstance(text, Offer) else Offer(text)
    hits = reader.read(offer).row.found.get(indicator)
    return None if hits is None else [offer.text[hit.start : hit.end] for hit in hits]


def phrase(wording, language="en"):
    return {"lexicon": {language: {wording: "" if language == "en" else "gloss"}}}


def pair(wording, language="en"):
    return {"pairs": {language: {wording: "" if language == "en" else "gloss"}}}


@pytest.mark.parametrize(
    ("wording", "language", "text", "found"),
    [
        ("free ticket", "en", "A FREE  TICKET for you", ["FREE  TICKET"]),
        ("free ticket", "en", "carefree ticketing", None),
        ("ticket*", "en", "ticketing is done", ["ticketing"]),
        ("*visum", "de", "das Arbeitsvisum kommt", ["Arbeitsvisum"]),
        ("número", "es", "manda tu numero ya", ["numero"]),
        ("签证", "zh-Hans", "旅游签证过去", ["签证"]),
        ("签证", "zh-Hans", "旅遊簽證過去", ["簽證"]),
        ("free ticket", "en", "a free tic\u200bket", ["free tic\u200bket"]),
        ("free ticket", "en", "a f r e e ticket, a free ticket", ["free ticket"]),
    ],
)
def test_phrase(reader_of, wording, language, text, found):
    answer = quotes(reader_of(it=phrase(wording, language)), text)
    assert (answer is None) == (found is None)
    assert set(found or ()) <= set(answer or ())


def test_hits_come_in_reading_order_without_those_another_covers(reader_of):
    reader = reader_of(it={"lexicon": {"en": {"ticket": "", "free ticket": "", "visa": ""}}})
    assert quotes(reader, "visa, free ticket, ticket") == ["visa", "free ticket", "ticket"]


def test_the_gloss_goes_with_the_words(reader_of):
    reader = reader_of(it={"lexicon": {"de": {"flug bezahlt": "flight paid"}}})
    (hit,) = reader.read(Offer("der Flug bezahlt die Firma")).row.found["it"]
    assert hit.gloss == "flight paid"


@pytest.mark.parametrize(
    ("wording", "text", "found"),
    [
        ("boss + pays", "the boss always pays", ["boss always pays"]),
        ("boss + pays", "pays the boss", ["pays the boss"]),
        ("boss > pays", "the boss always pays", ["boss always pays"]),
        ("boss > pays", "pays the boss", None),
        ("boss|agent + pays|covers", "covers the agent", ["covers the agent"]),
        ("boss + pays", "the boss", None),
        ("boss + pays", "the boss. He pays", None),
        ("boss + pays", "the boss\npays", None),
        ("boss + pays", "the boss; he pays", None),
        ("boss + pays", "the boss, who pays", ["boss, who pays"]),
        ("boss + pays", "the boss of site 1.4 pays", ["boss of site 1.4 pays"]),
        ("boss + bosses*", "the boss", None),
        ("visa > agent > pays", "the visa an agent gets and pays", ["visa an agent gets and pays"]),
        ("visa > agent > pays", "the agent pays the visa", None),
        ("visa + agent + pays", "pays agent visa", ["pays agent visa"]),
    ],
)
def test_pair(reader_of, wording, text, found):
    assert quotes(reader_of(it=pair(wording)), text) == found


@pytest.mark.parametrize("wording", ["boss + pays", "boss > pays"])
def test_words_of_a_pair_stand_within_the_window_of_their_language(reader_of, wording):
    reader, window = reader_of(it=pair(wording)), LANGUAGES["en"].window
    near, far = ("o" * (window - 2)), ("o" * (window - 1))
    assert quotes(reader, f"boss {near} pays") == [f"boss {near} pays"]
    assert quotes(reader, f"boss {far} pays") is None


def test_words_of_a_pair_do_not_overlap(reader_of):
    assert quotes(reader_of(it=pair("cover charge + charge")), "the cover charge") is None


def test_a_pair_takes_the_nearest_word(reader_of):
    found = quotes(reader_of(it=pair("boss > pays")), "boss pays and pays, a boss pays")
    assert found == ["boss pays", "boss pays"]


def test_a_guard_silences_only_what_it_overlaps_and_only_its_indicator(reader_of):
    reader = reader_of(
        it={**phrase("free ticket"), "guards": {"en": {"free ticket office": ""}}},
        other=phrase("free ticket"),
    )
    assert quotes(reader, "at the free ticket office") is None
    assert quotes(reader, "at the free ticket office", "other") == ["free ticket"]
    assert quotes(reader, "a free ticket, not from the free ticket office") == ["free ticket"]
    assert quotes(reader, "free ticket, office closed") == ["free ticket"]


def test_a_guard_silences_a_pair(reader_of):
    reader = reader_of(it={**pair("boss + pays"), "guards": {"en": {"pays tax": ""}}})
    assert quotes(reader, "the boss pays tax") is None
    assert quotes(reader, "the boss pays") == ["boss pays"]


@pytest.mark.parametrize(
    ("language", "wording", "text", "found"),
    [
        ("en", "fee", "a fee is asked", True),
        ("en", "fee", "no fee", False),
        ("en", "fee", "without any fee", False),
        ("en", "fee", "there is not a fee", False),
        ("en", "fee", "no, fee", True),
        ("en", "fee", "experience: no: fee: 20", True),
        ("en", "fee", "Experience no. Fee 20", True),
        ("en", "fee", "no\nfee 20", True),
        ("en", "fee", "fee not required", False),
        ("en", "fee", "fee is not needed", False),
        ("en", "fee", "fee, not required is a degree", True),
        ("en", "fee", "fee. Not required: a degree", True),
        ("en", "fee", "nothing is asked beside a small fee", True),
        ("en", "fee", "no time to lose and then a fee", True),
        ("en", "no fee", "no fee", True),
        ("de", "gebühr", "keine Gebühr", False),
        ("de", "gebühr", "Gebühr entfällt", False),
        ("de", "gebühr", "eine Gebühr", True),
        ("es", "depósito", "sin depósito", False),
        ("es", "depósito", "un depósito", True),
        ("fr", "frais", "aucun frais", False),
        ("fr", "frais", "des frais", True),
        ("id", "biaya", "tanpa biaya", False),
        ("ms", "yuran", "tiada yuran", False),
        ("zh-Hans", "押金", "不收押金", False),
        ("zh-Hans", "押金", "要交押金", True),
        ("zh-Hant", "押金", "無需押金", False),
        ("zh-Hans", "包吃住", "包吃住 不要经验", True),
        ("zh-Hans", "手续费", "手续费 不收", False),
        ("th", "ที่พักฟรี", "ที่พักฟรี ไม่ต้องมีประสบการณ์", True),
        ("th", "ค่าหัว", "ค่าหัว ไม่มี", False),
    ],
)
def test_negation(reader_of, language, wording, text, found):
    assert (quotes(reader_of(it=phrase(wording, language)), text) is not None) is found


def test_a_negator_of_a_third_language_denies_nothing(reader_of):
    reader = reader_of(it=phrase("gebühr", "de"))
    assert quotes(reader, "Wir suchen einen Fahrer für die Firma in Kassel, sin Gebühr") == ["Gebühr"]


def test_a_negator_of_the_texts_language_denies_a_borrowed_wording(reader_of):
    reader = reader_of(it=phrase("training"))
    assert quotes(reader, "Lowongan kerja untuk karyawan toko yang jujur, tanpa training dan langsung kerja") is None


def test_negation_of_a_pair(reader_of):
    reader = reader_of(it=pair("boss + pays"))
    assert quotes(reader, "the boss never pays") is None
    assert quotes(reader, "no boss pays") is None
    assert quotes(reader, "the boss pays, no worries") == ["boss pays"]
    assert quotes(reader_of(it=pair("boss + never")), "the boss never") == ["boss never"]


def test_what_is_not_negatable_is_found_under_a_negator(reader_of):
    assert quotes(reader_of(it={**phrase("fee"), "negatable": False}), "no fee") == ["fee"]


def test_negated_as(reader_of):
    reader = reader_of(
        it={**phrase("gebühr", "de"), "negated_as": "honest"},
        honest={**phrase("kostenfrei", "de"), "direction": "lowers"},
    )
    denied = reader.read(Offer("keine Gebühr")).row.found
    assert set(denied) == {"honest"}
    assert denied["honest"][0].gloss == "no: gloss"
    assert set(reader.read(Offer("eine Gebühr")).row.found) == {"it"}
    both = reader.read(Offer("keine Gebühr heute. Morgen Gebühr")).row.found
    assert set(both) == {"it", "honest"}


def test_a_negator_of_another_clause_between_the_words_of_a_pair_denies_nothing(reader_of):
    reader = reader_of(
        it={**pair("visa + pay"), "negated_as": "honest"}, honest={**phrase("free of charge"), "direction": "lowers"}
    )
    assert quotes(reader, "visa done, no experience needed, pay 5000 a month", "honest") is None


PARTS = {name: phrase(word) for name, word in zip("abcd", ("apple", "berry", "cherry", "date"), strict=True)}
WORDS = dict(zip("abcd", ("apple", "berry", "cherry", "date"), strict=True))


def combination(**parts):
    return {"detectors": [{"kind": "combination", **parts}]}


@pytest.mark.parametrize(
    ("parts", "holds"),
    [
        ({"all": ["a", "b"]}, lambda f: {"a", "b"} <= f),
        ({"any": ["a", "b"]}, lambda f: bool({"a", "b"} & f)),
        ({"any": ["a", "b"], "also": ["c", "d"]}, lambda f: bool({"a", "b"} & f) and bool({"c", "d"} & f)),
        ({"all": ["a"], "none": ["b"]}, lambda f: "a" in f and "b" not in f),
        ({"any": ["a", "b", "c"], "at_least": 2}, lambda f: len({"a", "b", "c"} & f) >= 2),
        ({"any": ["a", "b", "c", "d"], "at_least": 3}, lambda f: len(f) >= 3),
        (
            {"all": ["a"], "any": ["b"], "also": ["c"], "none": ["d"]},
            lambda f: {"a", "b", "c"} <= f and "d" not in f,
        ),
        ({"all": ["a"], "any": ["b", "c"], "at_least": 3}, lambda f: {"a", "b", "c"} <= f),
    ],
)
def test_combination(reader_of, parts, holds):
    reader = reader_of(it=combination(**parts), **PARTS)
    for flags in product((True, False), repeat=4):
        found = {name for name, flag in zip("abcd", flags, strict=True) if flag}
        text = "; ".join(["good day", *(WORDS[name] for name in sorted(found))])
        assert (quotes(reader, text) is not None) == holds(found), found


def test_a_combination_shows_the_words_of_its_parts_in_reading_order(reader_of):
    reader = reader_of(it=combination(all=["a", "b"], any=["c", "d"]), **PARTS)
    assert quotes(reader, "date; cherry; berry; apple") == ["date", "cherry", "berry", "apple"]


def test_a_negated_part_is_not_there(reader_of):
    assert quotes(reader_of(it=combination(all=["a", "b"]), **PARTS), "apple and no berry") is None


def test_of_several_detectors_one_is_enough(reader_of):
    either = {"detectors": [{"kind": "combination", "all": ["a", "b"]}, {"kind": "combination", "all": ["c"]}]}
    reader = reader_of(it=either, **PARTS)
    assert quotes(reader, "cherry") == ["cherry"]
    assert quotes(reader, "apple; berry") == ["apple", "berry"]
    assert quotes(reader, "apple") is None


ABSENCES = [
    ("employers", "Cooks wanted by Northgate Logistics Ltd.", "Cooks wanted."),
    ("pays", "Cooks wanted, USD 900 a month.", "Cooks wanted, good pay."),
    ("contacts", "Cooks wanted, write to jobs@kettle.example", "Cooks wanted."),
    ("places", "Cooks wanted in Doha.", "Cooks wanted."),
]


def test_found_only_undisguised(reader_of):
    reader = reader_of(it={"detectors": [{"kind": "code", "code": "found_only_undisguised"}]}, word=phrase("casino"))
    assert quotes(reader, "work in a c.a.s.i.n.o") == []
    assert quotes(reader, "work in a casino") is None
    assert quotes(reader, "casino, c.a.s.i.n.o") is None


def fact(name, **more):
    return {"detectors": [{"kind": "fact", "fact": name, **more}]}


FACT_CASES = [
    ("pay_ratio", {"at_least": 2.0}, "Kenyans: cook in Dubai, USD 9,000 a month", ["USD 9,000"]),
    ("pay_ratio", {"at_least": 2.0}, "Kenyans: cook in Dubai, USD 400 a month", None),
    ("pay_ratio", {"at_least": 0.1}, "Kenyans: cook in Dubai, good pay", None),
    ("pay_in_third_currency", {}, Offer("Cook in Dubai, CNY 9,000 a month", recruiting_country="KE"), ["CNY 9,000"]),
    ("pay_in_third_currency", {}, Offer("Cook in Dubai, AED 9,000 a month", recruiting_country="KE"), None),
    ("pay_in_third_currency", {}, Offer("Cook in Dubai, KES 90,000 a month", recruiting_country="KE"), None),
    ("pay_in_third_currency", {}, Offer("Cook, CNY 9,000 a month", recruiting_country="KE"), None),
    ("place_kind", {"values": ["hub"]}, "Typist in Myawaddy, Dubai", ["Myawaddy"]),
    ("place_kind", {"values": ["airport"]}, "Typist in Myawaddy", None),
    ("documented_hub", {}, "Typist in Myawaddy", ["Myawaddy"]),
    ("documented_hub", {}, "Typist in Nairobi", None),
    ("hub_country", {"at_least": 1}, "Typist in Cambodia", ["Cambodia"]),
    ("hub_country", {"at_least": 1}, "Typist in Norway", None),
    ("abroad", {}, Offer("Typist in Norway", recruiting_country="KE"), ["Norway"]),
    ("abroad", {}, Offer("Typist in Norway", recruiting_country="NO"), None),
    ("abroad", {}, Offer("Typist", recruiting_country="KE"), None),
    ("abroad", {}, Offer("Typist", recruiting_country="KE", promised_destination="NO"), []),
    ("transit", {}, Offer("Typist", route=("AE", "TH", "MM")), []),
    ("transit", {}, Offer("Typist", route=("MM",)), None),
    ("choice_of_destinations", {}, "Cooks for Norway or Qatar", ["Norway or Qatar"]),
    ("choice_of_destinations", {}, "Köche für Norwegen oder Katar", ["Norwegen oder Katar"]),
    ("choice_of_destinations", {}, "ร้านอาหารในกัมพูชาหรือเมียนมา", ["กัมพูชาหรือเมียนมา"]),
    ("choice_of_destinations", {}, "Cooks for Doha or Qatar", None),
    ("choice_of_destinations", {}, "Ten cooks for Norway, two drivers for Qatar", None),
    ("chat_only", {}, "Typist wanted, write on Telegram @jobs", True),
    ("chat_only", {}, "Typist wanted, Telegram @jobs or hr@kettle.example, 12 Mill Street", None),
    ("chat_only", {}, "Typist wanted", None),
    ("unverifiable_contact", {"values": ["email_free"]}, "Typist wanted, kettle@gmail.com", ["kettle@gmail.com"]),
    ("unverifiable_contact", {"values": ["email_free"]}, "Northgate Logistics Ltd, kettle@gmail.com", None),
    ("employer_kind", {"values": ["employer"]}, "Cook for Northgate Logistics Ltd", ["Northgate Logistics Ltd"]),
    ("employer_kind", {"values": ["licence"]}, "Cook for Northgate Logistics Ltd", None),
    (
        "employer_with_address",
        {"values": ["employer"]},
        "Cook for Northgate Logistics Ltd, www.northgate.example",
        ["Northgate Logistics Ltd"],
    ),
    ("employer_with_address", {"values": ["employer"]}, "Cook for Northgate Logistics Ltd", None),
    ("visa", {"values": ["tourist"]}, Offer("Typist", visa="tourist"), []),
    ("visa", {"values": ["tourist"]}, Offer("Typist", visa="work"), None),
    ("visa", {"values": ["tourist"]}, "Typist", None),
    ("travel_paid_by", {"values": ["recruiter"]}, Offer("Typist", travel_paid_by="recruiter"), []),
    ("travel_paid_by", {"values": ["recruiter"]}, Offer("Typist", travel_paid_by="worker"), None),
    ("obfuscation", {"values": ["zero_width"]}, "a cas\u200bino job", True),
    ("obfuscation", {"values": ["leet"]}, "a cas\u200bino job", None),
]


@pytest.fixture(scope="module")
def full_reader(tmp_path_factory):
    """Every absence and fact tried below as an indicator of its own, read with all place names."""
    absent = {of: {"detectors": [{"kind": "absence", "of": of}]} for of, _, _ in ABSENCES}
    facts = {f"case_{number}": fact(name, **more) for number, (name, more, _, _) in enumerate(FACT_CASES)}
    warning = {"not_an_offer": {**phrase("police warn"), "direction": "gate"}}
    return Reader.of(catalog_in(tmp_path_factory.mktemp("catalog"), absent | facts | warning))


@pytest.mark.parametrize(("of", "there", "missing"), ABSENCES)
def test_absence(full_reader, of, there, missing):
    assert quotes(full_reader, there, of) is None
    assert quotes(full_reader, missing, of) == []


def test_absence_is_said_only_of_offers(full_reader):
    assert quotes(full_reader, "The police warn of jobs.", "employers") is None


def test_an_employer_told_beside_the_text_is_not_missing(full_reader):
    assert quotes(full_reader, Offer("Cooks wanted.", employer="Copper Kettle"), "employers") is None


@pytest.mark.parametrize("number", range(len(FACT_CASES)), ids=lambda n: f"{FACT_CASES[n][0]}-{n}")
def test_fact(full_reader, number):
    _, _, offer, found = FACT_CASES[number]
    answer = quotes(full_reader, offer, f"case_{number}")
    assert bool(answer) if found is True else answer == found


def test_every_fact_has_its_cases():
    assert {case[0] for case in FACT_CASES} == set(FACTS)


def test_hits_of_one_indicator_are_held_within_bounds(reader_of):
    reader = reader_of(it={**phrase("ticket"), **pair("boss + pays")})
    assert 0 < len(quotes(reader, "ticket boss pays; " * 500)) <= 12
