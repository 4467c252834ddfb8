"""Each mail of the way from interest to introduction, in each reader's own language."""

from typing import Any

import pytest
from sqlalchemy import func, select, text

from marketplace.accounts.models import User
from marketplace.collaborations.labels import REFUSE_REASON
from marketplace.core import clock
from marketplace.interests import invitation_labels
from marketplace.interests.labels import DECLINE_REASON, WITHDRAW_REASON
from marketplace.mail.models import Delivery
from marketplace.mail.sending import compose, deliver
from marketplace.notifications.actions import Notice, tell
from marketplace.organisations.labels import GUIDANCE_DECLINE, GUIDANCE_END
from tests import personas

TITLES = {"title_id": "SPAM <Bitung> & sekitarnya", "title_en": "Bitung water"}
SIDES = {**TITLES, "partner": "PT Uji", "pemda": "Pemkot Bitung"}
KINDS: dict[str, dict[str, Any]] = {
    "interest_sent": SIDES,
    "interest_shortlisted": SIDES,
    "interest_more_info": {**SIDES, "asked": "Berapa <liter>?"},
    "interest_answered": SIDES,
    "interest_accepted": SIDES,
    "interest_declined": {**SIDES, "reason": "partner_found", "words": "Sejak <Mei>."},
    "interest_withdrawn": {**SIDES, "reason": "other", "words": "x"},
    "invitation_sent": {**SIDES, "words": "Mari <bekerja>.", "until": "2026-12-10"},
    "invitation_declined": {
        **SIDES,
        "reason": "other_size",
        "words": "Tahun <depan>.",
        "until": "2026-12-10",
    },
    "invitation_withdrawn": {**SIDES, "reason": "plan_changed", "words": "", "until": "2026-12-10"},
    "match_proposed": SIDES,
    "match_suggested": {**TITLES, "words": "Pernah <bekerja> di sana.", "partner": "PT Tirta"},
    "collaboration_introduced": {
        **TITLES,
        "other": "PT Uji",
        "contact": {"unit": "Kemitraan", "email": "mitra@example.com", "phone": "021 555"},
    },
    "guidance_asked": {"organisation": "Klinik", "message": "Mari <bekerja>."},
    "guidance_agreed": {"organisation": "Klinik"},
    "guidance_declined": {"organisation": "Klinik", "reason": "not_known", "words": "Sejak <Mei>."},
    "guidance_ended": {"organisation": "Klinik", "reason": "finished", "words": ""},
    "data_copy_ready": {},
    "erasure_asked": {"days": 7},
    "erasure_blocked": {},
    "collaboration_refused": {**SIDES, "reason": "conflict_of_interest", "words": ""},
}


class Reader:
    def __init__(self, language: str) -> None:
        self.email, self.name, self.language = "pembaca@example.com", "Rani <Wulandari>", language


def composed(session: Any, kind: str, language: str, params: dict[str, Any]) -> Any:
    row = Delivery(user_id=1, template=kind, params=params, path="/dasbor/minat/7", created_at=clock.now())
    session.add(row)
    session.expunge(row)
    return compose(row, Reader(language))


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("kind", list(KINDS))
def test_each_kind(session: Any, kind: str, language: str) -> None:
    message = composed(session, kind, language, KINDS[kind])
    text = message.get_body(("plain",)).get_content()
    page = message.get_body(("html",)).get_content()
    prefix = "/en" if language == "en" else ""
    assert "\n" not in message["Subject"]
    assert len(message["Subject"]) > 10
    assert f"http://localhost{prefix}/dasbor/minat/7" in text
    assert f'href="http://localhost{prefix}/dasbor/minat/7"' in page
    assert f'<html lang="{language}">' in page
    assert "Rani <Wulandari>" in text
    assert "Rani &lt;Wulandari&gt;" in page
    assert "<Bitung>" not in page
    greeting = "Dear" if language == "en" else "Yth."
    assert text.startswith(greeting)


def test_languages_do_not_mix_within_one_process(session: Any) -> None:
    subjects = [
        composed(session, "interest_sent", language, SIDES)["Subject"] for language in ("id", "en", "id")
    ]
    assert subjects[0] == subjects[2] == "Minat baru dari PT Uji: SPAM <Bitung> & sekitarnya"
    assert subjects[1] == "New interest from PT Uji: Bitung water"


@pytest.mark.parametrize(
    "kind,reasons",
    [
        ("interest_declined", DECLINE_REASON),
        ("interest_withdrawn", WITHDRAW_REASON),
        ("invitation_declined", invitation_labels.DECLINE_REASON),
        ("invitation_withdrawn", invitation_labels.WITHDRAW_REASON),
        ("collaboration_refused", REFUSE_REASON),
        ("guidance_declined", GUIDANCE_DECLINE),
        ("guidance_ended", GUIDANCE_END),
    ],
)
def test_reasons_have_the_words_of_the_labels(session: Any, kind: str, reasons: Any) -> None:
    for code, words in reasons.items():
        message = composed(
            session, kind, "id", {**SIDES, "organisation": "X", "reason": str(code), "words": ""}
        )
        assert f"Alasan: {words}." in message.get_body(("plain",)).get_content()


def test_an_introduction_goes_out_in_both_languages(session: Any, connection: Any, app: Any) -> None:
    readers = {
        name: personas.actor(connection, name).user_id or 0 for name in ("investor", "investor_editor")
    }
    params = KINDS["collaboration_introduced"]
    tell(
        [Notice("collaboration_introduced", readers.values(), "/dasbor/kerja-sama/1", params)],
        now=clock.now(),
    )
    for row in session.scalars(select(Delivery)).all():
        assert deliver(row.id, now=clock.now())
        assert not deliver(row.id, now=clock.now())
        assert row.params == {}
    texts = [file.read_bytes() for file in (app.config["INSTANCE_DIR"] / "mail").glob("*.eml")]
    assert any(b"You are introduced to PT Uji" in text for text in texts)
    assert any(b"Anda diperkenalkan dengan PT Uji" in text for text in texts)


def test_as_many_statements_for_thirty_readers_as_for_three(session: Any, count_queries: Any) -> None:
    numbers = []
    for readers in (3, 30):
        ids = session.scalars(select(User.id).order_by(User.id).limit(readers)).all()
        assert len(ids) == readers or readers == 30
        owed, jobs = count_owed(session)
        with count_queries() as counted:
            tell([Notice("interest_sent", ids, "/dasbor", SIDES)], now=clock.now())
            session.flush()
        numbers.append(counted.number)
        assert count_owed(session) == (owed + len(ids), jobs + len(ids))
    assert numbers[0] == numbers[1]


def count_owed(session: Any) -> tuple[int, int]:
    """Mails written down, and jobs that will send them."""
    jobs = session.scalar(text("SELECT count(*) FROM procrastinate_jobs WHERE queue_name = 'mail'"))
    return session.scalar(select(func.count()).select_from(Delivery)), jobs


def test_news_for_nobody_is_none(session: Any) -> None:
    tell([Notice("interest_sent", [], "/dasbor", SIDES)], now=clock.now())
    assert count_owed(session) == (0, 0)
