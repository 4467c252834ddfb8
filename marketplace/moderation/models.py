from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.core.database import EnumText, Moment, enum_check
from marketplace.extensions import Model
from marketplace.moderation.rules import QueueKind


class Hold(Model):
    """A moderator has this case in hand, so that colleagues see it; it keeps nobody from deciding."""

    __tablename__ = "holds"
    __table_args__ = (enum_check("kind", QueueKind, "kind"), Index("ix_holds_user_id", "user_id"))

    kind: Mapped[QueueKind] = mapped_column(EnumText(QueueKind), primary_key=True)
    # That of its decision page; no foreign key, since it is of one of three tables.
    case_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    user_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("users.id", ondelete="CASCADE"))
    held_at: Mapped[Moment]
