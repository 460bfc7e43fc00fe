"""A running service and a real browser. Skipped where playwright or chromium is missing."""

from __future__ import annotations

import os
import runpy
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from werkzeug.serving import make_server

from screener.web import create_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = Path(os.environ.get("SCREENER_CHROMIUM", "/usr/bin/chromium"))
# The same stand-in as the web tests use, so that pages do not depend on a model.
STAND_IN = Path(__file__).parents[1] / "web" / "conftest.py"


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Where the service under test answers."""
    made = runpy.run_path(str(STAND_IN))["HandMadeScreener"]()
    server = make_server("127.0.0.1", 0, create_app({}, made), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(timeout=5)
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is missing: install Debian's chromium or set SCREENER_CHROMIUM")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def new_page(browser: Browser, address: str) -> Iterator[Opener]:
    """Opens pages; afterwards fails where one asked another host or broke the content security policy."""
    opener = Opener(browser, address)
    yield opener
    opener.close()
    assert opener.outside == [], "a page asked another host"
    assert opener.complaints == [], "the browser complained"


class Opener:
    """Makes pages of a size and scheme, and notes what they ask for and complain about."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.outside: list[str] = []
        self.complaints: list[str] = []
        self._contexts: list[object] = []

    def __call__(self, width: int = 1280, *, dark: bool = False, script: bool = True) -> Page:
        context = self.browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            locale="en-GB",
        )
        self._contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: self._note(request.url))
        page.on("console", lambda line: self.complaints.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def _note(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:")):
            self.outside.append(url)

    def close(self) -> None:
        """Close every page."""
        for context in self._contexts:
            context.close()  # type: ignore[attr-defined]
