"""The whole site on a database of its own and a real browser in front of it."""

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, expect, sync_playwright

from marketplace.changes import actions as changes
from tests.architecture.access_world import build_world
from tests.personas import PASSWORD, PEOPLE
from tests.support.clients import sign_in_cookie
from tests.support.databases import drop, make_from_template
from tests.support.second_factor import next_code
from tests.support.sites import Site, running_site
from tests.support.times import PATIENCE

HERE = Path(__file__).parent
# Chromium takes one such list, the last: what Playwright switches off, and a process started for a page that may follow,
# which was a third of all that a short visit started.
OFF = (
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning",
    "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch",
    "SpareRendererForSitePerProcess",
)  # fmt: skip
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--disable-quic", "--disable-dev-shm-usage",
    f"--disable-features={','.join(OFF)}",
]  # fmt: skip


FAILED = pytest.StashKey[bool]()
# What a press or a form left behind, which a picture would not show either.
STANDING = """() => [document.readyState, document.activeElement?.outerHTML.slice(0, 200),
    [...document.querySelectorAll("form[data-sent]")].map(form => form.action),
    document.querySelector("main")?.innerText.slice(0, 800)].join("\\n")"""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def site(server_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The product as it runs for people, with the personas of the tests in it."""
    url = make_from_template(server_url)
    try:
        with running_site(url, tmp_path_factory.mktemp("site")) as site:
            yield site
    finally:
        drop(url)


@pytest.fixture(scope="session")
def world(site: Site) -> dict[str, Any]:
    """One thing of each kind on the site, by the names that the access table's paths use."""
    with site.writing():
        names = build_world()
        changes.record("opportunity", names["listing_id"])
        changes.record("opportunity", names["closed"])
    return names


@pytest.fixture
def searchable(site: Site, world: dict[str, Any]) -> dict[str, Any]:
    """The world, once all of it can be searched, and nothing of tests before is still on its way into the index."""
    site.wait_for_index()
    return world


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser a test process; skipped with a sentence where there is none."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not path:
        if os.environ.get("CI"):
            pytest.fail("CI is set and Chromium is missing: set CHROMIUM or put it on PATH")
        pytest.skip("no Chromium: set CHROMIUM=/path to run the browser tests")
    expect.set_options(timeout=PATIENCE * 1000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_browser(
    request: pytest.FixtureRequest, chromium: Browser, site: Site
) -> Iterator[Callable[..., Page]]:
    """Opens a browser of its own for one person: open_browser("investor", width=360).

    It shows nothing yet. A persona has signed in before: the sign-in page has journeys of its own.

    A message of the content security policy, on any page that it shows, fails the test. After a failure, what each page
    showed and the end of the site's log stand in its report.
    """
    contexts: list[BrowserContext] = []
    broken: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "Content-Security-Policy" in message.text:
            broken.append(f"{message.page.url if message.page else ''}: {message.text}")

    def open_for(persona: str | None = None, *, width: int = 1280, **options: Any) -> Page:
        # A page that glides to where it was sent can take a button away between the pointer's down and its up.
        still = {"reduced_motion": "reduce", **options}
        context = chromium.new_context(
            base_url=site.address, viewport={"width": width, "height": 900}, locale="id-ID", **still
        )
        context.set_default_timeout(PATIENCE * 1000)
        context.on("console", note)
        contexts.append(context)
        if persona:
            context.add_cookies([{"url": site.address, **sign_in_cookie(site.application(), persona)}])
        return context.new_page()

    yield open_for
    if request.node.stash.get(FAILED, False):
        _tell_what_stood_there(contexts, site)
    for context in contexts:
        context.close()
    assert not broken, broken


def _tell_what_stood_there(contexts: list[BrowserContext], site: Site) -> None:
    for page in (page for context in contexts for page in context.pages):
        try:
            print(f"{page.url}\n{page.locator('html').evaluate(STANDING, timeout=5000)}\n")
        except Error as error:
            print(f"{page.url} does not answer: {error}")
    print(site.log())


def sign_in(page: Page, persona: str, language: str = "id") -> None:
    """Signs in by the form, as a person does."""
    page.goto("/en/masuk" if language == "en" else "/masuk")
    fill_sign_in(page, PEOPLE[persona].email)
    if PEOPLE[persona].staff:
        page.wait_for_url("**/masuk/dua-langkah")
        page.locator("main input[name=code]").fill(next_code(PEOPLE[persona].email))
        page.locator("main form:has(input[name=code]) button[type=submit]").click()
    page.wait_for_url("**/dasbor")


def fill_sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Fills and sends the sign-in form that is open."""
    page.locator("main input[name=email]").fill(email)
    page.locator("main input[name=password]").fill(password)
    page.locator("main form:has(input[name=password]) button[type=submit]").click()
