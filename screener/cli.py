"""The command line: one ad, a file of ads, the service, the catalogue, the model."""

from __future__ import annotations

import functools
import gc
import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn, get_args

import click

from screener import __version__
from screener.errors import OfferError, ScreenerError
from screener.records import DEFAULT_PREVALENCE, TravelPaidBy, Visa

_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
_IMAGES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".heic"})


def _one_line_errors(command: Callable[..., None]) -> Callable[..., None]:
    """Data and I/O errors are said in one line on standard error, exit code 1; nothing else is printed."""

    @functools.wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(1)
        except OSError as error:
            _fail(_failure(error))
        except (ScreenerError, UnicodeDecodeError) as error:
            _fail(str(error))

    return wrapped


def _failure(error: OSError) -> str:
    """What the system could not do, without Python's own numbers."""
    if isinstance(error, FileNotFoundError):
        return f"{error.filename}: no such file"
    reason = (error.strerror or str(error)).lower()
    return f"{error.filename}: {reason}" if error.filename else reason


def _fail(message: str) -> NoReturn:
    from screener.terminal import printable

    click.echo(f"screener: {printable(' '.join(message.split()))}", err=True)
    sys.exit(1)


def _prevalence(_context: click.Context, _parameter: click.Parameter, value: float) -> float:
    if not 0 < value < 1:
        raise click.BadParameter(f"{value} is not between 0 and 1; give the share of lures, such as 0.05")
    return value


def start() -> None:
    """The command as a process: what is said can always be written, and that it can't is said in one line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.isatty():
            stream.reconfigure(errors="replace")  # a terminal reads its own encoding ...
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # ... a file or a program UTF-8, whatever this machine's habit
    try:
        main()
    except OSError as error:
        _fail(_failure(error))


_prevalence_option = click.option(
    "--prevalence",
    type=float,
    default=DEFAULT_PREVALENCE,
    show_default=True,
    callback=_prevalence,
    metavar="P",
    help="Share of lures among the ads screened. Moves the probability, never the band.",
)


@click.group(context_settings=_SETTINGS)
@click.version_option(__version__, message="%(version)s")
def main() -> None:
    """Reads a recruitment ad and tells, with reasons, how likely it is a trafficking lure.

    It screens the offer, never a person, works offline, and decides nothing.

    \b
    screener screen ad.txt               one ad, explained
    pbpaste | screener screen -          one ad from the clipboard
    screener bulk ads.csv scored.csv     a file of ads
    screener serve                       API and form on http://127.0.0.1:8000

    Exit codes: 0 done, 1 data or I/O error, 2 wrong usage.
    """  # noqa: D301  # a backspace is how click is told to keep the lines


@main.command(context_settings=_SETTINGS)
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True), default="-")
@click.option("--json", "as_json", is_flag=True, help="Answer with the JSON of the API.")
@_prevalence_option
@click.option("--recruiting-country", metavar="CC", help="Country the ad recruits in (ISO 3166-1, such as UG).")
@click.option("--promised-destination", metavar="CC", help="Country the job is said to be in.")
@click.option("--route", metavar="CC,CC,…", default="", help="Countries in the order travelled, such as UG,AE,TH,MM.")
@click.option("--visa", type=click.Choice(get_args(Visa)), default="unknown", show_default=True, help="Visa told.")
@click.option(
    "--travel-paid-by", type=click.Choice(get_args(TravelPaidBy)), default="unknown", show_default=True, help="As told."
)
@click.option("--employer", help="Employer as told, where the text does not name it.")
@click.option("--channel", help="Where the ad was found, such as telegram.")
@_one_line_errors
def screen(file: Path, as_json: bool, prevalence: float, route: str, **told: str | None) -> None:
    """Screen one ad from FILE, or from standard input (-).

    \b
    screener screen ad.txt --route UG,AE,TH,MM
    echo "Customer service Thailand, USD 1500, free ticket, Telegram only" | screener screen --json
    """  # noqa: D301  # a backspace is how click is told to keep the lines
    gc.disable()  # one answer and the process ends: collecting would only delay it
    from screener.rendering import assessment_to_dict, new_id, offer_from_dict
    from screener.screening import Screener

    if file.suffix.lower() in _IMAGES:
        _fail(f"{file}: reading images is not part of this version; type or paste the text of the ad instead")
    stops = [stop.strip() for stop in route.split(",") if stop.strip()]
    if str(file) == "-" and sys.stdin is not None and sys.stdin.isatty():
        click.echo("Paste the ad, then press Ctrl-D (Ctrl-Z and Enter on Windows).", err=True)
    if str(file) == "-" and sys.stdin is None:
        _fail("standard input is closed: give the name of a file")
    received = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    try:
        text = received.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        _fail(f"{file}: byte {error.start} is not UTF-8: save the file as UTF-8")
    try:
        offer = offer_from_dict({"text": text, "route": stops, **told})
    except OfferError as error:
        raise click.UsageError(str(error)) from error
    assessment = Screener.load().screen(offer, prevalence)
    if as_json:
        import orjson

        click.echo(orjson.dumps(assessment_to_dict(assessment, new_id()), option=orjson.OPT_INDENT_2).decode())
    else:
        from screener.terminal import write_assessment

        write_assessment(assessment)


@main.command(context_settings=_SETTINGS)
@click.argument("source", metavar="INPUT", type=click.Path(path_type=Path, allow_dash=True))
@click.argument("target", metavar="OUTPUT", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--text-column", default="text", show_default=True, help="Column that holds the ad.")
@click.option("--workers", type=click.IntRange(1, 256), default=None, help="Processes; default: one a core.")
@_prevalence_option
@_one_line_errors
def bulk(source: Path, target: Path, text_column: str, workers: int | None, prevalence: float) -> None:
    """Screen every row of INPUT (CSV, TSV or JSONL by its ending, - for CSV on standard input) into OUTPUT.

    Rows in = rows out, in order; every input column is kept and the screener_ columns are added. A row that can't be
    scored is kept and says why in screener_error.
    """
    from screener.bulk import run

    summary = run(source, target, text_column=text_column, workers=workers, prevalence=prevalence)
    click.echo(f"screener: {summary}", err=True)


@main.command(context_settings=_SETTINGS)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes; one a core.")
@_one_line_errors
def serve(host: str, port: int, workers: int) -> None:
    """Start the API and the form."""
    from screener.web.serve import serve as start

    start(host, port, workers)


@main.command(context_settings=_SETTINGS)
@click.argument("indicator", metavar="[ID]", required=False)
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@_one_line_errors
def indicators(indicator: str | None, as_json: bool) -> None:
    """List the indicators, or show one."""
    from screener.rendering import declaration_to_dict
    from screener.screening import Screener

    catalog = Screener.load().catalog
    if indicator is not None and indicator not in catalog.declarations:
        raise click.UsageError(f"no indicator {indicator!r}; 'screener indicators' lists them")
    chosen = [catalog[indicator]] if indicator else list(catalog)
    if as_json:
        import orjson

        data: Any = [declaration_to_dict(declaration) for declaration in chosen]
        click.echo(orjson.dumps(data[0] if indicator else data, option=orjson.OPT_INDENT_2).decode())
        return
    from screener.terminal import write_declaration, write_declarations

    if indicator:
        write_declaration(chosen[0])
    else:
        write_declarations(chosen)


@main.command(context_settings=_SETTINGS)
@click.option("--verify", is_flag=True, help="Only check the files against their digests.")
@_one_line_errors
def model(verify: bool) -> None:
    """Show the model card, or check the model's files."""
    from screener.classifier import model_folder, verify_files

    folder = model_folder()
    if verify:
        click.echo(f"{folder.name}: {', '.join(verify_files(folder))} match the manifest")
    else:
        click.echo((folder / "card.md").read_text(encoding="utf-8"), nl=False)
