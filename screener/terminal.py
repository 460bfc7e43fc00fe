"""Assessments and declarations for a person at a terminal. Colour is left out where there is no terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from shutil import get_terminal_size

import click

from screener.indicators.declaration import Declaration
from screener.records import Assessment, Contribution, Evidence
from screener.rendering import percent

_BAND_WORDS = {
    "high": ("HIGH", "red", "many signs of a lure in company: do not let this offer go unchecked"),
    "elevated": ("ELEVATED", "yellow", "signs that need an answer before anybody travels"),
    "low": ("LOW", "green", "no company of signs found; low does not mean safe"),
    "insufficient": ("INSUFFICIENT", "cyan", "too little to judge: ask the questions below"),
    "not_an_offer": ("NOT AN OFFER", "blue", "a warning, news, a question or a report, as far as can be told"),
}
_BAR = 16
_BAR_LOG_ODDS = 3.0
"""Log-odds that fill a bar."""


def write_assessment(assessment: Assessment) -> None:
    """Band, score, the ad with its evidence marked, what adds and what lowers, questions, what is missing."""
    width = min(get_terminal_size().columns, 100)
    word, colour, meaning = _BAND_WORDS[assessment.band]
    low, high = assessment.interval
    click.echo(f"{click.style(f' {word} ', fg='black', bg=colour, bold=True)} {meaning}")
    click.echo(
        f"Score {percent(assessment.score)} (90 % interval {percent(low)} to {percent(high)}) where "
        f"{assessment.prevalence:.1%} of offers are lures; language {assessment.language.tag}\n"
    )
    click.echo(_marked(assessment))
    click.echo()
    _write_contributions(assessment, width)
    _write_list("Ask", assessment.questions, width)
    if assessment.missing:
        _write_list("Not stated (not the same as bad)", [", ".join(assessment.missing)], width)
    click.secho(
        f"\nModel {assessment.model.version}. It screens the offer, not a person, and decides nothing.", dim=True
    )


def _write_contributions(assessment: Assessment, width: int) -> None:
    click.echo(f"{'starts at':>{_BAR}} {assessment.base_log_odds:+6.2f}  (prevalence and intercept)")
    for c in assessment.contributions:
        filled = min(_BAR, round(abs(c.log_odds) / _BAR_LOG_ODDS * _BAR))
        bar = click.style(f"{'█' * filled:>{_BAR}}", fg="red" if c.log_odds > 0 else "green")
        click.echo(f"{bar} {c.log_odds:+6.2f}  {click.style(c.title, bold=True)}")
        quotes = _quotes(c)
        if quotes:
            click.echo(
                textwrap.fill(quotes, width, initial_indent=" " * (_BAR + 9), subsequent_indent=" " * (_BAR + 9))
            )
    click.echo(f"{'log-odds':>{_BAR}} {assessment.log_odds:+6.2f}")


def _quotes(contribution: Contribution) -> str:
    def quote(e: Evidence) -> str:
        words = printable(" ".join(e.quote.split()))
        return f"“{words}”" + (f" ({e.gloss})" if e.gloss else "")

    return "; ".join(quote(e) for e in contribution.evidence[:4])


def _marked(assessment: Assessment) -> str:
    """The ad, words of raising findings in red and of lowering ones in green; raising wins where they overlap."""
    text = assessment.text
    colours: list[str | None] = [None] * len(text)
    order: Sequence[tuple[str, str]] = (("gate", "blue"), ("lowers", "green"), ("raises", "red"))
    for direction, colour in order:
        for c in assessment.contributions:
            if c.direction == direction:
                for e in c.evidence:
                    colours[e.start : e.end] = [colour] * (e.end - e.start)
    parts, start = [], 0
    for end in range(1, len(text) + 1):
        if end == len(text) or colours[end] != colours[start]:
            part = printable(text[start:end])
            parts.append(click.style(part, fg=colours[start], bold=True) if colours[start] else part)
            start = end
    return "".join(parts)


def printable(text: str) -> str:
    """The text without control characters: an ad or a file name must not drive the terminal."""
    return "".join(c if c in "\n\t" or (c.isprintable() and not "\u202a" <= c <= "\u202e") else "\ufffd" for c in text)


def _write_list(title: str, entries: Sequence[str], width: int) -> None:
    if entries:
        click.secho(f"\n{title}", bold=True)
    for entry in entries:
        click.echo(textwrap.fill(entry, width, initial_indent="  - ", subsequent_indent="    "))


def write_declarations(declarations: Sequence[Declaration]) -> None:
    """One line for each indicator."""
    size = max(len(d.id) for d in declarations)
    for d in declarations:
        click.echo(f"{click.style(d.id.ljust(size), bold=True)}  {d.direction:6}  {d.title}")


def write_declaration(declaration: Declaration) -> None:
    """One indicator with its reasons."""
    width = min(get_terminal_size().columns, 100)
    click.secho(f"{declaration.id}: {declaration.title}", bold=True)
    click.echo(textwrap.fill(declaration.rationale, width))
    weighs = "" if declaration.scored else "; context, weighs nothing alone"
    click.echo(f"Direction: {declaration.direction}{weighs}")
    if declaration.ilo:
        click.echo(f"ILO: {', '.join(f'{r.code} ({r.level})' for r in declaration.ilo)}")
    click.echo(f"Honest ads that look alike: {'; '.join(declaration.false_positives)}")
    click.echo(f"Ask: {declaration.question}")
    counts = [f"{tag} {phrases} + {pairs}" for tag, (phrases, pairs) in declaration.wordings.items()]
    click.echo(textwrap.fill(f"Wordings (phrases + pairs): {', '.join(counts) or 'none'}", width))
    for source in declaration.sources:
        click.echo(f"Source: {source.title} <{source.url}>")
