from sqlalchemy import select

from marketplace.extensions import db
from marketplace.organisations.models import RegionHead


def list_heads(organisation_id: int, *, limit: int = 50) -> list[RegionHead]:
    """The heads of the Pemda's region, the newest first."""
    return list(
        db.session.scalars(
            select(RegionHead)
            .where(RegionHead.organisation_id == organisation_id)
            .order_by(RegionHead.begins.desc(), RegionHead.id.desc())
            .limit(limit)
        )
    )


def find_newest_head(organisation_id: int) -> RegionHead | None:
    """Who came into office last; None where nobody is noted."""
    return next(iter(list_heads(organisation_id, limit=1)), None)
