"""Where the browser of the journeys is."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from launcher.words import CannotGoOn, say

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MACOS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def find(env: Mapping[str, str]) -> str:
    """Path of Chromium, or empty. A CHROMIUM that is no program is refused: it was meant."""
    named = env.get("CHROMIUM", "")
    if named and not shutil.which(named):
        raise CannotGoOn(
            f"CHROMIUM={named} bukan program: perbaiki jalurnya, atau hapus variabel itu.",
            f"CHROMIUM={named} is not a program: correct the path, or unset the variable.",
        )
    if named:
        return named
    found = (shutil.which(name, path=env.get("PATH")) for name in NAMES)
    return next((path for path in found if path), next((path for path in MACOS if Path(path).exists()), ""))


def for_tests(env: Mapping[str, str]) -> dict[str, str]:
    """The variables to add for the tests; says so in one line when browser tests will be skipped."""
    path = find(env)
    if path:
        return {"CHROMIUM": path}
    if env.get("CI"):
        raise CannotGoOn(
            "Chromium tidak ditemukan, padahal CI diisi: jalankan .ci/run, atau isi CHROMIUM=/jalur/chromium.",
            "Chromium was not found although CI is set: use .ci/run, or set CHROMIUM=/path/to/chromium.",
        )
    say(
        "Chromium tidak ditemukan: uji peramban dilewati (isi CHROMIUM=/jalur/chromium).",
        "Chromium not found: browser tests are skipped.",
    )
    return {}
