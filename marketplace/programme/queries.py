from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select

from marketplace.data.provenance import Confidence
from marketplace.extensions import db
from marketplace.programme.models import CohortEntry


@dataclass(frozen=True, slots=True)
class Record:
    """One region in one intake, as a public page tells it."""

    region_code: str
    year: int
    cohort: str
    status: str
    source_url: str
    source_url_2: str | None
    confidence: Confidence
    note_id: str | None

    @property
    def sources(self) -> list[str]:
        return [url for url in (self.source_url, self.source_url_2) if url]

    @property
    def doubtful(self) -> bool:
        return self.confidence is Confidence.LOW


_COLUMNS = (
    CohortEntry.region_code, CohortEntry.year, CohortEntry.cohort, CohortEntry.status,
    CohortEntry.source_url, CohortEntry.source_url_2, CohortEntry.confidence, CohortEntry.note_id,
)  # fmt: skip


def list_by_region(region_code: str) -> list[Record]:
    """The region's records, oldest first."""
    rows = db.session.execute(
        select(*_COLUMNS)
        .where(CohortEntry.region_code == region_code)
        .order_by(CohortEntry.year, CohortEntry.id)
    )
    return [Record(*row) for row in rows]


def list_records() -> list[Record]:
    """All records, newest intake first, then by region."""
    rows = db.session.execute(
        select(*_COLUMNS).order_by(CohortEntry.year.desc(), CohortEntry.region_code, CohortEntry.id)
    )
    return [Record(*row) for row in rows]


def count_by_year(records: list[Record]) -> dict[int, int]:
    """How many of the records are not doubtful, by year."""
    return dict(Counter(record.year for record in records if not record.doubtful))
