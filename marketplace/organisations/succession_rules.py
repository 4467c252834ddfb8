"""LAIP names who is to own an organisation whose owner has vanished; the owners have a week to object."""

from datetime import datetime, timedelta
from enum import StrEnum

from marketplace.core.refusal import Conflict, Refusal
from marketplace.core.words import _l
from marketplace.lifecycle.rules import Step

OBJECTION_LASTS = timedelta(days=7)
WORDS_AT_LEAST = 10


class SuccessionStatus(StrEnum):
    """`none` is derived: nobody was named."""

    NONE = "none"
    PROPOSED = "proposed"
    OBJECTED = "objected"
    WITHDRAWN = "withdrawn"
    EFFECTED = "effected"


class SuccessionReason(StrEnum):
    LEFT_OFFICE = "left_office"
    UNREACHABLE = "unreachable"
    DECEASED = "deceased"
    OTHER = "other"


S = SuccessionStatus
STORED = tuple(status for status in S if status is not S.NONE)

STEPS: dict[tuple[StrEnum, StrEnum], Step] = {
    (S.NONE, S.PROPOSED): Step(
        "organisation:succession_proposed",
        by="moderator",
        reasons=frozenset(str(reason) for reason in SuccessionReason),
        tells=("owners",),
    ),
    (S.PROPOSED, S.OBJECTED): Step("organisation:succession_objected", by="owner", tells=("moderators",)),
    (S.PROPOSED, S.WITHDRAWN): Step("organisation:succession_withdrawn", by="moderator", tells=("owners",)),
    (S.PROPOSED, S.EFFECTED): Step(
        "organisation:succession_effected", by="moderator", tells=("owners", "successor")
    ),
}


class SuccessorMissing(Refusal):
    message = _l("Pilih seorang anggota, atau tulis alamat surel penerusnya.")


class SuccessorUnclear(Refusal):
    message = _l("Isi satu saja: anggota atau alamat surel.")


class SuccessorGone(Refusal):
    message = _l("Orang ini bukan anggota lagi. Batalkan, lalu pilih penerus lain.")


class AlreadyOwner(Refusal):
    message = _l("Orang ini sudah menjadi pemilik.")


class SuccessorIsYourself(Refusal):
    message = _l("Anda tidak dapat menunjuk diri sendiri.")


class SuccessionNeedsWords(Refusal):
    message = _l("Jelaskan apa yang terjadi dan dari mana Anda tahu. Para pemilik membacanya.")


class AlreadyProposed(Conflict):
    message = _l("Sudah ada penerus yang diusulkan untuk organisasi ini. Muat ulang halamannya.")


class TooEarly(Refusal):
    message = _l("Pemiliknya masih dapat berkeberatan sampai %(until)s. Tetapkan sesudah itu.")


def ripe_at(proposed_at: datetime) -> datetime:
    """From when it may take effect."""
    return proposed_at + OBJECTION_LASTS


def check_ripe(proposed_at: datetime, now: datetime) -> None:
    """Raises TooEarly while the owners may still object undisturbed."""
    if now < ripe_at(proposed_at):
        raise TooEarly(until=ripe_at(proposed_at))


def check_words(words: str) -> None:
    """Raises SuccessionNeedsWords: the owners read why."""
    if len(words.strip()) < WORDS_AT_LEAST:
        raise SuccessionNeedsWords(field="words")


def check_named(user_id: int | None, email: str) -> None:
    """Raises SuccessorMissing or SuccessorUnclear: one person is named, in one way."""
    if user_id is None and not email:
        raise SuccessorMissing(field="member")
    if user_id is not None and email:
        raise SuccessorUnclear(field="member")
