"""The page as a person meets it: sizes, schemes, directions, keyboard, no script, accessibility."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Opener

ADS = {
    "english": (
        "URGENT HIRING! Customer service in Thailand 🇹🇭 USD 1500-2000 per week, free ticket, no experience needed.\n"
        "You will travel on a tourist visa first, we arrange everything, no fee.\nTelegram @example_hr"
    ),
    "chinese": "高薪招聘：泰国客服，月薪2000美元，包机票，旅游签证过去，到了再办工作证。联系 @example_hr",
    "arabic": "وظيفة في تايلاند: خدمة العملاء براتب ١٥٠٠ دولار، تأشيرة سياحية، بدون رسوم.\nواتساب @example_hr",
}
SEEN = {
    "1280": (1280, False),
    "360": (360, False),
    "320": (320, False),
    "1280-dark": (1280, True),
    "360-dark": (360, True),
}
# Set to a folder to keep the pictures and look at them.
PICTURES = os.environ.get("SCREENER_PICTURES")


def keep(page: Page, name: str) -> None:
    """Save a picture where they are wanted."""
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def screen(page: Page, address: str, ad: str) -> None:
    """Paste an ad, send the form and wait until the page with the result has run its script."""
    page.goto(address)
    page.fill("#text", ad)
    page.click("button[type=submit]")
    page.wait_for_selector("#result")
    page.wait_for_load_state()


@pytest.fixture(scope="session")
def axe() -> Any:
    return pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is missing").Axe()


def serious(axe: Any, page: Page) -> list[str]:
    """Serious and critical accessibility violations, with the place of each."""
    found = axe.run(page).response["violations"]
    return [
        f"{entry['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for entry in found
        if entry["impact"] in {"serious", "critical"}
        for node in entry["nodes"]
    ]


@pytest.mark.parametrize("seen", SEEN)
@pytest.mark.parametrize("ad", ADS)
def test_a_result_fits_and_can_be_read(new_page: Opener, axe: Any, address: str, seen: str, ad: str) -> None:
    width, dark = SEEN[seen]
    page = new_page(width, dark=dark)
    screen(page, address, ADS[ad])
    page.evaluate("document.querySelectorAll('.reasons details').forEach((d, i) => { d.open = i === 0 })")
    keep(page, f"result-{ad}-{seen}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert serious(axe, page) == []
    direction = page.evaluate("getComputedStyle(document.querySelector('.ad')).direction")
    assert direction == ("rtl" if ad == "arabic" else "ltr")


@pytest.mark.parametrize("seen", SEEN)
def test_the_empty_form_and_its_errors(new_page: Opener, axe: Any, address: str, seen: str) -> None:
    width, dark = SEEN[seen]
    page = new_page(width, dark=dark)
    page.goto(address)
    page.click("details.more summary")
    keep(page, f"form-{seen}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert serious(axe, page) == []
    page.goto(address)
    page.click("button[type=submit]")
    page.wait_for_selector("#text-error")
    page.wait_for_selector("#text:focus")
    keep(page, f"error-{seen}")
    assert serious(axe, page) == []
    # The browser logs every 4xx page as an error; that one is meant.
    new_page.complaints[:] = [line for line in new_page.complaints if "422" not in line]


@pytest.mark.parametrize("text", ["job", "WARNING: do not travel on a tourist visa", "Free ticket and no fee at all"])
def test_the_quiet_bands(new_page: Opener, axe: Any, address: str, text: str) -> None:
    page = new_page(dark=True)
    screen(page, address, text)
    keep(page, f"band-{text.split(maxsplit=1)[0].strip(':').lower()}")
    assert serious(axe, page) == []


def test_it_works_without_javascript(new_page: Opener, address: str) -> None:
    page = new_page(script=False)
    screen(page, address, ADS["english"])
    assert page.url.endswith("#result")
    assert page.is_visible("text=Told to enter as a tourist in order to work")
    for name in ("#clear", "#copy", "#print", "#count", "#shortcut"):
        assert not page.is_visible(name)


def test_it_works_by_keyboard(new_page: Opener, address: str) -> None:
    page = new_page()
    page.goto(address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.focus("#text")
    page.keyboard.type("Customer service job 😀")
    assert page.inner_text("#count") == "22 of 20,000 characters"
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#result:focus")


def test_clear_and_copy(new_page: Opener, address: str) -> None:
    page = new_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    screen(page, address, ADS["chinese"])
    page.click("#copy")
    # A selector and not a function to wait for: the page's policy forbids evaluating that again and again.
    page.wait_for_selector("#copy:text-is('Copied')")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Lure Screener: High")
    assert "旅游签证 = tourist visa" in copied
    page.click("details.more summary")
    page.select_option("#visa", "tourist")
    page.click("#clear")
    assert page.input_value("#text") == ""
    assert page.input_value("#visa") == "unknown"
    assert page.input_value("#prevalence") == "0.05"


def test_hostile_text_runs_nothing(new_page: Opener, address: str) -> None:
    page = new_page()
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    screen(page, address, "<script>alert(1)</script><img src=x onerror=alert(2)> tourist visa \u202e gnitrats")
    assert page.locator(".ad img, .ad script").count() == 0


def test_it_prints_with_the_details_open(new_page: Opener, address: str) -> None:
    page = new_page()
    screen(page, address, ADS["english"])
    page.emulate_media(media="print")
    assert not page.is_visible("#screening")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.is_visible("text=visa runs by freelancers >> nth=0")
    keep(page, "print")


def test_the_documentation_page_works_offline(new_page: Opener, address: str) -> None:
    page = new_page()
    page.goto(f"{address}/api/docs")
    page.wait_for_selector(".opblock")
    assert page.locator(".opblock").count() == 7
    page.click("#operations-Screening-screen .opblock-summary-control")
    page.wait_for_selector(".opblock-body")
    page.click(".try-out__btn")
    page.click(".execute")
    page.wait_for_selector(".live-responses-table")
    assert page.inner_text(".live-responses-table .response-col_status >> nth=1").startswith("200")
    keep(page, "docs")
