"""Brings the innovations and quick wins in step with the shipped public examples."""

from sqlalchemy import Connection

from marketplace.data.provenance import Confidence
from marketplace.data.reading import codes, digest, read_rows, whole
from marketplace.data.upserting import Changes, Row, Wanted, bring_in_step
from marketplace.innovations.models import Innovation
from marketplace.innovations.rules import InnovationKind, InnovationStatus

# Raised when the loading itself changes, so that older databases load anew.
REVISION = 1
FILE = "innovations.csv"


def fingerprint() -> str:
    """Changes whenever a load would have something to do."""
    return digest(FILE, revision=REVISION)


def load(connection: Connection) -> list[Changes]:
    """Upserts the 52 examples; one that a region wants is never removed."""
    rows = [_row(cells) for cells in read_rows(FILE)]
    return bring_in_step(connection, Wanted(Innovation, rows, ("external_id",)))


def _row(cells: dict[str, str]) -> Row:
    return {
        "external_id": cells["id"],
        "kind": InnovationKind(cells["kind"]),
        "slug": cells["slug"],
        "region_code": cells["region_code"],
        "title": cells["title"],
        "dimension_code": cells["dimension_code"],
        "sector_code": cells["sector_code"] or None,
        "description_id": cells["description_id"],
        "year": whole(cells["year"]),
        "status": InnovationStatus(cells["status"]),
        "scheme_codes": list(codes(cells["schemes"])),
        "scheme_text": cells["source_scheme"] or None,
        "value_idr": whole(cells["value_idr"]),
        "source_url": cells["source_url"],
        "source_name": cells["source_name"],
        "confidence": Confidence(cells["confidence"]),
        "note_id": cells["note_id"] or None,
    }
