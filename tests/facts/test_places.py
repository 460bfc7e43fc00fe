"""The places of an ad: names, their part in the journey, and the countries they tell."""

from __future__ import annotations

import tomllib
import unicodedata
from functools import cache
from pathlib import Path

import pytest
from ahocorasick_rs import AhoCorasick, Implementation
from hypothesis import given
from hypothesis import strategies as st

from screener.errors import DeclarationError
from screener.facts import gazetteer
from screener.facts.gazetteer import DECOY, name_mode
from screener.facts.named_places import UNSPACED_SCRIPTS
from screener.facts.places import (
    GAZETTEER,
    HUB_COUNTRIES,
    MAX_PLACES,
    hub_level,
    place_names,
    read_places,
    recruiting_country,
    workplace_country,
)
from screener.languages import LANGUAGES
from screener.records import Contact, Offer, Place
from screener.text import View, fold, normalise
from training.gazetteer import lines_of, russian_forms, without_accents

CASES = tomllib.loads(Path(__file__).with_name("place_cases.toml").read_text("utf-8"))


@cache
def _automaton() -> tuple[AhoCorasick, list[tuple[str, str]]]:
    names = list(place_names())
    return (
        AhoCorasick([fold(name.phrase) for name in names], implementation=Implementation.ContiguousNFA),
        [(name.place, name.mode) for name in names],
    )


def _joins(character: str) -> bool:
    is_word = character.isalnum() or unicodedata.category(character)[0] == "M"
    return is_word and character not in UNSPACED_SCRIPTS


def find(view: View) -> list[tuple[str, int, int]]:
    """Names as the scan finds them: a word stands between other signs, a stem begins after one."""
    automaton, targets = _automaton()
    plain = view.plain
    found = []
    for index, start, end in automaton.find_matches_as_indexes(plain, overlapping=True):
        place, mode = targets[index]
        is_free_left = not start or not _joins(plain[start - 1]) or not _joins(plain[start])
        is_free_right = end == len(plain) or not _joins(plain[end]) or not _joins(plain[end - 1])
        if (mode == "substring" or is_free_left) and (mode != "word" or is_free_right):
            found.append((place, start, end))
    return found


def read(text: str, language: str = "en", **told: object) -> tuple[Place, ...]:
    view = normalise(text).views[0]
    return read_places(find(view), view, Offer(text, **told), language)  # type: ignore[arg-type]


def quoted(text: str, places: tuple[Place, ...]) -> list[list[str]]:
    return [[text[place.start : place.end], place.role] for place in places]


@pytest.mark.parametrize(
    ("language", "case"),
    [
        pytest.param(tag, case, id=f"{tag}-{number}")
        for tag, cases in CASES.items()
        for number, case in enumerate(cases)
    ],
)
def test_places_and_their_part(language, case):
    places = read(case["text"], language)
    assert quoted(case["text"], places) == case["places"]
    assert (workplace_country(places, language) or "") == case["workplace"]


def test_every_language_has_cases():
    assert set(CASES) == set(LANGUAGES)
    assert all(len(cases) >= 2 for cases in CASES.values())


def test_names_mean_known_places():
    names = list(place_names())
    assert len(names) > 10_000
    assert {name.place for name in names} - {DECOY} <= set(GAZETTEER)
    assert {name.language for name in names} <= {"", *LANGUAGES}
    assert not [name for name in names if not fold(name.phrase).strip()]


def test_hubs_are_documented():
    hubs = [entry for entry in GAZETTEER.values() if entry.hub]
    assert len(hubs) >= 25
    assert all(entry.source for entry in hubs)
    assert {entry.country for entry in hubs} <= set(HUB_COUNTRIES)
    assert not [entry.id for entry in GAZETTEER.values() if entry.source and not entry.hub]


@pytest.mark.parametrize("country", ["KH", "MM", "LA"])
def test_best_documented_countries(country):
    assert hub_level(country) == 1.0
    assert len(HUB_COUNTRIES[country].sources) >= 3
    assert all(url.startswith("https://") for _, url in HUB_COUNTRIES[country].sources)


def test_other_countries_weigh_less():
    assert 0 < hub_level("AE") < 1
    assert hub_level("FR") == 0.0


@pytest.mark.parametrize(
    ("phrase", "tag", "mode"),
    [
        ("Dubai", "*", "word"),
        ("Tayland", "tr", "stem"),
        ("Çad", "tr", "word"),
        ("Таиланд", "kk", "stem"),
        ("Таиланд", "ru", "word"),
        ("西港", "zh-Hans", "substring"),
        ("ปอยเปต", "th", "substring"),
        ("دبي", "ar", "substring"),
        ("ዱባይ", "am", "substring"),
        ("दुबई", "hi", "stem"),
        ("태국", "ko", "stem"),
        ("kk园区", "zh-Hans", "substring"),
        ("SG", "zh-Hans", "word"),
    ],
)
def test_a_name_stands_as_its_language_writes_it(phrase, tag, mode):
    assert name_mode(phrase, tag) == mode


def test_generated_cities_lie_in_known_countries():
    assert {entry.country for entry in GAZETTEER.values()} <= {e.id for e in GAZETTEER.values() if e.kind == "country"}


def test_a_name_of_an_older_gazetteer_is_no_place():
    view = normalise("Dubai").views[0]
    assert read_places([("dubayy", 0, 5)], view, Offer("Dubai"), "en") == ()


def test_the_longest_name_wins():
    text = "南邦 กรุงเทพมหานคร Kuala Lumpur airport"
    assert [text[p.start : p.end] for p in read(text, "th")] == ["南邦", "กรุงเทพมหานคร", "Kuala Lumpur airport"]


@pytest.mark.parametrize(
    "text", ["join us now", "woman", "Jordanian", "ukulele", "ph level", "SG$ 20 at kl.", "Thai firm"]
)
def test_no_place(text):
    assert read(text) == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("بكدبي", "ar"),
        ("ネクタイ", "ja"),
        ("スタイル", "ja"),
        ("중국인 우대", "ko"),
        ("Filipinli bakıcı", "tr"),
        ("泰国护照", "zh-Hans"),
        ("新加坡币", "zh-Hans"),
    ],
)
def test_no_place_inside_other_words(text, language):
    assert read(text, language) == ()


def test_offsets_are_those_of_the_text_as_received():
    text = "Ｊｏｂ  in\u200b ﬁne  Ｄｕｂａｉ"
    (place,) = read(text)
    assert text[place.start : place.end] == "Ｄｕｂａｉ"


def test_told_places_have_no_span():
    told = read("Great pay", recruiting_country="UG", promised_destination="AE", route=("UG", "AE", "TH", "MM"))
    assert [(p.country, p.role, p.start, p.end) for p in told] == [
        ("UG", "recruiting", 0, 0),
        ("AE", "promised", 0, 0),
        ("AE", "transit", 0, 0),
        ("TH", "transit", 0, 0),
        ("MM", "workplace", 0, 0),
    ]
    assert workplace_country(told, "en") == "MM"


def test_told_destination_goes_before_the_text():
    places = read("Job in Bangkok", promised_destination="AE")
    assert workplace_country(places, "en") == "AE"


def test_told_home_turns_a_bare_name_into_the_recruiting_place():
    assert quoted("Nurses Kathmandu Dubai", read("Nurses Kathmandu Dubai", recruiting_country="NP")[1:]) == [
        ["Kathmandu", "recruiting"],
        ["Dubai", "promised"],
    ]


def test_airport_of_the_own_country_is_where_one_leaves():
    text = "At JKIA say holiday"
    assert quoted(text, read(text)) == [["JKIA", "recruiting"]]
    assert read("say holiday at Suvarnabhumi")[0].role == "transit"


def test_two_places_and_a_dash_are_no_journey():
    assert [p.role for p in read("Dubai - UAE", "sw")] == ["promised", "promised"]
    assert [p.role for p in read("Kualanamu - KL - Bangkok", "id")] == ["recruiting", "transit", "promised"]


def test_a_cue_does_not_cross_a_sentence():
    assert read("We go via. Dubai needs cooks")[0].role == "promised"


def test_the_same_stop_without_a_cue():
    text = "Work in Phuket. First fly to Dubai. Dubai is nice"
    assert [p.role for p in read(text)] == ["workplace", "transit", "transit"]


def test_leaving_a_foreign_place_is_a_stop():
    text = "งานเมียวดี เดินทางจากย่างกุ้ง"
    assert quoted(text, read(text, "th")) == [["เมียวดี", "workplace"], ["ย่างกุ้ง", "transit"]]
    assert read("Hola aus Lima", "de")[0].role == "promised"
    assert read("Flight from Kathmandu to Dubai")[0].role == "recruiting"


def test_a_place_reached_is_a_stop_only_on_the_way_elsewhere():
    assert read("You land in Bangkok")[0].role == "promised"
    assert [p.role for p in read("Chat job Myawaddy, you land in Bangkok")] == ["workplace", "transit"]


def test_workplace_unknown_where_only_stops_are_named():
    places = read("Vol via Istanbul", "fr")
    assert [p.role for p in places] == ["transit"]
    assert workplace_country(places, "fr") is None


def test_recruiting_country_told_first():
    offer = Offer("Interview in Nairobi", recruiting_country="UG")
    assert recruiting_country(read("Interview in Nairobi"), (), "en", offer) == {"UG"}


def test_recruiting_country_named():
    places = read("Interview in Nairobi for Doha")
    assert recruiting_country(places, (), "en", Offer("")) == {"KE"}


def test_recruiting_country_by_telephone():
    places = read("Job in Dubai")
    ugandan, emirati = Contact("phone", 0, 1, "UG"), Contact("phone", 0, 1, "AE")
    assert recruiting_country(places, (ugandan, emirati), "en", Offer("")) == {"UG"}
    assert recruiting_country(places, (emirati,), "th", Offer("")) == {"TH"}


def test_recruiting_country_by_language():
    assert recruiting_country((), (), "th", Offer("")) == {"TH"}
    assert recruiting_country((), (), "und", Offer("")) == frozenset()
    kenyan = Contact("phone", 0, 1, "KE")
    assert recruiting_country(read("Job in Nairobi", "sw"), (kenyan,), "sw", Offer("")) == {"KE"}


def test_no_more_places_than_the_limit():
    assert len(read("Dubai. " * (MAX_PLACES + 50))) == MAX_PLACES


@given(st.text(alphabet=st.sampled_from("dubai vianfromto西港先飞,.→-\n🇰🇭태국 دبيتايلاند"), max_size=60))
def test_any_text_gives_places_in_order_inside_it(text):
    for language in ("en", "zh-Hans", "ar", "und"):
        places = read(text, language)
        spans = [(place.start, place.end) for place in places]
        assert spans == sorted(spans)
        assert all(0 <= start < end <= len(text) for start, end in spans)


def _with_files(monkeypatch, **files):
    """The gazetteer as it would be read with some files replaced, its caches empty before and after."""
    real = gazetteer.read_data
    monkeypatch.setattr(gazetteer, "read_data", lambda name: files.get(name.removesuffix(".toml")) or real(name))
    return gazetteer._places.__wrapped__


HUB = {"name": "Nowhere", "country": "KH", "kind": "hub", "names": "* Nowhere"}


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"country_words": {"KH": "Kampuchea"}}, "country_words.toml: KH: 'Kampuchea' is no language tag"),
        ({"country_words": {"QQ": "* Nowhere"}}, "country_words.toml: QQ: no country"),
        ({"hubs": {"sources": {}, "x": {**HUB, "country": "QQ"}}}, "hubs.toml: QQ: no country"),
        ({"hubs": {"sources": {}, "x": {**HUB, "kind": "cave"}}}, "hubs.toml: x.kind: 'cave' is unknown"),
        ({"hubs": {"sources": {}, "x": {**HUB, "hub": True}}}, "hubs.toml: x.source: a hub names one of"),
        ({"hubs": {"sources": {"a": {}}, "x": {**HUB, "source": "a"}}}, "hubs.toml: x.source: a hub names one of"),
    ],
)
def test_a_wrong_data_file_is_named(monkeypatch, files, message):
    with pytest.raises(DeclarationError, match=message):
        _with_files(monkeypatch, **files)()


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"level": 1.0, "since": 2021, "sources": ["b"]}, "KH.sources: 'b' is not in"),
        ({"level": 1.5, "since": 2021, "sources": ["a"]}, "KH.level: 1.5 is not"),
    ],
)
def test_a_wrong_hub_country_is_named(monkeypatch, entry, message):
    table = {"as_of": None, "sources": {"a": {"title": "A", "url": "https://a.example"}}, "KH": entry}
    monkeypatch.setattr(gazetteer, "read_data", lambda _: table)
    with pytest.raises(DeclarationError, match=message):
        gazetteer._hub_countries.__wrapped__()


def test_a_file_that_is_no_toml_is_named(monkeypatch, tmp_path):
    (tmp_path / "hubs.toml").write_text("[", "utf-8")
    monkeypatch.setattr(gazetteer, "DATA", tmp_path)
    with pytest.raises(DeclarationError, match=r"hubs\.toml: is not TOML"):
        gazetteer.read_data("hubs.toml")


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Индия", ["Индия", "Индии", "Индию", "Индией"]),
        ("Таиланд", ["Таиланд", "Таиланда", "Таиланду", "Таиландом", "Таиланде"]),
        ("Дубай", ["Дубай", "Дубая", "Дубаю", "Дубае"]),
        ("ОАЭ", ["ОАЭ"]),
        ("Перу", ["Перу"]),
    ],
)
def test_russian_cases(name, forms):
    assert russian_forms(name) == forms


def test_names_without_accents():
    assert without_accents("Wrocław, Đà Nẵng, İstanbul") == "Wroclaw, Da Nang, Istanbul"


def test_a_name_is_written_once_for_each_way_it_is_read():
    assert lines_of({"en": ["Nepal"], "fr": ["Népal"], "de": ["Nepal"], "tr": ["Nepal"]}) == (
        "en Nepal\nfr Népal\ntr Nepal"
    )
