from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from flask import Flask, render_template_string
from flask_babel import Babel, force_locale

from marketplace.web import formats

MORNING = datetime(2026, 2, 28, 2, 0, tzinfo=UTC)


@pytest.fixture
def page() -> Iterator[Flask]:
    app = Flask(__name__)
    Babel(app, default_locale="id")
    formats.init_formats(app, zone_of=lambda _actor: "Asia/Jakarta")
    with app.test_request_context("/"):
        yield app


def shown(template: str, language: str, **values: object) -> str:
    with force_locale(language):
        return render_template_string(template, **values)


@pytest.mark.parametrize(
    "template, value, indonesian, english",
    [
        ("{{ v|money_short }}", 1_250_000_000, "Rp1,25 miliar", "Rp1.25 billion"),
        ("{{ v|money_full }}", 1_250_000_000, "Rp1.250.000.000", "Rp1,250,000,000"),
        ("{{ v|money_short('USD') }}", 20_000_000, "USD 20 juta", "USD 20 million"),
        ("{{ v|tanggal }}", date(2026, 2, 28), "28 Februari 2026", "28 February 2026"),
        ("{{ v|tanggal_pendek }}", date(2026, 8, 1), "1 Agu 2026", "1 Aug 2026"),
        (
            "{{ v|waktu('Asia/Makassar') }}",
            MORNING,
            "28 Februari 2026, 10.00 WITA",
            "28 February 2026, 10:00 WITA",
        ),
        ("{{ v|jam }}", MORNING, "09.00 WIB", "09:00 WIB"),
        (
            "{{ v|tanggal('Asia/Jayapura') }}",
            datetime(2026, 2, 27, 16, tzinfo=UTC),
            "28 Februari 2026",
            "28 February 2026",
        ),
        ("{{ v|angka }}", 1_250_000, "1.250.000", "1,250,000"),
        ("{{ v|persen }}", Decimal("15.69"), "15,69%", "15.69%"),
        ("{{ v|ukuran }}", 340, "340 byte", "340 byte"),
        ("{{ v|ukuran }}", 348_160, "340 KB", "340 KB"),
        ("{{ v|ukuran }}", 1_258_291, "1,2 MB", "1.2 MB"),
        ("{{ v|angka }}", None, "Belum dinyatakan", "Belum dinyatakan"),
        ("{{ v|money_short }}", None, "Belum dinyatakan", "Belum dinyatakan"),
    ],
)
def test_each_language_prints_in_its_own_way(
    page: Flask, template: str, value: object, indonesian: str, english: str
) -> None:
    assert shown(template, "id", v=value) == indonesian
    assert shown(template, "en", v=value) == english


def test_the_language_follows_the_reader_of_each_mail(page: Flask) -> None:
    with force_locale("en"):
        assert formats.angka(1000) == "1,000"
    with force_locale("id"):
        assert formats.angka(1000) == "1.000"


def test_markdown_keeps_what_helps_reading(page: Flask) -> None:
    html = shown("{{ v|markdown }}", "id", v="Satu **dua**\ntiga\n\n- empat\n- [lima](https://contoh.id)")
    assert "<strong>dua</strong><br>" in html
    assert "<li>empat</li>" in html
    assert '<a href="https://contoh.id" rel="nofollow noopener ugc">lima</a>' in html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,<script>)",
        "![x](https://luar.example/x.png)",
        "# Judul",
        "Judul\n=====",
        '<a href="x" style="color:red" onclick="y()">z</a>',
    ],
)
def test_markdown_lets_nothing_else_through(page: Flask, text: str) -> None:
    html = str(formats.markdown(text))
    for opening in ("<script", "<img", "<h1", '<a href="x"', '<a href="javascript', '<a href="data'):
        assert opening not in html


def test_no_text_is_no_markup(page: Flask) -> None:
    assert formats.markdown(None) == ""
