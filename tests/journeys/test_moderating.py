"""Two moderators at one queue, one of them on a phone."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.steps import press, sees


def test_a_case_in_hand_is_seen_by_the_colleague(
    world: dict[str, Any], open_browser: Callable[..., Page]
) -> None:
    path = f"/moderasi/organisasi/{world['waiting_claim']}"
    phone, colleague = open_browser("moderator", width=360), open_browser("moderator_b")
    phone.goto(path)
    press(phone, "Pegang")
    sees(phone, "Anda memegang kasus ini")
    colleague.goto("/en/moderasi/organisasi")
    row = colleague.get_by_role("row").filter(has_text="Pendamping Uji")
    expect(row).to_contain_text("Maya Lestari")
    row.get_by_role("link", name="View").click()
    sees(colleague, "Maya Lestari has had this in hand since", "You can still decide.")
    assert colleague.get_by_role("button", name="Take in hand").count() == 0
    press(phone, "Lepas")
    colleague.reload()
    press(colleague, "Take in hand")
    sees(colleague, "You have this case in hand")


def test_the_tab_of_the_page_is_in_sight_on_a_phone(
    world: dict[str, Any], open_browser: Callable[..., Page]
) -> None:
    phone = open_browser("moderator", width=360)
    for path in ("/moderasi", "/moderasi/macet", "/moderasi/jejak"):
        phone.goto(path)
        tab = phone.locator(".tt-tabs a[aria-current]")
        expect(tab).to_be_in_viewport(ratio=0.99)
