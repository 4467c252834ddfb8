import io
from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import Babel
from flask_wtf import FlaskForm
from werkzeug.datastructures import FileStorage, MultiDict
from wtforms import StringField

from marketplace.files import rules
from marketplace.files.forms import UploadField
from tests.files import samples


class Draft(FlaskForm):
    title = StringField()
    paper = UploadField("Dokumen")


@pytest.fixture
def app() -> Iterator[Flask]:
    made = Flask(__name__)
    made.config.update(SECRET_KEY="x", WTF_CSRF_ENABLED=False)
    Babel(made, default_locale="id")
    with made.test_request_context("/", method="POST"):
        yield made


def filled(content: bytes, name: str) -> Draft:
    upload = FileStorage(io.BytesIO(content), filename=name)
    return Draft(formdata=MultiDict({"title": "Penerangan jalan", "paper": upload}))


@pytest.mark.usefixtures("app")
def test_twenty_megabytes_are_a_field_error_and_the_text_stays() -> None:
    form = filled(samples.PDF.ljust(20 * 1024 * 1024), "studi.pdf")
    assert not form.validate()
    assert form.paper.errors == ["Ukurannya 20 MB, batasnya 10 MB. Kecilkan, lalu unggah lagi."]
    assert form.title.data == "Penerangan jalan"


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    "content, name",
    [(samples.HTML, "studi.pdf"), (samples.PDF, "studi.html"), (b"", "studi.pdf"), (samples.PNG, "peta.png")],
    ids=["other content", "other ending", "empty", "kind not asked for"],
)
def test_a_wrong_file_is_a_field_error(content: bytes, name: str) -> None:
    form = filled(content, name)
    assert not form.validate()
    assert len(form.paper.errors) == 1


@pytest.mark.usefixtures("app")
def test_a_right_file_passes_and_can_still_be_read() -> None:
    form = filled(samples.PDF, "studi.pdf")
    assert form.validate()
    assert form.paper.data.stream.read() == samples.PDF


@pytest.mark.usefixtures("app")
def test_no_file_passes() -> None:
    form = Draft(formdata=MultiDict({"title": "x"}))
    assert form.validate()
    assert form.paper.data is None


@pytest.mark.usefixtures("app")
def test_the_field_tells_the_browser_what_it_takes() -> None:
    assert f'accept="{rules.endings_of(rules.DOCUMENTS)}"' in str(Draft().paper())
