"""The command line: what it says, what it refuses, and that nothing is lost on the way."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from screener.cli import main
from screener.rendering import assessment_to_dict, percent
from training.__main__ import main as training

ROOT = Path(__file__).parent.parent
COMMANDS = ("screen", "bulk", "serve", "indicators", "model")
ESCAPE = "\x1b"


def run(*arguments, **options):
    return CliRunner().invoke(main, [str(argument) for argument in arguments], **options)


def process(*arguments, **options):
    """`python -m screener` in a process of its own; bytes in and out."""
    command = [sys.executable, "-m", "screener", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, cwd=ROOT, timeout=60, check=False, **options)


def one_line(result):
    """The single line said on standard error, with nothing on standard output and exit code 1."""
    assert result.exit_code == 1, result.output
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("screener: ")
    return line


def refusal(result):
    """The message of wrong usage, exit code 2."""
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert result.stderr.startswith("Usage: ")
    return " ".join(result.stderr.split())


@pytest.fixture
def ad(tmp_path, lure):
    path = tmp_path / "ad.txt"
    path.write_text(lure, encoding="utf-8")
    return path


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_of_the_program(flag):
    said = run(flag)
    assert said.exit_code == 0
    assert "decides nothing" in said.output
    assert "screener screen ad.txt" in said.output
    assert "Exit codes: 0 done, 1 data or I/O error, 2 wrong usage." in said.output
    assert all(f"\n  {command} " in said.output for command in COMMANDS)


@pytest.mark.parametrize(
    ("command", "taught"),
    [
        (
            "screen",
            ["--json", "--prevalence", "never the band", "--route", "UG,AE,TH,MM", "on_arrival", "standard input"],
        ),
        ("bulk", ["INPUT", "OUTPUT", "--text-column", "--workers", "Rows in = rows out", "screener_error"]),
        ("serve", ["--host", "127.0.0.1", "--port", "8000", "--workers"]),
        ("indicators", ["[ID]", "--json"]),
        ("model", ["--verify", "digests"]),
    ],
)
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_of_each_command(command, taught, flag):
    said = run(command, flag)
    assert said.exit_code == 0
    assert said.stderr == ""
    text = " ".join(said.output.split())
    assert not [part for part in taught if part not in text]


def commands(group, path=()):
    """The words that call each command of a program, groups first."""
    yield path
    for name, command in getattr(group, "commands", {}).items():
        yield from commands(command, (*path, name))


@pytest.mark.parametrize("program", [main, training], ids=["screener", "training"])
def test_no_help_shows_its_markup(program):
    for path in commands(program):
        said = CliRunner().invoke(program, [*path, "--help"])
        assert said.exit_code == 0
        assert not {"\\", "\b"} & set(said.output), path


@pytest.mark.parametrize(
    ("program", "path", "examples"),
    [
        (main, [], ["screener screen ad.txt ", "pbpaste | ", "screener bulk ads.csv ", "screener serve "]),
        (main, ["screen"], ["screener screen ad.txt --route", 'echo "Customer service']),
        (training, [], ["python -m training corpus check ", "python -m training fit", "python -m training evaluate"]),
    ],
)
def test_examples_stand_on_lines_of_their_own(program, path, examples):
    lines = [line.strip() for line in CliRunner().invoke(program, [*path, "--help"]).output.splitlines()]
    for example in examples:
        assert any(line.startswith(example) for line in lines), example


def test_version():
    said = run("--version")
    assert said.exit_code == 0
    assert said.output.strip().count(".") == 2


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["scan"], "No such command 'scan'"),
        (["--fast"], "No such option"),
        (["screen", "a.txt", "b.txt"], "unexpected extra argument"),
        (["screen", "--colour"], "No such option"),
        (["screen", "--visa", "student"], "'student' is not one of 'work', 'tourist'"),
        (["screen", "--travel-paid-by", "me"], "'me' is not one of 'recruiter'"),
        (["screen", "--prevalence", "much"], "'much' is not a valid float"),
        (["screen", "--prevalence", "0"], "0.0 is not between 0 and 1"),
        (["screen", "--prevalence", "1"], "is not between 0 and 1"),
        (["screen", "--prevalence", "nan"], "is not between 0 and 1"),
        (["screen", "--prevalence", "inf"], "is not between 0 and 1"),
        (["bulk"], "Missing argument 'INPUT'"),
        (["bulk", "in.csv"], "Missing argument 'OUTPUT'"),
        (["bulk", "in.csv", "out.csv", "--workers", "0"], "0 is not in the range"),
        (["bulk", "in.csv", "out.csv", "--prevalence", "2"], "2.0 is not between 0 and 1"),
        (["serve", "--port", "70000"], "70000 is not in the range"),
        (["serve", "--workers", "0"], "0 is not in the range"),
        (["serve", "now"], "unexpected extra argument"),
        (["indicators", "no_such"], "no indicator 'no_such'; 'screener indicators' lists them"),
        (["indicators", "secrecy", "urgency"], "unexpected extra argument"),
        (["model", "0.1.0"], "unexpected extra argument"),
    ],
)
def test_wrong_usage(arguments, named):
    assert named in refusal(run(*arguments, input="job"))


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--route", "UG,Dubai"], "route 'Dubai' is no country code"),
        (["--route", "UG,ZZ"], "route 'ZZ' is no country code"),
        (["--route", ",".join(["UG"] * 13)], "at most 12"),
        (["--recruiting-country", "Uganda"], "recruiting_country 'Uganda' is no country code"),
        (["--promised-destination", "XX"], "promised_destination 'XX' is no country code"),
    ],
)
def test_countries_that_are_none(ad, arguments, named):
    assert named in refusal(run("screen", ad, *arguments))


def test_no_command_shows_the_help():
    said = run()
    assert said.exit_code in (0, 2)
    assert "Commands:" in said.output


def test_a_missing_file(tmp_path):
    text, table = tmp_path / "nothing.txt", tmp_path / "nothing.csv"
    assert one_line(run("screen", text)) == f"screener: {text}: no such file"
    assert one_line(run("bulk", table, tmp_path / "out.csv")) == f"screener: {table}: no such file"
    assert not (tmp_path / "out.csv").exists()


def test_a_folder_is_no_file(tmp_path):
    assert one_line(run("screen", tmp_path)) == f"screener: {tmp_path}: is a directory"


def test_bytes_that_are_no_utf8(tmp_path):
    path = tmp_path / "ad.txt"
    path.write_bytes(b"job \xff abroad")
    line = one_line(run("screen", path))
    assert "ad.txt" in line
    assert "byte 4 is not UTF-8" in line
    assert "byte 0 is not UTF-8" in one_line(run("screen", "-", input=b"\xfe"))
    assert path.read_bytes() == b"job \xff abroad"


@pytest.mark.parametrize("name", ["ad.png", "AD.JPG", "ad.heic", "missing.webp"])
def test_an_image(tmp_path, name):
    line = one_line(run("screen", tmp_path / name))
    assert name in line
    assert "paste the text" in line


@pytest.mark.parametrize("text", ["", " \n\t", "\ufeff"])
def test_an_empty_ad(text):
    assert "the text is empty" in one_line(run("screen", input=text))


@pytest.mark.parametrize(
    "command", [["screen"], ["screen", "--json"], ["indicators"], ["model"], ["model", "--verify"]]
)
def test_a_missing_model(tmp_path, command):
    said = run(*command, input="job abroad", env={"SCREENER_MODEL": str(tmp_path / "gone")})
    assert "gone" in one_line(said)


def test_a_bulk_run_without_a_model_loses_nothing(tmp_path):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("text\njob\n", encoding="utf-8")
    target.write_text("kept", encoding="utf-8")
    gone = {"SCREENER_MODEL": str(tmp_path / "gone")}
    one_line(run("bulk", source, target, "--workers", "1", env=gone))
    assert source.read_text(encoding="utf-8") == "text\njob\n"
    assert target.read_text(encoding="utf-8") == "kept"
    assert {path.name for path in tmp_path.iterdir()} == {"in.csv", "out.csv"}


def test_a_missing_column_loses_nothing(tmp_path):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("ad\njob\n", encoding="utf-8")
    target.write_text("kept", encoding="utf-8")
    assert "text" in one_line(run("bulk", source, target, "--workers", "1"))
    assert target.read_text(encoding="utf-8") == "kept"


def test_the_input_is_never_the_output(tmp_path):
    source = tmp_path / "in.csv"
    source.write_text("text\njob\n", encoding="utf-8")
    assert "is the input itself" in one_line(run("bulk", source, source))
    assert source.read_text(encoding="utf-8") == "text\njob\n"


def test_bulk(tmp_path, lure):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(f'id,ad\n7,"{lure}"\n8,\n', encoding="utf-8")
    said = run("bulk", source, target, "--text-column", "ad", "--workers", "1", "--prevalence", "0.5")
    assert said.exit_code == 0
    assert said.stdout == ""
    assert "2 rows" in said.stderr
    header, *rows = target.read_text(encoding="utf-8").splitlines()
    assert header.startswith("id,ad,screener_score,screener_band")
    assert len(rows) == 2


def test_one_ad_as_json(ad, screener, lure):
    said = run("screen", ad, "--json")
    assert said.exit_code == 0
    assert said.stderr == ""
    answer = json.loads(said.stdout)
    assert re.fullmatch("[0-9a-f]{32}", answer["id"])
    assert answer == json.loads(json.dumps(assessment_to_dict(screener.screen(lure), answer["id"])))


def test_every_answer_has_an_id_of_its_own(ad):
    assert len({json.loads(run("screen", ad, "--json").stdout)["id"] for _ in range(2)}) == 2


def test_what_is_told_beside_the_text_reaches_the_answer(ad):
    told = [
        "--route",
        "ug, ae,TH,,mm",
        "--visa",
        "tourist",
        "--recruiting-country",
        "ug",
        "--promised-destination",
        "AE",
    ]
    more = ["--travel-paid-by", "recruiter", "--employer", "Kettle", "--channel", "telegram", "--prevalence", "0.2"]
    answer = json.loads(run("screen", ad, "--json", *told, *more).stdout)
    assert answer["prevalence"] == 0.2
    assert "tourist_visa_entry" in {c["indicator"] for c in answer["contributions"]}
    assert "employer" not in answer["missing"]
    assert "UG" in answer["facts"]["recruiting"]
    assert {"AE", "TH", "MM"} <= {place["country"] for place in answer["facts"]["places"]}


def test_prevalence_moves_the_score_and_never_the_band(ad):
    few, many = (json.loads(run("screen", ad, "--json", "--prevalence", p).stdout) for p in ("0.01", "0.5"))
    assert few["score"] < many["score"]
    assert few["band"] == many["band"]


@pytest.mark.parametrize("dash", [[], ["-"]])
def test_standard_input(dash, lure):
    from_input = run("screen", *dash, "--json", input="\ufeff" + lure)
    assert from_input.exit_code == 0
    evidence = [e for c in json.loads(from_input.stdout)["contributions"] for e in c["evidence"]]
    assert all(lure[e["start"] : e["end"]] == e["quote"] for e in evidence)


def test_one_ad_for_a_person(ad, lure, screener):
    said = run("screen", ad)
    answer = screener.screen(lure)
    assert said.exit_code == 0
    first, *_ = said.stdout.splitlines()
    assert answer.band.replace("_", " ").upper() in first
    for part in (lure, "Ask", answer.questions[0].split()[0], "5.0%", "decides nothing", answer.model.version):
        assert part in said.stdout
    assert f"{answer.log_odds:+.2f}" in said.stdout
    assert all(c.title in said.stdout for c in answer.contributions)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("hi", "INSUFFICIENT"),
        ("Police warn: job ads for Cambodia are a trap, never travel on such an offer.", "NOT AN OFFER"),
    ],
)
def test_other_bands_are_named(text, word):
    assert word in run("screen", input=text).stdout


def test_colour_is_for_terminals(ad):
    assert ESCAPE not in run("screen", ad).output
    assert f"{ESCAPE}[" in run("screen", ad, color=True).output
    assert ESCAPE not in run("indicators").output
    assert ESCAPE.encode() not in process("screen", ad).stdout


CONTROL = "\x00\x07\x08\x1b\x7f\x9b\u200e\u202e\u2066\r"


def without_colours(output):
    """What is left when our own colours are taken away."""
    return re.sub(r"\x1b\[[0-9;]*m", "", output)


@pytest.mark.parametrize("colour", [False, True])
def test_control_characters_of_an_ad_do_not_reach_the_terminal(colour, lure):
    hostile = f"{ESCAPE}[2J{ESCAPE}]0;title\x07 {lure} \u202egnp.exe \x9b31m\x00\x08\x7f"
    said = run("screen", input=hostile, color=colour)
    assert said.exit_code == 0
    assert not set(CONTROL) & set(without_colours(said.stdout))
    assert "[2J" in said.stdout


@pytest.mark.parametrize("control", list(CONTROL), ids=ascii)
def test_control_characters_within_evidence_do_not_reach_the_terminal(control, lure):
    disguised = lure.replace("free ticket", f"fr{control}ee{control} {control}ti{control}cket")
    said = run("screen", input=disguised, color=True)
    assert said.exit_code == 0
    assert control not in without_colours(said.stdout)


def test_a_file_name_does_not_drive_the_terminal(tmp_path):
    name = f"a{ESCAPE}[2J\nb.txt"
    for arguments in (["screen", tmp_path / name], ["bulk", tmp_path / name, tmp_path / "out.csv"]):
        assert ESCAPE not in one_line(run(*arguments, color=True))


def test_indicators(screener):
    said = run("indicators")
    assert said.exit_code == 0
    lines = said.stdout.splitlines()
    assert [line.split()[0] for line in lines] == [d.id for d in screener.catalog]
    assert all(d.title in line for d, line in zip(screener.catalog, lines, strict=True))


def test_indicators_as_json(screener):
    listed = json.loads(run("indicators", "--json").stdout)
    assert [entry["id"] for entry in listed] == [d.id for d in screener.catalog]


def test_one_indicator(screener):
    declared = screener.catalog["tourist_visa_entry"]
    said = run("indicators", "tourist_visa_entry")
    assert said.exit_code == 0
    text = " ".join(said.stdout.split())
    for part in (declared.title, declared.question, "DR6 (medium)", *declared.false_positives, declared.sources[0].url):
        assert part in text
    assert "zh-Hans" in text


def test_one_indicator_as_json(screener):
    data = json.loads(run("indicators", "tourist_visa_entry", "--json").stdout)
    assert data["id"] == "tourist_visa_entry"
    assert data["title"] == screener.catalog["tourist_visa_entry"].title
    assert data["ilo"] == [{"code": "DR6", "level": "medium"}]


def test_every_indicator_can_be_shown(screener):
    from screener.terminal import write_declaration

    for declared in screener.catalog:
        write_declaration(declared)


def test_model(screener):
    said = run("model")
    assert said.exit_code == 0
    assert said.stdout == screener.card
    assert screener.model.version in said.stdout


def test_model_verify(screener):
    said = run("model", "--verify")
    assert said.exit_code == 0
    (line,) = said.stdout.splitlines()
    assert line.startswith(f"{screener.model.version}: ")
    assert all(name in line for name in ("model.json", "reader.txt", "bundle.joblib"))


def test_model_verify_tells_an_altered_file(tmp_path, screener):
    import shutil

    home = tmp_path / "altered"
    shutil.copytree(screener.folder, home)
    with (home / "reader.txt").open("ab") as stream:
        stream.write(b" ")
    env = {"SCREENER_MODEL": str(home)}
    assert "does not match the digest" in one_line(run("model", "--verify", env=env))
    assert "does not match the digest" in one_line(run("screen", input="job", env=env))
    (home / "bundle.joblib").unlink()
    (home / "reader.txt").write_bytes((screener.folder / "reader.txt").read_bytes())
    assert "is missing" in one_line(run("model", "--verify", env=env))


def test_a_process_of_its_own(lure, screener):
    done = process("screen", "--json", input=lure.encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["score"] == pytest.approx(screener.screen(lure).score, abs=1e-12)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["screen", "missing.txt"], 1, b"missing.txt"),
        (["screen", "ad.png"], 1, b"images"),
        (["screen", "--visa", "student"], 2, b"student"),
        (["indicators", "nothing"], 2, b"nothing"),
    ],
)
def test_exit_codes_of_a_process(arguments, code, said):
    done = process(*arguments)
    assert done.returncode == code
    assert done.stdout == b""
    assert said in done.stderr
    assert b"Traceback" not in done.stderr
    assert code == 2 or done.stderr.count(b"\n") == 1


def test_a_terminal_of_another_encoding_does_not_break_the_answer():
    done = process("screen", input="去柬埔寨做客服 😀".encode(), env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert b"Traceback" not in done.stderr
    assert done.returncode == 0


def test_a_reader_that_goes_away_is_no_crash():
    command = f"{sys.executable} -m screener indicators --json | head -c 1"
    done = subprocess.run(command, shell=True, capture_output=True, cwd=ROOT, timeout=60, check=False)
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("probability", "words"),
    [(0.0, "under 0.1%"), (0.004, "0.4%"), (0.05, "5%"), (0.99, "99%"), (0.9952, "99.5%"), (1.0, "over 99.9%")],
)
def test_a_score_never_claims_certainty(probability, words):
    assert percent(probability) == words


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-16"])
def test_a_pipe_gets_utf8_whatever_the_habit_of_the_machine(encoding, monkeypatch):
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    done = process("screen", "--json", input="客服，柬埔寨，月薪3万".encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert "客服" in done.stdout.decode("utf-8")


def test_help_that_can_not_be_written_is_told_in_one_line():
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "screener", "--help"]
        done = subprocess.run(command, check=False, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode != 0
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("content", ["[]", "{}", '{"files": []}', "null"])
def test_an_odd_manifest_is_told(tmp_path, content):
    (tmp_path / "manifest.json").write_text(content)
    for command in (["model", "--verify"], ["indicators"]):
        assert "is no model manifest" in one_line(run(*command, env={"SCREENER_MODEL": str(tmp_path)}))
