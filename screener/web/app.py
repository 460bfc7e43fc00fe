"""The application factory."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from apiflask import APIFlask
from flask import Response, current_app, render_template, request
from flask_babel import Babel

from screener.screening import Screener
from screener.web.api import api, health
from screener.web.form import form
from screener.web.headers import register_headers
from screener.web.openapi import register_openapi
from screener.web.problems import register_problems
from screener.web.service import ScreenerService, attach_screener
from screener.web.translation import _

OFFERED_LOCALES = ("en",)
_FOLDER = Path(__file__).parent
_DEFAULTS: Mapping[str, Any] = {
    "MAX_SCREENING_BYTES": 256 * 1024,
    "MAX_BATCH_BYTES": 8 * 1024 * 1024,
    "MAX_CONTENT_LENGTH": 256 * 1024,
    "SEND_FILE_MAX_AGE_DEFAULT": 3600,
    "AUTO_404_RESPONSE": False,
    "AUTO_SERVERS": False,
    "AUTO_200_RESPONSE": False,
    "BABEL_DEFAULT_LOCALE": "en",
    "BABEL_TRANSLATION_DIRECTORIES": str(_FOLDER.parent / "locale"),
}


def create_app(config: Mapping[str, Any] | None = None, screener: ScreenerService | None = None) -> APIFlask:
    """An application with the API, the form and the documentation.

    `config` overrides the defaults: MAX_SCREENING_BYTES, MAX_BATCH_BYTES and Flask's own keys. Without a `screener` the
    shipped model is loaded and made ready for the first request. Raises ModelError where that fails: an application
    without a model does not start.
    """
    app = _Application(
        "screener.web",
        title="Lure Screener",
        version="1",
        spec_path="/api/v1/openapi.json",
        docs_path=None,
        json_errors=False,
    )
    app.config.from_mapping(_DEFAULTS)
    app.config.from_mapping(config or {})
    # A doubled slash is an unknown path, and not a redirect that a POST would lose its body to.
    app.url_map.merge_slashes = False
    attach_screener(app, screener or Screener.load().prepare())
    Babel(app, locale_selector=lambda: OFFERED_LOCALES[0])
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.add_template_global(_, "_")
    app.add_template_global(_asset, "asset")
    register_headers(app)
    register_problems(app)
    app.register_blueprint(api)
    app.register_blueprint(health)
    app.register_blueprint(form)
    app.add_url_rule("/api/docs", "docs", _docs, methods=["GET"])
    register_openapi(app)
    return app


class _Application(APIFlask):
    """Flask's application, whose answer to OPTIONS is nothing but the methods."""

    def make_default_options_response(self) -> Response:
        """204 with the methods of the address in `Allow`."""
        response = super().make_default_options_response()
        response.status_code = 204
        del response.headers["Content-Type"]
        return response


def _docs() -> str:
    return render_template("docs.html")


@lru_cache(maxsize=32)
def _version(name: str) -> str:
    return hashlib.sha256((_FOLDER / "static" / name).read_bytes()).hexdigest()[:10]


def _asset(name: str) -> str:
    """The address of a static file; its version changes with its content, so that caches can keep it."""
    return f"{request.script_root}{current_app.static_url_path}/{name}?v={_version(name)}"
