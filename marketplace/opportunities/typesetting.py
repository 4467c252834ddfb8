"""Teasers as PDF: a sheet of words and figures, laid out on two pages by `templates/opportunities/teaser.typ`."""

import hashlib
import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from marketplace.config import ROOT

PROGRAM = Path(__file__).with_name("typesetter.py")
TEMPLATE = ROOT / "templates" / "opportunities" / "teaser.typ"
FONTS = ROOT / "static" / "vendor" / "print"
PATIENCE = timedelta(seconds=20)
# More of one text never fits on a page.
_LONGEST = 2500
_LONGEST_WORD = 32
_BREAK = "\u200b"
# Letters, marks and signs of which the fonts have every one: what else people type (emoji, say) is left out.
_DRAWN_RANGES = (
    (0x20, 0x24F), (0x370, 0x482), (0x48A, 0x4FF), (0x1E00, 0x1FFF), (0x2010, 0x2040), (0x20A0, 0x20C0),
    (0x2190, 0x23FF), (0x2500, 0x25FF),
)  # fmt: skip
_SINGLE = "№™"


@cache
def drawn_characters() -> frozenset[str]:
    """What the fonts can draw."""
    known = (chr(code) for first, last in _DRAWN_RANGES for code in range(first, last + 1))
    return frozenset(char for char in known if unicodedata.category(char)[0] not in "CZ") | {*_SINGLE, " "}


def drawable(text: str) -> str:
    """The text as it can be set: composed, one line, without what no font draws, long words with places to break."""
    composed = unicodedata.normalize("NFC", text[:_LONGEST])
    known = drawn_characters()
    kept = "".join(char if char in known else " " if char.isspace() else "" for char in composed)
    return re.sub(rf"\S{{{_LONGEST_WORD}}}(?=\S)", lambda run: run[0] + _BREAK, " ".join(kept.split()))


@cache
def layout_version() -> str:
    """Names what a sheet is laid out by: the template, the fonts, the library."""
    parts = [TEMPLATE.read_bytes(), *(path.read_bytes() for path in sorted(FONTS.iterdir()))]
    return hashlib.sha256(b"\0".join([*parts, version("typst").encode()])).hexdigest()[:12]


def key_of(sheet: Mapping[str, Any]) -> str:
    """Names the PDF of that sheet: all that it shows, and the layout."""
    told = json.dumps(sheet, sort_keys=True) + layout_version()
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def typeset(sheet: Mapping[str, Any]) -> bytes:
    """The sheet as PDF (PDF/UA-1). Raises CalledProcessError or TimeoutExpired."""
    command = [sys.executable, "-I", str(PROGRAM), str(TEMPLATE), str(FONTS)]
    done = subprocess.run(  # noqa: S603 - our own program and files; the sheet is data on its standard input
        command,
        input=json.dumps(sheet).encode(),
        capture_output=True,
        timeout=PATIENCE.total_seconds(),
        check=True,
        env={},
    )
    return done.stdout
