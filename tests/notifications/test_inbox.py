"""The inbox: in the language of the page, read once shown, nobody else's."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from marketplace.core import clock
from marketplace.notifications.actions import Notice, tell
from marketplace.notifications.models import NoticeRow
from tests import personas
from tests.support.clients import PageClient

ClientAs = Callable[[str], PageClient]
PARAMS = {"title_id": "SPAM <Bitung>", "title_en": "Water", "partner": "PT Uji", "pemda": "Pemkot Bitung"}


def tell_investor(connection: Any, number: int = 1) -> int:
    user_id = personas.actor(connection, "investor").user_id or 0
    for _number in range(number):
        tell([Notice("interest_more_info", [user_id], "/dasbor/minat/7", PARAMS)], now=clock.now())
    return user_id


def unread(session: Any) -> int:
    return int(session.scalar(select(func.count()).where(NoticeRow.read_at.is_(None))))


@pytest.mark.parametrize(
    "language,words",
    [
        ("", "Pemkot Bitung meminta keterangan: SPAM &lt;Bitung&gt;"),
        ("/en", "Pemkot Bitung asks for information: Water"),
    ],
)
def test_in_the_language_of_the_page(connection: Any, client_as: ClientAs, language: str, words: str) -> None:
    tell_investor(connection)
    page = client_as("investor").get(f"{language}/dasbor/kabar").text
    assert words in page
    assert f'href="{language}/dasbor/minat/7"' in page


def test_shown_is_read_after_the_answer(session: Any, connection: Any, client_as: ClientAs) -> None:
    tell_investor(connection, 30)
    browser = client_as("investor")
    first = browser.get("/dasbor/kabar").text
    assert first.count("tt-tag-go") == 25
    assert unread(session) == 5
    assert browser.get("/dasbor/kabar").text.count("tt-tag-go") == 0
    browser.submit("/dasbor/kabar/terbaca", on="/dasbor/kabar")
    assert unread(session) == 0


def test_nobody_reads_anothers(session: Any, connection: Any, client_as: ClientAs) -> None:
    tell_investor(connection)
    other = client_as("startup")
    assert "Belum ada kabar" in other.get("/dasbor/kabar").text
    other.submit("/dasbor/kabar/terbaca", on="/dasbor/akun")
    assert unread(session) == 1


def test_a_visitor_signs_in(client: PageClient) -> None:
    assert client.get("/dasbor/kabar").status_code == 302


def test_the_same_number_of_queries_for_three_and_thirty(
    connection: Any, client_as: ClientAs, count_queries: Any
) -> None:
    browser = client_as("investor")
    numbers = []
    for more in (3, 27):
        tell_investor(connection, more)
        browser.get("/dasbor/kabar")
        with count_queries() as counted:
            browser.get("/dasbor/kabar")
        numbers.append(counted.number)
    assert numbers[0] == numbers[1]
