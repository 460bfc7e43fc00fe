from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screener.bulk import run
from screener.bulk.rows import COLUMNS
from screener.errors import BulkError, ModelError


def scored(tmp_path, content, name="in.csv", **options):
    source, target = tmp_path / name, tmp_path / f"out{Path(name).suffix}"
    source.write_bytes(content if isinstance(content, bytes) else content.encode())
    options = {"text_column": "text", "workers": 1, "prevalence": 0.05} | options
    summary = run(source, target, **options)
    return summary, target.read_bytes().decode("utf-8", "surrogateescape")


def table(output, delimiter=","):
    return list(csv.DictReader(io.StringIO(output, newline=""), delimiter=delimiter))


def test_columns_are_kept_and_added(tmp_path, lure):
    summary, output = scored(tmp_path, f'id,text,note\n7,"{lure}",x\n')
    (row,) = table(output)
    assert list(row) == ["id", "text", "note", *COLUMNS]
    assert (row["id"], row["text"], row["note"], row["screener_error"]) == ("7", lure, "x", "")
    assert 0 < float(row["screener_score"]) < 1
    assert row["screener_offer"] == "true"
    assert "Sihanoukville" in row["screener_evidence"] or "Customer service" in row["screener_evidence"]
    assert summary.rows == 1


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbfid,text\n1,job abroad\n",
        b'id,text\n1,"job\nabroad, ""urgent"""\n',
        b"id,text\r\n1,job abroad\r\n",
        b"id;text\n1;job abroad, now\n",
        b"id,text\n1,job \x00 abroad\n",
        b"id,text\n1,job \xff abroad\n",
        b"id,text\n1,\n",
        b"id,text\n1\n",
        b"id,text\n1,job,extra\n",
        b"id,text\n1," + b"a" * 20_001 + b"\n",
        b"id,text\n\n",
    ],
)
def test_odd_rows_are_kept(tmp_path, content):
    summary, output = scored(tmp_path, content)
    delimiter = ";" if b";" in content else ","
    rows = list(csv.reader(io.StringIO(output, newline=""), delimiter=delimiter))
    assert summary.rows == 1
    assert len(rows) == 2
    assert len(rows[1]) >= len(rows[0])


@pytest.mark.parametrize(
    ("cell", "error"),
    [("", "empty"), ("   ", "empty"), ("a" * 20_001, "20001 characters"), ("job \udcff", "not valid UTF-8")],
)
def test_why_a_row_was_not_scored(tmp_path, cell, error):
    _, output = scored(tmp_path, f"id,text\n1,{cell}\n".encode("utf-8", "surrogateescape"))
    (row,) = table(output)
    assert error in row["screener_error"]
    assert row["screener_score"] == ""
    assert row["text"] == cell


def test_formulas_in_what_is_added_are_neutralised():
    from screener.bulk.formats import _neutral

    assert _neutral("screener_evidence", "=HYPERLINK(1)") == "'=HYPERLINK(1)"
    assert _neutral("screener_evidence", "@SUM(1)") == "'@SUM(1)"
    assert _neutral("screener_log_odds", "-2.5") == "-2.5"


def test_json_lines(tmp_path, lure):
    lines = [json.dumps({"id": 1, "text": lure}), "not json", "[1]", json.dumps({"id": 2, "text": 5}), ""]
    summary, output = scored(tmp_path, "\n".join(lines), name="in.jsonl")
    rows = [json.loads(line) for line in output.splitlines()]
    assert summary.rows == 4
    assert rows[0]["id"] == 1
    assert rows[0]["screener_offer"] is True
    assert rows[1]["screener_input"] == "not json"
    assert all(row["screener_error"] for row in rows[1:])


@pytest.mark.parametrize(
    "line",
    [
        '{"id": 123456789012345678901234567890, "text": "job"}',
        '{"id": -18446744073709551617, "rate": 1.10, "share": 1e5, "text": "job"}',
        '{ "text" : "job" , "id": [18446744073709551616, {"a": 0.1000}] }  ',
        '{"id":1,"id":2,"text":"job \\u00e9"}',
        '{"text": 123456789012345678901234567890}',
        "{}",
        "{ }",
    ],
)
def test_json_is_written_back_as_it_came(tmp_path, line):
    _, output = scored(tmp_path, line + "\n", name="in.jsonl")
    kept = line.strip().removesuffix("}").rstrip()
    assert output.startswith(kept)
    assert output[len(kept) :].lstrip(",").startswith('"screener_score":')
    assert list(json.loads(output))[-len(COLUMNS) :] == list(COLUMNS)


def test_a_line_that_is_no_object_is_kept_as_it_came(tmp_path):
    _, output = scored(tmp_path, "[123456789012345678901234567890]\n", name="in.jsonl")
    assert json.loads(output)["screener_input"] == [123456789012345678901234567890]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_quote_that_is_never_closed_is_told(tmp_path, workers):
    rows = "".join(f"{n},job\n" for n in range(600))
    for content, line in (
        (f'id,text\n{rows}7,"job\n8,job\n9,job\n', 602),
        ('id,text\n1,"two\nlines"\n2,"job\n3,job', 4),
        ('id,text\n1,"job', 2),
        ('id,"text\n1,job\n', 1),
    ):
        with pytest.raises(BulkError, match=f"^line {line}: a quote is opened in this row and never closed") as told:
            scored(tmp_path, content, workers=workers)
        assert "\n" not in str(told.value)
        assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\r"])
def test_how_the_last_line_ends_does_not_matter(tmp_path, end):
    for last in ("job", '"job"', 'job "now"', '"job ""now"""'):
        summary, output = scored(tmp_path, f"id,text\n1,job\n2,{last}{end}")
        assert summary.rows == 2
        assert "job" in table(output)[1]["text"]
        assert not table(output)[1]["screener_error"]


def test_tsv_and_another_column(tmp_path, lure):
    _, output = scored(tmp_path, f"ad\tid\n{lure}\t1\n", name="in.tsv", text_column="ad")
    assert table(output, "\t")[0]["screener_band"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "header"),
        ("a,b\n1,2\n", "no column 'text'"),
        ("text,screener_score\njob,1\n", "already"),
        ("text,id,text\njob,1,other\n", "2 columns are called 'text'"),
    ],
)
def test_files_that_cannot_be_used(tmp_path, content, message):
    with pytest.raises(BulkError, match=message):
        scored(tmp_path, content)
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_input_is_not_overwritten(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("text\njob\n")
    with pytest.raises(BulkError, match="input itself"):
        run(path, path, text_column="text", workers=1, prevalence=0.05)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(st.text(st.characters(codec="utf-8"), max_size=30), min_size=2, max_size=2), max_size=12))
def test_rows_in_equal_rows_out(tmp_path, rows):
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([["id", "text"], *rows])
    _, output = scored(tmp_path, stream.getvalue())
    assert [[row["id"], row["text"]] for row in table(output)] == rows


def test_several_processes_keep_the_order(tmp_path):
    texts = [f"job number {n} in Dubai" for n in range(600)]
    _, output = scored(tmp_path, "text\n" + "\n".join(texts) + "\n", workers=2)
    assert [row["text"] for row in table(output)] == texts


def running(session):
    """Ids of the processes of a session that still run, from what Linux tells of each."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _, _, its_session, *_ = path.read_text().rpartition(")")[2].split()
            if int(its_session) == session and state != "Z":
                found.append(int(path.parent.name))
    return found


def awaited(condition, seconds):
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.1)
    return condition()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are counted as Linux tells them")
def test_workers_end_with_a_run_that_is_killed(tmp_path):
    source = tmp_path / "in.csv"
    source.write_text("text\n" + "job in Dubai, ticket paid\n" * 200_000)
    command = [sys.executable, "-m", "screener", "bulk", str(source), str(tmp_path / "out.csv"), "--workers", "2"]
    run_ = subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL)
    try:
        assert awaited(lambda: any(part.stat().st_size for part in tmp_path.glob("out.csv.*.part")), 60)
        assert len(running(run_.pid)) >= 3
        os.kill(run_.pid, signal.SIGKILL)
        run_.wait()
        assert awaited(lambda: not running(run_.pid), 20), running(run_.pid)
    finally:
        for process in running(run_.pid):
            os.kill(process, signal.SIGKILL)


def test_killed_in_the_middle_leaves_no_output(tmp_path):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("text\n" + "job in Dubai, ticket paid\n" * 200_000)
    run_ = subprocess.Popen([sys.executable, "-m", "screener", "bulk", str(source), str(target), "--workers", "1"])
    assert awaited(lambda: any(part.stat().st_size for part in tmp_path.glob("out.csv.*.part")), 60)
    os.kill(run_.pid, signal.SIGKILL)
    run_.wait()
    assert not target.exists()
    assert source.read_text().count("\n") == 200_001


def test_a_file_that_looks_like_a_half_written_output_is_left_alone(tmp_path):
    (tmp_path / "in.csv").write_text("text\njob\n")
    (tmp_path / "out.csv.part").write_text("mine")
    run(tmp_path / "in.csv", tmp_path / "out.csv", text_column="text", workers=1, prevalence=0.05)
    assert (tmp_path / "out.csv.part").read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv", "out.csv.part"]


def test_an_output_keeps_its_permissions(tmp_path):
    (tmp_path / "in.csv").write_text("text\njob\n")
    (tmp_path / "out.csv").write_text("old")
    (tmp_path / "out.csv").chmod(0o600)
    run(tmp_path / "in.csv", tmp_path / "out.csv", text_column="text", workers=1, prevalence=0.05)
    assert (tmp_path / "out.csv").stat().st_mode & 0o777 == 0o600


def test_a_folder_as_output_is_told_before_anything_is_read(tmp_path):
    (tmp_path / "in.csv").write_text("text\njob\n")
    with pytest.raises(BulkError, match="is a folder"):
        run(tmp_path / "in.csv", tmp_path, text_column="text", workers=1, prevalence=0.05)


def test_one_object_with_a_name_of_ours_is_marked_and_kept(tmp_path):
    (tmp_path / "in.jsonl").write_text('{"text":"cook"}\n{"text":"cook","screener_model":1}\n')
    run(tmp_path / "in.jsonl", tmp_path / "out.jsonl", text_column="text", workers=1, prevalence=0.05)
    first, second = map(json.loads, (tmp_path / "out.jsonl").read_text().splitlines())
    assert first["screener_error"] == ""
    assert "screener_model" in second["screener_error"]
    assert second["screener_input"] == {"text": "cook", "screener_model": 1}


def test_a_damaged_model_is_told_in_one_line_whatever_the_number_of_workers(tmp_path, monkeypatch):
    (tmp_path / "in.csv").write_text("text\n" + "job\n" * 600)
    monkeypatch.setenv("SCREENER_MODEL", str(tmp_path))
    with pytest.raises(ModelError, match="manifest"):
        run(tmp_path / "in.csv", tmp_path / "out.csv", text_column="text", workers=2, prevalence=0.05)
    assert not (tmp_path / "out.csv").exists()
