from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.core.database import Moment
from marketplace.extensions import Model


class ReferenceLoad(Model):
    """Which content of one part of the shipped data this database holds."""

    __tablename__ = "reference_loads"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    sha256: Mapped[str] = mapped_column(Text)
    loaded_at: Mapped[Moment]
