"""A tutor's organisation guides a Pemda: asked for by one side, agreed to by the other, ended by either."""

from datetime import datetime, timedelta
from enum import StrEnum

from marketplace.core import dates
from marketplace.core.refusal import Refusal
from marketplace.core.words import _l
from marketplace.lifecycle.rules import Step, Steps

ASKS_AT_MOST = 40
# A side that said no is left alone for a while.
ASK_AGAIN_AFTER = timedelta(days=30)
MESSAGE_AT_MOST = 500


class GuidanceStatus(StrEnum):
    """NONE is derived: the two have no row together."""

    NONE = "none"
    INVITED = "invited"
    REQUESTED = "requested"
    ACTIVE = "active"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


class GuidanceDeclineReason(StrEnum):
    NO_CAPACITY = "no_capacity"
    NOT_SUITABLE = "not_suitable"
    NOT_KNOWN = "not_known"
    OTHER = "other"


class GuidanceEndReason(StrEnum):
    FINISHED = "finished"
    NO_CAPACITY = "no_capacity"
    NOT_SUITABLE = "not_suitable"
    OTHER = "other"


S = GuidanceStatus
STORED = tuple(status for status in S if status is not S.NONE)
ASKED = frozenset({S.INVITED, S.REQUESTED})
# Two organisations have at most one of these.
OPEN = ASKED | {S.ACTIVE}

_DECLINE = frozenset(str(reason) for reason in GuidanceDeclineReason)
_END = frozenset(str(reason) for reason in GuidanceEndReason)

STEPS: Steps = {
    (S.NONE, S.INVITED): Step("guidance:asked", by="verified_pemda", tells=("tutor",)),
    (S.NONE, S.REQUESTED): Step("guidance:asked", by="verified_tutor", tells=("pemda",)),
    (S.INVITED, S.ACTIVE): Step("guidance:agreed", by="verified_tutor", tells=("pemda",)),
    (S.REQUESTED, S.ACTIVE): Step("guidance:agreed", by="verified_pemda", tells=("tutor",)),
    (S.INVITED, S.DECLINED): Step("guidance:declined", by="tutor", reasons=_DECLINE, tells=("pemda",)),
    (S.REQUESTED, S.DECLINED): Step("guidance:declined", by="pemda", reasons=_DECLINE, tells=("tutor",)),
    (S.INVITED, S.WITHDRAWN): Step("guidance:withdrawn", by="pemda"),
    (S.REQUESTED, S.WITHDRAWN): Step("guidance:withdrawn", by="tutor"),
    (S.ACTIVE, S.ENDED): Step("guidance:ended", by="side", reasons=_END, tells=("other side",)),
}


class AlreadyTogether(Refusal):
    message = _l("Sudah ada permintaan atau pendampingan dengan %(name)s. Lihat daftarnya.")


class GuideNotVerified(Refusal):
    message = _l("Kedua organisasi harus terverifikasi. %(name)s sedang tidak terverifikasi.")


class TooManyAsks(Refusal):
    message = _l("Ada %(most)s permintaan yang belum dijawab. Tunggu jawabannya, atau tarik sebagian.")


class AskedTooSoon(Refusal):
    message = _l("%(name)s menolak belum lama ini. Permintaan baru terbuka mulai %(date)s.")


def check_asks(unanswered: int) -> None:
    """Raises TooManyAsks where so many of the organisation's asks wait for an answer."""
    if unanswered >= ASKS_AT_MOST:
        raise TooManyAsks(most=ASKS_AT_MOST)


def check_asked_again(declined_at: datetime | None, *, name: str, now: datetime) -> None:
    """Raises AskedTooSoon where the other side declined a short while ago."""
    if declined_at is not None and now < declined_at + ASK_AGAIN_AFTER:
        opens = dates.local_day(declined_at + ASK_AGAIN_AFTER, dates.HOME_ZONE)
        raise AskedTooSoon(field="other", name=name, date=opens)
