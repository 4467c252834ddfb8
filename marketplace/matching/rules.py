"""What may be said of a suggestion: why it is put aside, by whom it is made, what became of it."""

from datetime import datetime, timedelta
from enum import StrEnum

from marketplace.core.refusal import Conflict, Refusal
from marketplace.core.words import _l

# Of a million.
GOOD_FROM = 500_000
# A listing with fewer good fits needs somebody's eye.
THIN_BELOW = 5
WORDS_AT_MOST = 600
WORDS_AT_LEAST = 10
# How long the weights of words and the prices of a model stand, and how far the numbers may drift meanwhile.
MODEL_LASTS = timedelta(days=7)
DRIFT = 0.1


class DismissReason(StrEnum):
    """Why somebody does not want to see a suggestion any more."""

    OTHER_FIELD = "other_field"
    OTHER_PLACE = "other_place"
    SIZE = "size"
    SCHEME = "scheme"
    TIMING = "timing"
    IN_TOUCH = "in_touch"
    OTHER = "other"


class AnswerKind(StrEnum):
    """What somebody did about a pair."""

    INTERESTED = "interested"
    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    DISMISSED = "dismissed"


# Of its answers to each other, what takes a pair out of both lists for as long as it is the newest one.
SETTLED = frozenset({AnswerKind.INTERESTED, AnswerKind.INVITED, AnswerKind.ACCEPTED, AnswerKind.DECLINED})


class ReasonUnknown(Refusal):
    message = _l("Pilih alasannya, supaya saran berikutnya lebih tepat.")


class WordsMissing(Refusal):
    message = _l("Jelaskan dengan beberapa kata bila memilih “lainnya”.")


class WordsTooMany(Refusal):
    message = _l("Paling banyak %(most)s karakter.")


class WhyMissing(Refusal):
    message = _l("Tulis mengapa keduanya cocok; kedua pihak membacanya.")


class AlreadySuggested(Conflict):
    message = _l("Mitra ini sudah disarankan untuk peluang ini.")


class PairNotOpen(Conflict):
    message = _l(
        "Peluang ini tidak terbuka, atau mitranya belum terverifikasi; keduanya tidak dapat disarankan."
    )


class PairInTouch(Conflict):
    message = _l("Keduanya sudah berhubungan melalui minat atau undangan.")


def check_dismissal(reason: str | None, words: str) -> DismissReason:
    """The reason as one of the list. Raises ReasonUnknown, WordsMissing or WordsTooMany."""
    if reason not in set(DismissReason):
        raise ReasonUnknown(field="reason")
    if reason == DismissReason.OTHER and len(words.strip()) < WORDS_AT_LEAST:
        raise WordsMissing(field="words")
    check_length(words)
    return DismissReason(reason)


def check_why(words: str) -> None:
    """Raises WhyMissing or WordsTooMany: a suggestion by hand says why."""
    if len(words.strip()) < WORDS_AT_LEAST:
        raise WhyMissing(field="words")
    check_length(words)


def check_length(words: str) -> None:
    """Raises WordsTooMany."""
    if len(words) > WORDS_AT_MOST:
        raise WordsTooMany(field="words", most=WORDS_AT_MOST)


def is_outdated(
    *, made_at: datetime, now: datetime, then: tuple[int, int], today: tuple[int, int], same_engine: bool
) -> bool:
    """Whether a model (made of so many listings and partners) no longer fits what there is, so that all is scored anew."""
    if not same_engine or now - made_at >= MODEL_LASTS:
        return True
    return any(abs(old - new) > max(1, old) * DRIFT for old, new in zip(then, today, strict=True))
