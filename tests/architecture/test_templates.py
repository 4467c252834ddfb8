"""Templates compile, none is unused, none is written inline."""

import re
from pathlib import Path

import jinja2
import pytest

from marketplace.config import ROOT

FOLDER = ROOT / "templates"
NAMES = sorted(
    str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*") if path.suffix in (".html", ".txt", ".xml")
)
REFERENCE = re.compile(r"""['"]([\w./-]+\.(?:html|txt|xml))['"]""")
# Chosen by a value: mails by their kind, error pages by their status.
BY_VALUE = ("emails/", "errors/")


@pytest.mark.parametrize("name", NAMES)
def test_compiles(app, name):
    app.jinja_env.get_template(name)


def test_undefined_names_are_errors(app):
    assert app.jinja_env.undefined is jinja2.StrictUndefined


def test_none_is_unused():
    sources = [*(ROOT / "marketplace").rglob("*.py"), *FOLDER.rglob("*.html"), *FOLDER.rglob("*.txt")]
    used = {found for source in sources for found in REFERENCE.findall(Path(source).read_text())}
    unused = [name for name in NAMES if name not in used and not name.startswith(BY_VALUE)]
    assert not unused, f"delete them, or use them: {unused}"


def test_every_mail_has_its_three_files():
    for folder in (FOLDER / "emails").iterdir():
        if folder.is_dir():
            assert {file.name for file in folder.iterdir()} == {"subject.txt", "body.txt", "body.html"}, (
                folder.name
            )
