"""Serving with gunicorn: one process loads the model, its workers share it."""

from __future__ import annotations

import errno
import logging
import socket
import sys
from pathlib import Path
from typing import Any

import structlog
from gunicorn.app.base import BaseApplication

from screener.errors import ScreenerError
from screener.web.app import create_app
from screener.web.worker import ProblemWorker

_THREADS = 32
"""Of a process. A browser keeps silent connections, each of which holds one for some seconds."""
_TIMEOUT_SECONDS = 30
_MEMORY_DISK = Path("/dev/shm")  # noqa: S108  # gunicorn makes its files there safely


def serve(host: str, port: int, workers: int) -> None:
    """Serve the API and the form until a signal stops it.

    Raises ScreenerError where the address can't be listened on, ModelError where the model can't be loaded.
    """
    _check_address(host, port)
    log_json_lines()
    _Service(options(host, port, workers)).run()


def options(host: str, port: int, workers: int) -> dict[str, Any]:
    """The settings of gunicorn."""
    return {
        "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "workers": workers,
        "worker_class": ProblemWorker,
        "threads": _THREADS,
        "preload_app": True,
        "timeout": _TIMEOUT_SECONDS,
        "graceful_timeout": _TIMEOUT_SECONDS,
        "keepalive": 5,
        # The application writes its own line a request; gunicorn's could hold what a client put in the address.
        "accesslog": None,
        "errorlog": "-",
        "loglevel": "warning",
        # Heartbeat files on a disk can stall a worker, and a read-only container has no other writable place.
        "worker_tmp_dir": str(_MEMORY_DISK) if _MEMORY_DISK.is_dir() else None,
        "control_socket_disable": True,
    }


def log_json_lines() -> None:
    """Send the log of the service to standard error as JSON lines."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def _check_address(host: str, port: int) -> None:
    """Fail with one clear line; gunicorn would try five times and tell it in ten."""
    if not 0 < port < 65536:
        raise ScreenerError(f"{host}:{port}: can't listen there; choose a --port from 1 to 65535")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ScreenerError(f"{host}:{port}: can't listen there ({reason}); {_advice(error)}") from error


def _advice(error: OSError | UnicodeError) -> str:
    """What to do about an address that can't be listened on."""
    code = getattr(error, "errno", None)
    if code == errno.EACCES:
        return "choose a --port above 1023"
    if code == errno.EADDRINUSE:
        return "stop the program that uses it or choose another --port"
    return "give as --host an address of this machine: 127.0.0.1 for itself alone, 0.0.0.0 or :: for its network"


class _Service(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    def __init__(self, settings: dict[str, Any]) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._settings.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return create_app()
