"""Loads all shipped reference data, part by part, each only when its content differs from what was loaded."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, text
from sqlalchemy.dialects.postgresql import insert

from marketplace.data.upserting import Changes
from marketplace.innovations import loading as innovations
from marketplace.opportunities import loading as opportunities
from marketplace.programme import loading as programme
from marketplace.programme.grouping import forget as forget_groups
from marketplace.reference.models import ReferenceLoad
from marketplace.regions import loading as regions
from marketplace.regions.queries import forget as forget_regions
from marketplace.taxonomy import loading as taxonomy
from marketplace.taxonomy.queries import forget as forget_taxonomy

# Any number, the same in every process: two loads at once wait for each other.
_LOCK = 7_172_001


@dataclass(frozen=True, slots=True)
class Part:
    """One slice's share of the reference data."""

    name: str
    fingerprint: Callable[[], str]
    load: Callable[[Connection], list[Changes]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one part; `changes` is None where it was up to date already."""

    name: str
    changes: list[Changes] | None


# In the order in which they refer to each other.
PARTS: tuple[Part, ...] = (
    Part("regions", regions.fingerprint, regions.load),
    Part("taxonomy", taxonomy.fingerprint, taxonomy.load),
    Part("opportunities", opportunities.fingerprint, opportunities.load),
    Part("programme", programme.fingerprint, programme.load),
    Part("innovations", innovations.fingerprint, innovations.load),
)


def load_all(
    connection: Connection, *, now: datetime, force: bool = False, parts: Sequence[Part] = PARTS
) -> list[Outcome]:
    """Brings every part in step, in the caller's transaction; `force` loads also what looks up to date."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    stored = dict(connection.execute(select(ReferenceLoad.name, ReferenceLoad.sha256)).all())
    outcomes = [_bring(connection, part, stored.get(part.name), now=now, force=force) for part in parts]
    forget_regions()
    forget_taxonomy()
    forget_groups()
    return outcomes


def _bring(connection: Connection, part: Part, stored: str | None, *, now: datetime, force: bool) -> Outcome:
    wanted = part.fingerprint()
    if wanted == stored and not force:
        return Outcome(part.name, None)
    changes = part.load(connection)
    content = {"sha256": wanted, "loaded_at": now}
    note = insert(ReferenceLoad).values(name=part.name, **content)
    connection.execute(note.on_conflict_do_update(index_elements=["name"], set_=content))
    return Outcome(part.name, changes)
