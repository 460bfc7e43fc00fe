"""Serving: settings, a taken port, a real start and stop."""

from __future__ import annotations

import errno
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPResponse
from pathlib import Path

import pytest

from screener.errors import ScreenerError
from screener.web.app import create_app
from screener.web.serve import _advice, options, serve
from screener.web.service import ScreenerService, screener_of

ROOT = Path(__file__).parents[2]
PROGRAM = """
import runpy
import screener.web.serve as program
made = program.create_app({}, runpy.run_path("tests/web/conftest.py")["HandMadeScreener"]())
program.create_app = lambda: made
program.serve("127.0.0.1", %d, 1)
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_the_settings() -> None:
    chosen = options("::1", 8000, 2)
    assert chosen["bind"] == "[::1]:8000"
    assert (chosen["workers"], chosen["threads"], chosen["preload_app"]) == (2, 32, True)
    assert chosen["accesslog"] is None


def test_the_shipped_model_is_made_ready_before_the_first_request(
    monkeypatch: pytest.MonkeyPatch, screener: ScreenerService
) -> None:
    prepared = []

    class Loaded:
        def prepare(self) -> ScreenerService:
            prepared.append(self)
            return screener

    monkeypatch.setattr("screener.web.app.Screener.load", Loaded)
    assert screener_of(create_app()) is screener
    assert len(prepared) == 1


def test_a_taken_port_is_told_in_one_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(
            ScreenerError, match=f"127.0.0.1:{port}: can't listen there .* choose another --port"
        ) as told:
            serve("127.0.0.1", port, 1)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("host", "port", "advice"),
    [
        ("nowhere.invalid", 8000, "give as --host an address of this machine"),
        ("::1x", 8000, "give as --host an address of this machine"),
        ("203.0.113.7", 8000, "give as --host an address of this machine"),
        ("a" * 70, 8000, "give as --host an address of this machine"),
        ("127.0.0.1", 70_000, "choose a --port from 1 to 65535"),
    ],
)
def test_an_impossible_address_is_told(host: str, port: int, advice: str) -> None:
    with pytest.raises(ScreenerError, match=f"can't listen there.*; {advice}") as told:
        serve(host, port, 1)
    assert "stop the program" not in str(told.value)


def test_a_port_of_the_system_is_told() -> None:
    assert _advice(PermissionError(errno.EACCES, "Permission denied")) == "choose a --port above 1023"


SCREENING = b"POST /api/v1/screenings HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
CHUNKED = SCREENING + b"Transfer-Encoding: chunked\r\n\r\n"
UNREADABLE = {
    "chunk size": (CHUNKED + b"ZZ\r\n{}\r\n0\r\n\r\n", 400),
    "negative chunk size": (CHUNKED + b"-2\r\n{}\r\n0\r\n\r\n", 400),
    "huge chunk size": (CHUNKED + b"f" * 4000 + b"\r\n{}\r\n0\r\n\r\n", 400),
    "endless chunk size": (CHUNKED + b"0" * 20_000 + b"\r\n\r\n", 400),
    "no chunk size": (CHUNKED + b"\r\n{}\r\n0\r\n\r\n", 400),
    "longer chunk": (CHUNKED + b"1\r\n{}\r\n0\r\n\r\n", 400),
    "chunk extension": (CHUNKED + b"2;=\r\n{}\r\n0\r\n\r\n", 400),
    "trailer": (CHUNKED + b"2\r\n{}\r\n0\r\nno trailer\r\n\r\n", 400),
    "chunks break off": (CHUNKED + b"40\r\n{", 400),
    "body breaks off": (SCREENING + b"Content-Length: 50\r\n\r\n{", 400),
    "chunks beyond the limit": (CHUNKED + b"60000\r\n" + b" " * 0x60000 + b"\r\n0\r\n\r\n", 413),
    "content length": (SCREENING + b"Content-Length: many\r\n\r\n{}", 400),
    "two content lengths": (SCREENING + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", 400),
    "transfer coding": (SCREENING + b"Transfer-Encoding: brotli\r\n\r\n{}", 501),
    "long address": (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", 414),
    "long header": (b"GET / HTTP/1.1\r\nHost: a\r\nX-A: " + b"a" * 9000 + b"\r\n\r\n", 431),
    "no http": (b"hello\r\n\r\n", 400),
    "version": (b"GET / HTTP/7.8\r\nHost: a\r\n\r\n", 400),
    "header name": (b"GET / HTTP/1.1\r\nHost: a\r\nX A: 1\r\n\r\n", 400),
}


@contextmanager
def running(stderr: int) -> Iterator[tuple[int, subprocess.Popen[bytes], dict[str, str]]]:
    """A service in a process of its own: its port, the process and its first answer. It is stopped at the end."""
    port = free_port()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([*sys.path, str(ROOT)])}
    with subprocess.Popen([sys.executable, "-c", PROGRAM % port], cwd=ROOT, env=environment, stderr=stderr) as process:
        try:
            yield port, process, _first_answer(f"http://127.0.0.1:{port}/health/ready", process)
        finally:
            process.send_signal(signal.SIGTERM)


@pytest.fixture(scope="module")
def service() -> Iterator[int]:
    """The port of a running service."""
    with running(subprocess.DEVNULL) as (port, _, _):
        yield port


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_a_problem(service: int, name: str) -> None:
    request, status = UNREADABLE[name]
    with socket.create_connection(("127.0.0.1", service), timeout=20) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        answer = HTTPResponse(connection)
        answer.begin()
        body = json.loads(answer.read())
    assert answer.status == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert body["status"] == status
    assert body["type"].startswith("urn:lure-screener:problem:")
    assert body["detail"]


def test_it_serves_and_stops_on_a_signal() -> None:
    with running(subprocess.PIPE) as (_, process, body):
        assert body == {"status": "ready", "model": "hand-made"}
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=20)
    assert process.returncode == 0
    lines = [json.loads(line) for line in errors.decode().splitlines() if line.startswith("{")]
    assert any(line["event"] == "request" and line["path"] == "/health/ready" for line in lines)


def _first_answer(url: str, process: subprocess.Popen[bytes]) -> dict[str, str]:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(100):
        assert process.poll() is None
        try:
            with opener.open(url, timeout=2) as answer:
                body: dict[str, str] = json.load(answer)
                return body
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the service did not answer")
