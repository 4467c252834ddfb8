"""Counts what partners look for, so that reading it costs the same however many there are."""

from datetime import datetime

from sqlalchemy import delete, insert

from marketplace.core.dates import HOME_ZONE, local_day
from marketplace.extensions import db
from marketplace.partners.demand_models import DemandCount, Kind
from marketplace.partners.demand_queries import count_by_province, count_by_sector


def count_demand(*, now: datetime) -> None:
    """Puts the counts of now in the place of those before, in this transaction."""
    today = local_day(now, HOME_ZONE)
    counted = ((Kind.SECTOR, count_by_sector(today)), (Kind.PROVINCE, count_by_province(today)))
    rows = [
        {"kind": kind, "code": code, "size": size, "partners": number, "counted_at": now}
        for kind, counts in counted
        for code, sizes in counts.items()
        for size, number in sizes.items()
    ]
    db.session.execute(delete(DemandCount))
    if rows:
        db.session.execute(insert(DemandCount), rows)
