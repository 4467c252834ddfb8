from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy import func, select

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
    def headline(self) -> str:
        """What the page says of the region, as a sentence begins."""
        return self.status[:1].upper() + self.status[1:]

    @property
    def sources(self) -> list[tuple[str, str]]:
        """(address, host) of each page that tells it."""
        urls = [url for url in (self.source_url, self.source_url_2) if url]
        return [(url, (urlsplit(url).hostname or url).removeprefix("www.").rstrip(".")) for url in urls]

    @property
    def doubtful(self) -> bool:
        return self.confidence is Confidence.LOW


_COLUMNS = (
    CohortEntry.region_code, CohortEntry.year, CohortEntry.cohort, CohortEntry.status,
    CohortEntry.source_url, CohortEntry.source_url_2, CohortEntry.confidence, CohortEntry.note_id,
)  # fmt: skip


def list_by_regions(codes: Sequence[str]) -> list[Record]:
    """The records of these regions, oldest first."""
    rows = db.session.execute(
        select(*_COLUMNS).where(CohortEntry.region_code.in_(codes)).order_by(CohortEntry.year, CohortEntry.id)
    )
    return [Record(*row) for row in rows]


def count_records() -> int:
    """How many records there are in all."""
    return db.session.scalar(select(func.count()).select_from(CohortEntry)) or 0


def list_records() -> list[Record]:
    """All records, newest intake first, then by region."""
    rows = db.session.execute(
        select(*_COLUMNS).order_by(CohortEntry.year.desc(), CohortEntry.region_code, CohortEntry.id)
    )
    return [Record(*row) for row in rows]


def count_by_year(records: list[Record]) -> dict[int, int]:
    """How many of the records are not doubtful, by year."""
    return dict(Counter(record.year for record in records if not record.doubtful))
