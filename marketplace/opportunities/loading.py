"""Brings the public examples in step with the shipped file: a listing with one published version each."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from sqlalchemy import Connection, Table, delete, func, insert, select, text, tuple_, update
from sqlalchemy.dialects.postgresql import insert as upsert

from marketplace.changes.models import Change
from marketplace.core.text import tail_of
from marketplace.data.reading import ExampleOpportunity, digest, read_examples
from marketplace.data.upserting import Changes
from marketplace.opportunities.models import Opportunity, OpportunityVersion
from marketplace.opportunities.rules import LifeStatus, Origin, Readiness, VersionStatus

# Raised when the loading itself changes, so that older databases load anew.
REVISION = 1
FILE = "examples.csv"
LISTINGS = cast("Table", Opportunity.__table__)
VERSIONS = cast("Table", OpportunityVersion.__table__)
Row = dict[str, Any]


def fingerprint() -> str:
    """Changes whenever a load would have something to do."""
    return digest(FILE, revision=REVISION)


def load(connection: Connection) -> list[Changes]:
    """Upserts the examples, removes those that are gone, and tells the followers of the outbox which."""
    examples = read_examples()
    removed = _remove_gone(connection, [example.id for example in examples])
    told = Changes(LISTINGS.name, removed=[(str(number),) for number in removed])
    changed = _upsert(connection, LISTINGS, [_listing(each) for each in examples], ("example_key",), told)
    numbers = _numbers(connection)
    versions = [_version(each, numbers[each.id]) for each in examples]
    in_versions = Changes(VERSIONS.name)
    changed |= _upsert(connection, VERSIONS, versions, ("opportunity_id", "number"), in_versions)
    _join(connection)
    _note(connection, changed | set(removed))
    return [told, in_versions]


def _listing(example: ExampleOpportunity) -> Row:
    return {
        "example_key": example.id,
        "origin": Origin.PUBLIC_EXAMPLE,
        "status": LifeStatus.PUBLISHED,
        "region_code": example.region_code,
        "slug": example.slug,
        "tail": tail_of(example.slug),
        "example_year": example.year,
        "example_source_name": example.source_name,
        "example_source_url": example.source_url,
        "example_note": example.note_id,
        "example_closed_as": str(example.closed_as) if example.closed_as else None,
    }


def _version(example: ExampleOpportunity, opportunity_id: int) -> Row:
    return {
        "opportunity_id": opportunity_id,
        "number": 1,
        "status": VersionStatus.PUBLISHED,
        "title_id": example.title,
        "summary_id": example.description_id,
        "dimension_code": example.dimension_code,
        "sector_code": example.sector_code,
        "scheme_codes": list(example.schemes),
        "readiness": Readiness(example.readiness) if example.readiness else None,
        "value_amount": example.value_idr,
        "value_idr": example.value_idr,
    }


# Set when a row is new and never touched again: a later load must not look like a new publication.
_AT_FIRST = {
    LISTINGS.name: ("created_at", "published_at", "updated_at"),
    VERSIONS.name: ("created_at", "edited_at", "decided_at"),
}


def _upsert(
    connection: Connection, table: Table, rows: Sequence[Row], key: tuple[str, ...], told: Changes
) -> set[int]:
    """Writes what is new or different; the ids of the listings concerned."""
    moments = dict.fromkeys(_AT_FIRST[table.name], func.now())
    statement = upsert(table).values([{**row, **moments} for row in rows])
    contents = [name for name in rows[0] if name not in key]
    listing = table.c.id if table is LISTINGS else table.c.opportunity_id
    statement = statement.on_conflict_do_update(
        index_elements=list(key),
        set_={name: statement.excluded[name] for name in contents},
        where=tuple_(*(table.c[name] for name in contents)).is_distinct_from(
            tuple_(*(statement.excluded[name] for name in contents))
        ),
    )
    # xmax is 0 on a row that this statement made.
    returned = connection.execute(statement.returning(listing, text("xmax = 0"))).all()
    told.inserted = sum(new for _number, new in returned)
    told.updated = len(returned) - told.inserted
    return {number for number, _new in returned}


def _numbers(connection: Connection) -> dict[str, int]:
    rows = connection.execute(
        select(LISTINGS.c.example_key, LISTINGS.c.id).where(LISTINGS.c.example_key.is_not(None))
    )
    return {str(row.example_key): row.id for row in rows}


def _join(connection: Connection) -> None:
    connection.execute(
        update(LISTINGS)
        .where(
            LISTINGS.c.origin == Origin.PUBLIC_EXAMPLE,
            LISTINGS.c.published_version_id.is_(None),
            VERSIONS.c.opportunity_id == LISTINGS.c.id,
        )
        .values(published_version_id=VERSIONS.c.id)
    )


def _remove_gone(connection: Connection, keys: Sequence[str]) -> list[int]:
    gone = LISTINGS.c.example_key.is_not(None) & LISTINGS.c.example_key.not_in(keys)
    connection.execute(update(LISTINGS).where(gone).values(published_version_id=None))
    return list(connection.scalars(delete(LISTINGS).where(gone).returning(LISTINGS.c.id)))


def _note(connection: Connection, numbers: Iterable[int]) -> None:
    lines = [{"kind": "opportunity", "object_id": number} for number in sorted(numbers)]
    if lines:
        connection.execute(insert(Change), lines)
