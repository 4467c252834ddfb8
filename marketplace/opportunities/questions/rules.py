"""Questions about a listing: asked privately, answered for everybody. Plain values in, answer or named refusal out."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from marketplace.core.dates import after_working_days, end_of_day, working_days_between
from marketplace.core.refusal import Conflict, Forbidden, Refusal
from marketplace.core.text import confusable_key
from marketplace.core.words import _l
from marketplace.lifecycle.rules import Step, Steps
from marketplace.opportunities.checks import looks_like_email, looks_like_phone
from marketplace.opportunities.rules import LIVING, LifeStatus, Standing
from marketplace.opportunities.support.rules import check_no_contact

# An answer is due so many working days after the question.
ANSWER_DAYS = 5
# So many working days before, the Pemda is reminded.
REMIND_BEFORE = 1
OPEN_AT_MOST = 3
A_DAY_AT_MOST = 20
QUESTION_AT_LEAST = 15
QUESTION_AT_MOST = 1000
ANSWER_AT_MOST = 4000
# A shorter name could be an everyday word.
NAME_AT_LEAST = 5


class QuestionStatus(StrEnum):
    """NONE is derived: not asked yet."""

    NONE = "none"
    ASKED = "asked"
    ANSWERED = "answered"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    HIDDEN = "hidden"


class QuestionState(StrEnum):
    """What people read as status: the stored one, with the listing's end and a shared answer told in."""

    ASKED = "asked"
    ANSWERED = "answered"
    MERGED = "merged"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    HIDDEN = "hidden"
    LAPSED = "lapsed"


class QuestionDeclineReason(StrEnum):
    ALREADY_ANSWERED = "already_answered"
    STANDS_IN_LISTING = "stands_in_listing"
    CONFIDENTIAL = "confidential"
    UNRELATED = "unrelated"
    UNCLEAR = "unclear"
    OTHER = "other"


class QuestionWithdrawReason(StrEnum):
    FOUND_ANSWER = "found_answer"
    NO_LONGER_NEEDED = "no_longer_needed"
    ASKED_IN_ERROR = "asked_in_error"


class HideReason(StrEnum):
    PERSONAL_DATA = "personal_data"
    NAMES_ASKER = "names_asker"
    CONFIDENTIAL = "confidential"
    MISLEADING = "misleading"
    NOT_LAWFUL = "not_lawful"
    OTHER = "other"


S = QuestionStatus
STORED = (S.ASKED, S.ANSWERED, S.DECLINED, S.WITHDRAWN, S.HIDDEN)
# What was public at least once: LAIP reads it, and the Pemda may put it right.
ONCE_PUBLIC = frozenset({S.ANSWERED, S.HIDDEN})


def _codes(reasons: type[StrEnum]) -> frozenset[str]:
    return frozenset(str(reason) for reason in reasons)


QUESTION_STEPS: Steps = {
    (S.NONE, S.ASKED): Step("question:asked", by="verified_asker", tells=("members",)),
    (S.ASKED, S.ANSWERED): Step("question:answered", by="pemda", tells=("asker", "followers")),
    (S.ASKED, S.DECLINED): Step(
        "question:declined", by="pemda", reasons=_codes(QuestionDeclineReason), tells=("asker",)
    ),
    (S.ASKED, S.WITHDRAWN): Step("question:withdrawn", by="asker", reasons=_codes(QuestionWithdrawReason)),
    (S.ANSWERED, S.HIDDEN): Step(
        "question:hidden", by="moderator", reasons=_codes(HideReason), tells=("asker", "members")
    ),
    (S.HIDDEN, S.ANSWERED): Step("question:shown", by="moderator", tells=("asker", "members")),
}


@dataclass(frozen=True, slots=True)
class Wording:
    """A question and its answer as everybody reads them; English where it was written."""

    words_id: str
    answer_id: str
    words_en: str = ""
    answer_en: str = ""


class AskerNeeded(Forbidden):
    message = _l(
        "Pertanyaan diajukan atas nama organisasi mitra. Daftarkan dahulu organisasi Anda dari dasbor."
    )


class OnlyPartnersAsk(Forbidden):
    message = _l("Hanya organisasi mitra yang dapat mengajukan pertanyaan di sini.")


class AskerNotVerified(Refusal):
    message = _l("Pertanyaan dapat dikirim sesudah organisasi Anda terverifikasi.")


class QuestionsClosed(Refusal):
    message = _l("Peluang ini tidak lagi menerima pertanyaan.")


class QuestionTooShort(Refusal):
    message = _l("Tulis pertanyaannya sedikitnya %(least)s huruf.")


class NamesOwnOrganisation(Refusal):
    message = _l(
        "Pertanyaan Anda menyebut organisasi Anda. Hapus namanya, sebab pertanyaan tampil tanpa penanya."
    )


class TooManyOpen(Refusal):
    message = _l(
        "Organisasi Anda masih mempunyai %(most)s pertanyaan yang belum dijawab di sini. Tunggu jawabannya, atau tarik"
        " salah satunya."
    )


class TooManyToday(Refusal):
    message = _l("Organisasi Anda sudah mengajukan %(most)s pertanyaan dalam 24 jam. Lanjutkan besok.")


class QuestionSettled(Conflict):
    """Told without a name: who asks stays unknown to who answers."""

    message = _l("Pertanyaan ini sudah ditarik, dijawab, atau ditolak sejak Anda membukanya.")


class QuestionLapsed(Conflict):
    message = _l("Peluangnya sudah ditarik atau selesai, jadi pertanyaan ini tidak dijawab lagi.")


class AnswererNotTrusted(Refusal):
    message = _l(
        "Organisasi Anda ditangguhkan atau verifikasinya kedaluwarsa. Menjawab terbuka lagi sesudah pulih."
    )


class AnswerNeeded(Refusal):
    message = _l("Tulis jawabannya.")


class PublicQuestionNeeded(Refusal):
    message = _l("Tulis pertanyaannya seperti akan tampil untuk umum.")


class SameAsUnknown(Refusal):
    message = _l("Pilih pertanyaan yang sudah dijawab dari daftar.")


class QuestionReasonNeedsWords(Refusal):
    message = _l("Jelaskan alasan lain itu dalam satu dua kalimat.")


def state_of(status: QuestionStatus, *, merged: bool, life: LifeStatus) -> QuestionState:
    """The state that people read; open questions lapse with their listing."""
    if status is S.ASKED and life not in LIVING:
        return QuestionState.LAPSED
    if status is S.ANSWERED and merged:
        return QuestionState.MERGED
    return QuestionState(str(status))


def asking_ends(question_deadline: date | None, closes_at: datetime | None, zone: str) -> datetime | None:
    """Until when questions are taken: the listing's own cut-off, never after its interest deadline; None: no end."""
    cut_off = end_of_day(question_deadline, zone) if question_deadline else None
    ends = [moment for moment in (cut_off, closes_at) if moment]
    return min(ends) if ends else None


def takes_questions(standing: Standing, ends: datetime | None, now: datetime) -> bool:
    """Whether questions may be asked at the moment."""
    return standing is Standing.OPEN and (ends is None or now <= ends)


def answer_due(asked_on: date, closes_on: date | None) -> date:
    """The day by which the answer is promised: some working days later, never after the interest deadline."""
    due = after_working_days(asked_on, ANSWER_DAYS)
    return min(due, closes_on) if closes_on else due


def due_day(promised: date, closes_on: date | None) -> date:
    """The day that counts today: what was promised, or the deadline where that was moved before it."""
    return min(promised, closes_on) if closes_on else promised


def is_reminder_due(due_on: date, today: date) -> bool:
    """Whether the answer is due within so few working days that the Pemda is reminded."""
    return working_days_between(today, due_on) <= REMIND_BEFORE


def check_question(words: str, organisation: str) -> None:
    """Raises QuestionTooShort, or NamesOwnOrganisation: what becomes public must not tell who asks."""
    if len(words) < QUESTION_AT_LEAST:
        raise QuestionTooShort(field="words", least=QUESTION_AT_LEAST)
    name = confusable_key(organisation)
    if len(name) >= NAME_AT_LEAST and name in confusable_key(words):
        raise NamesOwnOrganisation(field="words")


def check_number(open_here: int, asked_lately: int) -> None:
    """Raises TooManyOpen or TooManyToday."""
    if open_here >= OPEN_AT_MOST:
        raise TooManyOpen(field="words", most=OPEN_AT_MOST)
    if asked_lately >= A_DAY_AT_MOST:
        raise TooManyToday(field="words", most=A_DAY_AT_MOST)


def has_contact(words: str) -> bool:
    """Whether the question seems to hold a telephone number or an address, which must not become public."""
    return looks_like_phone(words) or looks_like_email(words)


def check_wording(wording: Wording) -> None:
    """Raises what keeps it from being shown to everybody: something is missing, or holds a private contact."""
    if not wording.words_id:
        raise PublicQuestionNeeded(field="words_id")
    if not wording.answer_id:
        raise AnswerNeeded(field="answer_id")
    fields = ("words_id", "words_en", "answer_id", "answer_en")
    check_no_contact([(field, getattr(wording, field)) for field in fields])


def check_answerable(life: LifeStatus) -> None:
    """Raises QuestionLapsed where the listing has ended."""
    if life not in LIVING:
        raise QuestionLapsed


def check_reason_words(reason: str | None, words: str) -> None:
    """Raises QuestionReasonNeedsWords where "other" stands alone, or PrivateContactInWords."""
    if reason == "other" and not words:
        raise QuestionReasonNeedsWords(field="words")
    check_no_contact([("words", words)])
