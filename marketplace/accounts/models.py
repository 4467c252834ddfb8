"""People, their staff roles, and the sign-ins that a cookie may point at."""

from typing import Any

from flask_security import AsaList, RoleMixin, UserMixin
from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, LargeBinary, Table, Text, text
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.core.database import Moment, Pk
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
    seen_at: Mapped[Moment]
    agent: Mapped[str] = mapped_column(Text, server_default=text("''"))
    ended_at: Mapped[Moment | None]
    # The organisation chosen for this browser; without a choice, or once left, the first one counts.
    acting_for: Mapped[int | None] = mapped_column(
        BigInteger, ForeignKey("organisations.id", ondelete="SET NULL")
    )
