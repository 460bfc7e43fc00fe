"""The form: without JavaScript, with hostile text, in every direction."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from flask.testing import FlaskClient

if TYPE_CHECKING:
    from tests.web.conftest import HandMadeScreener

AD = "Customer service in Thailand, free ticket, tourist visa"
VOID = {"meta", "link", "input", "br", "path", "circle", "rect", "img"}


class Page(HTMLParser):
    """Elements of a page, in order; fails where tags do not nest."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert not [tag for tag in self.open if tag not in {"option", "p", "li"}]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """Attributes of every element of a tag."""
        return [attributes for name, attributes in self.elements if name == tag]


def posted(client: FlaskClient, status: int = 200, **fields: str) -> str:
    answer = client.post("/", data=fields)
    assert answer.status_code == status
    assert answer.content_type == "text/html; charset=utf-8"
    return answer.get_data(as_text=True)


def test_the_empty_form_needs_no_script_and_asks_nothing_of_a_person(client: FlaskClient) -> None:
    page = Page(client.get("/").get_data(as_text=True))
    (form,) = page.all("form")
    assert form["method"] == "post"
    names = {str(field["name"]) for tag in ("textarea", "input", "select") for field in page.all(tag)}
    assert names == {
        "text", "recruiting_country", "promised_destination", "route", "visa", "travel_paid_by", "employer", "channel",
        "prevalence",
    }  # fmt: skip
    labelled = {label["for"] for label in page.all("label")}
    assert labelled == names
    assert not any("style" in attributes or "onclick" in attributes for _, attributes in page.elements)
    assert all(script.get("src") for script in page.all("script"))


def test_no_page_names_an_outside_resource(client: FlaskClient) -> None:
    for html in (client.get("/").text, posted(client, text=AD), client.get("/api/docs").text, client.get("/x").text):
        page = Page(html)
        for tag, attribute in (("script", "src"), ("link", "href"), ("img", "src"), ("form", "action")):
            assert all(str(element[attribute]).startswith("/") for element in page.all(tag))


def test_a_result_explains_itself(client: FlaskClient) -> None:
    html = posted(client, text=AD)
    page = Page(html)
    assert "High" in html
    assert "79%" in html
    assert "5 in 100" in html
    assert "between 62 and 89" in html
    assert "This decides nothing." in html
    assert "visa runs by freelancers" in html
    assert "who the employer is; a contract before departure; work hours" in html
    assert "USD 1,500–2,000 a week (about USD 8,660 a month)" in html
    anchors = {str(link["href"])[1:] for link in page.all("a") if str(link.get("href", "")).startswith("#reason-")}
    assert anchors
    assert anchors <= {str(item.get("id")) for item in page.all("li")}
    assert "Start −2.50, all signs +3.80, together +1.30" in html
    assert AD in html


def test_bars_raise_to_the_right_and_lower_to_the_left(client: FlaskClient) -> None:
    bars = [bar for bar in Page(posted(client, text=AD + ", no fee")).all("rect") if bar.get("class") == "fill"]
    placed = [(float(str(bar["x"])), float(str(bar["width"]))) for bar in bars]
    assert placed[0] == (100.0, 100.0)
    lowering = [(x, width) for x, width in placed if x < 100]
    assert lowering
    assert all(x + width == pytest.approx(100, abs=0.02) for x, width in lowering)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (AD, "High"),
        ("Customer service, free ticket job", "Low"),
        ("tourist visa job", "Elevated"),
        ("job", "Too little to judge"),
        ("WARNING about ads with a tourist visa", "Not a job offer"),
    ],
)
def test_every_band_has_its_words_and_icon(client: FlaskClient, text: str, words: str) -> None:
    html = posted(client, text=text)
    assert f"</span>{words}</h2>" in html
    assert 'class="band-icon"' in html
    judged = words in {"High", "Elevated", "Low"}
    assert ("likely a lure" in html) == judged


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "</textarea><script>",
        "</pre><script>",
        "{{ 7*7 }}",
        "%(x)s %s",
    ],
)
def test_hostile_text_stays_text(client: FlaskClient, hostile: str) -> None:
    for fields in (
        {"text": f"{hostile} tourist visa {hostile}"},
        {"text": AD, "employer": hostile},
        {"text": "", "employer": hostile, "route": hostile},
        {"text": AD, "route": hostile},
    ):
        answer = client.post("/", data=fields)
        page = Page(answer.get_data(as_text=True))
        assert all(str(script.get("src", "")).startswith("/static/") for script in page.all("script"))
        assert not page.all("img")
    assert (
        "49" not in client.post("/", data={"text": "{{ 7*7 }} job"}).text.split("<textarea")[1].split("</textarea>")[0]
    )


def test_right_to_left_text_keeps_its_direction(client: FlaskClient) -> None:
    html = posted(client, text="خدمة العملاء في تايلاند، تأشيرة سياحية، بدون رسوم")
    assert '<div class="ad" dir="auto" lang="ar">' in html
    assert '<mark class="raises"' in html
    assert '<mark class="lowers"' in html
    assert '<bdi class="tag raises" dir="ltr"><span class="gloss" lang="en">tourist visa</span>' in html


def test_overlapping_evidence_is_well_formed(client: FlaskClient) -> None:
    html = posted(client, text="Customer service in Thailand, free ticket, tourist visa")
    assert '<mark class="mixed"' in html
    Page(html)


def test_line_breaks_count_once(client: FlaskClient, screener: HandMadeScreener) -> None:
    html = posted(client, text="line one\r\ntourist visa\r\n")
    assert screener.offers[0].text == "line one\ntourist visa\n"
    assert "line one\ntourist visa\n</textarea>" in html


def test_a_text_that_starts_with_a_line_break_survives_a_round_trip(client: FlaskClient) -> None:
    # HTML drops the first line break in a text area, so the page writes one of its own.
    assert 'Paste here">\n\nad tourist' in posted(client, text="\nad tourist visa")


def test_details_reach_the_screener(client: FlaskClient, screener: HandMadeScreener) -> None:
    html = posted(
        client, text=AD, recruiting_country="UG", promised_destination="AE", route="UAE > Thailand, mm; Myanmar",
        visa="tourist", travel_paid_by="recruiter", employer="Example", channel="Telegram", prevalence="0.2",
    )  # fmt: skip
    (offer,) = screener.offers
    assert offer.route == ("AE", "TH", "MM", "MM")
    assert (offer.recruiting_country, offer.visa, offer.travel_paid_by) == ("UG", "tourist", "recruiter")
    assert "20 in 100" in html
    assert '<option value="UG" selected>' in html
    assert '<details class="more" open>' in html


@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        ({"text": ""}, "text", "Paste the words of the ad first."),
        ({"visa": "work"}, "text", "Paste the words of the ad first."),
        ({"text": " \r\n "}, "text", "Paste the words of the ad first."),
        ({"text": "x" * 20_001}, "text", "The ad has 20,001 characters; the limit is 20,000."),
        ({"text": "REFUSE"}, "text", "leave it out"),
        ({"text": AD, "route": "UAE, Atlantis"}, "route", "“Atlantis” is no country known here"),
        ({"text": AD, "route": ",".join(["TH"] * 13)}, "route", "13"),
        ({"text": AD, "recruiting_country": "XX"}, "recruiting_country", "country code"),
        ({"text": AD, "visa": "x"}, "visa", "Input should be"),
        ({"text": AD, "prevalence": "often"}, "prevalence", "number"),
        ({"text": AD, "prevalence": "nan"}, "prevalence", "number"),
        ({"text": AD, "employer": "x" * 201}, "employer", "longer than 200"),
    ],
)
def test_a_mistake_brings_the_form_back(client: FlaskClient, fields: dict[str, str], field: str, message: str) -> None:
    html = posted(client, 422, **fields)
    page = Page(html)
    assert message in html
    (focused,) = [attributes for _, attributes in page.elements if "autofocus" in attributes]
    assert focused["name"] == field
    assert focused["aria-invalid"] == "true"
    assert focused["aria-describedby"] == f"{field}-error"
    assert 'id="result"' not in html


@pytest.mark.parametrize(
    ("body", "status", "message"),
    [
        (b"text=%ff%fe", 400, "not valid UTF-8"),
        (b"text=job+\xff", 400, "not valid UTF-8"),
        (b"text=job+%ed%a0%80", 400, "not valid UTF-8"),
        (b"text=job&employer=%ed%bf%bf", 400, "not valid UTF-8"),
        (b"text=job&%ff=1", 400, "not valid UTF-8"),
        (b"text=job&text=other", 422, "the field &#39;text&#39; twice"),
        (b"&".join(b"text=job" for _ in range(41)), 400, "more than 40 fields"),
    ],
)
def test_a_form_that_cannot_be_read_is_refused(
    client: FlaskClient, screener: HandMadeScreener, body: bytes, status: int, message: str
) -> None:
    answer = client.post("/", data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == status
    assert message in answer.get_data(as_text=True)
    assert "Back to the form" in answer.get_data(as_text=True)
    assert not screener.offers


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ({"path": "/", "method": "POST", "json": {"text": AD}}, 415),
        ({"path": "/", "method": "POST", "data": {"text": AD, "nationality": "UG"}}, 422),
        ({"path": "/", "method": "POST", "data": {"text": "x" * 300_000}}, 413),
        ({"path": "/", "method": "DELETE"}, 405),
        ({"path": "/nothing"}, 404),
        ({"path": "/", "method": "POST", "data": {"text": "BREAK confidential"}}, 500),
    ],
)
def test_errors_of_pages_are_pages(client: FlaskClient, request_: dict[str, object], status: int) -> None:
    answer = client.open(**request_)  # type: ignore[arg-type]
    assert answer.status_code == status
    assert answer.content_type == "text/html; charset=utf-8"
    html = answer.get_data(as_text=True)
    Page(html)
    assert answer.headers["X-Request-ID"] in html
    assert "confidential" not in html
    if status == 405:
        assert "POST" in answer.headers["Allow"]
