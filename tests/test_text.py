"""Folding, the map back to the text as received, and what counts as a disguise."""

from __future__ import annotations

import tomllib
import unicodedata
from importlib.resources import files

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from screener.text import MAX_CHARACTERS, Text, View, fold, normalise

FOLDED = [
    ("Full-width and LIGATURES: Ｊｏｂ ﬁne", "full-width and ligatures: job fine"),
    ("“Curly” ‘quotes’ – and — dashes…", "\"curly\" 'quotes' - and - dashes..."),
    ("non\u00a0breaking\u2003space", "non breaking space"),
    ("two  spaces, a\ttab", "two spaces, a tab"),
    ("lines\r\nof\u2028every\rkind\n\nkept", "lines\nof\nevery\nkind\n\nkept"),
    ("Straße", "strasse"),
    ("e\u0301te\u0301", "été"),
    ("İŞ İLANI, ılık", "iş ilani, ilik"),
    ("thoả thuận, quý, hoà, hoàn", "thỏa thuận, quý, hòa, hoàn"),
    ("всё", "все"),
    ("حَيَّ عـــمل أعلى فی کل ہوگا خبرة", "حي عمل اعلي في كل هوكا خبره".replace("هوكا", "هوگا")),
    ("ราคา ๑๒๓ ٤٥٦ ৭৮৯ ०", "ราคา 123 456 789 0"),
    ("ทํางาน น้ํา เเละ", "ทำงาน น้ำ และ"),
    ("वहाँ ज़रूरत", "वहां जरूरत"),
    ("ｶﾞｿﾘﾝ", "ガソリン"),
    ("高薪，瞭解詳情 乾淨！", "高薪,了解详情 干净!"),
    ("𝗛𝗶𝗿𝗶𝗻𝗴 🅷🅸🆁🅸🅽🅶 ᴛᴇᴀᴍ", "hiring hiring team"),
    ("w̶o̶r̶k̶", "work"),
    ("Tele\u200bgram \u202eabc\u202c", "telegram abc"),
    ("а lоt of mоney, gооd рaу", "а lot of money, good pay"),
    ("cотрудник в WhatsApp", "сотрудник в whatsapp"),
    ("Саѕіnо work", "casino work"),
    ("\ud800 lone", "\ufffd lone"),
    ("", ""),
]


@pytest.mark.parametrize(("received", "plain"), FOLDED)
def test_letters_meant_alike_are_folded_alike(received: str, plain: str) -> None:
    assert normalise(received).views[0].plain == plain
    assert fold(received) == plain


@pytest.mark.parametrize(
    ("received", "word", "quote"),
    [
        ("Große Straße", "strasse", "Straße"),
        ("der ﬁne Ort", "fi", "ﬁ"),
        ("cafe\u0301 bar", "é", "e\u0301"),
        ("a\r\nb  job", "job", "job"),
        ("Tele\u200bgram now", "telegram", "Tele\u200bgram"),
        ("ขอ น้ํา เย็น", "น้ำ", "น้ํา"),
        ("ｶﾞｽ", "ガ", "ｶﾞ"),
        ("حَيَّ هنا", "حي", "حَي"),
        ("say 𝗛𝗶 now", "hi", "𝗛𝗶"),
        ("plain ascii", "ascii", "ascii"),
    ],
)
def test_every_folded_word_leads_back_to_the_words_received(received: str, word: str, quote: str) -> None:
    view = normalise(received).views[0]
    start = view.plain.index(word)
    first, last = view.span(start, start + len(word))
    assert received[first:last] == quote


def test_text_of_the_same_length_needs_no_map() -> None:
    assert normalise("Señor, ПРИВЕТ, 高薪").views[0].starts is None


UNDONE = [
    ("T e l e g r a m   a d m i n here", "telegram admin here", ["spaced_letters", "spaced_letters"]),
    ("с а s i n о", "casino", ["spaced_letters"]),
    ("р а б о т а здесь", "работа здесь", ["spaced_letters"]),
    ("ก า ร ง า น", "การงาน", ["spaced_letters"]),
    ("c.a.s.i.n.o tonight", "casino tonight", ["split_letters"]),
    ("k🔥a🔥s🔥i yoo", "kasi yoo", ["split_letters"]),
    ("tele🔥gram", "telegram", ["split_letters"]),
    ("去 柬·埔·寨 的", "去 柬埔寨 的", ["split_letters"]),
    ("t.uyển n.gười đ.ánh máy", "tuyển người đánh máy", ["split_letters"] * 3),
    ("c0ntract0rs and s3curity", "contractors and security", ["leet", "leet"]),
    ("k@sino", "kasino", ["leet"]),
    ("Ea$tern firm pays U$D", "eastern firm pays usd", ["leet", "leet"]),
    ("c*sino", "casino", ["leet"]),
    ("v1sa and sa1ary, c1ick here", "visa and salary, click here", ["leet", "leet", "leet"]),
    ("Ph!l!pp!nen, K@mb0dscha", "philippinen, kambodscha", ["leet", "leet"]),
    ("招 聘 启 事", "招聘启事", []),
    ("j.o.b offer", "job offer", ["split_letters"]),
]


@pytest.mark.parametrize(("received", "plain", "kinds"), UNDONE)
def test_disguised_letters_are_undone_in_a_second_view(received: str, plain: str, kinds: list[str]) -> None:
    text = normalise(received)
    assert [view.plain for view in text.views[1:]] == [plain]
    assert [obfuscation.kind for obfuscation in text.obfuscations] == kinds


HONEST = [
    "18k, b2b, 4x4, 24/7, 3D, covid19, N2, H2O, RM2,000, p/m, mp3, log4j, H1B, iPhone13, 1st, 2pm, 5star",
    "I.T. staff in the U.S.A. and U.A.E., z.B. d.o.o., Ph.D., e.g. this, i.e. that, J.H. and A.B.C.",
    "Plan A B C, licences B C D E, sizes S/M/L/XL, KL|JB|SG, EN|FR|DE|IT",
    "09:30-17:00, https://example.example/j0bs?id=c0de, hr@c0mpany.example, @h4ndle, #j0bs, www.j0bs.example",
    "Barista@Tampines, min1year, top5jobs, 2to3years, gaji5jt, Telegram: k3vin_hr, WhatsApp:j0hnny",
    "nosotr@s y tod@s l@s chic@s",
    "de L a J y V, de M a S",
    "Salam, b3at liya l7ed, m3ahom f la3ziz",
    "lulusan S1Kemampuan komputer, D3Wajib, C4Media, AOxbPMIQSG3p",
    "un.e professionnel.le motivé.e et intéressé.e par l'e-commerce, d'abord l'équipe",
    "北京|上海|广州、吃/住/行/玩、约翰·史密斯",
    "Apply now🔥Limited slots🔥Good pay",
    "a, b or c; x + y = z",
    "Harga U$S 500, A$20, S$1,800, US$ 900, HK$5,000",
    "พ.ศ. 2556 จ.เชียงใหม่ โทร.",
]


@pytest.mark.parametrize("received", HONEST)
def test_honest_writing_is_no_disguise(received: str) -> None:
    text = normalise(received)
    assert len(text.views) == 1
    assert text.obfuscations == ()


@pytest.mark.parametrize(
    ("received", "kind", "quote"),
    [
        ("join Tele\u200bgram now", "zero_width", "Tele\u200bgram"),
        ("c\u2060a\u200ds\ufeffh", "zero_width", "c\u2060a\u200ds\ufeffh"),
        ("高\u200b薪", "zero_width", "高\u200b薪"),
        ("say \u202ebus\u202c now", "bidi_control", "\u202ebus\u202c"),
        ("say \u2067work\u2069 now", "bidi_control", "\u2067work\u2069"),
        ("good рay here", "look_alike", "рay"),
        ("в Cамаре", "look_alike", "Cамаре"),
        ("𝐖𝐨𝐫𝐤 𝐟𝐫𝐨𝐦 home", "styled_letters", "𝐖𝐨𝐫𝐤 𝐟𝐫𝐨𝐦"),
        ("w̶o̶r̶k̶ at home", "styled_letters", "w̶o̶r̶k̶"),
        ("c a s i n o night", "spaced_letters", "c a s i n o"),
    ],
)
def test_an_obfuscation_names_its_place_in_the_text_as_received(received: str, kind: str, quote: str) -> None:
    (found,) = normalise(received).obfuscations
    assert (found.kind, received[found.start : found.end]) == (kind, quote)


@pytest.mark.parametrize(
    "received",
    [
        "می\u200cخواهم کار کنم",  # Persian spelling asks for a non-joiner
        "ශ්\u200dරී ලංකාව",  # Sinhala, Hindi and Bengali for joiners
        "क\u094d\u200dष",
        "র\u200d্যাব",
        "👩\u200d👩\u200d👧 family, ❤\ufe0f, 1\ufe0f\u20e3",
        "ทำงาน\u200bที่\u200bกรุงเทพ",  # words of scripts without spaces are parted invisibly
        "ការងារ\u200bល្អ",
        "Donaudampf\u00adschifffahrt",
        "\ufeffhello",
        "work environment\u200bOverall duties",
        "call \u202a+971 50 000 0000\u202c today",
        "اتصل \u2066WhatsApp\u2069 الآن",
        "\u200fمرحبا\u200e 123",
        "🇹🇭 🇰🇭 flags, ™ and ①",
        "ＩＴ",
    ],
)
def test_invisible_characters_that_belong_there_are_not_reported(received: str) -> None:
    assert normalise(received).obfuscations == ()


GENUINE = {
    "en": "We are hiring cooks for our hotel, salary paid monthly, two days off a week.",
    "zh-Hans": "本酒店招聘厨师，月薪六千元，包吃住，签订劳动合同。",
    "zh-Hant": "本酒店誠徵廚師，月薪三萬五千元，供膳宿，享勞健保。",
    "ms": "Jawatan kosong tukang masak, gaji RM1,800 sebulan, penginapan disediakan.",
    "id": "Dibutuhkan juru masak hotel, gaji Rp5.000.000 per bulan, mess disediakan.",
    "vi": "Khách sạn tuyển đầu bếp, lương thỏa thuận, bao ăn ở, có hợp đồng lao động.",
    "th": "รับสมัครแม่ครัว เงินเดือน 15,000 บาท มีที่พักฟรี วันหยุดสัปดาห์ละ 1 วัน",
    "hi": "होटल में रसोइया चाहिए, वेतन 15,000 रुपये महीना, रहना और खाना मुफ्त।",
    "fil": "Naghahanap kami ng kusinero, sahod ₱18,000 kada buwan, may libreng tirahan.",
    "es": "Buscamos cocinero para restaurante, sueldo 1.400 € brutos, contrato indefinido y 2 días libres.",
    "pt": "Precisamos de cozinheiro, salário de 1.200 €, alojamento incluído, contrato sem termo.",
    "fr": "Recherchons un cuisinier pour l’hôtel, salaire 1 800 € brut, logé et nourri.",
    "de": "Wir suchen einen Koch für unser Hotel, 2.400 € brutto im Monat, Unterkunft möglich.",
    "ru": "Требуется повар в гостиницу, зарплата 60 000 руб., проживание, официальное оформление.",
    "ar": "مطلوب طباخ للعمل في فندق، راتب شهري وسكن مجاني وتأمين صحي.",
    "sw": "Tunatafuta mpishi wa hoteli, mshahara KSh 25,000 kwa mwezi, malazi yapo.",
    "lo": "ຮັບສະໝັກພໍ່ຄົວ ເງິນເດືອນ 3,000,000 ກີບ ມີທີ່ພັກ",
    "km": "ជ្រើសរើសចុងភៅ ប្រាក់ខែ ៣០០ ដុល្លារ មានកន្លែងស្នាក់នៅ",
    "my": "ဟိုတယ်တွင် စားဖိုမှူး အလိုရှိသည်။ လစာ ၄ သိန်း၊ နေစရာပေးမည်။",
    "bn": "হোটেলে বাবুর্চি প্রয়োজন, বেতন ২০,০০০ টাকা, থাকা খাওয়া ফ্রি।",
    "ne": "होटलमा भान्छे चाहियो, तलब २५,००० रुपैयाँ, बस्न खान निःशुल्क।",
    "ur": "ہوٹل میں باورچی کی ضرورت ہے، تنخواہ 40,000 روپے ماہانہ، رہائش مفت۔",
    "si": "හෝටලයට අරක්කැමියෙක් අවශ්‍යයි, වැටුප රු. 60,000, නවාතැන් නොමිලේ.",
    "ta": "ஓட்டலுக்கு சமையல்காரர் தேவை, மாத சம்பளம் ரூ. 18,000, தங்குமிடம் உண்டு.",
    "am": "ለሆቴላችን ምግብ አብሳይ እንፈልጋለን፣ ደመወዝ በወር 8,000 ብር፣ መኖሪያ አለ።",
    "kk": "Қонақүйге аспаз қажет, жалақысы 250 000 теңге, тұрғын үй беріледі.",
    "tr": "Otelimize aşçı aranıyor, maaş 30.000 TL, konaklama ve yemek sağlanır.",
    "ja": "ホテルで調理スタッフを募集します。月給二十二万円、寮あり、社会保険完備。",
    "ko": "호텔 주방에서 일할 요리사를 구합니다. 월급 250만원, 기숙사 제공.",
    "el": "Ζητείται μάγειρας για ξενοδοχείο, μισθός 1.200 €, διαμονή.",
    "he": "דרוש טבח למלון, שכר 8,000 שקל לחודש, מגורים.",
}


def scripts(text: str) -> set[str]:
    return {unicodedata.name(c).partition(" ")[0] for c in text if c.isalpha()}


@pytest.mark.parametrize("tag", GENUINE)
def test_genuine_text_of_every_language_is_only_folded(tag: str) -> None:
    received = GENUINE[tag]
    text = normalise(received)
    assert len(text.views) == 1
    assert text.obfuscations == ()
    assert scripts(text.views[0].plain) == scripts(received)


@pytest.mark.parametrize("tag", GENUINE)
def test_a_text_with_an_invisible_character_in_every_word_reads_like_the_original(tag: str) -> None:
    received = GENUINE[tag]
    hidden = " ".join(word[:1] + "\u2060" + word[1:] for word in received.split())
    assert normalise(hidden).views[0].plain == normalise(" ".join(received.split())).views[0].plain


ANYTHING = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("aceopxyбвгαβΑНο 0134@$.!*·\u200b\u200d\u202e\u0301\u0307İßﬁ한ᄒ\u1161\u11abক\u09be"),
        st.sampled_from("ำํา高薪瞭🔥\r\n\ud800"),
    ),
    max_size=80,
)


@given(ANYTHING)
@example("i\u0307\u0307")
@example("ѕᴛᴀғғ")
@example("\u0345\u0300α")
def test_any_text_is_read_with_exact_offsets(received: str) -> None:
    text = normalise(received)
    assert text.received == received
    for view in text.views:
        check(view, received)
    for obfuscation in text.obfuscations:
        assert 0 <= obfuscation.start < obfuscation.end <= len(received)


def check(view: View, received: str) -> None:
    length = len(view.plain)
    if view.starts is None or view.ends is None:
        assert length == len(received)
        return
    starts, ends = list(view.starts), list(view.ends)
    assert len(starts) == len(ends) == length
    assert starts == sorted(starts)
    assert ends == sorted(ends)
    assert all(0 <= start < end <= len(received) for start, end in zip(starts, ends, strict=True))
    for position in range(length):
        assert view.span(position, position + 1) == (starts[position], ends[position])


@given(ANYTHING)
def test_folded_text_folds_to_itself(received: str) -> None:
    for view in normalise(received).views:
        assert normalise(view.plain).views[0].plain == view.plain


@given(ANYTHING)
def test_a_phrase_is_folded_as_a_text_is(received: str) -> None:
    assert fold(received) == normalise(received).views[0].plain


def test_only_the_first_part_of_an_endless_text_is_read() -> None:
    text = normalise("é" * (MAX_CHARACTERS + 5))
    assert text.truncated
    assert len(text.received) == MAX_CHARACTERS + 5
    assert len(text.views[0].plain) == MAX_CHARACTERS
    assert not normalise("a" * MAX_CHARACTERS).truncated


@pytest.mark.parametrize(
    "unit",
    [
        "a ",
        "a.",
        "a🔥",
        "a*",
        "i\u0307",
        "e\u0301\u0323",
        "а",
        "aа",
        "a0",
        "@a",
        "a@b.",
        "\u200b",
        "ß",
        "高 ",
        "\u202ea",
    ],
)
def test_hostile_repetition_is_read_to_the_end(unit: str) -> None:
    received = (unit * MAX_CHARACTERS)[:MAX_CHARACTERS]
    for view in normalise(received).views:
        check(view, received)


def test_the_table_of_chinese_characters_is_what_opencc_says() -> None:
    opencc = pytest.importorskip("opencc")
    convert = opencc.OpenCC("t2s").convert
    table = tomllib.loads(files("screener.text").joinpath("han.toml").read_text("utf-8"))
    traditional, simplified = (table[key].replace("\n", "") for key in ("traditional", "simplified"))
    pairs = dict(zip(traditional, simplified, strict=True))
    for code_point in range(0x3400, 0xA000):
        character = chr(code_point)
        expected = convert(character)
        if character not in table["added"] and len(expected) == 1 and ord(expected) < 0x10000:
            while expected in pairs:
                expected = pairs[expected]
            assert pairs.get(character, character) == expected


def test_records_are_values() -> None:
    assert normalise("c0ntract0rs") == normalise("c0ntract0rs")
    assert isinstance(normalise(""), Text)


def test_a_line_that_goes_on_is_read_on():
    text = normalise("Our company in the city needs you soon and you go on a tourist\nvisa and work there.")
    (view,) = text.views
    start = view.plain.index("tourist visa")
    assert text.received[slice(*view.span(start, start + len("tourist visa")))] == "tourist\nvisa"


@pytest.mark.parametrize(
    "text",
    [
        "food free\nvisa free\nticket free",  # a list
        "The company in the city needs ten people who can type\n\nvisa on us",  # another paragraph
        "The company in the city needs ten people who can type\nmaria: visa?",  # another speaker
        "The company in the city needs ten people who can type.\nvisa on us",  # another sentence
        "The company in the city needs ten people who can type\nVisa on us",
    ],
)
def test_other_lines_stay_apart(text):
    assert normalise(text).views[0].plain.count("\n") == text.count("\n")
