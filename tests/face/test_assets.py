import gzip
import re
from pathlib import Path

import pytest
from werkzeug.test import Client

from marketplace.config import ROOT
from marketplace.web.assets import STATIC, asset_from, build, stylesheet

FIRST_VISIT = (
    "base/site.css",
    "base/site.js",
    "base/glyphs.svg",
    "vendor/icons.svg",
    "vendor/plus-jakarta-sans-latin.woff2",
)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "static"
    (folder / "base").mkdir(parents=True)
    (folder / "base" / "dot.svg").write_text("<svg/>")
    (folder / "base" / "part.css").write_text('/* why */ .a { background: url("dot.svg"); }')
    (folder / "base" / "all.css").write_text('@import "part.css" layer(low);\n.b { color: red; }')
    return folder


def test_the_name_changes_with_the_content(source, tmp_path):
    before = build(source, tmp_path / "kept")
    (source / "base" / "dot.svg").write_text("<svg></svg>")
    after = build(source, tmp_path / "kept")
    assert before["base/dot.svg"] != after["base/dot.svg"]
    assert before["base/all.css"] != after["base/all.css"], (
        "a stylesheet's name must follow the files that it names"
    )


def test_imports_are_put_in_with_hashed_addresses(source, tmp_path):
    names = build(source, tmp_path / "kept")
    text = stylesheet(source, "base/all.css", names)
    assert text.startswith("@layer low{")
    assert f"url(/static/{names['base/dot.svg']})" in text
    assert "@import" not in text
    assert "why" not in text


def test_a_stylesheet_that_names_a_missing_file_stops_the_start(source, tmp_path):
    (source / "base" / "all.css").write_text(".a { background: url(gone.svg); }")
    with pytest.raises(KeyError, match=r"gone\.svg"):
        build(source, tmp_path / "kept")


def test_a_second_start_writes_nothing(source, tmp_path):
    kept = tmp_path / "kept"
    build(source, kept)
    before = {path: path.stat().st_mtime_ns for path in kept.rglob("*")}
    build(source, kept)
    assert {path: path.stat().st_mtime_ns for path in kept.rglob("*")} == before


def test_an_unknown_asset_is_an_error():
    with pytest.raises(KeyError):
        asset_from({"base/site.css": "base/site.1.css"})("base/other.css")


def test_files_are_served_for_a_year_compressed_and_with_our_headers(face):
    address = face.jinja_env.globals["asset"]("base/site.css")
    with Client(face.wsgi_app).get(address, headers={"Accept-Encoding": "gzip"}) as answer:
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "max-age=31536000, public, immutable"
        assert answer.headers["Content-Encoding"] == "gzip"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert b"--tt-paper" in gzip.decompress(answer.data)


def test_a_name_without_its_hash_is_not_found(face):
    assert Client(face.wsgi_app).get("/static/base/site.css").status_code == 404


def test_every_sheet_of_the_base_is_in_the_bundle():
    imported = set(re.findall(r'@import "([^"/]+)"', (STATIC / "base" / "site.css").read_text()))
    assert imported == {path.name for path in (STATIC / "base").glob("*.css")} - {"site.css"}


def test_nothing_is_asked_from_elsewhere(face):
    names = build(STATIC, Path(face.config["INSTANCE_DIR"]) / "assets")
    text = stylesheet(STATIC, "base/site.css", names)
    assert not re.findall(r"url\(\s*[\"']?(?:https?:)?//", text)


def test_the_first_visit_leaves_room_for_the_page(face):
    """Of the 150 KB of a first visit at most 95 are files; gzip, since every browser has it."""
    asset = face.jinja_env.globals["asset"]
    kept = Path(face.config["INSTANCE_DIR"]) / "assets"
    sizes = {}
    for name in FIRST_VISIT:
        path = kept / asset(name).removeprefix("/static/")
        packed = path.with_name(path.name + ".gz")
        sizes[name] = (packed if packed.exists() else path).stat().st_size
    assert sum(sizes.values()) <= 95_000, sizes


def test_templates_name_assets_that_exist():
    named = {
        name
        for path in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r"asset\('([^']+)'\)", path.read_text())
    }
    assert {name for name in named if not (STATIC / name).is_file()} == set()
