"""Who offers the job, as far as the text names it: an employer, an agency, a public scheme, a licence number.

Only proper names count. "A big foreign company" or 公司直招 names nobody.
"""

from __future__ import annotations

from screener.facts.cased_names import cased_names
from screener.facts.schemes import schemes_and_licences
from screener.facts.uncased_names import uncased_names
from screener.records import Employer
from screener.text import MAX_CHARACTERS, Text


def read_employers(text: Text) -> tuple[Employer, ...]:
    """Every name and licence number of a text, in the order of the text as received, none twice."""
    found = [Employer(kind, start, end) for kind, start, end in cased_names(text.received[:MAX_CHARACTERS])]
    if not text.received.isascii():
        found += (Employer(kind, start, end) for kind, start, end in uncased_names(text))
    found += (Employer(kind, start, end) for kind, start, end in schemes_and_licences(text))
    return tuple(sorted(set(found), key=lambda employer: (employer.start, employer.end, employer.kind)))
