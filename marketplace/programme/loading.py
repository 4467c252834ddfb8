"""Brings the programme's cohort records in step with the shipped list."""

from sqlalchemy import Connection

from marketplace.data.provenance import Confidence
from marketplace.data.reading import digest, read_rows
from marketplace.data.upserting import Changes, Row, Wanted, bring_in_step
from marketplace.programme.models import CohortEntry

# Raised when the loading itself changes, so that older databases load anew.
REVISION = 1
FILE = "participants.csv"


def fingerprint() -> str:
    """Changes whenever a load would have something to do."""
    return digest(FILE, revision=REVISION)


def load(connection: Connection) -> list[Changes]:
    """Upserts the 248 sourced records."""
    rows = [_row(cells) for cells in read_rows(FILE)]
    return bring_in_step(connection, Wanted(CohortEntry, rows, ("region_code", "year", "cohort")))


def _row(cells: dict[str, str]) -> Row:
    return {
        "region_code": cells["region_code"],
        "year": int(cells["year"]),
        "cohort": cells["cohort"],
        "status": cells["status"],
        "source_url": cells["source_url"],
        "source_url_2": cells["source_url_2"] or None,
        "confidence": Confidence(cells["confidence"]),
        "note": cells["note"] or None,
        "note_id": cells["note_id"] or None,
    }
