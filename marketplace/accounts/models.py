"""People, their staff roles, the sign-ins that a cookie may point at, and what proves more than a password."""

from typing import Any

from flask_security import AsaList, RoleMixin, UserMixin
from sqlalchemy import (
    ARRAY,
    DDL,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    Table,
    Text,
    event,
    text,
)
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.rules import ConsentKind, ConsentStep
from marketplace.core.database import EnumText, Moment, Pk, enum_check
from marketplace.extensions import Model

user_roles = Table(
    "user_roles",
    Model.metadata,
    Column("user_id", BigInteger, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("role_id", BigInteger, ForeignKey("roles.id", ondelete="CASCADE"), primary_key=True),
)


class Role(Model, RoleMixin):
    """A staff role of the ministry; roles inside an organisation are memberships."""

    __tablename__ = "roles"

    id: Mapped[Pk]
    name: Mapped[str] = mapped_column(Text, unique=True)
    description: Mapped[str | None] = mapped_column(Text)
    permissions: Mapped[Any | None] = mapped_column(MutableList.as_mutable(AsaList()))


class User(Model, UserMixin):
    __tablename__ = "users"
    __table_args__ = (Index("uq_users_email_folded", text("lower(email)"), unique=True),)

    id: Mapped[Pk]
    email: Mapped[str] = mapped_column(Text)
    password: Mapped[str | None] = mapped_column(Text)
    active: Mapped[bool] = mapped_column(Boolean, server_default=text("true"))
    fs_uniquifier: Mapped[str] = mapped_column(Text, unique=True)
    confirmed_at: Mapped[Moment | None]
    name: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text, server_default=text("'id'"))
    terms_version: Mapped[str | None] = mapped_column(Text)
    terms_accepted_at: Mapped[Moment | None]
    created_at: Mapped[Moment] = mapped_column(server_default=text("now()"))
    erased_at: Mapped[Moment | None]
    roles: Mapped[list[RoleMixin]] = relationship(Role, secondary=user_roles, lazy="select", order_by=Role.id)


class SignIn(Model):
    """One signed-in browser. The cookie holds the random sid, the row only its hash; ended is nobody."""

    __tablename__ = "sign_ins"
    __table_args__ = (Index("ix_sign_ins_user_id", "user_id"),)

    id: Mapped[Pk]
    sid_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="CASCADE"))
    created_at: Mapped[Moment]
    agent: Mapped[str] = mapped_column(Text, server_default=text("''"))
    ended_at: Mapped[Moment | None]
    # When the person last gave a password, code or passkey here; what is sensitive asks for a recent one.
    proved_at: Mapped[Moment]
    second_factor: Mapped[bool] = mapped_column(Boolean, server_default=text("false"))
    # The organisation chosen for this browser; without a choice, or once left, the first one counts.
    acting_for: Mapped[int | None] = mapped_column(
        BigInteger, ForeignKey("organisations.id", ondelete="SET NULL")
    )


class Authenticator(Model):
    """A person's authenticator app. The secret is encrypted; until `confirmed_at` it was only offered."""

    __tablename__ = "authenticators"

    user_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    secret: Mapped[str] = mapped_column(Text)
    # The 30 seconds of the last code that was taken: a code works once.
    last_counter: Mapped[int | None] = mapped_column(BigInteger)
    begun_at: Mapped[Moment]
    confirmed_at: Mapped[Moment | None]


class RecoveryCode(Model):
    """One code on paper, for the day the phone is lost; only its hash is kept."""

    __tablename__ = "recovery_codes"
    __table_args__ = (Index("ix_recovery_codes_user_id", "user_id"),)

    id: Mapped[Pk]
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="CASCADE"))
    code_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    created_at: Mapped[Moment]
    used_at: Mapped[Moment | None]


class Passkey(Model):
    """A passkey (WebAuthn): the public half, and the name that its owner knows it by."""

    __tablename__ = "passkeys"
    __table_args__ = (Index("ix_passkeys_user_id", "user_id"),)

    id: Mapped[Pk]
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="CASCADE"))
    credential_id: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    transports: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    name: Mapped[str] = mapped_column(Text)
    created_at: Mapped[Moment]
    used_at: Mapped[Moment | None]


class AddressChange(Model):
    """A new e-mail address on its way: the old mailbox agrees, the new one proves that it exists."""

    __tablename__ = "address_changes"
    __table_args__ = (
        Index("uq_address_changes_open", "user_id", unique=True, postgresql_where=text("ended_at IS NULL")),
    )

    id: Mapped[Pk]
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="CASCADE"))
    new_email: Mapped[str] = mapped_column(Text)
    old_token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    new_token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    asked_at: Mapped[Moment]
    agreed_at: Mapped[Moment | None]
    proved_at: Mapped[Moment | None]
    ended_at: Mapped[Moment | None]


class Consent(Model):
    """One consent given or withdrawn. Rows are only added; the newest one of a kind counts."""

    __tablename__ = "consents"
    __table_args__ = (
        enum_check("kind", ConsentKind, "kind"),
        enum_check("step", ConsentStep, "step"),
        Index("ix_consents_user_id_id", "user_id", "id"),
    )

    id: Mapped[Pk]
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id"))
    kind: Mapped[ConsentKind] = mapped_column(EnumText(ConsentKind))
    version: Mapped[str] = mapped_column(Text)
    step: Mapped[ConsentStep] = mapped_column(EnumText(ConsentStep))
    at: Mapped[Moment]


_APPEND_ONLY = (
    """CREATE FUNCTION refuse_to_change_consents() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'consents is append only'; END $$""",
    """CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON consents
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_consents()""",
)
for statement in _APPEND_ONLY:
    event.listen(Model.metadata.tables["consents"], "after_create", DDL(statement))
