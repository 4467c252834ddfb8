""" "Kami juga butuh ini": who may say it, once, and who hears of it."""

from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Connection, func, select

from marketplace.accounts.models import User
from marketplace.audit.models import AuditEvent
from marketplace.changes.models import Change
from marketplace.core.refusal import Forbidden, NotFound
from marketplace.innovations import actions, queries
from marketplace.innovations.models import Innovation, InnovationWant
from marketplace.innovations.rules import InnovationStatus, NotWantable, OwnInnovation, can_be_wanted
from marketplace.mail.models import Delivery
from marketplace.mail.sending import compose
from marketplace.notifications.models import NoticeRow
from tests.personas import actor
from tests.support.clients import PageClient

NOW = datetime(2026, 3, 1, tzinfo=UTC)
# Parking by QRIS of Kabupaten Madiun, whose government is one of the personas.
MADIUN = "parkir-nonlangganan-qris-kabupaten-madiun"
ClientAs = Callable[[str], PageClient]


def _id(session: Any, slug: str = MADIUN) -> int:
    number: int = session.scalar(select(Innovation.id).where(Innovation.slug == slug))
    return number


def _wants(session: Any) -> int:
    return session.scalar(select(func.count()).select_from(InnovationWant)) or 0


def test_a_verified_government_says_so_and_the_origin_hears(session: Any, connection: Connection) -> None:
    number = _id(session)
    assert actions.want(number, actor=actor(connection, "pemda_editor"), now=NOW)
    assert queries.list_wanting_regions(number) == ["71.72"]
    told = session.execute(select(NoticeRow.user_id, NoticeRow.path, NoticeRow.params)).all()
    assert [row.user_id for row in told] == [actor(connection, "other_approver").user_id]
    assert told[0].path == f"/inovasi/{MADIUN}"
    assert told[0].params["organisation"] == "Pemerintah Kota Bitung"
    event = session.execute(select(AuditEvent).where(AuditEvent.kind == "innovation:wanted")).scalar_one()
    assert event.object_id == number
    assert session.scalar(select(Change.object_id).where(Change.kind == "innovation")) == number


def test_said_twice_is_said_once(session: Any, connection: Connection) -> None:
    number = _id(session)
    assert actions.want(number, actor=actor(connection, "pemda_editor"), now=NOW)
    assert not actions.want(number, actor=actor(connection, "pemda_approver"), now=NOW)
    assert _wants(session) == 1
    assert session.scalar(select(func.count()).select_from(NoticeRow)) == 1


def test_an_account_that_was_closed_hears_nothing(session: Any, connection: Connection) -> None:
    session.get_one(User, actor(connection, "other_approver").user_id).active = False
    assert actions.want(_id(session), actor=actor(connection, "pemda_editor"), now=NOW)
    assert session.scalar(select(func.count()).select_from(NoticeRow)) == 0


@pytest.mark.parametrize("name", ["pemda_viewer", "new_pemda", "investor", "moderator", "companion", "alone"])
def test_nobody_else_may(session: Any, connection: Connection, name: str) -> None:
    with pytest.raises(Forbidden):
        actions.want(_id(session), actor=actor(connection, name), now=NOW)
    assert _wants(session) == 0


def test_not_ones_own(session: Any, connection: Connection) -> None:
    with pytest.raises(OwnInnovation):
        actions.want(_id(session), actor=actor(connection, "other_approver"), now=NOW)


def test_no_award(session: Any, connection: Connection) -> None:
    award = _id(session, "smart-city-award-2025-jawa-barat")
    with pytest.raises(NotWantable):
        actions.want(award, actor=actor(connection, "pemda_editor"), now=NOW)
    assert [status for status in InnovationStatus if not can_be_wanted(status)] == [InnovationStatus.AWARDED]


def test_nothing_that_is_not_there(session: Any, connection: Connection) -> None:
    with pytest.raises(NotFound):
        actions.want(10**9, actor=actor(connection, "pemda_editor"), now=NOW)


def test_a_visitor_is_sent_to_sign_in_and_back(client: PageClient) -> None:
    answer = client.get(f"/inovasi/{MADIUN}/butuh")
    assert answer.status_code == 302
    assert "butuh" in answer.location
    assert "next=" in answer.location


def test_the_page_asks_and_then_says_that_it_is_said(client_as: ClientAs, session: Any) -> None:
    editor = client_as("pemda_editor")
    page = f"/inovasi/{MADIUN}/butuh"
    answer = editor.submit(page)
    assert (answer.status_code, answer.location) == (302, f"/inovasi/{MADIUN}")
    shown = editor.get(f"/inovasi/{MADIUN}")
    assert "Kota Bitung" in shown.text
    assert "1 daerah juga butuh ini" in shown.text
    assert "sudah mengatakannya" in editor.get(page).text
    assert _wants(session) == 1


def test_a_post_without_the_forms_token_changes_nothing(client_as: ClientAs, session: Any) -> None:
    assert client_as("pemda_editor").post(f"/inovasi/{MADIUN}/butuh").status_code == 400
    assert _wants(session) == 0


def test_a_partner_reads_who_may(client_as: ClientAs) -> None:
    answer = client_as("investor").get(f"/inovasi/{MADIUN}/butuh")
    assert answer.status_code == 200
    assert "Hanya Pemda terverifikasi" in answer.text
    assert '<form class="tt-form' not in answer.text


def test_ones_own_page_offers_no_button(client_as: ClientAs) -> None:
    answer = client_as("other_approver").get(f"/inovasi/{MADIUN}/butuh")
    assert "milik daerah Anda sendiri" in answer.text
    assert '<form class="tt-form' not in answer.text


@pytest.mark.parametrize(
    "language, subject",
    [
        ("id", "Pemerintah Kota Bitung juga butuh Parkir nonlangganan QRIS"),
        ("en", "Pemerintah Kota Bitung needs Parkir nonlangganan QRIS too"),
    ],
)
def test_the_origin_gets_a_mail_in_its_language(
    session: Any, connection: Connection, language: str, subject: str
) -> None:
    actions.want(_id(session), actor=actor(connection, "pemda_editor"), now=NOW)
    delivery = session.execute(select(Delivery)).scalar_one()
    reader = SimpleNamespace(email="a@example.com", name="Hadi Wijaya", language=language)
    message = compose(delivery, reader)
    assert message["Subject"] == subject
    body = message.get_body(("plain",))
    assert body is not None
    prefix = "/en" if language == "en" else ""
    assert f"http://localhost{prefix}/inovasi/{MADIUN}" in body.get_content()
