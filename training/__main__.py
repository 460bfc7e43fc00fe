"""`python -m training`: the corpus, the lexicon sheets, the fit and the measurements."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from screener import Screener, ScreenerError
from screener.indicators.catalog import shipped
from screener.reading import Reader

MODELS = Path(__file__).resolve().parent.parent / "models"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """From corpus to a signed-off model.

    \b
    python -m training corpus check          is the corpus well formed and free of shallow cues?
    python -m training fit --version 0.1.0   writes models/0.1.0 and measures it inside the corpus
    python -m training evaluate --cases mine.csv   measures the served model on your own labelled cases
    """  # noqa: D301  # a backspace is how click is told to keep the lines


@main.group()
def lexicon() -> None:
    """The wordings of one language as one sheet."""


@lexicon.command("try")
@click.argument("sheet", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--language", required=True, help="Tag of the sheet's language, such as de.")
@click.option("--show", default="", help="List missed (-) and wrong (+) rows of an indicator, or of 'all'.")
@click.option("--cases", type=click.Path(exists=True, path_type=Path), help="Labelled JSONL to measure on as well.")
def lexicon_try(sheet: Path, language: str, show: str, cases: Path | None) -> None:
    """Measure a sheet on its golden cases and the corpus, touching nothing."""
    from training import lexicon_sheet
    from training.datasets import CORPUS, read_rows
    from training.evaluate import read_cases

    data = lexicon_sheet.read_sheet(sheet)
    reader = Reader.of(lexicon_sheet.with_sheet(shipped(), data, language))
    golden = lexicon_sheet.golden_cases(data.get("golden", {}), language)
    failed = lexicon_sheet.failures(reader, golden)
    click.echo("\n".join([*failed, f"golden cases: {len(golden)}, failing: {len(failed)}"]))
    path = CORPUS / f"{language}.jsonl"
    texts = []
    if path.exists():
        texts.append(("corpus", [(r.text, r.indicators, r.id) for r in read_rows(path) if r.label != "non_offer"]))
    if cases:
        chosen = [c for c in read_cases(cases) if c.lang.split("-")[0] == language or c.lang == language]
        texts.append((cases.name, [(c.text, c.indicators or frozenset(), c.source) for c in chosen if c.indicators]))
    for name, rows in texts:
        _print_agreement(reader, name, rows, show)


def _print_agreement(reader: Reader, name: str, rows: list[tuple[str, frozenset[str], str]], show: str) -> None:
    from screener.records import Offer
    from training.evaluate import micro
    from training.lexicon_sheet import agreement

    ids = [d.id for d in reader.catalog if not d.is_combination]
    found = [reader.read(Offer(text)).row.found for text, _, _ in rows]
    scores = agreement(((frozenset(f), labels) for f, (_, labels, _) in zip(found, rows, strict=True)), ids)
    total = micro(scores)
    click.echo(f"\n{name}: {len(rows)} offers, precision {total.precision:.3f}, recall {total.recall:.3f}")
    for indicator, score in scores.items():
        if score.right + score.wrong + score.missed:
            click.echo(
                f"  {indicator:26} precision {score.precision:.2f} recall {score.recall:.2f}"
                f"  right {score.right} wrong {score.wrong} missed {score.missed}"
            )
        if show in (indicator, "all"):
            for f, (text, labels, name_) in zip(found, rows, strict=True):
                if (indicator in f) != (indicator in labels):
                    quotes = [text[hit.start : hit.end] for hit in f.get(indicator, ())]
                    click.echo(f"    {'+' if indicator in f else '-'} {name_} {quotes} {text[:400]!r}")


@lexicon.command("import")
@click.argument("sheet", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--language", required=True)
def lexicon_import(sheet: Path, language: str) -> None:
    """Write a sheet into the indicators' files and the golden cases."""
    from training import lexicon_sheet

    lexicon_sheet.take_in(lexicon_sheet.read_sheet(sheet), language)


@lexicon.command("export")
@click.argument("language")
def lexicon_export(language: str) -> None:
    """Print what is declared for a language as a sheet."""
    from training import lexicon_sheet

    click.echo(lexicon_sheet.export(language), nl=False)


@main.command()
@click.option("--version", required=True, help="Version of the model, and name of its folder below models/.")
@click.option(
    "--ordinary",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of ordinary ads (JSONL) to cut the bands on; without it the numbers kept from the last time serve.",
)
@click.option("--languages", default="", help="Comma-separated tags; default: all of the corpus.")
def fit(version: str, ordinary: Path | None, languages: str) -> None:
    """Fit the model on the corpus and write models/VERSION."""
    from training.sign_off import fit_model

    tags = frozenset(languages.split(",")) if languages else None
    folder = fit_model(MODELS / version, version, ordinary, tags)
    click.echo(f"written: {folder}")


@main.command()
@click.option(
    "--cases",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Your own labelled CSV or JSONL: text, label (lure, genuine, non_offer).",
)
@click.option(
    "--development",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with validation/ and background/.",
)
@click.option("--languages", default="", help="Comma-separated tags to limit the development cases to.")
@click.option("--json", "as_json", is_flag=True, help="Figures as JSON.")
def evaluate(cases: Path | None, development: Path | None, languages: str, as_json: bool) -> None:
    """Measure the served model."""
    from training import report
    from training.evaluate import read_cases, score

    screener = Screener.load()
    if not cases and not development:
        raise click.UsageError("give --cases FILE or --development FOLDER")
    if development:
        tags = frozenset(languages.split(",")) if languages else None
        metrics = report.development_metrics(screener, development, tags)
        click.echo(json.dumps(metrics, indent=1) if as_json else report.as_markdown(metrics))
    if cases:
        figures = report.case_figures(score(screener, read_cases(cases)))
        click.echo(json.dumps(figures, indent=1))


@main.command()
@click.option("--short", is_flag=True, help="A few seconds, as in continuous integration.")
def benchmark(*, short: bool) -> None:
    """Compare the speed with a text classifier and the bare scan; check that predictions are unchanged."""
    from benchmarks.screening import run

    if not run(short=short):
        raise ValueError("the shipped model no longer gives the predictions of its manifest: fit it again")


@main.command()
def catalog() -> None:
    """Check every declaration, and that every combination and fact it names exists."""
    declared = shipped()
    click.echo(
        f"{len(declared)} indicators, {sum(len(d.phrases) for d in declared)} phrases, {len(declared.pairs)} pairs: "
        "all well formed"
    )


@main.group()
def corpus() -> None:
    """The training corpus: contrast pairs and texts that offer nothing."""


@corpus.command("check")
@click.option(
    "--apart",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of texts that must not stand in the corpus.",
)
def corpus_check_command(apart: Path | None) -> None:
    """Check form, pairs, quotes, contacts, near-duplicates and shallow cues."""
    from training import corpus_report

    lines = corpus_report.complaints(apart)
    click.echo("\n".join(lines[:200]))
    if lines:
        raise ValueError(f"the corpus has {len(lines)} complaints")
    click.echo("corpus: every check holds")


@corpus.command("stats")
def corpus_stats_command() -> None:
    """Print volumes, spread, shallow-cue AUC and each indicator's share on both sides."""
    from training import corpus_report

    click.echo(corpus_report.as_markdown())


@corpus.command("curve")
@click.argument("cases", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def corpus_curve_command(cases: tuple[Path, ...]) -> None:
    """Print the learning curve of a reference text model, measured on labelled CASES (JSONL or CSV files)."""
    from training import learning_curve, report
    from training.datasets import read_corpus
    from training.evaluate import read_cases

    known = [
        case for path in cases for case in read_cases(path) if report.is_headline(case) and case.label != "non_offer"
    ]
    points = []
    for point in learning_curve.curve(read_corpus(), known):
        points.append(point)
        click.echo(f"{point.share:.0%} of the pairs: ROC-AUC {point.auc:.3f}", err=True)
    click.echo(learning_curve.as_markdown(points))


@corpus.command("agreement")
def corpus_agreement_command() -> None:
    """Print how far the second reading of a tenth of the rows agrees with the first."""
    from training import second_reading

    click.echo(second_reading.as_markdown())


if __name__ == "__main__":
    try:
        main(prog_name="python -m training")
    except (ScreenerError, ValueError, OSError) as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(1)
