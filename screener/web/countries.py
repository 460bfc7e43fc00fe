"""Country names: what the codes are called, and which code a typed name means.

Names come from the Unicode CLDR by way of Babel.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from babel import Locale

from screener.countries import COUNTRIES

_SHORT_NAMES: Mapping[str, str] = {
    "uae": "AE",
    "emirates": "AE",
    "uk": "GB",
    "usa": "US",
    "drc": "CD",
    "macau": "MO",
    "burma": "MM",
    "turkey": "TR",
    "ivory coast": "CI",
    "east timor": "TL",
}


@lru_cache(maxsize=32)
def country_names(locale: str = "en") -> Mapping[str, str]:
    """Country code to name in a locale, ordered by name."""
    territories = Locale.parse(locale.replace("-", "_")).territories
    return dict(
        sorted(((code, territories.get(code, code)) for code in COUNTRIES), key=lambda entry: entry[1].casefold())
    )


def is_country(code: str) -> bool:
    """Whether a text is a country code in capitals."""
    return code in COUNTRIES


@lru_cache(maxsize=32)
def _codes(locale: str) -> Mapping[str, str]:
    codes = dict(_SHORT_NAMES)
    for language in ("en", locale):
        for code, name in country_names(language).items():
            folded = name.casefold()
            codes[folded] = code
            # "Myanmar (Burma)" and "Hong Kong SAR China" are typed by their first words.
            codes.setdefault(folded.partition(" (")[0], code)
            codes.setdefault(folded.partition(" sar ")[0], code)
    return codes


def find_country(typed: str, locale: str = "en") -> str | None:
    """The code meant by a typed code or name, None where there is none."""
    folded = typed.strip().casefold()
    if is_country(folded.upper()) and folded not in _SHORT_NAMES:
        return folded.upper()
    return _codes(locale).get(folded)
