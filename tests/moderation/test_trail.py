"""The audit trail, read by key: every line is reached once, and nothing is counted."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from marketplace.audit import actions as audit
from marketplace.core import clock
from marketplace.core.actor import SYSTEM
from marketplace.moderation.queries import load_trail
from tests.support.clients import PageClient

ClientAs = Callable[[str], PageClient]


def note(number: int, kind: str = "interest") -> int:
    """One event about the thing of that number."""
    return audit.record(f"{kind}:sent", actor=SYSTEM, now=clock.now(), object_kind=kind, object_id=number).id


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize("total", [0, 1, 9, 10, 11, 20, 21, 35])
def test_down_to_the_oldest_and_up_again(total: int) -> None:
    written = [note(number) for number in range(total)]
    note(1, "opportunity")
    page = load_trail(object_kind="interest", limit=10)
    assert page.newer_than is None
    down = [page]
    while page.older_than is not None:
        page = load_trail(object_kind="interest", older_than=page.older_than, limit=10)
        down.append(page)
    assert [line.id for each in down for line in each.lines] == written[::-1]
    up = [page]
    while page.newer_than is not None:
        page = load_trail(object_kind="interest", newer_than=page.newer_than, limit=10)
        up.append(page)
    assert up[-1].lines[:1] == down[0].lines[:1]
    assert {line.id for each in up for line in each.lines} == set(written)


def test_a_page_counts_and_skips_nothing(client_as: ClientAs, count_queries: Any) -> None:
    for number in range(1, 121):
        note(number)
    browser = client_as("moderator")
    seen: list[str] = []
    path: str | None = "/moderasi/jejak?tentang=interest"
    while path:
        with count_queries() as counted:
            page = browser.get(path).text
        events = [text for text in counted.statements if "FROM audit_events" in text and "ORDER BY" in text]
        assert len(events) == 1
        assert "OFFSET" not in events[0]
        assert not any("count(" in text and "audit_events" in text for text in counted.statements)
        seen += re.findall(r"nomor=(\d+)", page.split("<tbody>")[1].split("</tbody>")[0])
        older = re.search(r'href="([^"]+)" rel="next"', page)
        path = older.group(1).replace("&amp;", "&") if older else None
    assert seen == [str(number) for number in range(120, 0, -1)]
    assert 'rel="prev"' in page
    assert browser.get("/moderasi/jejak?sebelum=0&sesudah=x").status_code == 200


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_trail(session: Any, client_as: ClientAs, language: str) -> None:
    for number in range(60):
        audit.record(
            "interest:sent", actor=SYSTEM, now=clock.now(), object_kind="interest", object_id=number + 1
        )
    audit.record(
        "version:returned", actor=SYSTEM, now=clock.now(), object_kind="version", object_id=5,
        from_status="submitted", to_status="returned", reason="unclear", words="<b>Jelaskan</b>",
    )  # fmt: skip
    browser = client_as("moderator")
    page = browser.get(f"{language}/moderasi/jejak").text
    assert ("Dikembalikan moderator" if language == "" else "Returned by a moderator") in page
    assert "&lt;b&gt;Jelaskan" in page
    only = browser.get(f"{language}/moderasi/jejak?tentang=interest&nomor=7").text
    assert only.count("Minat dikirim" if language == "" else "Interest sent") == 1
    assert browser.get(f"{language}/moderasi/jejak?tentang=palsu&nomor=abc&halaman=x").status_code == 200
