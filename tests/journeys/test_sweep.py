"""Every page of every persona, at both widths, in both themes; no sideways scroll; valid HTML. Slow: `-m sweep`."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.architecture.access import Answer
from tests.journeys.test_accessibility import PAGES, STATES, VISITOR, open_whole
from tests.personas import PEOPLE
from tests.support.axe import AXE, violations_in_both

pytestmark = pytest.mark.sweep
NARROWEST, WIDTHS, HEIGHT = 320, (360, 1280), 900
READERS = (VISITOR, *PEOPLE)


# Public pages that look different to somebody who is signed in by more than the header.
ALSO_SIGNED_IN = (
    "/",
    "/peluang",
    "/peluang/{listing}",
    "/peluang/{withdrawn}",
    "/mitra/{verified_partner}",
    "/en/dasbor",
)


def paths_of(persona: str, world: dict[str, Any]) -> list[str]:
    """The visitor: every page. Others: every page that is theirs, one of each refusal, some public ones."""
    if persona == VISITOR:
        return [path.format(**world) for path in (*(route.path for route in PAGES), *STATES)]
    paths, refusals = list(ALSO_SIGNED_IN), set()
    for route in PAGES:
        answer = route.answer_for(persona)
        if answer is Answer.MAY and route.visitor is not Answer.MAY:
            paths.append(route.path)
        elif answer is not Answer.MAY and answer not in refusals:
            refusals.add(answer)
            paths.append(route.path)
    return [path.format(**world) for path in paths]


def scrolls_sideways(page: Page) -> bool:
    return bool(
        page.evaluate("() => document.documentElement.scrollWidth > document.documentElement.clientWidth")
    )


@pytest.mark.parametrize("persona", READERS)
def test_no_violation_anywhere_and_nothing_scrolls_sideways(
    persona: str, world: dict[str, Any], open_browser: Callable[..., Page]
) -> None:
    """Each page is opened once and then made wider, as a window is: nothing of it depends on the width at its start."""
    page = open_browser(None if persona == VISITOR else persona)
    page.add_init_script(AXE)
    problems: list[str] = []
    for path in paths_of(persona, world):
        page.set_viewport_size({"width": NARROWEST, "height": HEIGHT})
        open_whole(page, path)
        if scrolls_sideways(page):
            problems.append(f"{path} scrolls sideways at {NARROWEST}")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            problems += [f"{path} at {width}: {line}" for line in violations_in_both(page)]
    assert not problems, "\n" + "\n".join(problems)


@pytest.fixture(scope="session")
def checker() -> list[str]:
    """The command of the Nu HTML checker (npm vnu-jar), which CI may not have."""
    jar = os.environ.get("VNU_JAR")
    if not jar or not shutil.which("java"):
        pytest.skip("no Nu HTML checker: install Java and set VNU_JAR=/path/to/vnu.jar (npm pack vnu-jar)")
    return ["java", "-jar", jar, "--format", "json", "--exit-zero-always", "--also-check-svg"]


@pytest.mark.parametrize(
    "persona", [VISITOR, "pemda_approver", "investor", "moderator", "new_partner", "alone"]
)
def test_the_html_is_valid(
    persona: str, checker: list[str], world: dict[str, Any], open_browser: Callable[..., Page], tmp_path: Path
) -> None:
    """The answers as they came, before any script touched them."""
    page = open_browser(None if persona == VISITOR else persona)
    addresses = {}
    for number, path in enumerate(paths_of(persona, world)):
        file = tmp_path / f"{number}.html"
        file.write_bytes(page.request.get(path).body())
        addresses[file.name] = path
    found = subprocess.run([*checker, str(tmp_path)], capture_output=True, check=True, timeout=300)
    messages = json.loads(found.stderr)["messages"]
    problems = {
        f"{addresses[re.sub('.*/', '', each['url'])]}: {each['message']} | {each.get('extract', '')}"
        for each in messages
        if each["type"] == "error"
    }
    assert not problems, "\n" + "\n".join(sorted(problems))
