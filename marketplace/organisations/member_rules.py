"""Who belongs to an organisation, in which role, and what that allows; how long an invitation lives."""

from datetime import datetime, timedelta
from enum import StrEnum

from marketplace.core.actor import MemberRole
from marketplace.core.refusal import Conflict, Refusal
from marketplace.core.words import _l

# What the words of `labels.ROLE_MEANING` allow: who writes and answers for the organisation, who approves and decides.
WRITERS = (MemberRole.OWNER, MemberRole.APPROVER, MemberRole.EDITOR)
APPROVERS = (MemberRole.OWNER, MemberRole.APPROVER)
INVITATION_LASTS = timedelta(days=2)
SEND_AGAIN_AFTER = timedelta(minutes=1)
# Of those that nobody has answered: an organisation is no mailing machine.
OPEN_INVITATIONS_AT_MOST = 20


class InvitationOutcome(StrEnum):
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class LastOwner(Refusal):
    message = _l("Organisasi harus selalu punya pemilik. Serahkan dahulu kepemilikannya kepada anggota lain.")


class AlreadyMember(Refusal):
    message = _l("Orang dengan alamat ini sudah menjadi anggota.")


class AlreadyInvited(Refusal):
    message = _l("Undangan ke alamat ini sudah dikirim dan berlaku sampai %(until)s.")


class TooManyInvitations(Refusal):
    message = _l("Sudah ada %(most)s undangan yang belum dijawab. Tarik yang tidak diperlukan lagi.")


class TooManyLetters(Refusal):
    message = _l("Terlalu banyak surat ke alamat ini dalam satu jam terakhir. Coba lagi nanti.")


class InvitationDead(Refusal):
    """It was answered, withdrawn, sent anew, has lapsed, or was never ours."""

    status = 410
    message = _l("Undangan ini tidak berlaku lagi.")


class InvitationForAnother(Refusal):
    message = _l("Undangan ini untuk alamat surel lain. Keluar, lalu masuk dengan alamat yang diundang.")


class RoleChangedMeanwhile(Conflict):
    message = _l("Peran anggota ini sudah diubah sejak Anda membukanya. Muat ulang, lalu periksa lagi.")


def is_lapsed(expires_at: datetime, now: datetime) -> bool:
    """Whether an unanswered invitation can no longer be answered."""
    return now > expires_at


def is_just_sent(expires_at: datetime, now: datetime) -> bool:
    """Whether its letter has only now been sent: the same button pressed twice."""
    return now < expires_at - INVITATION_LASTS + SEND_AGAIN_AFTER


def check_answerable(outcome: InvitationOutcome | None, expires_at: datetime, now: datetime) -> None:
    """Raises InvitationDead."""
    if outcome is not None or is_lapsed(expires_at, now):
        raise InvitationDead


def check_invitation_room(unanswered: int) -> None:
    """Raises TooManyInvitations where there is no room for one more."""
    if unanswered >= OPEN_INVITATIONS_AT_MOST:
        raise TooManyInvitations(field="email", most=OPEN_INVITATIONS_AT_MOST)


def check_owner_remains(role: MemberRole, *, others: int) -> None:
    """Raises LastOwner where somebody of that role may not go or take another role; `others` are the other owners who
    can sign in."""
    if role is MemberRole.OWNER and not others:
        raise LastOwner(field="role")


def check_role_seen(role: MemberRole, *, seen: MemberRole) -> None:
    """Raises RoleChangedMeanwhile where the role is no longer the one that was read."""
    if role is not seen:
        raise RoleChangedMeanwhile
