"""For which days an approver may be stood in for, and by whom."""

from collections.abc import Iterable
from datetime import date, timedelta

from marketplace.core.actor import MemberRole
from marketplace.core.refusal import Refusal
from marketplace.core.words import _l
from marketplace.organisations.member_rules import APPROVERS

# First and last day counted.
DAYS_AT_MOST = 60
# Somebody's leave is known months before, not years.
AHEAD_AT_MOST = timedelta(days=366)


class StandInDaysReversed(Refusal):
    message = _l("Hari terakhir tidak boleh sebelum hari pertama.")


class StandInInThePast(Refusal):
    message = _l("Hari pertama sudah lewat. Pilih hari ini atau sesudahnya.")


class StandInTooFarAhead(Refusal):
    message = _l("Hari pertama paling jauh setahun dari sekarang.")


class StandInTooLong(Refusal):
    message = _l("Paling lama %(most)s hari. Tunjuk lagi bila diperlukan.")


class StandInNotNeeded(Refusal):
    message = _l("Anggota ini sudah berhak menyetujui. Pilih penyunting atau pembaca.")


class StandInNotAMember(Refusal):
    message = _l("Pilih anggota organisasi ini.")


class StandInDaysTaken(Refusal):
    message = _l("Sebagian hari itu sudah ada pengganti Anda. Akhiri dahulu yang itu, atau pilih hari lain.")


def check_days(begins: date, until: date, today: date) -> None:
    """Raises StandInDaysReversed, StandInInThePast, StandInTooFarAhead or StandInTooLong."""
    if until < begins:
        raise StandInDaysReversed(field="until")
    if begins < today:
        raise StandInInThePast(field="begins")
    if begins > today + AHEAD_AT_MOST:
        raise StandInTooFarAhead(field="begins")
    if (until - begins).days >= DAYS_AT_MOST:
        raise StandInTooLong(field="until", most=DAYS_AT_MOST)


def check_needed(role: MemberRole | None) -> None:
    """Raises StandInNotAMember or StandInNotNeeded; `role`: of the one who is to stand in."""
    if role is None:
        raise StandInNotAMember(field="user_id")
    if role in APPROVERS:
        raise StandInNotNeeded(field="user_id")


def check_free(begins: date, until: date, taken: Iterable[tuple[date, date]]) -> None:
    """Raises StandInDaysTaken where one of the days has a stand-in of the same approver already."""
    if any(begins <= last and first <= until for first, last in taken):
        raise StandInDaysTaken(field="begins")
