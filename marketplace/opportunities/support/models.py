"""What others leave beside a listing: comments, recommendations; and what its Pemda and province show to whom."""

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.core.database import EnumText, Moment, Pk, enum_check
from marketplace.extensions import Model
from marketplace.opportunities.support.rules import STORED, RecommendationStatus


class VersionComment(Model):
    """A word of a tutor or a province on one field of a version, or on the whole (field ''); kept with the version."""

    __tablename__ = "version_comments"
    __table_args__ = (Index("ix_version_comments_version_id_id", "version_id", "id"),)

    id: Mapped[Pk]
    version_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("opportunity_versions.id", ondelete="CASCADE")
    )
    organisation_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("organisations.id"))
    field: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    made_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="SET NULL"))
    made_at: Mapped[Moment]
    handled_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="SET NULL"))
    handled_at: Mapped[Moment | None]


class Recommendation(Model):
    """An organisation speaks for a listing, in the version that it had read."""

    __tablename__ = "recommendations"
    __table_args__ = (
        enum_check("status", STORED, "status"),
        # One organisation recommends a listing once at a time.
        Index(
            "uq_recommendations_given",
            "opportunity_id",
            "organisation_id",
            unique=True,
            postgresql_where=text("status = 'given'"),
        ),
        Index("ix_recommendations_organisation_id", "organisation_id"),
    )

    id: Mapped[Pk]
    opportunity_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("opportunities.id", ondelete="CASCADE")
    )
    version_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("opportunity_versions.id", ondelete="CASCADE")
    )
    organisation_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("organisations.id"))
    status: Mapped[RecommendationStatus] = mapped_column(EnumText(RecommendationStatus))
    revision: Mapped[int] = mapped_column(Integer, server_default=text("1"))
    words_id: Mapped[str] = mapped_column(Text)
    words_en: Mapped[str] = mapped_column(Text, server_default=text("''"))
    made_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="SET NULL"))
    made_at: Mapped[Moment]
    withdrawn_at: Mapped[Moment | None]
    decision_reason: Mapped[str | None] = mapped_column(Text)
    decision_words: Mapped[str | None] = mapped_column(Text)


class ProvinceShare(Model):
    """A kabupaten or kota shows the drafts of one listing to its province."""

    __tablename__ = "province_shares"

    opportunity_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("opportunities.id", ondelete="CASCADE"), primary_key=True
    )
    shared_at: Mapped[Moment]
    shared_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="SET NULL"))


class Forwarding(Model):
    """A province passes a version on to a ministry, or to LAIP (to_id NULL), with its words."""

    __tablename__ = "forwardings"
    __table_args__ = (
        Index(
            "uq_forwardings_version_id_from_id_to_id",
            "version_id",
            "from_id",
            "to_id",
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
        Index("ix_forwardings_to_id_id", "to_id", "id"),
    )

    id: Mapped[Pk]
    version_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("opportunity_versions.id", ondelete="CASCADE")
    )
    from_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("organisations.id"))
    to_id: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("organisations.id"))
    words: Mapped[str] = mapped_column(Text)
    forwarded_by: Mapped[int | None] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="SET NULL"))
    forwarded_at: Mapped[Moment]
