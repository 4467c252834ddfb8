"""The templates with everything around them faked: no database, no slice."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jinja2
import pytest
from flask import Flask, render_template
from flask_babel import Babel
from flask_wtf import CSRFProtect

from marketplace.config import ROOT
from marketplace.web.assets import init_assets
from marketplace.web.formats import angka

READER = SimpleNamespace(
    name="Sari Tumbel",
    organisation_name="Pemkot Bitung",
    places=(),
    unread=4,
    tabs=[
        {"url": "/dasbor", "label": "Dasbor", "active": True},
        {"url": "/minat", "label": "Minat", "count": 3, "warm": True},
    ],
)


@pytest.fixture(scope="session")
def face(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A bare Flask that has our templates and static files."""
    app = Flask("face", template_folder=str(ROOT / "templates"), static_folder=None)
    kept: Path = tmp_path_factory.mktemp("instance")
    app.config.update(SECRET_KEY="only-for-tests", INSTANCE_DIR=kept, TESTING=True)
    app.config["CONTACT_EMAIL"] = "laip@titiktemu.example"
    app.jinja_env.undefined = jinja2.StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    Babel(app, default_locale="id")
    CSRFProtect(app)
    init_assets(app)
    app.add_template_filter(angka)
    return app


@pytest.fixture
def draw(face: Flask) -> Callable[..., bytes]:
    """Renders a template as the application would; `viewer` says who is signed in."""

    def rendered(template: str, **values: Any) -> bytes:
        context = {
            "viewer": None,
            "lang": "id",
            "prefix": "",
            "other_lang_url": "/en/x",
            "canonical_url": "http://localhost/x",
            "alternate_urls": {"id": "http://localhost/x", "en": "http://localhost/en/x"},
            "base_url": "http://localhost",
            "demo": True,
            "unit_name": "LAIP",
            "ministry_name": "Kementerian Komunikasi dan Digital",
            **values,
        }
        with face.test_request_context("/x"):
            return render_template(template, **context).encode()

    return rendered


@pytest.fixture
def macro(face: Flask) -> Callable[..., str]:
    """Renders one expression with one macro imported: macro('tag', 'days_tag', 'days_tag(11)')."""

    def rendered(file: str, name: str, expression: str, **values: Any) -> str:
        source = f"{{% from 'components/{file}.html' import {name} %}}{{{{ {expression} }}}}"
        with face.test_request_context("/x"):
            return face.jinja_env.from_string(source).render(**values)

    return rendered
