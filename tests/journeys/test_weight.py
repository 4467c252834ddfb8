"""A first visit with a phone: light, and nobody else is asked."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import CDPSession, Page

from tests.support.sites import Site

KIBIBYTE = 1024
MOST_BYTES = 150 * KIBIBYTE
MOST_REQUESTS = 25


class Traffic:
    """What one page asked for: addresses, and the bytes that came over the wire."""

    def __init__(self, session: CDPSession) -> None:
        self.addresses: list[str] = []
        self.sizes: list[float] = []
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.loadingFinished", self._came)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})

    def _asked(self, event: dict[str, Any]) -> None:
        self.addresses.append(event["request"]["url"])

    def _came(self, event: dict[str, Any]) -> None:
        self.sizes.append(event["encodedDataLength"])


@pytest.mark.usefixtures("searchable")
@pytest.mark.parametrize("path", ["/peluang", "/", "/en/peluang", "/peluang/peta"])
def test_a_first_visit_is_light(site: Site, open_browser: Callable[..., Page], path: str) -> None:
    page = open_browser(width=360, device_scale_factor=3, is_mobile=True)
    traffic = Traffic(page.context.new_cdp_session(page))
    page.goto(path, wait_until="networkidle")
    # Down to the end, so that what loads late is counted too.
    page.keyboard.press("End")
    page.wait_for_load_state("networkidle")
    asked = [address for address in traffic.addresses if not address.startswith("data:")]
    assert {urlsplit(address).netloc for address in asked} == {urlsplit(site.address).netloc}
    assert len(asked) <= MOST_REQUESTS, asked
    assert sum(traffic.sizes) <= MOST_BYTES, f"{sum(traffic.sizes) / KIBIBYTE:.0f} KiB"
