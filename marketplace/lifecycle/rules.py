"""What a status table is, and which moves it refuses; knows no database."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from marketplace.core.refusal import Conflict, Refusal
from marketplace.core.words import _l


@dataclass(frozen=True, slots=True)
class Step:
    """One allowed move: the event it leaves, the party that may do it, the reasons it demands, who is told."""

    event: str
    by: str
    reasons: frozenset[str] = frozenset()
    tells: tuple[str, ...] = ()


Steps = Mapping[tuple[StrEnum, StrEnum], Step]


class MoveImpossible(Conflict):
    message = _l("Langkah ini tidak tersedia lagi pada status sekarang. Muat ulang halamannya.")


class AlreadyDecided(Conflict):
    """Somebody was faster; parameters: `who`, `when` (a moment), for the page that tells so."""

    message = _l("Sudah diputuskan %(who)s, %(when)s. Keputusan Anda tidak dicatat.")


class ChangedSinceRead(Conflict):
    message = _l("Isinya berubah sejak Anda membukanya. Baca versi terbaru, lalu putuskan lagi.")


class ReasonNeeded(Refusal):
    message = _l("Pilih alasannya. Alasan itu dibaca oleh pihak yang menunggu jawaban.")


def get_step(steps: Steps, old: StrEnum, new: StrEnum) -> Step:
    """The step from old to new. Raises MoveImpossible where the table has none."""
    try:
        return steps[(old, new)]
    except KeyError:
        raise MoveImpossible(old=str(old), new=str(new)) from None


def check_reason(step: Step, reason: str | None) -> None:
    """Raises ReasonNeeded where the step demands one of its reasons and got none or another."""
    if step.reasons and reason not in step.reasons:
        raise ReasonNeeded(field="reason")
