"""Who offers the job: names, agencies, schemes and licences that are found, and descriptions that name nobody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.facts.employer import read_employers
from screener.text import normalise


def found(text: str) -> set[tuple[str, str]]:
    return {(employer.kind, text[employer.start : employer.end]) for employer in read_employers(normalise(text))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Brightmoor Digital Ltd wants two typists", ("employer", "Brightmoor Digital Ltd")),
        ("apply to Quillhaven Systems, Leeds", ("employer", "Quillhaven Systems")),
        ("a job through Tamsin Shore Manpower in Mombasa", ("agency", "Tamsin Shore Manpower")),
        ("cook for Hotel Lumenara, start in May", ("employer", "Hotel Lumenara")),
        ("it is at Golden Fern Cafe", ("employer", "Golden Fern Cafe")),
        ("Waiters wanted. Orla & Finch, Bristol", ("employer", "Orla & Finch")),
        ("PackLoom is hiring pickers", ("employer", "PackLoom")),
        ("PT Sinar Arunika buka lowongan admin", ("employer", "PT Sinar Arunika")),
        ("kerja di CV Tirta Wening, Solo", ("employer", "CV Tirta Wening")),
        ("Restoran Sari Melaka cari pelayan", ("employer", "Restoran Sari Melaka")),
        ("Agensi Pekerjaan Bayu Lestari ambil 5 orang", ("agency", "Agensi Pekerjaan Bayu Lestari")),
        ("kilang Maju Serindit Sdn Bhd di Nilai", ("employer", "Maju Serindit Sdn Bhd")),
        ("Finca Los Quebrachos busca peones", ("employer", "Finca Los Quebrachos")),
        ("Grupo Andariel S.A. contrata choferes", ("employer", "Grupo Andariel S.A")),
        ("Boulangerie Mirabelle recrute", ("employer", "Boulangerie Mirabelle")),
        ("contrat chez Kerlouan Services", ("employer", "Kerlouan Services")),
        ("Wir suchen Köche für die Brennhof Gastro GmbH in Ulm", ("employer", "Brennhof Gastro GmbH")),
        ("Du arbeitest im Hotel Falkenried und wohnst dort", ("employer", "Hotel Falkenried")),
        ("Công ty Xây dựng Minh Khánh tuyển thợ", ("employer", "Minh Khánh")),
        ("ООО «Северный Ковш» ищет поваров", ("employer", "ООО «Северный Ковш")),
        ("Otel Mavikaya personel arıyor", ("employer", "Otel Mavikaya")),
        ("金边恒澜科技有限公司招会计", ("employer", "恒澜科技有限公司")),
        ("曼谷大禾物流，招司机一名", ("employer", "大禾物流")),
        ("澄园火锅店请洗碗工", ("employer", "澄园火锅店")),
        ("恆澄食品貿易股份有限公司誠徵業務", ("employer", "恆澄食品貿易股份有限公司")),
        ("飯店叫雲澄，在台東", ("employer", "雲澄")),
        ("濱海劳务公司招渔工", ("agency", "濱海劳务公司")),
        ("บริษัท แสงธารา จำกัด รับพนักงาน", ("employer", "บริษัท แสงธารา")),
        ("บริษัทจัดหางาน พฤกษ์ทอง เปิดรับ", ("agency", "บริษัทจัดหางาน พฤกษ์ทอง")),
        ("شركة النخيل الفضي تطلب سائقين", ("employer", "شركة النخيل الفضي تطلب")),
        ("(주)한빛가람 사무직 채용", ("employer", "(주)한빛가람 사무직 채용")),
        ("タイの工場、ミドリヤマ社が募集", ("employer", "ミドリヤマ社")),
        ("सूर्यकिरण मैनपावर में फिटर चाहिए", ("agency", "सूर्यकिरण मैनपावर")),
        ("মেঘনাপাড় ওভারসিজ থেকে লোক নেবে", ("agency", "মেঘনাপাড় ওভারসিজ")),
        ("ក្រុមហ៊ុន Lumen Khmer Trading រើសបុគ្គលិក", ("employer", "Lumen Khmer Trading")),
        ("farm work in Korea under EPS, test in May", ("scheme", "EPS")),
        ("daftar lewat BP2MI dulu", ("scheme", "BP2MI")),
        ("到人社局报名体检", ("scheme", "人社局")),
        ("先去勞工處登記", ("scheme", "勞工處")),
        ("inscription à France Travail", ("scheme", "France Travail")),
        ("Meldung bei der Agentur für Arbeit", ("scheme", "Agentur für Arbeit")),
        ("สมัครที่กรมการจัดหางาน", ("scheme", "กรมการจัดหางาน")),
        ("điều dưỡng Triple Win sang Đức", ("scheme", "Triple Win")),
        ("nurses by NORKA Roots", ("scheme", "NORKA Roots")),
        ("their licence NEA/000 is on the wall", ("licence", "licence NEA/000")),
        ("EA Lic 00C0000, ask to see it", ("licence", "Lic 00C0000")),
        ("SIP3MI no. 000/2030 resmi", ("licence", "SIP3MI no. 000/2030")),
        ("lesen JTKSM 0000A", ("licence", "lesen JTKSM 0000A")),
        ("giấy phép số 0000/LĐ", ("licence", "giấy phép số 0000/L")),
        ("劳务许可证LW0000", ("licence", "劳务许可证LW0000")),
        ("ใบอนุญาต ต.0000/2570", ("licence", "ใบอนุญาต ต.0000/2570")),
    ],
)
def test_a_name_is_found_where_it_stands(text: str, expected: tuple[str, str]) -> None:
    assert expected in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "A big foreign company in Thailand needs customer service staff",
        "HOTEL JOBS DUBAI, WAITERS AND CLEANERS NEEDED",
        "Senior Marketing Executive wanted in Kuala Lumpur",
        "Ask for Mr Anand or Auntie Rose on Monday",
        "Interview in Nairobi, office near Tom Mboya Street",
        "Good English, Excel and Google Translate",
        "Hi Brenda, it's Patience from Gayaza",
        "Perusahaan besar cari admin, gaji bagus",
        "Syarikat luar negara nak pekerja, hubungi Encik Faiz",
        "Una empresa extranjera importante busca personal en Camboya",
        "Grande société étrangère recrute des agents à Dubaï",
        "Große internationale Firma sucht Mitarbeiter für den Kundendienst in Bangkok",
        "Wir suchen für die Erntezeit Helfer und Fahrer mit Führerschein",
        "大型外国公司直招客服，包机票",
        "某公司诚聘文员，我们公司待遇好",
        "曼谷中餐厅请服务员，老板人好",
        "海外電商集團徵客服",
        "บริษัทใหญ่ในกัมพูชารับแอดมิน",
        "ร้านอาหารไทยในโตเกียวหาแม่ครัว",
        "công ty nước ngoài tuyển nhân viên văn phòng",
        "شركة كبيرة في دبي تطلب موظفين",
        "крупная компания ищет операторов",
        "no EPS test needed, fly next week",
        "ไม่ต้องสอบ EPS บินได้เลย",
        "driving licence 3 years, class C1",
        "licensed for 12 years",
        "work permit no problem",
    ],
)
def test_a_description_names_nobody(text: str) -> None:
    assert found(text) == set()


def test_a_regulator_beside_a_licence_is_no_scheme() -> None:
    kinds = {kind for kind, _ in found("Harrowmere Manpower, DMW-000-LB, interview on Friday")}
    assert kinds == {"agency", "licence"}


def test_names_in_latin_letters_are_found_among_other_scripts() -> None:
    assert ("employer", "Golden Teal Services") in found("金边客服，Golden Teal Services（三楼）")


def test_a_speaker_of_a_pasted_chat_is_no_firm() -> None:
    assert found("Cook wanted\nWak Geng: when can you start\nWak Geng: ok") == set()


@given(st.text(max_size=400))
def test_any_text_gives_ordered_spans_inside_it(text: str) -> None:
    employers = read_employers(normalise(text))
    assert list(employers) == sorted(set(employers), key=lambda employer: (employer.start, employer.end, employer.kind))
    assert all(0 <= employer.start < employer.end <= len(text) for employer in employers)


@pytest.mark.parametrize("piece", ["Golden ", "PT ", "公司", "恒科技", "บริษัท", "Ltd & ", "eps ", "lic 0 ", "A'"])
def test_hostile_repetition_is_read_to_its_end(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    assert all(employer.end <= len(text) for employer in read_employers(normalise(text)))
