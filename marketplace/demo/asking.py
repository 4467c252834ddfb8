"""Invented questions at one listing: answered for everybody (one edited since), due, and left unanswered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from marketplace.core.actor import Actor
from marketplace.opportunities.models import Opportunity
from marketplace.opportunities.queries import find_version
from marketplace.opportunities.questions import answering, asking
from marketplace.opportunities.questions.models import Question
from marketplace.opportunities.questions.rules import QuestionDeclineReason, Wording

DAY = timedelta(days=1)
LISTING = "Tiket terpadu wisata Selat Lembeh"


@dataclass(frozen=True)
class DemoQuestion:
    """Who asks, so many days ago, and the wording in which it was answered a day later."""

    partner: str
    days: int
    words: str
    answered: Wording | None = None
    language: str = "id"
    reworded: Wording | None = None
    declined: QuestionDeclineReason | None = None


QUESTIONS = (
    DemoQuestion(
        "fintech", 12, "Apakah gerbang tiket yang sudah ada di tiga objek wisata harus dipakai lagi (rekaan)?",
        Wording(
            "Apakah gerbang tiket yang sudah ada di tiga objek wisata harus dipakai lagi?",
            "Tidak harus. Ketiganya berumur enam tahun dan boleh diganti; sambungan listriknya tetap dapat dipakai (rekaan).",
        ),
    ),
    DemoQuestion(
        "foreign_investor", 9, "May a foreign company hold the ticketing platform, or only operate it (invented)?",
        Wording(
            "Bolehkah perusahaan asing memiliki platform tiketnya, atau hanya mengoperasikannya?",
            "Boleh memiliki selama masa kerja sama; datanya tetap milik Pemda (rekaan).",
            "May a foreign company own the ticketing platform, or only operate it?",
            "It may own it during the cooperation; the data stay the local government's (invented).",
        ),
        language="en",
        reworded=Wording(
            "Bolehkah perusahaan asing memiliki platform tiketnya, atau hanya mengoperasikannya?",
            "Boleh memiliki selama masa kerja sama lewat badan usaha Indonesia; datanya tetap milik Pemda (rekaan).",
            "May a foreign company own the ticketing platform, or only operate it?",
            "It may own it during the cooperation through an Indonesian entity; the data stay the local government's (invented).",
        ),
    ),
    DemoQuestion(
        "university", 8, "Siapa saja yang sudah menyatakan minat pada peluang ini (rekaan)?",
        declined=QuestionDeclineReason.CONFIDENTIAL,
    ),
    DemoQuestion(
        "marketplace", 6, "Apakah tiket boleh dijual lebih murah pada hari kerja? Hubungi kami di 0812-0000-0000 (rekaan)."
    ),
    DemoQuestion("startup", 0, "Berapa pengunjung pada hari paling ramai tahun lalu (rekaan)?"),
)  # fmt: skip


def make_questions(listings: Mapping[str, Opportunity], actors: Mapping[str, Actor], now: datetime) -> None:
    """Asks them all, the oldest first, and lets the Pemda do its part."""
    listing = listings[LISTING]
    version = find_version(listing.published_version_id or 0)
    if version is None:
        raise LookupError(LISTING)
    for each in QUESTIONS:
        asked_at = now - each.days * DAY
        question = asking.ask(
            listing,
            version,
            words=each.words,
            language=each.language,
            actor=actors[each.partner],
            now=asked_at,
        )
        _settle(each, question, actors["pemda_editor"], asked_at + DAY)


def _settle(each: DemoQuestion, question: Question, editor: Actor, now: datetime) -> None:
    if each.declined:
        answering.decline(
            question, reason=each.declined, words="Minat dibaca Pemda saja (rekaan).", seen=question.revision, actor=editor,
            now=now,
        )  # fmt: skip
    if each.answered:
        answering.answer(question, wording=each.answered, seen=question.revision, actor=editor, now=now)
    if each.reworded:
        answering.reword(
            question, wording=each.reworded, seen=question.revision, actor=editor, now=now + 2 * DAY
        )
