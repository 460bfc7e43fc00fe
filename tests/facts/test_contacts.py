"""Contacts an ad gives: what is found, where it stands, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.facts.contacts import chat_only, read_contacts
from screener.facts.phone_numbers import country_of_number
from screener.text import normalise


def found(text: str) -> set[tuple[str, str]]:
    return {(contact.kind, text[contact.start : contact.end]) for contact in read_contacts(normalise(text))}


def kinds(text: str) -> set[str]:
    return {contact.kind for contact in read_contacts(normalise(text))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ring 07700 900123 after six", ("phone", "07700 900123")),
        ("Call +44 7700 900123 any day", ("phone", "+44 7700 900123")),
        ("tel. 555-0142 ask for Jo", ("phone", "555-0142")),
        ("Message 081x-xxxx-0000 first", ("phone", "081x-xxxx-0000")),
        ("电话138****0721找小李", ("phone", "138****0721")),
        ("写信到 zhaopin@lumen-cafe.example 即可", ("email_corporate", "zhaopin@lumen-cafe.example")),
        ("CV to lumen.jobs@gmail.com please", ("email_free", "lumen.jobs@gmail.com")),
        ("Bewerbung an hofladen@gmx.de", ("email_free", "hofladen@gmx.de")),
        ("Details: https://lumen-cafe.example/jobs", ("site", "https://lumen-cafe.example/jobs")),
        ("seen on www.lumen-cafe.example", ("site", "www.lumen-cafe.example")),
        ("lumen-cafe.example has the form", ("site", "lumen-cafe.example")),
        ("write @lumen_jobs tonight", ("telegram", "@lumen_jobs")),
        ("insta @lumen_jobs tonight", ("direct_message", "@lumen_jobs")),
        ("join t.me/lumenjobs now", ("telegram", "t.me/lumenjobs")),
        ("wa.me/447700900123", ("whatsapp", "wa.me/447700900123")),
        ("m.me/lumencafe", ("messenger", "m.me/lumencafe")),
        ("Add me on Telegram", ("telegram", "Telegram")),
        ("Only WhatsApp please", ("whatsapp", "WhatsApp")),
        ("PM me for the list", ("direct_message", "PM me")),
        ("plenty of hours, inbox me", ("direct_message", "inbox me")),
        ("LINE: lumencafe, evenings", ("line", "LINE:")),
        ("Walk in on Friday with papers", ("address", "Walk in")),
        ("we sit at 14 Orchard Road", ("address", "14 Orchard Road")),
        ("hubungi via WA saja ya", ("whatsapp", "via WA")),
        ("minat japri kak", ("direct_message", "japri")),
        ("datang ke ruko Melati jam 9", ("address", "datang ke")),
        ("wasap Kak Ros malam ini", ("whatsapp", "wasap")),
        ("temuduga di pejabat Klang", ("address", "temuduga di")),
        ("加微信 lumen_hr 了解", ("wechat", "微信")),
        ("有意者加V：lumen88", ("wechat", "加V")),
        ("飞机：@lumen_cn", ("telegram", "飞机：")),
        ("意者私訊我", ("direct_message", "私訊")),
        ("先來店裡聊聊，加LINE", ("line", "加LINE")),
        ("面試地點在總公司", ("address", "面試地點")),
        ("escríbeme por interno", ("direct_message", "por interno")),
        ("manda un wsp y te cuento", ("whatsapp", "wsp")),
        ("presentarse en calle Olmo 12", ("address", "presentarse en")),
        ("infos en MP seulement", ("direct_message", "en MP")),
        ("présentez-vous au dépôt mardi", ("address", "présentez-vous")),
        ("komm vorbei, wir sind bis acht da", ("address", "komm vorbei")),
        ("Adresse: Lindenstraße 12", ("address", "Lindenstraße 12")),
        ("chama no privado", ("direct_message", "chama no privado")),
        ("สนใจทักแชทได้เลย", ("direct_message", "ทักแชท")),
        ("แอดไลน์มานะ", ("line", "แอดไลน์")),
        ("โทร 0800000199", ("phone", "0800000199")),
        ("ai cần thì nhắn riêng", ("direct_message", "nhắn riêng")),
        ("Zalo 0900 000 199", ("zalo", "Zalo")),
        ("пишите в лс", ("direct_message", "в лс")),
        ("тел. +7 900 000-01-99", ("phone", "+7 900 000-01-99")),
        ("DM atın lütfen", ("direct_message", "DM atın")),
        ("تواصل واتساب فقط", ("whatsapp", "واتساب")),
        ("व्हाट्सएप करें", ("whatsapp", "व्हाट्सएप")),
        ("হোয়াটসঅ্যাপ করুন", ("whatsapp", "হোয়াটসঅ্যাপ")),
        ("텔레그램으로 연락", ("telegram", "텔레그램")),
        ("dmください", ("direct_message", "dmください")),
        ("ទាក់ទង 015 555 199", ("phone", "015 555 199")),
        ("njoo ofisi yetu kesho", ("address", "njoo ofisi")),
    ],
)
def test_a_contact_is_found_where_it_stands(text: str, expected: tuple[str, str]) -> None:
    assert expected in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Age 18-35, shift 09.00-18.00, start 01.02.2027",
        "2026 - 2027 season, 1 500 000 a month",
        "Salary 12,000 to 15,000 plus tips",
        "Pay Rp 4.500.000 per bulan",
        "licence MPD/2716/LHR stated",
        "production line, online course, 6 pm to 2 am",
        "130k p.m and lunch",
        "PRODUCTION LINE OPERATOR WANTED",
        "งานออนไลน์ทั้งวัน",
        "先坐飞机到昆明",
        "B.Ed. needed, e.g. maths",
        "email and phone skills wanted",
        "Signal test on Sunday",
        "普工 3000-6000 车间",
        "10000-15000 THB",
    ],
)
def test_what_only_looks_like_a_contact_is_none(text: str) -> None:
    assert kinds(text) == set()


@pytest.mark.parametrize(
    "text",
    ["Cook wanted\n[Inbox]\n- when?", "Cook wanted\n--- WhatsApp, later ---\nhello", "Cook wanted\nPM:\n- when?"],
)
def test_the_heading_of_a_pasted_chat_is_no_contact(text: str) -> None:
    assert kinds(text) == set()


def test_a_disguised_channel_is_found_by_the_second_view() -> None:
    assert "telegram" in kinds("contact on T e l e g r a m")


def test_full_width_digits_are_a_number_with_the_offsets_received() -> None:
    text = "联系 ０７７００ ９００１２３ 谢谢"
    (contact,) = [contact for contact in read_contacts(normalise(text)) if contact.kind == "phone"]
    assert text[contact.start : contact.end] == "０７７００ ９００１２３"


@pytest.mark.parametrize(
    ("number", "country"),
    [
        ("+254 700 000 199", "KE"),
        ("0062 812 0000 0199", "ID"),
        ("+7 700 000 01 99", "KZ"),
        ("+7 900 000 01 99", "RU"),
        ("+1 416 555 0199", "CA"),
        ("+1 555 010 0199", "US"),
        ("+1 555 0199", None),
        ("+1-555-0142", None),
        ("+971 5x xxx 0000", "AE"),
        ("0700 000 199", None),
    ],
)
def test_a_calling_code_tells_the_country(number: str, country: str | None) -> None:
    assert country_of_number(number) == country


def test_the_country_travels_with_the_contact() -> None:
    (contact,) = read_contacts(normalise("ring +254 700 000 199"))
    assert (contact.kind, contact.country) == ("phone", "KE")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Text 07700 900123", True),
        ("DM me, or write on Telegram", True),
        ("Text 07700 900123 or come by the gate", False),
        ("Telegram @lumen_jobs, CV to hr@lumen-cafe.example", False),
        ("WhatsApp only, forms at lumen-cafe.example", False),
        ("Two cooks wanted in Hull", False),
    ],
)
def test_chat_only_means_no_place_mail_or_site(text: str, expected: bool) -> None:
    assert chat_only(read_contacts(normalise(text))) is expected


@given(st.text(max_size=400))
def test_any_text_gives_ordered_spans_inside_it(text: str) -> None:
    contacts = read_contacts(normalise(text))
    assert list(contacts) == sorted(set(contacts), key=lambda contact: (contact.start, contact.end, contact.kind))
    assert all(0 <= contact.start < contact.end <= len(text) for contact in contacts)


@pytest.mark.parametrize("piece", ["dm ", "@a", "07x-", "[dm]", "a.b.c.", "line ", "路1号", "+1 "])
def test_hostile_repetition_is_read_to_its_end(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    assert all(contact.end <= len(text) for contact in read_contacts(normalise(text)))
