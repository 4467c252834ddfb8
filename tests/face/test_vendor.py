import importlib.util
import json
import re
import shutil

import pytest

from marketplace.config import ROOT

VENDOR = ROOT / "static" / "vendor"


@pytest.fixture(scope="module")
def vendor():
    specification = importlib.util.spec_from_file_location("vendor", ROOT / "scripts" / "vendor.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def lock():
    return json.loads((VENDOR / "vendor.json").read_text())


def test_every_committed_file_is_the_one_of_the_lock(vendor, lock):
    assert vendor.differences(lock, VENDOR) == []


def test_a_changed_and_a_missing_file_are_named(vendor, lock, tmp_path):
    shutil.copytree(VENDOR, tmp_path / "vendor")
    (tmp_path / "vendor" / "htmx.min.js").write_text("alert(1)")
    (tmp_path / "vendor" / "icons.svg").unlink()
    assert vendor.differences(lock, tmp_path / "vendor") == [
        "htmx.min.js differs from the lock",
        "icons.svg is missing",
    ]


def test_every_package_is_pinned_by_its_integrity(lock):
    for package in lock["packages"]:
        assert re.fullmatch(r"sha512-[A-Za-z0-9+/]{86}==", package["integrity"]), package["name"]
        assert re.fullmatch(r"\d+\.\d+\.\d+", package["version"]), package["name"]


def test_nothing_lies_there_that_the_lock_does_not_name(vendor, lock):
    there = {path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*") if path.is_file()}
    assert there == {*vendor.written(lock), "vendor.json"}


def test_every_icon_in_use_is_in_the_sprite():
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (VENDOR / "icons.svg").read_text()))
    templates = [path.read_text() for path in (ROOT / "templates").rglob("*.html")]
    used = {name for text in templates for name in re.findall(r"\bicon\('([\w-]+)'", text)}
    tones = r'\(\s*"(?:neutral|go|info|good|bad|warm|quiet)",\s*"([\w-]+)"'
    used |= {
        name for path in (ROOT / "marketplace").rglob("*.py") for name in re.findall(tones, path.read_text())
    }
    assert used - drawn == set()
