"""Others beside a listing: a tutor, its province, a ministry. They read, comment, recommend, pass on."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from marketplace.core.refusal import Conflict, Refusal
from marketplace.core.words import _l
from marketplace.lifecycle.rules import Step, Steps
from marketplace.opportunities.checks import looks_like_email, looks_like_phone
from marketplace.opportunities.rules import LIVING, LifeStatus, PrivateContactInWords, VersionStatus

WORDS_AT_MOST = 1000
WORDS_AT_LEAST = 20
COMMENTS_AT_MOST = 200
# A comment on the whole version names no field.
WHOLE_VERSION = ""

V = VersionStatus
# What its Pemda has let out of its hands: its province may read it without being shown the drafts.
SENT = frozenset({V.SUBMITTED, V.PUBLISHED})
COMMENTABLE = frozenset({V.DRAFT, V.IN_APPROVAL, V.SUBMITTED, V.RETURNED})


@dataclass(frozen=True, slots=True)
class Ties:
    """What binds the reader's organisations to one version of a listing today, by their ids.

    `guiding`: tutors that guide its Pemda; `shared`: its Pemda shows the drafts to its province; `forwarded`:
    ministries to which its province passed this version on.
    """

    guiding: frozenset[int] = frozenset()
    shared: bool = False
    forwarded: frozenset[int] = frozenset()


NO_TIES = Ties()


class Stage(StrEnum):
    """A filter of a supporter's list: how far the version is that they read."""

    DRAFT = "draf"
    SENT = "diajukan"
    PUBLIC = "terbit"


class RecommendationStatus(StrEnum):
    """NONE is derived: the organisation has not recommended the listing."""

    NONE = "none"
    GIVEN = "given"
    WITHDRAWN = "withdrawn"


class RecommendationReason(StrEnum):
    """Why a recommendation is taken back."""

    LISTING_CHANGED = "listing_changed"
    GIVEN_IN_ERROR = "given_in_error"
    PRIORITIES_CHANGED = "priorities_changed"
    OTHER = "other"


R = RecommendationStatus
STORED = (R.GIVEN, R.WITHDRAWN)
RECOMMENDATION_STEPS: Steps = {
    (R.NONE, R.GIVEN): Step("recommendation:given", by="supporter", tells=("members",)),
    (R.GIVEN, R.WITHDRAWN): Step(
        "recommendation:withdrawn",
        by="author",
        reasons=frozenset(str(reason) for reason in RecommendationReason),
        tells=("members",),
    ),
}


class CommentSaysNothing(Refusal):
    message = _l("Tulis komentarnya.")


class WordsTooShort(Refusal):
    message = _l("Tulis sedikitnya %(least)s huruf.")


class TooManyComments(Refusal):
    message = _l("Versi ini sudah mempunyai %(most)s komentar. Sampaikan selebihnya langsung kepada Pemda.")


class NotCommentable(Conflict):
    message = _l("Versi ini sudah diputuskan atau peluangnya berakhir, jadi tidak menerima komentar lagi.")


class NotRecommendable(Conflict):
    message = _l("Hanya versi yang diajukan atau tampil yang dapat direkomendasikan atau diteruskan.")


class AlreadyRecommended(Conflict):
    message = _l("Organisasi Anda sudah merekomendasikan peluang ini. Tarik dahulu yang lama.")


class ReasonNeedsWords(Refusal):
    message = _l("Jelaskan alasan lain itu dalam satu dua kalimat.")


class ReceiverUnknown(Refusal):
    message = _l("Pilih penerima yang terverifikasi dari daftar.")


def is_commentable(review: VersionStatus, life: LifeStatus) -> bool:
    """Whether the version is still being worked on or decided."""
    return review in COMMENTABLE and life in LIVING


def is_recommendable(review: VersionStatus, life: LifeStatus) -> bool:
    """Whether the version was sent to LAIP or is public, and the listing has not ended."""
    return review in SENT and life in LIVING


def check_comment(words: str, comments: int) -> None:
    """Raises CommentSaysNothing, TooManyComments or PrivateContactInWords."""
    if not words:
        raise CommentSaysNothing(field="words")
    if comments >= COMMENTS_AT_MOST:
        raise TooManyComments(field="words", most=COMMENTS_AT_MOST)
    check_no_contact([("words", words)])


def check_said(words: str, field: str) -> None:
    """Raises WordsTooShort: a word that speaks for an organisation says something."""
    if len(words) < WORDS_AT_LEAST:
        raise WordsTooShort(field=field, least=WORDS_AT_LEAST)


def check_no_contact(texts: Iterable[tuple[str, str]]) -> None:
    """Raises PrivateContactInWords at the field that seems to hold one."""
    for field, text in texts:
        if looks_like_phone(text) or looks_like_email(text):
            raise PrivateContactInWords(field=field)


def check_withdrawal(reason: str | None, words: str) -> None:
    """Raises ReasonNeedsWords where "other" stands alone."""
    if reason == RecommendationReason.OTHER and not words:
        raise ReasonNeedsWords(field="words")
