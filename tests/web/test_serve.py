"""Serving: settings, a taken port, a real start and stop."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from screener.errors import ScreenerError
from screener.web.serve import options, serve

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
    assert (chosen["workers"], chosen["threads"], chosen["preload_app"]) == (2, 4, True)
    assert chosen["accesslog"] is None


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


@pytest.mark.parametrize(("host", "port"), [("nowhere.invalid", 8000), ("127.0.0.1", 70_000)])
def test_an_impossible_address_is_told(host: str, port: int) -> None:
    with pytest.raises(ScreenerError, match="can't listen there"):
        serve(host, port, 1)


def test_it_serves_and_stops_on_a_signal() -> None:
    port = free_port()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([*sys.path, str(ROOT)])}
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM % port], cwd=ROOT, env=environment, stderr=subprocess.PIPE
    ) as process:
        try:
            body = _first_answer(f"http://127.0.0.1:{port}/health/ready", process)
            assert body == {"status": "ready", "model": "hand-made"}
        finally:
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
