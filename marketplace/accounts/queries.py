from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select

from marketplace.accounts.models import (
    AddressChange,
    Authenticator,
    Consent,
    Passkey,
    RecoveryCode,
    Role,
    SignIn,
    User,
    user_roles,
)
from marketplace.accounts.rules import SIGN_IN_LASTS
from marketplace.core.actor import StaffRole
from marketplace.extensions import db


@dataclass(frozen=True, slots=True)
class Browser:
    """One live sign-in, as its owner may see it."""

    id: int
    agent: str
    created_at: datetime
    here: bool


@dataclass(frozen=True, slots=True)
class Factors:
    """What a person has besides the password."""

    app: bool
    passkeys: int
    codes_left: int

    @property
    def any(self) -> bool:
        return self.app or self.passkeys > 0


@dataclass(frozen=True, slots=True)
class PasskeyLine:
    """One passkey, as its owner may see it."""

    id: int
    name: str
    created_at: datetime
    used_at: datetime | None


def find_by_email(email: str) -> User | None:
    """The account of an address, whatever its capitals; None where nobody has it."""
    # Both sides folded by the database, as its unique index does: Python folds some letters otherwise.
    return db.session.scalar(select(User).where(func.lower(User.email) == func.lower(email.strip())))


def find_by_id(user_id: int, *, lock: bool = False) -> User | None:
    """The account, unless its person was erased; with `lock` as it is now, and nobody else's to change until the end."""
    found = select(User).where(User.id == user_id, User.erased_at.is_(None))
    if lock:
        found = found.with_for_update(key_share=True).execution_options(populate_existing=True)
    return db.session.scalar(found)


def list_moderator_ids() -> list[int]:
    """The user ids of LAIP's moderators, for notices."""
    return list(
        db.session.scalars(
            select(User.id)
            .join(user_roles, user_roles.c.user_id == User.id)
            .join(Role, Role.id == user_roles.c.role_id)
            .where(Role.name == StaffRole.MODERATOR, User.active, User.erased_at.is_(None))
            .order_by(User.id)
        )
    )


def list_browsers(user_id: int, *, here: bytes | None, now: datetime, limit: int = 20) -> list[Browser]:
    """Where a person is signed in, the newest first; `here` is the hash of this browser's sid."""
    rows = db.session.execute(
        select(SignIn.id, SignIn.agent, SignIn.created_at, SignIn.sid_hash)
        .where(SignIn.user_id == user_id, SignIn.ended_at.is_(None), SignIn.created_at > now - SIGN_IN_LASTS)
        .order_by(SignIn.id.desc())
        .limit(limit)
    )
    return [Browser(row.id, row.agent, row.created_at, row.sid_hash == here) for row in rows]


def get_factors(user_id: int) -> Factors:
    """The person's second factors, in one statement."""
    app = exists().where(Authenticator.user_id == user_id, Authenticator.confirmed_at.is_not(None))
    passkeys = select(func.count()).where(Passkey.user_id == user_id).scalar_subquery()
    codes = (
        select(func.count())
        .where(RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None))
        .scalar_subquery()
    )
    return Factors(*db.session.execute(select(app, passkeys, codes)).one())


def has_staff_role(user_id: int) -> bool:
    """Whether the person is LAIP's or a programme owner."""
    return bool(db.session.scalar(select(exists().where(user_roles.c.user_id == user_id))))


def list_passkeys(user_id: int) -> list[PasskeyLine]:
    """The person's passkeys, the oldest first."""
    rows = db.session.execute(
        select(Passkey.id, Passkey.name, Passkey.created_at, Passkey.used_at)
        .where(Passkey.user_id == user_id)
        .order_by(Passkey.id)
    )
    return [PasskeyLine(*row) for row in rows]


def list_credentials(user_id: int) -> list[Passkey]:
    """The person's passkeys with their keys, for asking one of them."""
    return list(db.session.scalars(select(Passkey).where(Passkey.user_id == user_id).order_by(Passkey.id)))


def find_open_address_change(user_id: int) -> AddressChange | None:
    """The person's change of address that is under way."""
    return db.session.scalar(
        select(AddressChange).where(AddressChange.user_id == user_id, AddressChange.ended_at.is_(None))
    )


def list_consents(user_id: int) -> list[Consent]:
    """What a person agreed to and took back, newest first."""
    return list(
        db.session.scalars(select(Consent).where(Consent.user_id == user_id).order_by(Consent.id.desc()))
    )
