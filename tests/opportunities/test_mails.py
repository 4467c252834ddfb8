"""Every notice of a listing renders in both languages, with its reason and its words."""

from typing import Any

import pytest
from flask import Flask, render_template
from flask_babel import force_locale

from marketplace.opportunities.questions.rules import QUESTION_STEPS
from marketplace.opportunities.rules import LIFE_STEPS, VERSION_STEPS
from marketplace.opportunities.support.rules import RECOMMENDATION_STEPS

BASE = {
    "title_id": "SPAM Bitung <b>",
    "title_en": "Bitung water",
    "place": "Kota Bitung",
    "reader_name": "Sari",
    "link": "http://localhost/x",
    "home": "/",
}
KINDS: dict[str, dict[str, Any]] = {
    "version_sent_to_approver": {"by": "Joko"},
    "version_remarked": {
        "by": "Sari",
        "behalf": "Yance",
        "reason": "unclear",
        "words": "Cek lagi.",
        "marks": 2,
    },
    "approval_reminder": {"count": 2, "days": 4},
    "version_submitted": {"number": 1},
    "version_published": {"number": 1},
    "version_returned": {"reason": "personal_data", "words": "Hapus nomor.", "marks": 1},
    "version_rejected": {"reason": "duplicate", "words": ""},
    "opportunity_updated": {"stop": "peluang/spam/ikuti", "stop_link": "http://localhost/diikuti/berhenti/x"},
    "opportunity_deadline": {"days": 0, "deadline": "2026-03-31", "stop": "peluang/spam/ikuti"},
    "opportunity_addendum": {"deadline": None},
    "opportunity_withdrawn": {"reason": "plans_changed"},
    "opportunity_outcome": {"outcome": "no_partner"},
    "version_commented": {"organisation": "Klinik", "number": 1},
    "recommendation_given": {"organisation": "Klinik", "number": 1, "words": "Layak."},
    "recommendation_withdrawn": {"organisation": "Klinik", "reason": "given_in_error", "words": ""},
    "opportunity_forwarded": {"organisation": "Provinsi", "number": 1, "words": "Mohon dibantu."},
    "draft_shared": {"organisation": "Kota Bitung", "number": 1},
    "question_asked": {"asked": "Berapa <debit>?", "due": "2026-03-09"},
    "question_answered": {"asked": "Berapa <debit>?", "answer_id": "300 <liter>.", "answer_en": ""},
    "question_published": {"words_id": "Berapa <debit>?", "words_en": ""},
    "question_edited": {"answer_id": "300 <liter>.", "answer_en": ""},
    "question_put_right": {},
    "question_declined": {"asked": "Berapa?", "reason": "confidential", "words": "Belum <terbuka>."},
    "question_hidden": {"reason": "personal_data", "words": ""},
    "question_shown": {},
    "question_reminder": {"count": 2, "due": "2026-03-09"},
}


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_mail_has_a_one_line_subject_and_two_bodies(kind: str, language: str, app: Flask) -> None:
    context = {**BASE, **KINDS[kind], "lang": language}
    with app.app_context(), force_locale(language):
        subject = render_template(f"emails/{kind}/subject.txt", **context).strip()
        text = render_template(f"emails/{kind}/body.txt", **context)
        page = render_template(f"emails/{kind}/body.html", **context)
    assert "\n" not in subject
    assert ("SPAM Bitung" if language == "id" else "Bitung water") in subject
    assert "http://localhost/x" in text
    assert "http://localhost/x" in page
    assert "<b>" not in page.replace("</b>", "")
    assert "%(" not in subject + text + page
    assert (
        ("/peluang/spam/ikuti" in text) == ('href="/peluang/spam/ikuti"' in page) == ("stop" in KINDS[kind])
    )
    assert (
        text.count("/diikuti/berhenti/x") == page.count("/diikuti/berhenti/x") == ("stop_link" in KINDS[kind])
    )
    if "reason" in KINDS[kind] and language == "id":
        assert "Alasan: " in text
        assert "Alasan: ." not in text


# Both ends of a search tell the same thing: what came of it.
OUTCOMES = {"opportunity_partner_found", "opportunity_no_partner"}


def test_every_step_that_tells_somebody_has_its_mail() -> None:
    tables = (VERSION_STEPS, LIFE_STEPS, RECOMMENDATION_STEPS, QUESTION_STEPS)
    telling = [step for table in tables for step in table.values() if step.tells]
    kinds = {step.event.replace(":", "_") for step in telling}
    assert kinds >= OUTCOMES
    assert kinds - OUTCOMES <= set(KINDS)
