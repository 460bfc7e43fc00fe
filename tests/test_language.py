"""The language of an ad, and the declarations of all languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from screener import language
from screener.errors import DeclarationError
from screener.language import identify
from screener.languages import LANGUAGES, read_language
from screener.text import normalise

TAGS = (
    "en zh-Hans zh-Hant ms id vi th hi fil es pt fr de ru ar sw km lo my bn ne ur si ta am kk tr ja ko".split()  # noqa: SIM905
)

ADS = {
    "en": ["Hotel cook wanted in Doha, two years of experience, salary paid monthly", "Data entry job, no experience"],
    "zh-Hans": ["酒店招聘厨师，月薪六千元，包吃住", "急招客服 Telegram @example_hr", "招聘 Customer service, 薪资面议"],
    "zh-Hant": ["誠徵廚師，月薪三萬五千元，享勞健保", "急聘打字員 Telegram @example_hr", "請人 唔使經驗 包食宿"],
    "ms": [
        "Jawatan kosong tukang masak, gaji RM1,800 sebulan, hantar resume",
        "nak kerja kat luar negara? takde yuran",
    ],
    "id": [
        "Dibutuhkan juru masak hotel, gaji Rp5.000.000 per bulan, kirim lamaran",
        "loker admin, gaji 10jt, gak ribet",
    ],
    "vi": ["Tuyển đầu bếp khách sạn, lương thỏa thuận", "Tuyen nhan vien, luong cao, khong can kinh nghiem"],
    "th": ["รับสมัครแม่ครัว เงินเดือน 15,000 บาท", "ด่วน! Admin online รายได้ดี Telegram @example"],
    "hi": ["होटल में रसोइया चाहिए, वेतन 15,000 रुपये", "Dubai mein kaam chahiye to call karein, rehna free hai"],
    "fil": ["Naghahanap kami ng kusinero, may libreng tirahan", "Hiring CSR sa Cambodia, pm niyo lang ako mga kabayan"],
    "es": ["Buscamos cocinero para restaurante, sueldo 1.400 € brutos", "trabajo en el extranjero, vuelo incluido"],
    "pt": [
        "Precisamos de cozinheiro, alojamento incluído, contrato sem termo",
        "vaga de atendimento, salário em dólar",
    ],
    "fr": [
        "Recherchons un cuisinier pour l’hôtel, logé et nourri",
        "travail à l'étranger, billet payé, sans expérience",
    ],
    "de": ["Wir suchen einen Koch für unser Hotel, 2.400 € brutto", "Kundenservice im Ausland, Flug wird bezahlt"],
    "ru": ["Требуется повар в гостиницу, зарплата 60 000 руб.", "работа за границей, билет оплачиваем"],
    "ar": ["مطلوب طباخ للعمل في فندق، راتب شهري وسكن مجاني", "وظائف في الخارج بدون خبرة"],
    "sw": ["Tunatafuta mpishi wa hoteli, mshahara KSh 25,000 kwa mwezi", "nafasi za kazi Dubai, tiketi bure"],
    "km": ["ជ្រើសរើសចុងភៅ ប្រាក់ខែ ៣០០ ដុល្លារ"],
    "lo": ["ຮັບສະໝັກພໍ່ຄົວ ເງິນເດືອນ 3,000,000 ກີບ"],
    "my": ["စားဖိုမှူး အလိုရှိသည်။ လစာ ၄ သိန်း"],
    "bn": ["হোটেলে বাবুর্চি প্রয়োজন, বেতন ২০,০০০ টাকা"],
    "ne": ["होटलमा भान्छे चाहियो, तलब २५,००० रुपैयाँ, बस्न खान निःशुल्क", "विदेशमा काम गर्न इच्छुकले सम्पर्क गर्नुहोस्"],
    "ur": [
        "ہوٹل میں باورچی کی ضرورت ہے، تنخواہ 40,000 روپے",
        "bairoon mulk mulazmat, tankhwah achi, fori rabta karein",
    ],
    "si": ["හෝටලයට අරක්කැමියෙක් අවශ්‍යයි"],
    "ta": ["ஓட்டலுக்கு சமையல்காரர் தேவை"],
    "am": ["ለሆቴላችን ምግብ አብሳይ እንፈልጋለን"],
    "kk": ["Қонақүйге аспаз қажет, жалақысы 250 000 теңге", "шетелде жұмыс, билет тегін"],
    "tr": ["Otelimize aşçı aranıyor, konaklama sağlanır", "yurt disi is ilani, deneyim gerekmez, maas dolar"],
    "ja": ["ホテルで調理スタッフを募集します", "急募 海外勤務 月給五十万円 未経験でも可"],
    "ko": ["호텔 주방에서 일할 요리사를 구합니다", "해외 근무 customer service 직원 모집"],
}


@pytest.mark.parametrize(("tag", "ad"), [(tag, ad) for tag, ads in ADS.items() for ad in ads])
def test_ads_are_known_by_script_and_frequent_words(tag: str, ad: str) -> None:
    language = identify(normalise(ad))
    assert language.tag == tag
    assert 0 < language.confidence <= 1


def test_every_language_has_an_ad() -> None:
    assert sorted(ADS) == sorted(TAGS) == sorted(LANGUAGES)


@pytest.mark.parametrize("ad", ["", "!!", "12 500 $", "🔥🔥🔥", "ab", "\u1f00"])
def test_too_little_text_has_no_language(ad: str) -> None:
    assert identify(normalise(ad)).tag == "und"


def test_a_script_without_a_declared_language_has_none() -> None:
    assert identify(normalise("Ζητείται μάγειρας για ξενοδοχείο")).tag == "und"


def test_disguised_words_still_tell_the_language() -> None:
    assert identify(normalise("t r a b a j o   s1n exper1enc1a, v u e l o   gr4tis")).tag == "es"
    assert identify(normalise("J\u200bawatan k\u200bosong, h\u200bantar resume, g\u200baji sebulan")).tag == "ms"


def test_han_that_both_written_forms_share_is_an_unsure_guess() -> None:
    language = identify(normalise("高薪工作"))
    assert (language.tag, language.confidence) == ("zh-Hans", 0.5)


def test_one_kana_does_not_make_chinese_japanese() -> None:
    assert identify(normalise("优の良品诚聘店员，月薪六千元，提供住宿")).tag == "zh-Hans"


def test_words_of_the_written_language_are_surer_the_more_there_are() -> None:
    few, many = (identify(normalise(ad)).confidence for ad in ("gaji besar", "gaji besar dan tidak ada potongan, bisa"))
    assert few < many


def test_the_model_is_asked_where_no_frequent_word_stands() -> None:
    language = identify(normalise("Krankenpfleger Altenpflegeheim Nachtwache"))
    assert language.tag in {"de", "und"}
    assert language.confidence <= 0.5


@pytest.mark.parametrize("tag", TAGS)
def test_every_declaration_follows_the_conventions(tag: str) -> None:
    language = LANGUAGES[tag]
    assert language.tag == tag
    unspaced = {"Hans": 18, "Hant": 18, "Jpan": 18, "Thai": 35, "Laoo": 35, "Khmr": 35, "Mymr": 35}
    assert language.window == unspaced.get(language.script, 45)
    assert (language.match == "substring") == (language.script in unspaced)
    assert (language.direction == "rtl") == (language.script == "Arab")
    assert language.home_countries
    assert language.negators_before or language.negators_after
    for word in (*language.negators_before, *language.negators_after, *language.cues):
        assert word == word.strip()
        assert word.strip("*")


def test_declarations_can_be_looked_up_by_tag_only() -> None:
    assert len(LANGUAGES) == len(TAGS)
    assert "xx" not in LANGUAGES
    with pytest.raises(KeyError):
        LANGUAGES["xx"]


VALID = """
name = "Test"
native_name = "Test"
script = "Latn"
direction = "ltr"
match = "word"
window = 45
home_countries = ["UG"]
negators_before = ["no"]
negators_after = []
"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('match = "word"', 'match = "words"', "xx.toml: match: 'words' is unknown; choose word, stem, substring"),
        ('direction = "ltr"', 'direction = "up"', "xx.toml: direction: 'up' is unknown; choose ltr, rtl"),
        ("window = 45", 'window = "wide"', "xx.toml: window: 'wide' is not a whole number above 0"),
        ("window = 45", "", "xx.toml: window: missing"),
        ('name = "Test"', "name = 1", "xx.toml: name: 1 is not a text"),
        ("negators_after = []", 'negators_after = "no"', "xx.toml: negators_after: 'no' is not a list"),
        ("negators_after = []", 'negators_after = [""]', "xx.toml: negators_after: '' is not a text"),
        ('["no"]', '["no", "no"]', "xx.toml: negators_before: 'no' stands twice"),
        ('["UG"]', '["Uganda"]', "xx.toml: home_countries: 'Uganda' is no ISO 3166-1 code"),
        ("negators_after", "negators_behind", "xx.toml: negators_behind: unknown key"),
        ('name = "Test"', "name = ", "xx.toml: is not TOML"),
        (
            "window = 45",
            'window = 45\naffixes = ["inside"]',
            "xx.toml: affixes: 'inside' is unknown; choose before, after",
        ),
        ("window = 45", "window = 45\npay_reach = 0", "xx.toml: pay_reach: 0 is not a whole number above 0"),
    ],
)
def test_a_wrong_declaration_is_refused_by_name(tmp_path: Path, old: str, new: str, message: str) -> None:
    file = tmp_path / "xx.toml"
    file.write_text(VALID.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DeclarationError) as error:
        read_language(file)
    assert message in str(error.value)


def test_a_right_declaration_is_read(tmp_path: Path) -> None:
    file = tmp_path / "xx.toml"
    file.write_text(VALID, encoding="utf-8")
    language = read_language(file)
    assert (language.tag, language.window, language.cues, language.affixes) == ("xx", 45, (), ())


def test_a_language_without_a_script_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    table = language._scripts()
    left_out = {**table, "declared": {**table["declared"], "CYRILLIC": ["ru"]}}
    monkeypatch.setattr(language, "_scripts", lambda: left_out)
    with pytest.raises(DeclarationError, match=r"scripts\.toml: kk must stand under"):
        language._by_script.__wrapped__()
