"""Who writes a listing with the Pemda whose listing it is."""

from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.core.database import EnumText, Moment, enum_check
from marketplace.extensions import Model
from marketplace.opportunities.support.assistance_rules import STORED, AssistanceStatus

if TYPE_CHECKING:
    from marketplace.opportunities.models import Opportunity


class Assistance(Model):
    """One a listing at most, under the listing's number: it begins with the listing and ends for good."""

    __tablename__ = "assistances"
    __table_args__ = (
        enum_check("status", STORED, "status"),
        CheckConstraint("(status = 'standing') = (ended_at IS NULL)", name="ended_has_time"),
        Index("ix_assistances_organisation_id_id", "organisation_id", "id"),
    )

    id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("opportunities.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    # The provincial Pemda that writes; NULL: LAIP.
    organisation_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("organisations.id"))
    status: Mapped[AssistanceStatus] = mapped_column(
        EnumText(AssistanceStatus), server_default=text("'standing'"), default=AssistanceStatus.STANDING
    )
    revision: Mapped[int] = mapped_column(Integer, server_default=text("1"), default=1)
    begun_at: Mapped[Moment]
    begun_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="SET NULL"))
    ended_at: Mapped[Moment | None]
    ended_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="SET NULL"))
    end_reason: Mapped[str | None] = mapped_column(Text)

    opportunity: Mapped["Opportunity"] = relationship(viewonly=True)
    writers: Mapped[list["AssistanceWriter"]] = relationship(lazy="selectin", viewonly=True)


class AssistanceWriter(Model):
    """Who of the assisting side wrote: nobody decides at LAIP on what they wrote, also when the assistance is over."""

    __tablename__ = "assistance_writers"
    __table_args__ = (Index("ix_assistance_writers_user_id", "user_id"),)

    assistance_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("assistances.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    since: Mapped[Moment]
